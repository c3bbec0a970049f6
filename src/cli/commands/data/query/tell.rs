//! What the operator must know of an answer, and how the command ends.

use crate::cli::commands::route::source::Source;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::ByteSize;
use crate::operations::OperationError;
use crate::operations::querying::{Damage, Loss, LossKind, Query, Report, Wanted, When};
use crate::output::Talk;

/// Findings of one kind that are shown.
const SHOWN: usize = 10;

/// Says how the reading went.
pub(super) fn report(session: &mut Session<'_, '_>, query: &Query, report: &Report, elapsed: i64) {
    let mut talk = session.talk();
    for (node, reason) in report.silent.iter().take(SHOWN) {
        talk.warn(&format!("node {node} is left out: {reason}"));
    }
    if report.silent.len() > SHOWN {
        talk.warn(&format!("{} more nodes are left out", report.silent.len() - SHOWN));
    }
    damages(&mut talk, report);
    for loss in report.losses.first.iter().take(SHOWN) {
        talk.warn(&format!("missing from the answer: {}: {}", place(loss), loss.reason));
    }
    more(&mut talk, report.losses.count, "things are missing from the answer");
    if report.tally.bad > 0 {
        talk.warn(&format!("{} stored messages cannot be read as OTLP", report.tally.bad));
    }
    let counts = report.tally.counts;
    if counts.without_id + counts.without_time > 0 {
        let count = counts.without_id + counts.without_time;
        talk.note(&format!("{count} stored records carry no valid trace id or no time, and match nothing"));
    }
    if report.out_of_order {
        talk.warn("the order of time is approximate: more records had to wait for their turn than there is memory for");
    }
    if report.unseen > 0 {
        talk.warn(&format!(
            "{} spans are more than can be remembered: one that is stored twice may be shown twice",
            report.unseen
        ));
    }
    if report.duplicates > 0 {
        talk.note(&format!("{} spans are stored more than once and count once", report.duplicates));
    }
    if report.limited {
        talk.note(&format!("--limit {} ended it: there may be more", query.limit.unwrap_or_default()));
    }
    let is_asked = query.explain || report.records_total() == 0;
    if report.unrecorded > 0 && is_asked && matches!(query.wanted, Wanted::Range(_)) {
        talk.note(&format!("{} partitions have no record: nothing was written to them", report.unrecorded));
    }
    talk.note(&summary(report, elapsed));
}

/// One line: what was found, and for how much reading.
fn summary(report: &Report, elapsed: i64) -> String {
    let [spans, metrics, logs] = report.records;
    let found = [(spans, "spans"), (metrics, "metrics"), (logs, "log records")];
    let words: Vec<String> = found.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    let found = if words.is_empty() { "no record matches".to_owned() } else { words.join(", ") };
    let total = &report.total;
    let frames = total.frames_read + total.frames_skipped;
    format!(
        "{found}; read {} of {} segments and {} of {frames} frames in {} partitions, {}, in {elapsed} ms",
        total.segments_read,
        total.segments,
        total.frames_read,
        report.partitions_read,
        ByteSize(total.bytes_read)
    )
}

fn damages(talk: &mut Talk<'_>, report: &Report) {
    for Damage { partition, node, segment, reason } in report.damages.first.iter().take(SHOWN) {
        talk.warn(&format!("partition {partition} on node {node}: segment {segment}: {reason}"));
    }
    more(talk, report.damages.count, "segments are damaged");
    if let Some(Damage { partition, .. }) = report.damages.first.first() {
        talk.note(&format!("`otlp-part data scrub --partition {partition} --repair` makes damaged copies good again"));
    }
    if let Some(Damage { partition, node, segment, .. }) = report.behind.first.first() {
        let count = report.behind.count;
        talk.note(&format!(
            "{count} segments are not on every copy, and were read from another; the first: {segment} of {partition} on {node}"
        ));
    }
}

fn more(talk: &mut Talk<'_>, count: u64, what: &str) {
    if count > SHOWN as u64 {
        talk.warn(&format!("{} more {what}", count - SHOWN as u64));
    }
}

fn place(loss: &Loss) -> String {
    match &loss.segment {
        Some(segment) => format!("segment {segment} of partition {}", loss.partition),
        None => format!("partition {}", loss.partition),
    }
}

/// The end of the command.
///
/// # Errors
/// Something is missing from the answer, or the trace was not found.
pub(super) fn ending(
    session: &mut Session<'_, '_>,
    source: &Source,
    query: &Query,
    report: &Report,
    ignore_not_found: bool,
) -> Result<(), CliError> {
    if let Some(worst) = report.losses.first.iter().max_by_key(|loss| loss.kind) {
        return Err(incomplete(report, worst));
    }
    source.report_unroutable(session, &report.unroutable)?;
    let Wanted::Trace { id, when } = &query.wanted else { return Ok(()) };
    if report.records_total() > 0 || ignore_not_found || query.limit == Some(0) {
        return Ok(());
    }
    match when {
        When::At(_) | When::Within(_) => {
            session
                .talk()
                .note("--slack N looks further around that time; without a time all of the retention is looked at");
        }
        When::Any => {}
    }
    Err(OperationError::NotFound { what: format!("trace {id}") }.into())
}

fn incomplete(report: &Report, worst: &Loss) -> CliError {
    let count = report.losses.count;
    let message = format!("the answer is not whole: {count} thing(s) are missing; {}: {}", place(worst), worst.reason);
    match worst.kind {
        LossKind::NoGoodCopy => {
            let hint =
                format!("`otlp-part data scrub --partition {}` shows what is left of it on each node", worst.partition);
            CliError::NotVerified { message, hint: Some(hint) }
        }
        LossKind::NoAnswer => {
            let hint = "run the command again when the nodes answer; `otlp-part node list` shows their states";
            CliError::WorkLeft { message, hint: Some(hint.to_owned()) }
        }
        LossKind::NotReadable => {
            let hint =
                "segments that others wrote are read if they are OTLP: JSON lines or protobuf, plain, gzip or zstd";
            CliError::input_hint(message, hint)
        }
    }
}
