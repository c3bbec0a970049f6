//! `route --from --to`: the fan-out of a query.

use serde_json::{Value, json};

use crate::cli::commands::node::state_cell;
use crate::cli::commands::partition::partition_state_cell;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::TimeRange;
use crate::operations::OperationError;
use crate::output::{Cell, Column, Format, Printer, Row};
use crate::partitioner::TimePartitioner;
use crate::routing::fan_out::{FanOutNode, FanOutRow, PARTITIONS_MAX, fan_out, partition_count};
use crate::routing::{FanOut, FanOutQuery, Near, RecordSet};

use super::answer::{node_states, unreadable_json, with_schema};
use super::keys::check_near;
use super::source::{ForeignKeys, Source, SourceArgs};

pub(super) struct RangeQuery {
    pub(super) range: TimeRange,
    pub(super) service: Option<String>,
    pub(super) service_from: Option<String>,
    pub(super) service_to: Option<String>,
    pub(super) bucket: Vec<u32>,
    pub(super) near: Option<Near>,
    pub(super) each: bool,
    pub(super) explain: bool,
}

pub(super) fn run(session: &mut Session<'_, '_>, query: &RangeQuery, source: &SourceArgs) -> Result<(), CliError> {
    let source = Source::open(session, source)?;
    let (topology, revision) = source.view(session)?;
    check_near(&topology, query.near.as_ref())?;
    let count = partition_count(&topology, query.range);
    if count > PARTITIONS_MAX {
        return Err(OperationError::from(crate::routing::fan_out::FanOutError::TooLarge(count)).into());
    }
    let mut records = RecordSet::default();
    let foreign = ForeignKeys::default();
    {
        let mut load = source.bucket_loader(session, revision, &foreign);
        for (partitioning, part) in topology.spec().versions_in(query.range) {
            for bucket in TimePartitioner::new(partitioning.granularity_hours).buckets(part) {
                records.merge(load(bucket)?);
            }
        }
    }
    let fan_query = FanOutQuery {
        range: query.range,
        service: query.service.as_deref(),
        service_from: query.service_from.as_deref(),
        service_to: query.service_to.as_deref(),
        buckets: &query.bucket,
        near: query.near.as_ref(),
        now: session.now(),
        recorded: source.is_store(),
    };
    let answer = fan_out(&topology, &records, &fan_query).map_err(OperationError::from)?;
    foreign.warn(session);
    talk(session, query, &answer);
    let mut printer = session.printer()?;
    match printer.style().format.clone() {
        Format::Json | Format::Value(_) => {
            let limit = printer.style().limit_rows();
            printer.document(&document(query, &answer, source.is_store(), limit))?;
        }
        Format::Table if !query.each => nodes(&mut printer, &answer)?,
        Format::Table | Format::Ndjson | Format::Csv | Format::Name => {
            partitions(&mut printer, &answer, source.is_store())?;
        }
    }
    source.report_unroutable(session, &answer.unroutable)
}

fn talk(session: &mut Session<'_, '_>, query: &RangeQuery, answer: &FanOut) {
    let mut talk = session.talk();
    let pruned = answer.pruned_by.join(", ");
    talk.note(&format!(
        "{} to {}: {} partitions, pruned by {pruned}",
        query.range.start(),
        query.range.end(),
        answer.rows.len()
    ));
    let by_service = query.service.is_some() || query.service_from.is_some() || query.service_to.is_some();
    if by_service && !answer.pruned_by.contains(&"service") {
        talk.note("the partitioning cannot prune by service: every partition is read, and the service filters");
    }
    if !answer.missing.is_empty() {
        talk.warn(&format!("{} of them have no record; the first is {}", answer.missing.len(), answer.missing[0]));
    }
    if answer.beyond_retention {
        talk.warn("part of the range is older than the retention");
    }
    let unreachable = answer.rows.iter().filter(|row| row.chosen.is_none()).count();
    if unreachable > 0 {
        talk.warn(&format!("{unreachable} partitions have no live replica"));
    }
    if query.explain {
        talk.note("the chosen replica is the nearest live one (--near), else the leader if it lives, else the first that does");
    }
}

fn nodes(printer: &mut Printer<'_>, answer: &FanOut) -> Result<(), CliError> {
    const COLUMNS: [Column; 5] = [
        Column::text("node"),
        Column::text("zone"),
        Column::text("state"),
        Column::number("partitions"),
        Column::number("bytes"),
    ];
    let mut rows = printer.rows(&COLUMNS)?;
    for node in &answer.nodes {
        let cells = vec![
            Cell::text(node.node.as_str()),
            Cell::maybe(node.zone.clone()),
            state_cell(node.state),
            Cell::number(node.partitions),
            Cell::maybe_bytes(node.bytes),
        ];
        rows.push(Row::new(node.node.as_str(), cells))?;
    }
    rows.finish()?;
    Ok(())
}

fn partitions(printer: &mut Printer<'_>, answer: &FanOut, with_states: bool) -> Result<(), CliError> {
    const COLUMNS: [Column; 8] = [
        Column::text("partition"),
        Column::text("from"),
        Column::text("chosen"),
        Column::text("leader"),
        Column::text("owners"),
        Column::text("placement"),
        Column::text("state").extra(),
        Column::number("size_bytes"),
    ];
    let mut rows = printer.rows(&COLUMNS)?;
    for row in &answer.rows {
        let route = &row.route;
        let cells = vec![
            Cell::text(route.partition.to_string()),
            Cell::time(route.span.start()),
            Cell::maybe(row.chosen.as_ref().map(ToString::to_string)),
            Cell::maybe(route.leader.as_ref().map(ToString::to_string)),
            Cell::list(route.owners.iter().map(ToString::to_string)),
            Cell::text(route.placed_by.name()),
            partition_state_cell(route.state),
            Cell::maybe_bytes(route.size_bytes),
        ];
        let json = with_schema("otlp-part/route-range-partition/v1", partition_json(row, with_states));
        rows.push(Row::with_json(route.partition.to_string(), cells, json))?;
    }
    rows.finish()?;
    Ok(())
}

fn partition_json(row: &FanOutRow, with_states: bool) -> Value {
    let route = &row.route;
    let mut json = json!({
        "partition": route.partition.to_string(),
        "owners": route.owners,
        "leader": route.leader,
        "chosen": row.chosen,
        "placement": route.placed_by.name(),
        "state": route.state.map(crate::model::PartitionState::name),
        "size_bytes": route.size_bytes,
    });
    if with_states {
        json["node_states"] = node_states(route);
    }
    json
}

fn document(query: &RangeQuery, answer: &FanOut, with_states: bool, limit: usize) -> Value {
    let node = |n: &FanOutNode| {
        json!({
            "node": n.node, "zone": n.zone, "state": n.state.map(crate::model::NodeState::name),
            "partitions": n.partitions, "bytes": n.bytes,
        })
    };
    json!({
        "schema": "otlp-part/route-range/v1",
        "from": query.range.start().to_string(),
        "to": query.range.end().to_string(),
        "pruned_by": answer.pruned_by,
        "partitions_total": answer.rows.len(),
        "partitions": answer.rows.iter().take(limit).map(|row| partition_json(row, with_states)).collect::<Vec<_>>(),
        "nodes": answer.nodes.iter().map(node).collect::<Vec<_>>(),
        "missing": answer.missing.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "unreadable": answer.unroutable.iter().map(unreadable_json).collect::<Vec<_>>(),
        "beyond_retention": answer.beyond_retention,
    })
}
