//! Whether nodes can be removed, and removing them.
//!
//! Invariant: a removal that is not forced holds only while everything that the check looked at is as it was: nothing
//! newer among records, operations, slots, marks and orphans, and the nodes that prove that enough of them stay.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::time::Duration;

use serde_json::Value;

use crate::model::{ByteSize, Node, NodeId, NodeState, Revision, Timestamp};
use crate::operations::change::{Applied, AuditContext, ChangeSet, Consent, Group, KeyChange};
use crate::operations::{ClusterView, OperationError, reroute};
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead, MetadataWatch, MetadataWrite};

use super::holdings::{Holdings, parse_record};
use super::names;

/// What speaks against a removal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It is Active, so it may get new partitions at any moment.
    Active,
    /// Records name it as a holder.
    Copies,
    /// Records name it as the leader.
    Leader,
    /// An operation in flight names it.
    Operation,
    /// A move holds a slot on it.
    Slot,
    /// A copy on it misses something and is to be repaired.
    RepairMark,
    /// A copy on it is to be deleted when it is back.
    Orphan,
    /// Fewer nodes would stay than every partition has copies.
    ReplicationFactor,
    /// The zones that stay cannot hold every partition's copies without doubling up more than they must.
    ZoneSpread,
    /// It is the last usable node of its zone.
    LastOfZone,
    /// Partitions without a record would be routed elsewhere.
    Unrecorded,
    /// Values that may name it cannot be read.
    Unreadable,
    /// No node would be left.
    LastNode,
}

impl Reason {
    /// The word for scripts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Copies => "copies",
            Self::Leader => "leader",
            Self::Operation => "operation",
            Self::Slot => "slot",
            Self::RepairMark => "repair_mark",
            Self::Orphan => "orphan",
            Self::ReplicationFactor => "replication_factor",
            Self::ZoneSpread => "zone_spread",
            Self::LastOfZone => "last_of_zone",
            Self::Unrecorded => "unrecorded",
            Self::Unreadable => "unreadable",
            Self::LastNode => "last_node",
        }
    }
}

/// One reason against a removal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// The node; `None` = all that were asked about together.
    pub node: Option<NodeId>,
    /// The reason.
    pub reason: Reason,
    /// How many things it is about.
    pub count: u64,
    /// The first of them.
    pub first: Option<String>,
    /// In words, about "it".
    pub message: String,
}

/// Everything that speaks against removing these nodes together; empty = it is safe.
///
/// # Errors
/// A node does not exist or cannot be read; the store does not answer.
pub async fn check<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    view: &ClusterView,
    ids: &[NodeId],
    now: Timestamp,
) -> Result<Vec<Obstacle>, OperationError> {
    let mut found = Found::default();
    for id in ids {
        let (node, _) = view.node(keys, id)?;
        if node.state == NodeState::Active {
            found.add(Some(id), Reason::Active, 1, None, "it is Active and may get new partitions: cordon it first");
        }
    }
    let holdings = Holdings::read(store, keys, view.revision).await?;
    for id in ids {
        let held = holdings.of(id);
        let copies = format!("it holds copies of {} partition(s), {}", held.partitions, ByteSize(held.bytes));
        found.add(Some(id), Reason::Copies, held.partitions, held.first.map(|id| id.to_string()), &copies);
        let leads = format!("it leads {} partition(s)", held.leaders);
        found.add(Some(id), Reason::Leader, held.leaders, held.first_led.map(|id| id.to_string()), &leads);
    }
    found.named_by_keys(store, keys, view.revision, ids).await?;
    found.topology(view, ids);
    // Without the last node nothing is routed at all, and with one that cannot be read nobody knows how.
    let countable = view.corrupt.is_empty() && found.list.iter().all(|o| o.reason != Reason::LastNode);
    if countable && let Some(reroute) = reroute::without(store, keys, view, ids, now).await? {
        let first = reroute.first.map(|id| id.to_string());
        found.add(None, Reason::Unrecorded, reroute.changed, first, &reroute.to_string());
    }
    let unreadable =
        view.corrupt.iter().chain(&holdings.corrupt).map(|c| c.key.clone()).chain(found.unreadable.clone());
    let unreadable: BTreeSet<String> = unreadable.collect();
    let message = format!("{} value(s) cannot be read, so nobody knows whether they name it", unreadable.len());
    found.add(None, Reason::Unreadable, unreadable.len() as u64, unreadable.into_iter().next(), &message);
    Ok(found.list)
}

