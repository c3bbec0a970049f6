//! Changes of the topology that would route partitions elsewhere.
//!
//! A partition without a record is found by the placement function alone. In a cluster that other programs write to, or
//! that was not adopted yet, such partitions hold data, and a change of what the function looks at would hide it. So the
//! ones within retention are counted, and the change is refused until `partition create` has recorded them.
//!
//! Invariant: what is compared is the cluster that was read with the very change that is to be written applied to it.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::ops::ControlFlow;

use crate::model::cluster_spec::Placement;
use crate::model::{
    ClusterSpec, Node, NodeId, PartitionId, PlacementAlgorithm, Revision, TimeRange, Timestamp, Weight,
};
use crate::partitioner::{CompositePartitioner, TimePartitioner};
use crate::placement::{NodeIndex, PlacementError};
use crate::ports::codec::parse_node;
use crate::ports::metadata::Entry;
use crate::ports::{Keys, MetadataRead};
use crate::routing::Topology;

use super::change::ChangeSet;
use super::records::id_of;
use super::{ClusterView, OperationError};

/// The most partitions that are looked at: the longest retention with the most buckets would take hours.
const LOOKED_AT_MAX: u64 = 20_000_000;

/// Partitions that a change would route elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reroute {
    /// Partitions within retention that have no record.
    pub unrecorded: u64,
    /// Those of them that would get other owners, or the same in another order.
    pub changed: u64,
    /// The first of these.
    pub first: Option<PartitionId>,
    /// Days of retention.
    pub days: u32,
    /// Whether all were looked at, and not [`LOOKED_AT_MAX`] of them only.
    pub complete: bool,
}

impl fmt::Display for Reroute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { unrecorded, changed, first, days, complete } = self;
        let least = if *complete { "" } else { "at least " };
        write!(
            f,
            "{least}{changed} of the {least}{unrecorded} partitions without a record within {days} days of retention "
        )?;
        f.write_str("would be routed elsewhere")?;
        first.map_or(Ok(()), |first| write!(f, ", {first} the first of them"))
    }
}

/// A change that may be shown.
#[derive(Debug)]
#[must_use]
pub struct Checked {
    /// The change, with what the check rests on among its guards.
    pub change: ChangeSet,
    /// What it routes elsewhere all the same, because that was forced.
    pub forced: Option<Reroute>,
}

/// Refuses a change of nodes or spec that would route partitions elsewhere, unless it is forced.
///
/// # Errors
/// It would; or the store does not answer, a node cannot be read, or no owners could be computed after it.
pub async fn check<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    view: &ClusterView,
    change: ChangeSet,
    force: bool,
    now: Timestamp,
) -> Result<Checked, OperationError> {
    let (spec, nodes) = applied(view, keys, &change)?;
    let (change, reroute) = match compare(store, keys, view, (spec, nodes), now).await? {
        Compared::Same => return Ok(Checked { change, forced: None }),
        Compared::NothingToCount => (change, None),
        Compared::Counted(reroute) => (change.untouched_since(view.revision, [keys.nodes()]), Some(reroute)),
    };
    let spec_revision = view.spec_entry.as_ref().map_or(Revision::NONE, |entry| entry.mod_revision);
    let summary = change.summary.clone();
    let change = change.guarded([(keys.cluster(), spec_revision)]);
    match reroute.filter(|r| r.changed > 0 || !r.complete) {
        Some(reroute) if !force => Err(OperationError::Reroute { summary, reroute }),
        forced => Ok(Checked { change, forced }),
    }
}

/// The partitions that would be routed elsewhere if these nodes were gone; `None` if there is nothing to count.
///
/// # Errors
/// As [`check`].
pub async fn without<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    view: &ClusterView,
    gone: &[NodeId],
    now: Timestamp,
) -> Result<Option<Reroute>, OperationError> {
    let stay = view.nodes.iter().map(|(node, _)| node.clone()).filter(|node| !gone.contains(&node.id)).collect();
    let counted = with(store, keys, view, (view.spec.clone(), stay), now).await?;
    Ok(counted.filter(|reroute| reroute.changed > 0 || !reroute.complete))
}

/// The partitions without a record that hold data, and how many of them another spec and other nodes would route
/// elsewhere; `None` if there is nothing to count.
///
/// # Errors
/// As [`check`].
pub async fn with<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    view: &ClusterView,
    changed: (ClusterSpec, Vec<Node>),
    now: Timestamp,
) -> Result<Option<Reroute>, OperationError> {
    match compare(store, keys, view, changed, now).await? {
        Compared::Counted(reroute) => Ok(Some(reroute)),
        Compared::Same | Compared::NothingToCount => Ok(None),
    }
}

