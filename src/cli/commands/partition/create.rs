//! `partition create`

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::commands::route::range::{RangeArgs, Span};
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::operations::ClusterView;
use crate::operations::partitions::create;
use crate::routing::fan_out::partition_count;

/// Record the partitions of a range of time that have no record yet.
///
/// Future hours skip nodes that are cordoned, draining or down; hours that have begun are recorded where the placement
/// function put them.
#[derive(Debug, Args)]
pub(in crate::cli) struct CreateArgs {
    #[command(flatten)]
    range: RangeArgs,
    #[command(flatten)]
    write: WriteArgs,
}

/// The most partitions that one call records.
const CREATE_MAX: u64 = 1_000_000;

pub(super) fn run(session: &mut Session<'_, '_>, args: CreateArgs) -> Result<(), CliError> {
    let CreateArgs { range, write } = args;
    let Span::Given(range) = range.span(session)? else {
        return Err(CliError::usage_hint("partition create needs a range of time", "such as --from now --for 24h"));
    };
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, None, &[]))?;
    let count = partition_count(&view.topology()?, range);
    if count > CREATE_MAX {
        let message = format!("the range has {count} partitions, one call records at most {CREATE_MAX}");
        return Err(CliError::usage_hint(message, "record it in several ranges"));
    }
    let mut progress = session.counting("partitions placed", Some(count));
    let change = session.wait(create(&store, &keys, &view, range, session.now(), &mut |done| progress.set(done)));
    progress.finish();
    let change = change?;
    drop(store);
    if change.is_empty() {
        session.talk().note(&change.summary);
    }
    if consent::apply(session, &keys, &write, change, "partition create")?.is_some() {
        let store = session.store_choice()?.argument();
        session.talk().note(&format!("next: otlp-part{store} status"));
    }
    Ok(())
}
