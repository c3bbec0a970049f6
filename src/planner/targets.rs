//! Where each node's load should be: its share by weight, under what zones, capacities and immovable data allow.

use crate::placement::{Filled, Vessel, water_fill};

use super::census::Census;
use super::layout::Layout;
use super::plan::NodeTarget;
use super::roles::NodeRole;
use super::settings::PPM;

/// So much of a node's capacity is left free while others have room, parts per million.
pub const CAPACITY_RESERVE_PPM: u64 = 50_000;

/// Targets of nodes and zones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    /// Target and band of each node, in node order.
    pub nodes: Vec<NodeTarget>,
    /// What each zone should hold: the sum over its nodes.
    pub zones: Vec<u64>,
    /// Bytes for which the nodes have no room.
    pub missing: u64,
}

/// The targets of a layout, with bands of ± `band_ppm` parts per million round them.
#[must_use]
pub fn targets(layout: &Layout, band_ppm: u32) -> Targets {
    targets_of(layout, &Census::of(layout), band_ppm)
}

/// The same from a census that is there already.
pub(super) fn targets_of(layout: &Layout, census: &Census, band_ppm: u32) -> Targets {
    let with_reserve = fill(layout, census, CAPACITY_RESERVE_PPM);
    let (filled, reserve) =
        if with_reserve.missing == 0 { (with_reserve, CAPACITY_RESERVE_PPM) } else { (fill(layout, census, 0), 0) };
    let band = u128::from(band_ppm);
    let node = |n: usize| {
        let target = filled.vessels[n];
        let low = (u128::from(target) * u128::from(PPM).saturating_sub(band)).div_ceil(PPM.into()) as u64;
        let high = (u128::from(target) * (u128::from(PPM) + band) / u128::from(PPM)) as u64;
        match layout.nodes()[n].role {
            NodeRole::Open => NodeTarget { target, low, high: high.min(cap(layout, census, n, reserve)).max(target) },
            NodeRole::SendOnly => NodeTarget { target, low, high: high.min(census.loads[n].bytes).max(target) },
            NodeRole::Fixed | NodeRole::Draining | NodeRole::Lost => NodeTarget { target, low: target, high: target },
        }
    };
    Targets { nodes: (0..layout.nodes().len()).map(node).collect(), zones: filled.zones, missing: filled.missing }
}

/// The most bytes of a zone: so many copies of what may be moved as the zone rule allows, and what must stay there.
pub(super) fn zone_caps(layout: &Layout, census: &Census) -> Vec<u64> {
    let movable = census.movable_bytes.saturating_mul(layout.zone_replicas_max().into());
    let mut caps = vec![movable; layout.zones().len()];
    for (node, &bytes) in layout.nodes().iter().zip(&census.immovable) {
        let cap = &mut caps[usize::from(node.zone)];
        *cap = cap.saturating_add(bytes);
    }
    caps
}

fn fill(layout: &Layout, census: &Census, reserve: u64) -> Filled {
    let vessel = |n: usize| {
        let node = &layout.nodes()[n];
        let (load, immovable) = (census.loads[n].bytes, census.immovable[n]);
        let (weight, floor, cap) = match node.role {
            NodeRole::Open => (node.weight.millis(), immovable, cap(layout, census, n, reserve)),
            NodeRole::SendOnly => (node.weight.millis(), immovable, load),
            NodeRole::Fixed => (0, load, load),
            NodeRole::Draining | NodeRole::Lost => (0, immovable, immovable),
        };
        Vessel { weight: weight.into(), zone: node.zone.into(), floor, cap }
    };
    let vessels: Vec<Vessel> = (0..layout.nodes().len()).map(vessel).collect();
    water_fill(&vessels, &zone_caps(layout, census), census.total_bytes)
}

/// The most bytes of a node that receives: one copy of each partition, and its capacity.
fn cap(layout: &Layout, census: &Census, n: usize, reserve: u64) -> u64 {
    let one_of_each = census.movable_bytes.saturating_add(census.immovable[n]);
    let usable = |capacity: u64| (u128::from(capacity) * u128::from(PPM - reserve) / u128::from(PPM)) as u64;
    layout.nodes()[n].capacity_bytes.map_or(one_of_each, |capacity| usable(capacity).min(one_of_each))
}
