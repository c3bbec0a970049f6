//! The migration protocol, model-checked: the very functions that the executor runs (`migration::start`, `migration::next`)
//! against every interleaving of two executors, a writer, crashes, lost and late transactions, an expiring lease, a node that
//! dies and an operator who aborts.
//!
//! `OTLP_PART_MODEL=large cargo test --release --test migration_model` checks everything at once, too; it needs much memory.

// The size is asked for in the environment.
#![allow(clippy::disallowed_methods)]

#[path = "migration_model/mistakes.rs"]
mod mistakes;
#[path = "migration_model/model.rs"]
mod model;
#[path = "migration_model/rest.rs"]
mod rest;
#[path = "migration_model/store.rs"]
mod store;
#[path = "migration_model/world.rs"]
mod world;

use stateright::{Checker, Model};

use model::{Protocol, Sizes};

fn checked(protocol: Protocol) -> usize {
    let checker = protocol.checker().threads(2).spawn_bfs().join();
    checker.assert_properties();
    checker.unique_state_count()
}

#[test]
fn a_move_survives_executors_that_fail() {
    assert!(checked(Protocol::moving(Sizes::executors_fail())) > 10_000, "the model explores nothing");
}

#[test]
fn a_move_survives_nodes_that_fail() {
    assert!(checked(Protocol::moving(Sizes::nodes_fail())) > 10_000, "the model explores nothing");
}

#[test]
fn a_move_survives_writers() {
    assert!(checked(Protocol::moving(Sizes::writers_race())) > 10_000, "the model explores nothing");
}

#[test]
fn there_and_back_survives_everything() {
    assert!(checked(Protocol::there_and_back(Sizes::late())) > 10_000, "the model explores nothing");
}

#[test]
fn a_repair_survives_everything() {
    assert!(checked(Protocol::repairing(Sizes::executors_fail())) > 1_000, "the model explores nothing");
}

#[test]
fn all_at_once_on_demand() {
    if std::env::var("OTLP_PART_MODEL").is_ok_and(|size| size == "large") {
        assert!(checked(Protocol::moving(Sizes::large())) > 1_000_000, "the model explores nothing");
    }
}
