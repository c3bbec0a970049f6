//! `plan delete`

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::operations::rebalance::recorded::{delete, list};

use super::source::recorded_id;

/// Delete a recorded plan with its inverse; one that is being executed stays.
#[derive(Debug, Args)]
pub(in crate::cli) struct DeleteArgs {
    /// The plan's id
    #[arg(value_name = "PLAN")]
    plan: String,
    /// It is no error if there is no such plan
    #[arg(long)]
    ignore_not_found: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: DeleteArgs) -> Result<(), CliError> {
    let DeleteArgs { plan, ignore_not_found, write } = args;
    let id = recorded_id(&plan)?;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let plans = session.wait(list(&store, &keys, None))?;
    drop(store);
    if ignore_not_found && plans.plans.iter().all(|plan| plan.id != id) {
        session.talk().note(&format!("there is no plan {id}"));
        return Ok(());
    }
    consent::apply(session, &keys, &write, delete(&plans, &id)?, "plan delete")?;
    Ok(())
}
