//! Where the next tiles of a scan end, guessed from the keys just seen.
//!
//! Invariant: a guess is only ever about speed; whoever uses it checks that it lies behind the tile's start.

/// A tile aims at so many keys.
const TILE_KEYS: u64 = 1_024;
/// The most time buckets of a tile.
const BUCKETS_MAX: i64 = 1 << 16;
/// After so many empty tiles in a row there is a gap, or the end.
const EMPTY_MAX: u32 = 3;

/// A run of keys that name time buckets: `…/partition_489542_0051`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tiling {
    /// The keys' text before the bucket.
    family: String,
    /// The first bucket that no tile covers yet.
    next: i64,
    /// Buckets of a tile.
    step: i64,
    empty: u32,
}

/// The text before a time bucket in a key, and the bucket.
fn bucket_of(key: &str) -> Option<(&str, i64)> {
    const WORD: &str = "partition_";
    let at = key.rfind(WORD)? + WORD.len();
    let (family, rest) = key.split_at(at);
    let end = rest.find(['_', '/']).unwrap_or(rest.len());
    Some((family, rest[..end].parse().ok()?))
}

impl Tiling {
    /// The run that a key belongs to; its bucket may hold more.
    pub(super) fn of(key: &str) -> Option<Self> {
        let (family, bucket) = bucket_of(key)?;
        Some(Self { family: family.to_owned(), next: bucket, step: 1, empty: 0 })
    }

    /// The end of the next tile, and how many buckets it has.
    pub(super) fn advance(&mut self) -> (String, i64) {
        self.next = self.next.saturating_add(self.step);
        (format!("{}{}", self.family, self.next), self.step)
    }

    /// Learns from a whole tile of `buckets` that held `keys`, the last of them `last`; `None`: the run has ended.
    pub(super) fn learn(mut self, buckets: i64, keys: usize, last: Option<&str>) -> Option<Self> {
        let Some(last) = last else {
            self.empty += 1;
            self.step = (self.step * 2).min(BUCKETS_MAX);
            return (self.empty < EMPTY_MAX).then_some(self);
        };
        let (family, bucket) = bucket_of(last)?;
        if family != self.family {
            return Self::of(last);
        }
        self.empty = 0;
        self.next = self.next.max(bucket);
        let per_bucket = (keys as u64).div_ceil(buckets.max(1).unsigned_abs()).max(1);
        self.step = i64::try_from((TILE_KEYS / per_bucket).max(1)).unwrap_or(1).min(BUCKETS_MAX);
        Some(self)
    }

    /// Learns that a tile held more than a page.
    pub(super) fn crowded(mut self) -> Self {
        self.step = (self.step / 2).max(1);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_their_bucket() {
        let at = "/otlp/partitions/partition_";
        assert_eq!(bucket_of("/otlp/partitions/partition_489542_0051"), Some((at, 489_542)));
        assert_eq!(bucket_of("/otlp/partitions/partition_-3_0051.01"), Some((at, -3)));
        assert_eq!(bucket_of("/otlp/repair/partition_7_0051/node-1"), Some(("/otlp/repair/partition_", 7)));
        assert_eq!(bucket_of("/otlp/partitions/time_partition_7"), Some(("/otlp/partitions/time_partition_", 7)));
        for other in ["/otlp/cluster", "/otlp/partitions/partition_", "/otlp/partitions/partition_x_1", ""] {
            assert_eq!(bucket_of(other), None, "{other}");
        }
    }

    #[test]
    fn tiles_grow_to_their_aim_and_end_in_a_gap() {
        let mut tiling = Tiling::of("/p/partition_100_0001").unwrap();
        assert_eq!(tiling.advance(), ("/p/partition_101".to_owned(), 1));
        tiling = tiling.learn(1, 256, Some("/p/partition_100_0255")).unwrap();
        assert_eq!(tiling.advance(), ("/p/partition_105".to_owned(), 4));
        tiling = tiling.learn(4, 0, None).unwrap();
        assert_eq!(tiling.advance(), ("/p/partition_113".to_owned(), 8));
        tiling = tiling.learn(8, 0, None).unwrap();
        assert_eq!(tiling.learn(8, 0, None), None);
    }
}
