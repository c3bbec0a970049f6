//! The audit trail: who changed what, from where, when, why and with which command.
//!
//! Invariant: the value is read and written here and nowhere else. An entry is never changed; it names at most
//! [`KEYS_MAX`] of its keys and has a bounded size, and says how many keys there were.

use std::ops::ControlFlow;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::model::document::parse_of_schema;
use crate::model::{NodeId, PartitionId, Revision, Timestamp};
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};

use super::OperationError;
use super::change::{Consent, FieldChange, KeyChange};
use super::cluster::{CorruptValue, check_not_empty};

/// The schema that this version writes.
pub const SCHEMA: &str = "otlp-part/audit/v1";
/// Keys named in one entry; the rest is counted.
pub const KEYS_MAX: usize = 200;
/// Bytes of the named changes of one entry; the rest is counted.
const CHANGES_BYTES_MAX: usize = 64 << 10;
/// Bytes of one side of a changed field; of a longer one only the length is kept.
const SIDE_BYTES_MAX: usize = 4 << 10;

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

impl AuditContext {
    /// The key of the entry of this command's `number`th transaction.
    #[must_use]
    pub fn key(&self, keys: &Keys, number: usize) -> String {
        keys.audit(millis(self.now), &format!("{:08x}-{number:04}", self.nonce & 0xffff_ffff))
    }
}

fn millis(time: Timestamp) -> u64 {
    u64::try_from(time.millis()).unwrap_or(0)
}

/// One entry of the trail.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct AuditRecord {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// From where.
    #[serde(default)]
    pub host: String,
    /// With which command.
    pub command: String,
    /// Why, if told.
    #[serde(default)]
    pub reason: Option<String>,
    /// How the operator agreed: `flag` or `answered`.
    #[serde(default)]
    pub consent: Option<String>,
    /// What was done, in words.
    #[serde(default)]
    pub summary: Option<String>,
    /// How many keys were changed.
    #[serde(default)]
    pub keys: u64,
    /// The changes of the first of them.
    #[serde(default)]
    pub changes: Vec<AuditedChange>,
}

/// What happened to one key.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct AuditedChange {
    /// The key.
    pub key: String,
    /// The revision of its state before; 0 = it did not exist.
    #[serde(default)]
    pub before_revision: Revision,
    /// Whether it was deleted.
    #[serde(default)]
    pub deleted: bool,
    /// Its changed fields; a new key's value says it all.
    #[serde(default)]
    pub fields: Vec<AuditedField>,
}

/// One changed field; null = absent.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct AuditedField {
    /// Its name.
    pub field: String,
    /// Its value before.
    #[serde(default)]
    pub before: Value,
    /// Its value after.
    #[serde(default)]
    pub after: Value,
}

impl AuditRecord {
    /// The entry of one transaction.
    #[must_use]
    pub fn of(context: &AuditContext, consent: Consent, summary: &str, changes: &[KeyChange]) -> Self {
        let AuditContext { now, actor, host, command, reason, .. } = context.clone();
        let consent = match consent {
            Consent::Flag => "flag",
            Consent::Answered => "answered",
        };
        let mut record = Self {
            at: now,
            actor,
            host,
            command,
            reason,
            consent: Some(consent.to_owned()),
            summary: Some(summary.to_owned()),
            keys: changes.len() as u64,
            changes: Vec::new(),
        };
        let mut room = CHANGES_BYTES_MAX;
        for change in changes.iter().take(KEYS_MAX) {
            let bytes = change.key.len() + change.fields.iter().map(field_bytes).sum::<usize>();
            let Some(left) = room.checked_sub(bytes) else { break };
            room = left;
            record.changes.push(AuditedChange::of(change));
        }
        record
    }

    /// Reads the stored value.
    ///
    /// # Errors
    /// Not the JSON of an entry, or of a newer schema, in words.
    pub fn parse(value: &[u8]) -> Result<Self, String> {
        parse_of_schema(value, SCHEMA)
    }

    /// The value to store.
    #[must_use]
    pub fn to_json(&self) -> String {
        let field = |f: &AuditedField| json!({"field": f.field, "before": f.before, "after": f.after});
        let change = |c: &AuditedChange| {
            json!({
                "key": c.key, "before_revision": c.before_revision.0, "deleted": c.deleted,
                "fields": c.fields.iter().map(field).collect::<Vec<_>>(),
            })
        };
        json!({
            "schema": SCHEMA,
            "at": self.at.to_string(),
            "actor": self.actor,
            "host": self.host,
            "command": self.command,
            "reason": self.reason,
            "consent": self.consent,
            "summary": self.summary,
            "keys": self.keys,
            "changes": self.changes.iter().map(change).collect::<Vec<_>>(),
        })
        .to_string()
    }

