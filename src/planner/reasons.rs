//! What a plan does not do, and why.

use crate::placement::NodeIndex;

use super::census::{Census, Movable, has_source};
use super::layout::Layout;
use super::plan::{NodeTarget, Unplanned, UnplannedReason};
use super::roles::{Hold, NodeRole};
use super::settings::PPM;

/// Why a partition that is not moved is not moved; none if it may be.
fn held(layout: &Layout, partition: u32) -> Option<UnplannedReason> {
    match layout.holds()[partition as usize] {
        Hold::Free | Hold::Future if has_source(layout, partition) => None,
        Hold::Free | Hold::Future => Some(UnplannedReason::NoSource),
        Hold::Open => Some(UnplannedReason::Open),
        Hold::Pinned => Some(UnplannedReason::Pinned),
        Hold::Expiring => Some(UnplannedReason::Expiring),
        Hold::InFlight => Some(UnplannedReason::InFlight),
        Hold::ForeignState => Some(UnplannedReason::ForeignState),
        Hold::Split => Some(UnplannedReason::Split),
        Hold::Excluded => Some(UnplannedReason::Excluded),
    }
}

/// Immovable partitions of nodes that should be emptied or are lost, and those with too few copies.
pub(super) fn held_back(layout: &Layout) -> Vec<Unplanned> {
    let mut unplanned = Vec::new();
    let copies = usize::from(layout.replication_factor());
    let movable = Movable::of(layout);
    for partition in (0..layout.len() as u32).filter(|&partition| !movable.contains(partition)) {
        let Some(reason) = held(layout, partition) else { continue };
        let id = layout.ids()[partition as usize];
        let why = if reason == UnplannedReason::NoSource {
            "no readable copy is left"
        } else {
            layout.holds()[partition as usize].why()
        };
        for &node in layout.holders(partition) {
            let what = match layout.node(node).role {
                NodeRole::Draining => "stays on the draining",
                NodeRole::Lost => "is not rebuilt from the lost",
                NodeRole::Open | NodeRole::SendOnly | NodeRole::Fixed => continue,
            };
            let message = format!("partition {id} {what} node {}: {why}", layout.node(node).id);
            unplanned.push(Unplanned { partition: Some(partition), node: Some(node), reason, message });
        }
        let count = layout.holders(partition).len();
        if count < copies && reason != UnplannedReason::Split {
            let message = format!("partition {id} stays at {count} of {copies} replicas: {why}");
            unplanned.push(Unplanned { partition: Some(partition), node: None, reason, message });
        }
    }
    unplanned
}

/// Replicas for which no node was found.
pub(super) fn stranded(layout: &Layout, stranded: &[(u32, Option<NodeIndex>)]) -> Vec<Unplanned> {
    let entry = |&(partition, node): &(u32, Option<NodeIndex>)| {
        let id = layout.ids()[partition as usize];
        let size = layout.sizes()[partition as usize];
        let receives = layout.nodes().iter().filter(|node| node.role.receives());
        let largest = receives.map(|node| node.capacity_bytes.unwrap_or(u64::MAX)).max().unwrap_or(0);
        let why = if size > largest {
            format!("its {size} bytes are more than any node's capacity")
        } else {
            "the zone rule, capacities and the nodes that hold it already leave no node".to_owned()
        };
        let what = match node {
            Some(node) => format!("the replica of partition {id} on node {} finds no place", layout.node(node).id),
            None => format!("a missing replica of partition {id} finds no place"),
        };
        let message = format!("{what}: {why}");
        Unplanned { partition: Some(partition), node, reason: UnplannedReason::NoTarget, message }
    };
    stranded.iter().map(entry).collect()
}

/// Nodes that end outside their bands, with the band that they reach.
pub(super) fn out_of_band(layout: &Layout, census: &Census, bands: &[NodeTarget], band_ppm: u32) -> Vec<Unplanned> {
    let percent = |ppm: u128| format!("{}.{:02} %", ppm / 10_000, ppm / 100 % 100);
    let mut unplanned = Vec::new();
    for (n, node) in layout.nodes().iter().enumerate().filter(|(_, node)| node.role.stays()) {
        let (load, band) = (census.loads[n].bytes, &bands[n]);
        if (band.low..=band.high).contains(&load) {
            continue;
        }
        let reached =
            (u128::from(load.abs_diff(band.target)) * u128::from(PPM)).div_ceil(u128::from(band.target.max(1)));
        let side = if load > band.high { "above" } else { "below" };
        let why = if node.role == NodeRole::SendOnly && load < band.low {
            "it is cordoned and receives nothing"
        } else if load > band.high && census.immovable[n] >= band.high {
            "what it holds cannot be moved"
        } else {
            "no partition that may be moved fits"
        };
        let message = format!(
            "node {} ends {} {side} its target of {} bytes, {} was asked: {why}",
            node.id,
            percent(reached),
            band.target,
            percent(band_ppm.into()),
        );
        let node = Some(n as NodeIndex);
        unplanned.push(Unplanned { partition: None, node, reason: UnplannedReason::OutOfBand, message });
    }
    unplanned
}

/// One sentence about the whole cluster.
pub(super) fn general(reason: UnplannedReason, message: String) -> Unplanned {
    Unplanned { partition: None, node: None, reason, message }
}
