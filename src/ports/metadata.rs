//! The metadata port: versioned keys, consistent reads, transactions with preconditions, watch, leases and history.
//!
//! The shape is etcd's, so that etcd fits without bending: a store has one revision that grows by one with every writing
//! transaction; a key carries the revisions of its creation and last change; a transaction is a list of comparisons and,
//! if all hold, a list of puts and deletes on distinct keys.
//!
//! Invariant: every answer to one [`MetadataRead::read`] is of one revision. A transaction applies whole or not at all.
//! A backend refuses the same misuse as etcd does (a key twice in a transaction, more operations than its limit).

use std::ops::ControlFlow;
use std::time::Duration;

use super::health::StoreHealth;
use super::unreachable::UnreachableCause;
use crate::model::{Revision, Timestamp};

/// A key with its value and revisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The value; JSON by convention, bytes to the store.
    pub value: Vec<u8>,
    /// The revision at which the key came to be (again).
    pub create_revision: Revision,
    /// The revision of the last change.
    pub mod_revision: Revision,
    /// How often it was written since it was created; 1 = once.
    pub version: u64,
    /// The lease that it hangs on.
    pub lease: Option<LeaseId>,
}

/// A half-open range of keys in byte order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyRange {
    start: String,
    end: String,
}

impl KeyRange {
    /// `[start, end)`; empty if `end` is not after `start`.
    #[must_use]
    pub fn new(start: String, end: String) -> Self {
        Self { start, end }
    }

    /// One key.
    #[must_use]
    pub fn single(key: &str) -> Self {
        Self { start: key.to_owned(), end: format!("{key}\0") }
    }

    /// All keys that start with a text, which is not empty and ends in an ASCII character below `0x7f`.
    ///
    /// # Panics
    /// Never: another text gives the empty range `[prefix, prefix)`, as "every key" must be impossible to say.
    #[must_use]
    pub fn prefix(prefix: &str) -> Self {
        let mut end = prefix.to_owned();
        match end.pop() {
            Some(last) if last < '\u{7f}' => end.push(char::from(last as u8 + 1)),
            Some(last) => end.push(last),
            None => {}
        }
        Self { start: prefix.to_owned(), end }
    }

    /// The first key of the range.
    #[must_use]
    pub fn start(&self) -> &str {
        &self.start
    }

    /// The first key behind the range.
    #[must_use]
    pub fn end(&self) -> &str {
        &self.end
    }

    /// Whether `key` lies in it.
    #[must_use]
    pub fn contains(&self, key: &str) -> bool {
        self.start.as_str() <= key && key < self.end.as_str()
    }
}

/// A precondition of a transaction. [`Revision::NONE`] = the key does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compare {
    /// The key's last change was at this revision.
    ModRevision {
        /// The key.
        key: String,
        /// Its expected revision.
        is: Revision,
    },
    /// The key came to be at this revision.
    CreateRevision {
        /// The key.
        key: String,
        /// Its expected revision.
        is: Revision,
    },
    /// No key of the range was created or changed after this revision. A deletion is not noticed.
    NothingNewer {
        /// The keys.
        range: KeyRange,
        /// The newest revision that any of them may have.
        than: Revision,
    },
}

impl Compare {
    /// The key must be as `entry` shows it.
    #[must_use]
    pub fn unchanged(entry: &Entry) -> Self {
        Self::ModRevision { key: entry.key.clone(), is: entry.mod_revision }
    }

    /// The key must not exist.
    #[must_use]
    pub fn absent(key: String) -> Self {
        Self::ModRevision { key, is: Revision::NONE }
    }

    /// Whether it holds, given the present entry of its key, or an entry of its range that is newer.
    #[must_use]
    pub fn holds(&self, entry: Option<&Entry>) -> bool {
        match self {
            Self::ModRevision { is, .. } => entry.map_or(Revision::NONE, |e| e.mod_revision) == *is,
            Self::CreateRevision { is, .. } => entry.map_or(Revision::NONE, |e| e.create_revision) == *is,
            Self::NothingNewer { .. } => entry.is_none(),
        }
    }

    /// An upper bound of its share of a request.
    #[must_use]
    pub fn request_bytes(&self) -> usize {
        let keys = match self {
            Self::ModRevision { key, .. } | Self::CreateRevision { key, .. } => key.len(),
            Self::NothingNewer { range, .. } => range.start().len() + range.end().len(),
        };
        2 * (keys + FRAMING_BYTES)
    }

    /// The key that is compared, or the first of the range.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::ModRevision { key, .. } | Self::CreateRevision { key, .. } => key,
            Self::NothingNewer { range, .. } => range.start(),
        }
    }
}