enum Compared {
    /// Placement sees no difference.
    Same,
    /// A partition without a record holds no data here.
    NothingToCount,
    Counted(Reroute),
}

async fn compare<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    view: &ClusterView,
    (spec, nodes): (ClusterSpec, Vec<Node>),
    now: Timestamp,
) -> Result<Compared, OperationError> {
    let before: Vec<Node> = view.nodes.iter().map(|(node, _)| node.clone()).collect();
    if placement_sees(&view.spec, &before) == placement_sees(&spec, &nodes) {
        return Ok(Compared::Same);
    }
    let after = Topology::new(spec, nodes)?;
    // Without a spec the cluster was not adopted yet: its records were written by somebody else.
    let holds_data = view.spec.foreign_writers || !view.has_spec();
    if !holds_data {
        return Ok(Compared::NothingToCount);
    }
    match view.topology() {
        // Nothing can be routed yet.
        Err(OperationError::Placement(PlacementError::NoNodes)) => Ok(Compared::NothingToCount),
        Err(error) => Err(error),
        Ok(before) => count(store, keys, view.revision, (&before, &after), now).await.map(Compared::Counted),
    }
}

/// The cluster after a change.
fn applied(view: &ClusterView, keys: &Keys, change: &ChangeSet) -> Result<(ClusterSpec, Vec<Node>), OperationError> {
    let corrupt = |key: &str, reason: String| OperationError::Corrupt { key: key.to_owned(), reason };
    let mut spec = view.spec.clone();
    let changes = || change.groups.iter().flat_map(|group| &group.changes);
    let of_nodes = changes().any(|c| keys.name("nodes", &c.key).is_some());
    // The first node that is recorded ends that nodes are taken from the records.
    let stays = |entry: &Option<Entry>| entry.is_some() || !of_nodes;
    let mut nodes: BTreeMap<NodeId, Node> =
        view.nodes.iter().filter(|(_, entry)| stays(entry)).map(|(n, _)| (n.id.clone(), n.clone())).collect();
    for change in changes() {
        if change.key == keys.cluster() {
            spec = ClusterSpec::parse(change.value.as_deref().unwrap_or_default())?;
        } else if let Some(name) = keys.name("nodes", &change.key) {
            let id = NodeId::parse(name).map_err(|e| corrupt(&change.key, e.to_string()))?;
            match &change.value {
                None => drop(nodes.remove(&id)),
                Some(value) => {
                    let node = parse_node(id.clone(), value).map_err(|reason| corrupt(&change.key, reason))?;
                    nodes.insert(id, node);
                }
            }
        }
    }
    Ok((spec, nodes.into_values().collect()))
}

/// What the placement function looks at of each node: its zone too, but for the ring.
type SeenNode<'a> = (&'a NodeId, Weight, Option<&'a str>);

fn placement_sees<'a>(spec: &ClusterSpec, nodes: &'a [Node]) -> (Placement, u8, Vec<SeenNode<'a>>) {
    let zones = match spec.placement.algorithm {
        PlacementAlgorithm::Ring => false,
        PlacementAlgorithm::ZoneBalanced | PlacementAlgorithm::Rendezvous => true,
    };
    let mut seen: Vec<SeenNode<'a>> =
        nodes.iter().map(|n| (&n.id, n.weight, n.location.availability_zone.as_deref().filter(|_| zones))).collect();
    seen.sort();
    (spec.placement, spec.replication_factor, seen)
}

