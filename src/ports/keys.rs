//! Where everything lies in the metadata store.
//!
//! Invariant: every key starts with the prefix and a `/`, and no id can leave its place: ids hold no `/`, and the family
//! of one partition is the range `[pid, pid + "/")`, which holds its split children and nothing else.

use crate::migration::SlotName;
use crate::model::{NodeId, PartitionId, TimeBucket};

use super::metadata::KeyRange;

/// The prefix that clusters use unless told otherwise.
pub const PREFIX_DEFAULT: &str = "/otlp";

/// The keys under one prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    prefix: String,
}

/// A prefix is not usable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("key prefix {0:?} must start with '/', not end in '/', and hold no control characters or empty parts")]
pub struct PrefixError(pub String);

impl Default for Keys {
    fn default() -> Self {
        Self { prefix: PREFIX_DEFAULT.to_owned() }
    }
}

impl Keys {
    /// The keys under `prefix`, such as `/otlp`.
    ///
    /// # Errors
    /// The prefix is empty or not of the form `/a/b`: an empty prefix would mean every key of the store.
    pub fn new(prefix: &str) -> Result<Self, PrefixError> {
        let ok = prefix.strip_prefix('/').is_some_and(|rest| {
            rest.split('/').all(|part| !part.is_empty()) && !rest.chars().any(|c| c.is_control() || c.is_whitespace())
        });
        if ok { Ok(Self { prefix: prefix.to_owned() }) } else { Err(PrefixError(prefix.to_owned())) }
    }

    /// The prefix, without a final `/`.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Everything under the prefix.
    #[must_use]
    pub fn everything(&self) -> KeyRange {
        KeyRange::prefix(&format!("{}/", self.prefix))
    }

    /// The cluster spec.
    #[must_use]
    pub fn cluster(&self) -> String {
        format!("{}/cluster", self.prefix)
    }

    /// One node.
    #[must_use]
    pub fn node(&self, id: &NodeId) -> String {
        format!("{}/nodes/{id}", self.prefix)
    }

    /// All nodes.
    #[must_use]
    pub fn nodes(&self) -> KeyRange {
        KeyRange::prefix(&format!("{}/nodes/", self.prefix))
    }

    /// One partition's record.
    #[must_use]
    pub fn partition(&self, id: PartitionId) -> String {
        format!("{}/partitions/{id}", self.prefix)
    }

    /// The record of a partition and those of its split children.
    #[must_use]
    pub fn partition_family(&self, id: PartitionId) -> KeyRange {
        let key = self.partition(id);
        KeyRange::new(key.clone(), format!("{key}/"))
    }

    /// The records of all partitions.
    #[must_use]
    pub fn partitions(&self) -> KeyRange {
        KeyRange::prefix(&format!("{}/partitions/", self.prefix))
    }

    /// The records of one time bucket: of its hash buckets or ranges, and of the whole bucket.
    #[must_use]
    pub fn partitions_of(&self, bucket: TimeBucket) -> [KeyRange; 2] {
        let whole = format!("{}/partitions/time_partition_{}", self.prefix, bucket.id());
        [
            KeyRange::prefix(&format!("{}/partitions/partition_{}_", self.prefix, bucket.id())),
            KeyRange::new(whole.clone(), format!("{whole}/")),
        ]
    }

    /// What this tool adds to one partition's record.
    #[must_use]
    pub fn extension(&self, id: PartitionId) -> String {
        format!("{}/ext/{id}", self.prefix)
    }

    /// The extensions of a partition and its split children.
    #[must_use]
    pub fn extension_family(&self, id: PartitionId) -> KeyRange {
        let key = self.extension(id);
        KeyRange::new(key.clone(), format!("{key}/"))
    }

    /// The extensions of one time bucket, in the same shape as [`Keys::partitions_of`].
    #[must_use]
    pub fn extensions_of(&self, bucket: TimeBucket) -> [KeyRange; 2] {
        let whole = format!("{}/ext/time_partition_{}", self.prefix, bucket.id());
        [
            KeyRange::prefix(&format!("{}/ext/partition_{}_", self.prefix, bucket.id())),
            KeyRange::new(whole.clone(), format!("{whole}/")),
        ]
    }

    /// All extensions.
    #[must_use]
    pub fn extensions(&self) -> KeyRange {
        KeyRange::prefix(&format!("{}/ext/", self.prefix))
    }

    /// The operation in flight on one partition.
    #[must_use]
    pub fn migration(&self, id: PartitionId) -> String {
        format!("{}/migrations/{id}", self.prefix)
    }

    /// All operations in flight.
    #[must_use]
    pub fn migrations(&self) -> KeyRange {
        KeyRange::prefix(&format!("{}/migrations/", self.prefix))
    }

