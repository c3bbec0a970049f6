//! Records as rows.

use std::ops::ControlFlow;

use serde_json::{Value, json};

use super::request::Shown;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::{Signal, Timestamp};
use crate::operations::querying::{Group, Picked, Report, RowDetails, Sink};
use crate::output::{Cell, Column, OutputError, Row};

const COLUMNS: [Column; 11] = [
    Column::text("time"),
    Column::text("signal"),
    Column::text("severity"),
    Column::text("service"),
    Column::number("duration_nanos"),
    Column::text("value"),
    Column::number("data_points"),
    Column::text("trace_id"),
    Column::text("span_id"),
    Column::text("name"),
    Column::text("body"),
];
/// A terminal that has room for both ids of a span beside its name.
const WIDE: u16 = 120;

/// The columns, of which a table shows those that say something of these records; the last one takes the room that is left.
fn columns(shown: Shown, width: Option<u16>) -> Vec<Column> {
    let is_wide = width.is_none_or(|width| width >= WIDE);
    let in_table: &[&str] = match shown {
        Shown::Trace => &["time", "service", "duration_nanos", "span_id", "name"],
        Shown::Signal(Signal::Traces) if is_wide => {
            &["time", "service", "duration_nanos", "trace_id", "span_id", "name"]
        }
        Shown::Signal(Signal::Traces) => &["time", "service", "duration_nanos", "trace_id", "name"],
        Shown::Signal(Signal::Metrics) => &["time", "service", "value", "name"],
        Shown::Signal(Signal::Logs) => &["time", "severity", "service", "body"],
        Shown::Any => &["time", "signal", "service", "name", "body"],
    };
    let column = |column: Column| match in_table.iter().position(|name| *name == column.name) {
        Some(at) if at + 1 == in_table.len() => column.shrinks(),
        Some(_) => column,
        None => column.extra(),
    };
    COLUMNS.into_iter().map(column).collect()
}

