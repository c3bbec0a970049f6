//! Targets, bands and the lower bound once more, in another way than the planner's.

use crate::planner::document::NodeDocument;
use crate::planner::roles::NodeRole;

use super::paper::{Node, Paper, Place, stays};

/// Of a node's capacity, this is left free while others have room.
const RESERVE: f64 = 0.05;

/// What the partitions ask of the nodes.
#[derive(Debug, Default)]
pub(super) struct Demand {
    /// Bytes of one copy of all that may be moved.
    movable: u64,
    /// Bytes of all copies at the end.
    total: u64,
    /// Bytes of each node that cannot be moved.
    fixed: Vec<u64>,
    /// Bytes of copies that must be made in any case.
    forced: u64,
}

impl Demand {
    pub(super) fn of(paper: &Paper<'_>) -> Self {
        let mut demand = Self { fixed: vec![0; paper.nodes.len()], ..Self::default() };
        let copies = u64::from(paper.layout.replication_factor());
        for number in 0..paper.layout.len() as u32 {
            let partition = paper.partition(number);
            if !paper.is_movable(&partition) {
                demand.total += partition.bytes * partition.nodes.len() as u64;
                for node in partition.nodes {
                    demand.fixed[node] += partition.bytes;
                }
                continue;
            }
            demand.movable += partition.bytes;
            demand.total += partition.bytes * copies;
            // What stays, zone by zone, but not more in a zone than there may be.
            let mut kept: Vec<usize> = Vec::with_capacity(partition.nodes.len());
            for &node in partition.nodes.iter().filter(|&&node| stays(paper.role(node))) {
                let zone = paper.zone(node);
                if kept.iter().filter(|&&other| other == zone).count() < usize::from(paper.zone_most) {
                    kept.push(zone);
                }
            }
            demand.forced += partition.bytes * copies.saturating_sub(kept.len() as u64);
            let repairable = |node: &&Place| paper.role(**node) != NodeRole::Lost && partition.nodes.contains(node);
            demand.forced += partition.bytes * partition.marked.iter().filter(repairable).count() as u64;
        }
        demand
    }

    /// The most bytes of a zone, by the rule of copies per zone.
    fn zone_most(&self, paper: &Paper<'_>, zone: usize) -> u64 {
        let here = paper.nodes.iter().zip(&self.fixed).filter(|(node, _)| node.zone == zone);
        self.movable * u64::from(paper.zone_most) + here.map(|(_, fixed)| fixed).sum::<u64>()
    }
}

/// A node to be filled between two edges.
struct Share {
    zone: usize,
    weight: f64,
    least: f64,
    most: f64,
}

impl Share {
    fn at(&self, level: f64) -> f64 {
        (level * self.weight).min(self.most).max(self.least)
    }
}

/// The target of each node, and how much of its capacity is left free.
pub(super) fn targets(paper: &Paper<'_>, demand: &Demand) -> (Vec<f64>, f64) {
    let (filled, missing) = fill(paper, demand, RESERVE);
    if missing > 0.5 { (fill(paper, demand, 0.0).0, 0.0) } else { (filled, RESERVE) }
}

/// Between what a node is filled.
fn share(demand: &Demand, place: Place, node: &Node<'_>, reserve: f64) -> Share {
    let (fixed, held) = (demand.fixed[place] as f64, node.bytes as f64);
    let one_of_each = demand.movable as f64 + fixed;
    let usable = node.capacity.map_or(one_of_each, |capacity| one_of_each.min(capacity as f64 * (1.0 - reserve)));
    let (weight, least, most) = match node.role {
        NodeRole::Open => (node.weight, fixed, usable.max(fixed)),
        NodeRole::SendOnly => (node.weight, fixed, held),
        NodeRole::Fixed => (0.0, held, held),
        NodeRole::Draining | NodeRole::Lost => (0.0, fixed, fixed),
    };
    Share { zone: node.zone, weight, least, most }
}

/// Fills the nodes up; also what found no room.
fn fill(paper: &Paper<'_>, demand: &Demand, reserve: f64) -> (Vec<f64>, f64) {
    let shares: Vec<Share> =
        paper.nodes.iter().enumerate().map(|(place, node)| share(demand, place, node, reserve)).collect();
    let mut zones: Vec<Vec<&Share>> = vec![Vec::new(); paper.layout.zones().len()];
    for share in &shares {
        zones[share.zone].push(share);
    }
    // The level at which each zone is full.
    let full = |(zone, members): (usize, &Vec<&Share>)| {
        let least: f64 = members.iter().map(|share| share.least).sum();
        let most = (demand.zone_most(paper, zone) as f64).max(least);
        let mut own: Vec<f64> = members.iter().flat_map(|share| breakpoints(share)).collect();
        level_for(&mut own, most, |level| members.iter().map(|share| share.at(level)).sum())
    };
    let full: Vec<f64> = zones.iter().enumerate().map(full).collect();
    let at = |level: f64| {
        let zone = |(members, full): (&Vec<&Share>, &f64)| {
            let level = level.min(*full);
            members.iter().map(|share| share.at(level)).sum::<f64>()
        };
        zones.iter().zip(&full).map(zone).sum::<f64>()
    };
    let mut breaks: Vec<f64> = shares.iter().flat_map(breakpoints).chain(full.iter().copied()).collect();
    let total = demand.total as f64;
    let level = level_for(&mut breaks, total, at);
    let missing = total - at(level);
    // Sums of floating point numbers are off by so much.
    let tolerance = total * 1e-12 + shares.len() as f64;
    let filled = shares.iter().map(|share| share.at(level.min(full[share.zone]))).collect();
    (filled, if missing > tolerance { missing } else { 0.0 })
}