/// One change of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Writes a key.
    Put {
        /// The key.
        key: String,
        /// Its new value.
        value: Vec<u8>,
        /// The lease to hang it on; `None` takes it off any.
        lease: Option<LeaseId>,
    },
    /// Deletes a key; nothing happens if it does not exist.
    Delete {
        /// The key.
        key: String,
    },
}

impl Op {
    /// Writes a key that hangs on no lease.
    #[must_use]
    pub fn put(key: String, value: impl Into<Vec<u8>>) -> Self {
        Self::Put { key, value: value.into(), lease: None }
    }

    /// An upper bound of its share of a request.
    #[must_use]
    pub fn request_bytes(&self) -> usize {
        match self {
            Self::Put { key, value, .. } => op_bytes(key, value),
            Self::Delete { key } => op_bytes(key, b""),
        }
    }

    /// The key that is changed.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Put { key, .. } | Self::Delete { key } => key,
        }
    }
}

/// Comparisons and, if all of them hold, changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transaction {
    /// All must hold.
    pub compares: Vec<Compare>,
    /// Applied together, on distinct keys.
    pub ops: Vec<Op>,
}

/// What framing and revisions add to a comparison or an operation at most.
const FRAMING_BYTES: usize = 64;

/// An upper bound of the share of a request that a key and the value put there have.
#[must_use]
pub fn op_bytes(key: &str, value: &[u8]) -> usize {
    key.len() + value.len() + FRAMING_BYTES
}

impl Transaction {
    /// An upper bound of the bytes that it takes as a request; a compared key is also read when it does not hold.
    #[must_use]
    pub fn request_bytes(&self) -> usize {
        let compares = self.compares.iter().map(Compare::request_bytes);
        compares.chain(self.ops.iter().map(Op::request_bytes)).fold(0, usize::saturating_add)
    }
}

/// What became of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// Applied; the store's revision after it. Unchanged if there was nothing to change.
    Committed {
        /// The revision.
        revision: Revision,
    },
    /// A comparison did not hold; nothing was changed.
    Conflict {
        /// The store's revision.
        revision: Revision,
        /// What stands now under the key of each comparison, in their order; for a range a key that is newer, if any.
        found: Vec<Option<Entry>>,
    },
}

/// The answer to a read: one list of entries, in key order, for each range asked, all of one revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadAnswer {
    /// The store's revision that was read.
    pub revision: Revision,
    /// Entries for each range.
    pub ranges: Vec<Vec<Entry>>,
}

/// One past state of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The revision of the change.
    pub revision: Revision,
    /// When it was made, where the store keeps times (etcd does not).
    pub at: Option<Timestamp>,
    /// The key after the change; `None` = deleted.
    pub entry: Option<Entry>,
}

/// Events of a watch that belong to one revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchBatch {
    /// The revision.
    pub revision: Revision,
    /// When it was made, where the store keeps times.
    pub at: Option<Timestamp>,
    /// Each changed key; `None` = deleted.
    pub changes: Vec<(String, Option<Entry>)>,
}

/// The revision that was the newest at a point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevisionAt {
    /// The revision.
    pub revision: Revision,
    /// When it was made.
    pub made_at: Timestamp,
}

/// A lease: keys that hang on it go when it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeaseId(pub i64);

/// What a transaction may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most operations of a transaction, and the most comparisons.
    pub operations_max: usize,
    /// The largest value in bytes.
    pub value_bytes_max: usize,
    /// The most bytes of a whole transaction, as [`Transaction::request_bytes`] counts them.
    pub request_bytes_max: usize,
}

/// The largest value that any backend takes. etcd limits a whole request to 1.5 MiB; 16 KiB of it are left to keys,
/// comparisons, the audit entry and framing.
pub const VALUE_BYTES_MAX: usize = (3 << 19) - (16 << 10);
/// The largest request that etcd takes, less room for what it wraps round it.
pub const REQUEST_BYTES_MAX: usize = (3 << 19) - (1 << 10);
/// The longest key that any backend takes, in bytes.
pub const KEY_BYTES_MAX: usize = 1024;

