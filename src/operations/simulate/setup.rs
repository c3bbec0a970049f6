//! Spec and nodes of a simulated cluster, and the changes that are tried on them.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Map, Value};

use crate::model::cluster_spec::Partitioning;
use crate::model::{ClusterSpec, Node, NodeId, NodeState, Weight};
use crate::operations::OperationError;
use crate::operations::nodes::NodeEdit;
use crate::operations::spec_diff::{DesiredCluster, wanted_spec};
use crate::placement::NODES_MAX;

/// How many nodes are added at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AddCount {
    /// So many.
    Nodes(u32),
    /// So many of the present ones, rounded up.
    Share(f64),
}

/// One change that is tried.
#[derive(Clone, Debug)]
pub enum Change {
    /// A new node.
    Add(NodeId, Box<NodeEdit>),
    /// New nodes with names of ours, dealt to the zones with the fewest nodes.
    AddCount(AddCount),
    /// A node leaves: it is emptied first.
    Remove(NodeId),
    /// A node is emptied.
    Drain(NodeId),
    /// A node gets another weight.
    Weight(NodeId, Weight),
    /// Fields of the spec.
    Spec(Map<String, Value>),
    /// Everything as a topology file has it.
    Topology(Box<DesiredCluster>),
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Add(id, _) => write!(f, "add {id}"),
            Self::AddCount(AddCount::Nodes(n)) => write!(f, "add {n} nodes"),
            Self::AddCount(AddCount::Share(share)) => write!(f, "add {} % nodes", share * 100.0),
            Self::Remove(id) => write!(f, "remove {id}"),
            Self::Drain(id) => write!(f, "drain {id}"),
            Self::Weight(id, weight) => write!(f, "weight {id} = {weight}"),
            Self::Spec(fields) => f.write_str(&in_words(fields)),
            Self::Topology(desired) => {
                let nodes = desired.nodes.as_ref().map(|nodes| format!("{} nodes", nodes.len()));
                let fields = Some(in_words(&desired.spec)).filter(|fields| !fields.is_empty());
                let parts: Vec<String> = nodes.into_iter().chain(fields).collect();
                write!(f, "topology: {}", parts.join(", "))
            }
        }
    }
}

/// `placement.algorithm = ring, …`
fn in_words(fields: &Map<String, Value>) -> String {
    let mut words = Vec::new();
    for (name, value) in fields {
        match value {
            Value::Object(inner) => words.extend(inner.iter().map(|(field, value)| (format!("{name}.{field}"), value))),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                words.push((name.clone(), value));
            }
        }
    }
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    words.iter().map(|(name, value)| format!("{name} = {}", text(value))).collect::<Vec<_>>().join(", ")
}

/// Spec and nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// The spec.
    pub spec: ClusterSpec,
    /// The nodes, in natural order of their ids, none twice.
    pub nodes: Vec<Node>,
    /// Nodes that leave, as they were; what they hold is to be brought away.
    pub leaving: Vec<Node>,
}

impl Setup {
    /// A cluster.
    ///
    /// # Errors
    /// No nodes, too many, or one of them twice.
    pub fn new(spec: ClusterSpec, mut nodes: Vec<Node>) -> Result<Self, OperationError> {
        nodes.sort_by(|a, b| a.id.cmp(&b.id));
        if let Some(pair) = nodes.windows(2).find(|pair| pair[0].id == pair[1].id) {
            return Err(OperationError::Invalid(format!("node {} is given twice", pair[0].id)));
        }
        let setup = Self { spec, nodes, leaving: Vec::new() };
        setup.check_nodes()?;
        Ok(setup)
    }

    /// The partitioning that coming hours have.
    #[must_use]
    pub fn partitioning(&self) -> &Partitioning {
        self.spec.partitioning.last().unwrap_or(&self.spec.partitioning[0])
    }

    /// The zone of a node, "" without one.
    #[must_use]
    pub fn zone(node: &Node) -> &str {
        node.location.availability_zone.as_deref().unwrap_or("")
    }

    /// The same cluster with the changes made, in their order.
    ///
    /// # Errors
    /// A node that is not there, or there already; a spec that would not be valid; no node is left.
    pub fn changed(&self, changes: &[Change]) -> Result<Self, OperationError> {
        let mut after = self.clone();
        for change in changes {
            after.make(change)?;
            after.check_nodes()?;
        }
        Ok(after)
    }

