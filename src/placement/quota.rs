//! Whole numbers near fair shares: how many more each of several bins should get.

use super::water_fill::{Vessel, water_fill};

/// Something that gets more by its weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// Its weight against the others, below 2^20.
    pub weight: u64,
    /// The number of its zone.
    pub zone: usize,
    /// What it holds already.
    pub held: u64,
    /// The most that can be added.
    pub room: u64,
}

/// What should be added: the exact share lies between these, which are equal or neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quota {
    /// The share, in parts of 2^-32.
    pub share: u64,
    /// The share, rounded down.
    pub low: u64,
    /// The share, rounded up.
    pub high: u64,
    /// The most that can be added.
    pub room: u64,
}

/// What should be added to every bin and to every zone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotas {
    /// Of each bin.
    pub bins: Vec<Quota>,
    /// Of each zone.
    pub zones: Vec<Quota>,
    /// Whether there is room for less than was to be added.
    pub lacks_room: bool,
}

/// Shares are computed in parts of 2^-32.
pub const FRACTION_BITS: u32 = 32;
/// Shares that are this near to a whole number are that number: more than what rounding loses over 60,000 nodes.
const NEARLY_WHOLE: u64 = 1 << 18;
/// So much can be shared out, and held: 2^27 with a fraction stay below 2^60.
const AMOUNT_MAX: u64 = 1 << 27;

impl Quota {
    fn near(level: u64, held: u64, room: u64) -> Self {
        let share = level.saturating_sub(held << FRACTION_BITS);
        let low = (share + NEARLY_WHOLE) >> FRACTION_BITS;
        let high = (share + (1 << FRACTION_BITS) - 1).saturating_sub(NEARLY_WHOLE) >> FRACTION_BITS;
        Self { share, low, high: high.max(low), room }
    }
}

/// Levels `total` over the bins on top of what they hold, so that those that get something end with loads in proportion to
/// their weights unless they are full; zone z gets at most `zone_rooms[z]`.
#[must_use]
pub fn quotas(total: u64, bins: &[Bin], zone_rooms: &[u64]) -> Quotas {
    let total = total.min(AMOUNT_MAX);
    let held = |bin: &Bin| bin.held.min(AMOUNT_MAX);
    let mut zones = vec![0; zone_rooms.len()];
    for bin in bins {
        zones[bin.zone] += held(bin);
    }
    let vessel = |bin: &Bin| {
        let floor = held(bin) << FRACTION_BITS;
        Vessel { weight: bin.weight, zone: bin.zone, floor, cap: floor + (bin.room.min(total) << FRACTION_BITS) }
    };
    let vessels: Vec<Vessel> = bins.iter().map(vessel).collect();
    let cap = |(held, room): (&u64, &u64)| held.saturating_add((*room).min(total)) << FRACTION_BITS;
    let caps: Vec<u64> = zones.iter().zip(zone_rooms).map(cap).collect();
    let filled = water_fill(&vessels, &caps, (total + zones.iter().sum::<u64>()) << FRACTION_BITS);
    Quotas {
        bins: (bins.iter().zip(&filled.vessels)).map(|(bin, level)| Quota::near(*level, held(bin), bin.room)).collect(),
        zones: (zones.iter().zip(zone_rooms).zip(&filled.zones))
            .map(|((held, room), level)| Quota::near(*level, *held, *room))
            .collect(),
        lacks_room: filled.missing > NEARLY_WHOLE,
    }
}

