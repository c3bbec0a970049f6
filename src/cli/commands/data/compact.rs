//! `data compact`

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::PoisonError;

use clap::Args;
use serde_json::json;

use crate::cli::args::WriteArgs;
use crate::cli::commands::execute_rebalance::crash_at;
use crate::cli::commands::execute_rebalance::request::duration;
use crate::cli::commands::partition::{corrupt_values, parse_partition_ids};
use crate::cli::commands::route::range::{RangeArgs, Span};
use crate::cli::consent;
use crate::cli::data::opener;
use crate::cli::driving::Driving;
use crate::cli::error::CliError;
use crate::cli::rewriting::{Rested, drive, judge};
use crate::cli::session::{OpenReader, Session};
use crate::migration::rewrite_journal::TargetContent;
use crate::model::{ByteSize, PartitionId};
use crate::operations::listing::PartitionFilter;
use crate::operations::rewriting::{
    CompactScope, CompactSurvey, Compactable, Ended, RewriteSettings, SEGMENT_BYTES_MAX, SEGMENTS_MIN_DEFAULT,
    TARGET_BYTES_DEFAULT, Task, survey_compact,
};
use crate::operations::scrub::Scope;
use crate::output::{Cell, Column, Row};

/// Merge the small segments of partitions into larger ones.
///
/// Of each partition with enough of them, all segments are written anew into new copies, the small ones of one signal and
/// encoding merged; they are read back, and take the old copies' place in one transaction. Writers hold back meanwhile. Open
/// time buckets are left alone. What was begun before goes on, too.
#[derive(Debug, Args)]
pub(in crate::cli) struct CompactDataArgs {
    /// This partition alone (repeatable)
    #[arg(long, value_name = "PARTITION")]
    partition: Vec<String>,
    /// Leave partitions alone that have fewer segments to merge
    #[arg(long, value_name = "N", default_value_t = SEGMENTS_MIN_DEFAULT, value_parser = clap::value_parser!(u32).range(2..))]
    min_segments: u32,
    /// The size of merged segments; those with half of it are not merged any further
    #[arg(long, value_name = "SIZE", default_value_t = mebibytes(TARGET_BYTES_DEFAULT))]
    target_size: String,
    /// Open time buckets, too
    #[arg(long)]
    include_open: bool,
    /// How long writers may go on by what they saw before, until a partition is read
    #[arg(long, value_name = "TIME", default_value = "10s")]
    settle: String,
    /// How long readers may go on by the old copies before they are deleted
    #[arg(long, value_name = "TIME", default_value = "60s")]
    grace: String,
    #[command(flatten)]
    range: RangeArgs,
    #[command(flatten)]
    write: WriteArgs,
}

/// The smallest size that segments are merged to.
const TARGET_BYTES_MIN: u64 = 4 << 10;
/// Partitions named in messages; the rest is counted.
const NAMED_MAX: usize = 10;

const COLUMNS: [Column; 6] = [
    Column::text("partition"),
    Column::number("segments"),
    Column::number("merged"),
    Column::number("segments_after"),
    Column::number("size_bytes"),
    Column::text("result"),
];

pub(super) fn run(session: &mut Session<'_, '_>, args: CompactDataArgs) -> Result<(), CliError> {
    let CompactDataArgs { partition, min_segments, target_size, include_open, settle, grace, range, write } = args;
    let settings = RewriteSettings { settle: duration("--settle", &settle)?, grace: duration("--grace", &grace)? };
    let target_bytes = target(&target_size)?;
    let time = match range.span(session)? {
        Span::Given(range) => Some(range),
        Span::NotGiven => None,
    };
    let scope = Scope {
        partitions: parse_partition_ids(&partition)?,
        filter: PartitionFilter { range: time, ..PartitionFilter::default() },
        ..Scope::default()
    };
    let now = session.now();
    let wanted = CompactScope { scope, include_open, segments_min: u64::from(min_segments), target_bytes, now };
    let crash = crash_at(session)?;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let survey = {
        let open = opener(session);
        let progress = Mutex::new(session.counting("partitions looked at", None));
        let tell = |done: u64, _: u64| progress.lock().unwrap_or_else(PoisonError::into_inner).set(done);
        let survey = session.wait(survey_compact(&store, &keys, &open, &wanted, &tell));
        if let Ok(progress) = progress.into_inner() {
            progress.finish();
        }
        survey?
    };
    drop(store);
    let is_nothing = survey.partitions.is_empty() && survey.in_flight.is_empty();
    if write.dry_run || is_nothing {
        show(session, &survey, &Rested::new())?;
    }
    passed_over(session, &survey);
    if is_nothing {
        session.talk().note("nothing is worth a compaction");
        return corrupt_values(session, &survey.corrupt);
    }
    let Some(consent) = consent::ask(session, &write, &lines(&survey, target_bytes))? else {
        return corrupt_values(session, &survey.corrupt);
    };
    let audit = consent::audit_context(session, &write, "data compact");
    let driving = Driving { keys: &keys, settings, crash: &crash, audit: &audit, consent };
    let mut tasks: BTreeMap<PartitionId, Task> = survey.in_flight.keys().map(|id| (*id, Task::GoOn)).collect();
    tasks.extend(survey.partitions.iter().map(|one| (one.id, Task::Compact(target_bytes))));
    let ended = drive(session, driving, &tasks)?;
    show(session, &survey, &ended)?;
    judge(session, &ended)?;
    let done = ended.values().filter(|ended| matches!(ended, Ended::Done { .. })).count();
    session.talk().note(&format!("done: {done} partition(s) are compacted"));
    corrupt_values(session, &survey.corrupt)
}

