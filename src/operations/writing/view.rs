//! A time bucket's partitions as they stand.

use std::collections::BTreeMap;

use tokio::time::Instant;

use super::VIEW_AGE_MAX;
use super::error::WriteError;
use crate::migration::Versioned;
use crate::migration::journal::FIRST_COPY;
use crate::model::{Node, NodeId, PartitionExtension, PartitionId, PartitionRecord, Revision, TimeBucket};
use crate::operations::cluster::CorruptValue;
use crate::operations::records::id_of;
use crate::operations::{ClusterView, OperationError};
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};

/// What one read transaction found.
#[derive(Debug)]
pub(super) struct BucketView {
    /// Before it was read: nothing in it is older.
    read_at: Instant,
    pub(super) cluster: ClusterView,
    pub(super) nodes: BTreeMap<NodeId, Node>,
    partitions: BTreeMap<PartitionId, Result<PartitionView, CorruptValue>>,
}

/// A partition as it stands.
#[derive(Clone, Debug)]
pub(super) struct PartitionView {
    pub(super) record: Versioned<PartitionRecord>,
    pub(super) extension: Option<Versioned<PartitionExtension>>,
    /// Copies that miss something.
    pub(super) marks: BTreeMap<NodeId, Revision>,
}

impl PartitionView {
    /// The copy that a node holds.
    pub(super) fn copy_of(&self, node: &NodeId) -> &str {
        let extension = self.extension.as_ref().map(|extension| &extension.value);
        extension.and_then(|extension| extension.copies.get(node.as_str())).map_or(FIRST_COPY, String::as_str)
    }

    /// Whether it was split, so that its children hold what it held.
    pub(super) fn is_split(&self) -> bool {
        self.extension.as_ref().is_some_and(|extension| extension.value.split_bits > 0)
    }

    /// Whether what was written by `before` lies where this view looks for it.
    pub(super) fn holds_as(&self, before: &Self) -> bool {
        let place = |view: &Self| {
            let extension = view.extension.as_ref().map(|e| e.value.clone()).unwrap_or_default();
            (extension.epoch, extension.split_bits, extension.copies)
        };
        self.record.value.state == before.record.value.state
            && self.record.value.nodes == before.record.value.nodes
            && place(self) == place(before)
            && before.marks.keys().all(|node| self.marks.contains_key(node))
    }
}

impl BucketView {
    /// Whether something may still be acknowledged by it.
    pub(super) fn is_fresh(&self) -> bool {
        self.read_at.elapsed() < VIEW_AGE_MAX
    }

    /// A partition; `None` = it has no record.
    ///
    /// # Errors
    /// Its values cannot be read.
    pub(super) fn partition(&self, id: PartitionId) -> Result<Option<&PartitionView>, WriteError> {
        match self.partitions.get(&id) {
            None => Ok(None),
            Some(Ok(view)) => Ok(Some(view)),
            Some(Err(corrupt)) => Err(OperationError::from(corrupt.clone()).into()),
        }
    }

    /// By how many bits a partition was split.
    pub(super) fn split_bits(&self, id: PartitionId) -> u8 {
        let view = self.partitions.get(&id).and_then(|view| view.as_ref().ok());
        view.and_then(|view| view.extension.as_ref()).map_or(0, |extension| extension.value.split_bits)
    }
}

/// Reads cluster, nodes, and all of a bucket.
///
/// # Errors
/// The store's; no spec is recorded.
pub(super) async fn read<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    bucket: TimeBucket,
) -> Result<BucketView, WriteError> {
    let read_at = Instant::now();
    let ranges: Vec<KeyRange> =
        [keys.partitions_of(bucket), keys.extensions_of(bucket), keys.repair_marks_in(bucket)].concat();
    let (cluster, lists) = ClusterView::read(store, keys, None, &ranges).await?;
    if !cluster.has_spec() {
        return Err(WriteError::NoSpec);
    }
    let mut kinds = lists.chunks(2).map(|lists| lists.iter().flatten());
    let mut partitions: BTreeMap<_, _> = BTreeMap::new();
    for entry in kinds.next().into_iter().flatten() {
        let Ok(id) = id_of(keys, "partitions", entry) else { continue };
        let record = parsed(entry, |value| PartitionRecord::parse(id, value).map_err(|e| e.to_string()));
        partitions.insert(id, record.map(|record| PartitionView { record, extension: None, marks: BTreeMap::new() }));
    }
    for entry in kinds.next().into_iter().flatten() {
        let Ok(id) = id_of(keys, "ext", entry) else { continue };
        let Some(Ok(view)) = partitions.get_mut(&id) else { continue };
        match parsed(entry, PartitionExtension::parse) {
            Ok(extension) => view.extension = Some(extension),
            Err(corrupt) => {
                partitions.insert(id, Err(corrupt));
            }
        }
    }
    for entry in kinds.next().into_iter().flatten() {
        let Some((id, node)) = keys.repair_mark_of(&entry.key) else { continue };
        if let Some(Ok(view)) = partitions.get_mut(&id) {
            view.marks.insert(node, entry.mod_revision);
        }
    }
    let nodes = cluster.nodes.iter().map(|(node, _)| (node.id.clone(), node.clone())).collect();
    Ok(BucketView { read_at, cluster, nodes, partitions })
}

fn parsed<T>(entry: &Entry, parse: impl Fn(&[u8]) -> Result<T, String>) -> Result<Versioned<T>, CorruptValue> {
    let value = parse(&entry.value).map_err(|reason| CorruptValue { key: entry.key.clone(), reason })?;
    Ok(Versioned { value, revision: entry.mod_revision })
}
