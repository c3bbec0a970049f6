//! What a copy holds, in three numbers.

use std::collections::BTreeMap;

use crate::ports::storage::SegmentName;

/// What is known of one segment that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SegmentSum {
    /// Its length.
    pub bytes: u64,
    /// CRC32C of its bytes.
    pub crc32c: u32,
    /// Its records, when they are known.
    pub records: Option<u64>,
}

/// What a whole copy holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// CRC32C of all segments' bytes, one after another in the order of their names: what `cat * | crc32c` gives.
    pub crc32c: u32,
    /// Records; `None` if any segment's are not known.
    pub record_count: Option<u64>,
    /// Bytes of all segments.
    pub bytes: u64,
    /// How many segments.
    pub segments: u64,
}

impl Content {
    /// The content of these segments.
    #[must_use]
    pub fn of(segments: &BTreeMap<SegmentName, SegmentSum>) -> Self {
        let empty = Self { record_count: Some(0), ..Self::default() };
        segments.values().fold(empty, |sum, segment| Self {
            crc32c: combined(sum.crc32c, segment.crc32c, segment.bytes),
            record_count: sum.record_count.zip(segment.records).and_then(|(a, b)| a.checked_add(b)),
            bytes: sum.bytes.saturating_add(segment.bytes),
            segments: sum.segments + 1,
        })
    }
}

/// The CRC of `a` followed by `b`.
pub(super) fn combined(a: u32, b: u32, b_bytes: u64) -> u32 {
    crc32c::crc32c_combine(a, b, usize::try_from(b_bytes).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_crc_is_that_of_all_bytes_in_a_row(parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..8)) {
            let segments = parts.iter().enumerate().map(|(i, bytes)| {
                let sum = SegmentSum { bytes: bytes.len() as u64, crc32c: crc32c::crc32c(bytes), records: Some(1) };
                (SegmentName::parse(&format!("s{i}")).unwrap(), sum)
            });
            let content = Content::of(&segments.collect());
            let all = parts.concat();
            prop_assert_eq!(content.crc32c, crc32c::crc32c(&all));
            prop_assert_eq!(content.bytes, all.len() as u64);
            prop_assert_eq!(content.record_count, Some(parts.len() as u64));
        }
    }

    #[test]
    fn one_unknown_count_makes_the_sum_unknown() {
        let sum = |records| SegmentSum { bytes: 1, crc32c: 0, records };
        let name = |text: &str| SegmentName::parse(text).unwrap();
        let segments = BTreeMap::from([(name("a"), sum(Some(1))), (name("b"), sum(None))]);
        assert_eq!(Content::of(&segments).record_count, None);
        assert_eq!(Content::of(&BTreeMap::new()).record_count, Some(0));
    }
}
