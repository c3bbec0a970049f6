//! Listing partition records in numeric order of their ids.
//!
//! Keys lie in the order of their text, which is that of the numbers only while all have the same number of digits. So
//! records are read in parts of bounded size: what fits into one part is sorted there; more is listed part by part when the
//! ids turn out to ascend, else time bucket by time bucket.
//!
//! Invariant: one record is visited once, whichever way is taken; memory is bounded by a part.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use crate::model::{PartitionExtension, PartitionId, PartitionRecord, Revision, TimeBucket};
use crate::partitioner::TimePartitioner;
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};

use super::cluster::CorruptValue;
use super::partitions::{ListedPartition, PartitionFilter, read_extensions};
use super::records::id_of;
use super::{ClusterView, OperationError};

/// Records of a part: about 100 MB.
const PART_RECORDS: usize = if cfg!(test) { 300 } else { 250_000 };
/// The time buckets of a range that are read one by one; a longer range is read whole.
const BUCKETS_MAX: usize = 20_000;
/// Time buckets read at once: each has two ranges of records and two of extensions, and etcd reads 128 together.
const BUCKETS_AT_ONCE: usize = 16;

/// A record as it was read.
struct Found {
    id: PartitionId,
    revision: Revision,
    value: Vec<u8>,
}

/// What a listing works on, and what it could not read.
struct Listing<'a, S> {
    store: &'a S,
    keys: &'a Keys,
    view: &'a ClusterView,
    filter: &'a PartitionFilter,
    extensions: BTreeMap<PartitionId, PartitionExtension>,
    corrupt: Corrupt,
}

/// What could not be read, each key once, in the order in which it was met.
#[derive(Default)]
struct Corrupt {
    values: Vec<CorruptValue>,
    keys: BTreeSet<String>,
}

impl Extend<CorruptValue> for Corrupt {
    fn extend<T: IntoIterator<Item = CorruptValue>>(&mut self, values: T) {
        for value in values {
            if self.keys.insert(value.key.clone()) {
                self.values.push(value);
            }
        }
    }
}

/// Visits the records that a filter admits, in numeric order of their ids, and gives what could not be read. With a range
/// of time only that is read.
///
/// # Errors
/// The store does not answer, or `visit` says so.
pub async fn list<S: MetadataRead, E: From<OperationError>>(
    store: &S,
    keys: &Keys,
    view: &ClusterView,
    filter: &PartitionFilter,
    mut visit: impl FnMut(ListedPartition) -> Result<ControlFlow<()>, E>,
) -> Result<Vec<CorruptValue>, E> {
    let (extensions, corrupt) = (BTreeMap::new(), Corrupt::default());
    let mut listing = Listing { store, keys, view, filter, extensions, corrupt };
    let _ended_early = match listing.buckets_in_range() {
        Some(buckets) => listing.by_buckets(&buckets, &mut visit).await?,
        None => {
            let (extensions, bad) = read_extensions(store, keys, view.revision).await?;
            listing.extensions = extensions;
            listing.corrupt.extend(bad);
            listing.by_parts(&mut visit).await?
        }
    };
    Ok(listing.corrupt.values)
}