    /// What happened to a key, if the entry names it.
    #[must_use]
    pub fn change_of(&self, key: &str) -> Option<&AuditedChange> {
        self.changes.iter().find(|change| change.key == key)
    }

    /// Whether keys were changed that the entry only counts.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.keys > self.changes.len() as u64
    }
}

impl AuditedChange {
    fn of(change: &KeyChange) -> Self {
        let field = |f: &FieldChange| AuditedField {
            field: f.field.clone(),
            before: side(f.before.as_deref()),
            after: side(f.after.as_deref()),
        };
        Self {
            key: change.key.clone(),
            before_revision: change.before,
            deleted: change.value.is_none(),
            fields: change.fields.iter().map(field).collect(),
        }
    }
}

fn field_bytes(field: &FieldChange) -> usize {
    let side = |side: &Option<String>| side.as_ref().map_or(4, |text| text.len().min(SIDE_BYTES_MAX));
    field.field.len() + side(&field.before) + side(&field.after)
}

/// A raw value as the trail keeps it.
fn side(raw: Option<&str>) -> Value {
    match raw {
        None => Value::Null,
        Some(text) if text.len() > SIDE_BYTES_MAX => Value::from(format!("({} bytes)", text.len())),
        Some(text) => serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)),
    }
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
    (audit.key(keys, 0), AuditRecord::of(audit, consent, "create the cluster", &changes).to_json())
}

/// An entry as it is listed.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedAudit {
    /// Its name in the trail: the milliseconds of its time and its own id.
    pub id: String,
    /// The revision that its transaction made.
    pub revision: Revision,
    /// The stored value whole, with the fields that this version does not know.
    pub json: Value,
    /// What was read of it.
    pub record: AuditRecord,
}

/// Which entries are listed; an empty filter lists all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuditFilter {
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub to: Option<Timestamp>,
    /// By this actor.
    pub actor: Option<String>,
    /// By this command, or a command of this noun.
    pub command: Option<String>,
    /// That name one of these keys.
    pub keys: Vec<String>,
}

impl AuditFilter {
    /// The range of keys in which entries of the wanted time lie.
    fn range(&self, keys: &Keys) -> KeyRange {
        let all = keys.audits();
        // An entry's key has its time cut to milliseconds; the exact time is compared when it is read.
        let start = self.from.map_or_else(|| all.start().to_owned(), |from| keys.audit_at(millis(from)));
        let end = self.to.map_or_else(|| all.end().to_owned(), |to| keys.audit_at(millis(to).saturating_add(1)));
        KeyRange::new(start, end)
    }