    /// The lock of the one executor.
    #[must_use]
    pub fn rebalance_lock(&self) -> String {
        format!("{}/rebalance/lock", self.prefix)
    }

    /// What the executor says of itself.
    #[must_use]
    pub fn rebalance_status(&self) -> String {
        format!("{}/rebalance/status", self.prefix)
    }

    /// What the executor is told.
    #[must_use]
    pub fn rebalance_control(&self) -> String {
        format!("{}/rebalance/control", self.prefix)
    }

    /// Who rebalances automatically.
    #[must_use]
    pub fn auto_leader(&self) -> String {
        format!("{}/rebalance/auto-leader", self.prefix)
    }

    /// A run that expires, splits or compacts partitions, while it lives.
    #[must_use]
    pub fn run(&self, run: &str) -> String {
        format!("{}/rebalance/runs/{run}", self.prefix)
    }

    /// All runs that expire, split or compact partitions.
    #[must_use]
    pub fn runs(&self) -> KeyRange {
        KeyRange::prefix(&format!("{}/rebalance/runs/", self.prefix))
    }

    /// What was rebalanced automatically.
    #[must_use]
    pub fn auto_status(&self) -> String {
        format!("{}/rebalance/auto-status", self.prefix)
    }

    /// One slot.
    #[must_use]
    pub fn slot(&self, slot: &SlotName) -> String {
        format!("{}/rebalance/slots/{}/{}", self.prefix, slot.node, slot.index)
    }

    /// The name of a slot's key; `None` if it is none.
    #[must_use]
    pub fn slot_of(&self, key: &str) -> Option<SlotName> {
        let (node, index) = self.name("rebalance/slots", key)?.split_once('/')?;
        Some(SlotName { node: NodeId::parse(node).ok()?, index: index.parse().ok()? })
    }

    /// A copy that is to be deleted when its node is back.
    #[must_use]
    pub fn orphan(&self, node: &NodeId, id: PartitionId, copy_id: &str) -> String {
        format!("{}/orphans/{node}/{id}/{copy_id}", self.prefix)
    }

    /// The slots that moves take on one node.
    #[must_use]
    pub fn slots_of(&self, node: &NodeId) -> KeyRange {
        KeyRange::prefix(&format!("{}/rebalance/slots/{node}/", self.prefix))
    }

    /// The slots on all nodes.
    #[must_use]
    pub fn slots(&self) -> KeyRange {
        KeyRange::prefix(&format!("{}/rebalance/slots/", self.prefix))
    }

    /// The mark that one listed copy misses something.
    #[must_use]
    pub fn repair_mark(&self, id: PartitionId, node: &NodeId) -> String {
        format!("{}/repair/{id}/{node}", self.prefix)
    }

    /// All repair marks.
    #[must_use]
    pub fn repair_marks(&self) -> KeyRange {
        KeyRange::prefix(&format!("{}/repair/", self.prefix))
    }

    /// The repair marks of one partition.
    #[must_use]
    pub fn repair_marks_of(&self, id: PartitionId) -> KeyRange {
        KeyRange::prefix(&format!("{}/repair/{id}/", self.prefix))
    }

    /// The repair marks of one time bucket's partitions, in the same shape as [`Keys::partitions_of`].
    #[must_use]
    pub fn repair_marks_in(&self, bucket: TimeBucket) -> [KeyRange; 2] {
        let whole = format!("{}/repair/time_partition_{}/", self.prefix, bucket.id());
        [KeyRange::prefix(&format!("{}/repair/partition_{}_", self.prefix, bucket.id())), KeyRange::prefix(&whole)]
    }

    /// The partition and node of a repair mark's key; `None` if it is none.
    #[must_use]
    pub fn repair_mark_of(&self, key: &str) -> Option<(PartitionId, NodeId)> {
        let (id, node) = self.name("repair", key)?.split_once('/')?;
        Some((PartitionId::parse(id).ok()?, NodeId::parse(node).ok()?))
    }

    /// The copies to be deleted when one node is back: `orphans/{node}/{pid}/{copy}`.
    #[must_use]
    pub fn orphans_of(&self, node: &NodeId) -> KeyRange {
        KeyRange::prefix(&format!("{}/orphans/{node}/", self.prefix))
    }

    /// The copies to be deleted on all nodes.
    #[must_use]
    pub fn orphans(&self) -> KeyRange {
        KeyRange::prefix(&format!("{}/orphans/", self.prefix))
    }

    /// All recorded plans.
    #[must_use]
    pub fn plans(&self) -> KeyRange {
        KeyRange::prefix(&format!("{}/plans/", self.prefix))
    }

