//! Executing moves: many partitions at once, each driven through the machine of [`crate::migration`] to its rest.

pub mod event;

pub use event::{ExecutionEvent, Listener, MoveLabel, MovePhase, Totals, WaitsFor};
