//! Numbers of moves, what they name, and whether the records are still as the plan expects.

use std::collections::BTreeSet;

use crate::model::{NodeId, PartitionId};
use crate::planner::document::{Expected, PlanDocument};

use super::paper::Paper;
use super::{ExpectedField, Finding};

pub(super) fn check(paper: &Paper<'_>, plan: &PlanDocument, findings: &mut Vec<Finding>) {
    let mut seen: BTreeSet<PartitionId> = BTreeSet::new();
    for (at, m) in plan.moves.iter().enumerate() {
        if m.seq != at as u64 {
            findings.push(Finding::Seq { at, seq: m.seq });
        }
        let seq = at as u64;
        for node in [&m.from, &m.to, &m.copy_from].into_iter().flatten() {
            if paper.place(node).is_none() {
                findings.push(Finding::UnknownNode { place: format!("move {seq}"), node: node.clone() });
            }
        }
        let first = seen.insert(m.partition);
        if first != m.expects.is_some() {
            findings.push(Finding::Expects { seq, partition: m.partition, missing: first });
        }
        let Some(number) = paper.layout.partition_index(m.partition) else {
            findings.push(Finding::UnknownPartition { place: format!("move {seq}"), partition: m.partition });
            continue;
        };
        let revision = paper.layout.revisions()[number as usize];
        // A plan that undoes another one cannot know what revisions that one will leave.
        if m.mod_revision != 0 && m.mod_revision != revision {
            let (expected, found) = (m.mod_revision.to_string(), revision.to_string());
            let field = ExpectedField::ModRevision;
            findings.push(Finding::Stale { partition: m.partition, field, expected, found });
        }
        if let Some(expected) = &m.expects {
            expectations(paper, m.partition, number, expected, findings);
        }
    }
    let settings = &plan.settings;
    for node in settings.drain.iter().chain(&settings.relieve).chain(&settings.exclude_nodes) {
        if paper.place(node).is_none() {
            findings.push(Finding::UnknownNode { place: "a setting".into(), node: node.clone() });
        }
    }
}

fn expectations(
    paper: &Paper<'_>,
    partition: PartitionId,
    number: u32,
    expects: &Expected,
    findings: &mut Vec<Finding>,
) {
    let Expected { nodes, leader, state, epoch } = expects;
    let found = paper.partition(number);
    let list = |nodes: &[NodeId]| nodes.iter().map(NodeId::as_str).collect::<Vec<_>>().join(",");
    let name = |node: Option<&NodeId>| node.map_or("nobody", NodeId::as_str).to_owned();
    let holders: Vec<NodeId> = found.nodes.iter().map(|&node| paper.id(node)).collect();
    let leads = found.leader.map(|node| paper.id(node));
    let (is_state, is_epoch) = (paper.layout.states()[number as usize], paper.layout.epochs()[number as usize]);
    let fields = [
        (ExpectedField::Nodes, list(nodes), list(&holders)),
        (ExpectedField::Leader, name(leader.as_ref()), name(leads.as_ref())),
        (ExpectedField::State, format!("{state:?}"), format!("{is_state:?}")),
        (ExpectedField::Epoch, epoch.to_string(), is_epoch.to_string()),
    ];
    for (field, expected, found) in fields {
        if expected != found {
            findings.push(Finding::Stale { partition, field, expected, found });
        }
    }
}
