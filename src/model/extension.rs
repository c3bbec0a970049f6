//! What this tool adds to a partition record, kept beside it under `ext/{pid}`.
//!
//! Existing writers put whole records and would erase fields of ours in there; so they live under a key of their own and
//! change in the same transaction as the record.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::PartitionRecord;

/// Epoch, split, copies and pin of a partition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PartitionExtension {
    /// Grows with every change of owners.
    #[serde(default)]
    pub epoch: u64,
    /// How many bits this partition was split by; 0 = not split.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub split_bits: u8,
    /// The directory of each node's copy.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub copies: BTreeMap<String, String>,
    /// Not to be moved by the planner.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(n: &u8) -> bool {
    *n == 0
}

impl PartitionExtension {
    /// Reads the stored value.
    ///
    /// # Errors
    /// Not the JSON of an extension, or split by more bits than an id can carry.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        if !super::document::is_object(bytes) {
            return Err("not a JSON object".to_owned());
        }
        let extension: Self = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
        if extension.split_bits > super::partition_id::SPLIT_BITS_MAX {
            return Err(format!(
                "split_bits is {}, the most is {}",
                extension.split_bits,
                super::partition_id::SPLIT_BITS_MAX
            ));
        }
        Ok(extension)
    }

    /// Whether its children hold all that the partition of this record held: the nodes that the record still names have no
    /// copy of it. A record that was split and yet says that there are bytes is not taken at its word.
    #[must_use]
    pub fn is_emptied_by_split(&self, record: &PartitionRecord) -> bool {
        self.split_bits > 0 && record.size_bytes == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_set_is_written() {
        let plain = PartitionExtension { epoch: 3, ..Default::default() };
        assert_eq!(serde_json::to_string(&plain).unwrap(), r#"{"epoch":3}"#);
        assert_eq!(PartitionExtension::parse(br#"{"split_bits":2,"future":1}"#).unwrap().split_bits, 2);
        assert!(PartitionExtension::parse(br#"{"split_bits":9}"#).is_err());
    }
}
