//! `cluster diff`

use clap::Args;
use serde_json::json;

use crate::cli::commands::scenario::Scenario;
use crate::cli::error::CliError;
use crate::cli::input;
use crate::cli::session::{OpenReader, Session};
use crate::operations::ClusterView;
use crate::operations::spec_diff::{DesiredCluster, Difference, differences};
use crate::output::{Cell, Column, Row};

/// Show what differs between the cluster and a file; exit code 3 if something does.
///
/// The file is one of `init --file` or `simulate --file`, or what `cluster get -o json` prints. Only fields that it names are
/// compared; a list of nodes is the whole cluster. With --at, the cluster as it was then is compared.
#[derive(Debug, Args)]
pub(in crate::cli) struct DiffArgs {
    /// JSON: {"nodes": [{"id": …, …}], "cluster": {fields of the spec}}; `-` = stdin
    #[arg(value_name = "FILE")]
    file: String,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: DiffArgs) -> Result<(), CliError> {
    let DiffArgs { file } = args;
    let desired = read_desired(session, &file)?;
    let OpenReader { store, keys, at } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, at, &[]))?;
    if let Some(corrupt) = view.corrupt.first().filter(|_| desired.nodes.is_some()) {
        return Err(crate::operations::OperationError::from(corrupt.clone()).into());
    }
    let found = differences(&view, &desired)?;
    const COLUMNS: [Column; 3] = [Column::text("field"), Column::text("now"), Column::text("desired")];
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for Difference { field, now, desired } in &found {
        let json = json!({"schema": "otlp-part/cluster-diff/v1", "field": field, "now": now, "desired": desired});
        rows.push(Row::with_json(field.clone(), vec![Cell::text(field), Cell::json(now), Cell::json(desired)], json))?;
    }
    rows.finish()?;
    if found.is_empty() {
        return Ok(());
    }
    let message = format!("{} field(s) of the cluster are not as {} wants them", found.len(), input::shown_name(&file));
    Err(CliError::DoesNotHold { message, hint: None })
}

fn read_desired(session: &mut Session<'_, '_>, file: &str) -> Result<DesiredCluster, CliError> {
    let text = input::read_text(session.environment(), file)?;
    Scenario::parse(&text, file)?.wanted(file)
}
