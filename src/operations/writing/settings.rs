//! How is written.

use std::time::Duration;

use crate::routing::Near;

/// How many copies must have a segment before it is acknowledged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quorum {
    /// More than half of the listed ones.
    #[default]
    Majority,
    /// Every listed one.
    All,
    /// So many, or every listed one if there are fewer.
    Count(usize),
}

impl Quorum {
    /// Of so many listed copies.
    #[must_use]
    pub fn of(self, listed: usize) -> usize {
        match self {
            Self::Majority => listed / 2 + 1,
            Self::All => listed,
            Self::Count(count) => count.min(listed),
        }
    }
}

/// What a batch's id is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BatchKey {
    /// What is in it, and where in the input it stood.
    #[default]
    Content,
    /// What the caller says, and its number.
    Named(String),
    /// A random number and its own: nothing was ever written under it before this process did.
    Fresh(u64),
}

/// How is written.
#[derive(Clone, Debug)]
pub struct WriteSettings {
    /// Copies that must have it.
    pub quorum: Quorum,
    /// Whether buckets beyond the retention, and far ahead, are written too.
    pub accept_old: bool,
    /// What batches' ids are made of.
    pub key: BatchKey,
    /// A batch is full with so many bytes of requests.
    pub batch_bytes: u64,
    /// zstd's level.
    pub compression_level: i32,
    /// Segments that are written at the same time.
    pub streams: usize,
    /// From where is written: the nearest copy is begun first, and bytes to other zones are counted.
    pub near: Option<Near>,
    /// How long one copy may take.
    pub replica_timeout: Duration,
    /// How long is waited for a quorum.
    pub quorum_wait: Duration,
    /// How long is waited for partitions that are being moved.
    pub hold_wait: Duration,
}

impl Default for WriteSettings {
    fn default() -> Self {
        Self {
            quorum: Quorum::Majority,
            accept_old: false,
            key: BatchKey::Content,
            batch_bytes: 64 << 20,
            compression_level: 1,
            streams: 32,
            near: None,
            replica_timeout: Duration::from_secs(30),
            quorum_wait: Duration::from_secs(10),
            hold_wait: Duration::from_secs(900),
        }
    }
}
