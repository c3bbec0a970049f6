//! What the rounds of one leader remember of partitions, so that they neither list the same directories nor say the same again.

use std::collections::{BTreeMap, BTreeSet};

use crate::migration::rewrite_journal::RewriteKind;
use crate::model::{PartitionId, Revision, Timestamp};

/// What is remembered. It is lost with the process: then all is looked at once more.
#[derive(Debug, Default)]
pub(in crate::operations::auto_rebalance) struct Memory {
    /// Partitions that were looked at and are not worth a compaction, with the revision of their records.
    idle: BTreeMap<PartitionId, Revision>,
    /// Partitions that could not be begun or brought to their end.
    refused: BTreeMap<(PartitionId, RewriteKind), Refused>,
}

#[derive(Debug)]
struct Refused {
    reason: String,
    /// It is left alone until then.
    until: Timestamp,
}

impl Memory {
    /// Whether a partition was looked at, and is as it was then.
    pub(super) fn is_idle(&self, id: PartitionId, revision: Revision) -> bool {
        self.idle.get(&id) == Some(&revision)
    }

    /// Whether a partition is left alone for now.
    pub(super) fn rests(&self, what: (PartitionId, RewriteKind), now: Timestamp) -> bool {
        self.refused.get(&what).is_some_and(|refused| refused.until > now)
    }

    /// There is nothing to do on a partition until its record changes.
    pub(super) fn note_idle(&mut self, id: PartitionId, revision: Revision) {
        self.idle.insert(id, revision);
    }

    /// A partition is left alone until then; `true` = it was not known, or not for this reason.
    pub(super) fn refuse(&mut self, what: (PartitionId, RewriteKind), reason: &str, until: Timestamp) -> bool {
        let before = self.refused.insert(what, Refused { reason: reason.to_owned(), until });
        before.is_none_or(|before| before.reason != reason)
    }

    /// It went through.
    pub(super) fn forget(&mut self, what: (PartitionId, RewriteKind)) {
        self.refused.remove(&what);
    }

    /// Forgets partitions that are gone or changed: what stays are these, as far as they are known.
    pub(super) fn keep(&mut self, idle: BTreeMap<PartitionId, Revision>, seen: &BTreeSet<PartitionId>) {
        self.idle = idle;
        self.refused.retain(|(id, _), _| seen.contains(id));
    }

    /// Whether anything on a partition was refused.
    pub(super) fn has_refused(&self, id: PartitionId) -> bool {
        [RewriteKind::Split, RewriteKind::Compact].iter().any(|kind| self.refused.contains_key(&(id, *kind)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_at_is_looked_at_again_only_when_its_record_changed() {
        let (id, mut memory) = (PartitionId::parse("partition_1_0001").unwrap(), Memory::default());
        assert!(!memory.is_idle(id, Revision(7)));
        memory.note_idle(id, Revision(7));
        assert!(memory.is_idle(id, Revision(7)) && !memory.is_idle(id, Revision(8)));
        memory.keep([(id, Revision(7))].into(), &BTreeSet::new());
        assert!(memory.is_idle(id, Revision(7)));
        memory.keep(BTreeMap::new(), &BTreeSet::new());
        assert!(!memory.is_idle(id, Revision(7)), "it is gone");
    }

    #[test]
    fn a_reason_is_news_once_and_the_partition_rests_meanwhile() {
        let (id, mut memory) = (PartitionId::parse("partition_1_0001").unwrap(), Memory::default());
        let (split, compact) = ((id, RewriteKind::Split), (id, RewriteKind::Compact));
        let at = |seconds| Timestamp::from_seconds(seconds);
        assert!(memory.refuse(split, "n1 is down", at(100)));
        assert!(memory.rests(split, at(99)) && !memory.rests(split, at(100)) && !memory.rests(compact, at(99)));
        assert!(!memory.refuse(split, "n1 is down", at(200)), "it was told");
        assert!(memory.rests(split, at(150)));
        assert!(memory.refuse(split, "n2 is down", at(200)), "another reason");
        assert!(memory.refuse(compact, "n2 is down", at(200)), "another work");
        memory.keep(BTreeMap::new(), &[id].into());
        assert!(!memory.refuse(split, "n2 is down", at(300)));
        memory.forget(split);
        assert!(memory.has_refused(id) && !memory.refuse(compact, "n2 is down", at(300)));
        assert!(!memory.rests(split, at(0)) && memory.refuse(split, "n2 is down", at(400)));
        memory.keep(BTreeMap::new(), &BTreeSet::new());
        assert!(!memory.has_refused(id));
    }
}