/// Why a store did not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such store.
    #[error("store {place} does not exist")]
    Missing {
        /// Where it was looked for.
        place: String,
    },
    /// Something is there already.
    #[error("store {place} exists already")]
    Exists {
        /// Where.
        place: String,
    },
    /// The file or document is something else.
    #[error("{place} is not an otlp-part store: {reason}")]
    NotAStore {
        /// Where.
        place: String,
        /// What was found.
        reason: String,
    },
    /// Written by a newer version of this tool.
    #[error("store {place} has schema version {found}, this version knows up to {known}")]
    NewerSchema {
        /// Where.
        place: String,
        /// Its version.
        found: u64,
        /// Ours.
        known: u64,
    },
    /// The store is ours, but broken.
    #[error("store {place} is damaged: {reason}")]
    Damaged {
        /// Where.
        place: String,
        /// What is wrong.
        reason: String,
    },
    /// It could not be reached, or did not answer in time.
    #[error("store {place} cannot be reached: {reason}{}", if *.applied_unknown { "; whether the change was applied is not known" } else { "" })]
    Unreachable {
        /// Where.
        place: String,
        /// Why, as far as it decides what mends it.
        cause: UnreachableCause,
        /// Why, in words; of each member.
        reason: String,
        /// A write was under way, and nobody knows whether it happened.
        applied_unknown: bool,
    },
    /// The revision was compacted away.
    #[error("revision {asked} was compacted away, the oldest kept is {oldest}")]
    Compacted {
        /// The revision asked for.
        asked: Revision,
        /// The oldest that can be read.
        oldest: Revision,
    },
    /// The revision lies in the future.
    #[error("revision {asked} does not exist yet, the newest is {newest}")]
    FutureRevision {
        /// The revision asked for.
        asked: Revision,
        /// The newest.
        newest: Revision,
    },
    /// The store keeps nothing that old.
    #[error("nothing is kept from before {oldest}")]
    BeforeHistory {
        /// The oldest time that is kept.
        oldest: Timestamp,
    },
    /// The user may not do that.
    #[error("store {place} denies {what} to this user")]
    Denied {
        /// Where.
        place: String,
        /// "reading /otlp/…"
        what: String,
    },
    /// The store takes no more data.
    #[error("store {place} is out of space: it takes nothing but deletions")]
    OutOfSpace {
        /// Where.
        place: String,
    },
    /// A request or an answer is larger than the store or this tool takes.
    #[error("store {place}: {reason}")]
    TooLarge {
        /// Where.
        place: String,
        /// What is too large.
        reason: String,
    },
    /// A file of the connection's certificates or keys cannot be used.
    #[error("{file}: {reason}")]
    BadCredential {
        /// The file.
        file: String,
        /// What is wrong with it.
        reason: String,
        /// What to do about it.
        mend: String,
    },
    /// A password would leave this machine unencrypted.
    #[error("the password of user {user} would be sent to {endpoint} without encryption")]
    PlainPassword {
        /// The user.
        user: String,
        /// Where to.
        endpoint: String,
    },
    /// The lease is gone.
    #[error("lease {0:?} is gone")]
    LeaseGone(LeaseId),
    /// This kind of store cannot do that.
    #[error("{backend} stores {cannot}")]
    Unsupported {
        /// The kind.
        backend: &'static str,
        /// "keep no history", …
        cannot: &'static str,
    },
    /// The caller broke a rule of the port.
    #[error("malformed transaction: {0}")]
    Malformed(String),
    /// The machine refused: disk full, permission, i/o.
    #[error("store {place}: {reason}")]
    Io {
        /// Where.
        place: String,
        /// What the system said.
        reason: String,
    },
}

/// Reading a metadata store.
pub trait MetadataRead: Send + Sync {
    /// A running watch.
    type Watch: MetadataWatch;

    /// Where the store is, as the operator names it: `file:/path/cluster.db`.
    fn place(&self) -> &str;

    /// The store's present revision.
    fn revision(&self) -> impl Future<Output = Result<Revision, StoreError>> + Send;

    /// Reads ranges of keys in one transaction, now or at a past revision.
    fn read(
        &self,
        ranges: &[KeyRange],
        at: Option<Revision>,
    ) -> impl Future<Output = Result<ReadAnswer, StoreError>> + Send;

    /// Reads one key as it is now; `None` = it is not there.
    fn read_key(&self, key: &str) -> impl Future<Output = Result<Option<Entry>, StoreError>> + Send {
        let range = KeyRange::single(key);
        async move { Ok(self.read(&[range], None).await?.ranges.into_iter().flatten().next()) }
    }

    /// Visits every entry of a range in key order at one revision, in bounded memory; gives the revision read.
    /// Breaking ends the scan early.
    fn scan(
        &self,
        range: &KeyRange,
        at: Option<Revision>,
        visit: &mut (dyn FnMut(&Entry) -> ControlFlow<()> + Send),
    ) -> impl Future<Output = Result<Revision, StoreError>> + Send;

    /// The newest revision made at or before `time`.
    fn revision_at(&self, time: Timestamp) -> impl Future<Output = Result<RevisionAt, StoreError>> + Send;

    /// The states of one key that are still kept, newest first, at most `limit`.
    fn history(&self, key: &str, limit: usize) -> impl Future<Output = Result<Vec<Change>, StoreError>> + Send;

