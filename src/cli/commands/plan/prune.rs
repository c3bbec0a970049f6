//! `plan prune`

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::commands::partition::corrupt_values;
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::ByteSize;
use crate::operations::rebalance::recorded::{Kept, list, prune};

/// Delete recorded plans that need not be kept, and what is left of recordings that were not finished.
///
/// Plans that are being executed stay in any case, and so do those that cannot be read.
#[derive(Debug, Args)]
pub(in crate::cli) struct PruneArgs {
    /// Keep so many of the newest plans
    #[arg(long, value_name = "N", default_value = "20")]
    keep: usize,
    /// Keep at most so many bytes of keys and values
    #[arg(long, value_name = "SIZE", default_value = "64MiB")]
    max_bytes: String,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: PruneArgs) -> Result<(), CliError> {
    let PruneArgs { keep, max_bytes, write } = args;
    let bytes_max =
        ByteSize::parse(&max_bytes).map_err(|e| CliError::usage(format!("--max-bytes {max_bytes:?}: {e}")))?.0;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let plans = session.wait(list(&store, &keys, None))?;
    drop(store);
    let change = prune(&plans, Kept { plans: keep, bytes_max });
    if change.is_empty() {
        session.talk().note("nothing to delete");
    } else {
        consent::apply(session, &keys, &write, change, "plan prune")?;
    }
    corrupt_values(session, &plans.corrupt(&keys))
}
