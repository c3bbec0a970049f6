//! Every call to the store and to the data of nodes goes wrong once, in each way; kills at every place; several at once.

use std::sync::Arc;
use std::time::Duration;

use otlp_part::model::SplitMix64;
use otlp_part::operations::OperationError;
use otlp_part::operations::executing::crash::EXPIRY_POINTS;
use otlp_part::ports::StoreError;

use crate::faulty_storage::{Trouble, Weather};
use crate::faulty_store::{Fault, Faulty};
use crate::realm::{EXPIRED, Realm};
use crate::world::in_jumping_time;

/// The same command is given at most so often after the first time.
const AGAIN_MAX: usize = 4;
/// So many pairs of faults.
const PAIRS: usize = 200;
/// No partition or wave passes a place more often.
const TIMES_MAX: usize = 12;

/// Calls of an undisturbed run to the store, those of them that need space, and calls to the data of nodes.
fn undisturbed() -> (usize, usize, usize) {
    in_jumping_time(async {
        let realm = Realm::new().await;
        let (store, weather) = (Faulty::new(realm.store.clone(), vec![]), Weather::calm());
        let outcome = realm.expire(&store, &weather).await.unwrap();
        assert!(outcome.is_whole() && outcome.passed_over.is_empty(), "{outcome:?}");
        let copies: u64 = EXPIRED.iter().map(|(_, holders)| holders.len() as u64).sum();
        assert_eq!((outcome.expired, outcome.bytes, outcome.orphans()), (EXPIRED.len() as u64, copies * 300, 0));
        realm.check_end("undisturbed").await;
        (store.calls(), store.puts(), weather.calls())
    })
}

/// Again and again, until nothing is left to do; gives how many runs it took.
async fn until_whole(realm: &Realm, store: &Faulty, first: &Arc<Weather>, what: &str, again_max: usize) {
    let calm = Weather::calm();
    let mut last = None;
    for again in 0..=again_max {
        let outcome = realm.expire(store, if again == 0 { first } else { &calm }).await;
        let is_whole = outcome.as_ref().is_ok_and(|outcome| outcome.is_whole() && outcome.passed_over.is_empty());
        last = Some(outcome);
        if is_whole {
            break;
        }
        tokio::time::sleep(Duration::from_secs(20)).await;
    }
    assert!(matches!(&last, Some(Ok(outcome)) if outcome.is_whole()), "{what}: {last:?}");
}

fn survives(faults: Vec<(usize, Fault)>, weather: &Arc<Weather>) -> bool {
    let (what, count) = (format!("{faults:?}, {weather:?}"), faults.len());
    in_jumping_time(async {
        let realm = Realm::new().await;
        let full = |(_, fault): &(usize, Fault)| if let Fault::OutOfSpace(puts) = fault { *puts } else { 0 };
        let again_max = AGAIN_MAX + faults.iter().map(full).sum::<usize>();
        let store = Faulty::new(realm.store.clone(), faults);
        until_whole(&realm, &store, weather, &what, again_max).await;
        store.arrive().await;
        // A lease whose return was lost ends by itself, and what arrived late may be a claim.
        tokio::time::sleep(Duration::from_secs(60)).await;
        until_whole(&realm, &store, &Weather::calm(), &what, again_max).await;
        // Copies on a node that went away are deleted by the next execution.
        let recovered = realm.recover(&realm.store, false).await.unwrap();
        assert!(recovered.is_whole(), "{what}: {recovered:?}");
        realm.check_end(&what).await;
        store.hits() >= count
    })
}

#[test]
fn any_call_to_the_store_may_be_lost_before_or_behind_it_or_come_late() {
    let (calls, _, _) = undisturbed();
    assert!(calls > 20, "{calls}");
    for fault in [Fault::LostRequest, Fault::LostReply, Fault::Late(1), Fault::Late(3), Fault::Late(7), Fault::Late(20)]
    {
        for call in 0..calls - 2 {
            assert!(survives(vec![(call, fault)], &Weather::calm()), "{fault:?} at {call} was not felt");
        }
    }
}

#[test]
fn the_store_may_be_full_for_a_while_from_any_call_on() {
    let (_, puts, _) = undisturbed();
    for many in [1, 3, 20] {
        for put in 0..puts {
            let hit = survives(vec![(put, Fault::OutOfSpace(many))], &Weather::calm());
            assert!(hit, "{many} from {put} were not felt");
        }
    }
}

#[test]
fn faults_may_come_in_pairs() {
    let (calls, puts, _) = undisturbed();
    let mut random = SplitMix64::new(5);
    let kinds = [Fault::LostRequest, Fault::LostReply, Fault::Late(2), Fault::Late(9), Fault::OutOfSpace(4)];
    for _ in 0..PAIRS {
        let mut below = |n: usize| usize::try_from(random.next_u64() % n as u64).unwrap();
        let mut fault = || {
            let kind = kinds[below(kinds.len())];
            (below(if matches!(kind, Fault::OutOfSpace(_)) { puts } else { calls }), kind)
        };
        survives(vec![fault(), fault()], &Weather::calm());
    }
}

#[test]
fn any_call_to_the_data_may_fail_or_be_the_last_that_a_node_answers() {
    let (_, _, calls) = undisturbed();
    assert!(calls > 20, "{calls}");
    for trouble in [Trouble::Before, Trouble::After, Trouble::Gone] {
        for call in 0..calls {
            let weather = Weather::of(call, trouble);
            survives(vec![], &weather);
            assert!(weather.calls() > call, "{trouble:?} at {call} was not felt");
            assert_eq!(weather.gone().is_some(), trouble == Trouble::Gone);
        }
    }
}

