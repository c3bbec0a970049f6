//! What one read transaction finds of a partition, with the stored values that an edit keeps.

use std::collections::{BTreeMap, BTreeSet};

use crate::migration::{Journal, Versioned, View};
use crate::model::{Node, NodeId, PartitionExtension, PartitionId, PartitionRecord, Revision};
use crate::operations::OperationError;
use crate::ports::codec::parse_node;
use crate::ports::metadata::{Entry, KeyRange, ReadAnswer};
use crate::ports::{Keys, MetadataRead};

/// How often a read is repeated because the record names nodes that were not asked for.
const ROUNDS_MAX: usize = 4;

/// The stored values behind a view.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::operations) struct Stored {
    pub(in crate::operations) record: Option<Vec<u8>>,
    pub(in crate::operations) extension: Option<Vec<u8>>,
    pub(in crate::operations) journal: Option<Vec<u8>>,
}

/// A partition as it was read, or as an own transaction left it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::operations) struct Seen {
    pub(in crate::operations) partition: PartitionId,
    pub(in crate::operations) view: View,
    pub(in crate::operations) stored: Stored,
    /// The nodes concerned, with where their data is.
    pub(in crate::operations) nodes: BTreeMap<NodeId, Node>,
}

/// What to read.
pub(in crate::operations) struct Wanted<'a> {
    pub(in crate::operations) partition: PartitionId,
    /// `create_revision` of the lock; 0 = it is not held.
    pub(in crate::operations) lock: Revision,
    /// Nodes that are needed beside those that record and journal name.
    pub(in crate::operations) nodes: &'a BTreeSet<NodeId>,
    /// Nodes of which the slots are needed.
    pub(in crate::operations) slots: &'a [NodeId],
}

/// Reads a partition in one read transaction.
///
/// # Errors
/// The store does not answer, or a value of the partition cannot be read: then nothing of it is ever written.
pub(in crate::operations) async fn read<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    wanted: &Wanted<'_>,
) -> Result<Seen, OperationError> {
    let mut nodes = wanted.nodes.clone();
    let mut seen = read_once(store, keys, wanted, &nodes).await?;
    for _ in 0..ROUNDS_MAX {
        let named = named(&seen.view);
        if named.is_subset(&nodes) {
            break;
        }
        nodes.extend(named);
        seen = read_once(store, keys, wanted, &nodes).await?;
    }
    Ok(seen)
}

/// The nodes that record and journal name.
fn named(view: &View) -> BTreeSet<NodeId> {
    let record = view.record.iter().flat_map(|record| record.value.nodes.iter());
    let journal = view.journal.iter().flat_map(|journal| journal.value.nodes());
    record.chain(journal).cloned().collect()
}

async fn read_once<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    wanted: &Wanted<'_>,
    nodes: &BTreeSet<NodeId>,
) -> Result<Seen, OperationError> {
    let id = wanted.partition;
    let single = |key: &str| KeyRange::single(key);
    let mut ranges = vec![
        single(&keys.partition(id)),
        single(&keys.extension(id)),
        single(&keys.migration(id)),
        keys.repair_marks_of(id),
    ];
    ranges.extend(nodes.iter().map(|node| single(&keys.node(node))));
    ranges.extend(wanted.slots.iter().map(|node| keys.slots_of(node)));
    let ReadAnswer { revision, ranges } = store.read(&ranges, None).await?;
    let mut lists = ranges.into_iter();
    let mut one = || lists.next().unwrap_or_default().pop();
    let (record, extension, journal) = (one(), one(), one());
    let marks = lists.next().unwrap_or_default();
    let found: Vec<Entry> = lists.by_ref().take(nodes.len()).flatten().collect();
    let slots = lists.flatten().filter_map(|entry| keys.slot_of(&entry.key)).collect();
    let nodes: BTreeMap<NodeId, Node> = found.iter().filter_map(|entry| node_of(keys, entry)).collect();
    let view = View {
        read_at: revision,
        lock: wanted.lock,
        record: parsed(record.as_ref(), |value| PartitionRecord::parse(id, value).map_err(|e| e.to_string()))?,
        extension: parsed(extension.as_ref(), PartitionExtension::parse)?,
        journal: parsed(journal.as_ref(), |value| Journal::parse(value).map_err(|e| e.to_string()))?,
        marks: marks.iter().filter_map(|e| Some((keys.repair_mark_of(&e.key)?.1, e.mod_revision))).collect(),
        slots,
        nodes: nodes.iter().map(|(id, node)| (id.clone(), node.state)).collect(),
    };
    let value = |entry: Option<Entry>| entry.map(|entry| entry.value);
    let stored = Stored { record: value(record), extension: value(extension), journal: value(journal) };
    Ok(Seen { partition: id, view, stored, nodes })
}

/// A node that can be read; one that cannot counts as not there.
pub(in crate::operations) fn node_of(keys: &Keys, entry: &Entry) -> Option<(NodeId, Node)> {
    let id = NodeId::parse(keys.name("nodes", &entry.key)?).ok()?;
    let node = parse_node(id.clone(), &entry.value).ok()?;
    Some((id, node))
}

/// A stored value of a type, with its revision.
///
/// # Errors
/// It cannot be read.
pub(in crate::operations) fn parsed<T>(
    entry: Option<&Entry>,
    parse: impl Fn(&[u8]) -> Result<T, String>,
) -> Result<Option<Versioned<T>>, OperationError> {
    let Some(entry) = entry else { return Ok(None) };
    let corrupt = |reason| OperationError::Corrupt { key: entry.key.clone(), reason };
    let value = parse(&entry.value).map_err(corrupt)?;
    Ok(Some(Versioned { value, revision: entry.mod_revision }))
}