#[derive(Default)]
struct Found {
    list: Vec<Obstacle>,
    /// Keys of values that cannot be read.
    unreadable: Vec<String>,
}

impl Found {
    fn add(&mut self, node: Option<&NodeId>, reason: Reason, count: u64, first: Option<String>, message: &str) {
        if count > 0 {
            self.list.push(Obstacle { node: node.cloned(), reason, count, first, message: message.to_owned() });
        }
    }

    /// Operations in flight, slots, repair marks and orphans.
    async fn named_by_keys<S: MetadataRead>(
        &mut self,
        store: &S,
        keys: &Keys,
        at: Revision,
        ids: &[NodeId],
    ) -> Result<(), OperationError> {
        let families: [(KeyRange, Reason, Naming, &str); 4] = [
            (keys.migrations(), Reason::Operation, by_journal, "operation(s) in flight name it"),
            (keys.slots(), Reason::Slot, by_slot, "slot(s) on it are taken by moves"),
            (keys.repair_marks(), Reason::RepairMark, by_mark, "repair mark(s) say that a copy on it misses something"),
            (keys.orphans(), Reason::Orphan, by_orphan, "deletion(s) of copies on it wait until it is back"),
        ];
        for (range, reason, naming, text) in families {
            let mut by_node: BTreeMap<usize, (u64, String)> = BTreeMap::new();
            let unreadable = &mut self.unreadable;
            let mut visit = |entry: &Entry| {
                match naming(keys, ids, entry) {
                    None => unreadable.push(entry.key.clone()),
                    Some(named) => named.into_iter().for_each(|at| {
                        by_node.entry(at).or_insert_with(|| (0, entry.key.clone())).0 += 1;
                    }),
                }
                ControlFlow::Continue(())
            };
            store.scan(&range, Some(at), &mut visit).await?;
            for (at, (count, first)) in by_node {
                self.add(Some(&ids[at]), reason, count, Some(first), &format!("{count} {text}"));
            }
        }
        Ok(())
    }

    /// Whether enough nodes stay, in enough zones.
    fn topology(&mut self, view: &ClusterView, ids: &[NodeId]) {
        let stay = Staying::new(view, ids);
        if view.nodes.iter().all(|(node, _)| ids.contains(&node.id)) {
            self.add(None, Reason::LastNode, 1, None, "no node would be left");
            return;
        }
        let wanted = usize::from(view.spec.replication_factor);
        let usable: usize = stay.zones.values().map(Vec::len).sum();
        if usable < wanted {
            let message =
                format!("{wanted} copies of every partition need as many nodes, {usable} usable one(s) would stay");
            self.add(None, Reason::ReplicationFactor, (wanted - usable) as u64, None, &message);
        } else if stay.held(wanted).len() < wanted {
            let message = format!(
                "{wanted} copies over {} zone(s) mean at most {} in one, and the zones that stay have too few nodes",
                stay.zones.len(),
                stay.in_one_zone(wanted)
            );
            self.add(None, Reason::ZoneSpread, (wanted - stay.held(wanted).len()) as u64, None, &message);
        }
        for id in ids {
            let zone = view.nodes.iter().find(|(n, _)| n.id == *id).and_then(|(n, _)| zone_of(n));
            if let Some(zone) = zone.filter(|zone| !stay.zones.contains_key(&Some(*zone))) {
                let message = format!("no usable node would stay in zone {zone}");
                self.add(Some(id), Reason::LastOfZone, 1, Some(zone.to_owned()), &message);
            }
        }
    }
}

/// Which of the nodes an entry names, by their places; `None` = it cannot be read.
type Naming = fn(&Keys, &[NodeId], &Entry) -> Option<BTreeSet<usize>>;

