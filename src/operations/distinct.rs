//! Counting distinct trace ids, in all and in each of many places: exactly up to a limit, above it by estimate, in bounded
//! memory.

use std::collections::{BTreeMap, HashMap};

use crate::model::TraceId;

/// Up to this many pairs of a trace id and a place are counted exactly.
pub const EXACT_MAX: usize = 4_000_000;

/// 2^14 registers for all: a standard error of 1.04 / 2^7 = 0.8 %.
const ALL_BITS: u32 = 14;
/// 2^10 registers a place: a standard error of 1.04 / 2^5 = 3.3 %.
const PLACE_BITS: u32 = 10;

/// Counts distinct ids.
#[derive(Debug)]
pub struct DistinctTraces {
    exact_max: usize,
    counted: Counted,
}

#[derive(Debug)]
enum Counted {
    Exactly(Exact),
    Estimated { all: Registers, places: Vec<Registers> },
}

#[derive(Debug, Default)]
struct Exact {
    /// The place where an id was met first.
    first: HashMap<TraceId, u32>,
    /// Further places of the few ids that have them.
    further: BTreeMap<TraceId, Vec<u32>>,
    further_len: usize,
    /// Ids at each place.
    places: Vec<u64>,
}

impl Default for DistinctTraces {
    fn default() -> Self {
        Self::with_limit(EXACT_MAX)
    }
}

impl DistinctTraces {
    /// Counts exactly up to `exact_max` pairs of an id and a place.
    #[must_use]
    pub fn with_limit(exact_max: usize) -> Self {
        Self { exact_max, counted: Counted::Exactly(Exact::default()) }
    }

    /// Adds an id that was met at a place; places are small numbers from 0.
    pub fn add(&mut self, id: &TraceId, place: u32) {
        match &mut self.counted {
            Counted::Exactly(exact) => {
                exact.add(id, place);
                if exact.first.len() + exact.further_len > self.exact_max {
                    self.counted = exact.estimated();
                }
            }
            Counted::Estimated { all, places } => add_estimated(all, places, id, place),
        }
    }

    /// The number of distinct ids, and whether it is exact.
    #[must_use]
    pub fn all(&self) -> (u64, bool) {
        match &self.counted {
            Counted::Exactly(exact) => (exact.first.len() as u64, true),
            Counted::Estimated { all, .. } => (all.estimate(), false),
        }
    }

    /// The number of distinct ids at a place.
    #[must_use]
    pub fn at(&self, place: u32) -> u64 {
        match &self.counted {
            Counted::Exactly(exact) => exact.places.get(place as usize).copied().unwrap_or(0),
            Counted::Estimated { places, .. } => places.get(place as usize).map_or(0, Registers::estimate),
        }
    }

    /// The places of each id that was met at several, as far as they are known exactly.
    pub fn at_several_places(&self) -> impl Iterator<Item = Vec<u32>> {
        let exact = match &self.counted {
            Counted::Exactly(exact) => Some(exact),
            Counted::Estimated { .. } => None,
        };
        exact.into_iter().flat_map(|exact| {
            exact.further.iter().map(|(id, further)| exact.first.get(id).into_iter().chain(further).copied().collect())
        })
    }
}

impl Exact {
    fn add(&mut self, id: &TraceId, place: u32) {
        match self.first.get(id) {
            Some(first) if *first == place => return,
            Some(_) => {
                let further = self.further.entry(*id).or_default();
                if further.contains(&place) {
                    return;
                }
                further.push(place);
                self.further_len += 1;
            }
            None => {
                self.first.insert(*id, place);
            }
        }
        let place = place as usize;
        if self.places.len() <= place {
            self.places.resize(place + 1, 0);
        }
        self.places[place] += 1;
    }

    fn estimated(&self) -> Counted {
        let (mut all, mut places) = (Registers::new(ALL_BITS), Vec::new());
        // In any order: each register keeps its largest value.
        self.first.iter().for_each(|(id, place)| add_estimated(&mut all, &mut places, id, *place));
        for (id, further) in &self.further {
            further.iter().for_each(|place| add_estimated(&mut all, &mut places, id, *place));
        }
        Counted::Estimated { all, places }
    }
}

fn add_estimated(all: &mut Registers, places: &mut Vec<Registers>, id: &TraceId, place: u32) {
    let hash = xxhash_rust::xxh3::xxh3_64(id.bytes());
    all.add(hash);
    let place = place as usize;
    if places.len() <= place {
        places.resize_with(place + 1, || Registers::new(PLACE_BITS));
    }
    places[place].add(hash);
}

/// A HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007).
#[derive(Debug)]
struct Registers {
    bits: u32,
    ranks: Vec<u8>,
}

impl Registers {
    fn new(bits: u32) -> Self {
        Self { bits, ranks: vec![0; 1 << bits] }
    }

    fn add(&mut self, hash: u64) {
        let slot = (hash >> (64 - self.bits)) as usize;
        let rank = ((hash << self.bits) | (1 << (self.bits - 1))).leading_zeros() as u8 + 1;
        self.ranks[slot] = self.ranks[slot].max(rank);
    }

    fn estimate(&self) -> u64 {
        let m = self.ranks.len() as f64;
        let sum: f64 = self.ranks.iter().map(|&rank| 2_f64.powi(-i32::from(rank))).sum();
        let alpha = 0.7213 / (1.0 + 1.079 / m);
        let estimate = alpha * m * m / sum;
        let empty = self.ranks.iter().filter(|&&rank| rank == 0).count();
        let corrected = if estimate <= 2.5 * m && empty > 0 { m * (m / empty as f64).ln() } else { estimate };
        corrected.round() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u64) -> TraceId {
        TraceId::from_bytes((u128::from(n) + 1).to_be_bytes()).unwrap()
    }

    #[test]
    fn exact_below_the_limit() {
        let mut count = DistinctTraces::with_limit(150);
        for n in 0..100 {
            count.add(&id(n), (n % 4) as u32);
            count.add(&id(n / 2), (n / 2 % 4) as u32);
        }
        assert_eq!((count.all(), [0, 1, 2, 3, 4].map(|place| count.at(place))), ((100, true), [25, 25, 25, 25, 0]));
        assert_eq!(count.at_several_places().count(), 0);
        // An id at several places counts once in all and once at each.
        for _ in 0..2 {
            count.add(&id(5), 7);
            count.add(&id(5), 2);
        }
        assert_eq!((count.all(), count.at(1), count.at(2), count.at(7)), ((100, true), 25, 26, 1));
        assert_eq!(count.at_several_places().collect::<Vec<_>>(), [[1, 7, 2]]);
    }

    #[test]
    fn an_estimate_above_it_says_so_and_is_close() {
        for total in [1_000_u64, 50_000, 400_000] {
            let mut count = DistinctTraces::with_limit(500);
            for n in 0..total {
                count.add(&id(n), (n % 3) as u32);
                count.add(&id(n), (n % 3) as u32);
            }
            let (estimate, exact) = count.all();
            let off = |estimate: u64, truth: u64| (estimate as f64 / truth as f64 - 1.0).abs();
            assert!(!exact && off(estimate, total) < 0.03, "{total}: {estimate}");
            for place in 0..3 {
                assert!(off(count.at(place), total / 3) < 0.12, "{total} at {place}: {}", count.at(place));
            }
        }
    }
}
