//! The cluster spec: how telemetry is partitioned and placed, stored under `cluster`.
//!
//! Partitioning changes only from a future time on; the spec keeps every version, and routing picks by time.
//!
//! Invariant: a spec that parses is valid: versions in order, boundaries sorted without duplicates, numbers in range.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::signal::SignalSet;
use super::{Granularity, HashAlgorithm, PartitionId, TimeBucket, TimeRange, Timestamp};

/// The schema that this version writes.
pub const SCHEMA: &str = "otlp-part/cluster/v1";
/// The most replicas of a partition.
pub const REPLICATION_MAX: u8 = 16;
/// The most tokens of a node of weight 1.
pub const VIRTUAL_NODES_MAX: u32 = 10_000;
/// Virtual nodes of existing clusters.
pub const VIRTUAL_NODES_DEFAULT: u32 = 150;
/// The longest retention.
pub const RETENTION_DAYS_MAX: u32 = 36_500;
/// The most hash buckets a time bucket.
pub const HASH_BUCKETS_MAX: u32 = super::partition_id::INDEX_MAX + 1;

/// How a time bucket is divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// Not at all: one partition a time bucket.
    Time,
    /// By hash bucket.
    #[default]
    TimeHash,
    /// By ranges of service names.
    TimeRange,
}

impl Strategy {
    /// The word in the spec.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::TimeHash => "time-hash",
            Self::TimeRange => "time-range",
        }
    }
}

/// One version of the partitioning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partitioning {
    /// From when on it holds; `None` for the first version.
    #[serde(default)]
    pub from: Option<Timestamp>,
    /// How a time bucket is divided.
    #[serde(default)]
    pub strategy: Strategy,
    /// Hours a time bucket.
    #[serde(default = "default_granularity")]
    pub granularity_hours: Granularity,
    /// Days that partitions are kept.
    #[serde(default = "default_retention")]
    pub retention_days: u32,
    /// Hash buckets a time bucket.
    #[serde(default = "default_hash_buckets")]
    pub hash_buckets: u32,
    /// How keys are hashed.
    #[serde(default)]
    pub hash: HashAlgorithm,
    /// Sorted boundaries of service names for `time-range`: partition i holds `[b_i, b_{i+1})`.
    #[serde(default)]
    pub boundaries: Vec<String>,
}

fn default_granularity() -> Granularity {
    Granularity::HOUR
}
fn default_retention() -> u32 {
    30
}
fn default_hash_buckets() -> u32 {
    256
}

impl Default for Partitioning {
    fn default() -> Self {
        Self {
            from: None,
            strategy: Strategy::TimeHash,
            granularity_hours: default_granularity(),
            retention_days: default_retention(),
            hash_buckets: default_hash_buckets(),
            hash: HashAlgorithm::Siphash13,
            boundaries: Vec::new(),
        }
    }
}

impl Partitioning {
    /// How many partitions a time bucket has, splits left out.
    #[must_use]
    pub fn partitions_per_bucket(&self) -> u32 {
        match self.strategy {
            Strategy::Time => 1,
            Strategy::TimeHash => self.hash_buckets,
            Strategy::TimeRange => self.boundaries.len().max(1) as u32,
        }
    }

    /// Whether a partition of `bucket` is past its retention at `now`: bucket end ≤ now − retention.
    #[must_use]
    pub fn is_expired(&self, bucket: TimeBucket, now: Timestamp) -> bool {
        self.is_older(bucket, now, self.retention_days)
    }

    /// The same with another retention, in days.
    #[must_use]
    pub fn is_older(&self, bucket: TimeBucket, now: Timestamp, retention_days: u32) -> bool {
        bucket.end(self.granularity_hours) <= now.plus_seconds(-i64::from(retention_days) * 86_400)
    }

    /// `now − retention`.
    #[must_use]
    pub fn retention_start(&self, now: Timestamp) -> Timestamp {
        now.plus_seconds(-i64::from(self.retention_days) * 86_400)
    }

