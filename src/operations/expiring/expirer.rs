//! A run: what earlier ones left, then waves of partitions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use super::driver::{Driver, InFlight};
use super::event::ExpiryListener;
use super::survey::{Expired, Survey};
use crate::migration::expiry::{Claim, ExpiryPhase};
use crate::migration::{Intent, Journal};
use crate::model::{NodeId, PartitionId};
use crate::operations::executing::{HaltReason, preflight};
use crate::operations::leased::Sign;
use crate::operations::migrations::Migrations;
use crate::operations::run_context::RunContext;
use crate::operations::{ClusterView, OperationError};
use crate::ports::MetadataWrite;
use crate::ports::storage::StorageWrite;

/// How long writers may go on by what they saw before: a view of a record is at most 5 s old.
pub const SETTLE_DEFAULT: Duration = Duration::from_secs(10);
/// Partitions that are claimed together: as many are ReadOnly with a journal at most. With 700 bytes each, everything that is
/// in flight is read in 3 MB.
const WAVE_MAX: usize = 4_096;

/// How partitions are expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpirySettings {
    /// How long writers may go on by what they saw before.
    pub settle: Duration,
}

impl Default for ExpirySettings {
    fn default() -> Self {
        Self { settle: SETTLE_DEFAULT }
    }
}

/// Who expires, and with what.
pub struct Expirer<'a, M, S> {
    /// On whose behalf, and with what; the halt stops it between partitions.
    pub context: RunContext<'a, M, S>,
    /// How.
    pub settings: ExpirySettings,
    /// Who is told.
    pub tell: ExpiryListener<'a>,
}

/// Copies that wait on a node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub copies: u64,
    /// Why, in words.
    pub why: &'static str,
}

/// How a run ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExpiryOutcome {
    /// Partitions that are gone.
    pub expired: u64,
    /// Bytes of copies that were deleted, by the records.
    pub bytes: u64,
    /// Records in the partitions that are gone, by their records.
    pub record_count: u64,
    /// Copies that are deleted when their node is back.
    pub orphans: BTreeMap<NodeId, Waiting>,
    /// Partitions that were given back as they were.
    pub given_back: u64,
    /// Partitions that were not claimed: why.
    pub passed_over: Vec<(PartitionId, String)>,
    /// Partitions that could not be brought to rest: why.
    pub failures: Vec<(PartitionId, String)>,
    /// Partitions that are left, claimed or not, because it stopped.
    pub left: u64,
    /// Why it stopped, if it did.
    pub halted: Option<HaltReason>,
    /// The store took nothing but deletions.
    pub out_of_space: bool,
}

impl ExpiryOutcome {
    /// Adds what another part of the work came to.
    pub(super) fn add(&mut self, other: Self) {
        let Self {
            expired,
            bytes,
            record_count,
            orphans,
            given_back,
            passed_over,
            failures,
            left,
            halted,
            out_of_space,
        } = other;
        self.expired += expired;
        self.bytes = self.bytes.saturating_add(bytes);
        self.record_count = self.record_count.saturating_add(record_count);
        for (node, waiting) in orphans {
            let own = self.orphans.entry(node).or_default();
            *own = Waiting { copies: own.copies + waiting.copies, why: waiting.why };
        }
        self.given_back += given_back;
        self.passed_over.extend(passed_over);
        self.failures.extend(failures);
        self.left += left;
        self.halted = self.halted.take().or(halted);
        self.out_of_space |= out_of_space;
    }

    /// Copies that wait, on all nodes.
    #[must_use]
    pub fn orphans(&self) -> u64 {
        self.orphans.values().map(|waiting| waiting.copies).sum()
    }

    /// Whether nothing of the work is left but copies on nodes that do not answer.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.left == 0 && self.failures.is_empty() && self.halted.is_none() && !self.out_of_space
    }
}

