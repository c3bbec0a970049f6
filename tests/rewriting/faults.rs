//! Every call to the store and to the data of nodes goes wrong once, in each way; kills at every place; several at once.

use std::sync::Arc;
use std::time::Duration;

use otlp_part::model::PartitionId;
use otlp_part::operations::executing::crash::REWRITE_POINTS;
use otlp_part::operations::rewriting::{Ended, Task};

use crate::amount::is_full;
use crate::faulty_storage::{Trouble, Weather};
use crate::faulty_store::{Fault, Faulty};
use crate::realm::{Realm, Rested, TARGET_BYTES};
use crate::world::in_jumping_time;

const TASKS: [Task; 2] = [Task::Split(1), Task::Compact(TARGET_BYTES)];
/// The same command is given at most so often after the first time.
const AGAIN_MAX: usize = 6;
/// A run that was killed is said to live for so long.
const LEASE: Duration = Duration::from_secs(60);

fn is_done(ended: &Rested, id: PartitionId) -> bool {
    matches!(ended.get(&id), Some(Ended::Done { .. }))
}

/// Whether what was asked for is the case.
async fn is_through(realm: &Realm, id: PartitionId, task: Task, before: usize) -> bool {
    match task {
        Task::Split(_) => realm.is_split(id).await,
        Task::Compact(_) => realm.segments(id).await < before,
        Task::GoOn | Task::Undo => true,
    }
}

/// Calls of an undisturbed run: to the store, of those that need space, and to the data.
fn undisturbed(task: Task) -> (usize, usize, usize) {
    in_jumping_time(async {
        let realm = Realm::new().await;
        realm.check_whole("before").await;
        let id = realm.largest().await;
        let (store, weather) = (Faulty::new(realm.world.store.clone(), vec![]), Weather::calm());
        let before = realm.segments(id).await;
        let ended = realm.run(&store, &weather, &[(id, task)].into()).await.unwrap();
        assert!(is_done(&ended, id), "{ended:?}");
        assert!(is_through(&realm, id, task, before).await);
        realm.check_whole("undisturbed").await;
        realm.check_again("undisturbed").await;
        (store.calls(), store.puts(), weather.calls())
    })
}

#[test]
fn undisturbed_runs_change_no_record_and_the_same_input_adds_nothing() {
    for task in TASKS {
        let (calls, puts, data) = undisturbed(task);
        println!("{task:?}: {calls} calls to the store, {puts} of them need space, {data} to the data");
        assert!(calls > 10 && data > 100, "{calls} {data}");
    }
}

/// The command again until it is through; then all is there, once.
async fn until_through(realm: &Realm, id: PartitionId, task: Task, what: &str) {
    let mut last = None;
    for _ in 0..AGAIN_MAX {
        let before = realm.segments(id).await;
        if is_through(realm, id, task, before).await && !is_in_flight(realm, id).await {
            break;
        }
        last = Some(realm.go(id, task).await);
        if matches!(last, Some(Ended::Done { .. })) {
            break;
        }
    }
    assert!(!is_in_flight(realm, id).await, "{what}: {last:?}");
    tokio::time::sleep(LEASE).await;
    // Copies on a node that went away are deleted by the next execution.
    let recovered = realm.recover(false).await;
    assert!(recovered.failures.is_empty(), "{what}: {recovered:?}");
    realm.check_whole(what).await;
}

async fn is_in_flight(realm: &Realm, id: PartitionId) -> bool {
    realm.world.stored().await.contains_key(&format!("migrations/{id}"))
}

fn survives(task: Task, faults: Vec<(usize, Fault)>, weather: &Arc<Weather>) -> bool {
    let (what, count) = (format!("{task:?} {faults:?} {weather:?}"), faults.len());
    in_jumping_time(async {
        let realm = Realm::new().await;
        let id = realm.largest().await;
        let store = Faulty::new(realm.world.store.clone(), faults);
        let _ = realm.run(&store, weather, &[(id, task)].into()).await;
        store.arrive().await;
        until_through(&realm, id, task, &what).await;
        if let Task::Split(_) = task {
            assert!(realm.is_split(id).await, "{what}");
        }
        store.hits() >= count
    })
}

#[test]
fn any_call_to_the_store_may_be_lost_before_or_behind_it_or_come_late() {
    for task in TASKS {
        let (calls, ..) = undisturbed(task);
        for fault in [Fault::LostRequest, Fault::LostReply, Fault::Late(1), Fault::Late(3), Fault::Late(7)] {
            for call in 0..calls - 1 {
                assert!(survives(task, vec![(call, fault)], &Weather::calm()), "{task:?} {fault:?} at {call}");
            }
        }
    }
}

#[test]
fn the_store_may_be_full_for_a_while_from_any_call_on() {
    for task in TASKS {
        let (_, puts, _) = undisturbed(task);
        for many in [1, 3] {
            for put in 0..puts {
                survives(task, vec![(put, Fault::OutOfSpace(many))], &Weather::calm());
            }
        }
    }
}

#[test]
fn any_call_to_the_data_may_fail_or_be_the_last_that_a_node_answers() {
    for task in TASKS {
        let (_, _, calls) = undisturbed(task);
        let step = if is_full() { 1 } else { 11 };
        for trouble in [Trouble::Before, Trouble::After, Trouble::Gone] {
            for call in (0..calls).step_by(step) {
                let weather = Weather::of(call, trouble);
                survives(task, vec![], &weather);
                assert!(weather.calls() > call, "{task:?} {trouble:?} at {call} was not felt");
            }
        }
    }
}

/// What goes on after a kill.
#[derive(Clone, Copy, Debug)]
enum Then {
    Again,
    Recover,
    Undo,
    Abort,
    Both,
}

