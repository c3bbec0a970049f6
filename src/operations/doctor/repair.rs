//! The repairs that are safe: none touches where data is, none touches a value that cannot be read.
//!
//! Invariant: a mended record can be read, and differs from what was stored in the mended fields and `updated_at` alone. A
//! repair rests on everything that made it safe: it is a conflict if any of that changed.

use std::collections::{BTreeMap, BTreeSet};

use crate::migration::Control;
use crate::model::partition_record::set_stored_time;
use crate::model::{
    Document, NodeId, PartitionExtension, PartitionId, PartitionRecord, PartitionState, Revision, Timestamp,
};
use crate::operations::change::{ChangeSet, Group, KeyChange};
use crate::operations::partitions::next_epoch;
use crate::operations::{ClusterView, OperationError};
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};

use super::leftovers::Leftover;

/// Something that can be mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// A record whose nodes or leader break a record's rules.
    Record(PartitionId),
    /// An extension without a record.
    Extension(PartitionId),
    /// A slot whose operation on this partition is gone.
    Slot(String, PartitionId),
    /// A key that says something of a copy of this partition which no longer holds: a repair mark, or an old copy.
    Leftover(String, PartitionId),
    /// A lock without a lease.
    Lock,
    /// What is asked of an execution that has ended, and of these operations, which have.
    Control(BTreeSet<String>),
}

/// A record with nodes that are there twice taken out, and a leader that is no replica replaced by the first live one.
/// `None` = that does not make it a record, or it is not an operator's to change.
#[must_use]
pub fn mended(id: PartitionId, value: &[u8], is_live: impl Fn(&NodeId) -> bool) -> Option<Document> {
    let before = Document::parse(value).ok()?;
    let mut after = before.clone();
    let listed: Vec<NodeId> = serde_json::from_str(before.get("nodes")?).ok()?;
    let mut nodes: Vec<NodeId> = Vec::new();
    for node in &listed {
        if !nodes.contains(node) {
            nodes.push(node.clone());
        }
    }
    if nodes.len() < listed.len() {
        after.set("nodes", nodes.iter().map(|n| n.as_str().to_owned()).collect::<Vec<_>>());
    }
    let leader: Option<String> = serde_json::from_str(before.get("leader")?).ok()?;
    if leader.is_some_and(|leader| !leader.is_empty() && nodes.iter().all(|node| node.as_str() != leader)) {
        after.set("leader", nodes.iter().find(|node| is_live(node))?.as_str());
    }
    let record = PartitionRecord::parse(id, after.to_json().as_bytes()).ok()?;
    let is_ours = match record.state {
        PartitionState::Active | PartitionState::ReadOnly => true,
        PartitionState::Migrating | PartitionState::Rebalancing => false,
    };
    (is_ours && after != before).then_some(after)
}

/// Repairs read together.
const CHUNK: usize = 40;

/// The change that makes the repairs, each with what it rests on. What is no longer wrong is left out.
///
/// # Errors
/// The store does not answer.
pub async fn plan<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    view: &ClusterView,
    repairs: &[Repair],
    now: Timestamp,
) -> Result<ChangeSet, OperationError> {
    let mut groups = Vec::new();
    for chunk in repairs.chunks(CHUNK) {
        let ranges: Vec<KeyRange> = chunk.iter().flat_map(|repair| ranges(keys, repair)).collect();
        let lists = store.read(&ranges, Some(view.revision)).await?.ranges;
        for (repair, found) in chunk.iter().zip(lists.chunks(READ_EACH)) {
            let first = |n: usize| found.get(n).and_then(|list| list.first());
            groups.extend(group(keys, view, repair, [first(0), first(1), first(2), first(3)], now)?);
        }
    }
    let summary = format!("mend {} finding(s)", groups.len());
    Ok(ChangeSet { summary, groups, ..ChangeSet::default() })
}

/// Keys that each repair reads.
const READ_EACH: usize = 4;

/// The key that is mended first.
fn ranges(keys: &Keys, repair: &Repair) -> [KeyRange; READ_EACH] {
    let of = |id: PartitionId| [keys.partition(id), keys.extension(id), keys.migration(id), keys.cluster()];
    let more = keys.cluster();
    let [a, b, c, d] = match repair {
        Repair::Record(id) => of(*id),
        Repair::Extension(id) => {
            let [record, extension, journal, more] = of(*id);
            [extension, record, journal, more]
        }
        Repair::Leftover(key, id) => [key.clone(), keys.partition(*id), keys.migration(*id), keys.extension(*id)],
        Repair::Slot(key, id) => [key.clone(), keys.partition(*id), keys.migration(*id), more],
        Repair::Lock => [keys.rebalance_lock(), keys.cluster(), keys.cluster(), more],
        Repair::Control(_) => [keys.rebalance_control(), keys.rebalance_lock(), keys.cluster(), more],
    };
    [a, b, c, d].map(|key| KeyRange::single(&key))
}

