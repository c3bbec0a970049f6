//! Partitions that are split and compacted: as a model, in memory with everything going wrong once and with writers beside, and by
//! the real program with a kill at every place.
//!
//! Invariant that is checked: whatever is done to a run, the same command again, or an execution's recovery, comes to the end
//! that an undisturbed run comes to, or to where it began; every record that was acknowledged lies on every listed copy, once;
//! and no copy is deleted but one that the journal gives up.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;
mod support_etcd;

#[path = "faults/amount.rs"]
mod amount;
#[path = "writing/disk.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod disk;
#[path = "execution/faulty_storage.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod faulty_storage;
#[path = "execution/faulty_store.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod faulty_store;
#[path = "writing/sample.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod sample;
#[path = "writing/stored.rs"]
mod stored;
#[path = "writing/world.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod world;

#[path = "rewriting/auto.rs"]
mod auto;
#[path = "rewriting/beside.rs"]
mod beside;
#[path = "rewriting/command.rs"]
mod command;
#[path = "rewriting/faults.rs"]
mod faults;
#[path = "rewriting/kills.rs"]
mod kills;
#[path = "rewriting/model.rs"]
mod model;
#[path = "rewriting/realm.rs"]
mod realm;
