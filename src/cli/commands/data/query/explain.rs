//! `--explain`: what was read, and why.

use serde_json::{Value, json};

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::operations::querying::{
    Damage, Figures, Kept, Loss, LossKind, PartitionReport, Query, ReplicaReport, ReplicaUse, Report, Wanted, When,
};
use crate::output::{Cell, Column, Format, Row};

const COLUMNS: [Column; 13] = [
    Column::text("partition"),
    Column::text("placement").extra(),
    Column::text("read_from"),
    Column::text("why"),
    Column::text("others").extra(),
    Column::number("segments"),
    Column::number("segments_read"),
    Column::number("frames_read"),
    Column::number("frames_skipped"),
    Column::number("bytes_read"),
    Column::number("bytes_cross_zone").extra(),
    Column::number("records"),
    Column::text("skipped").shrinks(),
];

pub(super) fn print(
    session: &mut Session<'_, '_>,
    query: &Query,
    report: &Report,
    elapsed: i64,
) -> Result<(), CliError> {
    let mut printer = session.printer()?;
    match printer.style().format.clone() {
        Format::Json | Format::Value(_) => printer.document(&document(query, report, elapsed))?,
        Format::Table | Format::Ndjson | Format::Csv | Format::Name => {
            // The limit is one of records.
            let mut rows = printer.totals(&COLUMNS, &[])?;
            for partition in &report.partitions {
                rows.push(row(partition))?;
            }
            rows.finish()?;
        }
    }
    printer.flush()?;
    Ok(())
}

fn row(partition: &PartitionReport) -> Row {
    let PartitionReport { partition: id, placement, replicas, figures } = partition;
    let read = |used: &&ReplicaReport| used.used == ReplicaUse::Read;
    let others = replicas.iter().filter(|used| !read(used)).map(|used| format!("{} {}", used.node, used.used.name()));
    let skipped = figures.segments_skipped.iter().map(|(rule, count)| format!("{} {count}", rule.name()));
    let cells = vec![
        Cell::text(id.to_string()),
        Cell::text(*placement),
        Cell::list(replicas.iter().filter(read).map(|used| used.node.to_string())),
        Cell::maybe(replicas.iter().find(read).map(|used| used.why)),
        Cell::list(others),
        Cell::number(figures.segments),
        Cell::number(figures.segments_read),
        Cell::number(figures.frames_read),
        Cell::number(figures.frames_skipped),
        Cell::bytes(figures.bytes_read),
        Cell::bytes(figures.bytes_cross_zone),
        Cell::number(figures.records),
        Cell::list(skipped),
    ];
    let mut json = partition_json(partition);
    if let Some(object) = json.as_object_mut() {
        object.shift_insert(0, "schema".into(), "otlp-part/data-query-partition/v1".into());
    }
    Row::with_json(id.to_string(), cells, json)
}

fn figures_json(figures: &Figures) -> Value {
    let skipped = figures.segments_skipped.iter().map(|(rule, count)| (rule.name().to_owned(), Value::from(*count)));
    json!({
        "segments": figures.segments,
        "segments_read": figures.segments_read,
        "segments_skipped": skipped.collect::<serde_json::Map<_, _>>(),
        "frames_read": figures.frames_read,
        "frames_skipped": figures.frames_skipped,
        "bytes_read": figures.bytes_read,
        "bytes_cross_zone": figures.bytes_cross_zone,
        "records": figures.records,
    })
}

fn partition_json(partition: &PartitionReport) -> Value {
    let replica = |used: &ReplicaReport| {
        let reason = match &used.used {
            ReplicaUse::Silent(reason) => Some(reason),
            ReplicaUse::Read | ReplicaUse::NotNeeded | ReplicaUse::Down | ReplicaUse::Marked => None,
        };
        json!({
            "node": used.node, "zone": used.zone, "why": used.why, "used": used.used.name(), "reason": reason,
            "bytes_read": used.bytes_read,
        })
    };
    let mut json = json!({
        "partition": partition.partition.to_string(),
        "placement": partition.placement,
        "replicas": partition.replicas.iter().map(replica).collect::<Vec<_>>(),
    });
    if let (Value::Object(json), Value::Object(figures)) = (&mut json, figures_json(&partition.figures)) {
        json.extend(figures);
    }
    json
}

fn document(query: &Query, report: &Report, elapsed: i64) -> Value {
    let range = match &query.wanted {
        Wanted::Range(range) | Wanted::Trace { when: When::Within(range), .. } => Some(range),
        Wanted::Trace { when: When::At(_) | When::Any, .. } => None,
    };
    let time = match &query.wanted {
        Wanted::Trace { when: When::At(time), .. } => Some(time.to_string()),
        Wanted::Range(_) | Wanted::Trace { .. } => None,
    };
    let [spans, metrics, logs] = report.records;
    json!({
        "schema": "otlp-part/data-query-explain/v1",
        "trace_id": query.filter.trace.map(|id| id.to_string()),
        "time": time,
        "from": range.map(|range| range.start().to_string()),
        "to": range.map(|range| range.end().to_string()),
        "slack": query.slack,
        "pruned_by": report.pruned_by,
        "partitions_read": report.partitions_read,
        "partitions_unrecorded": report.unrecorded,
        "partitions": report.partitions.iter().map(partition_json).collect::<Vec<_>>(),
        "total": figures_json(&report.total),
        "spans": spans,
        "metrics": metrics,
        "logs": logs,
        "record_sum": report.record_sum.to_string(),
        "duplicates": report.duplicates,
        "limited": report.limited,
        "in_order": !report.out_of_order,
        "unreadable_messages": report.tally.bad,
        "unreachable": report.silent.iter().map(|(node, reason)| json!({"node": node, "reason": reason})).collect::<Vec<_>>(),
        "damaged": damages_json(&report.damages),
        "behind": damages_json(&report.behind),
        "missing": report.losses.first.iter().map(loss_json).collect::<Vec<_>>(),
        "complete": report.is_complete(),
        "milliseconds": elapsed,
    })
}

fn damages_json(damages: &Kept<Damage>) -> Vec<Value> {
    let one = |damage: &Damage| {
        json!({
            "partition": damage.partition.to_string(), "node": damage.node, "segment": damage.segment.as_str(),
            "reason": damage.reason,
        })
    };
    damages.first.iter().map(one).collect()
}

fn loss_json(loss: &Loss) -> Value {
    let kind = match loss.kind {
        LossKind::NotReadable => "not_readable",
        LossKind::NoAnswer => "no_answer",
        LossKind::NoGoodCopy => "no_good_copy",
    };
    json!({
        "partition": loss.partition.to_string(), "segment": loss.segment.as_ref().map(|name| name.as_str()),
        "kind": kind, "reason": loss.reason,
    })
}
