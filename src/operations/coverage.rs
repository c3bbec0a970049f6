//! Which time buckets have records: how far ahead partitions are created, and where there are holes.
//!
//! Invariant: the work follows the buckets that have records, never the time between them: one stray record of 1970 costs
//! nothing.

use std::collections::BTreeMap;

use crate::model::{ClusterSpec, PartitionId, Partitioning, TimeBucket, TimeRange, Timestamp};

/// What is recorded of one time bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BucketTally {
    /// Records of partitions that are no child of a split.
    pub roots: u32,
    /// Records that hold data: all but those of split partitions.
    pub leaves: u32,
    /// Bytes of one copy of them.
    pub bytes: u64,
}

/// Time buckets with their records.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// By start of the bucket, as buckets of several granularities lie in one time.
    buckets: BTreeMap<Timestamp, (TimeRange, u32, BucketTally)>,
    /// The last bucket that was added to, with its start: records come in the order of their keys.
    last: Option<(PartitionKind, Timestamp)>,
}

/// What a partition's span follows from.
type PartitionKind = (TimeBucket, bool);

/// A range of time in which partitions have no records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    /// Its buckets.
    pub range: TimeRange,
    /// Missing partitions of buckets that have some records.
    pub missing: u64,
    /// Whether there are buckets without any record in it.
    pub has_empty: bool,
}

impl Coverage {
    /// Counts a record; `holds_data` is false for a partition that was split.
    pub fn add(&mut self, spec: &ClusterSpec, id: PartitionId, holds_data: bool, bytes: u64) {
        let kind = (id.bucket(), id.index().is_none());
        let start = match self.last {
            Some((last, start)) if last == kind => start,
            Some(_) | None => {
                let partitioning = spec.partitioning_of(id);
                let range = id.bucket().range(partitioning.granularity_hours);
                let expected = partitioning.partitions_per_bucket();
                self.buckets.entry(range.start()).or_insert((range, expected, BucketTally::default()));
                self.last = Some((kind, range.start()));
                range.start()
            }
        };
        if let Some((_, expected, tally)) = self.buckets.get_mut(&start) {
            // A record beyond the partitioning's own fills no hole.
            let counts = id.suffix().is_empty() && id.index().is_none_or(|index| index < *expected);
            tally.roots += u32::from(counts);
            tally.leaves += u32::from(holds_data);
            tally.bytes = tally.bytes.saturating_add(if holds_data { bytes } else { 0 });
        }
    }

    /// Every bucket that has records, with its span, in order.
    pub fn buckets(&self) -> impl Iterator<Item = (TimeRange, &BucketTally)> {
        self.buckets.values().map(|(range, _, tally)| (*range, tally))
    }

    /// The end of the newest bucket that has records.
    #[must_use]
    pub fn newest_end(&self) -> Option<Timestamp> {
        self.buckets.values().map(|(range, ..)| range.end()).max()
    }

    /// The end of the unbroken row of whole buckets that holds `now`; `None` if its bucket is not whole.
    #[must_use]
    pub fn created_until(&self, spec: &ClusterSpec, now: Timestamp) -> Option<Timestamp> {
        let partitioning: &Partitioning = spec.partitioning_at(now);
        let mut start = TimeBucket::of(now, partitioning.granularity_hours).start(partitioning.granularity_hours);
        let mut end = None;
        while let Some((range, expected, tally)) = self.buckets.get(&start) {
            if tally.roots < *expected || range.end() <= start {
                break;
            }
            end = Some(range.end());
            start = range.end();
        }
        end
    }

