//! What nodes hold, by the partition records.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::model::{NodeId, PartitionId, PartitionRecord, Revision};
use crate::operations::OperationError;
use crate::operations::cluster::CorruptValue;
use crate::operations::listing::read_extensions;
use crate::operations::records::id_of;
use crate::ports::metadata::Entry;
use crate::ports::{Keys, MetadataRead};

/// What one node holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// Copies on it.
    pub partitions: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The first of them, in numeric order.
    pub first: Option<PartitionId>,
    /// Partitions that it leads.
    pub leaders: u64,
    /// The first of these.
    pub first_led: Option<PartitionId>,
}

/// What every node holds that a record names. A partition that was split lies in its children.
#[derive(Clone, Debug, Default)]
pub struct Holdings {
    by_node: BTreeMap<NodeId, Holding>,
    /// Records and extensions that cannot be read: nobody knows which nodes they name.
    pub corrupt: Vec<CorruptValue>,
}

impl Holdings {
    /// Reads all records and extensions at one revision.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn read<S: MetadataRead>(store: &S, keys: &Keys, at: Revision) -> Result<Self, OperationError> {
        let (extensions, corrupt) = read_extensions(store, keys, at).await?;
        let mut holdings = Self { corrupt, ..Self::default() };
        let is_empty = |record: &PartitionRecord| {
            extensions.get(&record.id).is_some_and(|extension| extension.is_emptied_by_split(record))
        };
        let mut visit = |entry: &Entry| {
            match parse_record(keys, entry) {
                Ok(record) if is_empty(&record) => {}
                Ok(record) => holdings.add(&record),
                Err(corrupt) => holdings.corrupt.push(corrupt),
            }
            ControlFlow::Continue(())
        };
        store.scan(&keys.partitions(), Some(at), &mut visit).await?;
        Ok(holdings)
    }

    fn add(&mut self, record: &PartitionRecord) {
        let earlier = |first: Option<PartitionId>| Some(first.map_or(record.id, |first| first.min(record.id)));
        for node in &record.nodes {
            let holding = match self.by_node.get_mut(node) {
                Some(holding) => holding,
                None => self.by_node.entry(node.clone()).or_default(),
            };
            holding.partitions += 1;
            holding.bytes = holding.bytes.saturating_add(record.size_bytes);
            holding.first = earlier(holding.first);
            if record.leader.as_ref() == Some(node) {
                holding.leaders += 1;
                holding.first_led = earlier(holding.first_led);
            }
        }
    }

    /// What a node holds.
    #[must_use]
    pub fn of(&self, node: &NodeId) -> Holding {
        self.by_node.get(node).cloned().unwrap_or_default()
    }

    /// What several nodes hold together.
    #[must_use]
    pub fn of_all(&self, nodes: &[NodeId]) -> Holding {
        let earlier = |a: Option<PartitionId>, b: Option<PartitionId>| a.into_iter().chain(b).min();
        nodes.iter().map(|node| self.of(node)).fold(Holding::default(), |sum, one| Holding {
            partitions: sum.partitions + one.partitions,
            bytes: sum.bytes.saturating_add(one.bytes),
            first: earlier(sum.first, one.first),
            leaders: sum.leaders + one.leaders,
            first_led: earlier(sum.first_led, one.first_led),
        })
    }
}

/// The record in an entry.
///
/// # Errors
/// Its key is no partition's, or its value no record.
pub(super) fn parse_record(keys: &Keys, entry: &Entry) -> Result<PartitionRecord, CorruptValue> {
    let id = id_of(keys, "partitions", entry)?;
    PartitionRecord::parse(id, &entry.value)
        .map_err(|reason| CorruptValue { key: entry.key.clone(), reason: reason.to_string() })
}
