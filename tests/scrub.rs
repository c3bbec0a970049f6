//! `data scrub` by the real program on real directories, and its repair with every call to the data going wrong once.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

mod support;
mod support_etcd;

#[allow(dead_code, reason = "each test program uses a part of it")]
#[path = "execution/lab.rs"]
mod lab;

#[path = "scrub/crashes.rs"]
mod crashes;
#[path = "scrub/damages.rs"]
mod damages;
#[path = "scrub/ends.rs"]
mod ends;
#[path = "scrub/faults.rs"]
mod faults;
#[allow(dead_code, reason = "each test program uses a part of it")]
#[path = "execution/faulty_storage.rs"]
mod faulty_storage;
#[path = "scrub/stage.rs"]
mod stage;
#[allow(dead_code, reason = "each test program uses a part of it")]
#[path = "faults/stopped.rs"]
mod stopped;
