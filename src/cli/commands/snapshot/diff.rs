//! `snapshot diff`

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::CliError;
use crate::cli::input;
use crate::cli::session::{OpenReader, Session};
use crate::metadata::SnapshotStore;
use crate::operations::change::FieldChange;
use crate::operations::snapshot::export;
use crate::operations::snapshot_diff::{DiffOptions, KeyDifference, Side, differences, raw_value};
use crate::output::{Cell, Column, Row};
use crate::ports::metadata::Entry;

/// Show what differs between two snapshots, or a snapshot and the store; exit code 3 if something does.
///
/// Keys are compared below their prefixes. Revisions and the audit trail are left out unless asked for.
#[derive(Debug, Args)]
pub(in crate::cli) struct DiffArgs {
    /// The first snapshot; `-` = stdin
    #[arg(value_name = "A")]
    first: String,
    /// The second one [default: the store, at --at if that is given]
    #[arg(value_name = "B")]
    second: Option<String>,
    /// Compare the audit trail, too
    #[arg(long)]
    audit: bool,
    /// Also tell keys whose values are equal and whose revisions are not
    #[arg(long)]
    revisions: bool,
}

const COLUMNS: [Column; 5] =
    [Column::text("key"), Column::text("change"), Column::text("field"), Column::text("before"), Column::text("after")];

/// One side, with its name for people.
struct Copy {
    name: String,
    prefix: String,
    entries: Vec<Entry>,
}

impl Copy {
    fn side(&self) -> Side<'_> {
        Side { prefix: &self.prefix, entries: &self.entries }
    }
}

pub(super) fn run(session: &mut Session<'_, '_>, args: DiffArgs) -> Result<(), CliError> {
    let DiffArgs { first, second, audit, revisions } = args;
    if first == "-" && second.as_deref() == Some("-") {
        return Err(CliError::usage("standard input is one snapshot, not two"));
    }
    let a = read_file(session, &first)?;
    let b = match second {
        Some(second) => read_file(session, &second)?,
        None => read_store(session)?,
    };
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    let mut count = 0_u64;
    differences(a.side(), b.side(), DiffOptions { audit, revisions }, |key, difference| {
        count += 1;
        match difference {
            KeyDifference::Added(entry) => rows.push(row(key, "added", None, None, Some(&raw_value(entry)))),
            KeyDifference::Removed(entry) => rows.push(row(key, "removed", None, Some(&raw_value(entry)), None)),
            KeyDifference::Changed(fields) => fields.iter().try_for_each(|FieldChange { field, before, after }| {
                rows.push(row(key, "changed", Some(field), before.as_deref(), after.as_deref()))
            }),
        }
    })?;
    rows.finish()?;
    if count == 0 {
        session.talk().note(&format!("no differences between {} and {}", a.name, b.name));
        return Ok(());
    }
    let message = format!("{count} key(s) differ between {} and {}", a.name, b.name);
    Err(CliError::DoesNotHold { message, hint: None })
}

fn read_file(session: &mut Session<'_, '_>, file: &str) -> Result<Copy, CliError> {
    let bytes = input::read_bytes(session.environment(), file)?;
    let name = input::shown_name(file).to_owned();
    let snapshot = SnapshotStore::parse(format!("snapshot:{file}"), &bytes)?;
    Ok(Copy { name, prefix: snapshot.header().prefix.clone(), entries: snapshot.into_entries() })
}

fn read_store(session: &mut Session<'_, '_>) -> Result<Copy, CliError> {
    let OpenReader { store, keys, at } = session.open_reader()?;
    let export = session.wait(export(&store, &keys, at))?;
    let name = session.store_choice()?.address.to_string();
    Ok(Copy { name, prefix: keys.prefix().to_owned(), entries: export.entries })
}

fn row(key: &str, change: &str, field: Option<&String>, before: Option<&str>, after: Option<&str>) -> Row {
    // What is no JSON was quoted before, so this is text only for numbers that no program reads.
    let value = |raw: Option<&str>| -> Value {
        raw.map_or(Value::Null, |raw| serde_json::from_str(raw).unwrap_or_else(|_| Value::from(raw)))
    };
    let (old, new) = (value(before), value(after));
    let cells =
        vec![Cell::text(key), Cell::text(change), Cell::maybe(field.cloned()), Cell::json(&old), Cell::json(&new)];
    let cells = cells.into_iter().map(Cell::shortened).collect();
    let json = json!({
        "schema": "otlp-part/snapshot-diff/v1",
        "key": key,
        "change": change,
        "field": field,
        "before": old,
        "after": new,
    });
    Row::with_json(key, cells, json)
}
