//! A plan for people and programs.

use std::collections::BTreeMap;

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::json::pretty;
use crate::model::{ByteSize, NodeId};
use crate::output::{
    Cell, Column, Format, LoadUnit, NodeLoadChange, Printer, Row, Tone, escape_json, escape_text, load_bars,
};
use crate::planner::document::read::ReadPlan;
use crate::planner::document::{BalanceDocument, MoveDocument, NodeDocument, PlanDocument};
use crate::planner::plan::UnplannedReason;
use crate::planner::{MoveKind, MoveReason};

/// Moves in a table unless `--limit` says otherwise.
const MOVES_SHOWN: usize = 10;
/// Nodes in a table of a plan.
const NODES_SHOWN: usize = 24;

const NODE_COLUMNS: [Column; 12] = [
    Column::text("node"),
    Column::text("zone").extra(),
    Column::number("weight").extra(),
    Column::number("before_bytes").extra(),
    Column::number("target_bytes").extra(),
    Column::number("after_bytes").extra(),
    Column::number("deviation_before"),
    Column::number("deviation_after"),
    Column::number("leaders_before"),
    Column::number("leaders_after"),
    Column::number("low_bytes").extra(),
    Column::number("high_bytes").extra(),
];

const MOVE_COLUMNS: [Column; 9] = [
    Column::number("seq"),
    Column::text("partition"),
    Column::text("kind"),
    Column::text("reason"),
    Column::text("from"),
    Column::text("to"),
    Column::text("copy_from"),
    Column::number("bytes"),
    Column::number("mod_revision").extra(),
];

/// Prints a plan. `balanced_within`: the width of the band that it was made for, if it was made just now.
pub(in crate::cli::commands) fn plan(
    session: &mut Session<'_, '_>,
    plan: &ReadPlan,
    balanced_within: Option<&str>,
) -> Result<(), CliError> {
    let mut printer = session.printer()?;
    let document = &plan.document;
    match printer.style().format.clone() {
        Format::Json if printer.style().terminal => {
            let text = pretty(&plan.text).map_err(|e| CliError::input(e.to_string()))?;
            printer.line(&escape_json(&text))?;
        }
        Format::Json | Format::Ndjson => printer.line(&escape_json(&plan.text))?,
        Format::Value(_) => {
            let json = serde_json::from_str(&plan.text).map_err(|e| CliError::input(e.to_string()))?;
            printer.document(&json)?;
        }
        Format::Name => printer.line(&document.plan_id)?,
        Format::Csv => moves(&mut printer, document, usize::MAX)?,
        Format::Table => table(&mut printer, document, balanced_within)?,
    }
    Ok(printer.flush()?)
}

