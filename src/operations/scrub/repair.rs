//! The repair of what was found bad in a partition.
//!
//! ```text
//! mark        the copy is no source, and is made no leader, while it is worked on
//! sidecars    those that good segments lack, first: one may stand beside a damaged segment only
//! restore     one segment after the other: looked at once more, quarantined, made anew from a good copy, read back
//! look again  the whole copy, every byte, and what all others list by now
//! finish      quarantined files and the mark go, if it lacks nothing
//! ```
//!
//! Invariant: before each step the partition is as it was judged: same nodes, same copies, nothing in flight.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicUsize;

use super::finding::{Finding, Prospect};
use super::ledger::Finished;
use super::look::{Look, Looked, Looker};
use super::report::{Fate, PartitionReport, Reported};
use crate::model::{NodeId, PartitionId};
use crate::operations::copying::Depth;
use crate::operations::executing::CrashAt;
use crate::operations::{AuditContext, Consent, OperationError};
use crate::ports::storage::StorageWrite;
use crate::ports::{Clock, MetadataWrite};

/// How often a partition is begun again that somebody changes meanwhile.
const ROUNDS_MAX: usize = 4;

/// Looks at partitions and repairs them.
pub struct Mender<'a, M, S> {
    /// Looks at them.
    pub looker: Looker<'a, M, S>,
    /// Who repairs.
    pub audit: &'a AuditContext,
    /// How that was agreed to.
    pub consent: Consent,
    /// The time of entries.
    pub clock: &'a dyn Clock,
    /// Where a test wants the process to die.
    pub crash: &'a CrashAt,
    /// Entries of the audit trail made so far; begins with 0.
    pub entries: AtomicUsize,
}

impl<M: MetadataWrite, S: StorageWrite> Mender<'_, M, S> {
    /// Looks at a partition and repairs what can be repaired.
    ///
    /// # Errors
    /// The store's; what is done stays, and the same call goes on.
    pub async fn scrub(&self, id: PartitionId) -> Result<PartitionReport, OperationError> {
        let mut earlier: Option<PartitionReport> = None;
        for _ in 0..ROUNDS_MAX {
            let looked = match self.looker.look(id, |_| self.looker.depth).await? {
                Look::Gone => return Ok(PartitionReport::gone(id)),
                Look::Skipped(why) => return Ok(PartitionReport::skipped(id, why)),
                Look::Done(looked) => looked,
            };
            if let Some(report) = self.mend(&looked).await? {
                return Ok(with_earlier(report, earlier));
            }
            earlier.get_or_insert_with(|| PartitionReport::of(&looked));
        }
        Ok(PartitionReport::skipped(id, "somebody changes it again and again".to_owned()))
    }

    /// Repairs what was found; `None` = it was changed meanwhile, so that the judgement does not hold.
    async fn mend(&self, looked: &Looked) -> Result<Option<PartitionReport>, OperationError> {
        let mut report = PartitionReport::of(looked);
        let findings = &looked.judgement.findings;
        if findings.is_empty() {
            report.counters = self.correct_counters(looked).await?;
        }
        if !findings.iter().any(|finding| finding.prospect.is_repairable()) {
            return Ok(Some(report));
        }
        if !self.mark(looked).await? {
            return Ok(None);
        }
        let mut failed = BTreeMap::new();
        let is_sidecar = |finding: &Finding| matches!(finding.prospect, Prospect::Sidecar { .. });
        let (first, then): (Vec<_>, Vec<_>) = (0..findings.len()).partition(|at| is_sidecar(&findings[*at]));
        for at in first.into_iter().chain(then) {
            if matches!(findings[at].prospect, Prospect::Rebuild { .. } | Prospect::Sidecar { .. }) {
                if self.unchanged(looked).await?.is_none() {
                    return Ok(None);
                }
                failed.extend(self.restore(looked, &findings[at]).await.err().map(|why| (at, why)));
                if self.unchanged(looked).await?.is_none() {
                    self.withdraw(looked, &findings[at]).await;
                    return Ok(None);
                }
            }
        }
        let id = looked.seen.partition;
        let Look::Done(after) = self.looker.look(id, |node| depth_after(looked, node)).await? else {
            return Ok(None);
        };
        if after.nodes != looked.nodes {
            return Ok(None);
        }
        let Some(finished) = self.finish(&after).await? else { return Ok(None) };
        settle(&mut report, &after, &finished, &failed);
        if after.judgement.findings.iter().all(|finding| is_over(finding, &finished)) {
            report.counters = self.correct_counters(&after).await?;
        }
        Ok(Some(report))
    }
}

/// Every byte of the copies that were worked on or may become sound, of the others what they list.
fn depth_after(looked: &Looked, node: &NodeId) -> Depth {
    let at = looked.nodes.iter().position(|known| known == node);
    let is_found = looked.judgement.findings.iter().any(|finding| Some(finding.replica) == at);
    if is_found || looked.seen.view.marks.contains_key(node) { Depth::Bytes } else { Depth::Sidecars }
}

/// What became of each finding, and what else is to be told by now.
fn settle(report: &mut PartitionReport, after: &Looked, finished: &Finished, failed: &BTreeMap<usize, String>) {
    let of_copy = |replica: usize| match finished.failed.get(&replica) {
        Some(why) => Fate::Failed(why.clone()),
        None if finished.copies.contains(&replica) => Fate::Repaired,
        None => Fate::Open,
    };
    let now = &after.judgement.findings;
    for (at, reported) in report.findings.iter_mut().enumerate() {
        let finding = &reported.finding;
        if !finding.prospect.is_repairable() {
            continue;
        }
        let still = now.iter().find(|now| now.is_about(finding));
        let is_seen = after.replicas.get(finding.replica).is_some_and(Option::is_some);
        reported.fate = match (failed.get(&at), still) {
            (Some(why), _) => Fate::Failed(why.clone()),
            (None, _) if finding.prospect == Prospect::Unmark => of_copy(finding.replica),
            (None, Some(still)) => Fate::Failed(format!("looked at again it is {}", still.what.word())),
            (None, None) if is_seen => Fate::Repaired,
            (None, None) => Fate::Failed("it could not be looked at again".to_owned()),
        };
    }
    let is_told = |new: &&Finding| report.findings.iter().any(|known| known.finding.is_about(new));
    let new = now.iter().filter(|new| !is_told(new) && !is_over(new, finished)).cloned();
    let fate = |finding: &Finding| match finding.prospect {
        Prospect::Unmark => of_copy(finding.replica),
        Prospect::Rebuild { .. } | Prospect::Sidecar { .. } | Prospect::Lost | Prospect::Waits | Prospect::Reported => {
            Fate::Open
        }
    };
    let new: Vec<Reported> = new.map(|finding| Reported { fate: fate(&finding), finding }).collect();
    report.findings.extend(new);
}

/// Whether it was the mark, or what lay quarantined, of a copy that has neither now.
fn is_over(finding: &Finding, finished: &Finished) -> bool {
    finding.prospect == Prospect::Unmark && finished.copies.contains(&finding.replica)
}

/// The report of the last round, with what was found in the first and is gone.
fn with_earlier(mut report: PartitionReport, earlier: Option<PartitionReport>) -> PartitionReport {
    let Some(earlier) = earlier.filter(|earlier| earlier.nodes == report.nodes) else { return report };
    for Reported { finding, .. } in earlier.findings {
        let is_told = report.findings.iter().any(|known| known.finding.is_about(&finding));
        if !is_told && finding.prospect.is_repairable() {
            report.findings.push(Reported { finding, fate: Fate::Repaired });
        }
    }
    report
}
