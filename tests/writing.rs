//! Telemetry written into a store: what goes in lies in it, on every copy, whatever happens meanwhile.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

mod support;
mod support_etcd;

#[path = "faults/amount.rs"]
mod amount;
#[path = "writing/cuts.rs"]
mod cuts;
#[path = "writing/disk.rs"]
mod disk;
#[path = "writing/faults.rs"]
mod faults;
#[path = "execution/faulty_storage.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod faulty_storage;
#[path = "execution/faulty_store.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod faulty_store;
#[path = "writing/kills.rs"]
mod kills;
#[path = "writing/moves.rs"]
mod moves;
#[path = "writing/nodes.rs"]
mod nodes;
#[path = "writing/program.rs"]
mod program;
#[path = "writing/sample.rs"]
mod sample;
#[path = "writing/stored.rs"]
mod stored;
#[path = "writing/world.rs"]
mod world;
