//! What is recorded of the executor of moves: its lock, its journals, and the automatic rebalancing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::executing::stands_still;
use super::migrations::{own_command, resume_command};
use crate::migration::{Control, Journal, RebalanceStatus, RunningMove};
use crate::model::PartitionId;
use crate::ports::Keys;
use crate::ports::metadata::{Entry, KeyRange};

/// Who holds the executor's lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockHolder {
    /// The stored value, as it is.
    pub raw: String,
    /// The user.
    pub user: Option<String>,
    /// The host.
    pub host: Option<String>,
    /// Since when.
    pub since: Option<String>,
}

impl LockHolder {
    fn of(entry: &Entry) -> Self {
        let value: Value = serde_json::from_slice(&entry.value).unwrap_or_default();
        let text = |names: &[&str]| names.iter().find_map(|name| value.get(name)?.as_str().map(str::to_owned));
        Self {
            raw: String::from_utf8_lossy(&entry.value).into_owned(),
            user: text(&["user", "actor"]),
            host: text(&["host"]),
            since: text(&["started_at", "start", "since"]),
        }
    }
}

/// "held by ann@desk since …"
impl std::fmt::Display for LockHolder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.user, &self.host) {
            (Some(user), Some(host)) => write!(f, "held by {user}@{host}")?,
            (Some(name), None) | (None, Some(name)) => write!(f, "held by {name}")?,
            (None, None) => f.write_str("held by somebody who does not say who")?,
        }
        self.since.as_ref().map_or(Ok(()), |since| write!(f, " since {since}"))
    }
}

/// What is recorded of the executor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExecutorView {
    /// The holder of its lock; `None` = free.
    pub lock: Option<LockHolder>,
    /// Operations in flight by phase.
    pub by_phase: BTreeMap<String, u64>,
    /// What the executor is told, as it is stored; `None` = nothing is recorded.
    pub control: Option<Value>,
    /// What it says of itself, as it is stored.
    pub status: Option<Value>,
    /// What it is told, or why that cannot be read.
    pub told: Option<Result<Control, String>>,
    /// What it says of itself, if that can be read.
    pub said: Option<RebalanceStatus>,
    /// A plan that operations in flight belong to.
    pub plan: Option<String>,
    /// Operations that need no executor, by what they do: expire, split, compact.
    pub by_kind: BTreeMap<&'static str, u64>,
    /// Operations that a run of their own drives, which lives.
    pub driven: u64,
    /// Operations whose own run is gone.
    pub forsaken: u64,
    /// The commands that go on with these, as arguments.
    pub own_commands: BTreeSet<String>,
}

impl ExecutorView {
    /// The ranges that [`ExecutorView::of`] takes, in its order.
    #[must_use]
    pub fn ranges(keys: &Keys) -> [KeyRange; 5] {
        let single = |name: &str| KeyRange::single(&format!("{}/rebalance/{name}", keys.prefix()));
        [KeyRange::single(&keys.rebalance_lock()), keys.migrations(), single("control"), single("status"), keys.runs()]
    }

