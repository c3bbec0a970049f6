//! The cluster that a simulation ends with, as the entries of a store.
//!
//! Invariant: only what the simulation changes is changed: nodes, fields of the spec, and of each partition its nodes,
//! leader and epoch; and marks of copies that were made anew are gone. Every other key and every other byte stays.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{ClusterSpec, Document, Node, NodeId, NodeState, PartitionId, PartitionRecord, Revision};
use crate::operations::OperationError;
use crate::operations::create::{FIRST_REVISION, entry, initial_entries};
use crate::planner::Layout;
use crate::ports::Keys;
use crate::ports::codec::set_node;
use crate::ports::metadata::Entry;

use super::Simulation;
use super::setup::Setup;

/// Entries with the revision that they show.
#[derive(Clone, Debug)]
pub struct ResultingCluster {
    /// The revision.
    pub revision: Revision,
    /// In key order.
    pub entries: Vec<Entry>,
    /// How many of them differ from the store's.
    pub changed: u64,
}

/// The entries of a store after a simulation of its records.
///
/// # Errors
/// A value that is to be changed cannot be edited, or the simulation changes what only a coming time bucket can have.
pub fn of_store(
    keys: &Keys,
    (entries, revision): (Vec<Entry>, Revision),
    before: &Setup,
    simulation: &Simulation,
) -> Result<ResultingCluster, OperationError> {
    let mut edit = Edit {
        entries: entries.into_iter().map(|entry| (entry.key.clone(), entry)).collect(),
        next: Revision(revision.0 + 1),
        changed: 0,
    };
    edit.spec(keys, &before.spec, &simulation.setup.spec)?;
    edit.nodes(keys, before, simulation)?;
    edit.partitions(keys, &simulation.layouts.0, &simulation.layouts.1)?;
    let revision = if edit.changed == 0 { revision } else { edit.next };
    Ok(ResultingCluster { revision, entries: edit.entries.into_values().collect(), changed: edit.changed })
}

/// The entries of a cluster that there is only in a simulation.
///
/// # Errors
/// Never, for a cluster that could be simulated.
pub fn of_nothing(keys: &Keys, cluster_id: &str, simulation: &Simulation) -> Result<ResultingCluster, OperationError> {
    let Simulation { setup, layouts: (_, layout), .. } = simulation;
    let spec = ClusterSpec { cluster_id: cluster_id.to_owned(), ..setup.spec.clone() };
    let holds = |node: &&Node| layout.node_index(&node.id).is_some_and(|n| layout.replicas().contains(&n));
    let leaving = setup.leaving.iter().filter(holds).map(draining);
    let nodes: Vec<Node> = setup.nodes.iter().cloned().chain(leaving).collect();
    let mut entries = initial_entries(keys, &spec, &nodes)?;
    let mut last = None;
    for partition in 0..layout.len() as u32 {
        let id = layout.ids()[partition as usize];
        let created_at = match last {
            Some((bucket, at)) if bucket == id.bucket() => at,
            Some(_) | None => id.bucket().start(spec.partitioning_of(id).granularity_hours),
        };
        last = Some((id.bucket(), created_at));
        let record = PartitionRecord {
            id,
            nodes: names(layout, partition),
            leader: layout.leader(partition).map(|node| layout.node(node).id.clone()),
            state: layout.states()[partition as usize],
            size_bytes: layout.sizes()[partition as usize],
            record_count: 0,
            created_at,
            updated_at: created_at,
        };
        entries.push(entry(keys.partition(id), record.to_document().to_json()));
    }
    entries.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    Ok(ResultingCluster { revision: FIRST_REVISION, changed: entries.len() as u64, entries })
}

fn draining(node: &Node) -> Node {
    let state = if node.state == NodeState::Down { NodeState::Down } else { NodeState::Draining };
    Node { state, ..node.clone() }
}

fn names(layout: &Layout, partition: u32) -> Vec<NodeId> {
    layout.holders(partition).iter().map(|&node| layout.node(node).id.clone()).collect()
}

/// Entries that are being changed.
struct Edit {
    entries: BTreeMap<String, Entry>,
    next: Revision,
    changed: u64,
}

