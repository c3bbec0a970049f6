//! Numbered places between two effects, at which a test may kill the process, or stop it while something happens to its store.
//!
//! The number comes from outside (`OTLP_PART_CRASH_AT=N[:TIME[:stop]]`); where it is not given, passing a place costs one
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

/// What can happen to the process.
#[derive(Clone, Copy, Debug)]
pub struct Fates {
    /// Ends it as `kill -9` does: nothing is cleaned up.
    pub die: fn(),
    /// Stops it as `kill -STOP` does: it goes on when somebody lets it.
    pub stop: fn(),
}

/// Where it happens, and what.
#[derive(Debug)]
pub struct CrashAt {
    fate: fn(),
    /// The place's number; 0 = nowhere.
    number: usize,
    /// Times that it is still passed unharmed.
    left: AtomicU32,
}

impl CrashAt {
    /// Nowhere.
    #[must_use]
    pub fn never() -> Self {
        Self { fate: || {}, number: 0, left: AtomicU32::new(0) }
    }

    /// Reads `N`, `N:TIME` or `N:TIME:stop`: dies, or stops, at the TIME-th passing of place N, the first if it is not said.
    ///
    /// # Errors
    /// It is none of these, in words.
    pub fn parse(text: &str, fates: Fates) -> Result<Self, String> {
        let (number, time) = text.split_once(':').unwrap_or((text, "1"));
        let (time, fate) = time.strip_suffix(":stop").map_or((time, fates.die), |time| (time, fates.stop));
        let number: usize = number.parse().map_err(|_| format!("{number:?} is no number of a place"))?;
        let time: u32 = time.parse().map_err(|_| format!("{time:?} is no count"))?;
        if number == 0 || number > POINTS.len() || time == 0 {
            return Err(format!("places are 1 to {}, times begin with 1", POINTS.len()));
        }
        Ok(Self { fate, number, left: AtomicU32::new(time) })
    }

    /// The number of a place.
    #[must_use]
    pub fn number_of(name: &str) -> Option<usize> {
        POINTS.iter().position(|point| *point == name).map(|at| at + 1)
    }

    /// Passes a place; dies or stops there if that was asked for.
    pub fn pass(&self, name: &str) {
        if self.number == 0 || Self::number_of(name) != Some(self.number) {
            return;
        }
        if self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            (self.fate)();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Fates = Fates { die: || {}, stop: || {} };

    #[test]
    fn places_have_names_of_their_own_and_numbers_from_1() {
        let mut names = POINTS.to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), POINTS.len());
        assert_eq!((CrashAt::number_of("lock-taken"), CrashAt::number_of("nowhere")), (Some(1), None));
    }

    #[test]
    fn bad_places_are_refused_and_others_passed() {
        for bad in ["", "0", "x", "25", "1:0", "1:x", "-1", "1:stop", "1:1:stop:stop", "1:1:go"] {
            assert!(CrashAt::parse(bad, NOTHING).is_err(), "{bad:?}");
        }
        CrashAt::never().pass("lock-taken");
        let fatal = Fates { die: || panic!("died"), stop: || panic!("stopped") };
        for (text, passes, fate) in [("1", 1, "died"), ("1:2", 2, "died"), ("1:2:stop", 2, "stopped")] {
            let crash = CrashAt::parse(text, fatal).unwrap();
            crash.pass("plan-executing");
            (1..passes).for_each(|_| crash.pass("lock-taken"));
            let hit = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| crash.pass("lock-taken"))).unwrap_err();
            assert_eq!(hit.downcast_ref::<&str>(), Some(&fate), "{text}");
            crash.pass("lock-taken");
        }
    }
}