    fn check(&self) -> Result<(), SpecError> {
        if !(1..=HASH_BUCKETS_MAX).contains(&self.hash_buckets) {
            return Err(SpecError::OutOfRange {
                field: "hash_buckets",
                value: self.hash_buckets.into(),
                max: HASH_BUCKETS_MAX.into(),
            });
        }
        if !(1..=RETENTION_DAYS_MAX).contains(&self.retention_days) {
            return Err(SpecError::OutOfRange {
                field: "retention_days",
                value: self.retention_days.into(),
                max: RETENTION_DAYS_MAX.into(),
            });
        }
        check_boundaries(&self.boundaries)?;
        if self.strategy == Strategy::TimeRange && self.boundaries.is_empty() {
            return Err(SpecError::NoBoundaries);
        }
        Ok(())
    }
}

/// Boundaries are strictly ascending and not empty texts.
///
/// # Errors
/// The first pair that is not, by its texts.
pub fn check_boundaries(boundaries: &[String]) -> Result<(), SpecError> {
    if boundaries.len() > HASH_BUCKETS_MAX as usize {
        return Err(SpecError::OutOfRange {
            field: "boundaries",
            value: boundaries.len() as u64,
            max: HASH_BUCKETS_MAX.into(),
        });
    }
    for pair in boundaries.windows(2) {
        if pair[0] == pair[1] {
            return Err(SpecError::DuplicateBoundary(pair[0].clone()));
        }
        if pair[0] > pair[1] {
            return Err(SpecError::UnsortedBoundary { before: pair[0].clone(), after: pair[1].clone() });
        }
    }
    Ok(())
}

/// How new partitions get their owners.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlacementAlgorithm {
    /// The consistent-hash ring of existing clusters.
    #[default]
    Ring,
    /// Decided when an hour's partitions are created; rendezvous for what has no record.
    ZoneBalanced,
    /// Zone-first weighted rendezvous.
    Rendezvous,
}

impl PlacementAlgorithm {
    /// The word in the spec.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ring => "ring",
            Self::ZoneBalanced => "zone-balanced",
            Self::Rendezvous => "rendezvous",
        }
    }
}

/// Placement settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// The algorithm.
    #[serde(default)]
    pub algorithm: PlacementAlgorithm,
    /// Tokens of a node of weight 1.
    #[serde(default = "default_virtual_nodes")]
    pub virtual_nodes: u32,
}

fn default_virtual_nodes() -> u32 {
    VIRTUAL_NODES_DEFAULT
}

impl Default for Placement {
    fn default() -> Self {
        Self { algorithm: PlacementAlgorithm::Ring, virtual_nodes: VIRTUAL_NODES_DEFAULT }
    }
}

/// Settings of the automatic rebalancing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rebalance {
    /// Imbalance from which it acts, as a ratio.
    pub threshold: f64,
    /// Seconds between checks.
    pub check_interval_seconds: u32,
    /// Concurrent migrations per node.
    pub migrations_per_node: u32,
}

impl Default for Rebalance {
    fn default() -> Self {
        Self { threshold: 0.2, check_interval_seconds: 300, migrations_per_node: 3 }
    }
}

/// The sizes that partitions of a signal should have, bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SizeBounds {
    /// Smaller is wasteful.
    pub min_bytes: u64,
    /// Larger ones are split.
    pub max_bytes: u64,
}

/// Size bounds of each signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PartitionSize {
    /// 1–5 GB.
    pub traces: SizeBounds,
    /// 100–500 MB.
    pub metrics: SizeBounds,
    /// 500 MB–2 GB.
    pub logs: SizeBounds,
}

impl Default for PartitionSize {
    fn default() -> Self {
        const MB: u64 = 1_000_000;
        Self {
            traces: SizeBounds { min_bytes: 1000 * MB, max_bytes: 5000 * MB },
            metrics: SizeBounds { min_bytes: 100 * MB, max_bytes: 500 * MB },
            logs: SizeBounds { min_bytes: 500 * MB, max_bytes: 2000 * MB },
        }
    }
}

