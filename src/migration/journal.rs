//! The journal of the one exclusive operation in flight on a partition, stored under `migrations/{pid}`: a sum over its kinds.
//!
//! A further kind (split, compact, …) is one more variant here, with a file of its own beside this one for its fields and its
//! machine; every reader of journals then has to say what it makes of it. A version that does not know a kind shows the
//! journal and never writes it.

use serde::Deserialize;

use super::expiry::ExpiryJournal;
use super::move_journal::{MoveJournal, SlotName};
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
            _ => Err(JournalError::Kind(kind)),
        }
    }

    /// What is done, in one word: the `kind` that is stored.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match self {
            Self::Move(journal) => journal.kind.name(),
            Self::Expire(_) => "expire",
        }
    }

    /// Where it stands, in one word for people.
    #[must_use]
    pub fn phase_name(&self) -> &'static str {
        match self {
            Self::Move(journal) => journal.phase.name(),
            Self::Expire(journal) => journal.phase.name(),
        }
    }

    /// Unique to the operation.
    #[must_use]
    pub fn operation_id(&self) -> &str {
        match self {
            Self::Move(journal) => &journal.operation_id,
            Self::Expire(journal) => &journal.operation_id,
        }
    }

    /// The plan that it belongs to.
    #[must_use]
    pub fn plan_id(&self) -> Option<&str> {
        match self {
            Self::Move(journal) => journal.plan_id.as_deref(),
            Self::Expire(_) => None,
        }
    }

    /// When it began.
    #[must_use]
    pub fn started_at(&self) -> Timestamp {
        match self {
            Self::Move(journal) => journal.started_at,
            Self::Expire(journal) => journal.started_at,
        }
    }

    /// Places that it takes on nodes that copy.
    #[must_use]
    pub fn slots(&self) -> &[SlotName] {
        match self {
            Self::Move(journal) => &journal.slots,
            Self::Expire(_) => &[],
        }
    }

    /// Every node that it names, some more than once.
    pub fn nodes(&self) -> impl Iterator<Item = &NodeId> {
        let (moving, expiring) = match self {
            Self::Move(journal) => (Some(&**journal), None),
            Self::Expire(journal) => (None, Some(journal)),
        };
        let moving = moving.into_iter().flat_map(|journal| {
            let MoveJournal { from, to, copy_from, original_nodes, target_nodes, .. } = journal;
            original_nodes.iter().chain(target_nodes).chain(from).chain(to).chain(copy_from)
        });
        moving.chain(expiring.into_iter().flat_map(|journal| journal.copies.iter().map(|copy| &copy.node)))
    }

    /// Whether a record may be in a state while this operation is in flight on it.
    #[must_use]
    pub fn admits(&self, state: PartitionState) -> bool {
        match self {
            Self::Move(journal) => {
                (state == PartitionState::Migrating) == (journal.phase == super::move_journal::Phase::Copying)
            }
            Self::Expire(_) => state == PartitionState::ReadOnly,
        }
    }

    /// The journal of a move, a repair or a removal, if it is one.
    #[must_use]
    pub fn as_move(&self) -> Option<&MoveJournal> {
        match self {
            Self::Move(journal) => Some(journal),
            Self::Expire(_) => None,
        }
    }

    /// The journal of an expiry, if it is one.
    #[must_use]
    pub fn as_expiry(&self) -> Option<&ExpiryJournal> {
        match self {
            Self::Expire(journal) => Some(journal),
            Self::Move(_) => None,
        }
    }
}