impl<S: MetadataRead> Listing<'_, S> {
    /// The time buckets of the filter's range, if they are the only ones that it can admit, and not too many.
    fn buckets_in_range(&self) -> Option<Vec<TimeBucket>> {
        let versions = self.view.spec.versions_in(self.filter.range?);
        // Records of another granularity may lie anywhere in the numbers.
        let ([(partitioning, part)], 1) = (versions.as_slice(), self.view.spec.partitioning.len()) else { return None };
        let buckets = TimePartitioner::new(partitioning.granularity_hours).buckets(*part);
        (buckets.len() <= BUCKETS_MAX).then(|| buckets.collect())
    }

    /// Reads and visits some time buckets.
    async fn by_buckets<E: From<OperationError>>(
        &mut self,
        buckets: &[TimeBucket],
        visit: &mut impl FnMut(ListedPartition) -> Result<ControlFlow<()>, E>,
    ) -> Result<ControlFlow<()>, E> {
        for some in buckets.chunks(BUCKETS_AT_ONCE) {
            let records = some.iter().flat_map(|bucket| self.keys.partitions_of(*bucket));
            let ranges: Vec<KeyRange> =
                records.chain(some.iter().flat_map(|bucket| self.keys.extensions_of(*bucket))).collect();
            let mut lists =
                self.store.read(&ranges, Some(self.view.revision)).await.map_err(OperationError::from)?.ranges;
            let extensions = lists.split_off(2 * some.len());
            for entry in extensions.iter().flatten() {
                self.add_extension(entry);
            }
            let mut found = Vec::new();
            for entry in lists.iter().flatten() {
                found.extend(self.admitted(entry));
            }
            if self.visit_sorted(found, visit)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Reads and visits everything.
    async fn by_parts<E: From<OperationError>>(
        &mut self,
        visit: &mut impl FnMut(ListedPartition) -> Result<ControlFlow<()>, E>,
    ) -> Result<ControlFlow<()>, E> {
        let all = self.keys.partitions();
        let (mut part, mut rest) = self.part(all.clone()).await?;
        if let Some(behind) = &rest
            && let Some(buckets) = self.unordered_buckets(&part, behind).await?
        {
            return self.by_buckets(&buckets, visit).await;
        }
        loop {
            if self.visit_sorted(part, visit)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
            let Some(behind) = rest else { return Ok(ControlFlow::Continue(())) };
            (part, rest) = self.part(behind).await?;
        }
    }

    /// The next part of a range, and the range behind it.
    async fn part(&mut self, range: KeyRange) -> Result<(Vec<Found>, Option<KeyRange>), OperationError> {
        let (mut found, mut corrupt, mut last) = (Vec::new(), Vec::new(), None);
        let (keys, view, filter) = (self.keys, self.view, self.filter);
        let mut visit = |entry: &Entry| {
            if found.len() == PART_RECORDS {
                return ControlFlow::Break(());
            }
            last = Some(entry.key.clone());
            match id_of(keys, "partitions", entry) {
                Ok(id) if filter.admits_id(view, id) => {
                    found.push(Found { id, revision: entry.mod_revision, value: entry.value.clone() });
                }
                Ok(_) => {}
                Err(foreign) => corrupt.push(foreign),
            }
            ControlFlow::Continue(())
        };
        self.store.scan(&range, Some(self.view.revision), &mut visit).await?;
        self.corrupt.extend(corrupt);
        let rest = last
            .filter(|_| found.len() == PART_RECORDS)
            .map(|last| KeyRange::new(format!("{last}\0"), range.end().to_owned()));
        Ok((found, rest))
    }

    /// All time buckets, if the ids of a part and of what lies behind it do not ascend.
    async fn unordered_buckets(
        &self,
        part: &[Found],
        behind: &KeyRange,
    ) -> Result<Option<Vec<TimeBucket>>, OperationError> {
        let mut ascends = part.is_sorted_by_key(|found| found.id);
        let mut buckets: BTreeSet<TimeBucket> = part.iter().map(|found| found.id.bucket()).collect();
        let mut last = part.last().map(|found| found.id);
        let (keys, view, filter) = (self.keys, self.view, self.filter);
        let mut visit = |entry: &Entry| {
            if let Some(id) = id_of(keys, "partitions", entry).ok().filter(|id| filter.admits_id(view, *id)) {
                ascends &= last.is_none_or(|last| last < id);
                last = Some(id);
                buckets.insert(id.bucket());
            }
            ControlFlow::Continue(())
        };
        self.store.scan(behind, Some(self.view.revision), &mut visit).await?;
        Ok((!ascends).then(|| buckets.into_iter().collect()))
    }

    fn add_extension(&mut self, entry: &Entry) {
        let parse = |e: &Entry| {
            PartitionExtension::parse(&e.value).map_err(|reason| CorruptValue { key: e.key.clone(), reason })
        };
        match id_of(self.keys, "ext", entry).and_then(|id| Ok((id, parse(entry)?))) {
            Ok((id, extension)) => {
                self.extensions.insert(id, extension);
            }
            Err(bad) => self.corrupt.extend([bad]),
        }
    }

    fn admitted(&mut self, entry: &Entry) -> Option<Found> {
        match id_of(self.keys, "partitions", entry) {
            Ok(id) if self.filter.admits_id(self.view, id) => {
                Some(Found { id, revision: entry.mod_revision, value: entry.value.clone() })
            }
            Ok(_) => None,
            Err(foreign) => {
                self.corrupt.extend([foreign]);
                None
            }
        }
    }

    fn visit_sorted<E>(
        &mut self,
        mut found: Vec<Found>,
        visit: &mut impl FnMut(ListedPartition) -> Result<ControlFlow<()>, E>,
    ) -> Result<ControlFlow<()>, E> {
        found.sort_by_key(|found| found.id);
        for Found { id, revision, value } in found {
            let extension = self.extensions.get(&id);
            match PartitionRecord::parse(id, &value) {
                Err(reason) => {
                    self.corrupt.extend([CorruptValue { key: self.keys.partition(id), reason: reason.to_string() }]);
                }
                Ok(record) if self.filter.admits(&record) && self.filter.admits_extension(extension) => {
                    let span = id.bucket().range(self.view.spec.partitioning_of(id).granularity_hours);
                    let extension = extension.cloned().unwrap_or_default();
                    if visit(ListedPartition { record, extension, span, revision })?.is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                Ok(_) => {}
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::metadata::MemoryStore;
    use crate::model::Timestamp;
    use crate::ports::MetadataWrite;
    use crate::ports::clock::FixedClock;
    use crate::ports::metadata::{Op, Transaction};

    fn wait<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    fn record(id: PartitionId) -> Op {
        let value = format!(
            r#"{{"partition_id":"{id}","nodes":["n1"],"leader":"n1","state":"Active","size_bytes":1,"record_count":1,"created_at":"2025-11-05T14:43:44Z","updated_at":"2025-11-05T14:43:44Z"}}"#
        );
        Op::put(Keys::default().partition(id), value)
    }

    fn listed(store: &MemoryStore, filter: &PartitionFilter) -> (Vec<String>, Vec<String>) {
        let keys = Keys::default();
        wait(async {
            let (view, _) = ClusterView::read(store, &keys, None, &[]).await.unwrap();
            let mut ids = Vec::new();
            let visit = |listed: ListedPartition| {
                ids.push(listed.record.id.to_string());
                Ok::<_, OperationError>(ControlFlow::Continue(()))
            };
            let corrupt = list(store, &keys, &view, filter, visit).await.unwrap();
            (ids, corrupt.into_iter().map(|bad| bad.key).collect())
        })
    }

    fn store(ids: &[&str]) -> MemoryStore {
        let store = MemoryStore::new(Arc::new(FixedClock(Timestamp::EPOCH)));
        let mut ops: Vec<Op> = ids.iter().map(|id| record(PartitionId::parse(id).unwrap())).collect();
        ops.push(Op::put("/otlp/partitions/foreign".into(), "{}"));
        let _ = wait(store.commit(Transaction { compares: vec![], ops })).unwrap();
        store
    }

    const NUMERIC: [&str; 7] = [
        "partition_-2_0000",
        "partition_-1_0000",
        "partition_9_0001",
        "partition_10_1000",
        "partition_10_10000",
        "partition_10_10001",
        "partition_100_0000.1",
    ];

    #[test]
    fn numbers_and_not_texts_are_in_order() {
        let store = store(&NUMERIC);
        let (ids, corrupt) = listed(&store, &PartitionFilter::default());
        assert_eq!((ids, corrupt), (NUMERIC.map(str::to_owned).to_vec(), vec!["/otlp/partitions/foreign".to_owned()]));
    }

    #[test]
    fn a_range_of_time_shows_the_same_as_a_look_at_everything() {
        let store = store(&NUMERIC);
        let hour = |n: i64| Timestamp::from_seconds(n * 3600);
        let range = crate::model::TimeRange::new(hour(9), hour(11)).unwrap();
        let (ids, corrupt) = listed(&store, &PartitionFilter { range: Some(range), ..PartitionFilter::default() });
        assert_eq!((ids.len(), corrupt.len()), (4, 0));
        assert_eq!(ids, NUMERIC[2..6]);
    }

    /// More than fits into a part, with ids that do not ascend and with ids that do.
    #[test]
    fn a_listing_in_parts_is_as_one_in_one() {
        for hours in [[3, 20], [10, 20]] {
            let store = MemoryStore::new(Arc::new(FixedClock(Timestamp::EPOCH)));
            let mut expected = Vec::new();
            for hour in hours {
                let ids = (0..PART_RECORDS * 2 / 3).map(|n| format!("partition_{hour}_{n:04}"));
                let ids: Vec<String> = ids.collect();
                for some in ids.chunks(100) {
                    let ops = some.iter().map(|id| record(PartitionId::parse(id).unwrap())).collect();
                    let _ = wait(store.commit(Transaction { compares: vec![], ops })).unwrap();
                }
                expected.extend(ids);
            }
            assert!(expected.len() > PART_RECORDS);
            let (ids, corrupt) = listed(&store, &PartitionFilter::default());
            assert!(ids == expected && corrupt.is_empty());
        }
    }
}
