//! Numbered places between two effects, at which a test may kill the process, interrupt it, or stop it while something
//! happens to its store.
//!
//! The number comes from outside (`OTLP_PART_CRASH_AT=N[:TIME[:SIGNAL]]`); where it is not given, passing a place costs one
//! comparison.

use std::sync::atomic::{AtomicU32, Ordering};

/// Every place, in the order in which one move passes them; a place's number is its position here, from 1.
pub const POINTS: [&str; 24] = [
    "lock-taken",
    "plan-executing",
    "start-decided",
    "start-committed",
    "settled",
    "copy-begun",
    "segment-verified",
    "copied",
    "cutover-decided",
    "cutover-committed",
    "graced",
    "listed-verified",
    "delete-begun",
    "deleted",
    "finish-decided",
    "finish-committed",
    "leader-decided",
    "leader-committed",
    "abort-decided",
    "abort-committed",
    "mark-committed",
    "status-written",
    "plan-done",
    "lock-released",
];

/// Every place of an expiry, in the order in which one partition passes them; their numbers follow those of [`POINTS`].
pub const EXPIRY_POINTS: [&str; 9] = [
    "expiry-claim-decided",
    "expiry-claimed",
    "expiry-settled",
    "expiry-begin-decided",
    "expiry-begun",
    "expiry-delete-begun",
    "expiry-deleted",
    "expiry-finish-decided",
    "expiry-finished",
];

/// The places of a scrub that repairs, in the order in which one bad copy passes them; numbered on.
pub const SCRUB_POINTS: [&str; 6] =
    ["scrub-marked", "scrub-sidecar", "scrub-quarantined", "scrub-rebuilt", "scrub-cleaned", "scrub-finished"];

/// The places of a split or a compaction, in the order in which one partition passes them; numbered on.
pub const REWRITE_POINTS: [&str; 18] = [
    "rewrite-claim-decided",
    "rewrite-claimed",
    "rewrite-settled",
    "rewrite-listed",
    "rewrite-fix-decided",
    "rewrite-fixed",
    "rewrite-segment-written",
    "rewrite-built",
    "rewrite-switch-decided",
    "rewrite-switched",
    "rewrite-graced",
    "rewrite-verified",
    "rewrite-delete-begun",
    "rewrite-deleted",
    "rewrite-end-decided",
    "rewrite-ended",
    "rewrite-abort-decided",
    "rewrite-aborted",
];

/// How many places there are.
const COUNT: usize = POINTS.len() + EXPIRY_POINTS.len() + SCRUB_POINTS.len() + REWRITE_POINTS.len();

/// What comes at the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blow {
    /// The end, as by `kill -9`: nothing is cleaned up.
    Kill,
    /// An operator's Ctrl-C.
    Interrupt,
    /// A halt, as by `kill -STOP`: it goes on when somebody lets it.
    Stop,
}

/// Where it comes, and what.
#[derive(Debug)]
pub struct CrashAt {
    /// Sends the process what comes.
    strike: fn(Blow),
    blow: Blow,
    /// The place's number; 0 = nowhere.
    number: usize,
    /// Times that it is still passed unharmed.
    left: AtomicU32,
}

impl CrashAt {
    /// Nowhere.
    #[must_use]
    pub fn never() -> Self {
        Self { strike: |_| {}, blow: Blow::Kill, number: 0, left: AtomicU32::new(0) }
    }

    /// Reads `N`, `N:TIME` or `N:TIME:SIGNAL`: struck at the TIME-th passing of place N, the first if it is not said, by `KILL`,
    /// `INT` or `STOP`, `KILL` if it is not said.
    ///
    /// # Errors
    /// It is none of them, in words.
    pub fn parse(text: &str, strike: fn(Blow)) -> Result<Self, String> {
        let (number, rest) = text.split_once(':').unwrap_or((text, "1"));
        let (time, signal) = rest.split_once(':').unwrap_or((rest, "KILL"));
        let blow = match signal {
            "KILL" => Blow::Kill,
            "INT" => Blow::Interrupt,
            "STOP" => Blow::Stop,
            _ => return Err(format!("{signal:?} is neither KILL, INT nor STOP")),
        };
        let number: usize = number.parse().map_err(|_| format!("{number:?} is no number of a place"))?;
        let time: u32 = time.parse().map_err(|_| format!("{time:?} is no count"))?;
        if number == 0 || number > COUNT || time == 0 {
            return Err(format!("places are 1 to {COUNT}, times begin with 1"));
        }
        Ok(Self { strike, blow, number, left: AtomicU32::new(time) })
    }

    /// The number of a place.
    #[must_use]
    pub fn number_of(name: &str) -> Option<usize> {
        let mut all = POINTS.iter().chain(&EXPIRY_POINTS).chain(&SCRUB_POINTS).chain(&REWRITE_POINTS);
        all.position(|point| *point == name).map(|at| at + 1)
    }

    /// Passes a place; is struck there if that was asked for.
    pub fn pass(&self, name: &str) {
        if self.number == 0 || Self::number_of(name) != Some(self.number) {
            return;
        }
        if self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            (self.strike)(self.blow);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_names_of_their_own_and_numbers_from_1() {
        let mut names = [POINTS.as_slice(), &EXPIRY_POINTS, &SCRUB_POINTS, &REWRITE_POINTS].concat();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COUNT);
        assert_eq!(CrashAt::number_of(EXPIRY_POINTS[0]), Some(POINTS.len() + 1));
        assert_eq!(CrashAt::number_of("rewrite-aborted"), Some(COUNT));
        assert_eq!((CrashAt::number_of("lock-taken"), CrashAt::number_of("nowhere")), (Some(1), None));
    }

    #[test]
    fn bad_places_are_refused_and_others_passed() {
        for bad in ["", "0", "x", "58", "1:0", "1:x", "-1", "1:1:", "1:1:HUP", "1:INT"] {
            assert!(CrashAt::parse(bad, |_| {}).is_err(), "{bad:?}");
        }
        CrashAt::never().pass("lock-taken");
        for (text, passes, blow) in
            [("1", 1, "Kill"), ("1:2", 2, "Kill"), ("1:2:INT", 2, "Interrupt"), ("1:2:STOP", 2, "Stop")]
        {
            let crash = CrashAt::parse(text, |blow| std::panic::panic_any(format!("{blow:?}"))).unwrap();
            crash.pass("plan-executing");
            (1..passes).for_each(|_| crash.pass("lock-taken"));
            let hit = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| crash.pass("lock-taken"))).unwrap_err();
            assert_eq!(hit.downcast_ref::<String>().unwrap(), blow, "{text}");
            crash.pass("lock-taken");
        }
    }
}
