//! What `partition history` and `node history` share.

use serde_json::{Value, json};

use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::operations::change::FieldChange;
use crate::operations::history::{ChangeKind, Facet, Origin, Past, PastChange, past};
use crate::output::{Cell, Column, Row, Tone};
use crate::ports::Keys;

use super::partition::corrupt_values;

const COLUMNS: [Column; 10] = [
    Column::number("revision"),
    Column::text("at"),
    Column::text("actor"),
    Column::text("command"),
    Column::text("reason"),
    Column::text("kind").extra(),
    Column::text("origin").extra(),
    Column::text("source").extra(),
    Column::text("host").extra(),
    Column::text("changed").shrinks(),
];

/// Shows the past of the thing whose kind and id are `what`.
pub(super) fn show(
    session: &mut Session<'_, '_>,
    what: (&'static str, &str),
    facets: impl FnOnce(&Keys) -> Vec<Facet>,
) -> Result<(), CliError> {
    let OpenReader { store, keys, at } = session.open_reader()?;
    let sorted = session.global().sort.is_some();
    let limit = session.global().limit.filter(|_| !sorted).map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let name = format!("{} {}", what.0, what.1);
    let Past { changes, corrupt } = session.wait(past(&store, &keys, &name, &facets(&keys), at, limit))?;
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for change in &changes {
        rows.push(row(change, what))?;
    }
    rows.finish()?;
    corrupt_values(session, &corrupt)
}

fn row(change: &PastChange, what: (&'static str, &str)) -> Row {
    let record = change.audit.as_ref().map(|(_, record)| record);
    let actor = match (change.origin, record) {
        (Origin::Audited, Some(record)) => Cell::text(record.actor.clone()),
        (Origin::Outside, _) => Cell::text("(outside)").toned(Tone::Warn),
        (Origin::Audited | Origin::Unknown, _) => Cell::text("(unknown)").toned(Tone::Warn),
    };
    let cells = vec![
        Cell::number(change.revision.0),
        change.at.map_or_else(Cell::none, Cell::moment),
        actor,
        Cell::maybe(record.map(|record| record.command.clone())),
        Cell::maybe(record.and_then(|record| record.reason.clone())),
        Cell::text(change.kind.name()),
        Cell::text(change.origin.name()),
        Cell::text(source(change)),
        Cell::maybe(record.map(|record| record.host.clone())),
        Cell::text(changed(change)),
    ];
    Row::with_json(change.revision.to_string(), cells, json_of(change, what))
}

fn source(change: &PastChange) -> &'static str {
    if change.kept { "store" } else { "audit" }
}

/// What happened, on one line.
fn changed(change: &PastChange) -> String {
    let mut text = match change.kind {
        ChangeKind::Created => "created".to_owned(),
        ChangeKind::Deleted => "deleted".to_owned(),
        ChangeKind::Updated => in_short(&change.fields),
    };
    if !change.complete && change.kind == ChangeKind::Updated {
        text = "changed; the state before is not kept".to_owned();
    }
    if !change.kept {
        text.push_str(" (from the audit trail)");
    }
    text
}

/// Changed fields on one line; that a record's time of change changed goes without saying.
pub(super) fn in_short(fields: &[FieldChange]) -> String {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "(absent)".to_owned());
    let told = |field: &&FieldChange| fields.len() == 1 || field.field != "updated_at";
    let one = |f: &FieldChange| format!("{}: {} -> {}", f.field, side(&f.before), side(&f.after));
    fields.iter().filter(told).map(one).collect::<Vec<_>>().join("; ")
}

/// Changed fields as JSON.
pub(super) fn fields_json(fields: &[FieldChange]) -> Value {
    let side = |side: &Option<String>| -> Value {
        side.as_deref().map_or(Value::Null, |raw| serde_json::from_str(raw).unwrap_or_else(|_| Value::from(raw)))
    };
    fields.iter().map(|f| json!({"field": f.field, "before": side(&f.before), "after": side(&f.after)})).collect()
}

fn json_of(change: &PastChange, (kind, id): (&'static str, &str)) -> Value {
    let record = change.audit.as_ref().map(|(_, record)| record);
    json!({
        "schema": "otlp-part/history/v1",
        "family": kind,
        "id": id,
        "revision": change.revision.0,
        "at": change.at.map(|at| at.to_string()),
        "kind": change.kind.name(),
        "origin": change.origin.name(),
        "source": source(change),
        "actor": record.map(|r| &r.actor),
        "host": record.map(|r| &r.host),
        "command": record.map(|r| &r.command),
        "reason": record.and_then(|r| r.reason.as_ref()),
        "audit": change.audit.as_ref().map(|(name, _)| name),
        "complete": change.complete,
        "fields": fields_json(&change.fields),
    })
}
