//! The past of a partition or a node: the states that the store keeps, joined with the audit trail.
//!
//! A transaction makes one revision, so the audit entry of that revision tells who made the states of that revision. A
//! state without one was made from outside. What the store has compacted away, the trail may still know.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde_json::Value;

use crate::model::{Document, Revision, Timestamp};
use crate::ports::metadata::{Change, Entry};
use crate::ports::{Keys, MetadataRead};

use super::OperationError;
use super::audit::{AuditRecord, AuditedChange};
use super::change::{FieldChange, field_changes};
use super::cluster::{CorruptValue, check_not_empty};

/// The most states of one key that are read.
const STATES_MAX: usize = 1_000_000;

/// One key of a thing, and what stands before the names of its fields. The first of a thing's keys is the thing itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The key.
    pub key: String,
    /// Empty, or such as `ext.`.
    pub prefix: &'static str,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It came to be.
    Created,
    /// It was changed.
    Updated,
    /// It was deleted.
    Deleted,
}

impl ChangeKind {
    /// The word in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
        }
    }
}

/// Where a change came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From this tool: the audit trail tells.
    Audited,
    /// From elsewhere: the trail was kept then and has nothing.
    Outside,
    /// Nobody knows: it is older than what is left of the trail.
    Unknown,
}

impl Origin {
    /// The word in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Audited => "audited",
            Self::Outside => "outside",
            Self::Unknown => "unknown",
        }
    }
}

/// One revision of the thing.
#[derive(Clone, Debug, PartialEq)]
pub struct PastChange {
    /// The revision.
    pub revision: Revision,
    /// When, where the store or the trail tells.
    pub at: Option<Timestamp>,
    /// What happened to the thing; a change of a further key alone is an update of it.
    pub kind: ChangeKind,
    /// Where it came from.
    pub origin: Origin,
    /// Whether the store still keeps the states; if not, the trail alone tells.
    pub kept: bool,
    /// The entry's name in the trail, and what it says.
    pub audit: Option<(String, AuditRecord)>,
    /// What changed; of an unreadable value the field is `(value)`.
    pub fields: Vec<FieldChange>,
    /// Whether the state before is known; if not, `fields` is what is known.
    pub complete: bool,
}

/// A past, and what of the trail could not be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Past {
    /// The newest first.
    pub changes: Vec<PastChange>,
    /// Unreadable audit entries.
    pub corrupt: Vec<CorruptValue>,
}

/// What the trail says of a thing's keys.
#[derive(Default)]
struct Trail {
    /// By revision: entries that name one of the keys, or that name only some of theirs.
    entries: BTreeMap<Revision, (String, AuditRecord)>,
    oldest: Option<Revision>,
    was_pruned: bool,
    corrupt: Vec<CorruptValue>,
}

/// Reads the past of a thing, the newest change first, up to `at`; `limit` bounds the changes.
///
/// # Errors
/// The store does not answer, or knows nothing of the thing.
pub async fn past<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    what: &str,
    facets: &[Facet],
    at: Option<Revision>,
    limit: Option<usize>,
) -> Result<Past, OperationError> {
    // One state more than is shown, as the one before it tells what changed; with `at`, newer ones are left out later.
    let states_max = limit.filter(|_| at.is_none()).map_or(STATES_MAX, |limit| limit.saturating_add(1).min(STATES_MAX));
    let mut by_revision: BTreeMap<Revision, PastChange> = BTreeMap::new();
    let mut cut_at = Revision::NONE;
    for (n, facet) in facets.iter().enumerate() {
        let states = store.history(&facet.key, states_max).await?;
        if states.len() == states_max {
            cut_at = cut_at.max(states.last().map_or(Revision::NONE, |s| s.revision));
        }
        for (i, state) in states.iter().enumerate() {
            let mut change = change_of(facet, state, states.get(i + 1));
            if n > 0 {
                change.kind = ChangeKind::Updated;
            }
            match by_revision.get_mut(&state.revision) {
                Some(known) => {
                    known.fields.extend(change.fields);
                    known.complete &= change.complete;
                }
                None => {
                    by_revision.insert(state.revision, change);
                }
            }
        }
    }
    let is_wanted = |revision: &Revision| at.is_none_or(|at| *revision <= at);
    let trail = read_trail(store, keys, facets, &by_revision).await?;
    for (revision, (name, record)) in &trail.entries {
        match by_revision.get_mut(revision) {
            Some(change) => join(change, name, record, facets),
            None => {
                by_revision.extend(told(*revision, name, record, facets).map(|change| (*revision, change)));
            }
        }
    }
    for change in by_revision.values_mut().filter(|change| change.audit.is_none()) {
        let before_trail = trail.oldest.is_none_or(|oldest| change.revision < oldest);
        change.origin = if trail.was_pruned && before_trail { Origin::Unknown } else { Origin::Outside };
    }
    // Older than the last state read of a key there may be more of another: those are not shown out of order.
    let shown = by_revision.into_iter().rev().filter(|(revision, _)| is_wanted(revision) && *revision > cut_at);
    let changes: Vec<PastChange> = shown.map(|(_, change)| change).take(limit.unwrap_or(usize::MAX)).collect();
    if changes.is_empty() && limit != Some(0) {
        check_not_empty(store, keys, at).await?;
        return Err(OperationError::NotFound { what: format!("a history of {what}") });
    }
    Ok(Past { changes, corrupt: trail.corrupt })
}