fn table(printer: &mut Printer<'_>, document: &PlanDocument, balanced_within: Option<&str>) -> Result<(), CliError> {
    let all = printer.style().columns.is_empty();
    if all {
        for line in summary(document, balanced_within) {
            printer.line(&escape_text(&line))?;
        }
        printer.line("")?;
        let changes: Vec<NodeLoadChange> = document.nodes.iter().map(change).collect();
        for line in load_bars(&changes, LoadUnit::Bytes, printer.style()) {
            printer.line(&line)?;
        }
        printer.line("")?;
    }
    nodes(printer, document)?;
    let limit = printer.style().limit.map_or(MOVES_SHOWN, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    if !document.moves.is_empty() {
        if all {
            printer.line("")?;
        }
        moves(printer, document, limit)?;
    }
    if all {
        let more = document.moves.len().saturating_sub(limit);
        if more > 0 {
            printer.line(&format!("... and {more} more (--limit, -o csv)"))?;
        }
        if !document.unplanned.is_empty() {
            printer.line("")?;
        }
        for line in unplanned(document) {
            printer.line(&escape_text(&line))?;
        }
    }
    Ok(())
}

fn summary(document: &PlanDocument, balanced_within: Option<&str>) -> Vec<String> {
    let PlanDocument { plan_id, cluster_id, store_revision, summary, settings, .. } = document;
    let cluster = if cluster_id.is_empty() { "(no spec recorded)" } else { cluster_id };
    let mut lines = Vec::new();
    if let Some(within) = balanced_within.filter(|_| document.moves.is_empty()) {
        lines.push(match document.unplanned.is_empty() {
            true => format!("balanced within {within}: nothing moves"),
            false => "nothing can be moved; what stays undone, and why, stands below".to_owned(),
        });
    }
    let kinds = [MoveKind::Replica, MoveKind::Repair, MoveKind::Remove];
    let count = |kind| document.moves.iter().filter(|m| m.kind == kind).count();
    let kinds: Vec<String> =
        kinds.iter().map(|k| (count(*k), k.name())).filter(|(n, _)| *n > 0).map(|(n, k)| format!("{n} {k}")).collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
    let percent = |x: f64| format!("{:.2} %", x * 100.0);
    let both = |of: fn(&BalanceDocument) -> f64| (percent(of(&summary.before)), percent(of(&summary.after)));
    let (skew, skew_after) = both(|b| b.skew);
    let (deviation, deviation_after) = both(|b| b.max_deviation);
    lines.extend([
        format!("plan        {plan_id} for cluster {cluster}, revision {store_revision}"),
        format!(
            "moves       {}{kinds}, {} leader transfer(s), {}",
            summary.moves,
            summary.leader_transfers,
            ByteSize(summary.bytes)
        ),
        match summary.bytes < summary.lower_bound_bytes {
            true => format!(
                "bound       {} would bring every node into its band; this plan does not",
                ByteSize(summary.lower_bound_bytes)
            ),
            false => format!("bound       {}, gap {}", ByteSize(summary.lower_bound_bytes), percent(summary.gap)),
        },
        format!(
            "time        about {}, at least {} at {}/s and {} copies a node",
            duration(summary.estimated_seconds),
            duration(summary.estimated_seconds_minimum),
            ByteSize(settings.bandwidth_bytes_per_second),
            settings.migrations_per_node
        ),
        format!("skew        {skew} before, {skew_after} after"),
        format!("deviation   {deviation} before, {deviation_after} after (the largest, above or below)"),
        format!("structural  {} (only hardware changes it)", percent(summary.before.structural_skew)),
        format!("violations  {} before, {} after", summary.before.violations, summary.after.violations),
    ]);
    lines
}

/// What the bars are drawn of.
pub(super) fn change(n: &NodeDocument) -> NodeLoadChange {
    NodeLoadChange {
        node: n.node.as_str().to_owned(),
        zone: n.zone.clone(),
        before: n.before_bytes,
        after: n.after_bytes,
        target: n.target_bytes,
        low: n.low_bytes,
        high: n.high_bytes,
    }
}

/// Seconds in words: the two largest units.
pub(super) fn duration(seconds: u64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, minutes) => format!("{minutes} min {} s", seconds % 60),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

/// How far a load is from a target; a node that is to be empty has none.
fn deviation(bytes: u64, target: u64) -> Cell {
    if target == 0 {
        return Cell::none();
    }
    let deviation = bytes as f64 / target as f64 - 1.0;
    Cell { human: format!("{:+.2} %", deviation * 100.0), ..Cell::share(deviation) }
}

fn nodes(printer: &mut Printer<'_>, document: &PlanDocument) -> Result<(), CliError> {
    let hidden = document.nodes.len().saturating_sub(NODES_SHOWN);
    let mut shown: Vec<&NodeDocument> = document.nodes.iter().collect();
    if hidden > 0 {
        // Of a large cluster: those that change most.
        shown.sort_by_key(|n| std::cmp::Reverse(n.before_bytes.abs_diff(n.after_bytes)));
        shown.truncate(NODES_SHOWN);
    }
    let mut rows = printer.totals(&NODE_COLUMNS, &MOVE_COLUMNS)?;
    let is_hidden = rows.is_hidden();
    for n in shown {
        let is_in_band = |bytes: u64| (n.low_bytes..=n.high_bytes).contains(&bytes);
        let tone = |bytes| if is_in_band(bytes) { Tone::Plain } else { Tone::Warn };
        let cells = vec![
            Cell::text(n.node.as_str()),
            Cell::maybe(Some(n.zone.clone()).filter(|zone| !zone.is_empty())),
            Cell::decimal(n.weight.as_f64()),
            Cell::bytes(n.before_bytes).toned(tone(n.before_bytes)),
            Cell::bytes(n.target_bytes),
            Cell::bytes(n.after_bytes).toned(tone(n.after_bytes)),
            deviation(n.before_bytes, n.target_bytes),
            deviation(n.after_bytes, n.target_bytes),
            Cell::number(n.before_leaders),
            Cell::number(n.after_leaders),
            Cell::bytes(n.low_bytes),
            Cell::bytes(n.high_bytes),
        ];
        rows.push(Row::new(n.node.as_str(), cells))?;
    }
    rows.finish()?;
    if hidden > 0 && !is_hidden {
        printer.line(&format!("... and {hidden} more nodes that change less (-o json has all)"))?;
    }
    Ok(())
}

fn moves(printer: &mut Printer<'_>, document: &PlanDocument, limit: usize) -> Result<(), CliError> {
    let is_sorted = printer.style().sort.is_some();
    let mut rows = printer.rows_beside(&MOVE_COLUMNS, &NODE_COLUMNS)?;
    let limit = if is_sorted { usize::MAX } else { limit };
    for m in document.moves.iter().take(limit) {
        rows.push(row(m))?;
    }
    rows.finish()?;
    Ok(())
}

fn row(m: &MoveDocument) -> Row {
    let node = |node: &Option<NodeId>| Cell::maybe(node.as_ref().map(NodeId::as_str));
    let reason: MoveReason = m.reason;
    let cells = vec![
        Cell::number(m.seq),
        Cell::text(m.partition.to_string()),
        Cell::text(m.kind.name()),
        Cell::text(reason.name()),
        node(&m.from),
        node(&m.to),
        node(&m.copy_from),
        Cell::bytes(m.bytes),
        Cell::number(m.mod_revision),
    ];
    Row::new(m.partition.to_string(), cells)
}

/// What is not done, a line for each reason with the first of its kind.
fn unplanned(document: &PlanDocument) -> Vec<String> {
    let mut by_reason: BTreeMap<UnplannedReason, (usize, String)> = BTreeMap::new();
    for left in &document.unplanned {
        let first = || {
            let what = [left.partition.map(|id| id.to_string()), left.node.as_ref().map(|id| format!("node {id}"))];
            let what: Vec<String> = what.into_iter().flatten().collect();
            if what.is_empty() { left.message.clone() } else { format!("{}: {}", what.join(", "), left.message) }
        };
        by_reason.entry(left.reason).or_insert_with(|| (0, first())).0 += 1;
    }
    let mut lines = vec![format!("not planned: {}", document.unplanned.len())];
    lines.extend(by_reason.into_iter().map(|(reason, (count, first))| {
        let more = if count > 1 { format!("; and {} more", count - 1) } else { String::new() };
        format!("  {count} {}: {first}{more}", reason.name())
    }));
    if document.unplanned.is_empty() { Vec::new() } else { lines }
}

#[cfg(test)]
mod tests {
    #[test]
    fn durations_in_words() {
        for (seconds, words) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min 0 s"),
            (3_599, "59 min 59 s"),
            (3_600, "1 h 0 min"),
            (86_399, "23 h 59 min"),
            (90_000, "1 d 1 h"),
        ] {
            assert_eq!(super::duration(seconds), words);
        }
    }
}
