//! `audit list`, `audit prune`

use std::ops::ControlFlow;

use clap::{Args, Subcommand};

use crate::cli::args::WriteArgs;
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::ByteSize;
use crate::model::time::parse_duration;
use crate::operations::audit::{AuditFilter, ListedAudit, keys_of_node, keys_of_partition, list};
use crate::operations::prune::{Kept, prune};
use crate::output::{Cell, Column, Row};
use crate::ports::Keys;

use super::node::parse_node_id;
use super::partition::{corrupt_values, parse_partition_id};
use super::route::range::{RangeArgs, Span};

/// The audit trail.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum AuditCommand {
    /// List who changed what, when and why, the newest first
    List(ListArgs),
    Prune(PruneArgs),
}

/// `audit list`
#[derive(Debug, Args)]
pub(in crate::cli) struct ListArgs {
    #[command(flatten)]
    range: RangeArgs,
    /// By this actor
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// By this command: node, or "node set"
    #[arg(long, value_name = "COMMAND")]
    command: Option<String>,
    /// That changed this key, whole or behind the prefix (repeatable)
    #[arg(long, value_name = "KEY")]
    key: Vec<String>,
    /// That changed this partition (repeatable)
    #[arg(long, value_name = "PARTITION")]
    partition: Vec<String>,
    /// That changed this node (repeatable)
    #[arg(long, value_name = "NODE")]
    node: Vec<String>,
}

/// Delete old entries: those older than --older-than, then the oldest until --max-bytes is kept.
///
/// It leaves one entry itself. Entries that cannot be read stay. Stopped half-way, the same command goes on.
#[derive(Debug, Args)]
pub(in crate::cli) struct PruneArgs {
    /// Delete what is older than this
    #[arg(long, value_name = "DURATION", default_value = "90d", allow_hyphen_values = true)]
    older_than: String,
    /// Keep at most so many bytes of keys and values
    #[arg(long, value_name = "SIZE", default_value = "64MiB")]
    max_bytes: String,
    #[command(flatten)]
    write: WriteArgs,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, command: AuditCommand) -> Result<(), CliError> {
    match command {
        AuditCommand::List(args) => run_list(session, args),
        AuditCommand::Prune(args) => run_prune(session, args),
    }
}

const COLUMNS: [Column; 10] = [
    Column::text("at"),
    Column::text("actor"),
    Column::text("command"),
    Column::number("keys"),
    Column::text("reason"),
    Column::text("id").extra(),
    Column::number("revision").extra(),
    Column::text("host").extra(),
    Column::text("consent").extra(),
    Column::text("summary").shrinks(),
];

fn run_list(session: &mut Session<'_, '_>, args: ListArgs) -> Result<(), CliError> {
    let ListArgs { range, actor, command, key, partition, node } = args;
    let (from, to) = match range.span(session)? {
        // What happens now is in a range that ends now.
        Span::Given(range) if range.end() == session.now() => (Some(range.start()), None),
        Span::Given(range) => (Some(range.start()), Some(range.end())),
        Span::NotGiven => (None, None),
    };
    let partitions = partition.iter().map(|text| parse_partition_id(text)).collect::<Result<Vec<_>, _>>()?;
    let nodes = node.iter().map(|text| parse_node_id(text)).collect::<Result<Vec<_>, _>>()?;
    let OpenReader { store, keys, at } = session.open_reader()?;
    let mut wanted: Vec<String> = key.iter().map(|key| whole_key(&keys, key)).collect();
    wanted.extend(partitions.iter().flat_map(|id| keys_of_partition(&keys, *id)));
    wanted.extend(nodes.iter().flat_map(|id| keys_of_node(&keys, id)));
    let filter = AuditFilter { from, to, actor, command, keys: wanted };
    let runtime = session.runtime();
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    let visit = |listed: ListedAudit| {
        rows.push(row(&keys, listed))?;
        Ok(if rows.is_full() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    };
    let unlisted = runtime.block_on(list::<_, CliError>(&store, &keys, at, &filter, visit))?;
    rows.finish()?;
    if unlisted.cut > 0 {
        session.talk().warn(&format!(
            "left out as they name only some of their keys: {} entries; list without --key, --partition and --node",
            unlisted.cut
        ));
    }
    corrupt_values(session, &unlisted.corrupt)
}

/// A key as it is stored; it may be given without the prefix.
fn whole_key(keys: &Keys, text: &str) -> String {
    if text.starts_with('/') { text.to_owned() } else { format!("{}/{text}", keys.prefix()) }
}

/// Keys that are named in a row without a summary.
const NAMED: usize = 3;

fn row(keys: &Keys, listed: ListedAudit) -> Row {
    let ListedAudit { id, revision, mut json, record } = listed;
    let summary = record.summary.clone().unwrap_or_else(|| {
        let short = |key: &str| key.strip_prefix(keys.prefix()).unwrap_or(key).trim_start_matches('/').to_owned();
        let named: Vec<String> = record.changes.iter().take(NAMED).map(|change| short(&change.key)).collect();
        let dots = if record.keys > named.len() as u64 { ", ..." } else { "" };
        format!("{}{dots}", named.join(", "))
    });
    let cells = vec![
        Cell::moment(record.at),
        Cell::text(record.actor),
        Cell::text(record.command),
        Cell::number(record.keys),
        Cell::maybe(record.reason),
        Cell::text(id.clone()),
        Cell::number(revision.0),
        Cell::text(record.host),
        Cell::maybe(record.consent),
        Cell::text(summary),
    ];
    json["id"] = id.clone().into();
    json["revision"] = revision.0.into();
    Row::with_json(id, cells, json)
}

fn run_prune(session: &mut Session<'_, '_>, args: PruneArgs) -> Result<(), CliError> {
    let PruneArgs { older_than, max_bytes, write } = args;
    let age = parse_duration(&older_than).ok().filter(|nanos| *nanos >= 0).ok_or_else(|| {
        CliError::usage_hint(format!("--older-than {older_than:?} is no duration"), "use 90d, 12h, 1h30m")
    })?;
    let bytes_max =
        ByteSize::parse(&max_bytes).map_err(|e| CliError::usage(format!("--max-bytes {max_bytes:?}: {e}")))?.0;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let kept = Kept { since: session.now().plus_nanos(-age), bytes_max };
    let prune = session.wait(prune(&store, &keys, kept))?;
    drop(store);
    if prune.is_empty() {
        session.talk().note("nothing to delete");
        return Ok(());
    }
    let Some(consent) = consent::ask(session, &write, &prune.lines())? else { return Ok(()) };
    let audit = consent::audit_context(session, &write, "audit prune");
    let store = session.open_writer()?;
    let applied = session.wait(prune.approve(consent).apply(&store, &keys, &audit))?;
    session.talk().note(&format!(
        "done: {} entries deleted in {} transaction(s), revision {}",
        applied.keys, applied.transactions, applied.revision
    ));
    Ok(())
}
