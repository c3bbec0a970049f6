//! What an executor knows of an operation by its own work; gone after a crash.

use crate::model::NodeId;

/// A copy that was read back and compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Verified {
    /// CRC32C over its segments.
    pub crc32c: u32,
    /// Its records, when they are known.
    pub record_count: Option<u64>,
}

/// What became of a copy that was to be deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Deletion {
    /// Not tried yet.
    #[default]
    Open,
    /// It is gone.
    Gone,
    /// Its node does not answer.
    Unreachable,
}

/// Whether the listed nodes hold everything, by a look at their copies after cutover.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Listed {
    /// Nobody looked yet.
    #[default]
    Unseen,
    /// All do.
    Full,
    /// This one does not answer or misses something.
    Lacking(NodeId),
}

/// What an executor did itself for one operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Facts {
    /// The operation that all this is about.
    pub operation_id: String,
    /// It waited until every writer has seen the state.
    pub settled: bool,
    /// The new copy is whole.
    pub verified: Option<Verified>,
    /// The target did not take the copy: why.
    pub copy_failed: bool,
    /// It waited for readers' caches.
    pub graced: bool,
    /// Whether the listed copies are whole.
    pub listed: Listed,
    /// The old copy, or when aborting the new one.
    pub deletion: Deletion,
    /// A copy that this executor began to write itself. When its operation is over without having listed it, nobody else
    /// knows of what was written late: whoever wrote it takes it away.
    pub wrote: Option<(NodeId, String)>,
}

impl Facts {
    /// What is known of this operation; nothing if these facts are about another one.
    #[must_use]
    pub fn about(self, operation_id: &str) -> Self {
        if self.operation_id == operation_id {
            return self;
        }
        Self { operation_id: operation_id.to_owned(), ..Self::default() }
    }
}
