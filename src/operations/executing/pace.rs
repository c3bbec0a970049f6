//! How fast it goes, from what was verified of late, and how long the rest may take.
//!
//! Bytes come in lumps: a segment counts once it was read back. So rates are taken over windows that hold several lumps, and
//! what is left is told as a range, from the highest and the lowest of them.
//!
//! Invariant: nothing is told without a basis: a whole window since copying began, and bytes in each.

use std::collections::VecDeque;
use std::time::Duration;

/// How far back rates are looked at.
const HISTORY: Duration = Duration::from_secs(120);
/// Samples lie at least so far apart.
const SAMPLE_EVERY: Duration = Duration::from_secs(1);
/// The shortest time that a rate is taken over.
const WINDOW_MIN: Duration = Duration::from_secs(10);
/// A window holds so many of the longest pauses between two lumps.
const PAUSES_IN_WINDOW: u32 = 3;

/// How long something may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EtaRange {
    /// At the highest recent rate.
    pub low: Duration,
    /// At the lowest one.
    pub high: Duration,
}

/// What was done when.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    /// Time since any beginning, and bytes done by then; rising.
    samples: VecDeque<(Duration, u64)>,
    done: u64,
}

impl Pace {
    /// Work begins; what was waited for before says nothing about its rate.
    pub fn begin(&mut self, at: Duration) {
        if self.samples.is_empty() {
            self.samples.push_back((at, 0));
        }
    }

    /// So many more bytes are done.
    pub fn add(&mut self, at: Duration, bytes: u64) {
        self.begin(at);
        self.done = self.done.saturating_add(bytes);
        let has_more_than_its_begin = self.samples.len() > 1;
        match self.samples.back_mut() {
            Some((last, done)) if has_more_than_its_begin && at.saturating_sub(*last) < SAMPLE_EVERY => {
                *done = self.done;
            }
            _ => self.samples.push_back((at, self.done)),
        }
        while self.samples.get(1).is_some_and(|(second, _)| *second <= at.saturating_sub(HISTORY)) {
            self.samples.pop_front();
        }
    }

    /// Bytes a second of late; `None` = there is no basis yet.
    #[must_use]
    pub fn rate(&self, now: Duration) -> Option<u64> {
        self.rate_until(now, self.window(now)?)
    }

    /// How long `left` bytes take; `None` = nobody can say: it has just begun, or nothing was done for long.
    #[must_use]
    pub fn eta(&self, left: u64, now: Duration) -> Option<EtaRange> {
        let window = self.window(now)?;
        let first = self.samples.front()?.0 + window;
        let ends = self.samples.iter().map(|(at, _)| *at).filter(|at| *at >= first).chain([now]);
        let rates: Vec<u64> = ends.filter_map(|end| self.rate_until(end, window)).collect();
        let (lowest, highest) = (rates.iter().min().copied()?, rates.iter().max().copied()?);
        if lowest == 0 {
            return None;
        }
        Some(EtaRange { low: Duration::from_secs(left / highest), high: Duration::from_secs(left.div_ceil(lowest)) })
    }

    /// How long rates are taken over; `None` = not so much is known yet.
    fn window(&self, now: Duration) -> Option<Duration> {
        let first = self.samples.front()?.0;
        let times = self.samples.iter().map(|(at, _)| *at);
        let pauses = times.clone().zip(times.skip(1).chain([now])).map(|(a, b)| b.saturating_sub(a));
        let window = (pauses.max()? * PAUSES_IN_WINDOW).max(WINDOW_MIN);
        (now.saturating_sub(first) >= window).then_some(window)
    }

    /// Bytes a second in the window before a time.
    fn rate_until(&self, end: Duration, window: Duration) -> Option<u64> {
        let bytes = self.done_by(end)?.saturating_sub(self.done_by(end.saturating_sub(window))?);
        u64::try_from(u128::from(bytes) * 1000 / window.as_millis().max(1)).ok()
    }

    fn done_by(&self, at: Duration) -> Option<u64> {
        let count = self.samples.partition_point(|(sample, _)| *sample <= at);
        Some(self.samples.get(count.checked_sub(1)?)?.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// So many bytes at each of these seconds.
    fn pace(lumps: impl IntoIterator<Item = (u64, u64)>) -> Pace {
        let mut pace = Pace::default();
        pace.begin(s(0));
        lumps.into_iter().for_each(|(at, bytes)| pace.add(s(at), bytes));
        pace
    }

    #[test]
    fn nothing_is_said_without_a_basis() {
        assert_eq!((Pace::default().rate(s(100)), Pace::default().eta(1, s(100))), (None, None));
        let young = pace((1..=9).map(|at| (at, 100)));
        assert_eq!((young.rate(s(9)), young.eta(1000, s(9))), (None, None));
        // One lump that took nine seconds says what nine seconds can do, but not how long the next one takes.
        assert_eq!(pace([(9, 100)]).eta(1000, s(12)), None);
    }

    #[test]
    fn a_steady_rate_is_one_number() {
        let steady = pace((1..=60).map(|at| (at, 100)));
        assert_eq!(steady.rate(s(60)), Some(100));
        assert_eq!(steady.eta(6_000, s(60)), Some(EtaRange { low: s(60), high: s(60) }));
        assert_eq!(steady.eta(0, s(60)), Some(EtaRange { low: s(0), high: s(0) }));
    }

    #[test]
    fn a_rate_that_changes_is_a_range() {
        let faster = pace((1..=60).map(|at| (at, if at <= 30 { 100 } else { 300 })));
        assert_eq!(faster.rate(s(60)), Some(300));
        assert_eq!(faster.eta(30_000, s(60)), Some(EtaRange { low: s(100), high: s(300) }));
        // What is long past no longer counts.
        let mut later = faster;
        (61..=200).for_each(|at| later.add(s(at), 300));
        assert_eq!(later.eta(30_000, s(200)), Some(EtaRange { low: s(100), high: s(100) }));
    }

    #[test]
    fn lumps_are_not_taken_for_bursts() {
        let lumps = pace((1..=6).map(|n| (n * 18, 1_800)));
        let eta = lumps.eta(10_000, s(108)).unwrap();
        assert!(eta.low >= s(70) && eta.high <= s(150), "{eta:?}");
    }

    #[test]
    fn a_stall_ends_the_estimate() {
        let stalled = pace((1..=60).map(|at| (at, 100)));
        assert!(stalled.eta(1_000, s(62)).is_some());
        assert_eq!(stalled.eta(1_000, s(400)), None);
    }

    #[test]
    fn memory_is_bounded() {
        let long = pace((0..100_000).map(|n| (n / 10, 1)));
        assert!(long.samples.len() < 130, "{}", long.samples.len());
    }
}
