//! Golden sessions: scripts of command lines with everything that they say.
//!
//! A change that is meant: `INSTA_UPDATE=always cargo test --test golden`, then read the difference of
//! `tests/snapshots` in review as what operators and scripts will see.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

#[path = "golden/contexts.rs"]
mod contexts;
#[path = "golden/doctor.rs"]
mod doctor;
#[path = "golden/edits.rs"]
mod edits;
#[path = "golden/expiry.rs"]
mod expiry;
#[path = "golden/formats.rs"]
mod formats;
#[path = "golden/nodes.rs"]
mod nodes;
#[path = "golden/offline.rs"]
mod offline;
#[path = "golden/placed.rs"]
mod placed;
#[path = "golden/plans.rs"]
mod plans;
#[path = "golden/ranges.rs"]
mod ranges;
#[path = "golden/records.rs"]
mod records;
#[path = "golden/refusals.rs"]
mod refusals;
#[path = "golden/reports.rs"]
mod reports;
#[path = "golden/rewriting.rs"]
mod rewriting;
#[path = "golden/routes.rs"]
mod routes;
#[path = "golden/scrubs.rs"]
mod scrubs;
#[path = "golden/simulate.rs"]
mod simulate;
#[path = "golden/snapshots.rs"]
mod snapshots;
#[path = "golden/specs.rs"]
mod specs;
mod support;
#[path = "golden/trail.rs"]
mod trail;
#[path = "golden/writes.rs"]
mod writes;

/// The four nodes of the examples, without a store.
const NODES: &str = "--nodes node-1,node-2,node-3,node-4";

/// Compares a session with its file under `tests/snapshots`.
macro_rules! golden {
    ($name:literal, $session:expr) => {
        $crate::golden!($name, text: $session.log())
    };
    ($name:literal, text: $text:expr) => {
        insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true}, {
            insta::assert_snapshot!($name, $text);
        })
    };
}
use golden;
