//! Water-filling: an amount spread over weighted nodes to one common level, under caps of nodes and of zones.
//!
//! A zone holds at most so many copies of everything and a node at most one, so with as many zones as copies every zone must
//! hold exactly one copy, however many nodes it has. The level is found by halving an interval of fixed-point numbers; no
//! floating point decides anything, so every machine finds the same shares.

/// One node to be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vessel {
    /// Its share at a level is `level × weight`; below 2^20. With weight 0 it stays at its floor.
    pub weight: u64,
    /// The number of its zone.
    pub zone: usize,
    /// It holds at least this.
    pub floor: u64,
    /// And at most this; a greater floor wins.
    pub cap: u64,
}

impl Vessel {
    fn at(&self, level: u128) -> u64 {
        let share = (level * u128::from(self.weight)) >> FRACTION_BITS;
        u64::try_from(share).unwrap_or(u64::MAX).min(self.cap).max(self.floor)
    }

    fn top(&self) -> u64 {
        if self.weight == 0 { self.floor } else { self.cap.max(self.floor) }
    }
}

/// What each node and each zone holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Of each vessel.
    pub vessels: Vec<u64>,
    /// Of each zone: the sum over its vessels.
    pub zones: Vec<u64>,
    /// What found no room under the caps.
    pub missing: u64,
}

/// A level is a number with so many bits behind the point.
const FRACTION_BITS: u32 = 20;

/// Spreads `total` over `vessels` to a common level; zone z holds at most `zone_caps[z]` unless its floors are above it.
///
/// Floors are kept even when they add up to more than `total`.
#[must_use]
pub fn water_fill(vessels: &[Vessel], zone_caps: &[u64], total: u64) -> Filled {
    let mut zone_caps: Vec<u128> = zone_caps.iter().map(|&cap| cap.into()).collect();
    let mut members = vec![Vec::new(); zone_caps.len()];
    let mut floors = vec![0_u128; zone_caps.len()];
    for (n, vessel) in vessels.iter().enumerate() {
        members[vessel.zone].push(n);
        floors[vessel.zone] += u128::from(vessel.floor);
    }
    for (cap, floor) in zone_caps.iter_mut().zip(floors) {
        *cap = floor.max(*cap);
    }
    let sum = |zone: usize, level| members[zone].iter().map(|&n| u128::from(vessels[n].at(level))).sum::<u128>();
    let zone_at = |zone: usize, level| sum(zone, level).min(zone_caps[zone]);
    let top = level_of_tops(vessels);
    let level = highest_level(top, total.into(), |level| (0..zone_caps.len()).map(|z| zone_at(z, level)).sum());

    let mut filled = Filled { vessels: vec![0; vessels.len()], zones: vec![0; zone_caps.len()], missing: 0 };
    let mut room: Vec<u128> = zone_caps.clone();
    for zone in 0..zone_caps.len() {
        // A zone at its cap has a level of its own.
        let own = if sum(zone, level) > zone_caps[zone] {
            highest_level(level, zone_caps[zone], |level| sum(zone, level))
        } else {
            level
        };
        for &n in &members[zone] {
            filled.vessels[n] = vessels[n].at(own);
            room[zone] = room[zone].saturating_sub(filled.vessels[n].into());
        }
    }
    // Rounding down left less than a few bytes per node.
    let given: u128 = filled.vessels.iter().map(|&bytes| u128::from(bytes)).sum();
    let mut rest = u128::from(total).saturating_sub(given);
    while rest > 0 {
        let mut stuck = true;
        for (vessel, bytes) in vessels.iter().zip(&mut filled.vessels) {
            if rest > 0 && room[vessel.zone] > 0 && *bytes < vessel.top() {
                *bytes += 1;
                room[vessel.zone] -= 1;
                rest -= 1;
                stuck = false;
            }
        }
        if stuck {
            break;
        }
    }
    filled.missing = u64::try_from(rest).unwrap_or(u64::MAX);
    for (vessel, &bytes) in vessels.iter().zip(&filled.vessels) {
        filled.zones[vessel.zone] = filled.zones[vessel.zone].saturating_add(bytes);
    }
    filled
}

/// At this level every vessel with a weight is at its cap.
fn level_of_tops(vessels: &[Vessel]) -> u128 {
    let level = |vessel: &Vessel| ((u128::from(vessel.cap) + 1) << FRACTION_BITS).div_ceil(vessel.weight.into());
    vessels.iter().filter(|vessel| vessel.weight > 0).map(level).max().unwrap_or(0)
}

