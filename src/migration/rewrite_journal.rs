//! The journal of a split or a compaction: a partition's segments are written anew, into new copies.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::journal::JournalError;
use super::move_journal::Phase;
use crate::model::{NodeId, PartitionId, PartitionState, Timestamp};
use crate::partitioner::split;

/// The most bits by which a partition is split at once: 32 children, whose records and extensions fit into one transaction of
/// etcd (128 operations).
pub const BITS_AT_ONCE_MAX: u8 = 5;

/// What is done to the partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RewriteKind {
    /// Its records are divided among children.
    Split,
    /// Its small segments become few large ones.
    Compact,
}

impl RewriteKind {
    /// The word in the journal and for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Split => "split",
            Self::Compact => "compact",
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Split => "split",
            Self::Compact => "compaction",
        }
    }
}

/// One copy of a partition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CopyAt {
    /// Of which partition.
    pub partition: PartitionId,
    /// On which node.
    pub node: NodeId,
    /// Its id.
    pub copy_id: String,
}

/// What a new copy holds: the same on every node.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TargetContent {
    /// The partition: a child, or the one that is compacted.
    pub partition: PartitionId,
    /// Bytes of its segments.
    pub size_bytes: u64,
    /// Its records; `None` = not known, as others wrote some of its segments.
    pub record_count: Option<u64>,
    /// Its segments.
    pub segments: u64,
}

/// The journal of a split or a compaction.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RewriteJournal {
    /// What is done.
    pub kind: RewriteKind,
    /// [`super::journal::JOURNAL_VERSION`].
    pub schema_version: u32,
    /// Unique to this operation.
    pub operation_id: String,
    /// The run that claimed it: while that lives, `rebalance/runs/{run}` is there.
    pub run: String,
    /// Where it stands.
    pub phase: Phase,
    /// Of a split, by how many bits; else 0.
    pub bits: u8,
    /// Of a compaction, the size that segments are to have; else `null`.
    pub target_bytes: Option<u64>,
    /// The id of the new copies, on every node and of every child.
    pub copy_id: String,
    /// Who holds it, in order.
    pub original_nodes: Vec<NodeId>,
    /// The id of each one's copy.
    pub original_copies: BTreeMap<String, String>,
    /// What the new copies are made from: a digest of the segments' names and lengths, once they were listed. All that drive the
    /// operation make the same of the same, or give it up.
    pub sources: Option<String>,
    /// What the new copies hold, from the switch on.
    pub targets: Vec<TargetContent>,
    /// The state that the record had and gets again.
    pub prior_state: PartitionState,
    /// The epoch before.
    pub base_epoch: u64,
    /// When it began.
    pub started_at: Timestamp,
    /// Who claimed it, in words.
    pub by: String,
}

impl RewriteJournal {
    /// Whether its fields fit each other and the partition.
    ///
    /// # Errors
    /// Which of them do not.
    pub(super) fn check(&self) -> Result<(), JournalError> {
        let bits = match self.kind {
            RewriteKind::Split => (1..=BITS_AT_ONCE_MAX).contains(&self.bits),
            RewriteKind::Compact => self.bits == 0 && self.target_bytes.is_some(),
        };
        if !bits {
            return Err(JournalError::Unsound("its bits and target_bytes do not fit its kind"));
        }
        let is_named = |node: &NodeId| self.original_copies.contains_key(node.as_str());
        if self.original_nodes.is_empty() || !self.original_nodes.iter().all(is_named) {
            return Err(JournalError::Unsound("its original_copies do not name a copy on each of its original_nodes"));
        }
        if self.original_copies.values().any(|copy| *copy == self.copy_id) {
            return Err(JournalError::Unsound("its copy_id is that of an original copy"));
        }
        Ok(())
    }

    /// The partitions whose new copies are made: the children in order, or the partition itself.
    #[must_use]
    pub fn targets_of(&self, id: PartitionId) -> Vec<PartitionId> {
        descendants(id, self.bits)
    }

    /// The copies from which the new ones are made, and which go afterwards.
    #[must_use]
    pub fn old_copies(&self, id: PartitionId) -> Vec<CopyAt> {
        let copy = |node: &NodeId| {
            let copy_id = self.original_copies.get(node.as_str())?.clone();
            Some(CopyAt { partition: id, node: node.clone(), copy_id })
        };
        self.original_nodes.iter().filter_map(copy).collect()
    }

    /// The new copies.
    #[must_use]
    pub fn new_copies(&self, id: PartitionId) -> Vec<CopyAt> {
        let copy = |partition, node: &NodeId| CopyAt { partition, node: node.clone(), copy_id: self.copy_id.clone() };
        let of = |partition| self.original_nodes.iter().map(move |node| copy(partition, node));
        self.targets_of(id).into_iter().flat_map(of).collect()
    }
}

/// The partitions that a split by so many bits makes, in order; by none, the partition itself. Of more bits than an id can
/// carry there are none.
#[must_use]
pub fn descendants(id: PartitionId, bits: u8) -> Vec<PartitionId> {
    split::leaves(id, |at| if at == id { bits } else { 0 }).unwrap_or_default()
}
