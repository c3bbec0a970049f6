//! Points in time, half-open ranges and time buckets. All times are UTC.

use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

mod parse;
pub use parse::{TimeError, parse_absolute, parse_duration, parse_time};

/// A point in time: whole seconds since 1970-01-01T00:00:00Z, floored, and the nanoseconds above them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

const NANOS_PER_SECOND: i128 = 1_000_000_000;

impl Timestamp {
    /// 1970-01-01T00:00:00Z, the earliest time that OTLP can express.
    pub const EPOCH: Self = Self { seconds: 0, nanos: 0 };
    /// 2554-07-21T23:34:33.709551615Z, the latest time that OTLP's unsigned nanoseconds can express.
    pub const OTLP_MAX: Self = Self { seconds: 18_446_744_073, nanos: 709_551_615 };

    /// From whole seconds since 1970, negative before.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self { seconds, nanos: 0 }
    }

    /// From OTLP's nanoseconds since 1970.
    #[inline]
    #[must_use]
    pub const fn from_unix_nanos(nanos: u64) -> Self {
        Self { seconds: (nanos / 1_000_000_000) as i64, nanos: (nanos % 1_000_000_000) as u32 }
    }

    /// From nanoseconds since 1970 of any sign; saturates at the ends of 64-bit seconds.
    #[must_use]
    pub fn from_nanos(nanos: i128) -> Self {
        let seconds = nanos.div_euclid(NANOS_PER_SECOND);
        match i64::try_from(seconds) {
            Ok(seconds) => Self { seconds, nanos: nanos.rem_euclid(NANOS_PER_SECOND) as u32 },
            Err(_) if nanos < 0 => Self { seconds: i64::MIN, nanos: 0 },
            Err(_) => Self { seconds: i64::MAX, nanos: 999_999_999 },
        }
    }

    /// The same without its part of a second, for people.
    #[must_use]
    pub const fn whole_second(self) -> Self {
        Self { seconds: self.seconds, nanos: 0 }
    }

    /// Whole seconds since 1970, floored.
    #[inline]
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds since 1970.
    #[must_use]
    pub const fn nanos(self) -> i128 {
        self.seconds as i128 * NANOS_PER_SECOND + self.nanos as i128
    }

    /// Milliseconds since 1970, floored.
    #[must_use]
    pub fn millis(self) -> i64 {
        self.seconds.saturating_mul(1000).saturating_add(i64::from(self.nanos / 1_000_000))
    }

    /// This time moved by nanoseconds, saturating.
    #[must_use]
    pub fn plus_nanos(self, nanos: i128) -> Self {
        Self::from_nanos(self.nanos().saturating_add(nanos))
    }

    /// This time moved by seconds, saturating.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self { seconds: self.seconds.saturating_add(seconds), nanos: self.nanos }
    }

    /// As a chrono time; `None` beyond the years that chrono knows (about ±262,000).
    #[must_use]
    pub fn to_chrono(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(self.seconds, self.nanos)
    }

    /// The UTC hour as routing keys write it: "2025-10-10-14".
    #[must_use]
    pub fn hour_text(self) -> String {
        match self.to_chrono() {
            Some(time) => time.format("%Y-%m-%d-%H").to_string(),
            None => format!("@{}", self.seconds),
        }
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(time: DateTime<Utc>) -> Self {
        // chrono puts a leap second into nanoseconds above 10^9; it folds into the second before.
        Self { seconds: time.timestamp(), nanos: time.timestamp_subsec_nanos().min(999_999_999) }
    }
}

/// RFC 3339 with `Z`; fractions only where there are any.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_chrono() {
            Some(time) => f.write_str(&time.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            None => write!(f, "@{}", self.seconds),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        DateTime::parse_from_rfc3339(&text).map(|t| t.to_utc().into()).map_err(serde::de::Error::custom)
    }
}

/// Hours in a time bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Granularity(u32);

/// The longest bucket: 366 days.
pub const GRANULARITY_HOURS_MAX: u32 = 366 * 24;

impl Granularity {
    /// One hour, the default.
    pub const HOUR: Self = Self(1);

    /// Hours a bucket.
    #[must_use]
    pub const fn hours(self) -> u32 {
        self.0
    }

    /// Seconds a bucket.
    #[inline]
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0 as i64 * 3600
    }
}

impl TryFrom<u32> for Granularity {
    type Error = String;
    fn try_from(hours: u32) -> Result<Self, String> {
        if (1..=GRANULARITY_HOURS_MAX).contains(&hours) {
            Ok(Self(hours))
        } else {
            Err(format!("granularity_hours must lie between 1 and {GRANULARITY_HOURS_MAX}, it is {hours}"))
        }
    }
}

impl From<Granularity> for u32 {
    fn from(granularity: Granularity) -> Self {
        granularity.0
    }
}

/// The number of a time bucket: `floor(unix_seconds / (granularity_hours · 3600))`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeBucket(i64);

