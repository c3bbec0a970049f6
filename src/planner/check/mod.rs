//! The independent checker: reads a plan and the cluster that it is for, carries the plan out on paper, and says what is wrong.
//!
//! It shares only types with the planner, no code that plans: ids instead of numbers, targets from a sorted list of breakpoints
//! in floating point instead of halved intervals of integers, the bound by filling zones up instead of clamping. A mistake
//! would have to be made twice, in two ways, to stay unseen.
//!
//! What it checks: schema, digest and id; that nodes and partitions exist and records are as expected; every move on its own
//! (holders, roles, zones, capacity, holds, sources); that after every move, or pair of an exchange, execution may stop;
//! that no replica moves twice; bands, drained nodes and repairs at the end, unless `unplanned` says why not; every total.

mod finding;
mod moves;
mod paper;
mod records;
mod shares;
mod totals;

pub use finding::{ExpectedField, Finding, Part, Severity, SourceFault};

use super::document::{PlanDocument, digest};
use super::layout::Layout;

/// What the checker found.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use]
pub struct Report {
    /// The findings, the worst first, otherwise in the order of the document.
    pub findings: Vec<(Severity, Finding)>,
}

impl Report {
    /// The worst severity among the findings.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|(severity, _)| *severity).min()
    }

    /// The findings of one severity.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |(other, _)| *other == severity).map(|(_, finding)| finding)
    }

    /// Whether the plan may be executed as it is: no error, and nothing stale.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.worst().is_none_or(|worst| worst == Severity::Note)
    }
}

/// Checks a plan against a layout of the cluster as it is now.
///
/// Nodes that the plan drains or excludes and partitions that it excludes are treated so whatever the layout says.
pub fn check(layout: &Layout, plan: &PlanDocument) -> Report {
    let mut findings = Vec::new();
    envelope(plan, &mut findings);
    let paper = paper::Paper::new(layout, plan, &mut findings);
    records::check(&paper, plan, &mut findings);
    let end = moves::replay(&paper, plan, &mut findings);
    totals::check(&paper, plan, &end, &mut findings);
    let changed = digest::input_digest(layout) != plan.input_digest;
    if changed {
        findings.push(Finding::InputChanged);
    }
    let mut findings: Vec<(Severity, Finding)> =
        findings.into_iter().map(|finding| (severity(&finding, changed), finding)).collect();
    findings.sort_by_key(|(severity, _)| *severity);
    Report { findings }
}

fn severity(finding: &Finding, changed: bool) -> Severity {
    use Finding::{InputChanged, LeaderShare, Stale};
    let note = matches!(finding, Stale { field: ExpectedField::ModRevision, .. } | InputChanged | LeaderShare { .. });
    // What was true of the cluster that was planned on need not be true of this one.
    if note || (changed && finding.is_figure()) {
        Severity::Note
    } else if matches!(finding, Stale { .. }) {
        Severity::Stale
    } else {
        Severity::Error
    }
}

/// Schema, digest, id and settings.
fn envelope(plan: &PlanDocument, findings: &mut Vec<Finding>) {
    if plan.schema != super::document::SCHEMA {
        findings.push(Finding::Schema { found: plan.schema.clone() });
    }
    let sealed = plan.clone().sealed();
    if sealed.digest != plan.digest {
        findings.push(Finding::Digest { stated: plan.digest.clone(), computed: sealed.digest });
    }
    if sealed.plan_id != plan.plan_id {
        findings.push(Finding::PlanId { stated: plan.plan_id.clone(), computed: sealed.plan_id });
    }
    let settings = &plan.settings;
    let ratio = |x: f64| (0.0..=1.0).contains(&x);
    let faults = [
        ("band", !ratio(settings.band)),
        ("threshold", settings.threshold.is_some_and(|x| !(0.0..=1000.0).contains(&x))),
        ("prefer", !["uniform", "fewest-moves"].contains(&settings.prefer.as_str())),
        ("bandwidth_bytes_per_second", settings.bandwidth_bytes_per_second == 0),
        ("migrations_per_node", settings.migrations_per_node == 0),
    ];
    findings.extend(faults.iter().filter(|(_, bad)| *bad).map(|&(name, _)| Finding::Setting { name }));
}
