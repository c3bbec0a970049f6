//! `data query` on real directories, through the command line.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

#[path = "query/damage.rs"]
mod damage;
#[path = "query/engine.rs"]
mod engine;
#[path = "query/filters.rs"]
mod filters;
#[path = "query/garbage.rs"]
mod garbage;
#[path = "query/pruning.rs"]
mod pruning;
#[path = "query/sealed.rs"]
mod sealed;
#[path = "query/sessions.rs"]
mod sessions;
mod support;
#[path = "query/traces.rs"]
mod traces;
#[path = "query/world.rs"]
mod world;
