//! What each node holds, and how even that is.

use super::census::Census;
use super::layout::Layout;
use super::plan::{Balance, NodeTarget};
use super::targets::Targets;

pub use super::census::NodeLoad;

/// What each node holds, in node order.
#[must_use]
pub fn loads(layout: &Layout) -> Vec<NodeLoad> {
    Census::of(layout).loads
}

/// How evenly the nodes are filled against their targets.
#[must_use]
pub fn balance(layout: &Layout, targets: &Targets) -> Balance {
    balance_of(layout, &Census::of(layout), &targets.nodes)
}

/// The same from a census that is there already. Figures for people: nothing is decided by them.
pub(super) fn balance_of(layout: &Layout, census: &Census, targets: &[NodeTarget]) -> Balance {
    let staying = || (0..layout.nodes().len()).filter(|&n| layout.nodes()[n].role.stays());
    let weights: u64 = staying().map(|n| u64::from(layout.nodes()[n].weight.millis())).sum();
    let bytes: u128 = staying().map(|n| u128::from(targets[n].target)).sum();
    let mut balance = Balance { violations: census.violations, ..Balance::default() };
    let mut first = true;
    for n in staying() {
        let deviation = deviation(census.loads[n].bytes, targets[n].target);
        balance.skew = if first { deviation } else { balance.skew.max(deviation) };
        balance.max_deviation = balance.max_deviation.max(deviation.abs());
        first = false;
        let mean = bytes as f64 * f64::from(layout.nodes()[n].weight.millis()) / weights as f64;
        if mean > 0.0 {
            let structural = (targets[n].target as f64 / mean - 1.0).abs();
            balance.structural_skew = balance.structural_skew.max(structural);
        }
    }
    balance
}

/// `load ÷ share − 1`; 0 for nothing of nothing, 1 for something where nothing should be.
fn deviation(load: u64, target: u64) -> f64 {
    match (load, target) {
        (0, 0) => 0.0,
        (_, 0) => 1.0,
        (load, target) => load as f64 / target as f64 - 1.0,
    }
}