    /// Where records are missing between the first bucket that has some and the last. Buckets that ended by `since` are
    /// left out: they are on their way out, and nobody misses what lies between them.
    #[must_use]
    pub fn holes(&self, since: Timestamp) -> Vec<Hole> {
        let mut holes: Vec<Hole> = Vec::new();
        let mut covered: Option<Timestamp> = None;
        for (range, expected, tally) in self.buckets.values().filter(|(range, ..)| range.end() > since) {
            if let Some(end) = covered.filter(|end| *end < range.start()) {
                push(&mut holes, end, range.start(), 0, true);
            }
            let missing = u64::from(expected.saturating_sub(tally.roots));
            if missing > 0 {
                push(&mut holes, range.start(), range.end(), missing, false);
            }
            covered = Some(covered.map_or(range.end(), |end| end.max(range.end())));
        }
        holes
    }
}

/// Adds a hole, or widens the last one if it ends where this begins.
fn push(holes: &mut Vec<Hole>, from: Timestamp, to: Timestamp, missing: u64, is_empty: bool) {
    if let Some(last) = holes.last_mut().filter(|last| last.range.end() == from)
        && let Ok(range) = TimeRange::new(last.range.start(), to)
    {
        last.range = range;
        last.missing += missing;
        last.has_empty |= is_empty;
    } else if let Ok(range) = TimeRange::new(from, to) {
        holes.push(Hole { range, missing, has_empty: is_empty });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600;
    /// 2025-11-05T14:00:00Z
    const START: Timestamp = Timestamp::from_seconds(489_542 * HOUR);

    fn spec() -> ClusterSpec {
        let partitioning = Partitioning { hash_buckets: 2, ..Partitioning::default() };
        ClusterSpec { partitioning: vec![partitioning], ..ClusterSpec::default() }
    }

    fn coverage(ids: &[&str]) -> Coverage {
        let mut coverage = Coverage::default();
        for id in ids {
            coverage.add(&spec(), id.parse().unwrap(), true, 1);
        }
        coverage
    }

    fn hours(holes: &[Hole]) -> Vec<(i64, i64, u64, bool)> {
        let hour = |t: Timestamp| (t.seconds() - START.seconds()) / HOUR;
        holes.iter().map(|h| (hour(h.range.start()), hour(h.range.end()), h.missing, h.has_empty)).collect()
    }

    #[test]
    fn holes_are_what_lies_between() {
        let whole = coverage(&["partition_489542_0000", "partition_489542_0001", "partition_489542_0001.0"]);
        assert_eq!(whole.holes(Timestamp::EPOCH), []);
        let holed = coverage(&[
            "partition_489542_0000",
            "partition_489542_0001",
            "partition_489543_0000",
            // A record beyond the two buckets fills no hole, and so does no child.
            "partition_489543_0002",
            "partition_489543_0001.1",
            "partition_489546_0000",
            "partition_489546_0001",
            "partition_489548_0000",
        ]);
        assert_eq!(hours(&holed.holes(Timestamp::EPOCH)), [(1, 4, 1, true), (5, 7, 1, true)]);
        assert_eq!(hours(&holed.holes(START.plus_seconds(3 * HOUR))), [(5, 7, 1, true)]);
        assert_eq!(hours(&holed.holes(START.plus_seconds(9 * HOUR))), []);
    }

    #[test]
    fn a_stray_record_of_long_ago_costs_nothing() {
        let stray = coverage(&["partition_-999999999999999_0000", "partition_489542_0000", "partition_489542_0001"]);
        assert_eq!(hours(&stray.holes(START)), []);
        assert_eq!(stray.holes(Timestamp::from_nanos(i128::MIN)).len(), 1);
    }

    #[test]
    fn created_until_is_the_end_of_the_unbroken_row() {
        let now = START.plus_seconds(600);
        let ids = ["partition_489542_0000", "partition_489542_0001", "partition_489543_0000", "partition_489545_0000"];
        let coverage = coverage(&ids);
        assert_eq!(coverage.created_until(&spec(), now), Some(START.plus_seconds(HOUR)));
        assert_eq!(coverage.created_until(&spec(), now.plus_seconds(HOUR)), None);
        assert_eq!(coverage.newest_end(), Some(START.plus_seconds(4 * HOUR)));
        assert_eq!(Coverage::default().created_until(&spec(), now), None);
    }
}