/// The cluster spec.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusterSpec {
    /// `otlp-part/cluster/v1`.
    pub schema: String,
    /// Made at random by `init`.
    pub cluster_id: String,
    /// What is stored.
    #[serde(default)]
    pub signal: SignalSet,
    /// Copies of every partition.
    #[serde(default = "default_replication")]
    pub replication_factor: u8,
    /// Whether other programs write records too.
    #[serde(default)]
    pub foreign_writers: bool,
    /// Every version of the partitioning, oldest first.
    #[serde(default = "default_versions")]
    pub partitioning: Vec<Partitioning>,
    /// How owners are chosen.
    #[serde(default)]
    pub placement: Placement,
    /// Automatic rebalancing.
    #[serde(default)]
    pub rebalance: Rebalance,
    /// Target sizes.
    #[serde(default)]
    pub partition_size: PartitionSize,
}

fn default_replication() -> u8 {
    3
}
fn default_versions() -> Vec<Partitioning> {
    vec![Partitioning::default()]
}

/// Why a stored or asked-for spec is not valid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// Not the JSON of a spec.
    #[error("{0}")]
    Json(String),
    /// Written by a newer version of this tool.
    #[error("its schema {0:?} is not known to this version, which knows {SCHEMA}")]
    Schema(String),
    /// A number out of its range.
    #[error("{field} is {value}, it must lie between 1 and {max}")]
    OutOfRange {
        /// The field.
        field: &'static str,
        /// Its value.
        value: u64,
        /// The largest allowed.
        max: u64,
    },
    /// A boundary twice.
    #[error("range boundary {0:?} stands there twice")]
    DuplicateBoundary(String),
    /// Boundaries out of order.
    #[error("range boundaries are not sorted: {before:?} stands before {after:?}")]
    UnsortedBoundary {
        /// The larger one, which comes first.
        before: String,
        /// The smaller one.
        after: String,
    },
    /// time-range without boundaries.
    #[error("strategy time-range needs range boundaries")]
    NoBoundaries,
    /// Versions of the partitioning do not follow each other in time.
    #[error("partitioning versions are out of order: {0}")]
    Versions(String),
    /// A ratio out of its range.
    #[error("rebalance threshold is {0}, it must lie between 0 and 10")]
    Threshold(String),
    /// A size range turned round.
    #[error("partition_size of {0} has min_bytes above max_bytes")]
    SizeBounds(&'static str),
}

impl Default for ClusterSpec {
    fn default() -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            cluster_id: String::new(),
            signal: SignalSet::Mixed,
            replication_factor: default_replication(),
            foreign_writers: false,
            partitioning: default_versions(),
            placement: Placement::default(),
            rebalance: Rebalance::default(),
            partition_size: PartitionSize::default(),
        }
    }
}

impl ClusterSpec {
    /// Reads the stored value.
    ///
    /// # Errors
    /// Not a spec, of a newer schema, or not valid.
    pub fn parse(bytes: &[u8]) -> Result<Self, SpecError> {
        if !super::document::is_object(bytes) {
            return Err(SpecError::Json("not a JSON object".to_owned()));
        }
        let spec: Self = serde_json::from_slice(bytes).map_err(|e| SpecError::Json(e.to_string()))?;
        spec.check()?;
        Ok(spec)
    }

