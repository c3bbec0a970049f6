//! Splits of what is too large and compactions of many small segments, behind each round.
//!
//! ```text
//! due      one pass over the records: too large; closed, quiet, and not known to be as it should be
//! seek     a look at the copies of those, of so many a round: what is worth it, and what cannot be begun
//! memory   what was looked at and is not worth it until its record changes; what was refused, and is not told again
//! here     the work: by the code of `partition split` and `data compact`
//! ```
//!
//! Invariant: nothing begins while it is paused, outside the window, beside somebody else's execution, or when the time for it is
//! over; what has begun goes on to its rest, except where the process ends or loses the lead: then the next one's round does that.

mod due;
mod memory;
mod seek;

use std::collections::BTreeMap;
use std::time::Duration;

use super::event::{AutoEvent, AutoListener};
use super::service::{AutoRebalancer, Term};
use super::status::{CompactedSince, Round, RoundResult, SplitSince};
use crate::migration::rewrite_journal::{RewriteKind, TargetContent};
use crate::model::{PartitionId, Timestamp};
use crate::operations::OperationError;
use crate::operations::executing::Halt;
use crate::operations::rewriting::{
    Compactable, Ended, RewriteEvent, RewriteSettings, Rewriter, TARGET_BYTES_DEFAULT, Task,
};
use crate::ports::storage::{Mover, StorageRead, StorageWrite};
use crate::ports::{MetadataRead, MetadataWrite};
use due::{Oversized, pause_of};
pub(super) use memory::Memory;
use seek::News;
pub(super) use seek::Seeker;

/// Nothing more begins after so long, so that the next round, and a repair in it, does not wait for long.
const TIME_MAX: Duration = Duration::from_secs(300);

/// A partition on which something went wrong behind its claim is left alone for so long: each attempt holds writers back.
const UNDONE_SECONDS: i64 = 3600;

/// How partitions came to rest.
type Rested = BTreeMap<PartitionId, Ended>;

/// What comes of the work besides what is done.
#[derive(Default)]
struct Rest {
    news: News,
    /// Partitions that are left, begun or not.
    left: u64,
    out_of_space: bool,
}

impl<M: MetadataWrite, S: StorageWrite, V: Mover> AutoRebalancer<'_, M, S, V> {
    /// Splits and compacts what is due, where that is asked for; an error is told and ends nothing, as the next round tries again.
    pub(super) async fn upkeep(&self, term: &Term, round: &Round) {
        if !self.settings.has_upkeep() || matches!(round.result, RoundResult::Paused | RoundResult::Busy) {
            return;
        }
        let mut memory = term.memory(std::mem::take);
        let done = self.keep_up(term, &mut memory).await;
        term.memory(|own| *own = memory);
        if let Err(error) = done {
            (self.tell)(&AutoEvent::Trouble(&format!("splitting and compacting: {error}")));
        }
    }

    async fn keep_up(&self, term: &Term, memory: &mut Memory) -> Result<(), OperationError> {
        let now = self.clock.now();
        let (mut until, mut why) = (now.plus_seconds(TIME_MAX.as_secs() as i64), "the time of this round is over");
        if let Some(window) = self.settings.window {
            let Some(closes) = window.open_until(now) else { return Ok(()) };
            if closes < until {
                (until, why) = (closes, "the hours for it are over");
            }
        }
        let (halt, mut rest) = (Halt::default(), Rest::default());
        let done = tokio::select! {
            done = self.split_and_compact(term, memory, (&halt, now), &mut rest) => done,
            // It never ends.
            () = self.mind(term, &halt, Some((until, why)), pause_of) => Ok(()),
        };
        self.tell_rest(&rest, &halt);
        done
    }

    async fn split_and_compact(
        &self,
        term: &Term,
        memory: &mut Memory,
        (halt, now): (&Halt, Timestamp),
        rest: &mut Rest,
    ) -> Result<(), OperationError> {
        let away = term.with(|status| status.away.keys().cloned().collect());
        let seeker =
            Seeker { store: self.store, keys: self.keys, open: self.open, settings: self.settings, now, away, halt };
        let due = seeker.due(memory, &mut rest.news).await?;
        if due.paused.is_some() {
            return Ok(());
        }
        let splits = seeker.splits(&due, memory, &mut rest.news).await?;
        if !splits.is_empty() {
            (self.tell)(&splits_of(&splits));
            let tasks = splits.iter().map(|one| (one.id, Task::Split(one.bits))).collect();
            let rested = self.rewrite(term, halt, "too large", &tasks).await?;
            let done = split_since(&splits, self.settle(memory, (RewriteKind::Split, &rested), rest));
            term.with(|status| *status.split.get_or_insert_default() += done);
            (self.tell)(&AutoEvent::Split(&done));
        }
        let compactions = seeker.compactions(&due, memory, &mut rest.news).await?;
        if !compactions.is_empty() {
            (self.tell)(&compacts_of(&compactions));
            let tasks = compactions.iter().map(|one| (one.id, Task::Compact(TARGET_BYTES_DEFAULT))).collect();
            let rested = self.rewrite(term, halt, "many small segments", &tasks).await?;
            let done = compacted_since(&compactions, self.settle(memory, (RewriteKind::Compact, &rested), rest));
            term.with(|status| *status.compacted.get_or_insert_default() += done);
            (self.tell)(&AutoEvent::Compacted(&done));
        }
        Ok(())
    }

    /// By the code of the commands.
    async fn rewrite(
        &self,
        term: &Term,
        halt: &Halt,
        why: &str,
        tasks: &BTreeMap<PartitionId, Task>,
    ) -> Result<Rested, OperationError> {
        self.write_status(term).await;
        let now = self.clock.now();
        let audit = self.audit_of(term, now, why.to_owned());
        let rewriter = Rewriter {
            context: self.context(term, halt, &audit, None),
            settings: RewriteSettings { settle: self.settings.execution.settle, grace: self.settings.execution.grace },
            tell: &|_: &RewriteEvent| {},
        };
        rewriter.run(tasks).await
    }

    /// Remembers how partitions came to rest; gives those that are through, with what they hold.
    fn settle<'r>(
        &self,
        memory: &mut Memory,
        (kind, rested): (RewriteKind, &'r Rested),
        rest: &mut Rest,
    ) -> BTreeMap<PartitionId, (&'r [TargetContent], u64)> {
        let until = self.clock.now().plus_seconds(UNDONE_SECONDS);
        let mut through = BTreeMap::new();
        for (&id, ended) in rested {
            let why = match ended {
                Ended::Done { targets, orphans } => {
                    memory.forget((id, kind));
                    through.insert(id, (&targets[..], *orphans));
                    continue;
                }
                Ended::Left => {
                    rest.left += 1;
                    continue;
                }
                Ended::NoSpace => {
                    rest.out_of_space = true;
                    continue;
                }
                Ended::Undone { reason, hint, .. } => match hint {
                    Some(hint) => format!("{reason}; {hint}"),
                    None => reason.clone(),
                },
                Ended::Stuck(why) => format!("its new copies are in place, and the old ones are kept: {why}"),
                Ended::Unfit(why) | Ended::Failed(why) => why.clone(),
            };
            rest.news.refuse(memory, (id, kind), &why, until);
        }
        through
    }

    fn tell_rest(&self, rest: &Rest, halt: &Halt) {
        let trouble = |why: &str| (self.tell)(&AutoEvent::Trouble(why));
        for words in rest.news.words() {
            trouble(&words);
        }
        if rest.out_of_space {
            trouble("splitting and compacting: the store has no room");
        }
        if rest.left > 0 {
            let why = halt.reason().map(|reason| reason.to_string()).or_else(|| halt.closing()).unwrap_or_default();
            trouble(&format!("splitting and compacting: {} partition(s) are left, {why}", rest.left));
        }
    }
}

