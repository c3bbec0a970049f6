//! Receiving telemetry: requests from many senders, written in groups, each answered when it is safe.
//!
//! ```text
//! Budget    bytes of memory that requests may hold, from their first byte to their answer
//! Intake    a request that was read comes in with a reservation and waits for its answer       (any task)
//! Queue     what has arrived while the last group was written is the next one
//! collect   records by partition, signal and encoding, on the pool for blocking work           writing::Collector
//! write     as `data write` does, partition by partition                                       writing::Writer
//! answer    who is safe, and who is not and why
//! ```
//!
//! Invariant: a request is accepted when each segment that holds a record of it is acknowledged by the writer; the others of
//! its group do not matter. What a partition does not take is told to those who have records in it, and to nobody else; only
//! what concerns all of the store is told to all.
//! Invariant: spec, nodes and the records of time buckets are read anew for each group.
//! Invariant: a batch has an id that nobody has used: a sender that repeats a request for want of an answer writes it twice, as
//! the protocol has it (at least once); queries know spans by their ids.
//! Invariant: memory is bounded by the budget, the request that is received or read beyond it, and what one group is built into.

mod budget;
mod collect;
mod engine;
mod figures;
mod intake;
mod queue;

pub use budget::{Budget, Full, Reservation};
pub use engine::{ReceiveEvent, Receiver, TOLD_EVERY};
pub use figures::{Figures, Snapshot};
pub use intake::{Accepted, Intake, NotAccepted, Ticket, intake};
pub use queue::Queue;