async fn count<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Revision,
    (before, after): (&Topology, &Topology),
    now: Timestamp,
) -> Result<Reroute, OperationError> {
    let mut recorded: HashSet<PartitionId> = HashSet::new();
    let mut visit = |entry: &Entry| {
        // A record that cannot be read is an error to whoever routes by it, before and after.
        recorded.extend(id_of(keys, "partitions", entry).ok());
        ControlFlow::Continue(())
    };
    store.scan(&keys.partitions(), Some(at), &mut visit).await?;
    let spec = before.spec();
    let days = spec.partitioning.iter().map(|p| p.retention_days).max().unwrap_or(0);
    let mut reroute = Reroute { unrecorded: 0, changed: 0, first: None, days, complete: true };
    let Ok(range) = TimeRange::new(now.plus_seconds(-i64::from(days) * 86_400), now) else { return Ok(reroute) };
    let same_node: Vec<Option<NodeIndex>> = after
        .nodes()
        .iter()
        .map(|node| before.nodes().binary_search_by(|n| n.id.cmp(&node.id)).ok().map(|at| at as NodeIndex))
        .collect();
    let mut looked_at = 0;
    for (partitioning, part) in spec.versions_in(range) {
        let partitioner = CompositePartitioner::new(partitioning);
        for bucket in TimePartitioner::new(partitioning.granularity_hours).buckets(part) {
            if partitioning.is_expired(bucket, now) {
                continue;
            }
            for id in partitioner.partitions(bucket) {
                let id = id?;
                looked_at += 1;
                if looked_at > LOOKED_AT_MAX {
                    return Ok(Reroute { complete: false, ..reroute });
                }
                if recorded.contains(&id) {
                    continue;
                }
                reroute.unrecorded += 1;
                let old = before.placer().owners(id, spec.replication_factor);
                let new = after.placer().owners(id, after.spec().replication_factor);
                let new = new.as_slice().iter().map(|&n| same_node[usize::from(n)]);
                if !new.eq(old.as_slice().iter().map(|&n| Some(n))) {
                    reroute.changed += 1;
                    reroute.first.get_or_insert(id);
                }
            }
        }
    }
    Ok(reroute)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::metadata::MemoryStore;
    use crate::operations::nodes::{NodeEdit, add, set};
    use crate::operations::{partitions, settings};
    use crate::ports::MetadataWrite;
    use crate::ports::clock::FixedClock;
    use crate::ports::metadata::{Op, Outcome, Transaction};
    use crate::routing::RecordSet;

    const NOW: Timestamp = Timestamp::from_seconds(1_762_355_400);
    const ADOPTED: &str = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","foreign_writers":true,"replication_factor":2,"partitioning":[{"retention_days":1,"hash_buckets":8}]}"#;

    fn wait<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    fn put(store: &MemoryStore, ops: Vec<Op>) {
        let outcome = wait(store.commit(Transaction { compares: vec![], ops })).unwrap();
        assert!(matches!(outcome, Outcome::Committed { .. }));
    }

    fn cluster(spec: &str, nodes: usize) -> MemoryStore {
        let store = MemoryStore::new(Arc::new(FixedClock(NOW)));
        let zone = |n: usize| format!(r#"{{"location":{{"availability_zone":"z{}"}}}}"#, n % 3);
        let mut ops: Vec<Op> = (0..nodes).map(|n| Op::put(format!("/otlp/nodes/n{n}"), zone(n))).collect();
        ops.push(Op::put("/otlp/cluster".into(), spec));
        put(&store, ops);
        store
    }

    fn view(store: &MemoryStore) -> ClusterView {
        wait(ClusterView::read(store, &Keys::default(), None, &[])).unwrap().0
    }

    fn node(name: &str) -> Node {
        Node::new(NodeId::parse(name).unwrap())
    }

    fn checked(store: &MemoryStore, change: ChangeSet, force: bool) -> Result<Checked, OperationError> {
        wait(check(store, &Keys::default(), &view(store), change, force, NOW))
    }

    fn refused(store: &MemoryStore, change: ChangeSet) -> Reroute {
        match checked(store, change, false) {
            Err(OperationError::Reroute { reroute, .. }) => reroute,
            other => panic!("{other:?}"),
        }
    }

    /// Every partition of the last day, one by one through routing itself.
    fn counted_by_routing(before: &Topology, after: &Topology) -> (u64, u64, Option<PartitionId>) {
        let (mut unrecorded, mut changed, mut first) = (0, 0, None);
        let hour = NOW.seconds().div_euclid(3600);
        for bucket in hour - 24..=hour {
            for index in 0..8 {
                let id = PartitionId::new(crate::model::TimeBucket::new(bucket), index).unwrap();
                let owners = |topology: &Topology| {
                    let records = RecordSet::default();
                    let partitioning = topology.spec().partitioning_of(id);
                    crate::routing::route::route_partition(topology, &records, partitioning, id, None).unwrap().owners
                };
                unrecorded += 1;
                if owners(before) != owners(after) {
                    changed += 1;
                    first = first.or(Some(id));
                }
            }
        }
        (unrecorded, changed, first)
    }

    #[test]
    fn the_count_is_what_routing_would_change() {
        for algorithm in ["ring", "rendezvous"] {
            let spec = ADOPTED.replace(
                "\"partitioning\"",
                &format!("\"placement\":{{\"algorithm\":\"{algorithm}\"}},\"partitioning\""),
            );
            let store = cluster(&spec, 5);
            let keys = Keys::default();
            let view = view(&store);
            let edit = |edit: NodeEdit| set(&view, &keys, &[NodeId::parse("n1").unwrap()], &edit).unwrap();
            let weight = edit(NodeEdit { weight: Weight::from_millis(2500), ..NodeEdit::default() });
            let more = add(&view, &keys, &[node("n10")]).unwrap();
            let fields = [("replication_factor".to_owned(), "3".to_owned())];
            let copies = settings::set(&view, &keys, &fields, None, NOW).unwrap();
            for change in [weight, more, copies] {
                let (spec, nodes) = applied(&view, &keys, &change).unwrap();
                let after = Topology::new(spec, nodes).unwrap();
                let (unrecorded, changed, first) = counted_by_routing(&view.topology().unwrap(), &after);
                let found = refused(&store, change);
                assert_eq!((found.unrecorded, found.changed, found.first), (unrecorded, changed, first));
                assert!(changed > 0 && found.complete && found.days == 1);
            }
        }
    }

    #[test]
    fn what_placement_does_not_see_is_not_counted() {
        let store = cluster(ADOPTED, 5);
        let (keys, view) = (Keys::default(), view(&store));
        let id = [NodeId::parse("n1").unwrap()];
        let moved = NodeEdit { location: crate::model::Location::parse("az=z9").ok(), ..NodeEdit::default() };
        let change = set(&view, &keys, &id, &moved).unwrap();
        assert!(checked(&store, change, false).unwrap().change.untouched.is_empty());
        // Rendezvous does see zones.
        let spec = ADOPTED.replace("\"partitioning\"", "\"placement\":{\"algorithm\":\"rendezvous\"},\"partitioning\"");
        let zoned = cluster(&spec, 5);
        let change = set(&super::tests::view(&zoned), &keys, &id, &moved).unwrap();
        assert!(refused(&zoned, change).changed > 0);
        // A cluster that nobody else writes to has no data without a record.
        let plain = cluster(&ADOPTED.replace("true", "false"), 5);
        let change = add(&super::tests::view(&plain), &keys, &[node("n10")]).unwrap();
        let guarded = checked(&plain, change, false).unwrap().change;
        assert!(guarded.guards.contains_key("/otlp/cluster"), "the decision rests on the spec");
    }

    #[test]
    fn recorded_partitions_are_not_re_routed_and_force_tells_the_number() {
        let store = cluster(ADOPTED, 5);
        let keys = Keys::default();
        let change = || add(&view(&store), &keys, &[node("n10")]).unwrap();
        let forced = checked(&store, change(), true).unwrap();
        assert_eq!(forced.forced, Some(refused(&store, change())));
        assert_eq!(forced.change.untouched.len(), 1);
        // The mend that the error names.
        let range = TimeRange::new(NOW.plus_seconds(-86_400), NOW).unwrap();
        let created = wait(partitions::create(&store, &keys, &view(&store), range, NOW, &mut |_| {})).unwrap();
        let ops = created.change.groups.into_iter().flat_map(|g| g.changes);
        put(&store, ops.map(|c| Op::put(c.key, c.value.unwrap())).collect());
        assert_eq!(checked(&store, change(), false).unwrap().forced, None);
    }

    #[test]
    fn recording_the_nodes_that_records_name_changes_nothing() {
        let store = MemoryStore::new(Arc::new(FixedClock(NOW)));
        let id = "partition_489542_0051";
        let value = format!(
            r#"{{"partition_id":"{id}","nodes":["n1","n2"],"leader":"n1","state":"Active","size_bytes":5,"record_count":1,"created_at":1,"updated_at":1}}"#
        );
        put(&store, vec![Op::put(format!("/otlp/partitions/{id}"), value)]);
        let keys = Keys::default();
        let same = add(&view(&store), &keys, &[node("n1"), node("n2")]).unwrap();
        assert!(checked(&store, same, false).is_ok());
        let more = add(&view(&store), &keys, &[node("n1"), node("n2"), node("n3")]).unwrap();
        let found = refused(&store, more);
        // 30 days and the hour that has begun, without the one recorded.
        assert_eq!(found.unrecorded, (30 * 24 + 1) * 256 - 1);
    }

    #[test]
    fn a_topology_that_could_place_nothing_is_refused_everywhere() {
        let store = cluster(&ADOPTED.replace("true", "false"), 1);
        let (keys, view) = (Keys::default(), view(&store));
        let edit = NodeEdit { weight: Weight::from_millis(1), ..NodeEdit::default() };
        let change = set(&view, &keys, &[NodeId::parse("n0").unwrap()], &edit).unwrap();
        assert!(matches!(checked(&store, change, true), Err(OperationError::Placement(PlacementError::NoTokens))));
    }
}
