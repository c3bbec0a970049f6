//! `kill -9` at every numbered place; then the same command again, or everything aborted, or somebody else.

use std::sync::Arc;

use otlp_part::operations::executing::crash::POINTS;

use crate::amount::is_full;
use crate::stage::{End, Scene, Stage, etcd, undisturbed};
use crate::support_etcd::Etcd;

/// What comes after the death.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// The same command.
    Again,
    /// `migration abort --all`, and then the same command.
    Abort,
    /// Another operator on another host, by the recorded id.
    Another,
}

pub(crate) const WAYS: [Way; 3] = [Way::Again, Way::Abort, Way::Another];

/// Undoes what is copying and finishes the rest.
pub(crate) const ABORT: [&str; 6] = ["migration", "abort", "--all", "--yes", "--grace", "0"];

/// Places that an execution passes once.
pub(crate) const ONCE: [&str; 5] = ["lock-taken", "plan-executing", "status-written", "plan-done", "lock-released"];

/// Places that only an undone operation passes.
const UNDOING: [&str; 2] = ["abort-decided", "abort-committed"];

/// The places that an execution of a scene passes, in their order.
pub(crate) fn places(scene: Scene) -> Vec<&'static str> {
    let passes = |place: &&str| {
        let of_leaders = place.starts_with("leader-");
        !UNDOING.contains(place)
            && match scene {
                Scene::Chosen => *place != "mark-committed",
                Scene::Balance | Scene::Repair => !of_leaders && *place != "mark-committed",
                Scene::Broken => *place == "mark-committed",
            }
    };
    POINTS.into_iter().filter(passes).collect()
}

/// From a death on, by one of the ways, to the end.
#[track_caller]
pub(crate) fn survive(stage: &Stage, way: Way, (begin, end): &(End, End), what: &str) {
    stage.cluster.end_lease();
    match way {
        Way::Again => stage.again(),
        Way::Abort => {
            stage.abort_all(begin, end);
            stage.again();
        }
        Way::Another => stage.by_another(),
    }
    stage.check(end, what);
}

/// Kills an execution of a scene at each of its places, the TIME-th time that it passes; gives how many that were.
fn killed(etcd: &Arc<Etcd>, scene: Scene, times: u32) -> usize {
    let ends = undisturbed(etcd, scene);
    let mut killed = 0;
    for (number, place) in places(scene).into_iter().enumerate() {
        for time in 1..=if ONCE.contains(&place) { 1 } else { times } {
            for (turn, way) in WAYS.into_iter().enumerate() {
                // A short run takes one way at each place of the other scenes.
                if !is_full() && scene != Scene::Chosen && turn != number % WAYS.len() {
                    continue;
                }
                let stage = Stage::new(etcd, scene);
                stage.dies_at(place, time, &stage.command());
                survive(&stage, way, &ends, &format!("{scene:?}, killed at {place}, time {time}, {way:?}"));
                killed += 1;
            }
        }
    }
    killed
}

#[track_caller]
fn told(scene: Scene, killed: usize, least: usize, least_full: usize) {
    println!("{scene:?}: {killed} kills at numbered places");
    assert!(killed >= if is_full() { least_full } else { least }, "{killed}");
}

#[test]
fn at_every_place_of_chosen_moves_and_leaders() {
    told(Scene::Chosen, killed(&etcd(), Scene::Chosen, if is_full() { 2 } else { 1 }), 60, 110);
}

#[test]
fn at_every_place_of_a_balance() {
    told(Scene::Balance, killed(&etcd(), Scene::Balance, if is_full() { 2 } else { 1 }), 18, 95);
}

#[test]
fn at_every_place_of_repairs() {
    told(Scene::Repair, killed(&etcd(), Scene::Repair, if is_full() { 2 } else { 1 }), 18, 95);
}

#[test]
fn where_a_broken_copy_was_marked() {
    let etcd = etcd();
    told(Scene::Broken, killed(&etcd, Scene::Broken, 1), 1, 3);
}

#[test]
fn while_operations_are_undone() {
    let etcd = etcd();
    let ends = undisturbed(&etcd, Scene::Chosen);
    for place in UNDOING.into_iter().chain(["delete-begun", "deleted", "lock-taken", "lock-released"]) {
        for way in WAYS {
            let stage = Stage::new(&etcd, Scene::Chosen);
            stage.dies_at("copied", 1, &stage.command());
            assert!(stage.cluster.end_lease());
            let ran = stage.to(place, 1, &ABORT);
            assert_eq!(ran.signal, crate::stage::KILLED, "{place} was not passed: {ran:?}");
            stage.check_death(place);
            survive(&stage, way, &ends, &format!("aborting, killed at {place}, {way:?}"));
        }
    }
}
