//! Writing telemetry: requests in, replicated segments out.
//!
//! ```text
//! collect    requests -> records by partition, signal and encoding, until a batch is full      Collector -> Batch
//! commit     for each segment of the batch, as its partition stands:
//!              view        record, extension and repair marks of its time bucket, made on first use
//!              replicate   the same bytes to every node that holds it, at the same time
//!              marks       who missed it has a repair mark before anybody is told that it is safe
//!              view again  what was read may be at most five seconds old when it is acknowledged
//! count      sizes and counts into the records
//! ```
//!
//! Invariant: a batch is acknowledged when each of its segments is durable on a quorum of copies that are listed and without a
//! repair mark, by a view of an `Active` record that is at most [`VIEW_AGE_MAX`] old; every listed copy that misses one has its
//! mark in the store by then. A move begins to copy ten seconds after the record has ceased to be `Active`, so it copies all that
//! was acknowledged.
//! Invariant: a segment's name says its batch, and a batch's id what was written: the same input again adds nothing.
//! Invariant: memory is bounded by one batch: nothing is read on before it is acknowledged.

mod collect;
mod count;
mod counted;
mod error;
mod mark;
mod replicate;
mod reroute;
mod round;
mod settings;
mod view;
mod writer;

use std::time::Duration;

pub use collect::{Added, Batch, Collector, Ready, SegmentKey};
pub use counted::{Counted, Refused};
pub use error::WriteError;
pub use settings::{BatchKey, Quorum, WriteSettings};
pub use writer::{Acknowledged, Listener, Unwritten, WriteEvent, Writer, WriterParts, Written};

/// The oldest view by which anything is acknowledged.
pub const VIEW_AGE_MAX: Duration = Duration::from_secs(5);