    /// What the store says about its own health. What it does not tell, or may not be asked by this user, is left out.
    fn health(&self) -> impl Future<Output = Result<StoreHealth, StoreError>> + Send {
        async { Ok(StoreHealth::default()) }
    }

    /// Follows a range of keys from the changes of revision `from` on, without gap or repeat.
    fn watch(&self, range: &KeyRange, from: Revision) -> impl Future<Output = Result<Self::Watch, StoreError>> + Send;
}

/// A running watch.
pub trait MetadataWatch: Send {
    /// The next revision with changes in the range; waits for it, at most `timeout` (then `None`).
    fn next(&mut self, timeout: Duration) -> impl Future<Output = Result<Option<WatchBatch>, StoreError>> + Send;
}

/// Writing a metadata store.
pub trait MetadataWrite: MetadataRead {
    /// What one transaction may hold.
    fn limits(&self) -> Limits;

    /// Applies a transaction if its comparisons hold. It is durable when this returns.
    fn commit(&self, transaction: Transaction) -> impl Future<Output = Result<Outcome, StoreError>> + Send;

    /// Makes a lease that ends `ttl` after its last renewal.
    fn grant_lease(&self, ttl: Duration) -> impl Future<Output = Result<LeaseId, StoreError>> + Send;

    /// Renews a lease; [`StoreError::LeaseGone`] if it has ended.
    fn keep_alive(&self, lease: LeaseId) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Ends a lease and deletes the keys that hang on it.
    fn revoke_lease(&self, lease: LeaseId) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Forgets the states of keys before `before`; gives the number of states removed, where the store tells it.
    fn compact(&self, before: Revision) -> impl Future<Output = Result<Option<u64>, StoreError>> + Send;
}

/// Checks what every backend refuses before it looks at its data.
///
/// # Errors
/// A key twice among the operations, an empty or too long key, a value or transaction over the limits.
pub fn check_transaction(transaction: &Transaction, limits: Limits) -> Result<(), StoreError> {
    let most = limits.operations_max;
    if transaction.ops.len() > most || transaction.compares.len() > most {
        return Err(StoreError::Malformed(format!(
            "{} operations and {} comparisons, the most is {most} each",
            transaction.ops.len(),
            transaction.compares.len()
        )));
    }
    let mut keys: Vec<&str> = transaction.ops.iter().map(Op::key).collect();
    keys.sort_unstable();
    if let Some(pair) = keys.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(StoreError::Malformed(format!("key {:?} is changed twice", pair[0])));
    }
    let compared = transaction.compares.iter().map(Compare::key);
    if let Some(key) = keys.iter().copied().chain(compared).find(|key| key.is_empty() || key.len() > KEY_BYTES_MAX) {
        return Err(StoreError::Malformed(format!("a key of {} bytes, it must have 1 to {KEY_BYTES_MAX}", key.len())));
    }
    for op in &transaction.ops {
        if let Op::Put { key, value, .. } = op
            && value.len() > limits.value_bytes_max
        {
            return Err(StoreError::Malformed(format!(
                "the value of {key:?} has {} bytes, the most is {}",
                value.len(),
                limits.value_bytes_max
            )));
        }
    }
    let bytes = transaction.request_bytes();
    if bytes > limits.request_bytes_max {
        return Err(StoreError::Malformed(format!("{bytes} bytes, the most is {}", limits.request_bytes_max)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_prefix_is_no_range() {
        let range = KeyRange::prefix("");
        assert!(!range.contains("/otlp/cluster") && !range.contains(""));
        assert!(KeyRange::prefix("/otlp/").contains("/otlp/x") && !KeyRange::prefix("/otlp/").contains("/otlp0"));
        assert!(KeyRange::single("/a").contains("/a") && !KeyRange::single("/a").contains("/a0"));
    }

    #[test]
    fn misuse_is_refused_as_etcd_refuses_it() {
        let limits = Limits { operations_max: 2, value_bytes_max: 4, request_bytes_max: 3 * FRAMING_BYTES };
        let put = |key: &str, value: &str| Op::put(key.to_owned(), value);
        let check = |ops: Vec<Op>| check_transaction(&Transaction { compares: vec![], ops }, limits);
        assert!(check(vec![put("a", "x"), put("b", "x")]).is_ok());
        assert!(check(vec![put("a", "x"), Op::Delete { key: "a".into() }]).is_err());
        assert!(check(vec![put("", "x")]).is_err());
        assert!(check(vec![put("a", "xxxxx")]).is_err());
        assert!(check(vec![put("a", "x"), put("b", "x"), put("c", "x")]).is_err());
        assert!(check(vec![put(&"k".repeat(1000), "x")]).is_err(), "a request too large");
    }
}