async fn goes_on(realm: &Realm, then: Then, id: PartitionId, task: Task) {
    match then {
        Then::Again => {
            let ended = realm.go(id, task).await;
            assert!(matches!(ended, Ended::Done { .. } | Ended::Unfit(_) | Ended::Undone { .. }), "{ended:?}");
        }
        Then::Recover => drop(realm.recover(false).await),
        Then::Undo => {
            realm.go(id, Task::Undo).await;
        }
        Then::Abort => drop(realm.recover(true).await),
        Then::Both => {
            let (calm, tasks) = (Weather::calm(), [(id, task)].into());
            let _ = tokio::join!(realm.run(&realm.world.store, &calm, &tasks), realm.recover(false));
        }
    }
    assert!(!is_in_flight(realm, id).await, "{then:?}");
    tokio::time::sleep(LEASE).await;
}

#[test]
fn killed_at_every_place_everybody_goes_on() {
    for task in TASKS {
        for place in REWRITE_POINTS.iter().filter(|place| !place.contains("abort")) {
            let mut passed = 0;
            for time in [1, 2, 5] {
                for then in [Then::Again, Then::Recover, Then::Undo, Then::Abort, Then::Both] {
                    in_jumping_time(async {
                        let realm = Realm::new().await;
                        let id = realm.largest().await;
                        passed += usize::from(realm.killed(place, time, id, task).await);
                        let what = format!("{task:?} {place} {time} {then:?}");
                        goes_on(&realm, then, id, task).await;
                        realm.check_whole(&what).await;
                        until_through(&realm, id, task, &what).await;
                    });
                }
            }
            assert!(passed >= 5, "{task:?}: {place} was never passed");
        }
    }
}

#[test]
fn an_undo_that_is_killed_goes_on() {
    for task in TASKS {
        for place in [
            "rewrite-abort-decided",
            "rewrite-aborted",
            "rewrite-delete-begun",
            "rewrite-deleted",
            "rewrite-end-decided",
        ] {
            in_jumping_time(async {
                let realm = Realm::new().await;
                let id = realm.largest().await;
                assert!(realm.killed("rewrite-built", 1, id, task).await);
                assert!(realm.killed(place, 1, id, Task::Undo).await, "{place}");
                goes_on(&realm, Then::Again, id, task).await;
                until_through(&realm, id, task, place).await;
            });
        }
    }
}

#[test]
fn what_is_undone_is_as_it_was() {
    for task in TASKS {
        in_jumping_time(async {
            let realm = Realm::new().await;
            let id = realm.largest().await;
            let before = realm.world.stored().await;
            assert!(realm.killed("rewrite-built", 1, id, task).await);
            let held = realm.world.stored().await;
            assert_eq!(held[&format!("partitions/{id}")]["state"], "Migrating");
            let ended = realm.go(id, Task::Undo).await;
            assert!(matches!(ended, Ended::Undone { is_asked: true, .. }), "{ended:?}");
            tokio::time::sleep(LEASE).await;
            let after = realm.world.stored().await;
            for (key, value) in before.iter().filter(|(key, _)| !key.starts_with("audit/")) {
                let mut same = after[key].clone();
                if key.starts_with("partitions/") {
                    same["updated_at"] = value["updated_at"].clone();
                }
                assert_eq!(&same, value, "{key}");
            }
            realm.check_whole("undone").await;
        });
    }
}

#[test]
fn two_runs_and_an_execution_work_side_by_side() {
    for task in TASKS {
        for seed in 0..if is_full() { 100 } else { 12 } {
            in_jumping_time(async {
                let realm = Realm::new().await;
                let id = realm.largest().await;
                let slow = [1, 2].map(|n| Weather::slow(seed * 2 + n, Duration::from_millis(900)));
                let tasks = [(id, task)].into();
                let store = &realm.world.store;
                let (a, b, c) =
                    tokio::join!(realm.run(store, &slow[0], &tasks), realm.run(store, &slow[1], &tasks), async {
                        tokio::time::sleep(Duration::from_secs(seed)).await;
                        realm.recover(false).await
                    });
                let what = format!("{task:?} {seed}: {a:?} {b:?} {c:?}");
                assert!(!is_in_flight(&realm, id).await, "{what}");
                tokio::time::sleep(LEASE).await;
                until_through(&realm, id, task, &what).await;
            });
        }
    }
}

#[test]
fn a_journal_that_cannot_be_read_ends_it_with_an_error_and_is_never_written() {
    in_jumping_time(async {
        let realm = Realm::new().await;
        let id = realm.largest().await;
        assert!(realm.killed("rewrite-claimed", 1, id, Task::Split(1)).await);
        let key = format!("/otlp/migrations/{id}");
        let broken = r#"{"kind":"split","schema_version":1,"phase":"Copying"}"#;
        let put = otlp_part::ports::metadata::Op::put(key.clone(), broken);
        let transaction = otlp_part::ports::metadata::Transaction { compares: vec![], ops: vec![put] };
        let _ = otlp_part::ports::MetadataWrite::commit(&realm.world.store, transaction).await.unwrap();
        for task in [Task::GoOn, Task::Undo, Task::Split(1)] {
            let (calm, tasks) = (Weather::calm(), [(id, task)].into());
            let run = realm.run(&realm.world.store, &calm, &tasks);
            let ended = tokio::time::timeout(Duration::from_secs(3600), run).await.expect("it ends");
            assert!(ended.is_err_and(|error| error.to_string().contains(&key)));
        }
        assert_eq!(realm.world.stored().await[&format!("migrations/{id}")]["phase"], "Copying");
    });
}