/// The highest level up to `top` at which `amount_at`, which never falls, is at most `amount`; 0 if there is none.
fn highest_level(top: u128, amount: u128, amount_at: impl Fn(u128) -> u128) -> u128 {
    let (mut low, mut high) = (0, top + 1);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if amount_at(middle) <= amount {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vessel(weight: u64, zone: usize) -> Vessel {
        Vessel { weight, zone, floor: 0, cap: u64::MAX >> 2 }
    }

    #[test]
    fn without_caps_shares_follow_the_weights() {
        let vessels = [vessel(1000, 0), vessel(2000, 0), vessel(4000, 1)];
        let filled = water_fill(&vessels, &[u64::MAX, u64::MAX], 700);
        assert_eq!(filled, Filled { vessels: vec![100, 200, 400], zones: vec![300, 400], missing: 0 });
    }

    /// 13 nodes in 3 zones with 3 copies: each zone holds one copy, so five nodes share what elsewhere four do.
    #[test]
    fn a_zone_holds_no_more_than_its_copies() {
        let vessels: Vec<Vessel> = (0..13).map(|n| vessel(1000, n % 3)).collect();
        let filled = water_fill(&vessels, &[1_000_000; 3], 3_000_000);
        assert_eq!((filled.zones, filled.missing), (vec![1_000_000; 3], 0));
        assert_eq!((filled.vessels[0], filled.vessels[1]), (200_000, 250_000));
    }

    #[test]
    fn caps_and_floors_are_kept_and_the_rest_is_shared() {
        let vessels = [
            Vessel { cap: 10, ..vessel(1000, 0) },
            Vessel { floor: 70, ..vessel(1000, 0) },
            Vessel { floor: 5, ..vessel(0, 0) },
            vessel(1000, 0),
            vessel(1000, 0),
        ];
        let filled = water_fill(&vessels, &[u64::MAX], 145);
        assert_eq!(filled.vessels, [10, 70, 5, 30, 30]);
    }

    #[test]
    fn what_does_not_fit_is_missing() {
        let vessels = [Vessel { cap: 10, ..vessel(1, 0) }, Vessel { cap: 20, ..vessel(7, 1) }];
        assert_eq!(water_fill(&vessels, &[100, 100], 50).missing, 20);
        assert_eq!(water_fill(&vessels, &[5, 100], 50).missing, 25);
        assert_eq!(water_fill(&[], &[], 50).missing, 50);
        let floors = [Vessel { floor: 30, ..vessel(1, 0) }, Vessel { floor: 40, ..vessel(1, 0) }];
        assert_eq!(water_fill(&floors, &[10], 50), Filled { vessels: vec![30, 40], zones: vec![70], missing: 0 });
    }

    #[test]
    fn everything_is_given_out_up_to_the_greatest_amounts() {
        let mut state = 1_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 20) % below
        };
        for _ in 0..2000 {
            let zones = 1 + next(5) as usize;
            let vessels: Vec<Vessel> = (0..1 + next(12))
                .map(|_| Vessel {
                    weight: 1 + next(1_000_000),
                    zone: next(zones as u64) as usize,
                    floor: next(4) * (1 << next(40)),
                    cap: 1 << next(62),
                })
                .collect();
            let caps: Vec<u64> = (0..zones).map(|_| 1 << next(62)).collect();
            let total = next(1 << 43) * (1 << next(19));
            let filled = water_fill(&vessels, &caps, total);
            let given: u128 = filled.vessels.iter().map(|&bytes| u128::from(bytes)).sum();
            let floors: u128 = vessels.iter().map(|vessel| u128::from(vessel.floor)).sum();
            assert_eq!(
                given + u128::from(filled.missing),
                u128::from(total).max(floors),
                "{vessels:?} {caps:?} {total}"
            );
            for (zone, &cap) in caps.iter().enumerate() {
                let floors: u64 = vessels.iter().filter(|v| v.zone == zone).map(|v| v.floor).sum();
                assert!(filled.zones[zone] <= cap.max(floors));
            }
            for (vessel, &bytes) in vessels.iter().zip(&filled.vessels) {
                assert!(vessel.floor <= bytes && bytes <= vessel.cap.max(vessel.floor));
            }
        }
    }
}
