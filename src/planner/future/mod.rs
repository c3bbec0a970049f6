//! Re-placing the partitions of coming time buckets, which are created but still empty.
//!
//! They weigh nothing, so balancing by bytes never sees them: nodes that are added now would get nothing of what is written
//! in the coming hours, and nodes that are to be emptied would be filled again. So each coming bucket is evened out by
//! count, with as few moves as that takes; no data is copied.
//!
//! A node's share is water-filled over what its bucket has: by weight, at most `ceil(RF / zones)` replicas of a partition in a
//! zone. A node ends with its share rounded down or up. Which of the two follows from the coming buckets before: what
//! rounding gave or took is made up for once it is more than two replicas between two nodes of a zone. Leaders are evened
//! out bucket by bucket.
//!
//! Invariant: no replica is moved twice; at no step a zone gets more replicas of a partition than the zone rule allows; a
//! layout to which the moves were applied needs none.

mod hour;
mod targets;

use std::ops::Range;

use crate::placement::leaders::{Busy, LeaderProblem, even_out};

use super::layout::Layout;
use super::leaders;
use super::plan::{Move, Unplanned, UnplannedReason};
use super::roles::{Hold, NodeRole};

use hour::Hour;

/// The moves that even out the coming time buckets, in order, and what could not be done.
///
/// All that may be done with partitions held as [`Hold::Future`] is done here: draining, replacing and adding replicas, too.
/// Copies on lost nodes are left where they are while a whole zone or more than a tenth of the nodes is lost, unless
/// `allow_mass_repair`.
#[must_use]
pub fn future_moves(layout: &Layout, allow_mass_repair: bool) -> (Vec<Move>, Vec<Unplanned>) {
    let keep_lost = !allow_mass_repair && is_mass_loss(layout);
    let mut carry = vec![0_i128; layout.nodes().len()];
    let mut after: Option<Layout> = None;
    let (mut moves, mut failed) = (Vec::new(), Failures::default());
    for range in coming_buckets(layout) {
        let mut hour = Hour::new(layout, range.clone(), keep_lost);
        hour.re_place(&mut carry, &mut failed);
        let after = after.get_or_insert_with(|| layout.clone());
        for step in hour.moves() {
            debug_assert!(step.bytes == 0);
            if after.apply(&step) {
                moves.push(step);
            }
        }
        for step in leader_moves(after, range) {
            if after.apply(&step) {
                moves.push(step);
            }
        }
    }
    (moves, failed.into_unplanned(layout))
}

/// What could not be done, added up over the buckets.
#[derive(Debug, Default)]
struct Failures {
    /// Replicas without a legal place, and the first partition of them.
    homeless: (u64, Option<u32>),
    /// Copies that stay on lost nodes, and the first partition of them.
    left_lost: (u64, Option<u32>),
    /// Partitions with too many replicas in a zone, all on excluded nodes, and the first of them.
    excluded: (u64, Option<u32>),
    /// By node in how many buckets it keeps more than its share.
    over: Vec<u64>,
}

impl Failures {
    fn note(counter: &mut (u64, Option<u32>), partition: u32) {
        counter.0 += 1;
        counter.1.get_or_insert(partition);
    }

    fn into_unplanned(self, layout: &Layout) -> Vec<Unplanned> {
        let Self { homeless, left_lost, excluded, over } = self;
        let mut unplanned = Vec::new();
        let mut of_partitions = |(count, first): (u64, Option<u32>), reason, what: &str| {
            if count > 0 {
                let message = format!("{count} {what}");
                unplanned.push(Unplanned { partition: first, node: None, reason, message });
            }
        };
        let no_target = "replicas of coming partitions have no other node: zone rule, or too few nodes";
        of_partitions(homeless, UnplannedReason::NoTarget, no_target);
        let mass = "replicas of coming partitions stay on nodes that are down: too many are, and the whole cluster's repair \
                    was not asked for";
        of_partitions(left_lost, UnplannedReason::MassRepair, mass);
        let crowded =
            "coming partitions keep more replicas in one zone than the zone rule allows: their nodes are excluded";
        of_partitions(excluded, UnplannedReason::Excluded, crowded);
        for (node, buckets) in over.into_iter().enumerate().filter(|(_, buckets)| *buckets > 0) {
            let id = &layout.nodes()[node].id;
            let message =
                format!("node {id} keeps more than its share of {buckets} coming time buckets: the zone rule");
            let node = Some(node as u16);
            unplanned.push(Unplanned { partition: None, node, reason: UnplannedReason::OutOfBand, message });
        }
        unplanned
    }
}

/// The partitions of each time bucket that has some to be re-placed.
fn coming_buckets(layout: &Layout) -> Vec<Range<u32>> {
    let (ids, holds) = (layout.ids(), layout.holds());
    let mut ranges = Vec::new();
    let mut start = 0;
    while start < ids.len() {
        let same = ids[start..].iter().take_while(|id| id.bucket() == ids[start].bucket()).count();
        if holds[start..start + same].contains(&Hold::Future) {
            ranges.push(start as u32..(start + same) as u32);
        }
        start += same;
    }
    ranges
}

/// Whether a whole zone or more than a tenth of the nodes is lost.
fn is_mass_loss(layout: &Layout) -> bool {
    let is_lost = |role: NodeRole| role == NodeRole::Lost;
    let mut zones = vec![(0_usize, 0_usize); layout.zones().len()];
    for node in layout.nodes() {
        let (all, lost) = &mut zones[usize::from(node.zone)];
        *all += 1;
        *lost += usize::from(is_lost(node.role));
    }
    let lost: usize = zones.iter().map(|(_, lost)| lost).sum();
    lost * 10 > layout.nodes().len() || (zones.len() > 1 && zones.iter().any(|(all, lost)| all == lost && *lost > 0))
}

/// The transfers by which nobody leads more than its share of a bucket, rounded up.
fn leader_moves(after: &Layout, range: Range<u32>) -> Vec<Move> {
    let slots = range.start as usize * after.stride()..range.end as usize * after.stride();
    let is_future = |partition: u32| after.holds()[partition as usize] == Hold::Future;
    let mut choices = leaders::choices(after, range.clone());
    choices.iter_mut().zip(range.clone()).filter(|(_, p)| !is_future(*p)).for_each(|(choice, _)| *choice = 0);
    let weight = |node: &super::LayoutNode| if node.role.stays() { node.weight.millis() } else { 0 };
    let problem = LeaderProblem {
        stride: after.stride(),
        holders: &after.replicas()[slots],
        choices: &choices,
        weights: &after.nodes().iter().map(weight).collect::<Vec<_>>(),
        may_gain: &after.nodes().iter().map(|node| node.role.receives()).collect::<Vec<_>>(),
    };
    let before = &after.leader_slots()[range.start as usize..range.end as usize];
    let mut slots = before.to_vec();
    even_out(&problem, Busy::default(), &mut slots);
    let changed = range.zip(slots.iter().zip(before)).filter(|(_, (new, old))| new != old);
    changed
        .filter_map(|(partition, (&slot, _))| {
            let to = *after.holders(partition).get(usize::from(slot))?;
            Some(leaders::transfer(after, partition, to))
        })
        .collect()
}

#[cfg(test)]
mod tests;