fn group(
    keys: &Keys,
    view: &ClusterView,
    repair: &Repair,
    [mended, second, journal, fourth]: [Option<&Entry>; READ_EACH],
    now: Timestamp,
) -> Result<Option<Group>, OperationError> {
    let Some(entry) = mended else { return Ok(None) };
    let absent = |key: String| BTreeMap::from([(key, Revision::NONE)]);
    Ok(match repair {
        Repair::Lock => Some(Group {
            changes: vec![KeyChange::delete("the lock of the executor".to_owned(), entry)],
            ..Group::default()
        }),
        Repair::Control(ended) => control_group(keys, entry, second, ended)?,
        Repair::Slot(key, id) if journal.is_none() => {
            let what = format!("slot {}", keys.name("rebalance", key).unwrap_or(key));
            Some(Group { changes: vec![KeyChange::delete(what, entry)], guards: absent(keys.migration(*id)) })
        }
        Repair::Extension(id) if second.is_none() && journal.is_none() => {
            let mut guards = absent(keys.migration(*id));
            guards.insert(keys.partition(*id), Revision::NONE);
            Some(Group { changes: vec![KeyChange::delete(format!("extension of partition {id}"), entry)], guards })
        }
        Repair::Record(id) if journal.is_none() => record_group(keys, view, *id, entry, second, now)?,
        Repair::Leftover(key, id) => {
            let leftover = Leftover::of(keys, key);
            // Judged by what its repair rests on.
            leftover.and_then(|leftover| leftover.judge([second, fourth, journal])).map(|why| {
                let revision = |entry: Option<&Entry>| entry.map_or(Revision::NONE, |entry| entry.mod_revision);
                let guards = BTreeMap::from([
                    (keys.partition(*id), revision(second)),
                    (keys.extension(*id), revision(fourth)),
                    (keys.migration(*id), Revision::NONE),
                ]);
                Group { changes: vec![KeyChange::delete(format!("{id}: {why}"), entry)], guards }
            })
        }
        Repair::Slot(..) | Repair::Extension(_) | Repair::Record(_) => None,
    })
}

/// Takes back what is asked of who has ended. An operation's id is never used again; that no other execution with the
/// revision of the ended one's lock begins is seen by the lock.
fn control_group(
    keys: &Keys,
    entry: &Entry,
    lock: Option<&Entry>,
    ended: &BTreeSet<String>,
) -> Result<Option<Group>, OperationError> {
    let corrupt = |reason: String| OperationError::Corrupt { key: entry.key.clone(), reason };
    let mut control = Control::parse(&entry.value).map_err(corrupt)?;
    control.abort_operations.retain(|id| !ended.contains(id));
    if control.abort_execution.is_some_and(|execution| lock.is_none_or(|lock| lock.create_revision.0 != execution)) {
        control.abort_execution = None;
    }
    let before = Document::parse(&entry.value).map_err(|e| corrupt(e.to_string()))?;
    let mut after = before.clone();
    control.put_into(&mut after).map_err(corrupt)?;
    let change = KeyChange::update("what the executor is told".to_owned(), entry, &before, &after);
    let guards = BTreeMap::from([(keys.rebalance_lock(), lock.map_or(Revision::NONE, |lock| lock.mod_revision))]);
    Ok(change.map(|change| Group { changes: vec![change], guards }))
}

fn record_group(
    keys: &Keys,
    view: &ClusterView,
    id: PartitionId,
    entry: &Entry,
    extension: Option<&Entry>,
    now: Timestamp,
) -> Result<Option<Group>, OperationError> {
    let is_live = |node: &NodeId| view.nodes.iter().any(|(n, _)| n.id == *node && n.state.is_up());
    let Some(mut after) = mended(id, &entry.value, is_live) else { return Ok(None) };
    let Ok(before) = Document::parse(&entry.value) else { return Ok(None) };
    set_stored_time(&mut after, "updated_at", now);
    let Ok(record) = PartitionRecord::parse(id, after.to_json().as_bytes()) else { return Ok(None) };
    let epoch = match extension.map(|entry| PartitionExtension::parse(&entry.value)) {
        None => 0,
        Some(Ok(extension)) => extension.epoch,
        // The record's change would have to be told there.
        Some(Err(_)) => return Ok(None),
    };
    let mut changes: Vec<KeyChange> =
        KeyChange::update(format!("partition {id}"), entry, &before, &after).into_iter().collect();
    changes.push(next_epoch(keys, id, epoch, extension)?);
    let mut guards = view.node_guards(keys, record.leader.as_slice());
    guards.insert(keys.migration(id), Revision::NONE);
    Ok(Some(Group { changes, guards }))
}
