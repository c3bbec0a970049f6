//! `route --otlp`

use serde_json::{Map, Value, json};

use crate::cli::error::CliError;
use crate::cli::input;
use crate::cli::session::Session;
use crate::model::{PartitionId, Signal, Strategy};
use crate::operations::hours::HourTables;
use crate::operations::otlp_totals::{OtlpTotals, PartitionTotals, TotalsError, route_input};
use crate::otlp::{Options, Reader, Totals, Unit, UnitKey};
use crate::output::{Cell, Column, Format, Printer, Row, RowWriter, Style, Talk};
use crate::routing::{Near, Route};

use super::answer::{Answer, columns, unreadable_json, with_schema};
use super::keys::check_near;
use super::source::{ForeignKeys, Source, SourceArgs};

pub(super) struct OtlpQuery {
    pub(super) file: String,
    pub(super) near: Option<Near>,
    pub(super) each: bool,
    pub(super) strict: bool,
    pub(super) signal: Option<Signal>,
    pub(super) source: SourceArgs,
}

impl From<TotalsError> for CliError {
    fn from(error: TotalsError) -> Self {
        Self::reading("OTLP input", error)
    }
}

pub(super) fn run(session: &mut Session<'_, '_>, query: &OtlpQuery) -> Result<(), CliError> {
    let source = Source::open(session, &query.source)?;
    let (topology, revision) = source.view(session)?;
    check_near(&topology, query.near.as_ref())?;
    let hashed = topology.spec().partitioning.iter().all(|p| p.strategy == Strategy::TimeHash);
    let with_states = source.is_store();
    let foreign = ForeignKeys::default();
    let loader = source.bucket_loader(session, revision, &foreign);
    let mut hours: HourTables<'_, ()> = HourTables::new(&topology, query.near.as_ref(), loader);
    let style = session.style()?;
    let mut progress = session.progress("reading", input::size_of(&query.file));

    let totals = read(session, query, style, &mut hours, with_states, hashed, |done| progress.set(done))?;
    progress.finish();
    foreign.warn(session);
    report(session, input::shown_name(&query.file), &totals, query.strict)?;
    if !query.each {
        let mut printer = session.printer()?;
        match printer.style().format.clone() {
            Format::Json | Format::Value(_) => {
                let limit = printer.style().limit_rows();
                printer.document(&document(&totals, limit))?;
            }
            Format::Table => tables(&mut printer, &totals)?,
            Format::Ndjson | Format::Csv | Format::Name => partitions(printer.rows(&PARTITION_COLUMNS)?, &totals)?,
        }
    }
    source.report_unroutable(session, &totals.unroutable)
}

/// Reads the input; rows of `--each` go out meanwhile, so stdin and stdout are in use together.
fn read(
    session: &mut Session<'_, '_>,
    query: &OtlpQuery,
    style: Style,
    hours: &mut HourTables<'_, ()>,
    with_states: bool,
    hashed: bool,
    progress: impl FnMut(u64),
) -> Result<OtlpTotals, CliError> {
    let environment = session.environment();
    let opened = input::open_with(&mut *environment.stdin, &query.file)?;
    let name = opened.name;
    let options = Options { signal: query.signal, ..Options::default() };
    let fail = |source| CliError::Otlp { name: name.clone(), source };
    let mut reader = Reader::open(opened.reader, options).map_err(fail)?;
    let mut printer = Printer::new(&mut *environment.stdout, style);
    let totals = if query.each {
        let mut rows = printer.rows(&columns(Signal::Traces))?;
        let each = |unit: &Unit<'_>, route: &Route| Ok(rows.push(unit_row(unit, route, hashed, with_states))?);
        let totals = route_input::<_, CliError>(&mut reader, hours, each, progress);
        rows.finish()?;
        totals
    } else {
        route_input::<_, CliError>(&mut reader, hours, |_, _| Ok(()), progress)
    };
    totals.map_err(|error| error.of_input(&name))
}

/// Says what was read and what was wrong with it.
pub(in crate::cli) fn report_reading(session: &mut Session<'_, '_>, name: &str, read: &Totals) {
    say_reading(&mut session.talk(), name, read);
}

/// The same, where the session is not at hand.
pub(in crate::cli) fn say_reading(talk: &mut Talk<'_>, name: &str, read: &Totals) {
    let Totals { counts, lines, bad, problems, .. } = read;
    let items = counts.spans + counts.metrics + counts.logs;
    for problem in problems {
        talk.warn(&format!("{name}: {problem}"));
    }
    if counts.without_time > 0 {
        talk.warn(&format!("{name}: {} units carry no time and are not routed", counts.without_time));
    }
    talk.note(&format!(
        "{name}: {lines} lines, {items} items, {} without id, {bad} bad, {} not OTLP",
        counts.without_id, counts.unrecognised
    ));
}

/// Says how the reading went; with `--strict` anything wrong is an error.
fn report(session: &mut Session<'_, '_>, name: &str, totals: &OtlpTotals, strict: bool) -> Result<(), CliError> {
    let Totals { counts, bad, problems, .. } = &totals.read;
    report_reading(session, name, &totals.read);
    if strict && (*bad > 0 || counts.without_id > 0 || counts.without_time > 0 || counts.unrecognised > 0) {
        let first = problems.first().map(|p| format!("; the first bad one: {p}")).unwrap_or_default();
        return Err(CliError::input(format!(
            "{name}: {bad} bad messages, {} spans without a valid id, {} units without a time, {} messages not OTLP{first}",
            counts.without_id, counts.without_time, counts.unrecognised
        )));
    }
    Ok(())
}

