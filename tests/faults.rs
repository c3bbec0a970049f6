//! Executions killed, robbed of their lock, cut off and run against each other: the real program, a real etcd, data in
//! directories.
//!
//! Invariant that is checked: whatever is done to an execution, the same command again, or somebody else's, comes to the end
//! that an undisturbed one comes to; nothing is left over, every byte is there by a checksum of the test's own, and what must
//! hold at every revision does so in the whole history of etcd. Every fault is seen to have hit where it was aimed.
//!
//! A run tries part of all faults; `OTLP_PART_FAULTS=full` tries all of them.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;
mod support_etcd;

#[path = "execution/history.rs"]
mod history;
#[path = "execution/lab.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod lab;

#[path = "faults/amount.rs"]
mod amount;
#[path = "faults/checksums.rs"]
mod checksums;
#[path = "faults/compaction.rs"]
mod compaction;
#[path = "faults/cuts.rs"]
mod cuts;
#[path = "faults/disks.rs"]
mod disks;
#[path = "faults/interrupts.rs"]
mod interrupts;
#[path = "faults/kills.rs"]
mod kills;
#[path = "faults/lost.rs"]
mod lost;
#[path = "faults/members.rs"]
mod members;
#[path = "faults/operators.rs"]
mod operators;
#[path = "faults/random.rs"]
mod random;
#[path = "faults/recorder.rs"]
mod recorder;
#[path = "faults/replies.rs"]
mod replies;
#[path = "faults/space.rs"]
mod space;
#[path = "faults/stage.rs"]
mod stage;
#[path = "faults/stopped.rs"]
mod stopped;