    fn admits(&self, record: &AuditRecord) -> bool {
        let command = |asked: &String| {
            let rest = record.command.strip_prefix(asked.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        self.from.is_none_or(|from| record.at >= from)
            && self.to.is_none_or(|to| record.at < to)
            && self.actor.as_ref().is_none_or(|actor| record.actor == *actor)
            && self.command.as_ref().is_none_or(command)
            && (self.keys.is_empty() || self.keys.iter().any(|key| record.change_of(key).is_some()))
    }
}

/// The keys in which a partition's state lies.
#[must_use]
pub fn keys_of_partition(keys: &Keys, id: PartitionId) -> Vec<String> {
    vec![keys.partition(id), keys.extension(id), keys.migration(id)]
}

/// The keys in which a node's state lies.
#[must_use]
pub fn keys_of_node(keys: &Keys, id: &NodeId) -> Vec<String> {
    vec![keys.node(id)]
}

/// What a listing could not show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unlisted {
    /// Entries that cannot be read.
    pub corrupt: Vec<CorruptValue>,
    /// Entries that were left out because they name only some of their keys, none of them an asked one.
    pub cut: u64,
}

/// Entries that are read together.
const CHUNK: usize = 200;

/// Visits the entries that a filter admits, the newest first, until `visit` breaks.
///
/// Memory stays bounded by the keys of the trail: the names come first, the values then in chunks from the end.
///
/// # Errors
/// The store does not answer, or `visit` says so.
pub async fn list<S: MetadataRead, E: From<OperationError>>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
    filter: &AuditFilter,
    mut visit: impl FnMut(ListedAudit) -> Result<ControlFlow<()>, E>,
) -> Result<Unlisted, E> {
    let mut names: Vec<String> = Vec::new();
    let mut collect = |entry: &Entry| {
        names.push(entry.key.clone());
        ControlFlow::Continue(())
    };
    let revision = store.scan(&filter.range(keys), at, &mut collect).await.map_err(OperationError::from)?;
    if names.is_empty() {
        check_not_empty(store, keys, Some(revision)).await?;
    }
    let mut unlisted = Unlisted::default();
    for chunk in names.rchunks(CHUNK) {
        let (Some(first), Some(last)) = (chunk.first(), chunk.last()) else { continue };
        let range = KeyRange::new(first.clone(), format!("{last}\0"));
        let mut answer = store.read(&[range], Some(revision)).await.map_err(OperationError::from)?;
        for entry in answer.ranges.pop().unwrap_or_default().into_iter().rev() {
            let record = match AuditRecord::parse(&entry.value) {
                Ok(record) => record,
                Err(reason) => {
                    unlisted.corrupt.push(CorruptValue { key: entry.key, reason });
                    continue;
                }
            };
            if !filter.admits(&record) {
                let named = AuditFilter { keys: Vec::new(), ..filter.clone() };
                unlisted.cut += u64::from(record.is_cut() && named.admits(&record));
                continue;
            }
            let listed = ListedAudit {
                id: keys.name("audit", &entry.key).unwrap_or_default().to_owned(),
                revision: entry.mod_revision,
                json: serde_json::from_slice(&entry.value).unwrap_or_default(),
                record,
            };
            if visit(listed)?.is_break() {
                return Ok(unlisted);
            }
        }
    }
    Ok(unlisted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> AuditContext {
        AuditContext {
            now: Timestamp::from_seconds(5),
            actor: "ann".into(),
            host: "desk".into(),
            command: "node set".into(),
            reason: Some("why".into()),
            nonce: 7,
        }
    }

    fn change(n: usize, before: &str) -> KeyChange {
        let field = FieldChange { field: "f".into(), before: Some(before.into()), after: None };
        KeyChange {
            what: "x".into(),
            key: format!("/otlp/k/{n}"),
            before: Revision(3),
            value: None,
            fields: vec![field],
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let record = AuditRecord::of(&context(), Consent::Flag, "set it", &[change(1, "{\"a\":[1]}")]);
        assert_eq!(AuditRecord::parse(record.to_json().as_bytes()).unwrap(), record);
        assert_eq!(record.change_of("/otlp/k/1").unwrap().fields[0].before, json!({"a": [1]}));
        assert!(record.change_of("/otlp/k/2").is_none() && !record.is_cut());
    }

    #[test]
    fn an_entry_stays_small() {
        let many: Vec<KeyChange> = (0..500).map(|n| change(n, "1")).collect();
        let record = AuditRecord::of(&context(), Consent::Flag, "s", &many);
        assert_eq!((record.keys, record.changes.len(), record.is_cut()), (500, KEYS_MAX, true));
        let long = format!("\"{}\"", "x".repeat(SIDE_BYTES_MAX));
        let record = AuditRecord::of(&context(), Consent::Flag, "s", &[change(0, &long)]);
        assert_eq!(record.changes[0].fields[0].before, json!("(4098 bytes)"));
        let long = format!("\"{}\"", "x".repeat(SIDE_BYTES_MAX - 2));
        let large: Vec<KeyChange> = (0..150).map(|n| change(n, &long)).collect();
        let record = AuditRecord::of(&context(), Consent::Flag, "s", &large);
        assert!(record.is_cut() && record.to_json().len() < CHANGES_BYTES_MAX + (32 << 10));
        assert_eq!(record.keys, 150);
    }

    #[test]
    fn other_values_are_told() {
        for (value, word) in [
            ("", "not a JSON object"),
            ("[]", "not a JSON object"),
            ("{}", "no schema"),
            (r#"{"schema":"otlp-part/audit/v2"}"#, "not known to this version"),
            (r#"{"schema":"otlp-part/audit/v1","at":"soon","actor":"a","command":"c"}"#, "column 42"),
            (r#"{"schema":"otlp-part/audit/v1","at":"2025-11-05T15:10:00Z","actor":"a"}"#, "command"),
        ] {
            let error = AuditRecord::parse(value.as_bytes()).unwrap_err();
            assert!(error.contains(word), "{value}: {error}");
        }
    }

    #[test]
    fn a_noun_stands_for_its_commands() {
        let record = AuditRecord::of(&context(), Consent::Flag, "s", &[]);
        let admits =
            |command: &str| AuditFilter { command: Some(command.to_owned()), ..AuditFilter::default() }.admits(&record);
        assert!(admits("node") && admits("node set") && !admits("nod") && !admits("node add") && !admits("node set x"));
    }
}
