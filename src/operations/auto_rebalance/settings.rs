//! What automatic rebalancing is asked for.

use std::collections::BTreeMap;
use std::time::Duration;

use super::window::DailyWindow;
use crate::operations::executing::ExecutionSettings;

/// What automatic rebalancing is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AutoSettings {
    /// From the end of one round to the beginning of the next; `None` = as the cluster spec says.
    pub interval: Option<Duration>,
    /// Nothing is balanced while no node deviates more, parts per million; `None` = as the cluster spec says.
    pub threshold_ppm: Option<u32>,
    /// When data may be moved for balance; repairs are made at any time. `None` = always.
    pub window: Option<DailyWindow>,
    /// Bytes that may be moved for balance in a day (UTC).
    pub bytes_per_day: Option<u64>,
    /// A node that does not answer for so long is declared lost; `None` = never.
    pub fail_after: Option<Duration>,
    /// A node that is Down for so long is repaired; `None` = never.
    pub repair_after: Option<Duration>,
    /// Copies are rebuilt even while a whole zone or more than a tenth of the nodes is Down.
    pub allow_mass_repair: bool,
    /// What is past its retention goes, behind each round.
    pub expire: bool,
    /// What is larger than the cluster spec says is split, behind each round.
    pub split: bool,
    /// The small segments of closed time buckets are merged, behind each round.
    pub compact: bool,
    /// Plans are made and not executed.
    pub dry_run: bool,
    /// So many rounds; `None` = until it is stopped.
    pub rounds: Option<u64>,
    /// How moves are executed.
    pub execution: ExecutionSettings,
}

impl Default for AutoSettings {
    fn default() -> Self {
        Self {
            interval: None,
            threshold_ppm: None,
            window: None,
            bytes_per_day: None,
            fail_after: None,
            repair_after: Some(REPAIR_AFTER_DEFAULT),
            allow_mass_repair: false,
            expire: false,
            split: false,
            compact: false,
            dry_run: false,
            rounds: None,
            execution: ExecutionSettings::default(),
        }
    }
}

/// A node that is down for ten minutes is repaired, as in Ceph (`mon_osd_down_out_interval`): most come back before.
pub const REPAIR_AFTER_DEFAULT: Duration = Duration::from_secs(600);

/// Nodes are looked at three times, and not more than once a second, before one is declared lost.
pub(super) const LOOK_EVERY_MIN: Duration = Duration::from_secs(1);
/// Nodes are looked at so often at least.
pub(super) const LOOK_EVERY_MAX: Duration = Duration::from_secs(30);

impl AutoSettings {
    /// How often nodes are looked at.
    pub(super) fn look_every(&self) -> Duration {
        self.fail_after.map_or(LOOK_EVERY_MAX, |after| (after / 4).clamp(LOOK_EVERY_MIN, LOOK_EVERY_MAX))
    }

    /// Whether anything is split or compacted.
    pub(super) fn has_upkeep(&self) -> bool {
        self.split || self.compact
    }

    /// What was asked for, by the words of the command line.
    #[must_use]
    pub fn words(&self) -> BTreeMap<String, String> {
        let seconds = |time: Duration| format!("{}s", time.as_secs());
        let Self { interval, threshold_ppm, window, bytes_per_day, fail_after, repair_after, .. } = self;
        let words = [
            ("interval", interval.map(seconds)),
            ("threshold", threshold_ppm.map(|ppm| format!("{}%", f64::from(ppm) / 10_000.0))),
            ("window", window.map(|window| window.to_string())),
            ("bytes-per-day", bytes_per_day.map(|bytes| bytes.to_string())),
            ("fail-after", fail_after.map(seconds)),
            ("repair-after", Some(repair_after.map_or_else(|| "never".to_owned(), seconds))),
            ("allow-mass-repair", self.allow_mass_repair.then(|| "true".to_owned())),
            ("expire", self.expire.then(|| "true".to_owned())),
            ("split", self.split.then(|| "true".to_owned())),
            ("compact", self.compact.then(|| "true".to_owned())),
            ("dry-run", self.dry_run.then(|| "true".to_owned())),
        ];
        words.into_iter().filter_map(|(word, value)| Some((word.to_owned(), value?))).collect()
    }
}