fn place(ids: &[NodeId], text: &str) -> Option<usize> {
    ids.iter().position(|id| id.as_str() == text)
}

fn by_journal(_: &Keys, ids: &[NodeId], entry: &Entry) -> Option<BTreeSet<usize>> {
    Some(texts_of(ids, &serde_json::from_slice(&entry.value).ok()?))
}

/// Every node that a text anywhere in a value is: the fields of journals may grow.
fn texts_of(ids: &[NodeId], value: &Value) -> BTreeSet<usize> {
    match value {
        Value::String(text) => place(ids, text).into_iter().collect(),
        Value::Array(items) => items.iter().flat_map(|item| texts_of(ids, item)).collect(),
        Value::Object(fields) => fields.values().flat_map(|item| texts_of(ids, item)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => BTreeSet::new(),
    }
}

fn by_slot(keys: &Keys, ids: &[NodeId], entry: &Entry) -> Option<BTreeSet<usize>> {
    first_part(keys.name("rebalance/slots", &entry.key)?, ids)
}

fn by_orphan(keys: &Keys, ids: &[NodeId], entry: &Entry) -> Option<BTreeSet<usize>> {
    first_part(keys.name("orphans", &entry.key)?, ids)
}

fn first_part(name: &str, ids: &[NodeId]) -> Option<BTreeSet<usize>> {
    Some(place(ids, name.split('/').next()?).into_iter().collect())
}

fn by_mark(keys: &Keys, ids: &[NodeId], entry: &Entry) -> Option<BTreeSet<usize>> {
    let (_, node) = keys.repair_mark_of(&entry.key)?;
    Some(place(ids, node.as_str()).into_iter().collect())
}

fn zone_of(node: &Node) -> Option<&str> {
    node.location.availability_zone.as_deref()
}

/// The nodes that stay and may hold data for good, by zone; those without a zone share one.
struct Staying<'a> {
    zones: BTreeMap<Option<&'a str>, Vec<&'a NodeId>>,
}

impl<'a> Staying<'a> {
    fn new(view: &'a ClusterView, gone: &[NodeId]) -> Self {
        let mut zones: BTreeMap<Option<&str>, Vec<&NodeId>> = BTreeMap::new();
        for (node, _) in view.nodes.iter().filter(|(node, _)| !gone.contains(&node.id)) {
            match node.state {
                NodeState::Active | NodeState::Cordoned => zones.entry(zone_of(node)).or_default().push(&node.id),
                NodeState::Draining | NodeState::Down => {}
            }
        }
        Self { zones }
    }

    /// The most copies of one partition in one zone: `ceil(copies / zones)`.
    fn in_one_zone(&self, copies: usize) -> usize {
        copies.div_ceil(self.zones.len().max(1))
    }

    /// Nodes that can hold so many copies of one partition, as the zones allow it; fewer if they do not.
    fn held(&self, copies: usize) -> Vec<&'a NodeId> {
        let most = self.in_one_zone(copies);
        self.zones.values().flat_map(|nodes| nodes.iter().take(most)).copied().take(copies).collect()
    }
}

