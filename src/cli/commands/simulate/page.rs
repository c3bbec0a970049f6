//! A simulation as bars of text and as a page with charts.

use crate::cli::report::percent;
use crate::model::{ByteSize, NodeId};
use crate::operations::simulate::Simulation;
use crate::operations::simulate::copies::copies;
use crate::operations::simulate::figures::{Figures, NodeFigures};
use crate::output::report::{Comparison, Figure, Remark, ReportCopy, ReportData, ReportNode};
use crate::output::{LoadUnit, NodeLoadChange};

use super::show::Answer;

/// What the loads are counted in: bytes, unless nobody knows any.
pub(super) fn unit(simulation: &Simulation) -> LoadUnit {
    match (simulation.before.bytes, simulation.after.bytes) {
        (0, 0) => LoadUnit::Partitions,
        _ => LoadUnit::Bytes,
    }
}

/// The nodes of either side, in natural order.
fn ids(simulation: &Simulation) -> Vec<&NodeId> {
    let Simulation { before, after, .. } = simulation;
    let mut ids: Vec<&NodeId> = before.nodes.iter().chain(&after.nodes).map(|node| &node.node).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn find<'f>(figures: &'f Figures, id: &NodeId) -> Option<&'f NodeFigures> {
    figures.nodes.binary_search_by(|node| node.node.cmp(id)).ok().map(|at| &figures.nodes[at])
}

/// The share of a node in what is counted. Partitions follow the weights of the nodes that stay.
fn share(after: &Figures, node: &NodeFigures, unit: LoadUnit) -> u64 {
    match unit {
        LoadUnit::Bytes => node.target_bytes,
        LoadUnit::Partitions => {
            let stays = |n: &&NodeFigures| n.deviation.is_some();
            let weights: f64 = after.nodes.iter().filter(stays).map(|n| n.weight.as_f64()).sum();
            let all: u64 = after.nodes.iter().map(|n| n.partitions).sum();
            if stays(&node) && weights > 0.0 { (all as f64 * node.weight.as_f64() / weights).round() as u64 } else { 0 }
        }
    }
}

/// What the bars are drawn of; the target is the fair share after.
pub(super) fn changes(simulation: &Simulation) -> Vec<NodeLoadChange> {
    nodes(simulation).into_iter().map(|node| node.load).collect()
}

fn nodes(simulation: &Simulation) -> Vec<ReportNode> {
    let Simulation { before, after, .. } = simulation;
    let unit = unit(simulation);
    let load = |node: Option<&NodeFigures>| match unit {
        LoadUnit::Bytes => node.map_or(0, |node| node.bytes),
        LoadUnit::Partitions => node.map_or(0, |node| node.partitions),
    };
    let leaders = |node: Option<&NodeFigures>| node.map_or(0, |node| node.leaders);
    let node = |id: &NodeId| {
        let (old, new) = (find(before, id), find(after, id));
        let target = new.map_or(0, |node| share(after, node, unit));
        let either = new.or(old);
        ReportNode {
            load: NodeLoadChange {
                node: id.to_string(),
                zone: either.map(|node| node.zone.clone()).unwrap_or_default(),
                before: load(old),
                after: load(new),
                target,
                low: target,
                high: target,
            },
            weight: either.map(|node| node.weight.to_string()).unwrap_or_default(),
            leaders: (leaders(old), leaders(new)),
        }
    };
    ids(simulation).into_iter().map(node).collect()
}

fn moves(simulation: &Simulation) -> Vec<ReportCopy> {
    let (before, after) = &simulation.layouts;
    let ids = ids(simulation);
    let place = |id: &NodeId| ids.binary_search(&id).ok().map(|at| at as u32);
    let places = |layout: &crate::planner::Layout| -> Vec<Option<u32>> {
        layout.nodes().iter().map(|node| place(&node.id)).collect()
    };
    let (old, new) = (places(before), places(after));
    let unit = unit(simulation);
    let copy = |(from, to, bytes): (Option<u16>, u16, u64)| {
        let load = if unit == LoadUnit::Bytes { bytes } else { 1 };
        let from = from.and_then(|from| old[usize::from(from)]);
        new[usize::from(to)].map(|to| ReportCopy { from, to, load, span_ms: None })
    };
    copies(before, after).into_iter().filter_map(copy).collect()
}

impl Answer<'_> {
    /// The page. `now` is when it was made.
    pub(super) fn page(&self, now: crate::model::Timestamp) -> ReportData {
        let Self { request, ground, simulation, findings, unrecorded: _ } = self;
        let Simulation { by, before, after, moved, violations, left_out, .. } = simulation;
        let changes: Vec<String> = request.changes.iter().map(ToString::to_string).collect();
        let changes = if changes.is_empty() { "none".to_owned() } else { changes.join("; ") };
        let mut facts = vec![("Changes", changes), ("Partitions", ground.name().to_owned())];
        if let Some((_, view)) = &ground.store {
            facts.push(("Cluster", view.spec.cluster_id.clone()));
        }
        facts.extend(ground.revision().map(|revision| ("Store revision", revision.to_string())));
        facts.extend(by.map(|by| ("Carried out by", by.name().to_owned())));
        facts.extend([("Made", now.to_string()), ("Command", "otlp-part simulate".to_owned())]);
        let verdict = |met: bool| if met { "met" } else { "not met" };
        facts.extend(
            findings
                .iter()
                .map(|f| ("Required", format!("{} {}: {}, {}", f.name, f.required, f.found, verdict(f.met)))),
        );
        let broken = violations.iter().map(|violation| Remark {
            partition: violation.first.clone(),
            reason: violation.rule.name().to_owned(),
            message: format!("{}; the first is named", violation.message),
            ..Remark::default()
        });
        let left = left_out.iter().map(|left| Remark {
            reason: left.reason.name().to_owned(),
            message: format!("{}: {}", left.count, left.message),
            ..Remark::default()
        });
        let comparison = |name: &str, of: &dyn Fn(&Figures) -> String| Comparison {
            name: name.to_owned(),
            before: of(before),
            after: of(after),
        };
        ReportData {
            title: "Simulation".to_owned(),
            lead: format!(
                "{} replica(s) of {} partition(s) move, {}.",
                moved.replicas,
                moved.partitions,
                ByteSize(moved.bytes)
            ),
            facts: facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            figures: vec![
                figure("Moved", ByteSize(moved.bytes).to_string(), format!("{} of all", percent(moved.fraction))),
                figure("Least", ByteSize(moved.minimum_bytes).to_string(), percent(moved.minimum_fraction)),
                figure("Leaders that change", moved.leaders.to_string(), String::new()),
                figure("Violations", violations.len().to_string(), "rules that are broken after".to_owned()),
            ],
            comparisons: vec![
                comparison("Skew", &|f| percent(f.skew)),
                comparison("Largest deviation", &|f| percent(f.max_deviation)),
                comparison("Skew of leaders", &|f| percent(f.leaders.skew)),
                comparison("Nodes", &|f| f.nodes.len().to_string()),
            ],
            unit: unit(simulation),
            nodes: nodes(simulation),
            copies: moves(simulation),
            remarks_title: "Broken or not planned".to_owned(),
            remarks: broken.chain(left).collect(),
            ..ReportData::default()
        }
    }
}

fn figure(name: &str, value: String, detail: String) -> Figure {
    Figure { name: name.to_owned(), value, detail }
}
