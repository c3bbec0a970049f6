//! How many replicas of a bucket each node should end with.

use crate::placement::quota::{Bin, FRACTION_BITS, Quota, quotas};

/// One replica, in the parts in which shares are counted.
const ONE: i128 = 1 << FRACTION_BITS;

/// What the targets follow from.
pub(super) struct Supply {
    /// Each node: `held` is what cannot be moved, `room` what it may have beside.
    pub(super) bins: Vec<Bin>,
    /// Replicas beside those that cannot be moved, that each zone may have.
    pub(super) zone_rooms: Vec<u64>,
    /// Movable replicas that each node has now, on nodes that keep some.
    pub(super) now: Vec<u64>,
    /// Nodes that get no more than they have.
    pub(super) gives_only: Vec<bool>,
    /// Movable replicas in the end.
    pub(super) total: u64,
}

impl Supply {
    /// Those that only give come down to their share, rounded up, as if they could also take; what they then have stands
    /// fast, for the others' shares must not depend on how much they had. Gives what they keep.
    fn settle_givers(&mut self) -> Vec<u64> {
        let mut kept = vec![0; self.bins.len()];
        if !self.gives_only.contains(&true) {
            return kept;
        }
        let shares = quotas(self.total, &self.bins, &self.zone_rooms);
        for node in (0..self.bins.len()).filter(|&node| self.gives_only[node]) {
            let keeps = self.now[node].min(shares.bins[node].high).min(self.total);
            let Bin { zone, held, room, .. } = &mut self.bins[node];
            (*held, *room) = (*held + keeps, 0);
            self.zone_rooms[*zone] = self.zone_rooms[*zone].saturating_sub(keeps);
            self.total -= keeps;
            self.now[node] = 0;
            kept[node] = keeps;
        }
        kept
    }
}

/// The movable replicas that each node should have. `carry` is by how much nodes were above their shares in the buckets
/// before, and takes this bucket along.
pub(super) fn targets(mut supply: Supply, carry: &mut [i128]) -> Vec<u64> {
    let mut targets = supply.settle_givers();
    let shares = quotas(supply.total, &supply.bins, &supply.zone_rooms);
    let mut zones = vec![Vec::new(); supply.zone_rooms.len()];
    for (node, bin) in supply.bins.iter().enumerate() {
        zones[bin.zone].push(node);
    }
    let zone_now: Vec<u64> = zones.iter().map(|nodes| nodes.iter().map(|&node| supply.now[node]).sum()).collect();
    let excess = |now: u64, quota: &Quota| (i128::from(now) << FRACTION_BITS) - i128::from(quota.share);
    let zone_excess: Vec<i128> = zone_now.iter().zip(&shares.zones).map(|(now, share)| excess(*now, share)).collect();
    let zone_totals = fit(supply.total, &zone_now, &shares.zones, &zone_excess);
    for (nodes, total) in zones.iter().zip(zone_totals) {
        let now: Vec<u64> = nodes.iter().map(|&node| supply.now[node]).collect();
        let quotas: Vec<Quota> = nodes.iter().map(|&node| shares.bins[node]).collect();
        let before: Vec<i128> = nodes.iter().map(|&node| carry[node]).collect();
        let with_now: Vec<i128> = (0..nodes.len()).map(|i| before[i] + excess(now[i], &quotas[i])).collect();
        let mut counts = fit(total, &now, &quotas, &with_now);
        let mut all: Vec<i128> = (0..nodes.len()).map(|i| before[i] + excess(counts[i], &quotas[i])).collect();
        make_up(&mut counts, &quotas, &mut all);
        for (i, &node) in nodes.iter().enumerate() {
            targets[node] += counts[i];
            carry[node] = all[i];
        }
    }
    targets
}

/// Whole numbers within the quotas that sum up to `total`, with as few changes from `now` as that takes: first those that
/// have least of their share get more, first those that have most of it get less.
fn fit(total: u64, now: &[u64], quotas: &[Quota], excess: &[i128]) -> Vec<u64> {
    let mut counts: Vec<u64> = now.iter().zip(quotas).map(|(now, quota)| (*now).clamp(quota.low, quota.high)).collect();
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|&i| (excess[i], i));
    let mut sum: u64 = counts.iter().sum();
    // Once within the quotas, and should rounding have made these too narrow, once more without.
    for within in [true, false] {
        for &i in &order {
            let most = if within { quotas[i].high } else { quotas[i].high.max(quotas[i].room) };
            let more = most.saturating_sub(counts[i]).min(total.saturating_sub(sum));
            counts[i] += more;
            sum += more;
        }
        for &i in order.iter().rev() {
            let least = if within { quotas[i].low } else { 0 };
            let less = counts[i].saturating_sub(least).min(sum.saturating_sub(total));
            counts[i] -= less;
            sum -= less;
        }
    }
    counts
}

/// Evens out what rounding gave over the buckets: from the node that is most above its shares to the one that is most below,
/// while more than two replicas lie between them.
fn make_up(counts: &mut [u64], quotas: &[Quota], excess: &mut [i128]) {
    loop {
        let above = (0..counts.len()).filter(|&i| counts[i] > quotas[i].low).max_by_key(|&i| (excess[i], i));
        let below = (0..counts.len()).filter(|&i| counts[i] < quotas[i].high).min_by_key(|&i| (excess[i], i));
        let (Some(above), Some(below)) = (above, below) else { return };
        if excess[above] - excess[below] <= 2 * ONE {
            return;
        }
        counts[above] -= 1;
        counts[below] += 1;
        excess[above] -= ONE;
        excess[below] += ONE;
    }
}
