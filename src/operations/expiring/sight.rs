//! Some partitions in one read transaction, each with what an edit of it keeps.

use std::collections::BTreeMap;

use crate::migration::expiry::FamilyView;
use crate::migration::{Journal, View};
use crate::model::{Node, NodeId, PartitionExtension, PartitionId, PartitionRecord, Revision};
use crate::operations::OperationError;
use crate::operations::executing::read::{Stored, parsed};
use crate::operations::records::id_of;
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};

/// Partitions that are read together: four ranges each, below the 128 that etcd takes.
pub(super) const READ_MAX: usize = 30;
/// Ranges that each of them reads.
const RANGES: usize = 4;

/// A partition as it was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sight {
    pub(super) partition: PartitionId,
    pub(super) seen: FamilyView,
    pub(super) stored: Stored,
}

fn ranges(keys: &Keys, id: PartitionId) -> [KeyRange; RANGES] {
    let single = |key: String| KeyRange::single(&key);
    [keys.partition_family(id), single(keys.extension(id)), single(keys.migration(id)), keys.repair_marks_of(id)]
}

/// Reads partitions in one read transaction: of each what is there, or why it cannot be read and so is never written.
///
/// # Errors
/// The store does not answer.
pub(super) async fn read<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    ids: &[PartitionId],
    nodes: &BTreeMap<NodeId, Node>,
) -> Result<Vec<(PartitionId, Result<Sight, OperationError>)>, OperationError> {
    let asked: Vec<KeyRange> = ids.iter().flat_map(|&id| ranges(keys, id)).collect();
    let answer = store.read(&asked, None).await?;
    let at = answer.revision;
    let lists = answer.ranges.chunks(RANGES);
    Ok(ids.iter().zip(lists).map(|(&id, lists)| (id, sight(keys, id, at, lists, nodes))).collect())
}

fn sight(
    keys: &Keys,
    id: PartitionId,
    read_at: Revision,
    lists: &[Vec<Entry>],
    nodes: &BTreeMap<NodeId, Node>,
) -> Result<Sight, OperationError> {
    let list = |at: usize| lists.get(at).map_or(&[][..], Vec::as_slice);
    let (record, extension, journal) = (
        list(0).iter().find(|entry| id_of(keys, "partitions", entry).is_ok_and(|found| found == id)),
        list(1).first(),
        list(2).first(),
    );
    let is_child = |entry: &Entry| id_of(keys, "partitions", entry).is_ok_and(|found| id.is_ancestor_of(found));
    let mut view = View {
        read_at,
        lock: Revision::NONE,
        record: parsed(record, |value| PartitionRecord::parse(id, value).map_err(|e| e.to_string()))?,
        extension: parsed(extension, PartitionExtension::parse)?,
        journal: parsed(journal, |value| Journal::parse(value).map_err(|e| e.to_string()))?,
        marks: list(3).iter().filter_map(|e| Some((keys.repair_mark_of(&e.key)?.1, e.mod_revision))).collect(),
        slots: Default::default(),
        nodes: BTreeMap::new(),
    };
    let named = view.record.iter().flat_map(|record| &record.value.nodes);
    let named = named.chain(view.journal.iter().flat_map(|journal| journal.value.nodes()));
    view.nodes = named.filter_map(|id| Some((id.clone(), nodes.get(id)?.state))).collect();
    let value = |entry: Option<&Entry>| entry.map(|entry| entry.value.clone());
    let stored = Stored { record: value(record), extension: value(extension), journal: value(journal) };
    Ok(Sight { partition: id, seen: FamilyView { view, has_children: list(0).iter().any(is_child) }, stored })
}
