//! Changes as values: computed, shown, approved, applied.
//!
//! Invariant: [`ApprovedChange`] can only be made by a [`Consent`]; applying takes nothing else. Every transaction carries
//! its preconditions and its audit entry. Groups are never torn between transactions.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Document, Revision};
use crate::ports::metadata::{Compare, Entry, KeyRange, Op, Outcome, Transaction, op_bytes};
use crate::ports::{Keys, MetadataWrite};

use super::OperationError;
use super::audit::AuditRecord;
pub use super::audit::{AuditContext, creation_audit};

/// One changed field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// The field.
    pub field: String,
    /// Its raw JSON before; `None` = absent.
    pub before: Option<String>,
    /// Its raw JSON after; `None` = removed.
    pub after: Option<String>,
}

impl FieldChange {
    /// The items that were appended to a list which is otherwise unchanged.
    fn appended(&self) -> Option<&str> {
        let before = self.before.as_deref()?.strip_suffix(']').filter(|items| items.len() > 1)?;
        self.after.as_deref()?.strip_prefix(before)?.strip_prefix(',')?.strip_suffix(']')
    }
}

/// What happens to one key.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyChange {
    /// What it is, in words: "node node-5".
    pub what: String,
    /// The key.
    pub key: String,
    /// The revision that was read; 0 = it did not exist.
    pub before: Revision,
    /// The new value; `None` = deleted.
    pub value: Option<Vec<u8>>,
    /// Its fields that change; empty for a new key, whose value says it all.
    pub fields: Vec<FieldChange>,
}

impl KeyChange {
    /// A new key.
    #[must_use]
    pub fn create(what: String, key: String, document: &Document) -> Self {
        let value = Some(document.to_json().into_bytes());
        Self { what, key, before: Revision::NONE, value, fields: Vec::new() }
    }

    /// A changed key; `None` if nothing changes.
    #[must_use]
    pub fn update(what: String, entry: &Entry, before: &Document, after: &Document) -> Option<Self> {
        let fields = field_changes(before, after);
        (!fields.is_empty()).then(|| Self {
            what,
            key: entry.key.clone(),
            before: entry.mod_revision,
            value: Some(after.to_json().into_bytes()),
            fields,
        })
    }

    /// A deleted key; its fields say what it held, where that can be read.
    #[must_use]
    pub fn delete(what: String, entry: &Entry) -> Self {
        let before = Document::parse(&entry.value).unwrap_or_default();
        let fields = field_changes(&before, &Document::default());
        Self { what, key: entry.key.clone(), before: entry.mod_revision, value: None, fields }
    }

    /// An upper bound of the bytes that it takes in a transaction.
    fn bytes(&self) -> usize {
        op_bytes(&self.key, self.value.as_deref().unwrap_or_default()) + compare_bytes(&self.key)
    }

    /// The lines that show the change.
    fn lines(&self) -> Vec<String> {
        if self.value.is_none() {
            return vec![format!("- {}", self.what)];
        }
        if self.before == Revision::NONE {
            let document = self.value.as_deref().and_then(|value| Document::parse(value).ok()).unwrap_or_default();
            let field = |name| format!("{name}={}", document.get(name).unwrap_or_default());
            let fields: Vec<String> = document.names().map(field).collect();
            return vec![format!("+ {}: {}", self.what, fields.join(" "))];
        }
        let mut lines = vec![format!("~ {} (revision {})", self.what, self.before)];
        for change in &self.fields {
            if let Some(added) = change.appended() {
                lines.push(format!("    {}: + {added}", change.field));
                continue;
            }
            let show = |side: &Option<String>| side.clone().unwrap_or_else(|| "(absent)".to_owned());
            lines.push(format!("    {}: {} -> {}", change.field, show(&change.before), show(&change.after)));
        }
        lines
    }
}

/// Every field that differs.
pub(super) fn field_changes(before: &Document, after: &Document) -> Vec<FieldChange> {
    let mut out = Vec::new();
    for name in after.names() {
        let (old, new) = (before.get(name), after.get(name));
        if old != new {
            let field = name.to_owned();
            out.push(FieldChange { field, before: old.map(str::to_owned), after: new.map(str::to_owned) });
        }
    }
    for name in before.names().filter(|name| after.get(name).is_none()) {
        out.push(FieldChange { field: name.to_owned(), before: before.get(name).map(str::to_owned), after: None });
    }
    out
}

