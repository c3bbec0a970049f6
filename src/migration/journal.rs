//! The journal of the one exclusive operation in flight on a partition, stored under `migrations/{pid}`: a sum over its kinds.
//!
//! A further kind is one more variant here, with a file of its own beside this one for its fields and its
//! machine; every reader of journals then has to say what it makes of it. A version that does not know a kind shows the
//! journal and never writes it.

use serde::Deserialize;

use super::expiry::ExpiryJournal;
use super::move_journal::{MoveJournal, Phase, SlotName};
use super::rewrite_journal::RewriteJournal;
use crate::model::document::is_object;
use crate::model::{NodeId, PartitionState, Timestamp};

/// The newest journal that this version understands.
pub const JOURNAL_VERSION: u32 = 1;

/// The copy id of a copy that none was ever recorded for.
pub const FIRST_COPY: &str = "first";

/// The journal of an operation, by the kind of the operation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Journal {
    /// A replica moves, is repaired or is given up.
    Move(Box<MoveJournal>),
    /// The partition is past its retention, and goes.
    Expire(ExpiryJournal),
    /// The partition's segments are divided among children, or merged.
    Rewrite(Box<RewriteJournal>),
}

/// Why a stored journal is not acted on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// Not the JSON of a journal.
    #[error("{0}")]
    Json(String),
    /// Written by a newer version.
    #[error("its schema_version {0} is newer than this version, which knows {JOURNAL_VERSION}")]
    Newer(u32),
    /// An operation that this version does not know.
    #[error("its kind {0:?} is not known to this version")]
    Kind(String),
    /// It says something that cannot be.
    #[error("{0}")]
    Unsound(&'static str),
}

impl Journal {
    /// Reads a stored journal.
    ///
    /// # Errors
    /// Not JSON, an unknown kind or phase, a newer version, or fields that contradict each other: shown, never written.
    pub fn parse(bytes: &[u8]) -> Result<Self, JournalError> {
        #[derive(Deserialize)]
        struct Version {
            schema_version: u32,
        }
        #[derive(Deserialize)]
        struct Kind {
            kind: String,
        }
        if !is_object(bytes) {
            return Err(JournalError::Json("not a JSON object".to_owned()));
        }
        let json = |e: serde_json::Error| JournalError::Json(e.to_string());
        let Version { schema_version } = serde_json::from_slice(bytes).map_err(json)?;
        if schema_version > JOURNAL_VERSION {
            return Err(JournalError::Newer(schema_version));
        }
        let Kind { kind } = serde_json::from_slice(bytes).map_err(json)?;
        match kind.as_str() {
            "move" | "repair" | "remove" => {
                let journal: MoveJournal = serde_json::from_slice(bytes).map_err(json)?;
                journal.check()?;
                Ok(Self::Move(Box::new(journal)))
            }
            "expire" => Ok(Self::Expire(serde_json::from_slice(bytes).map_err(json)?)),
            "split" | "compact" => {
                let journal: RewriteJournal = serde_json::from_slice(bytes).map_err(json)?;
                journal.check()?;
                Ok(Self::Rewrite(Box::new(journal)))
            }
            _ => Err(JournalError::Kind(kind)),
        }
    }

    /// What is done, in one word: the `kind` that is stored.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match self {
            Self::Move(journal) => journal.kind.name(),
            Self::Expire(_) => "expire",
            Self::Rewrite(journal) => journal.kind.name(),
        }
    }

    /// Where it stands, in one word for people.
    #[must_use]
    pub fn phase_name(&self) -> &'static str {
        match self {
            Self::Move(journal) => journal.phase.name(),
            Self::Expire(journal) => journal.phase.name(),
            Self::Rewrite(journal) => journal.phase.name(),
        }
    }

    /// Unique to the operation.
    #[must_use]
    pub fn operation_id(&self) -> &str {
        match self {
            Self::Move(journal) => &journal.operation_id,
            Self::Expire(journal) => &journal.operation_id,
            Self::Rewrite(journal) => &journal.operation_id,
        }
    }

    /// The plan that it belongs to.
    #[must_use]
    pub fn plan_id(&self) -> Option<&str> {
        match self {
            Self::Move(journal) => journal.plan_id.as_deref(),
            Self::Expire(_) | Self::Rewrite(_) => None,
        }
    }

    /// The run that claimed it, of an operation that needs no executor: while that lives, `rebalance/runs/{run}` is there.
    #[must_use]
    pub fn run(&self) -> Option<&str> {
        match self {
            Self::Move(_) => None,
            Self::Expire(journal) => Some(&journal.run),
            Self::Rewrite(journal) => Some(&journal.run),
        }
    }

    /// When it began.
    #[must_use]
    pub fn started_at(&self) -> Timestamp {
        match self {
            Self::Move(journal) => journal.started_at,
            Self::Expire(journal) => journal.started_at,
            Self::Rewrite(journal) => journal.started_at,
        }
    }

    /// Places that it takes on nodes that copy.
    #[must_use]
    pub fn slots(&self) -> &[SlotName] {
        match self {
            Self::Move(journal) => &journal.slots,
            Self::Expire(_) | Self::Rewrite(_) => &[],
        }
    }

    /// Every node that it names, some more than once.
    pub fn nodes(&self) -> impl Iterator<Item = &NodeId> {
        let moving = self.as_move().into_iter().flat_map(|journal| {
            let MoveJournal { from, to, copy_from, original_nodes, target_nodes, .. } = journal;
            original_nodes.iter().chain(target_nodes).chain(from).chain(to).chain(copy_from)
        });
        let expiring = self.as_expiry().into_iter().flat_map(|journal| journal.copies.iter().map(|copy| &copy.node));
        let rewriting = self.as_rewrite().into_iter().flat_map(|journal| &journal.original_nodes);
        moving.chain(expiring).chain(rewriting)
    }

    /// Whether a record may be in a state while this operation is in flight on it.
    #[must_use]
    pub fn admits(&self, state: PartitionState) -> bool {
        match self {
            Self::Move(journal) => (state == PartitionState::Migrating) == (journal.phase == Phase::Copying),
            Self::Rewrite(journal) => (state == PartitionState::Migrating) == (journal.phase == Phase::Copying),
            Self::Expire(_) => state == PartitionState::ReadOnly,
        }
    }

    /// The journal of a move, a repair or a removal, if it is one.
    #[must_use]
    pub fn as_move(&self) -> Option<&MoveJournal> {
        match self {
            Self::Move(journal) => Some(journal),
            Self::Expire(_) | Self::Rewrite(_) => None,
        }
    }

    /// The journal of an expiry, if it is one.
    #[must_use]
    pub fn as_expiry(&self) -> Option<&ExpiryJournal> {
        match self {
            Self::Expire(journal) => Some(journal),
            Self::Move(_) | Self::Rewrite(_) => None,
        }
    }

    /// The journal of a split or a compaction, if it is one.
    #[must_use]
    pub fn as_rewrite(&self) -> Option<&RewriteJournal> {
        match self {
            Self::Rewrite(journal) => Some(journal),
            Self::Move(_) | Self::Expire(_) => None,
        }
    }
}
