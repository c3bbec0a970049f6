//! Range partitions of service names, and where good boundaries come from.
//!
//! Partition i holds `[b_i, b_{i+1})` in byte order; keys below `b_0` are in partition 0.
//!
//! Invariant: boundaries are strictly ascending; none is empty or stands there twice.

use std::collections::BTreeMap;

use crate::model::cluster_spec::{SpecError, check_boundaries};

/// Divides names by sorted boundaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangePartitioner {
    boundaries: Vec<String>,
}

/// Why no boundaries can be suggested.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SuggestError {
    /// None asked for.
    #[error("at least one range is needed")]
    Zero,
    /// More ranges than letters.
    #[error("{asked} ranges cannot be made of 26 letters without duplicate boundaries")]
    Letters {
        /// The number asked for.
        asked: usize,
    },
    /// More ranges than names.
    #[error("{asked} ranges cannot be made of {names} different names")]
    Names {
        /// The number asked for.
        asked: usize,
        /// Different names.
        names: usize,
    },
}

impl RangePartitioner {
    /// From sorted boundaries.
    ///
    /// # Errors
    /// There is none, or they are not strictly ascending.
    pub fn new(boundaries: Vec<String>) -> Result<Self, SpecError> {
        check_boundaries(&boundaries)?;
        if boundaries.is_empty() { Err(SpecError::NoBoundaries) } else { Ok(Self { boundaries }) }
    }

    /// The range that holds `name`.
    #[must_use]
    pub fn index(&self, name: &str) -> u32 {
        index_in(&self.boundaries, name)
    }

    /// First and last range that overlap the names `[from, to)`; either may be open. `None` if no name lies between.
    #[must_use]
    pub fn indexes(&self, from: Option<&str>, to: Option<&str>) -> Option<(u32, u32)> {
        if let (Some(from), Some(to)) = (from, to)
            && from >= to
        {
            return None;
        }
        let first = from.map_or(0, |name| self.index(name));
        let last = match to {
            None => self.boundaries.len() as u32 - 1,
            Some("") => return None,
            // `to` itself is outside: the last range is the one before the first boundary ≥ `to`.
            Some(name) => (self.boundaries.partition_point(|b| b.as_str() < name) as u32).saturating_sub(1),
        };
        Some((first, last.max(first)))
    }
}

/// The range that holds `name` among sorted boundaries.
#[inline]
#[must_use]
pub fn index_in(boundaries: &[String], name: &str) -> u32 {
    (boundaries.partition_point(|b| b.as_str() <= name) as u32).saturating_sub(1)
}

/// `count` boundaries spread over the letters a to z: `alphabetic:N`.
///
/// # Errors
/// Zero, or more than 26.
pub fn alphabetic(count: usize) -> Result<Vec<String>, SuggestError> {
    match count {
        0 => Err(SuggestError::Zero),
        1..=26 => Ok((0..count).map(|i| char::from(b'a' + (i * 26 / count) as u8).to_string()).collect()),
        _ => Err(SuggestError::Letters { asked: count }),
    }
}

