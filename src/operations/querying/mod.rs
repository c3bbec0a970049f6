//! `data query`: records of a trace or of a range of time, out of the nodes' data.
//!
//! ```text
//! targets   time, hash, records -> partitions, with copies and repair marks
//! listing   replicas, nearest first -> which segments there are
//! sidecar   as much of one as is needed -> said: what it says of what is asked
//! glance    a small segment at once, if all of it is as it should be; else, and if it is large:
//! segment   the first sound one -> which frames can hold something
//! frames, whole   bytes -> CRC -> requests -> pick: what matches, duplicates held back
//! merge     in the order of time, in bounded memory -> out
//! ```
//!
//! Invariant: nothing is given out that did not verify, where there is something to verify it by; what one copy does not give
//! is read from the next; what none gives is in the report, never silently left out.
//! Invariant: memory is bounded: 48 MiB of records that wait for their turn, in at most 72 MiB of memory, four runs of 2 MiB in
//! work or up to sixteen smaller ones, sixteen small segments of 512 KiB of requests, four whole sidecars of 16 MiB, 105 MB of
//! span ids; a single request may have up to 64 MiB.
//! Never: it writes nothing, not even a repair mark. A query works on read-only stores and changes no revision; whoever may
//! write is told the command that repairs (`data scrub --repair`), which looks at the whole copy first.

mod dedup;
mod engine;
mod filter;
mod frames;
mod glance;
mod group;
mod listing;
mod merge;
mod pick;
mod queue;
mod replicas;
mod report;
mod said;
mod segment;
mod sidecar;
mod targets;
mod waiting;
mod whole;

pub use engine::{Query, Sink, run};
pub use filter::{Filter, nanos_of};
pub use group::{Group, Picked, RowDetails};
pub use pick::{Grain, Tally};
pub use report::{Damage, Figures, Kept, Loss, LossKind, PartitionReport, ReplicaReport, ReplicaUse, Report, SkipRule};
pub use targets::{Metadata, Wanted, When};
