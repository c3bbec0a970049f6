//! What would go, what went, and what is left.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::cli::commands::execute_rebalance::ending::no_space;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::{ByteSize, TimeRange};
use crate::operations::executing::HaltReason;
use crate::operations::expiring::{Expired, ExpiryOutcome, Rule, Survey};
use crate::output::{Cell, Column, Format, Row};

/// Partitions that a table shows one by one; more are shown by time bucket.
const EACH_MAX: usize = 40;
/// Partitions named in messages; the rest is counted.
const NAMED_MAX: usize = 10;

const COLUMNS: [Column; 9] = [
    Column::text("partition"),
    Column::text("from"),
    Column::text("to").extra(),
    Column::number("partitions"),
    Column::number("copies"),
    Column::number("size_bytes").extra(),
    Column::number("deleted_bytes"),
    Column::number("record_count"),
    Column::text("state").extra(),
];

/// Partitions that are shown in one row.
#[derive(Default)]
struct Sum {
    partitions: u64,
    copies: u64,
    size_bytes: u64,
    deleted_bytes: u64,
    record_count: u64,
}

impl Sum {
    fn of<'e>(expired: impl IntoIterator<Item = &'e Expired>) -> Self {
        let mut sum = Self::default();
        expired.into_iter().for_each(|one| sum.add(one));
        sum
    }

    fn add(&mut self, one: &Expired) {
        self.partitions += 1;
        self.copies += u64::from(one.copies);
        self.size_bytes = self.size_bytes.saturating_add(one.size_bytes);
        self.deleted_bytes = self.deleted_bytes.saturating_add(one.bytes());
        self.record_count = self.record_count.saturating_add(one.record_count);
    }

    fn row(&self, name: String, span: TimeRange, state: Option<&'static str>) -> Row {
        let cells = vec![
            Cell::text(name.clone()),
            Cell::time(span.start()),
            Cell::time(span.end()),
            Cell::number(self.partitions),
            Cell::number(self.copies),
            Cell::bytes(self.size_bytes),
            Cell::bytes(self.deleted_bytes),
            Cell::number(self.record_count),
            Cell::maybe(state),
        ];
        let json = json!({
            "schema": "otlp-part/expired/v1",
            "partition": name,
            "from": span.start().to_string(),
            "to": span.end().to_string(),
            "partitions": self.partitions,
            "copies": self.copies,
            "size_bytes": self.size_bytes,
            "deleted_bytes": self.deleted_bytes,
            "record_count": self.record_count,
            "state": state,
        });
        Row::with_json(name, cells, json)
    }
}

/// Lists what would go: each partition, or in a table of many each time bucket.
pub(super) fn list(session: &mut Session<'_, '_>, found: &Survey) -> Result<(), CliError> {
    let by_bucket = session.style()?.format == Format::Table && found.expired.len() > EACH_MAX;
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    if by_bucket {
        let mut buckets: BTreeMap<(_, _), (TimeRange, Sum)> = BTreeMap::new();
        for one in &found.expired {
            let key = (one.span.end(), one.id.bucket().id());
            buckets.entry(key).or_insert_with(|| (one.span, Sum::default())).1.add(one);
        }
        for ((_, bucket), (span, sum)) in buckets {
            rows.push(sum.row(format!("partition_{bucket}_*"), span, None))?;
        }
    } else {
        for one in &found.expired {
            rows.push(Sum::of([one]).row(one.id.to_string(), one.span, Some(one.state.name())))?;
        }
    }
    rows.finish()?;
    Ok(())
}

/// What is shown before it is agreed to; `more` are expired too, and stay this time.
pub(super) fn lines(found: &Survey, more: usize) -> Vec<String> {
    let Survey { expired, waiting, in_flight, .. } = found;
    let mut lines = Vec::new();
    let spans = expired.iter().map(|one| one.span);
    if let (Some(from), Some(to)) = (spans.clone().map(|span| span.start()).min(), spans.map(|span| span.end()).max()) {
        let sum = Sum::of(expired);
        lines.push(format!(
            "expire {} partition(s) from {} to {}",
            sum.partitions,
            from.whole_second(),
            to.whole_second()
        ));
        lines.push(format!(
            "  {} in {} copies are deleted, with {} records; nothing brings them back",
            ByteSize(sum.deleted_bytes),
            sum.copies,
            sum.record_count
        ));
    }
    if lines.is_empty() {
        lines.push("nothing more is expired".to_owned());
    }
    if !in_flight.is_empty() {
        lines.push(format!(
            "  {} partition(s) that an earlier run has claimed are brought to their end",
            in_flight.len()
        ));
    }
    if more > 0 {
        lines.push(format!("  {more} more are expired, and stay: --max-partitions"));
    }
    lines.extend(waiting.iter().take(NAMED_MAX).map(|(id, why)| format!("  {id} is expired, and waits: {why}")));
    if waiting.len() > NAMED_MAX {
        lines.push(format!("  and {} more wait", waiting.len() - NAMED_MAX));
    }
    lines
}