/// A state against the one before it.
fn change_of(facet: &Facet, state: &Change, before: Option<&Change>) -> PastChange {
    let known_before = before.is_some();
    let before = before.and_then(|change| change.entry.as_ref());
    let (kind, complete) = match &state.entry {
        None => (ChangeKind::Deleted, known_before),
        Some(entry) if entry.create_revision == entry.mod_revision => (ChangeKind::Created, true),
        Some(_) => (ChangeKind::Updated, known_before),
    };
    let before = before.filter(|_| kind != ChangeKind::Created);
    let fields = if complete { difference(before, state.entry.as_ref()) } else { Vec::new() };
    PastChange {
        revision: state.revision,
        at: state.at,
        kind,
        origin: Origin::Outside,
        kept: true,
        audit: None,
        fields: prefixed(facet, fields),
        complete,
    }
}

fn prefixed(facet: &Facet, mut fields: Vec<FieldChange>) -> Vec<FieldChange> {
    for change in &mut fields {
        change.field.insert_str(0, facet.prefix);
    }
    fields
}

/// The longest text of an unreadable value that is shown, in characters.
const TEXT_MAX: usize = 200;

/// The fields that differ between two values; `(value)` as a whole where one of them is no JSON object.
#[must_use]
pub fn difference(before: Option<&Entry>, after: Option<&Entry>) -> Vec<FieldChange> {
    let parse = |entry: Option<&Entry>| entry.map_or(Ok(Document::default()), |e| Document::parse(&e.value));
    if let (Ok(before), Ok(after)) = (parse(before), parse(after)) {
        return field_changes(&before, &after);
    }
    let text = |entry: &Entry| {
        let text: String = String::from_utf8_lossy(&entry.value).chars().take(TEXT_MAX).collect();
        Value::from(text).to_string()
    };
    vec![FieldChange { field: "(value)".to_owned(), before: before.map(text), after: after.map(text) }]
}

/// Adds what the trail says to a change that the store keeps.
fn join(change: &mut PastChange, name: &str, record: &AuditRecord, facets: &[Facet]) {
    change.origin = Origin::Audited;
    change.at = change.at.or(Some(record.at));
    if !change.complete {
        change.fields = facets.iter().flat_map(|facet| audited_fields(facet, record)).collect();
        change.complete = !change.fields.is_empty();
    }
    change.audit = Some((name.to_owned(), record.clone()));
}

/// A change that the trail alone tells of.
fn told(revision: Revision, name: &str, record: &AuditRecord, facets: &[Facet]) -> Option<PastChange> {
    let named = facets.iter().any(|facet| record.change_of(&facet.key).is_some());
    let kind = match record.change_of(&facets.first().filter(|_| named)?.key) {
        Some(AuditedChange { deleted: true, .. }) => ChangeKind::Deleted,
        Some(AuditedChange { before_revision: Revision::NONE, .. }) => ChangeKind::Created,
        Some(AuditedChange { .. }) | None => ChangeKind::Updated,
    };
    Some(PastChange {
        revision,
        at: Some(record.at),
        kind,
        origin: Origin::Audited,
        kept: false,
        audit: Some((name.to_owned(), record.clone())),
        fields: facets.iter().flat_map(|facet| audited_fields(facet, record)).collect(),
        // What a new key held is not in the trail.
        complete: kind != ChangeKind::Created,
    })
}

fn audited_fields(facet: &Facet, record: &AuditRecord) -> Vec<FieldChange> {
    let side = |value: &Value| (!value.is_null()).then(|| value.to_string());
    let changes = record.change_of(&facet.key).into_iter().flat_map(|change| &change.fields);
    let fields =
        changes.map(|f| FieldChange { field: f.field.clone(), before: side(&f.before), after: side(&f.after) });
    prefixed(facet, fields.collect())
}

async fn read_trail<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    facets: &[Facet],
    states: &BTreeMap<Revision, PastChange>,
) -> Result<Trail, OperationError> {
    let mut trail = Trail::default();
    let mut visit = |entry: &Entry| {
        let name = keys.name("audit", &entry.key).unwrap_or_default();
        let record = match AuditRecord::parse(&entry.value) {
            Ok(record) => record,
            Err(reason) => {
                trail.corrupt.push(CorruptValue { key: entry.key.clone(), reason });
                return ControlFlow::Continue(());
            }
        };
        let revision = entry.mod_revision;
        trail.oldest = Some(trail.oldest.map_or(revision, |oldest| oldest.min(revision)));
        trail.was_pruned |= record.command == "audit prune";
        let names_it = facets.iter().any(|facet| record.change_of(&facet.key).is_some());
        // An entry that names only some of its keys is of this transaction all the same, if the revision is.
        let counts_it = record.is_cut() && states.contains_key(&revision) && !trail.entries.contains_key(&revision);
        if names_it || counts_it {
            trail.entries.insert(revision, (name.to_owned(), record));
        }
        ControlFlow::Continue(())
    };
    store.scan(&keys.audits(), None, &mut visit).await?;
    Ok(trail)
}
