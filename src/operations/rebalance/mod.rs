//! Rebalancing: what the planner is given, and what becomes of its plans.

pub mod load;
pub mod planning;
pub mod recorded;
pub mod timeline;

pub use load::{LayoutOptions, LoadedLayout};
