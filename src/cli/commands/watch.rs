//! `watch`

use std::ops::ControlFlow;
use std::time::Duration;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::metadata::AnyReader;
use crate::model::Revision;
use crate::model::time::parse_duration;
use crate::operations::change::FieldChange;
use crate::operations::history::ChangeKind;
use crate::operations::watch::{WatchFilter, WatchedChange, watch};
use crate::output::{Cell, Column, Row, Tone};
use crate::ports::{KeyFamily, MetadataRead};

use super::history::{fields_json, in_short};

/// Follow changes as they happen.
///
/// It ends with --for, with --limit changes, when its reader goes, or when it is interrupted.
#[derive(Debug, Args)]
pub(in crate::cli) struct WatchArgs {
    /// Only these families: cluster, nodes, partitions, ext, migrations, rebalance, plans, repair, orphans, audit
    #[arg(long, value_name = "FAMILY,...", value_delimiter = ',')]
    family: Vec<String>,
    /// Only this partition, node or other id (repeatable)
    #[arg(long, value_name = "ID")]
    id: Vec<String>,
    /// Begin in the past: with the changes of this revision, or after this time [default: now]
    #[arg(long, value_name = "REVISION|TIME", allow_hyphen_values = true)]
    from: Option<String>,
    /// End after so long; what happened until then is shown whole
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    r#for: Option<String>,
}

const COLUMNS: [Column; 8] = [
    Column::number("revision"),
    Column::text("at"),
    Column::text("kind"),
    Column::text("family"),
    Column::text("id"),
    Column::text("key").extra(),
    Column::text("corrupt").extra(),
    Column::text("changed").shrinks(),
];

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, args: WatchArgs) -> Result<(), CliError> {
    let WatchArgs { family, id, from, r#for } = args;
    if session.global().at.is_some() {
        return Err(CliError::usage_hint(
            "watch follows the present, so --at does not fit",
            "--from begins in the past",
        ));
    }
    if session.global().sort.is_some() {
        return Err(CliError::usage("watch shows changes in the order in which they happen, so --sort does not fit"));
    }
    let families = family.iter().map(|text| parse_family(text)).collect::<Result<Vec<_>, _>>()?;
    let length = r#for.as_deref().map(parse_length).transpose()?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let from = first_revision(session, &store, from.as_deref())?;
    let filter = WatchFilter { families, ids: id };
    let runtime = session.runtime();
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    let visit = |changes: Vec<WatchedChange>| {
        for change in changes {
            rows.push(row(&change))?;
        }
        rows.show()?;
        Ok(if rows.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    };
    runtime.block_on(watch::<_, CliError>(&store, &keys, from, &filter, length, visit))?;
    rows.finish()?;
    Ok(())
}

fn parse_family(text: &str) -> Result<KeyFamily, CliError> {
    KeyFamily::parse(text).ok_or_else(|| {
        let known: Vec<&str> = KeyFamily::ALL.iter().map(|family| family.directory()).collect();
        CliError::usage_hint(format!("unknown family {text:?}"), format!("there are: {}", known.join(", ")))
    })
}

/// `--for`
pub(super) fn parse_length(text: &str) -> Result<Duration, CliError> {
    let nanos = parse_duration(text).ok().and_then(|nanos| u64::try_from(nanos).ok());
    nanos
        .map(Duration::from_nanos)
        .ok_or_else(|| CliError::usage_hint(format!("--for {text:?} is no duration"), "use 30s, 90m, 1h30m"))
}

/// The revision whose changes are the first to be shown.
fn first_revision(session: &mut Session<'_, '_>, store: &AnyReader, from: Option<&str>) -> Result<Revision, CliError> {
    let next = |revision: Revision| Revision(revision.0 + 1);
    let Some(text) = from else { return Ok(next(session.wait(store.revision())?)) };
    if let Ok(number) = text.parse::<u64>()
        && number < 1_000_000_000
    {
        return Ok(Revision(number));
    }
    let time = session.time("--from", text)?;
    let found = session.wait(store.revision_at(time))?;
    session.talk().note(&format!("--from {time}: revision {} was made at {}", found.revision, found.made_at));
    Ok(if found.made_at == time { found.revision } else { next(found.revision) })
}

fn row(change: &WatchedChange) -> Row {
    let family = change.family.map_or("foreign", KeyFamily::name);
    let cells = vec![
        Cell::number(change.revision.0),
        change.at.map_or_else(Cell::none, Cell::moment),
        Cell::text(change.kind.name()).toned(match change.kind {
            ChangeKind::Created => Tone::Good,
            ChangeKind::Updated => Tone::Plain,
            ChangeKind::Deleted => Tone::Warn,
        }),
        Cell::text(family),
        Cell::text(if change.id.is_empty() { "-" } else { &change.id }),
        Cell::text(change.key.clone()),
        Cell::maybe(change.corrupt.clone()),
        changed(change),
    ];
    Row::with_json(change.key.clone(), cells, json_of(change, family))
}

fn changed(change: &WatchedChange) -> Cell {
    if let Some(reason) = &change.corrupt {
        return Cell::text(format!("cannot be read: {reason}")).toned(Tone::Bad);
    }
    let text = match (change.kind, &change.fields) {
        (ChangeKind::Created, Some(fields)) if change.family == Some(KeyFamily::Audit) => audited(fields),
        (ChangeKind::Created, Some(fields)) => {
            let one = |f: &FieldChange| format!("{}: {}", f.field, f.after.as_deref().unwrap_or_default());
            fields.iter().map(one).collect::<Vec<_>>().join("; ")
        }
        (ChangeKind::Updated, Some(fields)) => in_short(fields),
        (ChangeKind::Updated, None) => "what it was before is not kept".to_owned(),
        (ChangeKind::Created | ChangeKind::Deleted, _) => return Cell::none(),
    };
    if text.chars().count() > TEXT_MAX {
        return Cell::text(text.chars().take(TEXT_MAX).chain("...".chars()).collect::<String>());
    }
    Cell::text(text)
}

/// The longest text of a change in a table, in characters; the other formats have all of it.
const TEXT_MAX: usize = 200;

/// An entry of the audit trail in words.
fn audited(fields: &[FieldChange]) -> String {
    let field = |name: &str| {
        let raw = fields.iter().find(|f| f.field == name)?.after.as_deref()?;
        serde_json::from_str::<String>(raw).ok()
    };
    let words = [
        field("command"),
        field("actor").map(|who| format!("by {who}")),
        field("reason").map(|why| format!("({why})")),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn json_of(change: &WatchedChange, family: &str) -> Value {
    json!({
        "schema": "otlp-part/change/v1",
        "revision": change.revision.0,
        "at": change.at.map(|at| at.to_string()),
        "kind": change.kind.name(),
        "family": family,
        "id": change.id,
        "key": change.key,
        "corrupt": change.corrupt,
        "before_known": change.fields.is_some(),
        "fields": fields_json(change.fields.as_deref().unwrap_or_default()),
    })
}
