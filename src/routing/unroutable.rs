//! Partitions whose metadata is broken, met while the others are answered.

use std::collections::BTreeMap;

use crate::model::PartitionId;

use super::RouteError;

/// What could not be answered, by partition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unroutable {
    found: BTreeMap<PartitionId, (RouteError, u64)>,
}

impl Unroutable {
    /// Notes that a partition could not answer.
    ///
    /// # Errors
    /// The error is not about one partition: nothing can be answered then.
    pub fn note(&mut self, error: RouteError) -> Result<(), RouteError> {
        let Some(partition) = error.partition() else { return Err(error) };
        self.found.entry(partition).or_insert((error, 0)).1 += 1;
        Ok(())
    }

    /// Whether everything was answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Number of partitions that could not answer.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Each partition, what is wrong with it, and how often it was asked.
    pub fn iter(&self) -> impl Iterator<Item = (PartitionId, &RouteError, u64)> {
        self.found.iter().map(|(id, (error, times))| (*id, error, *times))
    }
}
