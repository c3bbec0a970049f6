//! Rebalancing: what the planner is given, and what becomes of its plans.

pub mod load;

pub use load::{LayoutOptions, LoadedLayout};
