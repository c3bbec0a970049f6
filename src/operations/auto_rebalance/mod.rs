//! Rebalancing without being asked each time: one process leads, others stand by.
//!
//! ```text
//! service    leadership by a lease -> at the same time: rounds, looks at nodes, renewal of the lease
//! round      decide -> record the plan -> execute it (its own lock, held only meanwhile) -> say how it ended
//! decide     read, plan, judge: paused, busy, window, bytes of the day, time before repair, mass loss
//! expire     behind a round: what is past its retention goes, where that is asked for
//! upkeep     behind that: what is too large is split, and many small segments become few, where that is asked for
//! watchdog   look at every node -> away for long enough, and not many at once: Down, and others lead
//! ```
//!
//! Invariant: it does nothing that an operator could not do by `plan-rebalance`, `execute-rebalance`, `partition expire`,
//! `partition split`, `data compact` and `node fail`, by the same code and the same transactions; losing the lead, at any point,
//! costs work and never data.

mod budget;
mod decide;
mod event;
mod expire;
mod health;
mod probe;
mod rehearse;
mod round;
mod service;
mod settings;
mod status;
mod upkeep;
mod view;
mod watchdog;
mod window;

pub use budget::DayLedger;
pub use event::{AutoEvent, AutoListener};
pub use health::{Away, Health, LOOKS_MIN, Look, Verdict};
pub use rehearse::rehearse;
pub use service::{AutoRebalancer, Ended};
pub use settings::{AutoSettings, REPAIR_AFTER_DEFAULT};
pub use status::{
    AUTO_STATUS_SCHEMA, AutoStatus, CompactedSince, ExpiredSince, FailedOver, Round, RoundResult, SplitSince,
};
pub use view::{AutoState, AutoView};
pub use window::{DailyWindow, WindowError};
