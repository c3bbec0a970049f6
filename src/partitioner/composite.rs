//! Composite partitions: time × hash (the default), time × range, or time alone, as the cluster spec says.

use crate::model::partition_id::PartitionIdError;
use crate::model::routing_key::RoutingKey;
use crate::model::{PartitionId, Partitioning, Strategy, TimeBucket, Timestamp};

use super::hash::{HashPartitioner, HashPlace};
use super::range::index_in;
use super::time::TimePartitioner;

/// Where a record lies before splits are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Located {
    /// The partition `partition_{bucket_id}_{index:04}` (or `time_partition_{bucket_id}`).
    pub partition: PartitionId,
    /// Its time bucket.
    pub bucket: TimeBucket,
    /// The key's hash; `None` where the strategy does not hash.
    pub place: Option<HashPlace>,
}

/// One version of a cluster's partitioning, ready to locate records.
#[derive(Clone, Copy, Debug)]
pub struct CompositePartitioner<'a> {
    partitioning: &'a Partitioning,
    time: TimePartitioner,
    hash: HashPartitioner,
}

impl<'a> CompositePartitioner<'a> {
    /// The partitioner of this version.
    #[must_use]
    pub fn new(partitioning: &'a Partitioning) -> Self {
        Self {
            partitioning,
            time: TimePartitioner::new(partitioning.granularity_hours),
            hash: HashPartitioner::new(partitioning.hash, partitioning.hash_buckets),
        }
    }

    /// The version that it follows.
    #[must_use]
    pub fn partitioning(&self) -> &'a Partitioning {
        self.partitioning
    }

    /// Where a record lies. `service` counts for time × range alone.
    ///
    /// # Errors
    /// The time is so far off that its bucket does not fit into an id.
    pub fn locate(&self, key: &RoutingKey, service: &str, time: Timestamp) -> Result<Located, PartitionIdError> {
        let place = match self.partitioning.strategy {
            Strategy::TimeHash => Some(self.hash.place_of(key, time)),
            Strategy::TimeRange | Strategy::Time => None,
        };
        self.locate_at(self.time.bucket(time), place, service)
    }

    /// Where a key lies in a given bucket, its place already known.
    ///
    /// # Errors
    /// The bucket does not fit into an id.
    pub fn locate_at(
        &self,
        bucket: TimeBucket,
        place: Option<HashPlace>,
        service: &str,
    ) -> Result<Located, PartitionIdError> {
        let partition = match self.partitioning.strategy {
            Strategy::Time => PartitionId::whole(bucket)?,
            Strategy::TimeRange => PartitionId::new(bucket, index_in(&self.partitioning.boundaries, service))?,
            Strategy::TimeHash => PartitionId::new(bucket, place.map_or(0, |p| p.bucket))?,
        };
        Ok(Located { partition, bucket, place })
    }

    /// Every partition of one time bucket, splits left out, in order.
    pub fn partitions(
        &self,
        bucket: TimeBucket,
    ) -> impl Iterator<Item = Result<PartitionId, PartitionIdError>> + use<> {
        let count = self.partitioning.partitions_per_bucket();
        let whole = self.partitioning.strategy == Strategy::Time;
        (0..count).map(move |index| if whole { PartitionId::whole(bucket) } else { PartitionId::new(bucket, index) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Granularity, TraceId};

    fn trace() -> RoutingKey {
        RoutingKey::Trace { id: TraceId::parse("04a971f14b28f97dc6888f7bd33157cf").unwrap() }
    }

    #[test]
    fn time_and_hash() {
        let spec = Partitioning::default();
        let at = Timestamp::from_seconds(1_762_353_824);
        let located = CompositePartitioner::new(&spec).locate(&trace(), "any", at).unwrap();
        assert_eq!(located.partition.to_string(), "partition_489542_0051");
    }

    #[test]
    fn time_and_range_uses_the_service() {
        let spec = Partitioning {
            strategy: Strategy::TimeRange,
            boundaries: vec!["a".into(), "g".into(), "n".into()],
            granularity_hours: Granularity::try_from(24).unwrap(),
            ..Default::default()
        };
        let partitioner = CompositePartitioner::new(&spec);
        let at = Timestamp::from_seconds(1_762_353_824);
        assert_eq!(partitioner.locate(&trace(), "payment", at).unwrap().partition.to_string(), "partition_20397_0002");
        assert_eq!(partitioner.partitions(TimeBucket::new(20_397)).count(), 3);
    }

    #[test]
    fn time_alone() {
        let spec = Partitioning { strategy: Strategy::Time, ..Default::default() };
        let located = CompositePartitioner::new(&spec).locate(&trace(), "x", Timestamp::EPOCH).unwrap();
        assert_eq!(located.partition.to_string(), "time_partition_0");
    }
}