    /// Checks every rule of a spec.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check(&self) -> Result<(), SpecError> {
        if self.schema != SCHEMA {
            return Err(SpecError::Schema(self.schema.clone()));
        }
        if !(1..=REPLICATION_MAX).contains(&self.replication_factor) {
            let value = self.replication_factor.into();
            return Err(SpecError::OutOfRange { field: "replication_factor", value, max: REPLICATION_MAX.into() });
        }
        if !(1..=VIRTUAL_NODES_MAX).contains(&self.placement.virtual_nodes) {
            let value = self.placement.virtual_nodes.into();
            return Err(SpecError::OutOfRange { field: "virtual_nodes", value, max: VIRTUAL_NODES_MAX.into() });
        }
        if !(0.0..=10.0).contains(&self.rebalance.threshold) {
            return Err(SpecError::Threshold(self.rebalance.threshold.to_string()));
        }
        let sizes = &self.partition_size;
        for (name, bounds) in [("traces", sizes.traces), ("metrics", sizes.metrics), ("logs", sizes.logs)] {
            if bounds.min_bytes > bounds.max_bytes {
                return Err(SpecError::SizeBounds(name));
            }
        }
        self.partitioning.iter().try_for_each(Partitioning::check)?;
        self.check_versions()
    }

    /// The sizes that partitions should have; of mixed signals the widest bounds.
    #[must_use]
    pub fn size_bounds(&self) -> SizeBounds {
        let PartitionSize { traces, metrics, logs } = self.partition_size;
        match self.signal {
            SignalSet::Traces => traces,
            SignalSet::Metrics => metrics,
            SignalSet::Logs => logs,
            SignalSet::Mixed => SizeBounds {
                min_bytes: traces.min_bytes.min(metrics.min_bytes).min(logs.min_bytes),
                max_bytes: traces.max_bytes.max(metrics.max_bytes).max(logs.max_bytes),
            },
        }
    }

    fn check_versions(&self) -> Result<(), SpecError> {
        let Some(first) = self.partitioning.first() else {
            return Err(SpecError::Versions("there is none".into()));
        };
        if first.from.is_some() {
            return Err(SpecError::Versions("the first one has a start".into()));
        }
        for pair in self.partitioning.windows(2) {
            let Some(from) = pair[1].from else {
                return Err(SpecError::Versions("a later one has no start".into()));
            };
            if pair[0].from.is_some_and(|before| before >= from) {
                return Err(SpecError::Versions(format!("{from} does not come after the version before it")));
            }
            for granularity in [pair[0].granularity_hours, pair[1].granularity_hours] {
                if TimeBucket::of(from, granularity).start(granularity) != from {
                    return Err(SpecError::Versions(format!(
                        "{from} is not the edge of a {} hour bucket",
                        granularity.hours()
                    )));
                }
            }
        }
        Ok(())
    }

    /// The partitioning that holds at `time`.
    #[must_use]
    pub fn partitioning_at(&self, time: Timestamp) -> &Partitioning {
        let later = self.partitioning.iter().rev().find(|p| p.from.is_none_or(|from| from <= time));
        later.unwrap_or(&self.partitioning[0])
    }

    /// The partitioning that made the partition `id`: the version in whose time its bucket lies.
    ///
    /// A bucket number alone may fit versions of different granularity, in times centuries apart (489542 is 2025 in
    /// hours, 3310 in days); then the one nearest to a change of version is meant.
    #[must_use]
    pub fn partitioning_of(&self, id: PartitionId) -> &Partitioning {
        let start = |p: &Partitioning| id.bucket().start(p.granularity_hours);
        let distance = |p: &Partitioning| {
            let edges = self.partitioning.iter().filter_map(|p| p.from);
            edges.map(|edge| edge.seconds().abs_diff(start(p).seconds())).min().unwrap_or(0)
        };
        let fits = self.partitioning.iter().filter(|p| std::ptr::eq(self.partitioning_at(start(p)), *p));
        fits.min_by_key(|p| distance(p)).unwrap_or(&self.partitioning[0])
    }

    /// The versions that a range of time touches, each with its share of the range, in order.
    #[must_use]
    pub fn versions_in(&self, range: TimeRange) -> Vec<(&Partitioning, TimeRange)> {
        let mut out = Vec::new();
        for (i, version) in self.partitioning.iter().enumerate() {
            let start = version.from.map_or(range.start(), |from| from.max(range.start()));
            let next = self.partitioning.get(i + 1).and_then(|p| p.from);
            let end = next.map_or(range.end(), |next| next.min(range.end()));
            if let Ok(part) = TimeRange::new(start, end) {
                out.push((version, part));
            }
        }
        out
    }
}

