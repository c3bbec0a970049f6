//! `cluster`

mod diff;
mod edit;

use clap::{Args, Subcommand};
use serde_json::Value;

use crate::cli::args::WriteArgs;
use crate::cli::commands::topology;
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::metadata::AnyReader;
use crate::operations::settings::set;
use crate::operations::spec_diff::spec_in_force;
use crate::operations::spec_edit::check_recorded;
use crate::operations::{ChangeSet, ClusterView};
use crate::output::{Cell, Column, Format, Row};
use crate::ports::Keys;

/// The cluster spec.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ClusterCommand {
    /// Show the spec
    Get(GetArgs),
    Set(SetArgs),
    Edit(edit::EditArgs),
    Diff(diff::DiffArgs),
}

/// `cluster get`
#[derive(Debug, Args)]
pub(in crate::cli) struct GetArgs {}

/// Change fields of the spec; fields that are not given stay.
///
/// Partitioning fields (strategy, granularity_hours, retention_days, hash_buckets, hash, boundaries) change from a future
/// bucket on; buckets that have begun keep theirs. Everything else changes at once.
#[derive(Debug, Args)]
pub(in crate::cli) struct SetArgs {
    /// Fields and their new values: replication_factor=5 rebalance.threshold=15% hash_buckets=512
    #[arg(required = true, value_name = "FIELD=VALUE")]
    fields: Vec<String>,
    /// From when on a new partitioning holds [default: the next bucket]
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Change it although partitions would be routed elsewhere
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, command: ClusterCommand) -> Result<(), CliError> {
    match command {
        ClusterCommand::Get(args) => get_spec(session, args),
        ClusterCommand::Set(args) => set_spec(session, args),
        ClusterCommand::Edit(args) => edit::run(session, args),
        ClusterCommand::Diff(args) => diff::run(session, args),
    }
}

fn get_spec(session: &mut Session<'_, '_>, args: GetArgs) -> Result<(), CliError> {
    let GetArgs {} = args;
    let OpenReader { store, keys, at } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, at, &[]))?;
    if !view.has_spec() {
        session.talk().warn("no cluster spec is recorded; these are the defaults");
    }
    // The recorded value, so that fields of other versions show, over the defaults, so that all that is in force does.
    let json = spec_in_force(&view)?;
    let mut printer = session.printer()?;
    if !matches!(printer.style().format, Format::Table | Format::Csv) {
        return Ok(printer.document(&json)?);
    }
    const COLUMNS: [Column; 2] = [Column::text("field"), Column::text("value")];
    let mut rows = printer.rows(&COLUMNS)?;
    let mut fields = Vec::new();
    flatten("", &json, &mut fields);
    for (name, value) in fields {
        rows.push(Row::new(name.clone(), vec![Cell::text(name), Cell::text(value)]))?;
    }
    rows.finish()?;
    Ok(())
}

/// `a.b.c` and its value for every leaf.
fn flatten(prefix: &str, value: &Value, out: &mut Vec<(String, String)>) {
    let join = |name: &str| if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| flatten(&join(name), value, out)),
        Value::Array(items) if items.iter().any(Value::is_object) => {
            items.iter().enumerate().for_each(|(i, value)| flatten(&join(&i.to_string()), value, out));
        }
        Value::String(text) => out.push((prefix.to_owned(), text.clone())),
        Value::Null => out.push((prefix.to_owned(), "-".to_owned())),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) => out.push((prefix.to_owned(), value.to_string())),
    }
}

fn set_spec(session: &mut Session<'_, '_>, args: SetArgs) -> Result<(), CliError> {
    let SetArgs { fields, from, force, write } = args;
    let split = |text: &String| {
        let (name, value) =
            text.split_once('=').ok_or_else(|| CliError::usage(format!("{text:?} is not of the form FIELD=VALUE")))?;
        Ok((name.to_owned(), value.to_owned()))
    };
    let fields = fields.iter().map(split).collect::<Result<Vec<_>, CliError>>()?;
    let from = from.map(|text| session.time("--from", &text)).transpose()?;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, None, &[]))?;
    let change = set(&view, &keys, &fields, from, session.now())?;
    let change = checked(session, &store, &keys, &view, change, force)?;
    drop(store);
    consent::apply(session, &keys, &write, change, "cluster set")?;
    Ok(())
}

/// Refuses a change by which keys would be looked for where their data is not, unless forced.
fn checked(
    session: &mut Session<'_, '_>,
    store: &AnyReader,
    keys: &Keys,
    view: &ClusterView,
    change: ChangeSet,
    force: bool,
) -> Result<ChangeSet, CliError> {
    let change = topology::check(session, (store, keys), view, change, force)?;
    Ok(session.wait(check_recorded(store, keys, view, change, force))?)
}
