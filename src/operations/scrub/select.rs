//! Which partitions are scrubbed.
//!
//! Memory holds the ids alone, some 20 bytes for each partition: what is stored of one is read when its turn comes.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::model::hash::siphash13_str;
use crate::model::{NodeId, PartitionId, PartitionRecord, SplitMix64};
use crate::operations::cluster::CorruptValue;
use crate::operations::listing::PartitionFilter;
use crate::operations::partitions::get_all;
use crate::operations::records::id_of;
use crate::operations::{ClusterView, OperationError};
use crate::ports::metadata::Entry;
use crate::ports::{Keys, MetadataRead};

/// A part of the partitions, the same for the same seed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Which part, 0 to 1.
    pub share: f64,
    /// Which partitions.
    pub seed: u64,
}

impl Sample {
    /// Whether a partition is in it. Each is decided by itself, so that one which is added or deleted changes no other.
    #[must_use]
    pub fn holds(&self, id: PartitionId) -> bool {
        let drawn = SplitMix64::new(self.seed ^ siphash13_str(&id.to_string())).next_u64();
        // 2^64 as a number; at a share of 1 nothing drawn reaches it.
        (drawn as f64) < self.share * 18_446_744_073_709_551_616.0 || self.share >= 1.0
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// These alone; empty = all.
    pub partitions: Vec<PartitionId>,
    /// By nodes that hold them, and by time.
    pub filter: PartitionFilter,
    /// A part of them.
    pub sample: Option<Sample>,
    /// Those behind this one in their order.
    pub after: Option<PartitionId>,
}

/// What is scrubbed.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The partitions, in their order.
    pub ids: Vec<PartitionId>,
    /// Listed copies on nodes that are up.
    pub copies: u64,
    /// Bytes of these by the records.
    pub bytes: u64,
    /// Records that cannot be read.
    pub corrupt: Vec<CorruptValue>,
}

/// Selects partitions at the view's revision.
///
/// # Errors
/// The store does not answer; a partition that was named has no record, or one that cannot be read.
pub async fn select<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    view: &ClusterView,
    scope: &Scope,
) -> Result<Selection, OperationError> {
    let up: BTreeSet<&NodeId> =
        view.nodes.iter().filter(|(node, _)| node.state.is_up()).map(|(node, _)| &node.id).collect();
    let mut selection = Selection::default();
    let mut take = |record: &PartitionRecord| {
        let id = record.id;
        let is_asked = scope.filter.admits_id(view, id) && scope.filter.admits(record);
        if !is_asked || scope.after.is_some_and(|after| id <= after) || scope.sample.is_some_and(|s| !s.holds(id)) {
            return;
        }
        let copies = record.nodes.iter().filter(|node| up.contains(node)).count() as u64;
        selection.ids.push(id);
        selection.copies += copies;
        selection.bytes = selection.bytes.saturating_add(record.size_bytes.saturating_mul(copies));
    };
    let mut corrupt = Vec::new();
    if scope.partitions.is_empty() {
        let mut visit = |entry: &Entry| {
            let parse = |id| PartitionRecord::parse(id, &entry.value).map_err(|e| e.to_string());
            let bad = |reason| CorruptValue { key: entry.key.clone(), reason };
            match id_of(keys, "partitions", entry).and_then(|id| parse(id).map_err(bad)) {
                Ok(record) => take(&record),
                Err(bad) => corrupt.push(bad),
            }
            ControlFlow::Continue(())
        };
        match scope.filter.buckets(view) {
            Some(buckets) => {
                for bucket in buckets {
                    let lists = store.read(&keys.partitions_of(bucket), Some(view.revision)).await?.ranges;
                    for entry in lists.iter().flatten() {
                        let _ = visit(entry);
                    }
                }
            }
            None => {
                store.scan(&keys.partitions(), Some(view.revision), &mut visit).await?;
            }
        }
    } else {
        let (found, _) = get_all(store, keys, Some(view.revision), &scope.partitions, false).await?;
        found.iter().for_each(|partition| take(&partition.listed.record));
    }
    selection.corrupt = corrupt;
    selection.ids.sort_unstable();
    Ok(selection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_about_its_share_and_the_same_for_its_seed() {
        let ids: Vec<PartitionId> = (0..4000).map(|n| format!("partition_{n}_0001").parse().unwrap()).collect();
        let of = |share, seed| ids.iter().filter(|id| Sample { share, seed }.holds(**id)).count();
        assert_eq!((of(0.0, 1), of(1.0, 1)), (0, 4000));
        assert!((150..250).contains(&of(0.05, 1)), "{}", of(0.05, 1));
        let chosen = |seed| -> Vec<_> { ids.iter().filter(|id| Sample { share: 0.05, seed }.holds(**id)).collect() };
        assert_eq!(chosen(1), chosen(1));
        assert_ne!(chosen(1), chosen(2));
        // A larger share holds the smaller one.
        assert!(
            ids.iter()
                .all(|id| !Sample { share: 0.05, seed: 3 }.holds(*id) || Sample { share: 0.2, seed: 3 }.holds(*id))
        );
    }
}
