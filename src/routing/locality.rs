//! The nearest replica.
//!
//! Same data center, else same availability zone, else same region, else the first candidate; down nodes are skipped.

use crate::model::location::Nearness;
use crate::model::{Location, Node, NodeId};

use super::Topology;

/// From where the nearest replica is sought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Near {
    /// From a node: that node itself is nearest of all.
    Node(NodeId),
    /// From a place.
    Place(Location),
}

/// `--near` is neither a node nor a place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a node id and not of the form zone=Z, region=R or dc=D")]
pub struct NearError;

impl Near {
    /// Reads `NODE` or `zone=Z`, `region=R`, `dc=D` and their combinations.
    ///
    /// # Errors
    /// Neither form.
    pub fn parse(text: &str) -> Result<Self, NearError> {
        if text.contains('=') {
            Location::parse(text).map(Self::Place).map_err(|_| NearError)
        } else {
            NodeId::parse(text).map(Self::Node).map_err(|_| NearError)
        }
    }
}

impl Near {
    /// The place from where is sought.
    #[must_use]
    pub fn location(&self, topology: &Topology) -> Location {
        match self {
            Self::Node(id) => topology.node(id).map(|node| node.location.clone()).unwrap_or_default(),
            Self::Place(place) => place.clone(),
        }
    }

    /// How near a node is to it.
    #[must_use]
    pub fn nearness(&self, topology: &Topology, node: &Node) -> Nearness {
        if *self == Self::Node(node.id.clone()) {
            return Nearness::SameNode;
        }
        node.location.nearness(&self.location(topology))
    }
}

/// The nearest of the candidates that is not down; the first of equally near ones.
///
/// A node that the cluster does not know counts as down: nothing says that it is there.
#[must_use]
pub fn nearest<'a>(topology: &Topology, candidates: &'a [NodeId], near: &Near) -> Option<&'a NodeId> {
    let up = candidates.iter().filter_map(|id| topology.node(id).filter(|n| n.state.is_up()).map(|n| (id, n)));
    up.min_by_key(|(_, node)| near.nearness(topology, node)).map(|(id, _)| id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ClusterSpec, Node, NodeState};

    fn topology() -> Topology {
        let node = |name: &str, place: &str, state| Node {
            location: Location::parse(place).unwrap(),
            state,
            ..Node::new(NodeId::parse(name).unwrap())
        };
        let nodes = vec![
            node("n1", "region=eu,az=eu-1,dc=a", NodeState::Active),
            node("n2", "region=eu,az=eu-1,dc=b", NodeState::Draining),
            node("n3", "region=eu,az=eu-2,dc=c", NodeState::Active),
            node("n4", "region=us,az=us-1,dc=d", NodeState::Active),
            node("n5", "region=eu,az=eu-2,dc=c", NodeState::Down),
        ];
        Topology::new(ClusterSpec::default(), nodes).unwrap()
    }

    #[test]
    fn data_center_then_zone_then_region_then_first() {
        let topology = topology();
        let ids = |names: &[&str]| names.iter().map(|n| NodeId::parse(n).unwrap()).collect::<Vec<_>>();
        let pick = |names: &[&str], near: &str| {
            nearest(&topology, &ids(names), &Near::parse(near).unwrap()).map(ToString::to_string)
        };
        assert_eq!(pick(&["n4", "n3", "n2", "n1"], "dc=a").as_deref(), Some("n1"));
        assert_eq!(pick(&["n4", "n3", "n2"], "region=eu,az=eu-1,dc=a").as_deref(), Some("n2"));
        assert_eq!(pick(&["n4", "n3"], "region=eu,az=eu-1,dc=a").as_deref(), Some("n3"));
        assert_eq!(pick(&["n4", "n3"], "zone=ap-1").as_deref(), Some("n4"));
        assert_eq!(pick(&["n5", "n4"], "dc=c").as_deref(), Some("n4"), "down nodes are skipped");
        assert_eq!(pick(&["n1", "n3"], "n3").as_deref(), Some("n3"));
        assert_eq!(pick(&["n1", "n3"], "n5").as_deref(), Some("n3"), "from a node that holds no copy");
        assert_eq!(pick(&["n5", "gone"], "n1"), None);
    }
}
