//! How far an execution is, gathered from its own events: for progress, the status key, and the totals at its end.
//!
//! Invariant: bytes count as done when they were verified for the copy that is being made now; what an attempt had verified
//! whose copy is made anew, or was undone, counts no more. Times are told by who listens, since any beginning.

use std::collections::BTreeMap;
use std::time::Duration;

use super::event::{ExecutionEvent, MoveLabel, MovePhase, Totals, WaitsFor};
use super::pace::{EtaRange, Pace};
use super::recover::RECOVERED_FROM;
use crate::migration::RunningMove;
use crate::planner::MoveKind;

/// A copy that gets no byte for so long is said to stand still.
const STALLED_AFTER: Duration = Duration::from_secs(10);

/// A move that has begun and is not at rest.
#[derive(Clone, Debug)]
pub struct Running {
    /// Which.
    pub label: MoveLabel,
    /// What it is doing.
    pub phase: MovePhase,
    /// Bytes to be copied.
    pub bytes: u64,
    /// Bytes that were verified.
    pub verified: u64,
    waits_for: Option<(WaitsFor, Duration)>,
    /// When anything last happened to its copy.
    alive_at: Duration,
    /// When its copy was taken up, and what was verified since, but for what was there.
    copied: Option<(Duration, u64)>,
}

impl Running {
    /// Bytes a second since its copy was taken up; `None` = there is no basis, or nothing is copied any more.
    #[must_use]
    pub fn rate(&self, now: Duration) -> Option<u64> {
        let (since, bytes) = self.copied.filter(|(_, bytes)| *bytes > 0 && self.phase == MovePhase::Copying)?;
        let nanos = now.saturating_sub(since).as_nanos();
        u64::try_from((u128::from(bytes) * 1_000_000_000).checked_div(nanos)?).ok()
    }

    /// What it waits for, if it stands still.
    #[must_use]
    pub fn waits_for(&self, now: Duration) -> Option<WaitsFor> {
        if let Some((on, since)) = &self.waits_for {
            return Some(on.after(now.saturating_sub(*since)));
        }
        let still = now.saturating_sub(self.alive_at);
        let is_stalled = self.phase == MovePhase::Copying && still >= STALLED_AFTER;
        let from = self.label.copy_from.clone().filter(|_| is_stalled)?;
        Some(WaitsFor::Data { from, seconds: still.as_secs() })
    }
}

/// How far an execution is.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// The plan, if it is of one.
    pub plan_id: Option<String>,
    /// What has begun and is not at rest, by number.
    pub running: BTreeMap<u64, Running>,
    /// What is through, and what was verified in all: what was verified twice counts twice there.
    pub totals: Totals,
    /// Moves of the plan that are to be made.
    planned: u64,
    /// Operations of earlier executions.
    recovering: u64,
    /// Bytes of moves that did not begin yet.
    ahead: u64,
    /// Bytes of moves at rest.
    settled: u64,
    waits_for: Option<WaitsFor>,
    pace: Pace,
    /// How long each move waits after its last byte, as far as one has come so far.
    grace: Duration,
    ended: Option<Totals>,
}

impl Tally {
    /// Takes note of an event at a time.
    pub fn note(&mut self, event: &ExecutionEvent, at: Duration) {
        match event {
            ExecutionEvent::Recovering { operations } => self.recovering += operations,
            ExecutionEvent::Started { plan_id, moves, bytes, .. } => {
                self.plan_id = Some(plan_id.clone()).filter(|id| !id.is_empty());
                (self.planned, self.ahead) = (*moves, *bytes);
            }
            ExecutionEvent::Waits(on) => self.waits_for = Some(on.clone()),
            ExecutionEvent::GoesOn => self.waits_for = None,
            ExecutionEvent::MoveStarted(label) => self.begin(label, at),
            ExecutionEvent::Phase { number, phase } => {
                if *phase == MovePhase::Copying {
                    self.pace.begin(at);
                }
                self.of(*number, |running| {
                    (running.phase, running.waits_for, running.alive_at) = (*phase, None, at);
                    // A copy is looked at from its first byte on whenever it is taken up.
                    if *phase == MovePhase::Copying {
                        (running.verified, running.copied) = (0, Some((at, 0)));
                    }
                });
            }
            ExecutionEvent::MoveWaits { number, on } => {
                if let Some(WaitsFor::Readers(seconds)) = on {
                    self.grace = self.grace.max(Duration::from_secs(*seconds));
                }
                self.of(*number, |running| {
                    // A store that is asked again and again is one wait.
                    let since =
                        running.waits_for.take().filter(|(was, _)| Some(was) == on.as_ref()).map(|(_, since)| since);
                    running.waits_for = on.clone().map(|on| (on, since.unwrap_or(at)));
                    running.alive_at = at;
                });
            }
            ExecutionEvent::Planned { number, bytes, .. } => self.of(*number, |running| running.bytes = *bytes),
            ExecutionEvent::Written { number, .. } | ExecutionEvent::Repeated { number, .. } => {
                self.of(*number, |running| (running.alive_at, running.waits_for) = (at, None));
            }
            ExecutionEvent::Verified { number, bytes, was_there } => {
                self.totals.verified_bytes += bytes;
                // Reading again what was there tells nothing about how fast the rest is made.
                if !was_there {
                    self.pace.add(at, *bytes);
                }
                self.of(*number, |running| {
                    running.verified += bytes;
                    if let Some((_, copied)) = running.copied.as_mut().filter(|_| !was_there) {
                        *copied += bytes;
                    }
                    (running.alive_at, running.waits_for) = (at, None);
                });
            }
            ExecutionEvent::Done { number } => {
                self.settled += self.running.remove(number).map_or(0, |running| running.verified);
                self.totals.done += 1;
            }
            ExecutionEvent::Aborted { number, .. } => {
                self.running.remove(number);
                self.totals.aborted += 1;
            }
            ExecutionEvent::Failed { number, .. } => {
                let running = self.running.remove(number);
                // One that cannot even be read was not counted before.
                self.recovering += u64::from(running.is_none() && *number >= RECOVERED_FROM);
                self.settled += running.map_or(0, |running| running.verified);
                self.totals.failed += 1;
            }
            ExecutionEvent::Skipped { number, .. } => {
                self.running.remove(number);
                self.totals.stale += 1;
            }
            ExecutionEvent::Ended(totals) => self.ended = Some(*totals),
            ExecutionEvent::Cutover { .. } | ExecutionEvent::Limits { .. } | ExecutionEvent::Stopping { .. } => {}
        }
    }

