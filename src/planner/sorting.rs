//! Sorting many things by a number, as fast as that goes: one small number for each is compared and moved soonest.

/// The places out of `0..places` that have a key, by ascending key, then by place. No key is above `largest`, no place above
/// `u32::MAX`.
pub(super) fn places_by_key(places: usize, largest: u64, key: impl Fn(usize) -> Option<u64>) -> Vec<u32> {
    let bits = usize::BITS - places.leading_zeros();
    let keyed = (0..places).filter_map(|at| key(at).map(|key| (key, at as u32)));
    if bits > largest.leading_zeros() {
        let mut keys: Vec<(u64, u32)> = keyed.collect();
        keys.sort_unstable();
        return keys.into_iter().map(|(_, at)| at).collect();
    }
    let mut keys: Vec<u64> = Vec::with_capacity(places);
    keys.extend(keyed.map(|(key, at)| key << bits | u64::from(at)));
    // The places are in order already, and what is equal stays so; often all of it is.
    if !keys.is_sorted() {
        radsort::sort_by_key(&mut keys, |key| key >> bits);
    }
    keys.into_iter().map(|key| (key & ((1 << bits) - 1)) as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large_keys_are_sorted_alike() {
        let keys = [Some(7), None, Some(3), Some(7), Some(0), Some(u64::MAX >> 3), None, Some(3)];
        let sorted = |largest| places_by_key(keys.len(), largest, |at| keys[at]);
        assert_eq!(sorted(u64::MAX >> 3), [4, 2, 7, 0, 3, 5]);
        assert_eq!(sorted(u64::MAX), [4, 2, 7, 0, 3, 5]);
        assert_eq!(places_by_key(0, 0, |_| None), [0_u32; 0]);
        assert_eq!(places_by_key(2, u64::MAX >> 2, |at| Some((u64::MAX >> 2) - at as u64)), [1, 0]);
    }
}
