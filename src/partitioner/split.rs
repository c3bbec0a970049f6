//! Split partitions: a hash partition that grew too large is divided by the next bits of its keys' quotients.
//!
//! Child bits come from `q = hash div hash_buckets`; the first bit of the suffix is q's lowest. A parent that was split
//! keeps its record; its extension says by how many bits. Routing descends until it meets a record that is not split.

use crate::model::PartitionId;

/// Descending ended at a place that the metadata says should have children.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SplitError {
    /// More bits than an id can carry.
    #[error("partition {0} is split further than an id can carry")]
    TooDeep(PartitionId),
    /// Only hash partitions can be split.
    #[error("partition {0} is marked as split, but only hash partitions can be")]
    NotHash(PartitionId),
}

/// The partition below `root` that holds keys with this quotient; `split_bits` tells by how many bits a partition was
/// split (0 = not).
///
/// # Errors
/// The splits lead deeper than an id can carry, or a partition was split that cannot be.
pub fn descend(
    root: PartitionId,
    quotient: u64,
    mut split_bits: impl FnMut(PartitionId) -> u8,
) -> Result<PartitionId, SplitError> {
    let mut id = root;
    loop {
        let bits = split_bits(id);
        if bits == 0 {
            return Ok(id);
        }
        if id.index().is_none() {
            return Err(SplitError::NotHash(id));
        }
        for _ in 0..bits {
            let bit = quotient >> id.suffix().len() & 1 == 1;
            id = id.child(bit).ok_or(SplitError::TooDeep(id))?;
        }
    }
}

/// Every partition below `root` that is not split, in order.
///
/// # Errors
/// As [`descend`].
pub fn leaves(
    root: PartitionId,
    mut split_bits: impl FnMut(PartitionId) -> u8,
) -> Result<Vec<PartitionId>, SplitError> {
    let mut open = vec![root];
    let mut out = Vec::new();
    while let Some(id) = open.pop() {
        let bits = split_bits(id);
        if bits == 0 {
            out.push(id);
            continue;
        }
        if id.index().is_none() {
            return Err(SplitError::NotHash(id));
        }
        let mut children = vec![id];
        for _ in 0..bits {
            let mut next = Vec::with_capacity(children.len() * 2);
            for child in children {
                for bit in [false, true] {
                    next.push(child.child(bit).ok_or(SplitError::TooDeep(id))?);
                }
            }
            children = next;
        }
        open.extend(children);
    }
    out.sort_unstable();
    Ok(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(text: &str) -> PartitionId {
        text.parse().unwrap()
    }

    #[test]
    fn descends_until_a_record_that_is_not_split() {
        let root = id("partition_489542_0051");
        let bits = |p: PartitionId| u8::from(p == root || p == id("partition_489542_0051.1"));
        let to = |q| descend(root, q, bits).unwrap().to_string();
        assert_eq!(to(0b00), "partition_489542_0051.0");
        assert_eq!(to(0b01), "partition_489542_0051.10");
        assert_eq!(to(0b11), "partition_489542_0051.11");
        let all: Vec<String> = leaves(root, bits).unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(all, ["partition_489542_0051.0", "partition_489542_0051.10", "partition_489542_0051.11"]);
    }

    #[test]
    fn endless_and_impossible_splits_are_errors() {
        assert!(matches!(descend(id("partition_1_0001"), 0, |_| 1), Err(SplitError::TooDeep(_))));
        assert!(matches!(leaves(id("partition_1_0001"), |_| 3), Err(SplitError::TooDeep(_))));
        assert!(matches!(descend(id("time_partition_1"), 0, |_| 1), Err(SplitError::NotHash(_))));
    }

    proptest! {
        #[test]
        fn each_quotient_belongs_to_exactly_one_leaf(q: u64, first in 1_u8..4, second in 1_u8..4) {
            let root = id("partition_7_0003");
            let bits = |p: PartitionId| match p.suffix().len() {
                0 => first,
                n if n == first && p.suffix().bits().next() == Some(true) => second,
                _ => 0,
            };
            let leaf = descend(root, q, bits).unwrap();
            let matching: Vec<_> =
                leaves(root, bits).unwrap().into_iter().filter(|l| l.suffix().matches(q)).collect();
            prop_assert_eq!(matching, vec![leaf]);
        }
    }
}