/// The room for the audit entry, whose own limit is 64 KiB of changes.
pub(super) const AUDIT_BYTES: usize = 80 << 10;

fn compare_bytes(key: &str) -> usize {
    Compare::ModRevision { key: key.to_owned(), is: Revision::NONE }.request_bytes()
}

/// What one transaction has room for beside its audit entry.
#[derive(Clone, Copy, Debug)]
struct Room {
    operations: usize,
    bytes: usize,
}

/// Changes that belong together: applied in one transaction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The changes.
    pub changes: Vec<KeyChange>,
    /// Keys that these changes rest on, with the revisions read (0 = absent).
    pub guards: BTreeMap<String, Revision>,
}

impl Group {
    /// Whether another group fits into the same transaction; `all` are guards that every transaction has.
    fn fits(&self, other: &Self, all: &BTreeMap<String, Revision>, room: Room) -> bool {
        let new_guards = other.guards.keys().filter(|key| !self.guards.contains_key(*key)).count();
        self.changes.len() + other.changes.len() + self.guards.len().max(all.len()) + new_guards <= room.operations
            && self.bytes().saturating_add(other.bytes()) <= room.bytes
    }

    /// An upper bound of the bytes that it takes in a transaction.
    fn bytes(&self) -> usize {
        let guards = self.guards.keys().map(|key| compare_bytes(key));
        self.changes.iter().map(KeyChange::bytes).chain(guards).fold(0, usize::saturating_add)
    }
}

/// Everything that one command changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeSet {
    /// What is done, in words: "add node node-5".
    pub summary: String,
    /// Groups, each applied whole.
    pub groups: Vec<Group>,
    /// Keys that were read to decide, with the revisions read (0 = absent): every transaction holds them unchanged.
    pub guards: BTreeMap<String, Revision>,
    /// Ranges that were read to decide, with the revision read: every transaction holds that nothing in them is newer.
    pub untouched: Vec<(KeyRange, Revision)>,
}

/// Lines shown before "and n more".
const SHOWN_MAX: usize = 20;

impl ChangeSet {
    /// A change of one group.
    #[must_use]
    pub fn single(summary: String, changes: Vec<KeyChange>) -> Self {
        Self { summary, groups: vec![Group { changes, guards: BTreeMap::new() }], ..Self::default() }
    }

    /// The same change, which also needs these keys to stay as they were read.
    #[must_use]
    pub fn guarded(mut self, guards: impl IntoIterator<Item = (String, Revision)>) -> Self {
        self.guards.extend(guards);
        self
    }

    /// The same change, which also needs that nothing in these ranges is newer than the revision at which they were
    /// read. A deletion is not noticed: guard the keys that must stay one by one.
    #[must_use]
    pub fn untouched_since(mut self, read_at: Revision, ranges: impl IntoIterator<Item = KeyRange>) -> Self {
        self.untouched.extend(ranges.into_iter().map(|range| (range, read_at)));
        self
    }

    /// Whether there is nothing to change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.iter().all(|group| group.changes.is_empty())
    }

    /// Number of keys that change.
    #[must_use]
    pub fn len(&self) -> usize {
        self.groups.iter().map(|group| group.changes.len()).sum()
    }

    /// What is shown before it is applied.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.summary.clone()];
        let shown = self.groups.iter().flat_map(|g| &g.changes).take(SHOWN_MAX);
        lines.extend(shown.flat_map(KeyChange::lines).map(|line| format!("  {line}")));
        if self.len() > SHOWN_MAX {
            lines.push(format!("  ... and {} more", self.len() - SHOWN_MAX));
        }
        lines
    }

    /// Approved, and by whom.
    #[must_use]
    pub fn approve(self, consent: Consent) -> ApprovedChange {
        ApprovedChange { change: self, consent }
    }
}

/// How the operator agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// `--yes`
    Flag,
    /// Answered at the terminal.
    Answered,
}