impl Edit {
    fn document(&self, key: &str) -> Result<Option<Document>, OperationError> {
        let corrupt = |e: crate::model::document::DocumentError| OperationError::Corrupt {
            key: key.to_owned(),
            reason: e.to_string(),
        };
        self.entries.get(key).map(|entry| Document::parse(&entry.value).map_err(corrupt)).transpose()
    }

    fn put(&mut self, key: String, document: &Document) {
        let value = document.to_json().into_bytes();
        let next = self.next;
        let entry = self.entries.entry(key.clone()).or_insert_with(|| Entry {
            key,
            value: Vec::new(),
            create_revision: next,
            mod_revision: next,
            version: 0,
            lease: None,
        });
        if entry.value == value {
            return;
        }
        self.changed += 1;
        (entry.value, entry.mod_revision, entry.version) = (value, next, entry.version + 1);
    }

    fn delete(&mut self, key: &str) {
        self.changed += u64::from(self.entries.remove(key).is_some());
    }

    fn spec(&mut self, keys: &Keys, before: &ClusterSpec, after: &ClusterSpec) -> Result<(), OperationError> {
        if before == after {
            return Ok(());
        }
        if before.partitioning != after.partitioning {
            return Err(OperationError::Invalid(
                "a new partitioning begins with a coming time bucket, so no snapshot of what is recorded can show it; \
                 `cluster set` changes it"
                    .to_owned(),
            ));
        }
        let key = keys.cluster();
        let Some(recorded) = self.document(&key)? else {
            return Err(OperationError::NotFound { what: format!("the cluster spec {key}") });
        };
        let json = |spec: &ClusterSpec| serde_json::to_value(spec).map_err(|e| OperationError::Invalid(e.to_string()));
        let mut wanted: Value = serde_json::from_str(&recorded.to_json())
            .map_err(|e| OperationError::Corrupt { key: key.clone(), reason: e.to_string() })?;
        carry_over(&mut wanted, &json(before)?, &json(after)?);
        let wanted = Document::parse(wanted.to_string().as_bytes())
            .map_err(|e| OperationError::Corrupt { key: key.clone(), reason: e.to_string() })?;
        self.put(key, &recorded.merged(&wanted));
        Ok(())
    }

    /// Changed and new nodes, and those that left; a node that still holds something stays as draining.
    fn nodes(&mut self, keys: &Keys, before: &Setup, simulation: &Simulation) -> Result<(), OperationError> {
        let Simulation { setup, layouts: (_, layout), .. } = simulation;
        if before.nodes == setup.nodes && setup.leaving.is_empty() {
            return Ok(());
        }
        let old: BTreeMap<&NodeId, &Node> = before.nodes.iter().map(|node| (&node.id, node)).collect();
        let (kept, gone): (Vec<&Node>, Vec<&Node>) = setup
            .leaving
            .iter()
            .partition(|node| layout.node_index(&node.id).is_some_and(|number| layout.replicas().contains(&number)));
        let kept: Vec<Node> = kept.into_iter().map(draining).collect();
        for node in setup.nodes.iter().chain(&kept) {
            let key = keys.node(&node.id);
            // Where no node is recorded yet, the first recorded ones are the whole cluster: then all of them are.
            let (mut document, known) = match self.document(&key)? {
                Some(document) => (document, old.get(&node.id).copied()),
                None => (Document::default(), None),
            };
            set_node(&mut document, known, node)
                .map_err(|reason| OperationError::Corrupt { key: key.clone(), reason })?;
            self.put(key, &document);
        }
        gone.into_iter().for_each(|node| self.delete(&keys.node(&node.id)));
        Ok(())
    }

    fn partitions(&mut self, keys: &Keys, before: &Layout, after: &Layout) -> Result<(), OperationError> {
        let numbers = super::place::numbers(before, after);
        for partition in 0..after.len() as u32 {
            let held = before.holders(partition).iter().map(|&node| numbers[usize::from(node)]);
            let same = held.eq(after.holders(partition).iter().map(|&node| Some(node)));
            let led = before.leader(partition).and_then(|node| numbers[usize::from(node)]);
            if !same || led != after.leader(partition) {
                self.partition(keys, after, partition, before.epochs()[partition as usize] + 1)?;
            }
        }
        for &(partition, node) in before.marks() {
            let still = numbers[usize::from(node)].is_some_and(|node| after.marks().contains(&(partition, node)));
            if !still {
                let id: PartitionId = before.ids()[partition as usize];
                self.delete(&keys.repair_mark(id, &before.node(node).id));
            }
        }
        Ok(())
    }