    /// That enough nodes can hold data: every partition wants `replication_factor` of them.
    ///
    /// # Errors
    /// There are fewer.
    pub fn check_enough(&self) -> Result<(), OperationError> {
        let usable = self.nodes.iter().filter(|node| node.state.takes_new_partitions()).count();
        let wanted = self.spec.replication_factor;
        if usable < usize::from(wanted) {
            return Err(OperationError::Invalid(format!(
                "{usable} active node(s) are fewer than the {wanted} replicas that every partition wants; \
                 simulate more nodes, or a lower replication factor"
            )));
        }
        Ok(())
    }

    fn check_nodes(&self) -> Result<(), OperationError> {
        match self.nodes.len() {
            0 => Err(OperationError::Placement(crate::placement::PlacementError::NoNodes)),
            n if n > NODES_MAX => Err(OperationError::Placement(crate::placement::PlacementError::TooManyNodes(n))),
            _ => Ok(()),
        }
    }

    fn place_of(&self, id: &NodeId) -> Result<usize, OperationError> {
        let found = self.nodes.binary_search_by(|node| node.id.cmp(id));
        found.map_err(|_| OperationError::NotFound { what: format!("node {id}") })
    }

    fn make(&mut self, change: &Change) -> Result<(), OperationError> {
        match change {
            Change::Add(id, edit) => self.add(edit.applied_to(&Node::new(id.clone()))),
            Change::AddCount(count) => self.add_count(*count),
            Change::Remove(id) => {
                let at = self.place_of(id)?;
                let node = self.nodes.remove(at);
                self.leaving.push(node);
                Ok(())
            }
            Change::Drain(id) => {
                let at = self.place_of(id)?;
                self.nodes[at].state = NodeState::Draining;
                Ok(())
            }
            Change::Weight(id, weight) => {
                let at = self.place_of(id)?;
                self.nodes[at].weight = *weight;
                Ok(())
            }
            Change::Spec(fields) => self.respecify(fields),
            Change::Topology(desired) => self.become_as(desired),
        }
    }

    fn add(&mut self, node: Node) -> Result<(), OperationError> {
        match self.nodes.binary_search_by(|other| other.id.cmp(&node.id)) {
            Ok(_) => Err(OperationError::Exists { what: format!("node {}", node.id) }),
            Err(at) => {
                self.leaving.retain(|leaving| leaving.id != node.id);
                self.nodes.insert(at, node);
                Ok(())
            }
        }
    }

    /// New nodes are of weight 1 and have the capacity of all others, where these have one in common.
    fn add_count(&mut self, count: AddCount) -> Result<(), OperationError> {
        let count = match count {
            AddCount::Nodes(n) => n as usize,
            AddCount::Share(share) => (self.nodes.len() as f64 * share).ceil() as usize,
        };
        if count > NODES_MAX {
            return Err(OperationError::Placement(crate::placement::PlacementError::TooManyNodes(count)));
        }
        let capacity = self.nodes[0].capacity_bytes;
        let capacity = capacity.filter(|_| self.nodes.iter().all(|node| node.capacity_bytes == capacity));
        let mut zones: BTreeMap<String, usize> = BTreeMap::new();
        for node in &self.nodes {
            *zones.entry(Self::zone(node).to_owned()).or_default() += 1;
        }
        let mut number = 0;
        for _ in 0..count {
            let id = loop {
                number += 1;
                let id = NodeId::parse(&format!("new-{number}")).map_err(|e| OperationError::Invalid(e.to_string()))?;
                if self.place_of(&id).is_err() {
                    break id;
                }
            };
            let Some((zone, nodes)) = zones.iter_mut().min_by_key(|(_, nodes)| **nodes) else { break };
            *nodes += 1;
            let mut node = Node { capacity_bytes: capacity, ..Node::new(id) };
            node.location.availability_zone = Some(zone.clone()).filter(|zone| !zone.is_empty());
            self.add(node)?;
        }
        Ok(())
    }

    fn respecify(&mut self, fields: &Map<String, Value>) -> Result<(), OperationError> {
        let now = serde_json::to_value(&self.spec).map_err(|e| OperationError::Invalid(e.to_string()))?;
        let wanted = wanted_spec(&now, fields)?;
        self.spec = ClusterSpec::parse(wanted.to_string().as_bytes())?;
        Ok(())
    }

