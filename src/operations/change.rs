//! Changes as values: computed, shown, approved, applied.
//!
//! Invariant: [`ApprovedChange`] can only be made by a [`Consent`]; applying takes nothing else. Every transaction carries
//! its preconditions and its audit entry. Groups are never torn between transactions.

use serde_json::{Value, json};

use crate::model::{Document, Revision, Timestamp};
use crate::ports::metadata::{Compare, Entry, Op, Outcome, Transaction};
use crate::ports::{Keys, MetadataWrite};

use super::OperationError;

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
    /// Its fields that change.
    pub fields: Vec<FieldChange>,
}

impl KeyChange {
    /// A new key.
    #[must_use]
    pub fn create(what: String, key: String, document: &Document) -> Self {
        let fields = field_changes(&Document::default(), document);
        Self { what, key, before: Revision::NONE, value: Some(document.to_json().into_bytes()), fields }
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

    /// A deleted key.
    #[must_use]
    pub fn delete(what: String, entry: &Entry) -> Self {
        Self { what, key: entry.key.clone(), before: entry.mod_revision, value: None, fields: Vec::new() }
    }

    /// The lines that show the change.
    fn lines(&self) -> Vec<String> {
        if self.value.is_none() {
            return vec![format!("- {}", self.what)];
        }
        if self.before == Revision::NONE {
            let fields: Vec<String> = self
                .fields
                .iter()
                .filter_map(|f| f.after.as_ref().map(|after| format!("{}={after}", f.field)))
                .collect();
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

fn field_changes(before: &Document, after: &Document) -> Vec<FieldChange> {
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

/// Changes that belong together, and keys that must stay as they were read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The changes.
    pub changes: Vec<KeyChange>,
    /// Keys that were read to decide, with the revisions read (0 = absent).
    pub guards: Vec<(String, Revision)>,
}

/// Everything that one command changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeSet {
    /// What is done, in words: "add node node-5".
    pub summary: String,
    /// Groups, each applied whole.
    pub groups: Vec<Group>,
}

/// Lines shown before "and n more".
const SHOWN_MAX: usize = 20;

impl ChangeSet {
    /// A change of one group.
    #[must_use]
    pub fn single(summary: String, changes: Vec<KeyChange>) -> Self {
        Self { summary, groups: vec![Group { changes, guards: Vec::new() }] }
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

/// Who changes what, and why: for the audit trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditContext {
    /// When.
    pub now: Timestamp,
    /// Who.
    pub actor: String,
    /// From where.
    pub host: String,
    /// With which command.
    pub command: String,
    /// Why, if told.
    pub reason: Option<String>,
    /// Random, so that entries of the same millisecond have keys of their own.
    pub nonce: u64,
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
    /// Something was changed since it was read: nothing of that transaction is applied, earlier ones stay; or the store
    /// does not answer.
    pub async fn apply<S: MetadataWrite>(
        self,
        store: &S,
        keys: &Keys,
        audit: &AuditContext,
    ) -> Result<Applied, OperationError> {
        // One operation of each transaction is the audit entry.
        let room = store.limits().operations_max.saturating_sub(1).max(1);
        let mut applied = Applied { keys: 0, transactions: 0, revision: Revision::NONE };
        let mut batch: Vec<Group> = Vec::new();
        let mut size = 0;
        for group in self.change.groups.into_iter().filter(|g| !g.changes.is_empty()) {
            let needed = group.changes.len() + group.guards.len();
            if size + needed > room && !batch.is_empty() {
                commit(store, keys, audit, self.consent, &std::mem::take(&mut batch), &mut applied).await?;
                size = 0;
            }
            size += needed;
            batch.push(group);
        }
        if !batch.is_empty() {
            commit(store, keys, audit, self.consent, &batch, &mut applied).await?;
        }
        Ok(applied)
    }
}

async fn commit<S: MetadataWrite>(
    store: &S,
    keys: &Keys,
    audit: &AuditContext,
    consent: Consent,
    groups: &[Group],
    applied: &mut Applied,
) -> Result<(), OperationError> {
    let changes: Vec<&KeyChange> = groups.iter().flat_map(|g| &g.changes).collect();
    let mut compares: Vec<Compare> =
        changes.iter().map(|c| Compare::ModRevision { key: c.key.clone(), is: c.before }).collect();
    for (key, revision) in groups.iter().flat_map(|g| &g.guards) {
        let guard = Compare::ModRevision { key: key.clone(), is: *revision };
        if !compares.contains(&guard) {
            compares.push(guard);
        }
    }
    let op = |change: &&KeyChange| match &change.value {
        Some(value) => Op::put(change.key.clone(), value.clone()),
        None => Op::Delete { key: change.key.clone() },
    };
    let mut ops: Vec<Op> = changes.iter().map(op).collect();
    let (audit_key, audit_value) = audit_entry(keys, audit, consent, applied.transactions, &changes);
    // An entry of the trail is never written over, however unlikely the same key is.
    compares.push(Compare::absent(audit_key.clone()));
    ops.push(Op::put(audit_key, audit_value));
    match store.commit(Transaction { compares: compares.clone(), ops }).await? {
        Outcome::Committed { revision } => {
            applied.keys += changes.len();
            applied.transactions += 1;
            applied.revision = revision;
            Ok(())
        }
        Outcome::Conflict { found, .. } => Err(conflict(&compares, &found)),
    }
}

fn conflict(compares: &[Compare], found: &[Option<Entry>]) -> OperationError {
    for (compare, entry) in compares.iter().zip(found) {
        let Compare::ModRevision { key, is } = compare else { continue };
        let now = entry.as_ref().map_or(Revision::NONE, |e| e.mod_revision);
        if now != *is {
            let changed = match entry {
                Some(entry) => {
                    let text = String::from_utf8_lossy(&entry.value);
                    let short: String = text.chars().take(200).collect();
                    format!("it is now {short}")
                }
                None => "it was deleted".to_owned(),
            };
            return OperationError::Conflict { key: key.clone(), then: is.0, now: now.0, changed };
        }
    }
    OperationError::Conflict { key: "the store".into(), then: 0, now: 0, changed: "a comparison did not hold".into() }
}

/// Key and value of the audit entry of one transaction, the `number`th of its command.
fn audit_entry(
    keys: &Keys,
    audit: &AuditContext,
    consent: Consent,
    number: usize,
    changes: &[&KeyChange],
) -> (String, String) {
    let millis = u64::try_from(audit.now.millis()).unwrap_or(0);
    let id = format!("{:08x}-{number:04}", audit.nonce & 0xffff_ffff);
    (keys.audit(millis, &id), audit_value(audit, consent, changes).to_string())
}

/// Key and value of the audit entry of a store's first contents.
#[must_use]
pub fn creation_audit(keys: &Keys, audit: &AuditContext, consent: Consent, created: &[Entry]) -> (String, String) {
    let change = |entry: &Entry| KeyChange {
        what: entry.key.clone(),
        key: entry.key.clone(),
        before: Revision::NONE,
        value: Some(entry.value.clone()),
        fields: Vec::new(),
    };
    let changes: Vec<KeyChange> = created.iter().map(change).collect();
    audit_entry(keys, audit, consent, 0, &changes.iter().collect::<Vec<_>>())
}

/// Keys named in one audit entry; the rest is counted.
const AUDIT_KEYS_MAX: usize = 200;

fn audit_value(audit: &AuditContext, consent: Consent, changes: &[&KeyChange]) -> Value {
    let raw = |side: &Option<String>| -> Value {
        side.as_deref().map_or(Value::Null, |text| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)))
    };
    let detail = |change: &&KeyChange| {
        // A new key's fields are its value; they need not be said twice.
        let fields: Vec<Value> = change
            .fields
            .iter()
            .filter(|_| change.before != Revision::NONE)
            .map(|f| json!({"field": f.field, "before": raw(&f.before), "after": raw(&f.after)}))
            .collect();
        json!({"key": change.key, "before_revision": change.before.0, "deleted": change.value.is_none(), "fields": fields})
    };
    json!({
        "schema": "otlp-part/audit/v1",
        "at": audit.now.to_string(),
        "actor": audit.actor,
        "host": audit.host,
        "command": audit.command,
        "reason": audit.reason,
        "consent": match consent { Consent::Flag => "flag", Consent::Answered => "answered" },
        "keys": changes.len(),
        "changes": changes.iter().take(AUDIT_KEYS_MAX).map(detail).collect::<Vec<_>>(),
    })
}
