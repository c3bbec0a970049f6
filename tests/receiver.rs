//! `data write --listen`: the real program on a port of its own, an embedded store, data in directories.
//!
//! Invariant that is checked: what was answered 200 lies on a quorum of copies, every listed copy that misses it has a repair
//! mark, and what lies there are the bytes of the records that were sent.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

#[path = "receiver/bad.rs"]
mod bad;
#[path = "receiver/client.rs"]
mod client;
#[path = "receiver/encodings.rs"]
mod encodings;
#[path = "receiver/ends.rs"]
mod ends;
#[path = "receiver/kills.rs"]
mod kills;
#[path = "receiver/nodes.rs"]
mod nodes;
#[path = "receiver/pressure.rs"]
mod pressure;
#[path = "receiver/sample.rs"]
mod sample;
#[path = "writing/stored.rs"]
mod stored;
#[path = "receiver/world.rs"]
mod world;

#[path = "faults/amount.rs"]
mod amount;
