//! Which nodes have been away for how long, and which of them are declared lost.
//!
//! Invariant: a node is declared lost only after it failed every look for the whole time, in [`LOOKS_MIN`] looks at least.
//! Several at once are none: then it is more likely that who looks is cut off.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::model::{NodeId, Timestamp};

/// A node is never declared lost after fewer looks.
pub const LOOKS_MIN: u32 = 3;

/// A node that does not answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// Since when: the first look that failed.
    pub since: Timestamp,
    /// Looks that failed since then.
    pub looks: u32,
    /// What the last one found.
    pub reason: String,
}

/// One look at one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The node.
    pub node: NodeId,
    /// Its zone.
    pub zone: Option<String>,
    /// Whether it is Down already.
    pub is_down: bool,
    /// What was found; `None` = it answers, and is itself.
    pub fault: Option<String>,
}

/// What is known of the nodes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Those that do not answer.
    pub away: BTreeMap<NodeId, Away>,
    /// Those that are Down, and since when that is known.
    pub down: BTreeMap<NodeId, Timestamp>,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Nothing,
    /// These are declared lost.
    Fail(Vec<NodeId>),
    /// These would be, but so many at once are more likely a broken network: why.
    Held(String),
}

impl Health {
    /// Takes in one look at all nodes.
    pub fn observe(&mut self, now: Timestamp, looks: &[Look]) {
        let known = |node: &NodeId| looks.iter().any(|look| look.node == *node);
        self.away.retain(|node, _| known(node));
        self.down.retain(|node, _| known(node));
        for look in looks {
            if look.is_down {
                self.down.entry(look.node.clone()).or_insert(now);
            } else {
                self.down.remove(&look.node);
            }
            match &look.fault {
                None => drop(self.away.remove(&look.node)),
                Some(fault) => {
                    let away = Away { since: now, looks: 0, reason: String::new() };
                    let away = self.away.entry(look.node.clone()).or_insert(away);
                    away.looks = away.looks.saturating_add(1);
                    away.reason.clone_from(fault);
                }
            }
        }
    }

    /// The same, in which every node of these is known to be Down: one that is new is so since now.
    #[must_use]
    pub fn knowing(mut self, now: Timestamp, down: impl IntoIterator<Item = NodeId>) -> Self {
        for node in down {
            self.down.entry(node).or_insert(now);
        }
        self
    }

    /// Which nodes are to be declared lost after `fail_after` without an answer.
    #[must_use]
    pub fn verdict(&self, now: Timestamp, looks: &[Look], fail_after: Duration) -> Verdict {
        let is_over = |away: &Away| {
            let waited = (now.millis() - away.since.millis()).max(0).unsigned_abs();
            away.looks >= LOOKS_MIN && u128::from(waited) >= fail_after.as_millis()
        };
        let silent: Vec<&Look> = looks.iter().filter(|look| !look.is_down && look.fault.is_some()).collect();
        let over = silent.iter().filter(|look| self.away.get(&look.node).is_some_and(is_over));
        let lost: Vec<NodeId> = over.map(|look| look.node.clone()).collect();
        if lost.is_empty() {
            return Verdict::Nothing;
        }
        match many(looks, &silent) {
            Some(why) => Verdict::Held(why),
            None => Verdict::Fail(lost),
        }
    }

    /// Down nodes whose time before repair is not over: until when the last of them has it.
    #[must_use]
    pub fn repair_waits_until(&self, now: Timestamp, repair_after: Duration) -> Option<(NodeId, Timestamp)> {
        let nanos = i128::try_from(repair_after.as_nanos()).unwrap_or(i128::MAX);
        let until = self.down.iter().map(|(node, since)| (node.clone(), since.plus_nanos(nanos)));
        until.filter(|(_, until)| *until > now).max_by_key(|(_, until)| *until)
    }
}