/// Says what would be split and compacted.
pub(super) async fn rehearse_upkeep<M: MetadataRead, S: StorageRead>(
    seeker: &Seeker<'_, M, S>,
    memory: &mut Memory,
    tell: AutoListener<'_>,
) -> Result<(), OperationError> {
    let mut news = News::default();
    let due = seeker.due(memory, &mut news).await?;
    let splits = seeker.splits(&due, memory, &mut news).await?;
    if !splits.is_empty() {
        tell(&splits_of(&splits));
    }
    let compactions = seeker.compactions(&due, memory, &mut news).await?;
    if !compactions.is_empty() {
        tell(&compacts_of(&compactions));
    }
    for words in news.words() {
        tell(&AutoEvent::Trouble(&words));
    }
    Ok(())
}

/// What is about to be split, or would be.
fn splits_of(splits: &[Oversized]) -> AutoEvent<'static> {
    let bytes = splits.iter().map(|one| one.bytes.saturating_mul(one.copies));
    AutoEvent::Splits { partitions: splits.len() as u64, bytes: bytes.fold(0, u64::saturating_add) }
}

/// What is about to be compacted, or would be.
fn compacts_of(compactions: &[Compactable]) -> AutoEvent<'static> {
    let sum = |of: fn(&Compactable) -> u64| compactions.iter().map(of).fold(0, u64::saturating_add);
    AutoEvent::Compacts {
        partitions: compactions.len() as u64,
        merged: sum(|one| one.merged),
        into: sum(|one| one.into),
        bytes: sum(|one| one.bytes.saturating_mul(one.nodes.len() as u64)),
    }
}

fn bytes_of(targets: &[TargetContent], copies: u64) -> u64 {
    targets.iter().map(|target| target.size_bytes).fold(0, u64::saturating_add).saturating_mul(copies)
}

fn split_since(splits: &[Oversized], through: BTreeMap<PartitionId, (&[TargetContent], u64)>) -> SplitSince {
    let mut since = SplitSince::default();
    for one in splits {
        let Some((targets, orphans)) = through.get(&one.id) else { continue };
        let (children, bytes) = (targets.len() as u64, bytes_of(targets, one.copies));
        since += SplitSince { partitions: 1, children, bytes, orphans: *orphans };
    }
    since
}

fn compacted_since(
    compactions: &[Compactable],
    through: BTreeMap<PartitionId, (&[TargetContent], u64)>,
) -> CompactedSince {
    let mut since = CompactedSince::default();
    for one in compactions {
        let Some((targets, orphans)) = through.get(&one.id) else { continue };
        let into = targets.iter().map(|target| target.segments).sum();
        let bytes = bytes_of(targets, one.nodes.len() as u64);
        since += CompactedSince { partitions: 1, segments: one.segments, into, bytes, orphans: *orphans };
    }
    since
}
