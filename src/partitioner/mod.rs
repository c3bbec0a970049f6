//! From routing keys to partitions: time, hash, range, composite and split partitioners.
//!
//! Invariant: the same key, time and partitioning give the same partition in every release and on every machine.
//! Never: it does not know nodes, records or clocks.

pub mod composite;
pub mod hash;
pub mod range;
pub mod split;
pub mod time;

pub use composite::{CompositePartitioner, Located};
pub use hash::HashPartitioner;
pub use range::RangePartitioner;
pub use time::TimePartitioner;
