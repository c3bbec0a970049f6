//! The journal of a move, a repair or a removal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::journal::{FIRST_COPY, JournalError};
use crate::model::{NodeId, PartitionState, Timestamp};

/// What is done to the partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    /// A replica goes to another node.
    Move,
    /// A missing or unsound copy is made anew.
    Repair,
    /// A replica above the replication factor is given up.
    Remove,
}

impl OperationKind {
    /// The word in the journal and for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Move => "move",
            Self::Repair => "repair",
            Self::Remove => "remove",
        }
    }
}

/// Where an operation stands; see the module's picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// The new copy is being made; nothing that readers see has changed but the state.
    Copying,
    /// The record names the new nodes; the old copy is to go. There is no way back.
    Cleanup,
    /// The record is as it was; the new copy is to go.
    Aborting,
}

impl Phase {
    /// One word for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Copying => "copying",
            Self::Cleanup => "cleanup",
            Self::Aborting => "aborting",
        }
    }

    /// Whether an operation may go from here to `next`.
    #[must_use]
    pub fn can_become(self, next: Self) -> bool {
        match (self, next) {
            (Self::Copying, Self::Cleanup | Self::Aborting) => true,
            (from, to) => from == to,
        }
    }
}

/// One of a node's places for copies in flight: `rebalance/slots/{node}/{index}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SlotName {
    /// The node.
    pub node: NodeId,
    /// Counted from 0.
    pub index: u32,
}

/// The journal of a move, a repair or a removal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MoveJournal {
    /// What is done.
    pub kind: OperationKind,
    /// [`super::journal::JOURNAL_VERSION`].
    pub schema_version: u32,
    /// Unique to this operation.
    pub operation_id: String,
    /// The plan that it belongs to.
    pub plan_id: Option<String>,
    /// The digest of that plan.
    pub plan_digest: Option<String>,
    /// Where it stands.
    pub phase: Phase,
    /// Who gives up its copy.
    pub from: Option<NodeId>,
    /// Who gets one.
    pub to: Option<NodeId>,
    /// From whose copy it is made.
    pub copy_from: Option<NodeId>,
    /// The id of the new copy.
    pub copy_id: Option<String>,
    /// The id of the copy that goes: that of `from`, or the unsound one of `to`.
    pub old_copy_id: Option<String>,
    /// Places taken on the nodes that copy.
    pub slots: Vec<SlotName>,
    /// Who held it before, in order.
    pub original_nodes: Vec<NodeId>,
    /// Who led it before.
    pub original_leader: Option<NodeId>,
    /// The copy ids before, as recorded.
    pub original_copies: BTreeMap<String, String>,
    /// Who is to hold it, in order.
    pub target_nodes: Vec<NodeId>,
    /// The state that the record had and gets again.
    pub prior_state: PartitionState,
    /// The epoch before.
    pub base_epoch: u64,
    /// CRC32C over the segments of the new copy, from cutover on.
    pub crc32c: Option<u32>,
    /// Records in it, from cutover on, when they are known.
    pub record_count: Option<u64>,
    /// When it began.
    pub started_at: Timestamp,
}

impl MoveJournal {
    /// Whether its fields fit each other.
    ///
    /// # Errors
    /// Which of them do not.
    pub(super) fn check(&self) -> Result<(), JournalError> {
        let copies = match self.kind {
            OperationKind::Move => self.from.is_some() && self.makes_a_copy(),
            OperationKind::Repair => self.makes_a_copy(),
            OperationKind::Remove => self.from.is_some() && self.to.is_none() && self.copy_id.is_none(),
        };
        if !copies {
            return Err(JournalError::Unsound("its from, to, copy_from and copy_id do not fit its kind"));
        }
        if self.target_nodes.is_empty() || !self.to.iter().all(|to| self.target_nodes.contains(to)) {
            return Err(JournalError::Unsound("its target_nodes do not hold the node that gets a copy"));
        }
        if self.from.iter().any(|from| self.target_nodes.contains(from)) {
            return Err(JournalError::Unsound("its target_nodes hold the node that gives up its copy"));
        }
        Ok(())
    }

    fn makes_a_copy(&self) -> bool {
        self.to.is_some() && self.copy_from.is_some() && self.copy_id.is_some()
    }

    /// The recorded copy id of an original holder.
    #[must_use]
    pub fn original_copy(&self, node: &NodeId) -> &str {
        self.original_copies.get(node.as_str()).map_or(FIRST_COPY, String::as_str)
    }

    /// The copy ids once the operation is through: those before, with the new one, without those of who left.
    #[must_use]
    pub fn target_copies(&self) -> BTreeMap<String, String> {
        let mut copies = self.original_copies.clone();
        if let Some(from) = &self.from {
            copies.remove(from.as_str());
        }
        if let (Some(to), Some(copy)) = (&self.to, &self.copy_id) {
            copies.insert(to.as_str().to_owned(), copy.clone());
        }
        copies
    }

    /// The copy that goes after cutover, with its node.
    #[must_use]
    pub fn old_copy(&self) -> Option<(&NodeId, &str)> {
        let node = self.from.as_ref().or(self.to.as_ref())?;
        Some((node, self.old_copy_id.as_deref()?))
    }
}
