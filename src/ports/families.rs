//! Which family of keys a key belongs to, and what it names there.

use crate::model::{NodeId, PartitionId};

use super::Keys;

/// A family of keys under the prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyFamily {
    /// The cluster spec.
    Cluster,
    /// Nodes.
    Node,
    /// Partition records.
    Partition,
    /// What this tool adds to records.
    Extension,
    /// Operations in flight.
    Migration,
    /// Lock, slots, status and control of the executor.
    Rebalance,
    /// Recorded plans.
    Plan,
    /// Copies that miss something.
    Repair,
    /// Copies to be deleted when their node is back.
    Orphan,
    /// The audit trail.
    Audit,
}

impl KeyFamily {
    /// All families.
    pub const ALL: [Self; 10] = [
        Self::Cluster,
        Self::Node,
        Self::Partition,
        Self::Extension,
        Self::Migration,
        Self::Rebalance,
        Self::Plan,
        Self::Repair,
        Self::Orphan,
        Self::Audit,
    ];

    /// The word in JSON and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cluster => "cluster",
            Self::Node => "node",
            Self::Partition => "partition",
            Self::Extension => "ext",
            Self::Migration => "migration",
            Self::Rebalance => "rebalance",
            Self::Plan => "plan",
            Self::Repair => "repair",
            Self::Orphan => "orphan",
            Self::Audit => "audit",
        }
    }

    /// The part of the key behind the prefix.
    #[must_use]
    pub const fn directory(self) -> &'static str {
        match self {
            Self::Cluster => "cluster",
            Self::Node => "nodes",
            Self::Partition => "partitions",
            Self::Extension => "ext",
            Self::Migration => "migrations",
            Self::Rebalance => "rebalance",
            Self::Plan => "plans",
            Self::Repair => "repair",
            Self::Orphan => "orphans",
            Self::Audit => "audit",
        }
    }

    /// Reads the word, or the part of the key.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| text == family.name() || text == family.directory())
    }

    /// Whether `name` is one that this family can hold.
    fn admits(self, name: &str) -> bool {
        let node = |text: &str| NodeId::parse(text).is_ok();
        let partition = |text: &str| PartitionId::parse(text).is_ok();
        let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let parts: Vec<&str> = name.split('/').collect();
        match (self, parts.as_slice()) {
            (Self::Cluster, [""]) => true,
            (Self::Node, [id]) => node(id),
            (Self::Partition | Self::Extension | Self::Migration, [id]) => partition(id),
            (Self::Rebalance, ["lock" | "status" | "control" | "auto-leader" | "auto-status"]) => true,
            (Self::Rebalance, ["slots", id, slot]) => node(id) && number(slot),
            (Self::Rebalance, ["runs", run]) => !run.is_empty(),
            (Self::Plan, [plan, part]) => !plan.is_empty() && (*part == "head" || number(part)),
            (Self::Repair, [id, on]) => partition(id) && node(on),
            (Self::Orphan, [on, id, copy]) => node(on) && partition(id) && !copy.is_empty(),
            (Self::Audit, [entry]) => entry.split_once('-').is_some_and(|(at, id)| number(at) && !id.is_empty()),
            _ => false,
        }
    }
}

/// A key taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyName<'k> {
    /// The family that its first part names; `None` = no family that this version knows.
    pub family: Option<KeyFamily>,
    /// What follows the family, such as the id in a partition's key; of an unknown family everything behind the prefix.
    pub name: &'k str,
    /// Whether the name is one that the family can hold.
    pub is_canonical: bool,
}

impl Keys {
    /// Takes a key apart; `None` if it does not lie under the prefix.
    #[must_use]
    pub fn take_apart<'k>(&self, key: &'k str) -> Option<KeyName<'k>> {
        let rest = key.strip_prefix(self.prefix())?.strip_prefix('/')?;
        let (first, name) = rest.split_once('/').unwrap_or((rest, ""));
        let family = KeyFamily::ALL.into_iter().find(|family| family.directory() == first);
        // `cluster/x` is no spec, and `nodes` alone is no node.
        Some(match family {
            Some(KeyFamily::Cluster) if rest != first => KeyName { family: None, name: rest, is_canonical: false },
            Some(family) => KeyName { family: Some(family), name, is_canonical: family.admits(name) },
            None => KeyName { family: None, name: rest, is_canonical: false },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_fall_into_their_families() {
        let keys = Keys::default();
        for (key, family, name) in [
            ("cluster", KeyFamily::Cluster, ""),
            ("nodes/node-1", KeyFamily::Node, "node-1"),
            ("partitions/partition_489542_0051.01", KeyFamily::Partition, "partition_489542_0051.01"),
            ("ext/time_partition_5", KeyFamily::Extension, "time_partition_5"),
            ("migrations/partition_1_0001", KeyFamily::Migration, "partition_1_0001"),
            ("rebalance/slots/node-1/0", KeyFamily::Rebalance, "slots/node-1/0"),
            ("rebalance/lock", KeyFamily::Rebalance, "lock"),
            ("rebalance/runs/x-1", KeyFamily::Rebalance, "runs/x-1"),
            ("plans/p1/000003", KeyFamily::Plan, "p1/000003"),
            ("plans/p1/head", KeyFamily::Plan, "p1/head"),
            ("repair/partition_1_0001/n", KeyFamily::Repair, "partition_1_0001/n"),
            ("orphans/n/partition_1_0001/c", KeyFamily::Orphan, "n/partition_1_0001/c"),
            ("audit/0000000000001-a-0", KeyFamily::Audit, "0000000000001-a-0"),
        ] {
            let key = format!("/otlp/{key}");
            assert_eq!(
                keys.take_apart(&key),
                Some(KeyName { family: Some(family), name, is_canonical: true }),
                "{key}"
            );
            assert_eq!(KeyFamily::parse(family.name()), KeyFamily::parse(family.directory()));
        }
    }

    #[test]
    fn what_belongs_nowhere_is_told() {
        let keys = Keys::default();
        let canonical = |key: &str| keys.take_apart(key).map(|k| (k.family, k.is_canonical));
        for (key, family) in [
            ("/otlp/cluster/x", None),
            ("/otlp/cluster2", None),
            ("/otlp/nodes", Some(KeyFamily::Node)),
            ("/otlp/nodes/a b", Some(KeyFamily::Node)),
            ("/otlp/nodes/a/b", Some(KeyFamily::Node)),
            ("/otlp/partitions/partition_1_1", Some(KeyFamily::Partition)),
            ("/otlp/rebalance/other", Some(KeyFamily::Rebalance)),
            ("/otlp/audit/x", Some(KeyFamily::Audit)),
        ] {
            assert_eq!(canonical(key), Some((family, false)), "{key}");
        }
        assert_eq!(canonical("/else/nodes/n"), None);
        assert_eq!(KeyFamily::parse("colour"), None);
    }
}