impl fmt::Display for Partitioning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} h", self.strategy.name(), self.granularity_hours.hours())?;
        match self.strategy {
            Strategy::Time => Ok(()),
            Strategy::TimeHash => write!(f, " x {} buckets, {}", self.hash_buckets, self.hash.name()),
            Strategy::TimeRange => write!(f, " x {} ranges", self.boundaries.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(from: &str) -> ClusterSpec {
        let from: Timestamp = super::super::time::parse_time(from, Timestamp::EPOCH).unwrap();
        let daily = Partitioning {
            from: Some(from),
            granularity_hours: Granularity::try_from(24).unwrap(),
            hash_buckets: 64,
            ..Default::default()
        };
        ClusterSpec { partitioning: vec![Partitioning::default(), daily], ..Default::default() }
    }

    #[test]
    fn the_default_spec_is_valid_and_round_trips() {
        let spec = ClusterSpec::default();
        spec.check().unwrap();
        assert_eq!(ClusterSpec::parse(serde_json::to_string(&spec).unwrap().as_bytes()).unwrap(), spec);
        let minimal = ClusterSpec::parse(br#"{"schema":"otlp-part/cluster/v1","cluster_id":""}"#).unwrap();
        assert_eq!(minimal, spec);
    }

    #[test]
    fn routing_picks_the_version_by_time_and_by_id() {
        let spec = versions("2025-12-01");
        spec.check().unwrap();
        let edge = spec.partitioning[1].from.unwrap();
        assert_eq!(spec.partitioning_at(edge.plus_seconds(-1)).hash_buckets, 256);
        assert_eq!(spec.partitioning_at(edge).hash_buckets, 64);
        let hourly = PartitionId::new(TimeBucket::of(edge.plus_seconds(-1), Granularity::HOUR), 3).unwrap();
        let daily = PartitionId::new(TimeBucket::of(edge, spec.partitioning[1].granularity_hours), 3).unwrap();
        assert_eq!(spec.partitioning_of(hourly).hash_buckets, 256);
        assert_eq!(spec.partitioning_of(daily).hash_buckets, 64);
        let range = TimeRange::new(edge.plus_seconds(-3600), edge.plus_seconds(1)).unwrap();
        assert_eq!(spec.versions_in(range).len(), 2);
    }

    #[test]
    fn versions_start_on_edges_of_both_granularities() {
        assert!(matches!(versions("2025-12-01T05:00Z").check(), Err(SpecError::Versions(_))));
    }

    #[test]
    fn bad_specs_name_what_is_wrong() {
        let bad = |change: fn(&mut ClusterSpec)| {
            let mut spec = ClusterSpec::default();
            change(&mut spec);
            spec.check().unwrap_err()
        };
        assert!(matches!(bad(|s| s.replication_factor = 0), SpecError::OutOfRange { field: "replication_factor", .. }));
        assert!(matches!(
            bad(|s| s.partitioning[0].hash_buckets = 0),
            SpecError::OutOfRange { field: "hash_buckets", .. }
        ));
        assert!(matches!(bad(|s| s.schema = "otlp-part/cluster/v9".into()), SpecError::Schema(_)));
        assert!(matches!(bad(|s| s.partitioning[0].strategy = Strategy::TimeRange), SpecError::NoBoundaries));
        assert!(matches!(
            bad(|s| s.partitioning[0].boundaries = vec!["b".into(), "b".into()]),
            SpecError::DuplicateBoundary(_)
        ));
        assert!(matches!(
            bad(|s| s.partitioning[0].boundaries = vec!["c".into(), "b".into()]),
            SpecError::UnsortedBoundary { .. }
        ));
    }

    #[test]
    fn expiry_is_bucket_end_against_now_minus_retention() {
        let p = Partitioning::default();
        let now = Timestamp::from_seconds(100 * 86_400);
        let edge = TimeBucket::of(Timestamp::from_seconds(70 * 86_400), p.granularity_hours);
        assert!(!p.is_expired(edge, now) && p.is_expired(edge.plus(-1), now));
        // In the middle of an hour, the bucket in which the retention begins is kept.
        let later = now.plus_seconds(1800);
        assert!(!p.is_expired(edge, later) && p.is_expired(edge.plus(-1), later));
    }
}
