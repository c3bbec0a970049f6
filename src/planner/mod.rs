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
pub mod document;
pub mod exact;
pub mod layout;
pub mod leaders;
pub mod loads;
pub mod plan;
pub mod schedule;
pub mod settings;
pub mod targets;

pub use layout::{Hold, Layout, LayoutError, LayoutNode, NodeRole};
pub use plan::{Move, MoveKind, MoveReason, Plan, Unplanned, UnplannedReason};
pub use settings::{Prefer, Settings};
