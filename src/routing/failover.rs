//! Who leads a partition when its leader is lost.

use crate::model::NodeState;

/// The next leader among the nodes of a record: the first Active one, in the record's order, else the first that is up.
/// A node is named by whatever the caller names nodes by.
///
/// `state` tells a node's state (`None` = the cluster does not know it, so nobody knows that it is up); `full` whether
/// its copy misses nothing. A copy that misses something never leads: what it lacks would be lost to every reader.
#[must_use]
pub fn successor<N>(nodes: &[N], state: impl Fn(&N) -> Option<NodeState>, full: impl Fn(&N) -> bool) -> Option<&N> {
    let usable = || nodes.iter().filter(|node| full(node)).filter_map(|node| Some((node, state(node)?)));
    let active = usable().find(|(_, state)| *state == NodeState::Active);
    active.or_else(|| usable().find(|(_, state)| state.is_up())).map(|(node, _)| node)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NodeId;

    fn chosen(states: &[(&str, Option<NodeState>)], partial: &[&str]) -> Option<String> {
        let id = |text: &str| NodeId::parse(text).unwrap();
        let nodes: Vec<NodeId> = states.iter().map(|(name, _)| id(name)).collect();
        let state = |node: &NodeId| states.iter().find(|(name, _)| id(name) == *node).and_then(|(_, state)| *state);
        successor(&nodes, state, |node| !partial.contains(&node.as_str())).map(ToString::to_string)
    }

    #[test]
    fn the_first_active_node_of_the_record_else_the_first_that_is_up() {
        use NodeState::{Active, Cordoned, Down, Draining};
        let a = |state| ("a", Some(state));
        let (b, c) = (("b", Some(Draining)), ("c", Some(Active)));
        assert_eq!(chosen(&[a(Down), b, c], &[]).as_deref(), Some("c"));
        assert_eq!(chosen(&[a(Down), ("z", Some(Active)), c], &[]).as_deref(), Some("z"));
        assert_eq!(chosen(&[a(Cordoned), b], &[]).as_deref(), Some("a"));
        assert_eq!(chosen(&[a(Down), ("x", None)], &[]), None);
        assert_eq!(chosen(&[], &[]), None);
    }

    #[test]
    fn a_copy_that_misses_something_never_leads() {
        use NodeState::{Active, Cordoned};
        let states = [("a", Some(Active)), ("b", Some(Cordoned))];
        assert_eq!(chosen(&states, &["a"]).as_deref(), Some("b"));
        assert_eq!(chosen(&states, &["a", "b"]), None);
    }
}
