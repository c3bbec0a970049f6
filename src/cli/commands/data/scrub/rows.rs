//! Findings as rows.

use serde_json::json;

use crate::operations::scrub::{Away, Fate, PartitionReport, Prospect, Reported, What};
use crate::output::{Cell, Column, OutputError, Row, RowWriter, Tone};

pub(super) const COLUMNS: [Column; 9] = [
    Column::text("partition"),
    Column::text("node"),
    Column::text("what"),
    Column::text("segment"),
    Column::text("result"),
    Column::text("good_on"),
    Column::text("expected"),
    Column::text("found"),
    Column::text("reason").extra(),
];

const SCHEMA: &str = "otlp-part/scrub/v1";

fn tone(reported: &Reported) -> Tone {
    match (&reported.fate, &reported.finding.prospect) {
        (Fate::Repaired, _) => Tone::Good,
        (Fate::Failed(_), _) | (Fate::Open, Prospect::Lost) => Tone::Bad,
        (Fate::Open, Prospect::Rebuild { .. } | Prospect::Sidecar { .. } | Prospect::Unmark) => Tone::Warn,
        (Fate::Open, Prospect::Waits | Prospect::Reported) => Tone::Warn,
    }
}

/// A row for each finding of a partition.
pub(super) fn push(rows: &mut RowWriter<'_, '_>, report: &PartitionReport) -> Result<(), OutputError> {
    for reported in &report.findings {
        rows.push(row(report, reported))?;
    }
    Ok(())
}

fn row(report: &PartitionReport, reported: &Reported) -> Row {
    let finding = &reported.finding;
    let id = report.id.to_string();
    let node = report.node(finding.replica);
    let segment = Some(finding.segment.as_str()).filter(|segment| !segment.is_empty());
    let good_on: Vec<String> = finding.good_on.iter().map(|at| report.node(*at).to_owned()).collect();
    let reason = match &reported.fate {
        Fate::Failed(why) => Some(why.as_str()),
        Fate::Open | Fate::Repaired => None,
    };
    let cells = vec![
        Cell::text(id.as_str()),
        Cell::text(node),
        Cell::text(finding.what.word()),
        Cell::maybe(segment),
        Cell::text(reported.word()).toned(tone(reported)),
        Cell::list(good_on.clone()),
        Cell::maybe(finding.expected.as_deref()),
        Cell::maybe(finding.found.as_deref()).shortened(),
        Cell::maybe(reason),
    ];
    let json = json!({
        "schema": SCHEMA, "partition": id, "node": node, "segment": segment, "what": finding.what.word(),
        "result": reported.word(), "expected": finding.expected, "found": finding.found, "good_on": good_on,
        "reason": reason,
    });
    Row::with_json(id, cells, json)
}

/// A row for a node that did not answer, once for all its copies. That one is down by its record is no finding.
pub(super) fn push_away(rows: &mut RowWriter<'_, '_>, away: &Away) -> Result<(), OutputError> {
    if away.is_down {
        return Ok(());
    }
    let node = away.node.as_str();
    let cells = vec![
        Cell::none(),
        Cell::text(node),
        Cell::text(What::UNREACHABLE),
        Cell::none(),
        Cell::text(Prospect::Waits.word()).toned(Tone::Warn),
        Cell::none(),
        Cell::none(),
        Cell::text(away.reason.as_str()).shortened(),
        Cell::text(away.reason.as_str()),
    ];
    let json = json!({
        "schema": SCHEMA, "partition": null, "node": node, "segment": null, "what": What::UNREACHABLE,
        "result": Prospect::Waits.word(), "expected": null, "found": away.reason, "good_on": [], "reason": away.reason,
    });
    rows.push(Row::with_json(node, cells, json))
}