impl TimeBucket {
    /// The bucket with this number.
    #[must_use]
    pub const fn new(id: i64) -> Self {
        Self(id)
    }

    /// The bucket that holds `time`; floor also before 1970.
    #[inline]
    #[must_use]
    pub const fn of(time: Timestamp, granularity: Granularity) -> Self {
        Self(time.seconds.div_euclid(granularity.seconds()))
    }

    /// The bucket's number.
    #[inline]
    #[must_use]
    pub const fn id(self) -> i64 {
        self.0
    }

    /// The bucket's first moment; saturates.
    #[must_use]
    pub const fn start(self, granularity: Granularity) -> Timestamp {
        Timestamp::from_seconds(self.0.saturating_mul(granularity.seconds()))
    }

    /// The first moment after the bucket; saturates.
    #[must_use]
    pub const fn end(self, granularity: Granularity) -> Timestamp {
        Timestamp::from_seconds(self.0.saturating_add(1).saturating_mul(granularity.seconds()))
    }

    /// `[start, end)`.
    #[must_use]
    pub const fn range(self, granularity: Granularity) -> TimeRange {
        TimeRange { start: self.start(granularity), end: self.end(granularity) }
    }

    /// The bucket `n` further on, saturating.
    #[must_use]
    pub const fn plus(self, n: i64) -> Self {
        Self(self.0.saturating_add(n))
    }
}

/// A half-open range of time: `start` is in it, `end` is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimeRange {
    start: Timestamp,
    end: Timestamp,
}

/// The range is empty or turned round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the range's start {start} is not before its end {end}")]
pub struct EmptyRange {
    /// The start as given.
    pub start: Timestamp,
    /// The end as given.
    pub end: Timestamp,
}

impl TimeRange {
    /// `[start, end)`.
    ///
    /// # Errors
    /// `start` is not before `end`.
    pub fn new(start: Timestamp, end: Timestamp) -> Result<Self, EmptyRange> {
        if start < end { Ok(Self { start, end }) } else { Err(EmptyRange { start, end }) }
    }

    /// The first moment.
    #[must_use]
    pub const fn start(self) -> Timestamp {
        self.start
    }

    /// The first moment after the range.
    #[must_use]
    pub const fn end(self) -> Timestamp {
        self.end
    }

    /// Whether `time` lies in it.
    #[must_use]
    pub fn contains(self, time: Timestamp) -> bool {
        self.start <= time && time < self.end
    }

    /// First and last bucket that overlap the range, also when `start` is not on a bucket's edge.
    #[must_use]
    pub fn buckets(self, granularity: Granularity) -> (TimeBucket, TimeBucket) {
        let first = TimeBucket::of(self.start, granularity);
        let last = TimeBucket::of(self.end.plus_nanos(-1), granularity);
        (first, last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_floor_before_1970_too() {
        let of = |seconds| TimeBucket::of(Timestamp::from_seconds(seconds), Granularity::HOUR).id();
        assert_eq!((of(0), of(3599), of(3600), of(-1), of(-3600), of(-3601)), (0, 0, 1, -1, -1, -2));
        assert_eq!(of(1_762_353_824), 489_542);
    }

    #[test]
    fn a_range_that_starts_inside_a_bucket_keeps_its_last_bucket() {
        let at = Timestamp::from_seconds;
        let range = TimeRange::new(at(1800), at(2 * 3600 + 1)).unwrap();
        assert_eq!(range.buckets(Granularity::HOUR), (TimeBucket(0), TimeBucket(2)));
        let exact = TimeRange::new(at(0), at(7200)).unwrap();
        assert_eq!(exact.buckets(Granularity::HOUR), (TimeBucket(0), TimeBucket(1)));
        assert!(TimeRange::new(at(5), at(5)).is_err());
    }

    #[test]
    fn prints_fractions_only_where_there_are_any() {
        assert_eq!(Timestamp::from_seconds(1_762_353_824).to_string(), "2025-11-05T14:43:44Z");
        assert_eq!(Timestamp::from_unix_nanos(1_500_000_000).to_string(), "1970-01-01T00:00:01.500Z");
        assert_eq!(Timestamp::from_seconds(i64::MAX).to_string(), "@9223372036854775807");
        assert_eq!(Timestamp::from_unix_nanos(u64::MAX), Timestamp::OTLP_MAX);
    }

    #[test]
    fn extreme_buckets_do_not_overflow() {
        let bucket = TimeBucket::new(999_999_999_999_999);
        let year = Granularity::try_from(GRANULARITY_HOURS_MAX).unwrap();
        assert_eq!(bucket.end(year).seconds(), i64::MAX);
        assert_eq!(TimeBucket::new(i64::MIN).start(year).seconds(), i64::MIN);
    }

    #[test]
    fn the_hour_of_a_key_is_utc_text() {
        assert_eq!(Timestamp::from_seconds(1_760_106_000).hour_text(), "2025-10-10-14");
    }
}