/// Whether so many are silent that the fault is more likely here: two at least, and a whole zone or more than a tenth.
fn many(looks: &[Look], silent: &[&Look]) -> Option<String> {
    if silent.len() < 2 {
        return None;
    }
    if silent.len() * 10 > looks.len() {
        return Some(format!("{} of {} nodes do not answer at once", silent.len(), looks.len()));
    }
    let of_zone = |zone: &Option<String>| looks.iter().filter(|look| look.zone == *zone && !look.is_down).count();
    let silent_of = |zone: &Option<String>| silent.iter().filter(|look| look.zone == *zone).count();
    let whole = silent.iter().find(|look| look.zone.is_some() && silent_of(&look.zone) == of_zone(&look.zone))?;
    Some(format!("no node of zone {} answers", whole.zone.as_deref().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AFTER: Duration = Duration::from_secs(30);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    /// Thirty nodes in ten zones, of which these do not answer.
    fn looks(silent: &[usize]) -> Vec<Look> {
        let look = |n: usize| Look {
            node: NodeId::parse(&format!("n{n}")).unwrap(),
            zone: Some(format!("z{}", n / 3)),
            is_down: false,
            fault: silent.contains(&n).then(|| "no such directory".to_owned()),
        };
        (0..30).map(look).collect()
    }

    fn after(steps: &[(i64, &[usize])]) -> (Health, Verdict) {
        let (mut health, mut verdict) = (Health::default(), Verdict::Nothing);
        for (seconds, silent) in steps {
            let looks = looks(silent);
            health.observe(at(*seconds), &looks);
            verdict = health.verdict(at(*seconds), &looks, AFTER);
        }
        (health, verdict)
    }

    #[test]
    fn a_node_is_lost_after_its_time_and_three_looks() {
        let node = |n: &str| NodeId::parse(n).unwrap();
        assert_eq!(after(&[(0, &[4]), (20, &[4]), (29, &[4])]).1, Verdict::Nothing);
        assert_eq!(after(&[(0, &[4]), (20, &[4]), (30, &[4])]).1, Verdict::Fail(vec![node("n4")]));
        // Two looks are too few, however far apart.
        assert_eq!(after(&[(0, &[4]), (300, &[4])]).1, Verdict::Nothing);
        // One answer, and it begins anew.
        let (health, verdict) = after(&[(0, &[4]), (20, &[4]), (40, &[]), (41, &[4]), (60, &[4]), (70, &[4])]);
        assert_eq!((verdict, health.away[&node("n4")].since), (Verdict::Nothing, at(41)));
    }

    #[test]
    fn several_at_once_are_more_likely_the_network() {
        let steps = |silent: &'static [usize]| [(0, silent), (20, silent), (40, silent)];
        assert!(matches!(after(&steps(&[0, 10])).1, Verdict::Fail(lost) if lost.len() == 2));
        let Verdict::Held(why) = after(&steps(&[0, 1, 2])).1 else { panic!("a whole zone") };
        assert_eq!(why, "no node of zone z0 answers");
        let Verdict::Held(why) = after(&steps(&[0, 10, 20, 29])).1 else { panic!("more than a tenth") };
        assert_eq!(why, "4 of 30 nodes do not answer at once");
        // The second one is new, and holds the first one back.
        assert!(matches!(after(&[(0, &[0]), (20, &[0]), (40, &[0, 1, 2])]).1, Verdict::Held(_)));
    }

    #[test]
    fn one_node_of_a_small_cluster_may_be_lost() {
        let look = |n: &str, fault: Option<&str>| Look {
            node: NodeId::parse(n).unwrap(),
            zone: Some(n.to_owned()),
            is_down: false,
            fault: fault.map(str::to_owned),
        };
        let looks = [look("a", Some("gone")), look("b", None), look("c", None)];
        let mut health = Health::default();
        for seconds in [0, 20, 40] {
            health.observe(at(seconds), &looks);
        }
        assert_eq!(health.verdict(at(40), &looks, AFTER), Verdict::Fail(vec![looks[0].node.clone()]));
    }

    #[test]
    fn repair_waits_from_when_a_node_is_down() {
        let mut looks = looks(&[]);
        looks[3].is_down = true;
        let mut health = Health::default();
        health.observe(at(100), &looks);
        health.observe(at(200), &looks);
        let until = |now| health.repair_waits_until(at(now), Duration::from_secs(600)).map(|(_, until)| until);
        assert_eq!((until(200), until(699), until(700)), (Some(at(700)), Some(at(700)), None));
        looks[3].is_down = false;
        let mut health = health.clone();
        health.observe(at(300), &looks);
        assert!(health.down.is_empty());
        // One that was set Down since the last look has all of its time before it.
        let known = health.clone().knowing(at(350), [looks[5].node.clone()]);
        assert_eq!(known.repair_waits_until(at(360), AFTER), Some((looks[5].node.clone(), at(380))));
        // A node that is removed is forgotten.
        health.observe(at(400), &looks[..3]);
        assert!(health.away.is_empty());
    }
}
