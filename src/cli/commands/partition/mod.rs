//! `partition`

mod boundaries;
mod create;
mod delete;
mod edit;
pub(in crate::cli) mod expire;
mod get;
mod history;
mod list;
mod pin;
mod set;
mod split;

use std::collections::BTreeSet;

use clap::Subcommand;
use serde_json::{Value, json};

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::{PartitionId, PartitionState};
use crate::operations::cluster::CorruptValue;
use crate::operations::listing::ListedPartition;
use crate::output::{Cell, Column, Row, Tone};

/// Partition records.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PartitionCommand {
    /// List records
    List(list::ListArgs),
    /// Show one or more records
    Get(get::GetArgs),
    Create(create::CreateArgs),
    /// Change fields of a record; fields that are not given stay
    Set(set::SetArgs),
    Edit(edit::EditArgs),
    Delete(delete::DeleteArgs),
    Expire(expire::ExpireArgs),
    Split(split::SplitArgs),
    /// Keep partitions where they are: no plan moves them
    Pin(pin::PinArgs),
    /// Let plans move partitions again
    Unpin(pin::PinArgs),
    History(history::HistoryArgs),
    Boundaries(boundaries::BoundariesArgs),
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, command: PartitionCommand) -> Result<(), CliError> {
    match command {
        PartitionCommand::List(args) => list::run(session, args),
        PartitionCommand::Get(args) => get::run(session, args),
        PartitionCommand::Create(args) => create::run(session, args),
        PartitionCommand::Set(args) => set::run(session, args),
        PartitionCommand::Edit(args) => edit::run(session, args),
        PartitionCommand::Delete(args) => delete::run(session, args),
        PartitionCommand::Expire(args) => expire::run(session, args),
        PartitionCommand::Split(args) => split::run(session, args),
        PartitionCommand::Pin(args) => pin::run(session, args, true),
        PartitionCommand::Unpin(args) => pin::run(session, args, false),
        PartitionCommand::History(args) => history::run(session, args),
        PartitionCommand::Boundaries(args) => boundaries::run(session, args),
    }
}

pub(super) fn parse_partition_id(text: &str) -> Result<PartitionId, CliError> {
    PartitionId::parse(text).map_err(|e| CliError::usage(format!("partition id {text:?}: {e}")))
}

/// Partition ids, each once, in the order given.
pub(in crate::cli) fn parse_partition_ids(texts: &[String]) -> Result<Vec<PartitionId>, CliError> {
    let mut ids = Vec::with_capacity(texts.len());
    let mut seen = BTreeSet::new();
    for text in texts {
        let id = parse_partition_id(text)?;
        if seen.insert(id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// A listing that could not show everything is an error, after what it could show.
pub(super) fn corrupt_values(session: &mut Session<'_, '_>, corrupt: &[CorruptValue]) -> Result<(), CliError> {
    const SHOWN: usize = 10;
    for value in corrupt.iter().take(SHOWN) {
        session.talk().warn(&format!("the value of {} is corrupt: {}", value.key, value.reason));
    }
    match corrupt.first() {
        None => Ok(()),
        Some(first) => Err(CliError::Corrupt { count: corrupt.len(), first: first.key.clone() }),
    }
}

const COLUMNS: [Column; 15] = [
    Column::text("partition"),
    Column::text("from"),
    Column::text("leader"),
    Column::text("nodes"),
    Column::number("size_bytes"),
    Column::text("state"),
    Column::number("record_count"),
    Column::number("time_bucket").extra(),
    Column::number("hash_bucket").extra(),
    Column::number("split_bits").extra(),
    Column::text("pinned").extra(),
    Column::text("created_at").extra(),
    Column::text("updated_at").extra(),
    Column::number("epoch").extra(),
    Column::number("mod_revision").extra(),
];

/// A partition's state, coloured.
pub(super) fn partition_state_cell(state: Option<PartitionState>) -> Cell {
    match state {
        None => Cell::none(),
        Some(state) => Cell::text(state.name()).toned(match state {
            PartitionState::Active => Tone::Plain,
            PartitionState::Rebalancing | PartitionState::Migrating | PartitionState::ReadOnly => Tone::Warn,
        }),
    }
}

fn partition_json(listed: &ListedPartition) -> Value {
    let ListedPartition { record, extension, span, revision } = listed;
    json!({
        "schema": "otlp-part/partition/v1",
        "partition": record.id.to_string(),
        "time_bucket": {"id": record.id.bucket().id(), "start": span.start().to_string(), "end": span.end().to_string()},
        "hash_bucket": record.id.index(),
        "nodes": record.nodes,
        "leader": record.leader,
        "state": record.state.name(),
        "size_bytes": record.size_bytes,
        "record_count": record.record_count,
        "created_at": record.created_at.to_string(),
        "updated_at": record.updated_at.to_string(),
        "epoch": extension.epoch,
        "split_bits": extension.split_bits,
        "pinned": extension.pinned,
        "mod_revision": revision.0,
    })
}

/// The row of a record; its JSON object is made where it is shown.
fn partition_row(listed: &ListedPartition, with_json: bool) -> Row {
    let ListedPartition { record, extension, span, revision } = listed;
    let leader = match &record.leader {
        Some(leader) => Cell::text(leader.as_str()),
        None => Cell::none().toned(Tone::Bad),
    };
    let cells = vec![
        Cell::text(record.id.to_string()),
        Cell::time(span.start()),
        leader,
        Cell::list(record.nodes.iter().map(ToString::to_string)),
        Cell::bytes(record.size_bytes),
        partition_state_cell(Some(record.state)),
        Cell::number(record.record_count),
        Cell::signed(record.id.bucket().id()),
        record.id.index().map_or_else(Cell::none, Cell::number),
        Cell::number(extension.split_bits),
        Cell::flag(extension.pinned),
        Cell::time(record.created_at),
        Cell::time(record.updated_at),
        Cell::number(extension.epoch),
        Cell::number(revision.0),
    ];
    let name = record.id.to_string();
    if with_json { Row::with_json(name, cells, partition_json(listed)) } else { Row::new(name, cells) }
}
