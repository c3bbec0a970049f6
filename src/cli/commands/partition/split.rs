//! `partition split`

use clap::Args;
use serde_json::json;

use crate::cli::args::WriteArgs;
use crate::cli::commands::execute_rebalance::crash_at;
use crate::cli::commands::execute_rebalance::request::duration;
use crate::cli::consent;
use crate::cli::data::opener;
use crate::cli::driving::Driving;
use crate::cli::error::CliError;
use crate::cli::rewriting::{drive, judge, refused};
use crate::cli::session::{OpenReader, Session};
use crate::migration::rewrite_journal::{BITS_AT_ONCE_MAX, TargetContent};
use crate::model::{ByteSize, NodeId, PartitionId};
use crate::operations::rewriting::{Ended, RewriteSettings, SplitSurvey, Task, survey_split};
use crate::output::{Cell, Column, Row};

use super::parse_partition_id;

/// Divide a partition that grew too large among children, by the next bits of its keys' hash.
///
/// The records go into new copies on the nodes that hold it, are read back, and only then take their place, in one transaction;
/// the old copies go after a grace time. Writers hold back meanwhile. Until the children are in place, `migration abort` undoes
/// it. The same command goes on where it stopped, from any host.
#[derive(Debug, Args)]
pub(in crate::cli) struct SplitArgs {
    /// The partition
    #[arg(value_name = "PARTITION")]
    partition: String,
    /// By how many bits: 1 makes two children, 2 four
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=i64::from(BITS_AT_ONCE_MAX)))]
    bits: u8,
    /// How long writers may go on by what they saw before, until the partition is read
    #[arg(long, value_name = "TIME", default_value = "10s")]
    settle: String,
    /// How long readers may go on by the old copies before they are deleted
    #[arg(long, value_name = "TIME", default_value = "60s")]
    grace: String,
    #[command(flatten)]
    write: WriteArgs,
}

const COLUMNS: [Column; 6] = [
    Column::text("partition"),
    Column::text("parent").extra(),
    Column::text("nodes"),
    Column::number("size_bytes"),
    Column::number("record_count"),
    Column::number("segments"),
];

pub(super) fn run(session: &mut Session<'_, '_>, args: SplitArgs) -> Result<(), CliError> {
    let SplitArgs { partition, bits, settle, grace, write } = args;
    let id = parse_partition_id(&partition)?;
    let settings = RewriteSettings { settle: duration("--settle", &settle)?, grace: duration("--grace", &grace)? };
    let crash = crash_at(session)?;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let open = opener(session);
    let survey = session.runtime().block_on(survey_split(&store, &keys, &open, (id, bits))).map_err(refused)?;
    drop(store);
    if write.dry_run {
        show(session, &survey, &[])?;
    }
    let Some(consent) = consent::ask(session, &write, &lines(&survey))? else { return Ok(()) };
    let audit = consent::audit_context(session, &write, "partition split");
    let driving = Driving { keys: &keys, settings, crash: &crash, audit: &audit, consent };
    let task = if survey.in_flight.is_some() { Task::GoOn } else { Task::Split(bits) };
    let ended = drive(session, driving, &[(id, task)].into())?;
    let targets: &[TargetContent] = match ended.get(&id) {
        Some(Ended::Done { targets, .. }) => targets,
        Some(_) | None => &[],
    };
    if !targets.is_empty() {
        show(session, &survey, targets)?;
    }
    judge(session, &ended)?;
    if !targets.is_empty() {
        session.talk().note(&format!("done: {id} is split into {} partitions", targets.len()));
    }
    Ok(())
}

/// What is shown before it is agreed to.
fn lines(survey: &SplitSurvey) -> Vec<String> {
    let SplitSurvey { id, in_flight, children, nodes, segments, bytes, record_count } = survey;
    if let Some(journal) = in_flight {
        return vec![
            format!(
                "go on with the split of {id} into {} partitions, which is {}",
                children.len(),
                journal.phase.name()
            ),
            format!("  begun at {} by {}", journal.started_at, journal.by),
        ];
    }
    let nodes: Vec<&str> = nodes.iter().map(NodeId::as_str).collect();
    vec![
        format!("split {id} into {} partitions", children.len()),
        format!(
            "  {segments} segments of {}, {record_count} records, written anew on {}",
            ByteSize(*bytes),
            nodes.join(", ")
        ),
        "  writers hold back until the children are in place; the old copies are deleted behind them".to_owned(),
    ]
}

/// The children, with what they hold where that is known.
fn show(session: &mut Session<'_, '_>, survey: &SplitSurvey, targets: &[TargetContent]) -> Result<(), CliError> {
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    let children: Vec<PartitionId> = match targets {
        [] => survey.children.clone(),
        targets => targets.iter().map(|target| target.partition).collect(),
    };
    for child in children {
        let target = targets.iter().find(|target| target.partition == child);
        let (size, segments) = (target.map(|t| t.size_bytes), target.map(|t| t.segments));
        let records = target.and_then(|t| t.record_count);
        let name = child.to_string();
        let json = json!({
            "schema": "otlp-part/split/v1",
            "partition": name,
            "parent": survey.id,
            "nodes": survey.nodes,
            "size_bytes": size,
            "record_count": records,
            "segments": segments,
        });
        let number = |n: Option<u64>| n.map_or_else(Cell::none, Cell::number);
        let cells = vec![
            Cell::text(name.clone()),
            Cell::text(survey.id.to_string()),
            Cell::list(survey.nodes.iter().map(ToString::to_string)),
            size.map_or_else(Cell::none, Cell::bytes),
            number(records),
            number(segments),
        ];
        rows.push(Row::with_json(name, cells, json))?;
    }
    rows.finish()?;
    Ok(())
}
