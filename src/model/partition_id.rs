//! Partition ids and their grammar.
//!
//! `partition_(0|-?[1-9]\d{0,14})_(\d{4}|[1-9]\d{4})(\.[01]{1,8})?` for time × hash and time × range, and
//! `time_partition_(0|-?[1-9]\d{0,14})` for time alone; the canonical form only, so that an id has one key.
//!
//! Invariant: `parse(id.to_string()) == id`, and no other text parses to `id`.

use std::cmp::Ordering;
use std::fmt;

use super::TimeBucket;

/// The largest hash bucket or range index that an id can carry.
pub const INDEX_MAX: u32 = 99_999;
/// The most bits of a split suffix.
pub const SPLIT_BITS_MAX: u8 = 8;
/// The largest absolute bucket number that an id can carry: 15 digits.
pub const BUCKET_MAX: i64 = 999_999_999_999_999;
/// No id is longer than this many bytes: `partition_`, sign and 15 digits, `_`, 5 digits, `.`, 8 bits.
pub const TEXT_MAX: usize = 10 + 16 + 1 + 5 + 1 + 8;

/// Which child of a split partition: the bits from the first split on; empty for a partition that is no child.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SplitSuffix {
    bits: u8,
    len: u8,
}

impl SplitSuffix {
    /// No split.
    pub const NONE: Self = Self { bits: 0, len: 0 };

    /// How many bits, 0 to 8.
    #[must_use]
    pub const fn len(self) -> u8 {
        self.len
    }

    /// Whether this is no child.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len == 0
    }

    /// This suffix with one more bit at its end.
    #[must_use]
    pub const fn with(self, bit: bool) -> Option<Self> {
        if self.len == SPLIT_BITS_MAX {
            return None;
        }
        Some(Self { bits: self.bits | ((bit as u8) << self.len), len: self.len + 1 })
    }

    /// The bits in order of the suffix's characters.
    pub fn bits(self) -> impl Iterator<Item = bool> {
        (0..self.len).map(move |i| self.bits >> i & 1 == 1)
    }

    /// Whether a key with quotient `q = hash div hash_buckets` belongs below this suffix: the first bit is q's lowest.
    #[must_use]
    pub const fn matches(self, q: u64) -> bool {
        let mask = (1_u64 << self.len) - 1;
        q & mask == self.bits as u64
    }
}

/// What an id names beside its time bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    /// The whole bucket (strategy `time`).
    Whole,
    /// One hash bucket or range of it.
    Index(u32, SplitSuffix),
}

/// The id of a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartitionId {
    bucket: TimeBucket,
    part: Part,
}

/// Why a text is no partition id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartitionIdError {
    /// Not of the grammar.
    #[error(
        "not of the form partition_BUCKET_INDEX, such as partition_489542_0051 or, split, partition_489542_0051.01"
    )]
    Form,
    /// The grammar, but not its canonical form; the id meant is given.
    #[error("not in canonical form, which is {0}")]
    NotCanonical(PartitionId),
    /// The number of the time bucket does not fit into an id.
    #[error("time bucket {0} has more than 15 digits")]
    Bucket(i64),
    /// The index does not fit into an id.
    #[error("index {0} is above {INDEX_MAX}")]
    Index(u32),
}

impl PartitionId {
    /// The partition of one hash bucket or range index in a time bucket.
    ///
    /// # Errors
    /// The numbers are larger than the grammar allows.
    #[inline]
    pub const fn new(bucket: TimeBucket, index: u32) -> Result<Self, PartitionIdError> {
        if bucket.id().unsigned_abs() > BUCKET_MAX as u64 {
            return Err(PartitionIdError::Bucket(bucket.id()));
        }
        if index > INDEX_MAX {
            return Err(PartitionIdError::Index(index));
        }
        Ok(Self { bucket, part: Part::Index(index, SplitSuffix::NONE) })
    }

    /// The partition of a whole time bucket (strategy `time`).
    ///
    /// # Errors
    /// The bucket's number has more than 15 digits.
    pub const fn whole(bucket: TimeBucket) -> Result<Self, PartitionIdError> {
        if bucket.id().unsigned_abs() > BUCKET_MAX as u64 {
            return Err(PartitionIdError::Bucket(bucket.id()));
        }
        Ok(Self { bucket, part: Part::Whole })
    }

    /// This partition's child, one bit further; `None` for a whole bucket or beyond eight bits.
    #[must_use]
    pub const fn child(self, bit: bool) -> Option<Self> {
        match self.part {
            Part::Whole => None,
            Part::Index(index, suffix) => match suffix.with(bit) {
                Some(suffix) => Some(Self { bucket: self.bucket, part: Part::Index(index, suffix) }),
                None => None,
            },
        }
    }

    /// The time bucket.
    #[must_use]
    pub const fn bucket(self) -> TimeBucket {
        self.bucket
    }

