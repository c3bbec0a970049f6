//! Scrubbing: every copy of a partition against its sidecars and against the other copies, and the repair of what is bad.
//!
//! ```text
//! select   which partitions, by their records
//! look     one partition: its metadata in one read, all its copies at once
//! judge    what is wrong, and what can be done about it: a pure function
//! repair   mark -> quarantine -> made anew from a good copy, read back -> looked at again -> mark and quarantined files go
//! ```
//!
//! Invariant: nothing bad is touched before a good copy of it was read, and its bytes are kept until the good one was read back
//! from its place. Killed or stopped anywhere, the same command goes on from what is stored.
//!
//! Never: no terminal.

pub mod finding;
pub mod judge;
mod ledger;
pub mod look;
pub mod repair;
pub mod report;
mod restore;
pub mod select;

pub use finding::{Finding, Prospect, What};
pub use judge::{Held, Judgement, Replica, judge};
pub use look::{Away, Looker};
pub use repair::Mender;
pub use report::{CountersChange, Fate, PartitionReport, Reported};
pub use select::{Sample, Scope, Selection, select};
