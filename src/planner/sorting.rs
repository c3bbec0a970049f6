//! Sorting many things by a number, as fast as that goes: one small number for each is compared and moved soonest.

use std::ops::Range;

/// The places out of `0..places` that have a key, by ascending key, then by place. No key is above `largest`, no place above
/// `u32::MAX`.
pub(super) fn places_by_key(places: usize, largest: u64, key: impl Fn(usize) -> Option<u64>) -> Vec<u32> {
    let keyed = (0..places).filter_map(|at| key(at).map(|key| (key, at as u32)));
    let Some(packing) = Packing::new(places, largest) else {
        let mut keys: Vec<(u64, u32)> = keyed.collect();
        keys.sort_unstable();
        return keys.into_iter().map(|(_, at)| at).collect();
    };
    let mut keys: Vec<u64> = Vec::with_capacity(places);
    keys.extend(keyed.map(|(key, at)| packing.pack(key, at)));
    packing.sort(&mut keys);
    keys.into_iter().map(|key| packing.place(key)).collect()
}

/// The places out of `0..places` that stand in a list, list by list, by ascending key, then by place; and where each list
/// begins and ends. `counts`: how many each list has; the bounds are those of [`places_by_key`].
pub(super) fn places_by_list_and_key(
    counts: &[u32],
    places: usize,
    largest: u64,
    of: impl Fn(usize) -> Option<(usize, u64)>,
) -> (Vec<u32>, Vec<Range<u32>>) {
    let mut ends = counts.to_vec();
    let total = starts_of(&mut ends) as usize;
    let starts = ends.clone();
    let listed = (0..places).filter_map(|at| of(at).map(|(list, key)| (list, key, at as u32)));
    let ranges = |ends: Vec<u32>| starts.iter().zip(ends).map(|(&start, end)| start..end).collect::<Vec<_>>();
    let Some(packing) = Packing::new(places, largest) else {
        let mut keys: Vec<(usize, u64, u32)> = listed.collect();
        keys.sort_unstable();
        let ends = starts.iter().zip(counts).map(|(start, count)| start + count).collect();
        return (keys.into_iter().map(|(.., at)| at).collect(), ranges(ends));
    };
    let mut keys = vec![0; total];
    for (list, key, at) in listed {
        let end = &mut ends[list];
        keys[*end as usize] = packing.pack(key, at);
        *end += 1;
    }
    let ranges = ranges(ends);
    for Range { start, end } in &ranges {
        packing.sort(&mut keys[*start as usize..*end as usize]);
    }
    (keys.into_iter().map(|key| packing.place(key)).collect(), ranges)
}

/// Makes where each list starts of how long each is; says how long they are in all.
pub(super) fn starts_of(counts: &mut [u32]) -> u32 {
    let mut total = 0;
    for count in counts {
        total += std::mem::replace(count, total);
    }
    total
}

/// Fewer are soonest sorted by comparing them.
const RADIX_MIN: usize = 1024;

/// A key and a place in one number.
#[derive(Clone, Copy)]
struct Packing {
    place_bits: u32,
    /// Bits of the largest key.
    key_bits: u32,
}

impl Packing {
    /// None if they do not fit.
    fn new(places: usize, largest: u64) -> Option<Self> {
        let place_bits = usize::BITS - places.leading_zeros();
        let key_bits = u64::BITS - largest.leading_zeros();
        (place_bits + key_bits <= u64::BITS).then_some(Self { place_bits, key_bits })
    }

    fn pack(self, key: u64, place: u32) -> u64 {
        key << self.place_bits | u64::from(place)
    }

    fn place(self, packed: u64) -> u32 {
        (packed & ((1 << self.place_bits) - 1)) as u32
    }

    fn sort(self, keys: &mut [u64]) {
        // The places are in order already, and what is equal stays so; often all of it is.
        if keys.is_sorted() {
            return;
        }
        if keys.len() < RADIX_MIN {
            return keys.sort_unstable();
        }
        // By the first bits of the keys, which mostly tell them apart; then what these leave together.
        let shift = self.place_bits + self.key_bits.saturating_sub(FIRST_BITS);
        radsort::sort_by_key(keys, |key| (key >> shift) as u32);
        for same in keys.chunk_by_mut(|one, other| one >> shift == other >> shift).filter(|same| same.len() > 1) {
            same.sort_unstable();
        }
    }
}

/// So many bits are sorted by radix: three passes.
const FIRST_BITS: u32 = 24;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SplitMix64;

    #[test]
    fn small_and_large_keys_are_sorted_alike() {
        let keys = [Some(7), None, Some(3), Some(7), Some(0), Some(u64::MAX >> 3), None, Some(3)];
        let sorted = |largest| places_by_key(keys.len(), largest, |at| keys[at]);
        assert_eq!(sorted(u64::MAX >> 3), [4, 2, 7, 0, 3, 5]);
        assert_eq!(sorted(u64::MAX), [4, 2, 7, 0, 3, 5]);
        assert_eq!(places_by_key(0, 0, |_| None), [0_u32; 0]);
        assert_eq!(places_by_key(2, u64::MAX >> 2, |at| Some((u64::MAX >> 2) - at as u64)), [1, 0]);
    }

    #[test]
    fn many_keys_are_sorted_whatever_their_bits() {
        let mut random = SplitMix64::new(7);
        for largest in [0, 5, 1 << 20, 1 << 30, 1 << 45, 1 << 62] {
            // All over, all in the last few, and one far from all others.
            for spread in [largest, largest.min(100)] {
                let keys: Vec<u64> = (0..5000).map(|_| largest - random.below(spread + 1)).chain([0]).collect();
                let mut expected: Vec<u32> = (0..keys.len() as u32).collect();
                expected.sort_by_key(|&at| keys[at as usize]);
                assert_eq!(places_by_key(keys.len(), largest, |at| Some(keys[at])), expected);
                let list = |at: u32| at as usize % 3 % 2;
                let counts = [0, 1].map(|wanted| expected.iter().filter(|&&at| list(at) == wanted).count() as u32);
                let (places, ranges) =
                    places_by_list_and_key(&counts, keys.len(), largest, |at| Some((list(at as u32), keys[at])));
                assert_eq!(ranges, [0..counts[0], counts[0]..counts[0] + counts[1]]);
                expected.sort_by_key(|&at| list(at));
                assert_eq!(places, expected);
            }
        }
        assert_eq!(places_by_list_and_key(&[0, 0], 3, 9, |_| None), (Vec::new(), vec![0..0, 0..0]));
    }
}