/// Whole additions that sum up to `total`: each gets its quota's lower end, and the first in the order of `rank` among those
/// with a fraction one more. Those of one rank are taken in the order in which they stand.
///
/// Only when all together have no room for `total` the sum is smaller.
#[must_use]
pub fn whole<K: Ord>(total: u64, quotas: &[Quota], rank: impl Fn(usize) -> K) -> Vec<u64> {
    let mut out: Vec<u64> = quotas.iter().map(|quota| quota.low.min(quota.room)).collect();
    let mut order: Vec<usize> = (0..quotas.len()).collect();
    order.sort_by_cached_key(|&i| rank(i));
    // A share that was taken for the whole number above it may have been given too much.
    let mut over = out.iter().sum::<u64>().saturating_sub(total);
    for &i in order.iter().rev() {
        let taken = over.min(out[i]);
        out[i] -= taken;
        over -= taken;
    }
    let mut rest = total - out.iter().sum::<u64>();
    for &i in &order {
        if rest > 0 && out[i] < quotas[i].high.min(quotas[i].room) {
            out[i] += 1;
            rest -= 1;
        }
    }
    for &i in &order {
        let more = rest.min(quotas[i].room - out[i]);
        out[i] += more;
        rest -= more;
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bin(weight: u64, held: u64, room: u64) -> Bin {
        Bin { weight, zone: 0, held, room }
    }

    fn added(total: u64, bins: &[Bin]) -> Vec<u64> {
        whole(total, &quotas(total, bins, &[u64::MAX]).bins, |i| i)
    }

    #[test]
    fn shares_follow_weights_and_what_is_held() {
        assert_eq!(added(9, &[bin(1, 0, 99), bin(2, 0, 99)]), [3, 6]);
        assert_eq!(added(10, &[bin(1, 0, 99), bin(1, 0, 99), bin(1, 0, 99)]), [4, 3, 3]);
        // What is there counts; who has too much gets nothing and keeps what it has.
        assert_eq!(added(5, &[bin(1, 3, 99), bin(1, 0, 99)]), [1, 4]);
        assert_eq!(added(4, &[bin(1, 50, 99), bin(1, 0, 99), bin(1, 1, 99)]), [0, 3, 1]);
        // Full ones leave the rest to the others.
        assert_eq!(added(10, &[bin(8, 0, 2), bin(1, 0, 99), bin(1, 0, 99)]), [2, 4, 4]);
        assert_eq!(added(10, &[bin(1, 0, 2), bin(1, 0, 3)]), [2, 3]);
        assert_eq!(added(10, &[]), [0; 0]);
        assert!(quotas(10, &[bin(1, 0, 2), bin(1, 0, 3)], &[u64::MAX]).lacks_room);
    }

    #[test]
    fn thirds_that_make_a_whole_are_whole() {
        // 768 over 3, 12 and 7 equal bins: no bin is rounded away from an exact share.
        for count in [3, 12, 96] {
            let bins = vec![bin(333, 0, 256); count];
            let exact = 768 / count as u64;
            let of = quotas(768, &bins, &[768]);
            assert!(of.bins.iter().all(|q| (q.low, q.high, q.room) == (exact, exact, 256)), "{of:?}");
            assert_eq!((of.zones[0].low, of.zones[0].high, of.lacks_room), (768, 768, false));
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_every_bin_lies_near_its_level(
            total in 0_u64..5_000,
            bins in prop::collection::vec((1_u64..100_000, 0_u64..300, 0_u64..500).prop_map(|(w, h, r)| bin(w, h, r)), 1..40),
        ) {
            let out = added(total, &bins);
            let room: u64 = bins.iter().map(|b| b.room).sum();
            prop_assert_eq!(out.iter().sum::<u64>(), total.min(room));
            prop_assert!(out.iter().zip(&bins).all(|(a, b)| *a <= b.room));
            // Nobody who got something stands more than one above the level of somebody who could have had it.
            for (a, x) in bins.iter().zip(&out) {
                for (b, y) in bins.iter().zip(&out) {
                    if *x > 1 && *y < b.room {
                        let (high, low) = (u128::from(a.held + x - 1) * u128::from(b.weight), u128::from(b.held + y + 1) * u128::from(a.weight));
                        prop_assert!(high <= low, "{:?}+{} {:?}+{}", a, x, b, y);
                    }
                }
            }
        }
    }
}