    /// The file's nodes are the whole cluster; of each it may name some fields.
    fn become_as(&mut self, desired: &DesiredCluster) -> Result<(), OperationError> {
        if !desired.spec.is_empty() {
            self.respecify(&desired.spec)?;
        }
        let Some(wanted) = &desired.nodes else { return Ok(()) };
        let mut nodes = Vec::with_capacity(wanted.len());
        for (id, edit) in wanted {
            let present = self.place_of(id).ok().map(|at| self.nodes[at].clone());
            nodes.push(edit.applied_to(&present.unwrap_or_else(|| Node::new(id.clone()))));
        }
        let Self { nodes, .. } = Self::new(self.spec.clone(), nodes)?;
        let gone = self.nodes.iter().filter(|old| nodes.binary_search_by(|new| new.id.cmp(&old.id)).is_err());
        self.leaving.extend(gone.cloned());
        self.nodes = nodes;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Location;

    fn id(text: &str) -> NodeId {
        NodeId::parse(text).unwrap()
    }

    fn setup() -> Setup {
        let node = |(name, zone): (&str, &str)| {
            let mut node = Node::new(id(name));
            node.location = Location::parse(&format!("az={zone}")).unwrap();
            node.capacity_bytes = Some(7);
            node
        };
        let nodes = [("n10", "b"), ("n2", "a"), ("n1", "a")].map(node).to_vec();
        Setup::new(ClusterSpec::default(), nodes).unwrap()
    }

    fn names(setup: &Setup) -> Vec<String> {
        setup.nodes.iter().map(|node| format!("{}/{}", node.id, Setup::zone(node))).collect()
    }

    #[test]
    fn new_nodes_go_to_the_smallest_zones() {
        let after = setup().changed(&[Change::AddCount(AddCount::Nodes(3))]).unwrap();
        assert_eq!(names(&after), ["n1/a", "n2/a", "n10/b", "new-1/b", "new-2/a", "new-3/b"]);
        assert!(after.nodes.iter().all(|node| node.capacity_bytes == Some(7)));
        let tenth = setup().changed(&[Change::AddCount(AddCount::Share(0.1))]).unwrap();
        assert_eq!(tenth.nodes.len(), 4, "a share is rounded up");
        let again = after.changed(&[Change::AddCount(AddCount::Nodes(1))]).unwrap();
        assert_eq!(names(&again)[6], "new-4/a", "names that are there are passed over");
    }

    #[test]
    fn several_changes_are_made_in_their_order() {
        let fields = serde_json::json!({"replication_factor": 2, "partitioning": {"hash_buckets": 8}});
        let changes = [
            Change::Remove(id("n1")),
            Change::Add(id("n1"), Box::default()),
            Change::Drain(id("n2")),
            Change::Weight(id("n10"), Weight::parse("2").unwrap()),
            Change::Spec(fields.as_object().unwrap().clone()),
        ];
        let after = setup().changed(&changes).unwrap();
        assert_eq!((after.spec.replication_factor, after.partitioning().hash_buckets), (2, 8));
        assert!(after.leaving.is_empty(), "it came back");
        assert_eq!(after.nodes[0].capacity_bytes, None, "as a new node");
        assert_eq!(after.nodes[1].state, NodeState::Draining);
        assert_eq!(after.nodes[2].weight.millis(), 2000);
        let words: Vec<String> = changes.iter().map(ToString::to_string).collect();
        assert_eq!(words[4], "replication_factor = 2, partitioning.hash_buckets = 8");
    }

    #[test]
    fn a_topology_is_the_whole_cluster() {
        let desired = DesiredCluster { spec: Map::new(), nodes: Some(vec![(id("n2"), NodeEdit::default())]) };
        let after = setup().changed(&[Change::Topology(Box::new(desired))]).unwrap();
        assert_eq!(names(&after), ["n2/a"], "what the file does not say of it stays");
        assert_eq!(after.leaving.len(), 2);
        assert!(after.check_enough().unwrap_err().to_string().contains("fewer than the 3 replicas"));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let told = |change: Change| setup().changed(&[change]).unwrap_err().to_string();
        assert_eq!(told(Change::Add(id("n1"), Box::default())), "node n1 exists already");
        for change in [Change::Remove(id("x")), Change::Drain(id("x")), Change::Weight(id("x"), Weight::ONE)] {
            assert_eq!(told(change), "node x does not exist");
        }
        let field = serde_json::json!({"replication_factor": 0}).as_object().unwrap().clone();
        assert!(told(Change::Spec(field)).contains("between 1 and"));
        assert!(told(Change::AddCount(AddCount::Nodes(70_000))).contains("the most is"));
        let all = ["n1", "n2", "n10"].map(|name| Change::Remove(id(name)));
        assert_eq!(setup().changed(&all).unwrap_err().to_string(), "the cluster has no nodes");
        let twice = vec![Node::new(id("a")), Node::new(id("a"))];
        assert!(Setup::new(ClusterSpec::default(), twice).is_err());
    }
}