/// What a run has to do.
enum Work<'w> {
    Expire(&'w Survey),
    Rest(&'w BTreeSet<PartitionId>, Intent),
}

impl<M: MetadataWrite, S: StorageWrite> Expirer<'_, M, S> {
    /// Brings what is in flight to rest, then expires what was found.
    ///
    /// # Errors
    /// The store's; the cluster is none whose data may be deleted. Whatever was begun is resumable.
    pub async fn expire(&self, found: &Survey) -> Result<ExpiryOutcome, OperationError> {
        self.run(Work::Expire(found)).await
    }

    /// Brings expiries in flight to rest, those on these partitions or all: to their end, or, where nothing is deleted yet
    /// and `abort` says so, by giving the partition back.
    ///
    /// # Errors
    /// As [`Expirer::expire`].
    pub async fn rest(&self, only: &BTreeSet<PartitionId>, abort: bool) -> Result<ExpiryOutcome, OperationError> {
        self.run(Work::Rest(only, if abort { Intent::Abort } else { Intent::Proceed })).await
    }

    async fn run(&self, work: Work<'_>) -> Result<ExpiryOutcome, OperationError> {
        let context = &self.context;
        let (view, _) = ClusterView::read(context.store, context.keys, None, &[]).await?;
        preflight::check_cluster(&view)?;
        let (ids, places, entries) = (context.ids(), context.places(&view), AtomicUsize::new(0));
        let run = ids.next("run");
        let driver = Driver::new(
            (context.store, context.keys, &places),
            context.trail(&entries),
            self.settings.settle,
            (&context.halt, context.crash, self.tell),
        );
        let claim = || Claim {
            operation_id: ids.next("x"),
            run: run.clone(),
            started_at: context.clock.now(),
            by: context.holder.to_string(),
        };
        let sign = Sign::new(context.store, context.keys.run(&run), &context.holder);
        let outcome = sign.while_up(self.work(&driver, &claim, work)).await;
        outcome.map(|outcome| ExpiryOutcome { halted: context.halt.reason(), ..outcome })
    }

    async fn work(
        &self,
        driver: &Driver<'_, M, S>,
        claim: &(dyn Fn() -> Claim + Send + Sync),
        work: Work<'_>,
    ) -> Result<ExpiryOutcome, OperationError> {
        let found = match work {
            Work::Rest(only, intent) => return self.bring_to_rest(driver, only, intent).await,
            Work::Expire(found) => found,
        };
        let mut outcome = self.bring_to_rest(driver, &BTreeSet::new(), Intent::Proceed).await?;
        for wave in waves(&found.expired) {
            if self.context.halt.is_thrown() || outcome.out_of_space {
                outcome.left += wave.len() as u64;
                continue;
            }
            let claimed = driver.claim(&wave, claim, &mut outcome).await?;
            outcome.add(driver.until_rest(&claimed, Intent::Proceed).await?);
        }
        Ok(outcome)
    }

    async fn bring_to_rest(
        &self,
        driver: &Driver<'_, M, S>,
        only: &BTreeSet<PartitionId>,
        intent: Intent,
    ) -> Result<ExpiryOutcome, OperationError> {
        let found = Migrations::read(self.context.store, self.context.keys, None).await?;
        let expiries = found.in_flight.iter().filter_map(|operation| match operation.journal.as_ref() {
            Ok(Journal::Expire(journal)) => Some((operation.partition, journal)),
            Ok(Journal::Move(_) | Journal::Rewrite(_)) | Err(_) => None,
        });
        let asked = expiries.filter(|(id, _)| only.is_empty() || only.contains(id));
        let mut in_flight: Vec<(ExpiryPhase, InFlight)> =
            asked.map(|(id, journal)| (journal.phase, (id, journal.operation_id.clone()))).collect();
        // What is past its wait goes first.
        in_flight
            .sort_by_key(|(phase, (id, _))| (std::cmp::Reverse(*phase), std::cmp::Reverse(id.suffix().len()), *id));
        let in_flight: Vec<InFlight> = in_flight.into_iter().map(|(_, one)| one).collect();
        driver.until_rest(&in_flight, intent).await
    }
}

/// Partitions that are claimed together, oldest first; none beside one that it was split into.
fn waves(expired: &[Expired]) -> Vec<Vec<PartitionId>> {
    let mut by_depth: BTreeMap<std::cmp::Reverse<u8>, Vec<PartitionId>> = BTreeMap::new();
    for one in expired {
        by_depth.entry(std::cmp::Reverse(one.id.suffix().len())).or_default().push(one.id);
    }
    by_depth.values().flat_map(|ids| ids.chunks(WAVE_MAX)).map(<[PartitionId]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PartitionState, TimeBucket};

    #[test]
    fn nothing_is_claimed_beside_what_it_was_split_into_and_waves_are_bounded() {
        let one = |id: PartitionId| Expired {
            id,
            span: id.bucket().range(crate::model::Granularity::HOUR),
            size_bytes: 1,
            record_count: 1,
            copies: 1,
            state: PartitionState::Active,
        };
        let plain = (0..5_000).map(|n| PartitionId::new(TimeBucket::new(7), n).unwrap());
        let child = PartitionId::new(TimeBucket::new(8), 1).unwrap().child(true).unwrap();
        let grandchild = child.child(false).unwrap();
        let family = [child.root(), child, grandchild];
        let expired: Vec<Expired> = plain.chain(family).map(one).collect();
        let waves = waves(&expired);
        assert_eq!(waves.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, WAVE_MAX, 5_001 - WAVE_MAX]);
        assert_eq!((waves[0][0], waves[1][0], waves[3].last()), (grandchild, child, Some(&child.root())));
    }
}