fn unit_row(unit: &Unit<'_>, route: &Route, hashed: bool, with_states: bool) -> Row {
    let mut fields = Map::new();
    let name = match &unit.key {
        UnitKey::Trace { id } => {
            fields.insert("trace_id".into(), id.to_string().into());
            id.to_string()
        }
        UnitKey::Metric { name, label_hash } => {
            fields.insert("metric".into(), (*name).into());
            fields.insert("label_hash".into(), format!("{label_hash:016x}").into());
            (*name).to_owned()
        }
        UnitKey::Log { severity_level, content_hash } => {
            fields.insert("severity_level".into(), (*severity_level).into());
            fields.insert("content_hash".into(), format!("{content_hash:016x}").into());
            unit.service.to_owned()
        }
    };
    fields.insert("service".into(), unit.service.into());
    fields.insert("records".into(), unit.records.into());
    fields.insert("bytes".into(), unit.bytes.into());
    let (signal, time) = (unit.signal(), unit.time);
    Answer { signal, name: &name, fields: &fields, time, time_source: "record", route, hashed, with_states }.row()
}

fn tables(printer: &mut Printer<'_>, totals: &OtlpTotals) -> Result<(), CliError> {
    let counts = &totals.read.counts;
    let about = if totals.traces.1 { "" } else { "about " };
    let mut words = Vec::new();
    if counts.spans > 0 {
        words.push(format!("{about}{} traces, {} spans", totals.traces.0, counts.spans));
    }
    if counts.metrics > 0 {
        words.push(format!("{} metrics, {} data points", counts.metrics, counts.data_points));
    }
    if counts.logs > 0 {
        words.push(format!("{} logs", counts.logs));
    }
    let summary = if words.is_empty() { "nothing".to_owned() } else { words.join(", ") };
    printer.line(&format!("{summary} in {} partitions", totals.partitions.len()))?;
    printer.line("")?;
    let mut rows = printer.totals(&NODE_COLUMNS, &PARTITION_COLUMNS)?;
    let beside = !rows.is_hidden();
    for (node, n) in &totals.nodes {
        let cells = vec![
            Cell::text(node.as_str()),
            Cell::number(n.leader_of),
            Cell::number(n.replica_of),
            Cell::number(n.traces),
            Cell::number(n.spans),
            Cell::bytes(n.bytes),
        ];
        rows.push(Row::new(node.as_str(), cells))?;
    }
    rows.finish()?;
    if beside {
        printer.line("")?;
    }
    partitions(printer.rows_beside(&PARTITION_COLUMNS, &NODE_COLUMNS)?, totals)
}

const NODE_COLUMNS: [Column; 6] = [
    Column::text("node"),
    Column::number("leader_of"),
    Column::number("replica_of"),
    Column::number("traces"),
    Column::number("spans"),
    Column::number("bytes"),
];
const PARTITION_COLUMNS: [Column; 8] = [
    Column::text("partition"),
    Column::text("leader"),
    Column::text("owners"),
    Column::number("traces"),
    Column::number("spans"),
    Column::number("metrics"),
    Column::number("logs"),
    Column::number("bytes"),
];

fn partitions(mut rows: RowWriter<'_, '_>, totals: &OtlpTotals) -> Result<(), CliError> {
    for (id, p) in &totals.partitions {
        let cells = vec![
            Cell::text(id.to_string()),
            Cell::maybe(p.leader.as_ref().map(ToString::to_string)),
            Cell::list(p.owners.iter().map(ToString::to_string)),
            Cell::number(p.traces),
            Cell::number(p.spans),
            Cell::number(p.metrics),
            Cell::number(p.logs),
            Cell::bytes(p.bytes),
        ];
        let json = with_schema("otlp-part/route-otlp-partition/v1", partition_json(id, p));
        rows.push(Row::with_json(id.to_string(), cells, json))?;
    }
    rows.finish()?;
    Ok(())
}

fn partition_json(id: &PartitionId, p: &PartitionTotals) -> Value {
    json!({
        "partition": id.to_string(), "leader": p.leader, "owners": p.owners, "traces": p.traces, "spans": p.spans,
        "metrics": p.metrics, "logs": p.logs, "bytes": p.bytes,
    })
}

fn document(totals: &OtlpTotals, limit: usize) -> Value {
    let Totals { counts, lines, bad, .. } = &totals.read;
    let node = |(node, n): (&crate::model::NodeId, &crate::operations::otlp_totals::NodeTotals)| {
        json!({
            "node": node, "leader_of": n.leader_of, "replica_of": n.replica_of, "traces": n.traces, "spans": n.spans,
            "bytes": n.bytes,
        })
    };
    json!({
        "schema": "otlp-part/route-otlp/v1",
        "units": totals.units,
        "traces": totals.traces.0,
        "traces_exact": totals.traces.1,
        "spans": counts.spans,
        "metrics": counts.metrics,
        "data_points": counts.data_points,
        "logs": counts.logs,
        "lines": lines,
        "without_id": counts.without_id,
        "without_time": counts.without_time,
        "unrecognised": counts.unrecognised,
        "bad": bad,
        "partitions_total": totals.partitions.len(),
        "partitions": totals.partitions.iter().take(limit).map(|(id, p)| partition_json(id, p)).collect::<Vec<_>>(),
        "nodes": totals.nodes.iter().map(node).collect::<Vec<_>>(),
        "unreadable": totals.unroutable.iter().map(unreadable_json).collect::<Vec<_>>(),
    })
}