/// What goes on after a kill.
#[derive(Clone, Copy, Debug)]
enum Then {
    Again,
    Recover,
    GiveBack,
    Abort,
    Both,
}

async fn goes_on(realm: &Realm, then: Then) -> usize {
    let calm = Weather::calm();
    match then {
        Then::Again => assert!(realm.expire(&realm.store, &calm).await.unwrap().is_whole()),
        Then::Recover => assert!(realm.recover(&realm.store, false).await.unwrap().is_whole()),
        Then::GiveBack => assert!(realm.give_back().await.is_whole()),
        Then::Abort => assert!(realm.recover(&realm.store, true).await.unwrap().is_whole()),
        Then::Both => {
            let (again, recovered) =
                tokio::join!(realm.expire(&realm.store, &calm), realm.recover(&realm.store, false));
            assert!(again.unwrap().is_whole() && recovered.unwrap().is_whole());
        }
    }
    // The one that was killed is no longer said to live.
    tokio::time::sleep(Duration::from_secs(60)).await;
    realm.check_rest(&format!("{then:?}")).await
}

#[test]
fn killed_at_every_place_everybody_goes_on() {
    for place in EXPIRY_POINTS {
        let mut passed = 0;
        for time in 1..=TIMES_MAX {
            let mut is_passed = false;
            for then in [Then::Again, Then::Recover, Then::GiveBack, Then::Abort, Then::Both] {
                in_jumping_time(async {
                    let realm = Realm::new().await;
                    is_passed = realm.killed(place, time).await;
                    let gone = goes_on(&realm, then).await;
                    let is_whole = matches!(then, Then::Again | Then::Both);
                    assert!(!is_whole || gone == EXPIRED.len(), "{place} {time} {then:?}: {gone}");
                    // From wherever it was left, the command ends as one that was never disturbed.
                    assert!(realm.expire(&realm.store, &Weather::calm()).await.unwrap().is_whole());
                    realm.check_end(&format!("{place} {time} {then:?}")).await;
                });
            }
            if !is_passed {
                break;
            }
            passed += 1;
        }
        assert!(passed >= 1, "{place} was never passed");
    }
}

#[test]
fn what_is_claimed_alone_is_given_back_whole() {
    in_jumping_time(async {
        let realm = Realm::new().await;
        let before = realm.stored().await;
        assert!(realm.killed("expiry-settled", 1).await);
        let claimed = realm.stored().await;
        assert!(claimed.keys().filter(|key| key.starts_with("migrations/")).count() >= 2, "{claimed:?}");
        let outcome = realm.give_back().await;
        assert!(outcome.is_whole() && outcome.given_back >= 2 && outcome.expired == 0, "{outcome:?}");
        tokio::time::sleep(Duration::from_secs(60)).await;
        assert_eq!(realm.check_rest("given back").await, 0);
        let after = realm.stored().await;
        for (key, value) in &before {
            let mut same = after[key].clone();
            if key.starts_with("partitions/") {
                same["updated_at"] = value["updated_at"].clone();
            }
            assert_eq!(&same, value, "{key}");
        }
    });
}

/// Two that expire and one that gives back and one that executes, with calls that are lost between them.
#[test]
fn any_number_of_drivers_work_side_by_side() {
    let (calls, ..) = undisturbed();
    for call in 0..calls {
        for fault in [Fault::LostReply, Fault::Late(5)] {
            in_jumping_time(async {
                let realm = Realm::new().await;
                let what = format!("{fault:?} at {call}");
                let store = Faulty::new(realm.store.clone(), vec![(call, fault)]);
                let calm = Weather::calm();
                let (a, b, c) = tokio::join!(
                    realm.expire(&store, &calm),
                    realm.expire(&realm.store, &calm),
                    realm.recover(&realm.store, false)
                );
                // Where its first reads are lost, the command says so at once.
                let is_told = matches!(a, Err(OperationError::Store(StoreError::Unreachable { .. })));
                assert!(a.as_ref().is_ok_and(|a| a.failures.is_empty()) || is_told, "{what}: {a:?}");
                assert!(b.unwrap().failures.is_empty() && c.unwrap().failures.is_empty(), "{what}");
                store.arrive().await;
                tokio::time::sleep(Duration::from_secs(60)).await;
                assert!(realm.expire(&realm.store, &calm).await.unwrap().is_whole(), "{what}");
                realm.check_end(&what).await;
            });
        }
    }
}

#[test]
fn who_gives_back_and_who_expires_never_both_win() {
    for wait in (0..4_000).step_by(50) {
        in_jumping_time(async {
            let realm = Realm::new().await;
            let calm = Weather::calm();
            let back = async {
                tokio::time::sleep(Duration::from_millis(wait)).await;
                realm.give_back().await
            };
            let (expired, back) = tokio::join!(realm.expire(&realm.store, &calm), back);
            let (expired, what) = (expired.unwrap(), format!("after {wait} ms"));
            assert!(expired.is_whole() && back.is_whole(), "{what}: {expired:?} {back:?}");
            let gone = realm.check_rest(&what).await;
            assert!(gone <= EXPIRED.len());
        });
    }
}
