//! Which partitions a simulation is about, and how large they are.

use crate::model::cluster_spec::Partitioning;
use crate::model::{PartitionId, SplitMix64, Strategy, TimeBucket, Timestamp};
use crate::operations::OperationError;
use crate::planner::layout::PARTITIONS_MAX;

/// The time in the newest made-up bucket unless another one is asked for, 2025-01-30T23:00:00Z: the same at any time, so
/// that the same command always gives the same answer.
const UNTIL: Timestamp = Timestamp::from_seconds(1_738_278_000);

/// Partitions with the bytes of one replica of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Population {
    /// Ids, ascending.
    pub ids: Vec<PartitionId>,
    /// Bytes of one replica of each.
    pub sizes: Vec<u64>,
    /// The time bucket that is still written.
    pub open: Option<TimeBucket>,
}

/// Partitions made up: whole time buckets of one size, or of sizes spread evenly about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Synthetic {
    /// How many.
    pub partitions: u64,
    /// Mean bytes of one replica.
    pub size_bytes: u64,
    /// How far sizes lie from the mean at most, parts per million of it, at most a million.
    pub spread_ppm: u32,
    /// What the sizes are drawn by.
    pub seed: u64,
    /// A time in the newest time bucket; `None` = always the same.
    pub until: Option<Timestamp>,
}

impl Synthetic {
    /// The partitions by a partitioning; the newest time bucket is the open one.
    ///
    /// # Errors
    /// There are none, or too many.
    pub fn population(&self, partitioning: &Partitioning) -> Result<Population, OperationError> {
        let Self { partitions, size_bytes, spread_ppm, seed, until } = *self;
        if partitions == 0 {
            return Err(OperationError::Invalid("no partition at all cannot be simulated".to_owned()));
        }
        if partitions > PARTITIONS_MAX as u64 {
            return Err(OperationError::Invalid(format!("{partitions} partitions, the most is {PARTITIONS_MAX}")));
        }
        let width = partitioning.partitions_per_bucket();
        let last = TimeBucket::of(until.unwrap_or(UNTIL), partitioning.granularity_hours);
        let first = last.plus(1 - partitions.div_ceil(u64::from(width)) as i64);
        let mut random = SplitMix64::new(seed);
        let reach = (u128::from(size_bytes) * u128::from(spread_ppm.min(1_000_000)) / 1_000_000) as u64;
        let mut population = Population {
            ids: Vec::with_capacity(partitions as usize),
            sizes: Vec::with_capacity(partitions as usize),
            open: None,
        };
        for n in 0..partitions {
            let bucket = first.plus((n / u64::from(width)) as i64);
            let id = match partitioning.strategy {
                Strategy::Time => PartitionId::whole(bucket)?,
                Strategy::TimeHash | Strategy::TimeRange => PartitionId::new(bucket, (n % u64::from(width)) as u32)?,
            };
            population.ids.push(id);
            let drawn = if reach == 0 { 0 } else { random.below(reach.saturating_mul(2).saturating_add(1)) };
            population.sizes.push((size_bytes - reach).saturating_add(drawn));
            population.open = Some(bucket);
        }
        Ok(population)
    }

    /// As much data of as much time, partitioned otherwise.
    #[must_use]
    pub fn repartitioned(&self, from: &Partitioning, to: &Partitioning) -> Self {
        let a_time = |p: &Partitioning| u128::from(p.partitions_per_bucket());
        let hours = |p: &Partitioning| u128::from(p.granularity_hours.hours());
        let old = u128::from(self.partitions);
        let (up, down) = (a_time(to) * hours(from), a_time(from) * hours(to));
        let partitions = ((old * up + down / 2) / down.max(1)).max(1);
        let size = u128::from(self.size_bytes) * old / partitions;
        Self {
            partitions: u64::try_from(partitions).unwrap_or(u64::MAX),
            size_bytes: u64::try_from(size).unwrap_or(u64::MAX),
            ..*self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Granularity;

    const DAY: Synthetic = Synthetic { partitions: 24 * 256, size_bytes: 3_000, spread_ppm: 0, seed: 1, until: None };

    #[test]
    fn whole_hours_up_to_a_fixed_time() {
        let made = DAY.population(&Partitioning::default()).unwrap();
        assert_eq!(made.ids[0].to_string(), "partition_482832_0000");
        assert_eq!(made.ids[256 * 24 - 1].to_string(), "partition_482855_0255");
        assert_eq!(made.open, Some(TimeBucket::new(482_855)));
        let until = Some(Timestamp::from_seconds(1_762_353_824));
        let later = Synthetic { until, ..DAY }.population(&Partitioning::default()).unwrap();
        assert_eq!(later.open, Some(TimeBucket::new(489_542)));
        assert!(made.ids.is_sorted() && made.sizes.iter().all(|size| *size == 3_000));
    }

    #[test]
    fn sizes_are_spread_by_the_seed_alone() {
        let spread = Synthetic { spread_ppm: 500_000, ..DAY };
        let made = spread.population(&Partitioning::default()).unwrap();
        assert_eq!(made, spread.population(&Partitioning::default()).unwrap());
        assert_ne!(made, Synthetic { seed: 2, ..spread }.population(&Partitioning::default()).unwrap());
        assert!(made.sizes.iter().all(|size| (1_500..=4_500).contains(size)));
        let mean = made.sizes.iter().sum::<u64>() / made.sizes.len() as u64;
        assert!((2_950..3_050).contains(&mean), "{mean}");
    }

    #[test]
    fn another_partitioning_holds_as_many_bytes() {
        let old = Partitioning::default();
        let two_hours = Granularity::try_from(2).unwrap();
        for (buckets, hours, partitions) in
            [(512, Granularity::HOUR, 12_288), (64, two_hours, 768), (300, two_hours, 3600)]
        {
            let new = Partitioning { hash_buckets: buckets, granularity_hours: hours, ..old.clone() };
            let made = DAY.repartitioned(&old, &new);
            assert_eq!(made.partitions, partitions);
            let bytes = |s: &Synthetic| s.partitions * s.size_bytes;
            assert_eq!(bytes(&made), bytes(&DAY));
        }
    }

    #[test]
    fn bad_numbers_are_refused() {
        let partitions = |partitions| Synthetic { partitions, ..DAY }.population(&Partitioning::default());
        assert!(partitions(0).is_err() && partitions(1 << 40).is_err());
        let huge = Synthetic { partitions: 3, size_bytes: u64::MAX, spread_ppm: 1_000_000, ..DAY };
        assert_eq!(huge.population(&Partitioning::default()).unwrap().sizes.len(), 3);
    }
}
