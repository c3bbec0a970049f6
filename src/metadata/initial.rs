//! What a new store starts with.
//!
//! Invariant: the revision at which a store starts is the oldest that it can be read at; nothing before it is known.

use crate::model::Revision;
use crate::ports::StoreError;
use crate::ports::metadata::{Entry, KEY_BYTES_MAX, VALUE_BYTES_MAX};

/// The revisions of the entries that a new store starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitialRevisions {
    /// All entries, whatever they say, come to be at revision 1, which is the store's.
    AllFirst,
    /// Entries keep theirs; the store's is this one, and none is above it.
    Kept {
        /// The store's revision, at least 1.
        revision: Revision,
    },
}

impl InitialRevisions {
    /// The revision at which the store starts.
    pub(super) fn revision(self) -> Result<Revision, StoreError> {
        match self {
            Self::AllFirst => Ok(Revision(1)),
            Self::Kept { revision } if revision > Revision::NONE => Ok(revision),
            Self::Kept { .. } => Err(StoreError::Malformed("a store cannot start at revision 0".to_owned())),
        }
    }

    /// The entry as the store takes it. Leases do not move between stores.
    pub(super) fn adopt(self, mut entry: Entry) -> Result<Entry, StoreError> {
        entry.lease = None;
        if entry.key.is_empty() || entry.key.len() > KEY_BYTES_MAX {
            return Err(StoreError::Malformed(format!("a key of {} bytes", entry.key.len())));
        }
        if entry.value.len() > VALUE_BYTES_MAX {
            return Err(StoreError::Malformed(format!("{:?} has {} bytes", entry.key, entry.value.len())));
        }
        match self {
            Self::AllFirst => {
                (entry.create_revision, entry.mod_revision, entry.version) = (Revision(1), Revision(1), 1);
            }
            Self::Kept { revision } => {
                let (created, changed) = (entry.create_revision, entry.mod_revision);
                if created == Revision::NONE || created > changed || changed > revision || entry.version == 0 {
                    return Err(StoreError::Malformed(format!(
                        "{:?} has create revision {created}, revision {changed} and version {} in a store of revision \
                         {revision}",
                        entry.key, entry.version
                    )));
                }
            }
        }
        Ok(entry)
    }
}

/// The refusal of a key that is given twice.
pub(super) fn twice(key: &str) -> StoreError {
    StoreError::Malformed(format!("key {key:?} is given twice"))
}
