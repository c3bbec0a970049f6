//! The planner from outside: its checker with plans that are wrong in every way, and properties on random clusters.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

#[path = "planner/checker.rs"]
mod checker;
#[path = "planner/instances.rs"]
mod instances;
#[path = "planner/oracle.rs"]
mod oracle;
#[path = "planner/promises.rs"]
mod promises;
#[path = "planner/properties.rs"]
mod properties;
