//! A whole execution in numbers and in words: the same for who executes and for who watches from elsewhere.

use std::time::Duration;

use crate::migration::RebalanceStatus;
use crate::model::ByteSize;
use crate::operations::executing::tally::{Tally, percent_before_the_end};

/// A whole execution in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    /// Whole percent; 100 only when the last record is written.
    pub percent: u64,
    /// Bytes that are verified.
    pub verified_bytes: u64,
    /// Bytes to be copied.
    pub bytes: u64,
    /// Verified bytes a second; `None` = there is no basis.
    pub bytes_per_second: Option<u64>,
    /// Seconds until the end, the fewest and the most; `None` = nobody can say.
    pub eta_seconds: Option<(u64, u64)>,
    /// Moves in all.
    pub moves: u64,
    /// Moves that are through.
    pub moves_done: u64,
    /// Moves that failed or were undone.
    pub moves_failed: u64,
    /// Moves that run.
    pub running: u64,
    /// What all of it waits for, if it stands still.
    pub waits_for: Option<String>,
}

impl Whole {
    /// As an execution tells of itself.
    #[must_use]
    pub fn of_tally(tally: &Tally, now: Duration) -> Self {
        Self {
            percent: tally.percent(),
            verified_bytes: tally.bytes_done(),
            bytes: tally.bytes(),
            bytes_per_second: tally.rate(now),
            eta_seconds: tally.eta(now).map(|eta| (eta.low.as_secs(), eta.high.as_secs())),
            moves: tally.moves(),
            moves_done: tally.totals.done,
            moves_failed: tally.totals.failed + tally.totals.aborted,
            running: tally.running.len() as u64,
            waits_for: tally.waits_for().map(ToString::to_string),
        }
    }

    /// As the status in the store says.
    #[must_use]
    pub fn of_status(status: &RebalanceStatus) -> Self {
        let by_moves = (status.moves_done, status.moves);
        let (done, all) = if status.bytes == 0 { by_moves } else { (status.verified_bytes, status.bytes) };
        Self {
            percent: percent_before_the_end(done, all),
            verified_bytes: status.verified_bytes,
            bytes: status.bytes,
            bytes_per_second: Some(status.bytes_per_second).filter(|rate| *rate > 0),
            eta_seconds: status.eta_seconds_min.zip(status.eta_seconds_max),
            moves: status.moves,
            moves_done: status.moves_done,
            moves_failed: status.moves_failed,
            running: status.in_flight,
            waits_for: status.waits_for.clone(),
        }
    }

    /// "12.3 GB of 40.1 GB verified (30 %), 210 MB/s, 4-6 min left"; nothing where nothing is copied.
    #[must_use]
    pub fn bytes_in_words(&self, unicode: bool) -> Option<String> {
        if self.bytes == 0 {
            return None;
        }
        let Self { verified_bytes, bytes, percent, .. } = self;
        let size = format!("{} of {} verified ({percent} %)", ByteSize(*verified_bytes), ByteSize(*bytes));
        Some([Some(size), self.pace_in_words(unicode)].into_iter().flatten().collect::<Vec<_>>().join(", "))
    }

    /// "210 MB/s, 4-6 min left"
    #[must_use]
    pub fn pace_in_words(&self, unicode: bool) -> Option<String> {
        let rate = self.bytes_per_second.map(|rate| format!("{}/s", ByteSize(rate)));
        let eta = self.eta_seconds.map(|eta| format!("{} left", eta_in_words(eta, unicode)));
        let words: Vec<String> = [rate, eta].into_iter().flatten().collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// "120 of 2000 moves done, 8 running, 2 failed"; undone ones are among the failed.
    #[must_use]
    pub fn moves_in_words(&self) -> String {
        let Self { moves, moves_done, moves_failed, running, .. } = self;
        let failed = if *moves_failed > 0 { format!(", {moves_failed} failed") } else { String::new() };
        format!("{moves_done} of {moves} moves done, {running} running{failed}")
    }

    /// All of it on one line.
    #[must_use]
    pub fn in_words(&self, unicode: bool) -> String {
        let waits = self.waits_for.as_ref().map(|on| format!("waits for {on}"));
        [self.bytes_in_words(unicode), Some(self.moves_in_words()), waits]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("; ")
    }
}

/// "4-6 min": in the unit of the longer one, the shorter rounded down and the longer rounded up.
#[must_use]
pub fn eta_in_words((low, high): (u64, u64), unicode: bool) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    let (unit, name) = match high {
        0..120 => (1, "s"),
        120..7_200 => (MINUTE, "min"),
        7_200..172_800 => (HOUR, "h"),
        _ => (DAY, "days"),
    };
    let (low, high) = (low / unit, high.div_ceil(unit));
    let dash = if unicode { '–' } else { '-' };
    if low >= high { format!("{high} {name}") } else { format!("{low}{dash}{high} {name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_in_words() {
        for (low, high, words) in [
            (0, 0, "0 s"),
            (20, 45, "20-45 s"),
            (110, 119, "110-119 s"),
            (100, 121, "1-3 min"),
            (245, 350, "4-6 min"),
            (300, 300, "5 min"),
            (7_000, 7_300, "1-3 h"),
            (90_000, 200_000, "1-3 days"),
            (u64::MAX, u64::MAX, "213503982334601-213503982334602 days"),
        ] {
            assert_eq!(eta_in_words((low, high), false), words);
        }
        assert_eq!(eta_in_words((245, 350), true), "4–6 min");
    }

    #[test]
    fn one_line_says_all() {
        let whole = Whole {
            percent: 30,
            verified_bytes: 12_300_000_000,
            bytes: 40_100_000_000,
            bytes_per_second: Some(210_000_000),
            eta_seconds: Some((245, 350)),
            moves: 2000,
            moves_done: 120,
            running: 8,
            ..Whole::default()
        };
        assert_eq!(
            whole.in_words(false),
            "12.3 GB of 40.1 GB verified (30 %), 210 MB/s, 4-6 min left; 120 of 2000 moves done, 8 running"
        );
        let waits_for = Some("the lock, held by ann".to_owned());
        let leaders =
            Whole { bytes: 0, bytes_per_second: None, eta_seconds: None, moves_failed: 2, waits_for, ..whole };
        assert_eq!(
            leaders.in_words(true),
            "120 of 2000 moves done, 8 running, 2 failed; waits for the lock, held by ann"
        );
    }
}
