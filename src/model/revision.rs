//! Revisions of the metadata store.

use serde::{Deserialize, Serialize};

/// A revision: it grows by one with every writing transaction of the store (etcd's `mod_revision`); 0 = never.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub u64);

impl Revision {
    /// "Does not exist" in comparisons.
    pub const NONE: Self = Self(0);
}

impl std::fmt::Display for Revision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