    /// Everything of one recorded plan. `id` is of the grammar of plan ids.
    #[must_use]
    pub fn plan(&self, id: &str) -> KeyRange {
        KeyRange::prefix(&format!("{}/plans/{id}/", self.prefix))
    }

    /// The key that makes a plan exist, written last.
    #[must_use]
    pub fn plan_head(&self, id: &str) -> String {
        format!("{}/plans/{id}/head", self.prefix)
    }

    /// One chunk of a plan.
    #[must_use]
    pub fn plan_chunk(&self, id: &str, number: usize) -> String {
        format!("{}/plans/{id}/{number:06}", self.prefix)
    }

    /// One entry of the audit trail.
    #[must_use]
    pub fn audit(&self, unix_ms: u64, id: &str) -> String {
        format!("{}/audit/{unix_ms:013}-{id}", self.prefix)
    }

    /// Where the audit entries of a millisecond begin.
    #[must_use]
    pub fn audit_at(&self, unix_ms: u64) -> String {
        format!("{}/audit/{unix_ms:013}-", self.prefix)
    }

    /// The audit trail.
    #[must_use]
    pub fn audits(&self) -> KeyRange {
        KeyRange::prefix(&format!("{}/audit/", self.prefix))
    }

    /// The part of a key after `{prefix}/{family}/`, such as the id in a partition's key.
    #[must_use]
    pub fn name<'k>(&self, family: &str, key: &'k str) -> Option<&'k str> {
        key.strip_prefix(self.prefix.as_str())?.strip_prefix('/')?.strip_prefix(family)?.strip_prefix('/')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_not_a_family() {
        let keys = Keys::default();
        let short: PartitionId = "partition_489542_1000".parse().unwrap();
        let family = keys.partition_family(short);
        for inside in ["partition_489542_1000", "partition_489542_1000.0", "partition_489542_1000.11"] {
            assert!(family.contains(&format!("/otlp/partitions/{inside}")), "{inside}");
        }
        for outside in
            ["partition_489542_10000", "partition_489542_1001", "partition_489542_0999", "partition_489542_10000.0"]
        {
            assert!(!family.contains(&format!("/otlp/partitions/{outside}")), "{outside}");
        }
    }

    #[test]
    fn one_buckets_range_holds_no_other_bucket() {
        let keys = Keys::default();
        let [composite, whole] = keys.partitions_of(TimeBucket::new(48));
        assert!(composite.contains("/otlp/partitions/partition_48_0001.1"));
        assert!(!composite.contains("/otlp/partitions/partition_489_0001"));
        assert!(whole.contains("/otlp/partitions/time_partition_48"));
        assert!(!whole.contains("/otlp/partitions/time_partition_489"));
    }

    #[test]
    fn marks_slots_and_orphans_of_one_node_are_no_others() {
        let keys = Keys::default();
        let node = |text: &str| NodeId::parse(text).unwrap();
        let id: PartitionId = "partition_489542_0051".parse().unwrap();
        let mark = keys.repair_mark(id, &node("n-1"));
        assert!(keys.repair_marks().contains(&mark) && keys.repair_marks_of(id).contains(&mark));
        assert_eq!(keys.repair_mark_of(&mark), Some((id, node("n-1"))));
        for other in ["/otlp/repair/n-1/partition_489542_0051", "/otlp/repair/partition_489542_0051", "/otlp/ext/x/y"] {
            assert_eq!(keys.repair_mark_of(other), None, "{other}");
        }
        assert!(keys.slots_of(&node("n-1")).contains("/otlp/rebalance/slots/n-1/0"));
        assert!(!keys.slots_of(&node("n-1")).contains("/otlp/rebalance/slots/n-10/0"));
        assert!(keys.slots().contains("/otlp/rebalance/slots/n-10/0"));
        assert!(keys.orphans_of(&node("n-1")).contains("/otlp/orphans/n-1/partition_489542_0051/c1"));
        assert!(!keys.orphans_of(&node("n-1")).contains("/otlp/orphans/n-1.b/partition_489542_0051/c1"));
        assert!(keys.orphans().contains("/otlp/orphans/n-1.b/partition_489542_0051/c1"));
    }

    #[test]
    fn prefixes_are_checked() {
        for bad in ["", "/", "otlp", "/otlp/", "//otlp", "/a//b", "/a b", "/a\n"] {
            assert!(Keys::new(bad).is_err(), "{bad:?}");
        }
        let keys = Keys::new("/team-a/otlp").unwrap();
        assert_eq!(keys.cluster(), "/team-a/otlp/cluster");
        assert_eq!(keys.name("partitions", "/team-a/otlp/partitions/x"), Some("x"));
        assert_eq!(keys.name("partitions", "/team-a/otlp/nodes/x"), None);
    }
}
