//! `partition history`

use clap::Args;

use crate::cli::commands::history;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::operations::history::Facet;

use super::parse_partition_id;

/// Every change of a record and its extension, the newest first, with who made it and why.
///
/// A change without an audit entry was made from outside. It also works after the record was deleted.
#[derive(Debug, Args)]
pub(in crate::cli) struct HistoryArgs {
    /// The partition
    #[arg(value_name = "PARTITION")]
    partition: String,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: HistoryArgs) -> Result<(), CliError> {
    let HistoryArgs { partition } = args;
    let id = parse_partition_id(&partition)?;
    history::show(session, ("partition", &partition), |keys| {
        vec![Facet { key: keys.partition(id), prefix: "" }, Facet { key: keys.extension(id), prefix: "ext." }]
    })
}
