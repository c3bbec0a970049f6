//! A plan as a page with charts.

use std::collections::BTreeMap;

use crate::cli::report::percent;
use crate::model::{ByteSize, NodeId};
use crate::operations::rebalance::timeline::{TimedCopy, timeline};
use crate::output::LoadUnit;
use crate::output::report::{Comparison, Figure, Remark, ReportCopy, ReportCurvePoint, ReportData, ReportNode};
use crate::planner::MoveKind;
use crate::planner::bound::CurvePoint;
use crate::planner::document::{BalanceDocument, NodeDocument, PlanDocument, SettingsDocument, UnplannedDocument};

use super::show::{change, duration};

/// The page of a plan. `command` made it or shows it; the curve is known where the plan was made just now.
pub(in crate::cli::commands) fn of_plan(document: &PlanDocument, command: &str, curve: &[CurvePoint]) -> ReportData {
    let PlanDocument { plan_id, summary, settings, nodes, unplanned, .. } = document;
    let chosen = ReportCurvePoint { band_ppm: (settings.band * 1e6).round() as u32, bytes: summary.bytes };
    let point = |p: &CurvePoint| ReportCurvePoint { band_ppm: p.band_ppm, bytes: p.bytes };
    ReportData {
        title: format!("Plan {plan_id}"),
        lead: lead(document),
        facts: facts(document, command),
        figures: figures(document),
        comparisons: comparisons(&summary.before, &summary.after),
        unit: LoadUnit::Bytes,
        nodes: nodes.iter().map(node).collect(),
        copies: copies(document),
        curve: curve.iter().map(point).collect(),
        chosen: (!curve.is_empty()).then_some(chosen),
        remarks_title: "Not planned".to_owned(),
        remarks: unplanned.iter().map(remark).collect(),
    }
}

fn lead(document: &PlanDocument) -> String {
    let PlanDocument { summary, nodes, .. } = document;
    if document.moves.is_empty() {
        return "Nothing moves.".to_owned();
    }
    let outside = nodes.iter().filter(|n| !(n.low_bytes..=n.high_bytes).contains(&n.after_bytes)).count();
    let moves = match summary.moves {
        1 => "One move copies".to_owned(),
        moves => format!("{moves} moves copy"),
    };
    let ends = match outside {
        0 => format!("All {} nodes end inside their bands.", nodes.len()),
        _ => format!("{outside} of {} nodes end outside their bands.", nodes.len()),
    };
    format!("{moves} {}, {} leader(s) change. {ends}", ByteSize(summary.bytes), summary.leader_transfers)
}

fn facts(document: &PlanDocument, command: &str) -> Vec<(String, String)> {
    let PlanDocument { cluster_id, created_at, created_by, store_revision, digest, settings, .. } = document;
    let cluster = if cluster_id.is_empty() { "(no spec recorded)" } else { cluster_id };
    let facts = [
        ("Cluster", cluster.to_owned()),
        ("Store revision", store_revision.to_string()),
        ("Made", format!("{created_at} by {created_by}")),
        ("Command", command.to_owned()),
        ("Settings", settings_in_words(settings)),
        ("Digest", digest.clone()),
    ];
    facts.map(|(name, value)| (name.to_owned(), value)).into()
}

