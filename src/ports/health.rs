//! What a store says about its own health.

use crate::model::Revision;

/// A store's health; `None` and empty where the store does not tell, or may not be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreHealth {
    /// Bytes that it takes.
    pub size_bytes: Option<u64>,
    /// Bytes of that which are in use; the rest is given back by a defragmentation.
    pub in_use_bytes: Option<u64>,
    /// Bytes at which it takes no more data.
    pub quota_bytes: Option<u64>,
    /// Its pages.
    pub pages: Option<u64>,
    /// Whether it is a copy of a store: no leases, no past.
    pub is_copy: bool,
    /// The oldest revision that can be read.
    pub oldest_revision: Option<Revision>,
    /// Alarms that are raised, such as `NOSPACE`.
    pub alarms: Vec<String>,
    /// Its members.
    pub members: Vec<MemberHealth>,
    /// What could not be asked, and why: a user with few rights may not ask for everything.
    pub unknown: Vec<String>,
}

/// One member of a store that has several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberHealth {
    /// Its name.
    pub name: String,
    /// Where it listens.
    pub endpoints: Vec<String>,
    /// Its version.
    pub version: Option<String>,
    /// Whether it leads; `None` = not known.
    pub is_leader: Option<bool>,
    /// Whether it only learns, and does not vote yet.
    pub is_learner: bool,
    /// Bytes that it takes.
    pub size_bytes: Option<u64>,
    /// Why it is not well, if it is not.
    pub fault: Option<String>,
}
