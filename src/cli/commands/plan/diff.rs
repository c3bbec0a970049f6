//! `plan diff`

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::output::{Cell, Column, Row};
use crate::planner::document::diff::MoveDifference;
use crate::planner::document::{MoveDocument, PlanDiff};

use super::source::PlanSource;

/// Show what differs between two plans; exit code 3 if something does.
///
/// Moves are compared by the replica or leadership that they are about; their order does not count.
#[derive(Debug, Args)]
pub(in crate::cli) struct DiffArgs {
    /// The id of a recorded plan, or a file; `-` = stdin
    #[arg(value_name = "PLAN")]
    first: String,
    /// The other one
    #[arg(value_name = "PLAN")]
    second: String,
}

const COLUMNS: [Column; 7] = [
    Column::text("change"),
    Column::text("partition"),
    Column::text("kind"),
    Column::text("from"),
    Column::text("field"),
    Column::text("before"),
    Column::text("after"),
];

pub(super) fn run(session: &mut Session<'_, '_>, args: DiffArgs) -> Result<(), CliError> {
    let DiffArgs { first, second } = args;
    if first == "-" && second == "-" {
        return Err(CliError::usage("standard input is one plan, not two"));
    }
    let (first, second) = (PlanSource::of(&first), PlanSource::of(&second));
    let has_recorded = [&first, &second].iter().any(|source| matches!(source, PlanSource::Recorded(_)));
    let opened = if has_recorded { Some(session.open_reader()?) } else { None };
    let a = first.read(session, opened.as_ref())?;
    let b = second.read(session, opened.as_ref())?;
    let diff = PlanDiff::of(&a.document, &b.document);
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for difference in &diff.moves {
        match difference {
            MoveDifference::Added(m) => rows.push(row("added", Some(m), None, Value::Null, summary(m)))?,
            MoveDifference::Removed(m) => rows.push(row("removed", Some(m), None, summary(m), Value::Null))?,
            MoveDifference::Changed(old, new) => {
                for (field, before, after) in changed(old, new) {
                    rows.push(row("changed", Some(old), Some(field), before, after))?;
                }
            }
        }
    }
    for (field, before, after) in &diff.fields {
        rows.push(row("changed", None, Some(field), before.clone(), after.clone()))?;
    }
    rows.finish()?;
    let names = format!("{} and {}", first.name(), second.name());
    if diff.is_empty() {
        session.talk().note(&format!("no differences between {names}"));
        return Ok(());
    }
    let (moves, fields) = (diff.moves.len(), diff.fields.len());
    let message =
        format!("{moves} move(s) and {fields} field(s) differ between {names}; {} move(s) are the same", diff.same);
    Err(CliError::DoesNotHold { message, hint: None })
}

/// The rest of a move that only one plan has.
fn summary(m: &MoveDocument) -> Value {
    json!({"to": m.to, "bytes": m.bytes, "reason": m.reason, "copy_from": m.copy_from})
}

fn changed(old: &MoveDocument, new: &MoveDocument) -> Vec<(&'static str, Value, Value)> {
    let fields = [
        ("to", json!(old.to), json!(new.to)),
        ("copy_from", json!(old.copy_from), json!(new.copy_from)),
        ("reason", json!(old.reason), json!(new.reason)),
        ("bytes", json!(old.bytes), json!(new.bytes)),
    ];
    fields.into_iter().filter(|(_, old, new)| old != new).collect()
}

fn row(change: &str, m: Option<&MoveDocument>, field: Option<&str>, before: Value, after: Value) -> Row {
    let partition = m.map(|m| m.partition.to_string());
    let kind = m.map(|m| m.kind.name());
    let from = m.and_then(|m| m.from.as_ref()).map(|node| node.as_str().to_owned());
    let cells = vec![
        Cell::text(change),
        Cell::maybe(partition.clone()),
        Cell::maybe(kind),
        Cell::maybe(from.clone()),
        Cell::maybe(field.map(str::to_owned)),
        Cell::json(&before).shortened(),
        Cell::json(&after).shortened(),
    ];
    let json = json!({
        "schema": "otlp-part/plan-diff/v1",
        "change": change,
        "partition": partition,
        "kind": kind,
        "from": from,
        "field": field,
        "before": before,
        "after": after,
    });
    let name = partition.or_else(|| field.map(str::to_owned)).unwrap_or_default();
    Row::with_json(name, cells, json)
}
