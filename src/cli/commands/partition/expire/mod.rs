//! `partition expire`

pub(in crate::cli) mod driving;
mod show;

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::commands::execute_rebalance::crash_at;
use crate::cli::commands::execute_rebalance::request::duration;
use crate::cli::consent;
use crate::cli::driving::Driving;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::cluster_spec::RETENTION_DAYS_MAX;
use crate::operations::ClusterView;
use crate::operations::executing::preflight;
use crate::operations::expiring::{ExpiryOutcome, ExpirySettings, Rule, survey};

use super::corrupt_values;
use driving::{Work, drive};
pub(in crate::cli) use show::judge;

/// Delete the partitions that are past their retention: their data on every node first, their records last.
///
/// Expired is what ended a whole retention ago, each partition by the retention that the cluster spec has for its time. Pinned
/// partitions go, too. Until its first copy is deleted, `migration abort` gives a partition back. The same command goes on where
/// it stopped, from any host. With --dry-run the list of what would go is the output.
#[derive(Debug, Args)]
pub(in crate::cli) struct ExpireArgs {
    /// Keep partitions so many days, whatever the cluster spec says
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(RETENTION_DAYS_MAX)))]
    retention_days: Option<u32>,
    /// Only those that ended until then; what the retention keeps is kept all the same
    #[arg(long, value_name = "TIME")]
    before: Option<String>,
    /// At most so many partitions, the oldest
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    max_partitions: Option<u32>,
    /// How long writers may go on by what they saw before, until the first copy is deleted
    #[arg(long, value_name = "TIME", default_value = "10s")]
    settle: String,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: ExpireArgs) -> Result<(), CliError> {
    let ExpireArgs { retention_days, before, max_partitions, settle, write } = args;
    let settings = ExpirySettings { settle: duration("--settle", &settle)? };
    let before = before.map(|text| session.time("--before", &text)).transpose()?;
    let rule = Rule { now: session.now(), retention_days, before };
    let crash = crash_at(session)?;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (view, found) = session.wait(survey(&store, &keys, &rule))?;
    drop(store);
    preflight::check_cluster(&view)?;
    let all = found.expired.len();
    let found = found.limited(max_partitions.map(|n| usize::try_from(n).unwrap_or(usize::MAX)));
    warn(session, &view, &rule);
    if found.expired.is_empty() && found.in_flight.is_empty() {
        show::nothing(session, &found, &rule);
        if write.dry_run {
            show::list(session, &found)?;
        } else {
            show::result(session, &ExpiryOutcome::default())?;
        }
        return corrupt_values(session, &found.corrupt);
    }
    if write.dry_run {
        show::list(session, &found)?;
    }
    let lines = show::lines(&found, all - found.expired.len());
    let Some(consent) = consent::ask(session, &write, &lines)? else {
        return corrupt_values(session, &found.corrupt);
    };
    let audit = consent::audit_context(session, &write, "partition expire");
    let driving = Driving { keys: &keys, settings, crash: &crash, audit: &audit, consent };
    let mut outcome = drive(session, driving, Work::Expire(&found))?;
    outcome.passed_over.extend(found.waiting);
    show::result(session, &outcome)?;
    judge(session, &outcome)?;
    session.talk().note(&format!("done: {}", show::done(&outcome)));
    corrupt_values(session, &found.corrupt)
}

/// A shorter retention than the cluster's deletes what readers may still be promised.
fn warn(session: &mut Session<'_, '_>, view: &ClusterView, rule: &Rule) {
    let longest = view.spec.partitioning.iter().map(|version| version.retention_days).max().unwrap_or_default();
    if let Some(days) = rule.retention_days.filter(|days| *days < longest) {
        session.talk().warn(&format!("the cluster spec keeps partitions {longest} days; this keeps {days}"));
    }
}