    fn partition(&mut self, keys: &Keys, after: &Layout, partition: u32, epoch: u64) -> Result<(), OperationError> {
        let id = after.ids()[partition as usize];
        let key = keys.partition(id);
        let mut record =
            self.document(&key)?.ok_or_else(|| OperationError::NotFound { what: format!("partition {id}") })?;
        record.set("nodes", names(after, partition).iter().map(|n| n.as_str().to_owned()).collect::<Vec<_>>());
        record.set("leader", after.leader(partition).map(|node| after.node(node).id.as_str().to_owned()));
        self.put(key, &record);
        let key = keys.extension(id);
        let mut extension = self.document(&key)?.unwrap_or_default();
        extension.set("epoch", epoch);
        self.put(key, &extension);
        Ok(())
    }
}

/// Sets in `recorded` what differs between `before` and `after`.
fn carry_over(recorded: &mut Value, before: &Value, after: &Value) {
    let Value::Object(after) = after else {
        *recorded = after.clone();
        return;
    };
    for (name, new) in after {
        let old = &before[name.as_str()];
        if old == new {
            continue;
        }
        match recorded.get_mut(name) {
            Some(slot @ Value::Object(_)) if new.is_object() => carry_over(slot, old, new),
            Some(slot) => *slot = new.clone(),
            None => {
                if let Value::Object(fields) = recorded {
                    fields.insert(name.clone(), new.clone());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PartitionState, TimeBucket};
    use crate::operations::simulate::place::kept;
    use crate::operations::simulate::setup::Change;
    use crate::operations::simulate::{Simulated, outcome};
    use crate::planner::layout::LayoutPartition;
    use crate::planner::{Hold, Move, MoveKind, MoveReason};

    const SPEC: &str =
        r#"{"schema":"otlp-part/cluster/v1", "cluster_id":"c","placement":{"algorithm":"ring","x":1e0},"y":[1.0]}"#;
    const RECORD: &str = r#"{"partition_id":"partition_1_0000","nodes":["a","b"],"leader":"a","state":"Active","size_bytes":5,"record_count":1,"created_at":1,"updated_at":1,"z":1.50}"#;

    fn id(text: &str) -> NodeId {
        NodeId::parse(text).unwrap()
    }

    fn setup() -> Setup {
        let spec = ClusterSpec { replication_factor: 2, ..ClusterSpec::parse(SPEC.as_bytes()).unwrap() };
        Setup::new(spec, ["a", "b", "c"].map(|name| Node::new(id(name))).to_vec()).unwrap()
    }

    fn entries(recorded_nodes: bool) -> Vec<Entry> {
        let mut entries = vec![
            entry("/otlp/cluster".into(), SPEC.into()),
            entry("/otlp/partitions/partition_1_0000".into(), RECORD.into()),
            entry("/otlp/repair/partition_1_0000/b".into(), "{}".into()),
            entry("/otlp/zzz".into(), " odd ".into()),
        ];
        let nodes = ["a", "b", "c"].map(|name| entry(format!("/otlp/nodes/{name}"), r#"{"rack":"r1"}"#.into()));
        entries.extend(nodes.into_iter().filter(|_| recorded_nodes));
        entries
    }

    /// One partition on a and b, of which b's copy misses something; then the changes and moves.
    fn simulation(changes: &[Change], moves: &[(MoveKind, Option<u16>, Option<u16>)]) -> Simulation {
        let before = setup();
        let mut layout = Layout::new(&before.nodes, 2).unwrap();
        let partition = LayoutPartition {
            id: PartitionId::new(TimeBucket::new(1), 0).unwrap(),
            size_bytes: 5,
            nodes: &[0, 1],
            leader: Some(0),
            hold: Hold::Free,
            state: PartitionState::Active,
            revision: 1,
            epoch: 4,
        };
        layout.push(&partition).unwrap();
        layout.mark(0, 1);
        let changed = before.changed(changes).unwrap();
        let mut after = kept(&layout, &changed).unwrap();
        for &(kind, from, to) in moves {
            let step = Move { partition: 0, kind, reason: MoveReason::Manual, from, to, copy_from: None, bytes: 5 };
            assert!(after.apply(&step));
        }
        outcome(changed, (layout, None), (after, None), Simulated::default())
    }

    fn texts(entries: Vec<Entry>, simulation: &Simulation) -> BTreeMap<String, (String, u64)> {
        let result = of_store(&Keys::default(), (entries, Revision(9)), &setup(), simulation).unwrap();
        assert_eq!(result.revision, Revision(10));
        let text = |e: Entry| (e.key, (String::from_utf8(e.value).unwrap(), e.mod_revision.0));
        result.entries.into_iter().map(text).collect()
    }

    #[test]
    fn only_what_moved_is_changed() {
        let simulation = simulation(&[], &[(MoveKind::Replica, Some(0), Some(2)), (MoveKind::Repair, None, Some(1))]);
        let after = texts(entries(true), &simulation);
        let record = RECORD.replace(r#"["a","b"]"#, r#"["c","b"]"#).replace(r#""leader":"a""#, r#""leader":"c""#);
        assert_eq!(after["/otlp/partitions/partition_1_0000"], (record, 10));
        assert_eq!(after["/otlp/ext/partition_1_0000"], (r#"{"epoch":5}"#.to_owned(), 10));
        assert!(!after.contains_key("/otlp/repair/partition_1_0000/b"), "it was made anew");
        assert_eq!(after["/otlp/zzz"], (" odd ".to_owned(), 1));
        assert_eq!(after["/otlp/cluster"], (SPEC.to_owned(), 1));
        assert_eq!(after["/otlp/nodes/a"], (r#"{"rack":"r1"}"#.to_owned(), 1));
    }

    #[test]
    fn a_node_that_leaves_stays_while_it_holds_something() {
        let holding = texts(entries(true), &simulation(&[Change::Remove(id("b"))], &[]));
        assert_eq!(holding["/otlp/nodes/b"].0, r#"{"rack":"r1","state":"Draining"}"#);
        let emptied = simulation(&[Change::Remove(id("b"))], &[(MoveKind::Replica, Some(1), Some(2))]);
        let emptied = texts(entries(true), &emptied);
        assert!(!emptied.contains_key("/otlp/nodes/b") && emptied.contains_key("/otlp/nodes/c"));
        assert!(!emptied.contains_key("/otlp/repair/partition_1_0000/b"));
    }

    /// The first recorded nodes are the whole cluster.
    #[test]
    fn of_nodes_that_only_records_name_all_are_written() {
        let after = texts(entries(false), &simulation(&[Change::Add(id("d"), Box::default())], &[]));
        let nodes = after.keys().filter(|key| key.starts_with("/otlp/nodes/")).count();
        assert_eq!(nodes, 4);
    }

    #[test]
    fn unknown_fields_of_the_spec_stay() {
        let fields = serde_json::json!({"placement": {"algorithm": "rendezvous"}}).as_object().unwrap().clone();
        let after = texts(entries(true), &simulation(&[Change::Spec(fields)], &[]));
        assert_eq!(after["/otlp/cluster"].0, SPEC.replace("\"ring\"", "\"rendezvous\""));
        let fields = serde_json::json!({"partitioning": {"hash_buckets": 2}}).as_object().unwrap().clone();
        let repartitioned = simulation(&[Change::Spec(fields)], &[]);
        let told = of_store(&Keys::default(), (entries(true), Revision(9)), &setup(), &repartitioned).unwrap_err();
        assert!(told.to_string().contains("coming time bucket"), "{told}");
    }

    #[test]
    fn nothing_changed_is_the_same_revision() {
        let nothing = simulation(&[], &[]);
        let result = of_store(&Keys::default(), (entries(true), Revision(9)), &setup(), &nothing).unwrap();
        assert_eq!((result.revision, result.changed), (Revision(9), 0));
    }
}
