//! Numbered places between two effects, at which a test may kill the process.
//!
//! The number comes from outside (`OTLP_PART_CRASH_AT=N[:TIME]`); where it is not given, passing a place costs one comparison.

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

/// Where to die, and how.
#[derive(Debug)]
pub struct CrashAt {
    /// Ends the process as `kill -9` does: nothing is cleaned up.
    die: fn(),
    /// The place's number; 0 = nowhere.
    number: usize,
    /// Times that it is still passed alive.
    left: AtomicU32,
}

impl CrashAt {
    /// Nowhere.
    #[must_use]
    pub fn never() -> Self {
        Self { die: || {}, number: 0, left: AtomicU32::new(0) }
    }

    /// Reads `N` or `N:TIME`: dies at the TIME-th passing of place N, the first if it is not said.
    ///
    /// # Errors
    /// It is neither, in words.
    pub fn parse(text: &str, die: fn()) -> Result<Self, String> {
        let (number, time) = text.split_once(':').unwrap_or((text, "1"));
        let number: usize = number.parse().map_err(|_| format!("{number:?} is no number of a place"))?;
        let time: u32 = time.parse().map_err(|_| format!("{time:?} is no count"))?;
        if number == 0 || number > POINTS.len() || time == 0 {
            return Err(format!("places are 1 to {}, times begin with 1", POINTS.len()));
        }
        Ok(Self { die, number, left: AtomicU32::new(time) })
    }

    /// The number of a place.
    #[must_use]
    pub fn number_of(name: &str) -> Option<usize> {
        POINTS.iter().position(|point| *point == name).map(|at| at + 1)
    }

    /// Passes a place; dies there if that was asked for.
    pub fn pass(&self, name: &str) {
        if self.number == 0 || Self::number_of(name) != Some(self.number) {
            return;
        }
        if self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            (self.die)();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        for bad in ["", "0", "x", "25", "1:0", "1:x", "-1"] {
            assert!(CrashAt::parse(bad, || {}).is_err(), "{bad:?}");
        }
        CrashAt::never().pass("lock-taken");
        CrashAt::parse("2:5", || panic!("died")).unwrap().pass("lock-taken");
        CrashAt::parse("1:2", || panic!("died")).unwrap().pass("lock-taken");
    }
}
