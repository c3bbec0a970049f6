//! `partition get`

use clap::Args;

use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::operations::{OperationError, partitions};

use super::{COLUMNS, parse_partition_id, partition_row};

/// `partition get`
#[derive(Debug, Args)]
pub(in crate::cli) struct GetArgs {
    /// The partitions
    #[arg(required = true, value_name = "PARTITION")]
    partitions: Vec<String>,
    /// Say nothing about records that do not exist
    #[arg(long)]
    ignore_not_found: bool,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: GetArgs) -> Result<(), CliError> {
    let GetArgs { partitions, ignore_not_found } = args;
    let ids = partitions.iter().map(|text| parse_partition_id(text)).collect::<Result<Vec<_>, _>>()?;
    let OpenReader { store, keys, at } = session.open_reader()?;
    let mut found = Vec::new();
    for id in ids {
        match session.wait(partitions::get(&store, &keys, at, id)) {
            Ok((stored, _)) => found.push(stored.listed),
            Err(OperationError::NotFound { .. }) if ignore_not_found => {}
            Err(error) => return Err(error.into()),
        }
    }
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for listed in &found {
        rows.push(partition_row(listed, true))?;
    }
    rows.finish()?;
    Ok(())
}