/// Removed nodes. Reasons against it are overruled by `force`, but for the last node.
///
/// # Errors
/// A node does not exist; or there are reasons against it, and `force` is not given.
pub fn remove(
    view: &ClusterView,
    keys: &Keys,
    ids: &[NodeId],
    against: &[Obstacle],
    force: bool,
) -> Result<ChangeSet, OperationError> {
    let refused = |reason: String, forceable| OperationError::Refused {
        refused: format!("not removing {}", names(ids.iter())),
        reason,
        forceable,
    };
    if let Some(last) = against.iter().find(|obstacle| obstacle.reason == Reason::LastNode) {
        return Err(refused(last.message.clone(), false));
    }
    if !against.is_empty() && !force {
        return Err(refused(in_words(against, ids.len() > 1), true));
    }
    let mut group = Group::default();
    for id in ids {
        let (_, entry) = view.node(keys, id)?;
        group.changes.push(KeyChange::delete(format!("node {id}"), entry));
    }
    // One node that stays must still be there, so that two removals cannot take the last ones.
    let stays = view.nodes.iter().map(|(node, _)| node.id.clone()).find(|id| !ids.contains(id));
    let mut witnesses: Vec<NodeId> = stays.into_iter().collect();
    let summary = format!("remove {}", names(ids.iter()));
    let change = ChangeSet { summary, groups: vec![group], ..ChangeSet::default() };
    if !against.is_empty() {
        return Ok(change.guarded(view.node_guards(keys, &witnesses)));
    }
    // Nodes that hold the copies of one partition, and one in each zone that loses a node, prove that enough stay, as
    // long as they are as they were read: so two removals cannot each count on what the other takes.
    let stay = Staying::new(view, ids);
    witnesses.extend(stay.held(usize::from(view.spec.replication_factor)).into_iter().cloned());
    for id in ids {
        let zone = view.nodes.iter().find(|(n, _)| n.id == *id).and_then(|(n, _)| zone_of(n));
        witnesses.extend(stay.zones.get(&zone).and_then(|nodes| nodes.first()).map(|id| (*id).clone()));
    }
    // The spec says how many copies there are, and whether anything without a record counts.
    let spec = view.spec_entry.as_ref().map_or(Revision::NONE, |entry| entry.mod_revision);
    let change = change.guarded([(keys.cluster(), spec)]);
    let ranges = [keys.partitions(), keys.migrations(), keys.slots(), keys.repair_marks(), keys.orphans()];
    Ok(change.guarded(view.node_guards(keys, &witnesses)).untouched_since(view.revision, ranges))
}

/// How often a removal is tried while others write records.
const TRIES_MAX: usize = 50;
/// How long to wait for a change that the store says there is.
const CHANGE_WAIT: Duration = Duration::from_millis(100);

/// Applies a removal. Writers change the sizes of records all the time: such a change is looked at, and if it does not
/// name the nodes, the removal rests on the newer revision. So it succeeds in a busy cluster, too.
///
/// # Errors
/// Something speaks against it now, or the store does not answer.
pub async fn apply<S: MetadataWrite>(
    store: &S,
    keys: &Keys,
    (mut change, ids): (ChangeSet, &[NodeId]),
    consent: Consent,
    audit: &AuditContext,
) -> Result<Applied, OperationError> {
    let range = keys.partitions();
    let mut tries = 0;
    loop {
        tries += 1;
        let conflict = match change.clone().approve(consent).apply(store, keys, audit).await {
            Err(conflict @ OperationError::Conflict { .. }) if tries < TRIES_MAX => conflict,
            done => return done,
        };
        let of_records = matches!(&conflict, OperationError::Conflict { key, .. } if range.contains(key));
        let Some((_, than)) = change.untouched.iter_mut().find(|(r, _)| of_records && *r == range) else {
            return Err(conflict);
        };
        let now = store.revision().await?;
        let mut watch = store.watch(&range, Revision(than.0 + 1)).await?;
        while *than < now {
            let Some(batch) = watch.next(CHANGE_WAIT).await? else { break };
            let speaks_against = |entry: &Entry| {
                parse_record(keys, entry).map_or(true, |record| record.nodes.iter().any(|node| ids.contains(node)))
            };
            if batch.changes.iter().filter_map(|(_, entry)| entry.as_ref()).any(speaks_against) {
                return Err(conflict);
            }
            *than = batch.revision;
        }
    }
}

/// Reasons told in one sentence.
const TOLD_MAX: usize = 5;

/// Reasons in one sentence.
fn in_words(against: &[Obstacle], several: bool) -> String {
    let one = |obstacle: &Obstacle| {
        let node = obstacle.node.as_ref().filter(|_| several).map(|id| format!("{id}: ")).unwrap_or_default();
        format!("{node}{}", obstacle.message)
    };
    let more = match against.len().saturating_sub(TOLD_MAX) {
        0 => String::new(),
        more => format!("; and {more} more reason(s)"),
    };
    against.iter().take(TOLD_MAX).map(one).collect::<Vec<_>>().join("; ") + &more
}

#[cfg(test)]
mod tests;