fn settings_in_words(settings: &SettingsDocument) -> String {
    let SettingsDocument {
        band,
        threshold,
        max_bytes,
        max_moves,
        leaders_only,
        prefer,
        drain,
        relieve,
        exclude_nodes,
        exclude_partitions,
        include_open,
        moves,
        leaders,
        allow_mass_repair,
        bandwidth_bytes_per_second,
        migrations_per_node,
    } = settings;
    let ids = |name: &str, ids: &[NodeId]| {
        let ids: Vec<&str> = ids.iter().map(NodeId::as_str).collect();
        (!ids.is_empty()).then(|| format!("{name} {}", ids.join(",")))
    };
    let flag = |name: &str, set: bool| set.then(|| name.to_owned());
    let counted = |name: &str, count: usize| (count > 0).then(|| format!("{count} {name}"));
    let words = [
        Some(format!("band {}", percent(*band))),
        threshold.map(|threshold| format!("threshold {}", percent(threshold))),
        max_bytes.map(|bytes| format!("at most {}", ByteSize(bytes))),
        max_moves.map(|moves| format!("at most {moves} moves")),
        flag("leaders only", *leaders_only),
        Some(format!("prefer {prefer}")),
        ids("drain", drain),
        ids("relieve", relieve),
        ids("without nodes", exclude_nodes),
        counted("partition(s) left alone", exclude_partitions.len()),
        flag("open time buckets too", *include_open),
        counted("chosen move(s)", moves.len()),
        counted("chosen leader(s)", leaders.len()),
        flag("mass repair allowed", *allow_mass_repair),
        Some(format!("{}/s and {migrations_per_node} copies a node", ByteSize(*bandwidth_bytes_per_second))),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn figures(document: &PlanDocument) -> Vec<Figure> {
    let PlanDocument { summary, unplanned, .. } = document;
    let gap = match summary.bytes < summary.lower_bound_bytes {
        true => "to bring every node into its band".to_owned(),
        false => format!("gap {}", percent(summary.gap)),
    };
    let least = format!("at least {}", duration(summary.estimated_seconds_minimum));
    let figure = |name: &str, value: String, detail: String| Figure { name: name.to_owned(), value, detail };
    vec![
        figure("To be copied", ByteSize(summary.bytes).to_string(), format!("{} move(s)", summary.moves)),
        figure("Lower bound", ByteSize(summary.lower_bound_bytes).to_string(), gap),
        figure("Time", duration(summary.estimated_seconds), least),
        figure("Leader transfers", summary.leader_transfers.to_string(), "no data moves for them".to_owned()),
        figure("Not planned", unplanned.len().to_string(), String::new()),
    ]
}

fn comparisons(before: &BalanceDocument, after: &BalanceDocument) -> Vec<Comparison> {
    let comparison = |name: &str, before: String, after: String| Comparison { name: name.to_owned(), before, after };
    let ratio = |name: &str, of: fn(&BalanceDocument) -> f64| comparison(name, percent(of(before)), percent(of(after)));
    vec![
        ratio("Skew", |b| b.skew),
        ratio("Largest deviation", |b| b.max_deviation),
        ratio("Structural skew", |b| b.structural_skew),
        comparison("Violations", before.violations.to_string(), after.violations.to_string()),
    ]
}

fn node(n: &NodeDocument) -> ReportNode {
    ReportNode { load: change(n), weight: n.weight.to_string(), leaders: (n.before_leaders, n.after_leaders) }
}

/// Every copy, with its time where the plan says enough.
fn copies(document: &PlanDocument) -> Vec<ReportCopy> {
    let places: BTreeMap<&NodeId, u32> = document.nodes.iter().map(|n| &n.node).zip(0..).collect();
    let place = |id: &Option<NodeId>| id.as_ref().and_then(|id| places.get(id).copied());
    if let Some(timed) = timeline(document) {
        let copy = |TimedCopy { from, to, bytes, span }: &TimedCopy| {
            let span_ms = Some((span.start_ms, span.end_ms));
            places.get(to).map(|to| ReportCopy { from: place(from), to: *to, load: *bytes, span_ms })
        };
        return timed.iter().filter_map(copy).collect();
    }
    let copies = document.moves.iter().filter(|m| matches!(m.kind, MoveKind::Replica | MoveKind::Repair));
    let copy = |m: &crate::planner::document::MoveDocument| {
        place(&m.to).map(|to| ReportCopy { from: place(&m.from), to, load: m.bytes, span_ms: None })
    };
    copies.filter_map(copy).collect()
}

fn remark(left: &UnplannedDocument) -> Remark {
    Remark {
        partition: left.partition.map(|id| id.to_string()).unwrap_or_default(),
        node: left.node.as_ref().map(ToString::to_string).unwrap_or_default(),
        reason: left.reason.name().to_owned(),
        message: left.message.clone(),
    }
}
