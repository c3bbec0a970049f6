//! Planning a rebalance: targets, lower bound, moves, schedule; and the independent checker.
//!
//! A pure function from a [`Layout`] and [`Settings`] to a [`Plan`]: no clock, no random source but a fixed seed made from
//! the input, integer comparisons only. The same input gives the same plan, byte for byte, on every machine.
//!
//! Invariant: nothing here reads or writes a store; what a plan does not do is said in its `unplanned`.

mod apply;
pub mod bound;
pub mod census;
pub mod check;
mod chosen;
mod compose;
pub mod document;
pub mod error;
mod flow;
pub mod future;
pub mod layout;
pub mod leaders;
mod limit;
pub mod loads;
pub mod mass;
mod memory;
pub mod plan;
mod propose;
mod reasons;
pub mod roles;
pub mod schedule;
mod search;
pub mod settings;
mod sorting;
pub mod targets;

pub use compose::plan;
pub use error::PlanError;
pub use future::future_moves;
pub use layout::{Layout, LayoutError, LayoutNode};
pub use plan::{Move, MoveKind, MoveReason, Plan, Unplanned, UnplannedReason};
pub use roles::{Hold, NodeRole};
pub use settings::{Prefer, Settings};
