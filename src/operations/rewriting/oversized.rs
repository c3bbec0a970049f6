//! By how many bits a partition is split that is too large.

use crate::migration::rewrite_journal::BITS_AT_ONCE_MAX;
use crate::model::PartitionId;
use crate::model::partition_id::SPLIT_BITS_MAX;

/// How many more bits an id can carry.
#[must_use]
pub fn bits_left(id: PartitionId) -> u8 {
    SPLIT_BITS_MAX.saturating_sub(id.suffix().len())
}

/// The fewest bits whose children are within the bound, as the next bits of a hash halve a partition evenly; where that takes
/// more than are split at once or the id can carry, as many as go. `None` = it is within the bound, a bound of 0 bounds nothing,
/// or the id can carry no more.
#[must_use]
pub fn bits_for(size_bytes: u64, bytes_max: u64, bits_left: u8) -> Option<u8> {
    if bytes_max == 0 || size_bytes <= bytes_max || bits_left == 0 {
        return None;
    }
    let most = bits_left.min(BITS_AT_ONCE_MAX);
    Some((1..most).find(|bits| size_bytes.div_ceil(1 << bits) <= bytes_max).unwrap_or(most))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn as_few_bits_as_bring_it_below_the_bound() {
        for (size, most, left, bits) in [
            (100, 100, 8, None),
            (101, 100, 8, Some(1)),
            (200, 100, 8, Some(1)),
            (201, 100, 8, Some(2)),
            (400, 100, 8, Some(2)),
            (401, 100, 8, Some(3)),
            (3_200, 100, 8, Some(5)),
            // More than go at once; the next round goes on.
            (1_000_000, 100, 8, Some(5)),
            (1_000_000, 100, 2, Some(2)),
            (201, 100, 1, Some(1)),
            (201, 100, 0, None),
            (u64::MAX, 1, 8, Some(5)),
            (u64::MAX, u64::MAX, 8, None),
            (5, 0, 8, None),
        ] {
            assert_eq!(bits_for(size, most, left), bits, "{size} of {most}, {left} bits left");
        }
        let left = |text: &str| bits_left(PartitionId::parse(text).unwrap());
        assert_eq!((left("partition_1_0001"), left("partition_1_0001.01")), (8, 6));
        assert_eq!(left("partition_1_0001.01010101"), 0);
    }

    proptest! {
        #[test]
        fn no_fewer_would_do(size in 1_u64.., most in 1_u64.., left in 0_u8..=8) {
            match bits_for(size, most, left) {
                None => prop_assert!(size <= most || left == 0),
                Some(bits) => {
                    prop_assert!(size > most && bits >= 1 && bits <= left.min(BITS_AT_ONCE_MAX));
                    prop_assert!(bits == 1 || u128::from(size) > u128::from(most) << (bits - 1));
                    let is_enough = u128::from(size) <= u128::from(most) << bits;
                    prop_assert!(is_enough || bits == left.min(BITS_AT_ONCE_MAX));
                }
            }
        }
    }
}