    /// The hash bucket or range index; `None` for a whole time bucket.
    #[must_use]
    pub const fn index(self) -> Option<u32> {
        match self.part {
            Part::Whole => None,
            Part::Index(index, _) => Some(index),
        }
    }

    /// Which child of a split.
    #[must_use]
    pub const fn suffix(self) -> SplitSuffix {
        match self.part {
            Part::Whole => SplitSuffix::NONE,
            Part::Index(_, suffix) => suffix,
        }
    }

    /// The id without its split suffix.
    #[must_use]
    pub const fn root(self) -> Self {
        match self.part {
            Part::Whole => self,
            Part::Index(index, _) => Self { bucket: self.bucket, part: Part::Index(index, SplitSuffix::NONE) },
        }
    }

    /// Whether `other` came of this partition by splitting, once or more.
    #[must_use]
    pub fn is_ancestor_of(self, other: Self) -> bool {
        let (own, others) = (self.suffix(), other.suffix());
        self.root() == other.root() && own.len() < others.len() && own.bits().eq(others.bits().take(own.len().into()))
    }

    /// Reads an id.
    ///
    /// # Errors
    /// The text is not of the grammar, or not canonical; then the error carries the canonical id.
    pub fn parse(text: &str) -> Result<Self, PartitionIdError> {
        let id = Self::parse_loosely(text).ok_or(PartitionIdError::Form)?;
        let mut buffer = TextBuffer::default();
        if id.write(&mut buffer) == text { Ok(id) } else { Err(PartitionIdError::NotCanonical(id)) }
    }

    fn parse_loosely(text: &str) -> Option<Self> {
        if let Some(bucket) = text.strip_prefix("time_partition_") {
            return Self::whole(TimeBucket::new(parse_bucket(bucket)?)).ok();
        }
        let (bucket, rest) = text.strip_prefix("partition_")?.split_once('_')?;
        let (index, bits) = rest.split_once('.').map_or((rest, None), |(index, bits)| (index, Some(bits)));
        if index.is_empty() || index.len() > 10 || !index.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut id = Self::new(TimeBucket::new(parse_bucket(bucket)?), index.parse().ok()?).ok()?;
        if let Some(bits) = bits {
            if bits.is_empty() {
                return None;
            }
            for bit in bits.bytes() {
                id = id.child(match bit {
                    b'0' => false,
                    b'1' => true,
                    _ => return None,
                })?;
            }
        }
        Some(id)
    }

    /// Writes the id into a buffer on the stack; this is the ring key's text, made without allocating.
    #[inline]
    pub fn write<'b>(&self, buffer: &'b mut TextBuffer) -> &'b str {
        buffer.len = 0;
        match self.part {
            Part::Whole => {
                buffer.push(b"time_partition_");
                buffer.push_number(self.bucket.id());
            }
            Part::Index(index, suffix) => {
                buffer.push(b"partition_");
                buffer.push_number(self.bucket.id());
                buffer.push(b"_");
                buffer.push_index(index);
                if !suffix.is_empty() {
                    buffer.push(b".");
                    for bit in suffix.bits() {
                        buffer.push(if bit { b"1" } else { b"0" });
                    }
                }
            }
        }
        buffer.text()
    }
}

fn parse_bucket(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || digits.len() > 18 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// Room for the text of one id.
#[derive(Clone, Copy, Debug)]
pub struct TextBuffer {
    /// One byte more than a text needs, for the end mark of [`TextBuffer::with_string_end`].
    bytes: [u8; TEXT_MAX + 1],
    len: usize,
}

impl Default for TextBuffer {
    fn default() -> Self {
        Self { bytes: [0; TEXT_MAX + 1], len: 0 }
    }
}

impl TextBuffer {
    /// The text last written, as bytes.
    #[inline]
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// The text last written followed by `0xff`: the stream of a string that is hashed.
    #[inline]
    pub fn with_string_end(&mut self) -> &[u8] {
        self.bytes[self.len] = 0xff;
        &self.bytes[..=self.len]
    }

    fn text(&self) -> &str {
        // Only ASCII is ever pushed.
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    #[inline]
    fn push(&mut self, bytes: &[u8]) {
        let end = self.len + bytes.len();
        self.bytes[self.len..end].copy_from_slice(bytes);
        self.len = end;
    }

    #[inline]
    fn push_number(&mut self, number: i64) {
        let mut digits = [0_u8; 20];
        let mut at = digits.len();
        let mut rest = number.unsigned_abs();
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if number < 0 {
            self.push(b"-");
        }
        self.push(&digits[at..]);
    }

    #[inline]
    fn push_index(&mut self, index: u32) {
        if index > 9_999 {
            self.push_number(i64::from(index));
        } else {
            let digit = |n: u32| b'0' + (n % 10) as u8;
            self.push(&[digit(index / 1000), digit(index / 100), digit(index / 10), digit(index)]);
        }
    }
}

impl fmt::Display for PartitionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = TextBuffer::default();
        f.pad(self.write(&mut buffer))
    }
}

