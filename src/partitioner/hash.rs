//! Hash partitions.

use crate::model::routing_key::RoutingKey;
use crate::model::{HashAlgorithm, Timestamp};

/// Spreads keys over a number of buckets: `bucket = hash mod hash_buckets` on the unsigned 64-bit value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashPartitioner {
    algorithm: HashAlgorithm,
    buckets: u32,
}

/// A key's place: its hash, and that hash's remainder and quotient by the number of buckets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashPlace {
    /// The 64-bit hash.
    pub hash: u64,
    /// `hash mod buckets`.
    pub bucket: u32,
    /// `hash div buckets`, whose bits, lowest first, choose among split children.
    pub quotient: u64,
}

impl HashPartitioner {
    /// `buckets` is at least 1.
    #[must_use]
    pub const fn new(algorithm: HashAlgorithm, buckets: u32) -> Self {
        Self { algorithm, buckets: if buckets == 0 { 1 } else { buckets } }
    }

    /// The place of a hash.
    #[inline]
    #[must_use]
    pub const fn place(self, hash: u64) -> HashPlace {
        let buckets = self.buckets as u64;
        if buckets.is_power_of_two() {
            let shift = buckets.trailing_zeros();
            return HashPlace { hash, bucket: (hash & (buckets - 1)) as u32, quotient: hash >> shift };
        }
        HashPlace { hash, bucket: (hash % buckets) as u32, quotient: hash / buckets }
    }

    /// The place of a record's key.
    #[must_use]
    pub fn place_of(self, key: &RoutingKey, time: Timestamp) -> HashPlace {
        self.place(key.hash(self.algorithm, time))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn remainder_and_quotient_of_the_unsigned_value(hash: u64, buckets in 1_u32..100_001) {
            let place = HashPartitioner::new(HashAlgorithm::Siphash13, buckets).place(hash);
            prop_assert_eq!(u64::from(place.bucket), hash % u64::from(buckets));
            prop_assert_eq!(place.quotient, hash / u64::from(buckets));
        }
    }
}
