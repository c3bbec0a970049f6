//! When so much is down that nothing is rebuilt unattended: a network that is cut looks like that, too, and everything would be
//! copied.

use std::collections::BTreeMap;

/// Whether a whole zone, or more than a tenth of the nodes, is down; says what. Each node by its zone, "" = none, and whether it
/// is down.
#[must_use]
pub fn too_much_down<'z>(nodes: impl Iterator<Item = (&'z str, bool)>) -> Option<String> {
    let mut zones: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (zone, is_down) in nodes {
        let (all, down) = zones.entry(zone).or_default();
        *all += 1;
        *down += usize::from(is_down);
    }
    let (all, down) = zones.values().fold((0, 0), |(all, down), zone| (all + zone.0, down + zone.1));
    if down * 10 > all {
        return Some(format!("{down} of {all} nodes are down: nothing is rebuilt without --allow-mass-repair"));
    }
    let (zone, _) = zones.iter().filter(|_| zones.len() > 1).find(|(_, (all, down))| all == down)?;
    Some(format!("all of zone {zone:?} is down: nothing is rebuilt without --allow-mass-repair"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(zones: &[(&'static str, usize, usize)]) -> Option<String> {
        let nodes = zones.iter().flat_map(|&(zone, all, down)| (0..all).map(move |n| (zone, n < down)));
        too_much_down(nodes)
    }

    #[test]
    fn a_tenth_or_a_zone() {
        assert_eq!(told(&[]), None);
        assert_eq!(told(&[("a", 10, 1)]), None);
        assert!(told(&[("a", 9, 1)]).is_some_and(|text| text.starts_with("1 of 9 nodes")));
        assert_eq!(told(&[("a", 5, 1), ("b", 5, 0)]), None);
        assert!(told(&[("a", 1, 1), ("b", 10, 0)]).is_some_and(|text| text.starts_with("all of zone \"a\"")));
        assert!(told(&[("a", 1, 1)]).is_some());
    }
}
