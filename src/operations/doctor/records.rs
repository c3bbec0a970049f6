//! What can be wrong with one partition record.

use crate::model::partition_record::RecordError;
use crate::model::{ByteSize, ClusterSpec, NodeId, PartitionId, PartitionRecord};
use crate::ports::metadata::Entry;

use super::finding::{Code, Finding, Severity};
use super::repair::{Repair, mended};
use super::{Examination, zone_severity};
use crate::operations::check_value::{ValueFault, check_value};

impl Examination<'_> {
    pub(super) fn partition(&mut self, id: PartitionId, entry: &Entry) {
        let (split_bits, is_readable, copies) = self.extension_of(id).map_or((0, true, Box::default()), |extension| {
            extension.has_record = true;
            (extension.split_bits, extension.is_readable, std::mem::take(&mut extension.copies))
        });
        if let Some(facts) = self.executions.journals.get_mut(&id) {
            facts.has_record = true;
        }
        if !id.suffix().is_empty() {
            self.children.push(id);
        }
        let record = PartitionRecord::parse(id, &entry.value);
        let size = record.as_ref().map_or(0, |record| record.size_bytes);
        let spec = self.spec.take();
        if let Some(spec) = &spec {
            self.coverage.add(spec, id, split_bits == 0, size);
        }
        match record {
            Ok(record) => {
                self.check_copies(&record, &copies);
                self.good_record(&record, split_bits > 0, spec.as_ref());
            }
            Err(error) => self.bad_record(id, entry, is_readable, error),
        }
        self.spec = spec;
    }

    fn bad_record(&mut self, id: PartitionId, entry: &Entry, is_epoch_readable: bool, error: RecordError) {
        let code = match error {
            RecordError::DuplicateNode(_) => Code::DuplicateReplicas,
            RecordError::ForeignLeader(_) => Code::LeaderNotReplica,
            RecordError::OtherId(_) => Code::IdMismatch,
            RecordError::UnknownState(_) => Code::UnknownState,
            RecordError::Json(_) | RecordError::Time { .. } => {
                let name = self.keys.take_apart(&entry.key);
                let fault = name.and_then(|name| check_value(name, &entry.value).err());
                self.bad_value(&entry.key, &fault.unwrap_or_else(|| ValueFault::Corrupt(error.to_string())));
                return;
            }
        };
        let is_live = |node: &NodeId| self.nodes.get(node).is_some_and(|facts| facts.is_up);
        let is_free = !self.executions.journals.contains_key(&id);
        let fixable = is_free && is_epoch_readable && mended(id, &entry.value, is_live).is_some();
        if fixable {
            self.repair(Repair::Record(id));
        }
        self.findings.add_with(code, code.severity(), fixable, || {
            Finding::new(code, id.to_string(), error.to_string()).fixable(fixable)
        });
    }

    /// Every copy that is named lies on a node that holds the partition.
    fn check_copies(&mut self, record: &PartitionRecord, copies: &[u16]) {
        let stray =
            copies.iter().map(|at| &self.copy_holders[usize::from(*at)]).find(|node| !record.nodes.contains(node));
        if let Some(node) = stray {
            let message = format!("a copy of it on {node} is named, but {node} does not hold it");
            self.findings.add(Finding::new(Code::CopyUnlisted, record.id.to_string(), message));
        }
    }

    fn good_record(&mut self, record: &PartitionRecord, is_split: bool, spec: Option<&ClusterSpec>) {
        self.check_state(record.id, record.state);
        // The children of a split partition hold its data, and whoever held it may be removed.
        if self.nodes.is_empty() || (is_split && record.size_bytes == 0) {
            return;
        }
        for node in record.nodes.iter().filter(|node| !self.nodes.contains_key(*node)) {
            let (count, _) = self.unknown.entry(node.clone()).or_insert((0, record.id));
            *count += 1;
        }
        if is_split {
            return;
        }
        let is_up = |node: &&NodeId| self.nodes.get(*node).is_some_and(|facts| facts.is_up);
        let live: Vec<&NodeId> = record.nodes.iter().filter(is_up).collect();
        self.check_leader(record, &live);
        if let Some(spec) = spec {
            // Nodes that are not recorded are found as that, and nobody knows whether they are up.
            let down = record.nodes.iter().filter(|node| self.nodes.get(*node).is_some_and(|facts| !facts.is_up));
            self.check_replicas(record, record.nodes.len() - down.count(), spec);
            self.check_zones(record, spec);
            self.check_size(record, spec);
        }
    }

    fn check_leader(&mut self, record: &PartitionRecord, live: &[&NodeId]) {
        let id = record.id;
        // A leader that is not recorded is found as an unknown node.
        let is_down = |leader: &NodeId| self.nodes.get(leader).is_some_and(|facts| !facts.is_up);
        let finding = match &record.leader {
            _ if live.is_empty() && record.nodes.iter().all(|node| self.nodes.contains_key(node)) => {
                let finding = Finding::new(Code::NoLiveReplica, id.to_string(), "none of its nodes is up");
                match record.nodes.first() {
                    Some(node) => finding.mended_by(format!("node activate {node}")),
                    None => finding,
                }
            }
            None => {
                let finding = Finding::new(Code::NoLeader, id.to_string(), "it has no leader");
                match live.first() {
                    Some(node) => finding.mended_by(format!("partition set {id} --leader {node}")),
                    None => finding,
                }
            }
            Some(leader) if is_down(leader) => {
                let finding = Finding::new(Code::LeaderDown, id.to_string(), format!("its leader {leader} is down"));
                finding.mended_by(format!("node fail {leader}"))
            }
            Some(_) => return,
        };
        self.findings.add(finding);
    }

    fn check_replicas(&mut self, record: &PartitionRecord, live: usize, spec: &ClusterSpec) {
        // More replicas than nodes there cannot be; that is a finding of its own.
        let wanted = usize::from(spec.replication_factor).min(self.nodes.len());
        let (code, message) = match (record.nodes.len(), live) {
            (_, 0) => return,
            (listed, live) if live < listed && live < wanted => {
                (Code::UnderReplicated, format!("up: {live} of its {listed} replicas; wanted: {wanted}"))
            }
            (listed, _) if listed < wanted => (Code::TooFewReplicas, format!("it has {listed} of {wanted} replicas")),
            _ => return,
        };
        self.findings.add_with(code, code.severity(), false, || {
            Finding::new(code, record.id.to_string(), message).mended_by("plan-rebalance")
        });
    }

    fn check_zones(&mut self, record: &PartitionRecord, spec: &ClusterSpec) {
        let zones: Vec<usize> = record.nodes.iter().filter_map(|n| self.nodes.get(n)?.zone).collect();
        if self.live_zones == 0 || zones.len() < record.nodes.len() {
            return;
        }
        let most = record.nodes.len().div_ceil(self.live_zones);
        let crowd = |zone: &usize| zones.iter().filter(|other| *other == zone).count();
        let Some(crowded) = zones.iter().map(crowd).max().filter(|crowded| *crowded > most) else { return };
        let severity: Severity = zone_severity(spec);
        self.findings.add_with(Code::ZoneViolation, severity, false, || {
            let message =
                format!("{crowded} of its replicas are in one zone, of {} zones {most} would do", self.live_zones);
            let finding = Finding::new(Code::ZoneViolation, record.id.to_string(), message);
            finding.mended_by("plan-rebalance").rated(severity)
        });
    }

    fn check_size(&mut self, record: &PartitionRecord, spec: &ClusterSpec) {
        let most = spec.size_bounds().max_bytes;
        if record.size_bytes > most {
            let code = Code::PartitionTooLarge;
            self.findings.add_with(code, code.severity(), false, || {
                let message = format!("it has {}, the most is {}", ByteSize(record.size_bytes), ByteSize(most));
                let fix = format!("partition split {}", record.id);
                Finding::new(code, record.id.to_string(), message).mended_by(fix)
            });
        }
    }
}
