//! What is to be done next.

use std::collections::BTreeMap;

use crate::model::{NodeId, PartitionState, Revision};

use super::move_journal::{MoveJournal, SlotName};

/// The next step of an operation.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Commit this, fenced on what was read.
    Commit(Box<Change>),
    /// Wait until every writer has seen that the partition is migrating.
    Settle,
    /// Make the copy and read it back.
    Copy {
        /// From whose copy, and its id.
        source: (NodeId, String),
        /// Whither, and the new copy's id.
        target: (NodeId, String),
    },
    /// Wait until readers have seen the new nodes.
    Grace,
    /// See that every listed node is alive and its copy whole.
    VerifyListed(Vec<(NodeId, String)>),
    /// Delete this one copy.
    DeleteCopy {
        /// On which node.
        node: NodeId,
        /// Which copy.
        copy_id: String,
    },
    /// Nothing is left to do.
    Done,
    /// It cannot go on by itself.
    Stop(Stop),
}

/// Why an operation cannot go on by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Stop {
    /// A node of the record is lost or its copy is not whole; the old copy is kept.
    #[error("node {lacking} is listed but does not hold everything; the old copy on {kept} is kept until you decide")]
    ListedLacking {
        /// The listed node.
        lacking: NodeId,
        /// Who still has the old copy.
        kept: NodeId,
    },
    /// Undoing it would delete what may be the last good copy.
    #[error("no original copy is whole and reachable; the new copy is kept until you decide")]
    NoGoodCopy,
    /// The record went away under the operation.
    #[error("the partition's record is gone")]
    RecordGone,
    /// The record was changed by somebody else after cutover.
    #[error("the record names other nodes than the operation left there")]
    RecordChanged,
}

/// Why an operation is undone by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Abandoned {
    /// The operator said so.
    Asked,
    /// The record names other nodes, or another state, than at the start.
    RecordChanged,
    /// The target is down or did not take the copy.
    TargetLost,
    /// The source is down or its copy misses something now.
    SourceLost,
    /// A node that stays misses something.
    Marked,
}

impl Abandoned {
    /// Why, for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Asked => "it was asked for",
            Self::RecordChanged => "the record was changed by somebody else",
            Self::TargetLost => "the target is down or did not take the copy",
            Self::SourceLost => "the source is down or its copy misses something",
            Self::Marked => "a copy that stays misses something",
        }
    }
}

/// What happens to the journal.
#[derive(Clone, Debug, PartialEq)]
pub enum JournalChange {
    /// It says this.
    Put(Box<MoveJournal>),
    /// It goes.
    Delete,
}

/// A new value of a record's fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordChange {
    /// Who holds it; `None` leaves them.
    pub nodes: Option<Vec<NodeId>>,
    /// Who leads it; `None` leaves it.
    pub leader: Option<Option<NodeId>>,
    /// The state.
    pub state: PartitionState,
}

/// One transaction. It is fenced on the lock, on the revisions of record, extension and journal as they were read, and on no
/// mark of this partition being newer than the read.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What happens to the record.
    pub record: Option<RecordChange>,
    /// The new epoch and copy ids.
    pub extension: Option<(u64, BTreeMap<String, String>)>,
    /// What happens to the journal.
    pub journal: JournalChange,
    /// Places to take; each must be free.
    pub take_slots: Vec<SlotName>,
    /// Places to free.
    pub free_slots: Vec<SlotName>,
    /// Marks that the new copy has made good, with the revision that each must have.
    pub clear_marks: BTreeMap<NodeId, Revision>,
    /// A copy to be deleted when its node is back.
    pub orphan: Option<(NodeId, String)>,
    /// Why it is undone, if that is what this does.
    pub abandoned: Option<Abandoned>,
}

impl Change {
    /// A change of the journal alone.
    #[must_use]
    pub fn of(journal: JournalChange) -> Self {
        Self {
            record: None,
            extension: None,
            journal,
            take_slots: Vec::new(),
            free_slots: Vec::new(),
            clear_marks: BTreeMap::new(),
            orphan: None,
            abandoned: None,
        }
    }

    /// Whether it only deletes, which works while etcd is out of space.
    #[must_use]
    pub fn only_deletes(&self) -> bool {
        let Self { record, extension, journal, take_slots, free_slots: _, clear_marks: _, orphan, abandoned: _ } = self;
        record.is_none()
            && extension.is_none()
            && take_slots.is_empty()
            && orphan.is_none()
            && matches!(journal, JournalChange::Delete)
    }
}
