//! What came of one partition.

use super::finding::{Finding, Prospect};
use super::look::{Look, Looked, Looker};
use crate::model::{NodeId, PartitionId};
use crate::operations::OperationError;
use crate::ports::MetadataRead;
use crate::ports::storage::StorageRead;

/// What became of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing was done about it.
    Open,
    /// It was repaired, and the copy looked at again.
    Repaired,
    /// Its repair did not succeed: why.
    Failed(String),
}

/// A finding with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The finding.
    pub finding: Finding,
    /// What became of it.
    pub fate: Fate,
}

impl Reported {
    /// One word for scripts.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match &self.fate {
            Fate::Open => self.finding.prospect.word(),
            Fate::Repaired => "repaired",
            Fate::Failed(_) => "failed",
        }
    }

    /// Whether data did not verify, and no good copy of it is left.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.fate != Fate::Repaired && self.finding.prospect == Prospect::Lost
    }
}

/// Counts of a record that were corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountersChange {
    /// Bytes before and after.
    pub size_bytes: (u64, u64),
    /// Records before and after; the same where not all segments' are known.
    pub record_count: (u64, u64),
}

/// What came of one partition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartitionReport {
    /// The partition.
    pub id: PartitionId,
    /// The nodes of its record: findings number them.
    pub nodes: Vec<NodeId>,
    /// Copies that were looked at.
    pub copies: u64,
    /// What was found.
    pub findings: Vec<Reported>,
    /// Why it was passed over.
    pub skipped: Option<String>,
    /// Corrected counts of its record.
    pub counters: Option<CountersChange>,
}

impl PartitionReport {
    pub(super) fn skipped(id: PartitionId, why: String) -> Self {
        Self { skipped: Some(why), ..Self::gone(id) }
    }

    pub(super) fn gone(id: PartitionId) -> Self {
        Self { id, nodes: Vec::new(), copies: 0, findings: Vec::new(), skipped: None, counters: None }
    }

    pub(super) fn of(looked: &Looked) -> Self {
        let open = |finding: &Finding| Reported { finding: finding.clone(), fate: Fate::Open };
        Self {
            nodes: looked.nodes.clone(),
            copies: looked.replicas.iter().flatten().count() as u64,
            findings: looked.judgement.findings.iter().map(open).collect(),
            ..Self::gone(looked.seen.partition)
        }
    }

    /// The node of a numbered copy.
    #[must_use]
    pub fn node(&self, replica: usize) -> &str {
        self.nodes.get(replica).map_or("", |node| node.as_str())
    }
}

impl<M: MetadataRead, S: StorageRead> Looker<'_, M, S> {
    /// Looks at a partition and writes nothing.
    ///
    /// # Errors
    /// The store's.
    pub async fn scrub(&self, id: PartitionId) -> Result<PartitionReport, OperationError> {
        Ok(match self.look(id, |_| self.depth).await? {
            Look::Gone => PartitionReport::gone(id),
            Look::Skipped(why) => PartitionReport::skipped(id, why),
            Look::Done(looked) => PartitionReport::of(&looked),
        })
    }
}