impl std::str::FromStr for PartitionId {
    type Err = PartitionIdError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// Numeric order: time bucket, then index, then a parent before its children, then the children's bits.
impl Ord for PartitionId {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |id: &Self| (id.bucket, id.index().map_or(0, |index| index + 1));
        key(self).cmp(&key(other)).then_with(|| self.suffix().bits().cmp(other.suffix().bits()))
    }
}

impl PartialOrd for PartitionId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl serde::Serialize for PartitionId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for PartitionId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(|e| serde::de::Error::custom(format!("partition id {text:?}: {e}")))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_the_grammar_and_nothing_else() {
        for good in [
            "partition_489542_0051",
            "partition_0_0000",
            "partition_-1_99999",
            "partition_489542_0051.0",
            "partition_489542_0051.01010101",
            "time_partition_489542",
            "partition_999999999999999_10000",
        ] {
            assert_eq!(PartitionId::parse(good).map(|id| id.to_string()), Ok(good.to_owned()));
        }
        for bad in [
            "",
            "partition_",
            "partition_1",
            "partition_1_",
            "partition_1_0001.",
            "partition_1_0001.2",
            "partition_1_0001.010101010",
            "partition_1_100000",
            "partition_1000000000000000_0001",
            "partition_1_0001/x",
            "partition_1_0001\n",
            " partition_1_0001",
            "partition_1_+001",
            "partition_+1_0001",
            "Partition_1_0001",
            "partition_1_0001.0.1",
            "partition_１_0001",
            "time_partition_",
            "time_partition_1_0001",
        ] {
            assert_eq!(PartitionId::parse(bad), Err(PartitionIdError::Form), "{bad:?}");
        }
        for (loose, canonical) in [
            ("partition_489542_51", "partition_489542_0051"),
            ("partition_007_0001", "partition_7_0001"),
            ("partition_-0_0001", "partition_0_0001"),
            ("partition_1_00001", "partition_1_0001"),
        ] {
            let meant = PartitionId::parse(canonical).unwrap();
            assert_eq!(PartitionId::parse(loose), Err(PartitionIdError::NotCanonical(meant)));
        }
    }

    #[test]
    fn child_bits_come_from_the_quotients_lowest_bit_up() {
        let parent = PartitionId::parse("partition_489542_0051").unwrap();
        let child = parent.child(false).and_then(|c| c.child(true)).unwrap();
        assert_eq!(child.to_string(), "partition_489542_0051.01");
        assert!(child.suffix().matches(0b110) && !child.suffix().matches(0b101));
        assert_eq!(child.root(), parent);
    }

    #[test]
    fn ancestors_are_shorter_suffixes_of_one_root() {
        let id = |text: &str| PartitionId::parse(text).unwrap();
        for (ancestor, other, is) in [
            ("partition_1_0001", "partition_1_0001.0", true),
            ("partition_1_0001", "partition_1_0001.01", true),
            ("partition_1_0001.0", "partition_1_0001.01", true),
            ("partition_1_0001.1", "partition_1_0001.01", false),
            ("partition_1_0001.0", "partition_1_0001.0", false),
            ("partition_1_0001.01", "partition_1_0001.0", false),
            ("partition_1_0001", "partition_1_0002.0", false),
            ("time_partition_1", "time_partition_1", false),
        ] {
            assert_eq!(id(ancestor).is_ancestor_of(id(other)), is, "{ancestor} {other}");
        }
    }

    #[test]
    fn order_is_numeric() {
        let mut ids: Vec<PartitionId> =
            ["partition_10_0000", "partition_9_10000", "partition_9_1000", "partition_9_1000.0", "partition_-2_0001"]
                .iter()
                .map(|t| t.parse().unwrap())
                .collect();
        ids.sort();
        let text: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let order =
            ["partition_-2_0001", "partition_9_1000", "partition_9_1000.0", "partition_9_10000", "partition_10_0000"];
        assert_eq!(text, order);
    }

    proptest! {
        #[test]
        fn round_trip(bucket in -BUCKET_MAX..=BUCKET_MAX, index in 0..=INDEX_MAX, bits in prop::collection::vec(any::<bool>(), 0..=8)) {
            let mut id = PartitionId::new(TimeBucket::new(bucket), index).unwrap();
            for bit in bits {
                id = id.child(bit).unwrap();
            }
            prop_assert_eq!(PartitionId::parse(&id.to_string()), Ok(id));
        }

        #[test]
        fn no_text_panics(text in "(time_)?(partition)?[-_.0-9a-z\u{661}]{0,60}") {
            let _ = PartitionId::parse(&text);
        }
    }
}