    /// From what was read of [`ExecutorView::ranges`].
    #[must_use]
    pub fn of(lists: &[Vec<Entry>]) -> Self {
        let list = |n: usize| lists.get(n).map(Vec::as_slice).unwrap_or_default();
        let value = |entry: &Entry| {
            let text = || Value::from(String::from_utf8_lossy(&entry.value).into_owned());
            serde_json::from_slice(&entry.value).unwrap_or_else(|_| text())
        };
        let (mut by_phase, mut plan, mut driven, mut forsaken) = (BTreeMap::new(), None, 0, 0);
        let (mut own_commands, mut by_kind) = (BTreeSet::new(), BTreeMap::new());
        let lives = |run: &str| list(4).iter().any(|entry| entry.key.rsplit('/').next() == Some(run));
        for entry in list(1) {
            let journal = value(entry);
            let text = |name: &str| journal.get(name).and_then(Value::as_str).map(str::to_owned);
            *by_phase.entry(text("phase").unwrap_or_else(|| "unreadable".to_owned())).or_default() += 1;
            plan = [plan, text("plan_id")].into_iter().flatten().min();
            let Ok(journal) = Journal::parse(&entry.value) else { continue };
            let id = entry.key.rsplit('/').next().and_then(|name| PartitionId::parse(name).ok());
            let Some(command) = id.and_then(|id| own_command(id, &journal)) else { continue };
            *by_kind.entry(journal.kind_name()).or_default() += 1;
            if journal.run().is_some_and(lives) {
                driven += 1;
            } else {
                forsaken += 1;
                own_commands.insert(command);
            }
        }
        Self {
            lock: list(0).first().map(LockHolder::of),
            by_phase,
            control: list(2).first().map(value),
            status: list(3).first().map(value),
            told: list(2).first().map(|entry| Control::parse(&entry.value)),
            said: list(3).first().and_then(|entry| RebalanceStatus::parse(&entry.value).ok()),
            plan,
            by_kind,
            driven,
            forsaken,
            own_commands,
        }
    }

    /// The command that goes on with what is in flight, as arguments, where nobody drives it.
    #[must_use]
    pub fn goes_on(&self) -> Option<String> {
        let left = self.in_flight() - self.driven;
        let command = || match self.own_commands.first() {
            // Each goes on by a command of its own: here the first; `migration list` and `doctor` name all.
            Some(own) if left == self.forsaken => own.clone(),
            Some(_) | None => resume_command(self.plan.as_deref()),
        };
        (self.lock.is_none() && left > 0).then(command)
    }

    /// The running moves that stand still for another reason than that a time has to pass.
    pub fn stalled(&self) -> impl Iterator<Item = &RunningMove> {
        self.said.iter().flat_map(|said| &said.running).filter(|running| stands_still(running))
    }

    /// Operations in flight.
    #[must_use]
    pub fn in_flight(&self) -> u64 {
        self.by_phase.values().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::create::entry;

    #[test]
    fn the_lock_is_told_in_words() {
        for (value, words) in [
            (
                r#"{"user":"ann","host":"desk","started_at":"2025-11-05T15:00:00Z"}"#,
                "held by ann@desk since 2025-11-05T15:00:00Z",
            ),
            (r#"{"host":"desk"}"#, "held by desk"),
            ("somebody", "held by somebody who does not say who"),
            (r#"{"user":5}"#, "held by somebody who does not say who"),
        ] {
            let view = ExecutorView::of(&[vec![entry("/otlp/rebalance/lock".into(), value.into())]]);
            assert_eq!(view.lock.unwrap().to_string(), words);
        }
        assert_eq!(ExecutorView::of(&[]), ExecutorView::default());
    }

    #[test]
    fn journals_are_counted_by_phase() {
        let journal = |value: &str| entry("/otlp/migrations/x".into(), value.into());
        let list = vec![journal(r#"{"phase":"Copying"}"#), journal(r#"{"phase":"Copying"}"#), journal("x")];
        let view = ExecutorView::of(&[vec![], list]);
        assert_eq!(view.by_phase, BTreeMap::from([("Copying".to_owned(), 2), ("unreadable".to_owned(), 1)]));
        assert_eq!((view.in_flight(), view.stalled().count()), (3, 0));
        assert_eq!(view.goes_on().as_deref(), Some("migration abort --all"));
        let list = vec![journal(r#"{"phase":"Copying","plan_id":"p2"}"#), journal(r#"{"plan_id":"p1"}"#)];
        let view = ExecutorView::of(&[vec![], list.clone()]);
        assert_eq!(view.goes_on().as_deref(), Some("execute-rebalance p1"));
        let lock = entry("/otlp/rebalance/lock".into(), "{}".into());
        assert_eq!(ExecutorView::of(&[vec![lock], list]).goes_on(), None);
    }
}