/// `count` boundaries that divide the names' weights (bytes) as evenly as whole names allow.
///
/// Each boundary is an existing name; ranges are filled in order of names up to their share of what is left, and every
/// range gets at least one name.
///
/// # Errors
/// Zero, or more ranges than names.
pub fn by_weight(weights: &BTreeMap<String, u64>, count: usize) -> Result<Vec<String>, SuggestError> {
    if count == 0 {
        return Err(SuggestError::Zero);
    }
    let names: Vec<(&String, u128)> =
        weights.iter().filter(|(name, _)| !name.is_empty()).map(|(name, w)| (name, u128::from(*w))).collect();
    if names.len() < count {
        return Err(SuggestError::Names { asked: count, names: names.len() });
    }
    let mut left: u128 = names.iter().map(|(_, w)| w).sum();
    let mut boundaries = Vec::with_capacity(count);
    let mut next = 0;
    for ranges_left in (1..=count).rev() {
        boundaries.push(names[next].0.clone());
        let share = left / ranges_left as u128;
        let mut filled = 0;
        // Leave one name for each range that follows.
        while next + ranges_left <= names.len() {
            let weight = names[next].1;
            // Take the name if that brings the range nearer to its share than leaving it out; the first always.
            if filled > 0 && (filled + weight).abs_diff(share) > share.abs_diff(filled) {
                break;
            }
            let first = filled == 0;
            filled += weight;
            next += 1;
            if first && weight == 0 {
                break;
            }
        }
        left -= filled;
    }
    Ok(boundaries)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ranges(names: &[&str]) -> RangePartitioner {
        RangePartitioner::new(names.iter().map(ToString::to_string).collect()).unwrap()
    }

    #[test]
    fn names_below_the_first_boundary_are_in_partition_0() {
        let r = ranges(&["c", "m", "t"]);
        let index: Vec<u32> = ["", "a", "c", "checkout", "m", "lzzz", "zz"].iter().map(|n| r.index(n)).collect();
        assert_eq!(index, [0, 0, 0, 0, 1, 0, 2]);
    }

    #[test]
    fn a_query_of_names_gives_every_overlapping_range() {
        let r = ranges(&["c", "m", "t"]);
        assert_eq!(r.indexes(None, None), Some((0, 2)));
        assert_eq!(r.indexes(Some("d"), Some("m")), Some((0, 0)));
        assert_eq!(r.indexes(Some("d"), Some("n")), Some((0, 1)));
        assert_eq!(r.indexes(Some("z"), None), Some((2, 2)));
        assert_eq!(r.indexes(None, Some("a")), Some((0, 0)));
        assert_eq!(r.indexes(Some("x"), Some("b")), None);
    }

    #[test]
    fn duplicate_and_unsorted_boundaries_are_refused() {
        assert!(RangePartitioner::new(vec!["a".into(), "a".into()]).is_err());
        assert!(RangePartitioner::new(vec!["b".into(), "a".into()]).is_err());
        assert!(RangePartitioner::new(vec![]).is_err());
    }

    #[test]
    fn more_than_26_letters_is_an_error() {
        assert_eq!(alphabetic(4).unwrap(), ["a", "g", "n", "t"]);
        assert_eq!(alphabetic(26).unwrap().len(), 26);
        assert_eq!(alphabetic(27), Err(SuggestError::Letters { asked: 27 }));
        for count in 1..=26 {
            check_boundaries(&alphabetic(count).unwrap()).unwrap();
        }
    }

    #[test]
    fn weights_divide_by_bytes_not_by_names() {
        let weights: BTreeMap<String, u64> =
            [("a", 10), ("b", 10), ("c", 60), ("d", 10), ("e", 10)].map(|(n, w)| (n.to_owned(), w)).into();
        assert_eq!(by_weight(&weights, 3).unwrap(), ["a", "c", "d"]);
        assert_eq!(by_weight(&weights, 6), Err(SuggestError::Names { asked: 6, names: 5 }));
    }

    proptest! {
        #[test]
        fn suggestions_are_valid_boundaries(weights in prop::collection::btree_map("[a-z]{1,6}", 0_u64..1000, 1..40), count in 1_usize..20) {
            match by_weight(&weights, count) {
                Ok(boundaries) => {
                    prop_assert_eq!(boundaries.len(), count);
                    check_boundaries(&boundaries).unwrap();
                }
                Err(_) => prop_assert!(weights.len() < count),
            }
        }

        #[test]
        fn the_index_is_the_last_boundary_not_above_the_name(names in prop::collection::btree_set("[a-d]{0,3}", 1..10), name in "[a-e]{0,4}") {
            let boundaries: Vec<String> = names.into_iter().collect();
            let oracle = boundaries.iter().rposition(|b| *b <= name).unwrap_or(0) as u32;
            prop_assert_eq!(RangePartitioner::new(boundaries).unwrap().index(&name), oracle);
        }
    }
}