/// Where a node's share begins and ends to grow.
fn breakpoints(share: &Share) -> impl Iterator<Item = f64> + use<> {
    let edges = [share.least / share.weight, share.most / share.weight];
    let grows = share.weight > 0.0;
    edges.into_iter().filter(move |_| grows)
}

/// The level at which a sum that grows linearly between breakpoints is `amount`; the highest breakpoint if it never is.
fn level_for(breaks: &mut Vec<f64>, amount: f64, sum: impl Fn(f64) -> f64) -> f64 {
    breaks.push(0.0);
    breaks.sort_by(f64::total_cmp);
    let above = breaks.partition_point(|&level| sum(level) <= amount);
    match (above.checked_sub(1).map(|below| breaks[below]), breaks.get(above)) {
        (None, _) => 0.0,
        (Some(below), None) => below,
        (Some(below), Some(&next)) => {
            let (low, high) = (sum(below), sum(next));
            below + (next - below) * (amount - low) / (high - low)
        }
    }
}

/// The band round a target: as the target, off by a rounding.
pub(super) fn band(paper: &Paper<'_>, demand: &Demand, reserve: f64, place: Place, target: u64) -> (f64, f64) {
    let node = &paper.nodes[place];
    let (exact, band) = (target as f64, paper.settings.band);
    let usable = |capacity: u64| capacity as f64 * (1.0 - reserve);
    let one_of_each = (demand.movable + demand.fixed[place]) as f64;
    match node.role {
        NodeRole::Open => {
            let most = node.capacity.map_or(one_of_each, |capacity| usable(capacity).min(one_of_each));
            (exact * (1.0 - band), (exact * (1.0 + band)).min(most).max(exact))
        }
        NodeRole::SendOnly => (exact * (1.0 - band), (exact * (1.0 + band)).min(node.bytes as f64).max(exact)),
        NodeRole::Fixed | NodeRole::Draining | NodeRole::Lost => (exact, exact),
    }
}

/// Whose band is as asked; those of the others are as wide as what they hold needs it.
pub(super) type Named<'p> = &'p dyn Fn(Place) -> bool;

/// The least bytes that any plan to these bands copies: every zone first shrinks as far as it may, then all of them are filled
/// up together, first where that costs nothing more.
pub(super) fn bound(paper: &Paper<'_>, demand: &Demand, bands: &[NodeDocument], named: Named<'_>) -> u64 {
    #[derive(Clone, Default)]
    struct Zone {
        held: i128,
        low: i128,
        high: i128,
        under: i128,
        over: i128,
    }
    let mut zones = vec![Zone::default(); paper.layout.zones().len()];
    for entry in bands {
        let Some(place) = paper.place(&entry.node) else { continue };
        let node = &paper.nodes[place];
        let zone = &mut zones[node.zone];
        let (low, high) = if named(place) {
            (entry.low_bytes, entry.high_bytes)
        } else {
            (entry.low_bytes.min(node.bytes), entry.high_bytes.max(node.bytes))
        };
        zone.held += i128::from(node.bytes);
        zone.low += i128::from(low);
        zone.high += i128::from(high);
        zone.under += i128::from(low.saturating_sub(node.bytes));
        zone.over += i128::from(node.bytes.saturating_sub(high));
    }
    for (at, zone) in zones.iter_mut().enumerate() {
        zone.high = zone.high.min(demand.zone_most(paper, at).into()).max(zone.low);
    }
    let lows: i128 = zones.iter().map(|zone| zone.low).sum();
    let highs: i128 = zones.iter().map(|zone| zone.high).sum();
    let total = i128::from(demand.total).min(highs).max(lows);
    let mut to_place = total - zones.iter().map(|zone| zone.held).sum::<i128>();
    let (mut copied, mut free) = (0_i128, 0_i128);
    for zone in &zones {
        let least = zone.low.max(total - (highs - zone.high)) - zone.held;
        to_place -= least;
        copied += zone.under.max(zone.over + least);
        // So much may come without more than `under` flowing in.
        free += (zone.under - zone.over - least).max(0).min(zone.high - zone.held - least);
    }
    let copied = copied + (to_place - free).max(0);
    u64::try_from(copied).unwrap_or(0).max(demand.forced)
}