/// Nothing is expired: since when what is there is kept.
pub(super) fn nothing(session: &mut Session<'_, '_>, found: &Survey, rule: &Rule) {
    let Survey { records, waiting, kept_from, .. } = found;
    for (id, why) in waiting.iter().take(NAMED_MAX) {
        session.talk().warn(&format!("{id} is expired, and waits: {why}"));
    }
    let until = rule.before.map(|before| format!(" of what ended until {}", before.whole_second())).unwrap_or_default();
    let oldest = kept_from.map(|end| format!("; the first that is kept ends at {}", end.whole_second()));
    let what = if waiting.is_empty() { "nothing is expired" } else { "nothing that is expired can go now" };
    let oldest = oldest.unwrap_or_default();
    session.talk().note(&format!("{what}{until}: {records} partition(s) are recorded{oldest}"));
}

const RESULT: [Column; 8] = [
    Column::number("expired"),
    Column::number("deleted_bytes"),
    Column::number("record_count"),
    Column::number("orphans"),
    Column::number("given_back"),
    Column::number("passed_over"),
    Column::number("failed"),
    Column::number("left"),
];

/// One row of totals, with what is left beside it in JSON.
pub(super) fn result(session: &mut Session<'_, '_>, outcome: &ExpiryOutcome) -> Result<(), CliError> {
    let ExpiryOutcome { expired, bytes, record_count, orphans, given_back, passed_over, failures, left, .. } = outcome;
    let why = |(id, why): &(crate::model::PartitionId, String)| json!({"partition": id.to_string(), "reason": why});
    let waits: Vec<Value> = orphans
        .iter()
        .map(|(node, waiting)| json!({"node": node, "copies": waiting.copies, "reason": waiting.why}))
        .collect();
    let json = json!({
        "schema": "otlp-part/expiry/v1",
        "expired": expired,
        "deleted_bytes": bytes,
        "record_count": record_count,
        "orphans": outcome.orphans(),
        "waiting_nodes": waits,
        "given_back": given_back,
        "passed_over": passed_over.iter().map(why).collect::<Vec<_>>(),
        "failures": failures.iter().map(why).collect::<Vec<_>>(),
        "failed": failures.len(),
        "left": left,
        "stopped": outcome.halted.as_ref().map(ToString::to_string),
    });
    let cells = vec![
        Cell::number(*expired),
        Cell::bytes(*bytes),
        Cell::number(*record_count),
        Cell::number(outcome.orphans()),
        Cell::number(*given_back),
        Cell::number(passed_over.len() as u64),
        Cell::number(failures.len() as u64),
        Cell::number(*left),
    ];
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&RESULT)?;
    rows.push(Row::with_json("expiry", cells, json))?;
    rows.finish()?;
    Ok(())
}

/// What is done, in words.
pub(super) fn done(outcome: &ExpiryOutcome) -> String {
    format!("{} partition(s) are gone, {} deleted", outcome.expired, ByteSize(outcome.bytes))
}

/// What is left, and the exit code.
pub(in crate::cli) fn judge(session: &mut Session<'_, '_>, outcome: &ExpiryOutcome) -> Result<(), CliError> {
    for (id, why) in outcome.passed_over.iter().take(NAMED_MAX) {
        session.talk().warn(&format!("{id} is passed over: {why}"));
    }
    for (id, why) in outcome.failures.iter().take(NAMED_MAX) {
        session.talk().warn(&format!("{id} is not through: {why}"));
    }
    for (node, waiting) in &outcome.orphans {
        session.talk().note(&format!(
            "{node}: {} of its copies wait until it is back, as {}; the next execution deletes them, or `migration abort --all`",
            waiting.copies, waiting.why
        ));
    }
    let done = done(outcome);
    let again = "the same command goes on";
    let left = format!("{done}; {} are left", outcome.left + outcome.failures.len() as u64);
    match &outcome.halted {
        Some(HaltReason::Signal(signal)) => {
            return Err(CliError::Interrupted { signal: *signal, message: left, hint: Some(again.to_owned()) });
        }
        Some(
            reason
            @ (HaltReason::TimeIsUp | HaltReason::LockLost(_) | HaltReason::StoreLost(_) | HaltReason::Closed(_)),
        ) => {
            let message = format!("stopped, {reason}: {left}");
            return Err(CliError::WorkLeft { message, hint: Some(again.to_owned()) });
        }
        None => {}
    }
    if outcome.out_of_space {
        return Err(no_space(session, &left, again)?);
    }
    if !outcome.is_whole() {
        return Err(CliError::WorkLeft { message: left, hint: Some(again.to_owned()) });
    }
    Ok(())
}
