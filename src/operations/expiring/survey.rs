//! Which partitions are past their retention: looked up among the records that exist, at one revision.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::migration::Journal;
use crate::migration::expiry::ExpiryJournal;
use crate::model::{ClusterSpec, PartitionId, PartitionRecord, PartitionState, TimeRange, Timestamp};
use crate::operations::cluster::CorruptValue;
use crate::operations::consistent::consistently;
use crate::operations::records::id_of;
use crate::operations::{ClusterView, OperationError};
use crate::ports::metadata::Entry;
use crate::ports::{Keys, MetadataRead};

/// What is expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The present.
    pub now: Timestamp,
    /// Days that partitions are kept; `None` = as the version of the cluster spec says that holds for the partition's time.
    pub retention_days: Option<u32>,
    /// Only what ended until then; what the retention keeps is kept all the same. `None` = whatever is past its retention.
    pub before: Option<Timestamp>,
}

impl Rule {
    /// Whether a partition is expired. What has not ended never is.
    #[must_use]
    pub fn takes(&self, spec: &ClusterSpec, id: PartitionId) -> bool {
        let partitioning = spec.partitioning_of(id);
        let end = id.bucket().end(partitioning.granularity_hours);
        let days = self.retention_days.unwrap_or(partitioning.retention_days);
        partitioning.is_older(id.bucket(), self.now, days)
            && end <= self.now
            && self.before.is_none_or(|before| end <= before)
    }
}

/// A partition that is expired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expired {
    /// The partition.
    pub id: PartitionId,
    /// The time of its bucket.
    pub span: TimeRange,
    /// Bytes of one copy, by the record.
    pub size_bytes: u64,
    /// Records in one copy, by the record.
    pub record_count: u64,
    /// Copies that the record lists.
    pub copies: u32,
    /// Its state.
    pub state: PartitionState,
}

impl Expired {
    /// Bytes of all copies.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.size_bytes.saturating_mul(u64::from(self.copies))
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// Records of any age.
    pub records: u64,
    /// Those that are expired and can be claimed: the oldest first, what a partition was split into before it.
    pub expired: Vec<Expired>,
    /// Those that are expired and wait for something else: why.
    pub waiting: BTreeMap<PartitionId, String>,
    /// Expiries in flight, which an earlier run has begun or another one is driving.
    pub in_flight: BTreeMap<PartitionId, ExpiryJournal>,
    /// The earliest end of a bucket that is not expired.
    pub kept_from: Option<Timestamp>,
    /// Values that cannot be read.
    pub corrupt: Vec<CorruptValue>,
}

impl Survey {
    /// The same with at most so many partitions, the oldest.
    #[must_use]
    pub fn limited(mut self, partitions_max: Option<usize>) -> Self {
        self.expired.truncate(partitions_max.unwrap_or(usize::MAX));
        self
    }
}

/// Looks for partitions that are expired: one pass over all records, of which only those that are expired are kept.
///
/// # Errors
/// The store's; the cluster spec cannot be read.
pub async fn survey<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    rule: &Rule,
) -> Result<(ClusterView, Survey), OperationError> {
    consistently(None, async || survey_once(store, keys, rule).await).await
}

async fn survey_once<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    rule: &Rule,
) -> Result<(ClusterView, Survey), OperationError> {
    let (view, lists) = ClusterView::read(store, keys, None, &[keys.migrations()]).await?;
    let mut found = Survey::default();
    let mut busy: BTreeMap<PartitionId, String> = BTreeMap::new();
    for entry in lists.iter().flatten() {
        let Ok(id) = id_of(keys, "migrations", entry) else { continue };
        match Journal::parse(&entry.value) {
            Ok(Journal::Expire(journal)) => drop(found.in_flight.insert(id, journal)),
            Ok(journal @ (Journal::Move(_) | Journal::Rewrite(_))) => {
                busy.insert(id, format!("an operation is in flight on it: {}", journal.kind_name()));
            }
            Err(error) => drop(busy.insert(id, format!("the operation on it cannot be read: {error}"))),
        }
    }
    let mut visit = |entry: &Entry| {
        found.records += 1;
        match id_of(keys, "partitions", entry) {
            Err(foreign) => found.corrupt.push(foreign),
            Ok(id) => found.look(&view.spec, rule, id, entry, &mut busy),
        }
        ControlFlow::Continue(())
    };
    store.scan(&keys.partitions(), Some(view.revision), &mut visit).await?;
    found.expired.sort_by_key(|expired| {
        let depth = expired.id.suffix().len();
        (expired.span.end(), expired.id.root(), std::cmp::Reverse(depth), expired.id)
    });
    Ok((view, found))
}

impl Survey {
    fn look(
        &mut self,
        spec: &ClusterSpec,
        rule: &Rule,
        id: PartitionId,
        entry: &Entry,
        busy: &mut BTreeMap<PartitionId, String>,
    ) {
        let span = id.bucket().range(spec.partitioning_of(id).granularity_hours);
        if self.in_flight.contains_key(&id) {
            return;
        }
        if !rule.takes(spec, id) {
            let earliest = self.kept_from.map_or(span.end(), |earliest| earliest.min(span.end()));
            self.kept_from = Some(earliest);
            return;
        }
        if let Some(why) = busy.remove(&id) {
            self.waiting.insert(id, why);
            return;
        }
        let record = match PartitionRecord::parse(id, &entry.value) {
            Ok(record) => record,
            Err(error) => {
                self.corrupt.push(CorruptValue { key: entry.key.clone(), reason: error.to_string() });
                return;
            }
        };
        match record.state {
            PartitionState::Active | PartitionState::ReadOnly => self.expired.push(Expired {
                id,
                span,
                size_bytes: record.size_bytes,
                record_count: record.record_count,
                copies: u32::try_from(record.nodes.len()).unwrap_or(u32::MAX),
                state: record.state,
            }),
            state @ (PartitionState::Migrating | PartitionState::Rebalancing) => {
                self.waiting.insert(id, format!("its state is {}", state.name()));
            }
        }
    }
}

#[cfg(test)]
#[path = "survey/tests.rs"]
mod tests;