/// A change that may be applied.
#[derive(Clone, Debug, PartialEq)]
pub struct ApprovedChange {
    change: ChangeSet,
    consent: Consent,
}

/// What was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Keys changed.
    pub keys: usize,
    /// Transactions.
    pub transactions: usize,
    /// The store's revision after the last one.
    pub revision: Revision,
}

impl ApprovedChange {
    /// Applies the change in as few transactions as the store's limits allow.
    ///
    /// # Errors
    /// Something was changed since it was read, or the store does not answer: nothing of that transaction is applied.
    /// Earlier transactions stay, and the error says how many there were.
    pub async fn apply<S: MetadataWrite>(
        self,
        store: &S,
        keys: &Keys,
        audit: &AuditContext,
    ) -> Result<Applied, OperationError> {
        self.apply_watched(0, store, keys, audit, &mut |_| {}).await
    }

    /// The same for one of several changes of a command, which made so many audit entries already: each has its own number.
    ///
    /// # Errors
    /// As [`ApprovedChange::apply`].
    pub async fn apply_after<S: MetadataWrite>(
        self,
        entries: usize,
        store: &S,
        keys: &Keys,
        audit: &AuditContext,
    ) -> Result<Applied, OperationError> {
        self.apply_watched(entries, store, keys, audit, &mut |_| {}).await
    }

    /// The same, which tells after each transaction how many keys are written.
    ///
    /// # Errors
    /// As [`ApprovedChange::apply`].
    pub async fn apply_watched<S: MetadataWrite>(
        self,
        entries: usize,
        store: &S,
        keys: &Keys,
        audit: &AuditContext,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<Applied, OperationError> {
        let Self { change: ChangeSet { summary, groups, guards, untouched }, consent } = self;
        // One operation is the audit entry, one comparison its absence.
        let limits = store.limits();
        let every = guards.keys().map(|key| compare_bytes(key)).sum::<usize>()
            + untouched
                .iter()
                .map(|(range, _)| compare_bytes(range.start()) + compare_bytes(range.end()))
                .sum::<usize>();
        let room = Room {
            operations: limits.operations_max.saturating_sub(1 + untouched.len()).max(1),
            bytes: limits.request_bytes_max.saturating_sub(every + AUDIT_BYTES),
        };
        let mut applied = Applied { keys: 0, transactions: 0, revision: Revision::NONE };
        let mut batches: Vec<Group> = Vec::new();
        for group in groups.into_iter().filter(|g| !g.changes.is_empty()) {
            match batches.last_mut() {
                Some(batch) if batch.fits(&group, &guards, room) => {
                    batch.changes.extend(group.changes);
                    batch.guards.extend(group.guards);
                }
                Some(_) | None => {
                    let mut batch = group;
                    batch.guards.extend(guards.clone());
                    batches.push(batch);
                }
            }
        }
        let all: usize = batches.iter().map(|batch| batch.changes.len()).sum();
        for batch in batches {
            let entry = AuditEntry { audit, consent, summary: &summary, number: entries + applied.transactions };
            if let Err(error) = commit(store, keys, entry, (batch, &untouched), &mut applied).await {
                if applied.transactions == 0 {
                    return Err(error);
                }
                let left = all - applied.keys;
                return Err(OperationError::Partly { applied: applied.keys, left, source: Box::new(error) });
            }
            progress(applied.keys as u64);
        }
        Ok(applied)
    }
}

/// What the audit entry of one transaction says of its command.
struct AuditEntry<'a> {
    audit: &'a AuditContext,
    consent: Consent,
    summary: &'a str,
    /// Which entry of the command it is, from 0.
    number: usize,
}

