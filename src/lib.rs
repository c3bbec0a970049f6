//! The library behind `otlp-part`, an operator's tool over a partitioned OTLP (OpenTelemetry) store.
//!
//! Floors, imports go down only (kept by `tests/tidy.rs`):
//!
//! ```text
//! 7  cli            arguments, one file per subcommand, clock, exit codes
//! 6  output         the one door to the terminal
//! 5  operations     what a command does, through the ports
//! 4  metadata       SQLite, snapshot and in-memory stores
//!    storage        the data of nodes: directories, object stores, memory; the operator's own mover
//! 3  ports          metadata: versioned keys, transactions, watch, leases; key layout and codec; clock
//!                   storage: the segments of the copies on a node
//!    segment        the segments that this tool writes: frames, sidecar, index
//! ========== below: no runtime, no clock, no random source, no file, no environment
//! 2  routing        owners of a key or a range of time, locality, explanation
//!    planner        lower bound, moves, schedule of a rebalance; the checker of plans
//!    migration      one operation on a partition as a state machine: what was read in, next step out
//!    otlp           OTLP bytes into routing units and raw slices
//! 1  partitioner    routing key -> partition
//!    placement      partition -> nodes
//! 0  model          ids, time, sizes, hash streams, records
//! ```

pub mod cli;
pub mod metadata;
pub mod migration;
pub mod model;
pub mod operations;
pub mod otlp;
pub mod output;
pub mod partitioner;
pub mod placement;
pub mod planner;
pub mod ports;
pub mod routing;
pub mod segment;
pub mod storage;
