//! Partitions that are expired: in memory with everything going wrong once, by the real program with a kill at every place,
//! and as a model.
//!
//! Invariant that is checked: whatever is done to a run, the same command again, or an execution's recovery, comes to the end
//! that an undisturbed run comes to; what is kept is kept byte for byte; and whenever a copy is deleted, its journal stands and
//! says so.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;
mod support_etcd;

#[path = "execution/faulty_storage.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod faulty_storage;
#[path = "execution/faulty_store.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod faulty_store;
#[path = "execution/lab.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod lab;
#[path = "execution/world.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod world;

#[path = "expiry/command.rs"]
mod command;
#[path = "expiry/faults.rs"]
mod faults;
#[path = "expiry/kills.rs"]
mod kills;
#[path = "expiry/model.rs"]
mod model;
#[path = "expiry/realm.rs"]
mod realm;