/// "64MiB"
fn mebibytes(bytes: u64) -> String {
    format!("{}MiB", bytes >> 20)
}

fn target(text: &str) -> Result<u64, CliError> {
    let wrong = |e: String| CliError::usage(format!("--target-size {text:?}: {e}"));
    let bytes = ByteSize::parse(text).map_err(|e| wrong(e.to_string()))?.0;
    if (TARGET_BYTES_MIN..=SEGMENT_BYTES_MAX / 2).contains(&bytes) {
        return Ok(bytes);
    }
    Err(wrong(format!("it must be {}KiB to {}MiB", TARGET_BYTES_MIN >> 10, SEGMENT_BYTES_MAX >> 21)))
}

/// What is left alone, and why.
fn passed_over(session: &mut Session<'_, '_>, survey: &CompactSurvey) {
    let CompactSurvey { few, open, split, skipped, .. } = survey;
    let reasons = [
        (few, "with too few segments to merge: --min-segments"),
        (open, "whose time bucket is open: --include-open"),
        (split, "that were split, whose children hold their data"),
    ];
    for (count, why) in reasons.into_iter().filter(|(count, _)| **count > 0) {
        session.talk().note(&format!("left alone: {count} partition(s) {why}"));
    }
    for (id, why) in skipped.iter().take(NAMED_MAX) {
        session.talk().warn(&format!("{id} is left alone: {why}"));
    }
    if skipped.len() > NAMED_MAX {
        session.talk().warn(&format!("and {} more are left alone", skipped.len() - NAMED_MAX));
    }
}

/// What is shown before it is agreed to.
fn lines(survey: &CompactSurvey, target_bytes: u64) -> Vec<String> {
    let CompactSurvey { partitions, in_flight, .. } = survey;
    let mut lines = Vec::new();
    if !partitions.is_empty() {
        let sum = |of: fn(&Compactable) -> u64| partitions.iter().map(of).sum::<u64>();
        lines.push(format!(
            "compact {} partition(s): {} segments become {} of about {}",
            partitions.len(),
            sum(|one| one.merged),
            sum(|one| one.into),
            ByteSize(target_bytes)
        ));
        let copies: u64 = partitions.iter().map(|one| one.bytes.saturating_mul(one.nodes.len() as u64)).sum();
        lines.push(format!("  {} are written anew in all copies; writers hold back meanwhile", ByteSize(copies)));
    }
    if !in_flight.is_empty() {
        lines.push(format!("go on with {} compaction(s) that were begun before", in_flight.len()));
    }
    lines
}

/// Each partition, with what it has then where that is known.
fn show(session: &mut Session<'_, '_>, survey: &CompactSurvey, ended: &Rested) -> Result<(), CliError> {
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    let known: BTreeMap<PartitionId, &Compactable> = survey.partitions.iter().map(|one| (one.id, one)).collect();
    let ids = survey.in_flight.keys().copied().chain(known.keys().copied());
    for id in ids {
        let one = known.get(&id);
        let (result, target) = match ended.get(&id) {
            None => ("planned", None),
            Some(Ended::Done { targets, .. }) => ("done", targets.first()),
            Some(Ended::Undone { .. }) => ("undone", None),
            Some(Ended::Stuck(_)) => ("stuck", None),
            Some(Ended::Unfit(_)) => ("not_begun", None),
            Some(Ended::Left) => ("left", None),
            Some(Ended::NoSpace | Ended::Failed(_)) => ("failed", None),
        };
        rows.push(row(id, one.copied(), target, result))?;
    }
    rows.finish()?;
    Ok(())
}

fn row(id: PartitionId, one: Option<&Compactable>, target: Option<&TargetContent>, result: &'static str) -> Row {
    let after = target.map(|target| target.segments).or(one.map(|one| one.segments - one.merged + one.into));
    let size = target.map(|target| target.size_bytes).or(one.map(|one| one.bytes));
    let number = |n: Option<u64>| n.map_or_else(Cell::none, Cell::number);
    let (segments, merged) = (one.map(|one| one.segments), one.map(|one| one.merged));
    let name = id.to_string();
    let json = json!({
        "schema": "otlp-part/compaction/v1",
        "partition": name,
        "nodes": one.map(|one| &one.nodes),
        "segments": segments,
        "merged": merged,
        "segments_after": after,
        "size_bytes": size,
        "record_count": target.and_then(|target| target.record_count),
        "result": result,
    });
    let cells = vec![
        Cell::text(name.clone()),
        number(segments),
        number(merged),
        number(after),
        size.map_or_else(Cell::none, Cell::bytes),
        Cell::text(result),
    ];
    Row::with_json(name, cells, json)
}
