//! What a query read, what it left out and why, and what is wrong with what it found.

use std::collections::BTreeMap;

use super::pick::Tally;
use crate::model::{NodeId, PartitionId};
use crate::ports::storage::SegmentName;
use crate::routing::Unroutable;
use crate::segment::document::RecordSum;

/// Findings of one kind that are kept; all of them are counted.
const FINDINGS_MAX: usize = 1_000;

/// Why a segment was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkipRule {
    /// It is of another signal.
    Signal,
    /// Its records are older or newer.
    Time,
    /// It holds no record of the service.
    Service,
    /// Its index does not name the trace.
    Trace,
    /// What it holds is in a merged segment too.
    Merged,
}

impl SkipRule {
    /// One word for scripts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Signal => "signal",
            Self::Time => "time",
            Self::Service => "service",
            Self::Trace => "trace_index",
            Self::Merged => "merged",
        }
    }
}

/// How much was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Segments that the replicas name.
    pub segments: u64,
    /// Segments of which something was read.
    pub segments_read: u64,
    /// The others.
    pub segments_skipped: BTreeMap<SkipRule, u64>,
    /// Frames that were read, of the segments that have frames.
    pub frames_read: u64,
    /// The others.
    pub frames_skipped: u64,
    /// Bytes read from nodes' data, sidecars too.
    pub bytes_read: u64,
    /// Those of them that came from another availability zone than the one asked from.
    pub bytes_cross_zone: u64,
    /// Records that match.
    pub records: u64,
}

impl std::ops::AddAssign<&Self> for Figures {
    fn add_assign(&mut self, other: &Self) {
        self.segments += other.segments;
        self.segments_read += other.segments_read;
        for (rule, count) in &other.segments_skipped {
            *self.segments_skipped.entry(*rule).or_default() += count;
        }
        self.frames_read += other.frames_read;
        self.frames_skipped += other.frames_skipped;
        self.bytes_read += other.bytes_read;
        self.bytes_cross_zone += other.bytes_cross_zone;
        self.records += other.records;
    }
}

/// What became of a replica.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplicaUse {
    /// It was read.
    Read,
    /// Others were enough.
    NotNeeded,
    /// Its node is Down, or not known to the cluster.
    Down,
    /// Its node or copy did not answer.
    Silent(String),
    /// It has a repair mark: it was kept for the last.
    Marked,
}

impl ReplicaUse {
    /// One word for scripts.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::NotNeeded => "not_needed",
            Self::Down => "down",
            Self::Silent(_) => "unreachable",
            Self::Marked => "repair_mark",
        }
    }
}

/// One replica of a partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplicaReport {
    /// Its node.
    pub node: NodeId,
    /// The node's availability zone.
    pub zone: Option<String>,
    /// Why it stands where it stands: `same_node`, `same_zone`, …, `leader`, `in_order`.
    pub why: &'static str,
    /// What became of it.
    pub used: ReplicaUse,
    /// Bytes read from it.
    pub bytes_read: u64,
}

/// What was read of one partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionReport {
    /// The partition.
    pub partition: PartitionId,
    /// Whether its record or a placement function says where it is.
    pub placement: &'static str,
    /// Its replicas, in the order in which they are asked.
    pub replicas: Vec<ReplicaReport>,
    /// How much was read.
    pub figures: Figures,
}

/// Why something of the answer is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LossKind {
    /// Written by others in a form that is not OTLP as this version reads it.
    NotReadable,
    /// A node that may have it is down or did not answer.
    NoAnswer,
    /// Every copy is damaged.
    NoGoodCopy,
}

/// Something that the answer lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Of which partition.
    pub partition: PartitionId,
    /// Of which segment; `None` = nobody knows which segments there are.
    pub segment: Option<SegmentName>,
    /// Why.
    pub kind: LossKind,
    /// What was tried.
    pub reason: String,
}

/// Something wrong with one copy, which others made good or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Of which partition.
    pub partition: PartitionId,
    /// On which node.
    pub node: NodeId,
    /// In which segment.
    pub segment: SegmentName,
    /// What.
    pub reason: String,
}

/// A list that keeps its first entries and counts all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<T> {
    /// The first ones.
    pub first: Vec<T>,
    /// How many there are.
    pub count: u64,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { first: Vec::new(), count: 0 }
    }
}

impl<T: PartialEq> Kept<T> {
    pub(super) fn add(&mut self, entry: T) {
        if self.first.contains(&entry) {
            return;
        }
        self.count += 1;
        if self.first.len() < FINDINGS_MAX {
            self.first.push(entry);
        }
    }
}

/// The end of a query.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Everything together.
    pub total: Figures,
    /// Partitions that were looked at.
    pub partitions_read: u64,
    /// Each of them, if that was asked for.
    pub partitions: Vec<PartitionReport>,
    /// Partitions without a record, which were left out: nothing was ever written to them.
    pub unrecorded: u64,
    /// What narrowed the partitions down.
    pub pruned_by: Vec<&'static str>,
    /// Records that were given out, by signal: spans, metrics, log records.
    pub records: [u64; 3],
    /// The sum of their hashes.
    pub record_sum: RecordSum,
    /// Spans that were held back because they had been given out.
    pub duplicates: u64,
    /// Spans given out beyond those that are remembered: one of them may be there twice.
    pub unseen: u64,
    /// What the requests that were read hold.
    pub tally: Tally,
    /// Whether `limit` ended it.
    pub limited: bool,
    /// Whether more had to be held than there is memory for, so that the order is approximate.
    pub out_of_order: bool,
    /// Nodes that did not answer, with the reason.
    pub silent: BTreeMap<NodeId, String>,
    /// Damaged parts of copies.
    pub damages: Kept<Damage>,
    /// Segments that a copy lacks while others have them.
    pub behind: Kept<Damage>,
    /// What the answer lacks.
    pub losses: Kept<Loss>,
    /// Partitions whose metadata is broken.
    pub unroutable: Unroutable,
}

impl Report {
    /// Records that were given out.
    #[must_use]
    pub fn records_total(&self) -> u64 {
        self.records.iter().sum()
    }

    /// Whether nothing is missing.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.losses.count == 0 && self.unroutable.is_empty()
    }
}