async fn commit<S: MetadataWrite>(
    store: &S,
    keys: &Keys,
    entry: AuditEntry<'_>,
    (batch, untouched): (Group, &[(KeyRange, Revision)]),
    applied: &mut Applied,
) -> Result<(), OperationError> {
    let Group { changes, guards } = batch;
    let changed = changes.iter().map(|c| (&c.key, c.before));
    let own: BTreeSet<&str> = changes.iter().map(|c| c.key.as_str()).collect();
    let guarded = guards.iter().filter(|(key, _)| !own.contains(key.as_str())).map(|(key, is)| (key, *is));
    let mut compares: Vec<Compare> =
        changed.chain(guarded).map(|(key, is)| Compare::ModRevision { key: key.clone(), is }).collect();
    compares.extend(untouched.iter().map(|(range, than)| Compare::NothingNewer { range: range.clone(), than: *than }));
    let AuditEntry { audit, consent, summary, number } = entry;
    let record = AuditRecord::of(audit, consent, summary, &changes);
    let audit_key = audit.key(keys, number);
    let written = changes.len();
    let op = |change: KeyChange| match change.value {
        Some(value) => Op::put(change.key, value),
        None => Op::Delete { key: change.key },
    };
    let mut ops: Vec<Op> = changes.into_iter().map(op).collect();
    // An entry of the trail is never written over, however unlikely the same key is.
    compares.push(Compare::absent(audit_key.clone()));
    ops.push(Op::put(audit_key, record.to_json()));
    match store.commit(Transaction { compares: compares.clone(), ops }).await? {
        Outcome::Committed { revision } => {
            applied.keys += written;
            applied.transactions += 1;
            applied.revision = revision;
            Ok(())
        }
        Outcome::Conflict { found, .. } => Err(conflict(&compares, &found)),
    }
}

