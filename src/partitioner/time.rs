//! Time partitions: one a time bucket.

use crate::model::partition_id::PartitionIdError;
use crate::model::{Granularity, PartitionId, TimeBucket, TimeRange, Timestamp};

/// Divides time into buckets of equal length, counted from 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimePartitioner {
    granularity: Granularity,
}

impl TimePartitioner {
    /// Buckets of this length.
    #[must_use]
    pub const fn new(granularity: Granularity) -> Self {
        Self { granularity }
    }

    /// The bucket that holds `time`.
    #[inline]
    #[must_use]
    pub const fn bucket(self, time: Timestamp) -> TimeBucket {
        TimeBucket::of(time, self.granularity)
    }

    /// The partition `time_partition_{bucket_id}` that holds `time`.
    ///
    /// # Errors
    /// The bucket's number does not fit into an id.
    pub const fn partition(self, time: Timestamp) -> Result<PartitionId, PartitionIdError> {
        PartitionId::whole(self.bucket(time))
    }

    /// Every bucket that overlaps `range`, in order, also when its start is not on a bucket's edge.
    pub fn buckets(self, range: TimeRange) -> impl ExactSizeIterator<Item = TimeBucket> + Clone + use<> {
        let (first, last) = range.buckets(self.granularity);
        let count = usize::try_from(last.id().saturating_sub(first.id()).saturating_add(1)).unwrap_or(usize::MAX);
        (0..count).map(move |i| first.plus(i as i64))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ids_carry_the_bucket() {
        let hourly = TimePartitioner::new(Granularity::HOUR);
        let id = hourly.partition(Timestamp::from_seconds(1_762_353_824)).unwrap();
        assert_eq!(id.to_string(), "time_partition_489542");
        assert_eq!(hourly.partition(Timestamp::from_seconds(-1)).unwrap().to_string(), "time_partition_-1");
    }

    proptest! {
        #[test]
        fn a_range_gives_every_bucket_that_overlaps_it(start in -10_000_i64..10_000, length in 1_i64..50_000, hours in 1_u32..5) {
            let granularity = Granularity::try_from(hours).unwrap();
            let range = TimeRange::new(Timestamp::from_seconds(start), Timestamp::from_seconds(start + length)).unwrap();
            let found: Vec<_> = TimePartitioner::new(granularity).buckets(range).collect();
            let oracle: Vec<_> = (-20..50)
                .map(TimeBucket::new)
                .filter(|b| b.start(granularity) < range.end() && range.start() < b.end(granularity))
                .collect();
            prop_assert_eq!(found, oracle);
        }
    }
}
