//! `--count`: how much matches.

use std::ops::ControlFlow;

use serde_json::json;

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::operations::distinct::DistinctTraces;
use crate::operations::querying::{Group, Report, Sink};
use crate::output::{Cell, Column, Format, Row};

const COLUMNS: [Column; 6] = [
    Column::number("spans"),
    Column::number("metrics"),
    Column::number("logs"),
    Column::number("traces"),
    Column::text("record_sum"),
    Column::number("duplicates"),
];

pub(super) fn print(
    session: &mut Session<'_, '_>,
    run: impl FnOnce(Sink<'_>) -> Result<Report, CliError>,
) -> Result<Report, CliError> {
    let mut traces = DistinctTraces::default();
    let report = run(&mut |group: Group<'_>| {
        for (trace, _) in group.records.iter().filter_map(|record| record.span) {
            traces.add(&trace, 1);
        }
        ControlFlow::Continue(())
    })?;
    let [spans, metrics, logs] = report.records;
    let (distinct, exact) = traces.all();
    let document = json!({
        "schema": "otlp-part/data-query-count/v1", "spans": spans, "metrics": metrics, "logs": logs,
        "traces": distinct, "traces_exact": exact, "record_sum": report.record_sum.to_string(),
        "duplicates": report.duplicates, "duplicates_exact": report.unseen == 0, "limited": report.limited,
        "complete": report.is_complete(),
    });
    let mut printer = session.printer()?;
    match printer.style().format.clone() {
        Format::Json | Format::Ndjson | Format::Value(_) => printer.document(&document)?,
        Format::Table | Format::Csv | Format::Name => {
            let sum = report.record_sum.to_string();
            let cells = vec![
                Cell::number(spans),
                Cell::number(metrics),
                Cell::number(logs),
                Cell::number(distinct),
                Cell::text(sum.as_str()),
                Cell::number(report.duplicates),
            ];
            let mut rows = printer.totals(&COLUMNS, &[])?;
            rows.push(Row::new(sum, cells))?;
            rows.finish()?;
        }
    }
    printer.flush()?;
    Ok(report)
}
