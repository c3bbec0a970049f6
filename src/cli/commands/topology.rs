//! What every change of nodes or spec asks before it is shown: whether it would route partitions elsewhere.

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::metadata::AnyReader;
use crate::operations::reroute::{self, Checked};
use crate::operations::{ChangeSet, ClusterView};
use crate::ports::Keys;

/// Refuses a change that would route partitions without a record elsewhere; if it is forced, says how many.
pub(super) fn check(
    session: &mut Session<'_, '_>,
    (store, keys): (&AnyReader, &Keys),
    view: &ClusterView,
    change: ChangeSet,
    force: bool,
) -> Result<ChangeSet, CliError> {
    let Checked { change, forced } = session.wait(reroute::check(store, keys, view, change, force, session.now()))?;
    if let Some(reroute) = forced {
        session.talk().warn(&format!("forced although {reroute}"));
    }
    Ok(change)
}
