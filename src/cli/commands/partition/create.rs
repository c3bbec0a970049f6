//! `partition create`

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::commands::route::range::{RangeArgs, Span};
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::operations::ClusterView;
use crate::operations::partition_placement::{HourLimits, PlacementReport};
use crate::operations::partitions::{Created, create};
use crate::output::Talk;
use crate::routing::fan_out::partition_count;

/// Record the partitions of a range of time that have no record yet.
///
/// Future hours skip nodes that are cordoned, draining or down; hours that have begun are recorded where the placement
/// function put them. Under zone-balanced placement all partitions of a future hour are placed together, so that zones and
/// nodes get their shares by weight exactly; how evenly an hour can be led is said on stderr.
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
    let created = session.wait(create(&store, &keys, &view, range, session.now(), &mut |done| progress.set(done)));
    progress.finish();
    let Created { change, placement } = created?;
    drop(store);
    tell(&mut session.talk(), &placement);
    if change.is_empty() {
        session.talk().note(&change.summary);
    }
    if consent::apply(session, &keys, &write, change, "partition create")?.is_some() {
        let store = session.store_choice()?.argument();
        session.talk().note(&format!("next: otlp-part{store} status"));
    }
    Ok(())
}

/// What zone-balanced placement could not do, and how evenly an hour can be led at all.
fn tell(talk: &mut Talk<'_>, report: &PlacementReport) {
    let PlacementReport { begun, limits, zone_rule_broken, beyond_capacity, uncounted } = *report;
    if begun > 0 {
        talk.note(&format!(
            "{begun} partitions of time buckets that have begun go to the nodes that routing has named until now"
        ));
    }
    if let Some(limits) = limits {
        talk.note(&leaders_limit(limits));
        if let Some(wanted) = limits.hash_buckets_wanted() {
            talk.note(&format!(
                "  {wanted} hash buckets, 10 a node, would bring that to 1.1 or less: cluster set hash_buckets={wanted}"
            ));
        }
    }
    if let Some((buckets, most)) = zone_rule_broken {
        talk.warn(&format!(
            "in {buckets} time bucket(s) up to {most} replicas of a partition stand in one zone: the other zones have too few \
             nodes that take new partitions"
        ));
    }
    if beyond_capacity > 0 {
        talk.warn(&format!(
            "in {beyond_capacity} time bucket(s) nodes get more than they have room for by capacity_bytes: all together have \
             too little"
        ));
    }
    if uncounted > 0 {
        talk.warn(&format!("{uncounted} value(s) cannot be read and are not counted in the nodes' loads; see doctor"));
    }
}

fn leaders_limit(limits: HourLimits) -> String {
    let HourLimits { partitions, nodes, .. } = limits;
    let (most, ratio) = (limits.leaders_max(), limits.ratio());
    format!(
        "a time bucket of {partitions} partitions over {nodes} nodes: at best the busiest node leads {most}, {ratio:.3} of \
         its share"
    )
}