/// Which comparison did not hold, and what stands there now.
pub(super) fn conflict(compares: &[Compare], found: &[Option<Entry>]) -> OperationError {
    for (compare, entry) in compares.iter().zip(found) {
        let now = entry.as_ref().map_or(Revision::NONE, |e| e.mod_revision);
        if !compare.holds(entry.as_ref()) {
            let (key, is) = match compare {
                Compare::ModRevision { key, is } | Compare::CreateRevision { key, is } => (key.as_str(), is),
                Compare::NothingNewer { range, than } => {
                    (entry.as_ref().map_or_else(|| range.start(), |e| e.key.as_str()), than)
                }
            };
            let changed = match entry {
                Some(entry) => {
                    let text = String::from_utf8_lossy(&entry.value);
                    let short: String = text.chars().take(200).collect();
                    format!("it is now {short}")
                }
                None => "it was deleted".to_owned(),
            };
            return OperationError::Conflict { key: key.to_owned(), then: is.0, now: now.0, changed };
        }
    }
    OperationError::Conflict { key: "the store".into(), then: 0, now: 0, changed: "a comparison did not hold".into() }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::metadata::MemoryStore;
    use crate::model::Timestamp;
    use crate::ports::MetadataRead;
    use crate::ports::clock::FixedClock;
    use crate::ports::metadata::{KeyRange, Limits, VALUE_BYTES_MAX};

    fn wait<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    fn audit() -> AuditContext {
        AuditContext {
            now: Timestamp::EPOCH,
            actor: "a".into(),
            host: "h".into(),
            command: "test".into(),
            reason: None,
            nonce: 7,
        }
    }

    fn change(keys: usize, guards: &[(&str, u64)]) -> ChangeSet {
        let group = |n: usize| {
            let mut document = Document::default();
            document.set("n", n as u64);
            Group {
                changes: vec![KeyChange::create(format!("key {n}"), format!("/otlp/k/{n}"), &document)],
                ..Group::default()
            }
        };
        let guards = guards.iter().map(|(key, revision)| ((*key).to_owned(), Revision(*revision)));
        ChangeSet { summary: "test".into(), groups: (0..keys).map(group).collect(), ..ChangeSet::default() }
            .guarded(guards)
    }

    fn store(operations_max: usize) -> MemoryStore {
        let limits = Limits { operations_max, value_bytes_max: VALUE_BYTES_MAX, request_bytes_max: usize::MAX };
        MemoryStore::new(Arc::new(FixedClock(Timestamp::EPOCH))).with_limits(limits)
    }

    fn put(store: &MemoryStore, key: &str) {
        let ops = vec![Op::put(key.to_owned(), "{}")];
        let outcome = wait(store.commit(Transaction { compares: vec![], ops })).unwrap();
        assert!(matches!(outcome, Outcome::Committed { .. }));
    }

    #[test]
    fn as_few_transactions_as_the_limits_allow() {
        // 5 operations: the audit entry and 4 keys, or with a guard 3 keys.
        for (guards, transactions) in [(&[][..], 3), (&[("/otlp/cluster", 0)][..], 4)] {
            let store = store(5);
            let approved = change(12, guards).approve(Consent::Flag);
            let applied = wait(approved.apply(&store, &Keys::default(), &audit())).unwrap();
            assert_eq!((applied.keys, applied.transactions), (12, transactions));
        }
    }

    #[test]
    fn a_transaction_stays_below_the_limit_of_a_request() {
        let limits = Limits {
            operations_max: 128,
            value_bytes_max: VALUE_BYTES_MAX,
            request_bytes_max: AUDIT_BYTES + (100 << 10),
        };
        let store = MemoryStore::new(Arc::new(FixedClock(Timestamp::EPOCH))).with_limits(limits);
        let mut large = change(10, &[]);
        for change in large.groups.iter_mut().flat_map(|group| &mut group.changes) {
            change.value = Some(vec![b'1'; 40 << 10]);
        }
        let applied = wait(large.approve(Consent::Flag).apply(&store, &Keys::default(), &audit())).unwrap();
        assert_eq!((applied.keys, applied.transactions), (10, 5), "two of 40 KiB in each");
    }

    #[test]
    fn a_conflict_between_transactions_says_what_stands() {
        let store = store(5);
        put(&store, "/otlp/k/9");
        let error = wait(change(12, &[]).approve(Consent::Flag).apply(&store, &Keys::default(), &audit())).unwrap_err();
        let OperationError::Partly { applied, left, source } = error else { panic!("{error}") };
        assert_eq!((applied, left), (8, 4));
        assert!(matches!(*source, OperationError::Conflict { .. }));
    }

    #[test]
    fn a_guard_that_moved_stops_everything() {
        let store = store(5);
        put(&store, "/otlp/cluster");
        let before = wait(store.revision()).unwrap();
        let approved = change(3, &[("/otlp/cluster", 0)]).approve(Consent::Flag);
        let error = wait(approved.apply(&store, &Keys::default(), &audit())).unwrap_err();
        assert!(matches!(error, OperationError::Conflict { .. }), "{error}");
        assert_eq!(wait(store.revision()).unwrap(), before);
    }

    #[test]
    fn a_range_that_was_read_must_hold_nothing_newer() {
        let keys = Keys::default();
        let range = || [KeyRange::prefix("/otlp/partitions/")];
        let store = store(6);
        put(&store, "/otlp/partitions/a");
        let read_at = wait(store.revision()).unwrap();
        // 6 operations: the audit entry, the range and 4 keys.
        let approved = change(8, &[]).untouched_since(read_at, range()).approve(Consent::Flag);
        assert_eq!(wait(approved.apply(&store, &keys, &audit())).unwrap().transactions, 2);
        put(&store, "/otlp/partitions/b");
        let again =
            ChangeSet::single("x".into(), vec![KeyChange::create("x".into(), "/otlp/x".into(), &Document::default())]);
        let approved = again.untouched_since(read_at, range()).approve(Consent::Flag);
        let other = AuditContext { nonce: 8, ..audit() };
        let error = wait(approved.apply(&store, &keys, &other)).unwrap_err();
        assert!(matches!(&error, OperationError::Conflict { key, .. } if key == "/otlp/partitions/b"), "{error}");
    }

    #[test]
    fn every_transaction_leaves_an_audit_entry_that_is_never_written_over() {
        let store = store(5);
        let keys = Keys::default();
        wait(change(8, &[]).approve(Consent::Flag).apply(&store, &keys, &audit())).unwrap();
        let range = KeyRange::prefix("/otlp/audit/");
        assert_eq!(wait(store.read(&[range], None)).unwrap().ranges[0].len(), 2);
        let again =
            ChangeSet::single("x".into(), vec![KeyChange::create("x".into(), "/otlp/x".into(), &Document::default())]);
        let error = wait(again.approve(Consent::Flag).apply(&store, &keys, &audit())).unwrap_err();
        assert!(matches!(error, OperationError::Conflict { .. }));
    }
}
