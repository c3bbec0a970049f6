//! Partition records as they were read, good or corrupt.

use std::collections::BTreeMap;

use crate::model::{PartitionExtension, PartitionId, PartitionRecord, Revision};

/// A stored record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// It parses and keeps a record's invariants.
    Good {
        /// The record.
        record: PartitionRecord,
        /// The revision of its last change.
        revision: Revision,
    },
    /// It does not; reported by key, never skipped.
    Corrupt {
        /// What is wrong.
        reason: String,
        /// The revision of its last change.
        revision: Revision,
    },
}

/// Records and extensions by partition.
#[derive(Clone, Debug, Default)]
pub struct RecordSet {
    records: BTreeMap<PartitionId, Recorded>,
    split_bits: BTreeMap<PartitionId, u8>,
}

impl RecordSet {
    /// Adds the stored value of a partition's record.
    pub fn add_record(&mut self, id: PartitionId, value: &[u8], revision: Revision) {
        let recorded = match PartitionRecord::parse(id, value) {
            Ok(record) => Recorded::Good { record, revision },
            Err(reason) => Recorded::Corrupt { reason: reason.to_string(), revision },
        };
        self.records.insert(id, recorded);
    }

    /// Adds the stored value of a partition's extension.
    pub fn add_extension(&mut self, id: PartitionId, value: &[u8], revision: Revision) {
        match PartitionExtension::parse(value) {
            Ok(extension) if extension.split_bits > 0 => {
                self.split_bits.insert(id, extension.split_bits);
            }
            Ok(_) => {}
            Err(reason) => {
                let reason = format!("its extension is corrupt: {reason}");
                self.records.insert(id, Recorded::Corrupt { reason, revision });
            }
        }
    }

    /// Takes over all of another set.
    pub fn merge(&mut self, other: Self) {
        self.records.extend(other.records);
        self.split_bits.extend(other.split_bits);
    }

    /// The record of a partition.
    #[must_use]
    pub fn get(&self, id: PartitionId) -> Option<&Recorded> {
        self.records.get(&id)
    }

    /// By how many bits a partition was split; 0 = not.
    #[must_use]
    pub fn split_bits(&self, id: PartitionId) -> u8 {
        self.split_bits.get(&id).copied().unwrap_or(0)
    }

    /// All records in numeric order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (PartitionId, &Recorded)> {
        self.records.iter().map(|(id, recorded)| (*id, recorded))
    }

    /// Number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}
