//! What shows only when everything was seen: what belongs together and is not there, and holes in time.

use crate::migration::rewrite_journal::descendants;
use crate::model::{ByteSize, ClusterSpec, PartitionId, Strategy, Timestamp};
use crate::operations::prune::BYTES_MAX_DEFAULT;
use crate::ports::families::KeyFamily;

use super::Examination;
use super::finding::{Code, Finding};
use super::repair::Repair;

/// Records are wanted for the coming hour, in seconds.
const AHEAD_SECONDS: i64 = 3600;

impl Examination<'_> {
    pub(super) fn join(&mut self) {
        self.join_nodes();
        self.join_splits();
        self.join_extensions();
        self.join_operations();
        self.join_plans();
        if let Some(spec) = self.spec.take() {
            self.judge_hours(&spec);
            self.judge_sizes(&spec);
            self.spec = Some(spec);
        }
        let audit = self.families.get(&Some(KeyFamily::Audit)).map_or(0, |size| size.bytes);
        if audit > BYTES_MAX_DEFAULT {
            let message = format!("the audit trail has {}", ByteSize(audit));
            self.findings.add(Finding::new(Code::AuditTooLarge, "audit", message).mended_by("audit prune"));
        }
    }

    fn join_nodes(&mut self) {
        let factor = self.spec.as_ref().map_or(0, |spec| usize::from(spec.replication_factor));
        if self.nodes.is_empty() {
            let message = "no node is recorded; those that the records name are taken";
            self.findings.add(Finding::new(Code::NoNodes, "nodes", message).mended_by("init --adopt"));
        } else if self.nodes.len() < factor {
            let message = format!("there are {} nodes for {factor} replicas", self.nodes.len());
            self.findings.add(Finding::new(Code::TooFewNodes, "cluster", message).mended_by("node add NODE"));
        }
        for (node, (count, first)) in std::mem::take(&mut self.unknown) {
            let message = format!("named by {count} partition record(s), {first} the first of them, but not recorded");
            let fix = format!("node add {node}");
            self.findings.add(Finding::new(Code::UnknownNode, node.as_str(), message).mended_by(fix));
        }
    }

    fn join_splits(&mut self) {
        self.children.sort_unstable();
        let split: Vec<(PartitionId, u8)> =
            self.extensions.iter().filter(|e| e.split_bits > 0).map(|e| (e.id, e.split_bits)).collect();
        let is_recorded = |e: &super::ExtensionFacts| e.has_record && e.split_bits > 0;
        let parents: Vec<(PartitionId, u8)> =
            self.extensions.iter().filter(|e| is_recorded(e)).map(|e| (e.id, e.split_bits)).collect();
        for (parent, bits) in parents {
            for child in descendants(parent, bits) {
                if self.children.binary_search(&child).is_err() {
                    let message = format!("it was split, but its child {child} has no record");
                    self.findings.add(Finding::new(Code::SplitChildMissing, parent.to_string(), message));
                }
            }
        }
        let bits_of = |id: PartitionId| split.binary_search_by_key(&id, |(id, _)| *id).map_or(0, |at| split[at].1);
        for child in std::mem::take(&mut self.children) {
            let is_child = ancestors(child).any(|a| bits_of(a) == child.suffix().len() - a.suffix().len());
            if !is_child {
                let message = "it is the child of a split, but no partition above it was split so";
                self.findings.add(Finding::new(Code::ParentNotSplit, child.to_string(), message));
            }
        }
    }

    fn join_extensions(&mut self) {
        let orphans: Vec<(PartitionId, bool)> =
            self.extensions.iter().filter(|e| !e.has_record).map(|e| (e.id, e.is_removable)).collect();
        for (id, is_removable) in orphans {
            if self.executions.journals.contains_key(&id) {
                continue;
            }
            if is_removable {
                self.repair(Repair::Extension(id));
            }
            let message = if is_removable {
                "an extension without a record; it says nothing that would be lost"
            } else {
                "an extension without a record; it says where copies are, how it was split, or what this version does not know"
            };
            self.findings.add(Finding::new(Code::OrphanedExtension, id.to_string(), message).fixable(is_removable));
        }
    }

    fn join_plans(&mut self) {
        for (plan, _) in std::mem::take(&mut self.plans).into_iter().filter(|(_, has_head)| !has_head) {
            let message = "its recording was not finished, so it does not exist as a plan";
            self.findings.add(Finding::new(Code::PlanWithoutHead, plan, message).mended_by("plan prune"));
        }
    }

    fn judge_hours(&mut self, spec: &ClusterSpec) {
        let Some(newest) = self.coverage.newest_end() else {
            let message = "no partition is recorded";
            let fix = "partition create --from now --for 24h";
            self.findings.add(Finding::new(Code::NoPartitions, "partitions", message).mended_by(fix));
            return;
        };
        let retention_start = spec.partitioning_at(self.now).retention_start(self.now);
        for hole in self.coverage.holes(retention_start) {
            let (from, to) = (hole.range.start(), hole.range.end());
            let message = match (hole.missing, hole.has_empty) {
                (0, _) => format!("no partition is recorded until {to}"),
                (missing, false) => format!("{missing} partition(s) are not recorded until {to}"),
                (missing, true) => format!("{missing} partition(s) and whole buckets are not recorded until {to}"),
            };
            let fix = format!("partition create --from {from} --to {to}");
            self.findings.add(Finding::new(Code::Hole, from.to_string(), message).mended_by(fix));
        }
        if newest < self.now.plus_seconds(AHEAD_SECONDS) {
            let message = "partitions are recorded until then only; the coming ones are placed as they come";
            let fix = "partition create --from now --for 24h";
            self.findings.add(Finding::new(Code::NotCreatedAhead, newest.to_string(), message).mended_by(fix));
        }
        let is_past = |end: Timestamp, start| end <= spec.partitioning_at(start).retention_start(self.now);
        let expired = self.coverage.buckets().filter(|(range, _)| is_past(range.end(), range.start()));
        let expired: Vec<(Timestamp, u64)> = expired.map(|(r, tally)| (r.start(), tally.leaves.into())).collect();
        for (start, count) in expired {
            let message = format!("{count} partition(s) are past their retention");
            let finding = Finding::new(Code::BeyondRetention, start.to_string(), message);
            self.findings.add(finding.mended_by("partition expire"));
        }
    }

    /// Partitions that are smaller than they should be although the bucket holds enough: fewer hash buckets would do.
    fn judge_sizes(&mut self, spec: &ClusterSpec) {
        let least = spec.size_bounds().min_bytes;
        let partitioning = spec.partitioning_at(self.now);
        if partitioning.strategy != Strategy::TimeHash || least == 0 {
            return;
        }
        let (mut buckets, mut bytes) = (0_u64, 0_u64);
        for (range, tally) in self.coverage.buckets() {
            let average = tally.bytes / u64::from(tally.leaves.max(1));
            if range.end() <= self.now && tally.bytes / 2 >= least && average < least {
                buckets += 1;
                bytes = bytes.saturating_add(tally.bytes);
            }
        }
        if let Some(of_each) = bytes.checked_div(buckets) {
            let enough = (of_each / least).clamp(1, u64::from(partitioning.hash_buckets));
            let message = format!(
                "in {buckets} time buckets partitions are smaller than {} on average; {enough} hash buckets would do",
                ByteSize(least)
            );
            let fix = format!("cluster set hash_buckets={enough}");
            self.findings.add(Finding::new(Code::PartitionsTooSmall, "partitions", message).mended_by(fix));
        }
    }
}

/// The partitions above a child, the nearest last.
fn ancestors(child: PartitionId) -> impl Iterator<Item = PartitionId> {
    let mut above = Some(child.root());
    let mut bits = child.suffix().bits();
    let mut left = child.suffix().len();
    std::iter::from_fn(move || {
        let id = above.filter(|_| left > 0)?;
        left -= 1;
        above = bits.next().and_then(|bit| id.child(bit));
        Some(id)
    })
}
