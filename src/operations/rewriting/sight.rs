//! A partition, what lies below it and the nodes, in one read transaction, with what an edit of it keeps.

use std::collections::BTreeMap;

use crate::migration::expiry::FamilyView;
use crate::migration::journal::FIRST_COPY;
use crate::migration::{Journal, View};
use crate::model::{Node, NodeId, PartitionExtension, PartitionId, PartitionRecord, Revision};
use crate::operations::OperationError;
use crate::operations::executing::read::{Stored, node_of, parsed};
use crate::operations::records::id_of;
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};

/// A partition of the family that has a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Member {
    pub(super) nodes: Vec<NodeId>,
    pub(super) extension: PartitionExtension,
}

impl Member {
    /// The copy that a node holds.
    pub(super) fn copy_of(&self, node: &NodeId) -> &str {
        self.extension.copies.get(node.as_str()).map_or(FIRST_COPY, String::as_str)
    }
}

/// A partition as it was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sight {
    pub(super) partition: PartitionId,
    pub(super) seen: FamilyView,
    pub(super) stored: Stored,
    pub(super) nodes: BTreeMap<NodeId, Node>,
    /// It and what lies below it, as far as that can be read.
    pub(super) family: BTreeMap<PartitionId, Member>,
}

impl Sight {
    pub(super) fn view(&self) -> &View {
        &self.seen.view
    }
}

/// Reads a partition.
///
/// # Errors
/// The store does not answer, or a value of the partition cannot be read: then nothing of it is ever written.
pub(super) async fn read<S: MetadataRead>(store: &S, keys: &Keys, id: PartitionId) -> Result<Sight, OperationError> {
    let ranges = [
        keys.partition_family(id),
        keys.extension_family(id),
        KeyRange::single(&keys.migration(id)),
        keys.repair_marks_of(id),
        keys.nodes(),
    ];
    let answer = store.read(&ranges, None).await?;
    let list = |at: usize| answer.ranges.get(at).map_or(&[][..], Vec::as_slice);
    let own = |at: usize, family: &'static str| {
        list(at).iter().find(|entry| id_of(keys, family, entry).is_ok_and(|found| found == id))
    };
    let (record, extension, journal) = (own(0, "partitions"), own(1, "ext"), list(2).first());
    let is_below = |family: &'static str| {
        move |entry: &Entry| id_of(keys, family, entry).is_ok_and(|found| id.is_ancestor_of(found))
    };
    let has_children = list(0).iter().any(is_below("partitions")) || list(1).iter().any(is_below("ext"));
    let nodes: BTreeMap<NodeId, Node> = list(4).iter().filter_map(|entry| node_of(keys, entry)).collect();
    let view = View {
        read_at: answer.revision,
        lock: Revision::NONE,
        record: parsed(record, |value| PartitionRecord::parse(id, value).map_err(|e| e.to_string()))?,
        extension: parsed(extension, PartitionExtension::parse)?,
        journal: parsed(journal, |value| Journal::parse(value).map_err(|e| e.to_string()))?,
        marks: list(3).iter().filter_map(|e| Some((keys.repair_mark_of(&e.key)?.1, e.mod_revision))).collect(),
        slots: Default::default(),
        nodes: nodes.iter().map(|(id, node)| (id.clone(), node.state)).collect(),
    };
    let value = |entry: Option<&Entry>| entry.map(|entry| entry.value.clone());
    let stored = Stored { record: value(record), extension: value(extension), journal: value(journal) };
    let family = family(keys, list(0), list(1));
    Ok(Sight { partition: id, seen: FamilyView { view, has_children }, stored, nodes, family })
}

fn family(keys: &Keys, records: &[Entry], extensions: &[Entry]) -> BTreeMap<PartitionId, Member> {
    let mut family = BTreeMap::new();
    for entry in records {
        let Ok(id) = id_of(keys, "partitions", entry) else { continue };
        let Ok(record) = PartitionRecord::parse(id, &entry.value) else { continue };
        family.insert(id, Member { nodes: record.nodes, extension: PartitionExtension::default() });
    }
    for entry in extensions {
        let Ok(id) = id_of(keys, "ext", entry) else { continue };
        if let (Some(member), Ok(extension)) = (family.get_mut(&id), PartitionExtension::parse(&entry.value)) {
            member.extension = extension;
        }
    }
    family
}