    fn begin(&mut self, label: &MoveLabel, at: Duration) {
        let bytes = match label.kind {
            MoveKind::Replica | MoveKind::Repair => label.bytes,
            MoveKind::Leader | MoveKind::Remove => 0,
        };
        // One that is tried again was taken off before.
        if !self.running.contains_key(&label.number) && label.number < RECOVERED_FROM {
            self.ahead = self.ahead.saturating_sub(label.bytes);
        }
        let (label, phase) = (label.clone(), MovePhase::Starting);
        let running = Running { phase, bytes, verified: 0, waits_for: None, alive_at: at, copied: None, label };
        self.running.insert(running.label.number, running);
    }

    fn of(&mut self, number: u64, change: impl FnOnce(&mut Running)) {
        if let Some(running) = self.running.get_mut(&number) {
            change(running);
        }
    }

    /// What runs, in the order in which it is worth a look: what stands still, what copies, what takes its last steps, what
    /// only waits for a time to pass.
    #[must_use]
    pub fn in_order(&self, now: Duration) -> Vec<&Running> {
        let rank = |running: &Running| match (running.waits_for(now), running.phase) {
            (Some(WaitsFor::Writers(_) | WaitsFor::Readers(_)), _) => 3,
            (Some(_), _) => 0,
            (None, MovePhase::Copying) => 1,
            (None, _) => 2,
        };
        let mut all: Vec<&Running> = self.running.values().collect();
        all.sort_by_cached_key(|running| (rank(running), running.label.number));
        all
    }

    /// The first `most` of these, as they are told.
    #[must_use]
    pub fn running_moves(&self, now: Duration, most: usize) -> Vec<RunningMove> {
        let told = |running: &Running| RunningMove {
            partition: running.label.partition,
            kind: running.label.kind.name().to_owned(),
            phase: running.phase.name().to_owned(),
            from: running.label.from.clone(),
            to: running.label.to.clone(),
            copy_from: running.label.copy_from.clone(),
            bytes: running.bytes,
            verified_bytes: running.verified,
            bytes_per_second: running.rate(now),
            waits_for: running.waits_for(now).map(|on| on.to_string()),
        };
        self.in_order(now).into_iter().take(most).map(told).collect()
    }

    /// Moves in all, operations of earlier executions among them.
    #[must_use]
    pub fn moves(&self) -> u64 {
        self.planned + self.recovering
    }

    /// Bytes that are verified, of copies that stand.
    #[must_use]
    pub fn bytes_done(&self) -> u64 {
        self.settled + self.running.values().map(|running| running.verified.min(running.bytes)).sum::<u64>()
    }

    /// Bytes to be copied in all, as far as they are known now.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.settled + self.ahead + self.running.values().map(|running| running.bytes).sum::<u64>()
    }

    /// Verified bytes a second of late; `None` = there is no basis.
    #[must_use]
    pub fn rate(&self, now: Duration) -> Option<u64> {
        self.pace.rate(now)
    }

    /// How long it takes until all is through; `None` = nobody can say.
    #[must_use]
    pub fn eta(&self, now: Duration) -> Option<EtaRange> {
        let left = self.bytes().saturating_sub(self.bytes_done());
        if self.waits_for.is_some() {
            return None;
        }
        if left > 0 {
            let EtaRange { low, high } = self.pace.eta(left, now)?;
            return Some(EtaRange { low: low + self.grace, high: high + self.grace });
        }
        let graces = self.running.values().filter_map(|running| match running.waits_for(now) {
            Some(WaitsFor::Readers(seconds)) => Some(Duration::from_secs(seconds)),
            Some(_) | None => None,
        });
        graces.max().map(|last| EtaRange { low: last, high: last })
    }

    /// What all of it waits for, if it stands still.
    #[must_use]
    pub fn waits_for(&self) -> Option<&WaitsFor> {
        self.waits_for.as_ref()
    }

    /// Whether everything is through: the last byte is verified and the last record written.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.ended.is_some_and(|ended| ended.left == 0 && ended.failed == 0 && ended.aborted == 0)
    }

    /// How much of it is done in whole percent; 100 only when everything is through. Without bytes, by moves.
    #[must_use]
    pub fn percent(&self) -> u64 {
        if self.is_whole() {
            return 100;
        }
        let by_moves = (self.totals.done, self.moves());
        let (done, all) = if self.bytes() == 0 { by_moves } else { (self.bytes_done(), self.bytes()) };
        percent_before_the_end(done, all)
    }
}

/// Whole percent of what is not through yet: never 100.
#[must_use]
pub fn percent_before_the_end(done: u64, all: u64) -> u64 {
    const MOST: u64 = 99;
    u64::try_from(u128::from(done) * 100 / u128::from(all.max(1))).map_or(MOST, |percent| percent.min(MOST))
}

#[cfg(test)]
mod tests;