pub(super) fn print(
    session: &mut Session<'_, '_>,
    shown: Shown,
    run: impl FnOnce(Sink<'_>) -> Result<Report, CliError>,
) -> Result<Report, CliError> {
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&columns(shown, printer.style().width))?;
    let with_json = rows.shows_json();
    let mut failed: Option<OutputError> = None;
    let mut pushed = 0_u64;
    let none = RowDetails::default();
    let report = run(&mut |group: Group<'_>| {
        for record in group.records {
            let row = row(record, group.details.unwrap_or(&none), shown, with_json);
            // A first screen is shown at once, however long the rest takes.
            pushed += 1;
            let shown = rows.push(row).and_then(|()| if pushed == FIRST_ROWS { rows.show() } else { Ok(()) });
            if let Err(error) = shown {
                failed = Some(error);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    rows.finish()?;
    Ok(report)
}

/// Rows that are shown before there is a whole block.
const FIRST_ROWS: u64 = 200;

fn row(record: &Picked, details: &RowDetails, shown: Shown, with_json: bool) -> Row {
    let time = Timestamp::from_unix_nanos(record.time_unix_nano);
    let (trace, span) = match record.span {
        Some((trace, span)) => (Some(trace), span),
        None => (details.trace_id, details.span_id),
    };
    let trace = trace.map(|id| id.to_string());
    let span = span.map(|id| format!("{:016x}", u64::from_be_bytes(id)));
    let duration = (record.signal == Signal::Traces && details.end_unix_nano >= record.time_unix_nano)
        .then(|| details.end_unix_nano - record.time_unix_nano);
    let text = |text: &str| if text.is_empty() { Cell::none() } else { Cell::text(text) };
    let severity = severity_name(details.severity);
    let name = match (shown, &trace, &span) {
        (Shown::Trace, _, Some(span)) => span.clone(),
        (Shown::Trace | Shown::Signal(_) | Shown::Any, Some(trace), _) => trace.clone(),
        (Shown::Trace | Shown::Signal(_) | Shown::Any, None, _) if !details.name.is_empty() => details.name.clone(),
        (Shown::Trace | Shown::Signal(_) | Shown::Any, None, _) => time.to_string(),
    };
    let cells = vec![
        instant(time),
        Cell::text(record.signal.name()),
        Cell::maybe(severity.clone()),
        Cell::text(details.service.as_str()).shortened(),
        duration.map_or_else(Cell::none, length),
        Cell::maybe(details.value.clone()),
        if record.signal == Signal::Metrics { Cell::number(details.data_points) } else { Cell::none() },
        Cell::maybe(trace.clone()),
        Cell::maybe(span.clone()),
        if shown == Shown::Any { text(&details.name).shortened() } else { text(&details.name) },
        last(record.signal, details, duration, shown),
    ];
    if !with_json {
        return Row::new(name, cells);
    }
    let mut json = json!({
        "schema": "otlp-part/data-query/v1", "signal": record.signal.name(), "time": time.to_string(),
        "time_unix_nano": record.time_unix_nano.to_string(), "service": details.service,
    });
    let own = match record.signal {
        Signal::Traces => json!({
            "name": details.name, "trace_id": trace, "span_id": span, "duration_nanos": duration,
        }),
        Signal::Metrics => json!({
            "name": details.name, "value": details.value, "data_points": details.data_points,
        }),
        Signal::Logs => json!({
            "severity": severity, "severity_number": details.severity, "name": details.name, "body": details.body,
            "trace_id": trace, "span_id": span,
        }),
    };
    if let (Value::Object(json), Value::Object(own)) = (&mut json, own) {
        json.extend(own);
    }
    Row::with_json(name, cells, json)
}

/// The body; a table of all signals shows what says most of the others in its place.
fn last(signal: Signal, details: &RowDetails, duration: Option<u64>, shown: Shown) -> Cell {
    let human = match signal {
        Signal::Logs => return if details.body.is_empty() { Cell::none() } else { Cell::text(details.body.as_str()) },
        Signal::Traces => duration.map(|nanos| length(nanos).human),
        Signal::Metrics => details.value.clone(),
    };
    match human {
        Some(human) if shown == Shown::Any => Cell { human, ..Cell::none() },
        Some(_) | None => Cell::none(),
    }
}

/// A time; tables show milliseconds.
fn instant(time: Timestamp) -> Cell {
    let full = time.to_string();
    let seconds = Timestamp::from_seconds(time.seconds()).to_string();
    let millis = time.nanos().rem_euclid(1_000_000_000) / 1_000_000;
    let human = seconds.strip_suffix('Z').map(|seconds| format!("{seconds}.{millis:03}Z"));
    Cell { human: human.unwrap_or_else(|| full.clone()), ..Cell::text(full) }
}

/// A duration; tables show three digits of its largest unit.
fn length(nanos: u64) -> Cell {
    let human = match nanos {
        0..1_000 => format!("{nanos} ns"),
        1_000..1_000_000 => format!("{:.1} us", nanos as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} ms", nanos as f64 / 1e6),
        1_000_000_000.. => format!("{:.2} s", nanos as f64 / 1e9),
    };
    Cell { human, ..Cell::number(nanos) }
}

/// The name of a severity number, as OTLP shortens it; `None` = unset.
fn severity_name(number: i64) -> Option<String> {
    const NAMES: [&str; 6] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
    let at = usize::try_from(number - 1).ok()?;
    let name = NAMES.get(at / 4)?;
    Some(if at % 4 == 0 { (*name).to_owned() } else { format!("{name}{}", at % 4 + 1) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_have_the_names_of_otlp() {
        let names: Vec<_> = [0, 1, 2, 9, 17, 20, 21, 24, 25, -1].map(severity_name).into_iter().flatten().collect();
        assert_eq!(names, ["TRACE", "TRACE2", "INFO", "ERROR", "ERROR4", "FATAL", "FATAL4"]);
    }

    #[test]
    fn durations_have_a_fitting_unit() {
        let shown = [0, 999, 1_000, 1_500_000, 2_345_000_000].map(|nanos| length(nanos).human);
        assert_eq!(shown, ["0 ns", "999 ns", "1.0 us", "1.5 ms", "2.35 s"]);
    }
}
