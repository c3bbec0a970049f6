//! Plans executed by the real program, on an embedded store and on a real etcd, with real segments in real directories.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

mod support;
mod support_etcd;

#[path = "execution/history.rs"]
mod history;
#[path = "execution/lab.rs"]
mod lab;

#[path = "faults/amount.rs"]
mod amount;
#[path = "execution/auto.rs"]
mod auto;
#[path = "execution/crashes.rs"]
mod crashes;
#[path = "execution/damage.rs"]
mod damage;
#[path = "execution/ends.rs"]
mod ends;
#[path = "execution/faults.rs"]
mod faults;
#[path = "execution/faulty_storage.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod faulty_storage;
#[path = "execution/faulty_store.rs"]
mod faulty_store;
#[path = "execution/operators.rs"]
mod operators;
#[path = "execution/steering.rs"]
mod steering;
#[path = "execution/watching.rs"]
mod watching;
#[path = "execution/whole.rs"]
mod whole;
#[path = "execution/world.rs"]
mod world;
