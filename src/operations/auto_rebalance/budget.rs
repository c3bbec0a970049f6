//! How many bytes may be moved for balance in a day.

use serde::{Deserialize, Serialize};

use super::window::DAY_SECONDS;
use crate::model::Timestamp;

/// What was moved for balance on one day (UTC). It is stored, so that a restart spends nothing twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayLedger {
    /// The day: whole days since 1970.
    pub day: i64,
    /// Bytes.
    pub bytes: u64,
}

impl DayLedger {
    /// The same on the day of a time: a new day begins with nothing.
    #[must_use]
    pub fn on(self, now: Timestamp) -> Self {
        let day = now.seconds().div_euclid(DAY_SECONDS);
        if day == self.day { self } else { Self { day, bytes: 0 } }
    }

    /// What is left of a day's bytes.
    #[must_use]
    pub fn left(self, bytes_per_day: u64) -> u64 {
        bytes_per_day.saturating_sub(self.bytes)
    }

    /// Counts a plan before it is executed, as all of it may be moved before anybody can say so.
    pub fn reserve(&mut self, planned: u64) {
        self.bytes = self.bytes.saturating_add(planned);
    }

    /// Counts what was moved instead of what was reserved for it, on whatever day it ended.
    pub fn settle(&mut self, planned: u64, moved: u64) {
        self.bytes = self.bytes.saturating_sub(planned).saturating_add(moved);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_spent_once() {
        let day = Timestamp::from_seconds(5 * DAY_SECONDS + 7);
        let mut ledger = DayLedger::default().on(day);
        assert_eq!((ledger.day, ledger.left(100)), (5, 100));
        ledger.reserve(80);
        assert_eq!(ledger.left(100), 20);
        ledger.settle(80, 30);
        assert_eq!((ledger.left(100), ledger.on(day)), (70, ledger));
        ledger.reserve(u64::MAX);
        assert_eq!(ledger.left(100), 0);
        let next = ledger.on(day.plus_seconds(DAY_SECONDS));
        assert_eq!((next.day, next.left(100)), (6, 100));
        // What was reserved yesterday is none of today's.
        let mut next = next;
        next.settle(80, 90);
        assert_eq!(next.bytes, 90);
    }
}
