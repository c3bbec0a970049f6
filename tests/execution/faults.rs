//! Every call to the store and to the data of nodes goes wrong once, in each way; then the same command again, if need be.

use std::sync::Arc;
use std::time::Duration;

use otlp_part::model::SplitMix64;

use crate::amount::is_full;
use crate::faulty_storage::{Trouble, Weather};
use crate::faulty_store::{Fault, Faulty};
use crate::history;
use crate::world::{Owners, Task, World, in_jumping_time};

/// The same command is given at most so often after the first time.
const AGAIN_MAX: usize = 3;

/// So many undisturbed executions, of which the fewest calls count.
const RUNS: usize = 8;

/// So many pairs of faults for each plan.
const PAIRS: usize = 150;

/// So many faults are named in messages.
const SHOWN_MAX: usize = 4;

/// So many calls come before the lock is taken.
const CALLS_BEFORE_THE_LOCK: usize = 4;

/// What an undisturbed execution leaves, and how many calls it takes at the least.
struct Undisturbed {
    task: Task,
    owners: Owners,
    store_calls: usize,
    /// Those that need space.
    store_puts: usize,
    storage_calls: usize,
}

/// Between them the plans make moves of all kinds.
fn undisturbed() -> [Undisturbed; 3] {
    let balance = (Task::Balance, vec!["remove", "replica"]);
    [balance, (Task::Repair, vec!["repair"]), (Task::Leaders, vec!["leader"])]
        .map(|(task, kinds)| in_jumping_time(undisturbed_of(task, &kinds)))
}

async fn undisturbed_of(task: Task, kinds: &[&str]) -> Undisturbed {
    let mut least: Option<Undisturbed> = None;
    for _ in 0..RUNS {
        let world = World::new(task).await;
        assert_eq!(world.kinds(), kinds.iter().copied().collect());
        let before = world.owners().await;
        let (store, weather) = (Faulty::new(world.store.clone(), vec![]), Weather::calm());
        let outcome = world.execute(&store, &weather).await.unwrap();
        assert!(outcome.is_whole(), "{outcome:?}");
        world.check_rest("undisturbed").await;
        let owners = world.owners().await;
        assert!(owners != before || task == Task::Repair);
        assert!(history::check_store(&world.store).await > 1 || task == Task::Leaders);
        let (store_calls, store_puts, storage_calls) = (store.calls(), store.puts(), weather.calls());
        let run = least.get_or_insert(Undisturbed { task, owners, store_calls, store_puts, storage_calls });
        run.store_calls = run.store_calls.min(store_calls);
        run.store_puts = run.store_puts.min(store_puts);
        run.storage_calls = run.storage_calls.min(storage_calls);
    }
    least.unwrap()
}

/// Executes in spite of faults, until it is whole; it must come to the undisturbed end. Gives whether all faults were felt.
fn survives(undisturbed: &Undisturbed, faults: Vec<(usize, Fault)>, weather: &Arc<Weather>) -> bool {
    let Undisturbed { task, owners: end, .. } = undisturbed;
    let (what, count) = (format!("{task:?}, {:?}, {weather:?}", &faults[..faults.len().min(SHOWN_MAX)]), faults.len());
    in_jumping_time(async {
        let world = World::new(*task).await;
        let store = Faulty::new(world.store.clone(), faults);
        let mut last = None;
        // While there is no space each execution makes but a few calls.
        let full = |(_, fault): &(usize, Fault)| if let Fault::OutOfSpace(calls) = fault { *calls } else { 0 };
        // Many faults may end many executions; one or two do not.
        let again_max = AGAIN_MAX + count.saturating_sub(2) + store.faults().iter().map(full).sum::<usize>();
        for again in 0..=again_max {
            // The second time the weather is fine.
            let calm = Weather::calm();
            let outcome = world.execute(&store, if again == 0 { weather } else { &calm }).await;
            let is_whole = outcome.as_ref().is_ok_and(|outcome| outcome.is_whole());
            last = Some(outcome);
            if is_whole {
                break;
            }
            tokio::time::sleep(Duration::from_secs(20)).await;
        }
        let whole = matches!(&last, Some(Ok(outcome)) if outcome.is_whole());
        assert!(whole, "{what}: {last:?}");
        if weather.gone().is_some() {
            // What was left on a node that went away is deleted when it is back.
            assert!(world.execute(&store, &Weather::calm()).await.unwrap().is_whole(), "{what}");
        }
        store.arrive().await;
        // A lock whose return was lost ends with its lease.
        tokio::time::sleep(Duration::from_secs(60)).await;
        world.check_rest(&what).await;
        assert_eq!(&world.owners().await, end, "{what}");
        // Neither what does not answer nor one bad moment makes a copy that is to be repaired.
        assert!(world.marks().await.is_empty(), "{what}: {:?}", world.marks().await);
        history::check_store(&world.store).await;
        store.hits() >= count
    })
}

/// What it has freed in the store it may take again, though it was never told that it is free.
#[test]
fn every_reply_that_frees_slots_may_be_lost() {
    in_jumping_time(async {
        let mut world = World::new(Task::SameTarget).await;
        world.per_node = Some(1);
        let store = Faulty::new(world.store.clone(), vec![(usize::MAX, Fault::FreedUntold)]);
        let calm = Weather::calm();
        let executing = tokio::time::timeout(Duration::from_secs(600), world.execute(&store, &calm));
        let outcome = executing.await.expect("it waits for a slot without end").unwrap();
        assert!(outcome.is_whole(), "{outcome:?}");
        assert_eq!(store.hits(), 2);
        world.check_rest("freed untold").await;
    });
}

/// The calls of an execution between which one in a few goes wrong: when it has begun, until it is nearly over.
const OFTEN: std::ops::Range<usize> = 12..300;

#[test]
fn replies_may_be_lost_again_and_again() {
    for undisturbed in &undisturbed() {
        for every in 2..=7 {
            for first in 0..every {
                let calls = (OFTEN.start + first..OFTEN.end).step_by(every);
                survives(undisturbed, calls.map(|call| (call, Fault::LostReply)).collect(), &Weather::calm());
            }
        }
    }
}

#[test]
fn any_call_to_the_store_may_be_lost_before_or_behind_it_or_come_late() {
    let late: &[usize] = if is_full() { &[1, 2, 3, 4, 5, 7, 10, 14, 20, 30, 45, 60] } else { &[1, 7] };
    let faults =
        || [Fault::LostRequest, Fault::LostReply].into_iter().chain(late.iter().map(|&calls| Fault::Late(calls)));
    let mut felt = 0;
    for undisturbed in &undisturbed() {
        for fault in faults() {
            for call in 0..undisturbed.store_calls {
                let hit = survives(undisturbed, vec![(call, fault)], &Weather::calm());
                assert!(hit, "{fault:?} at {call} was not felt");
                felt += 1;
            }
        }
    }
    println!("{felt} calls were lost, unanswered, or carried out late");
    assert!(felt >= if is_full() { 1200 } else { 300 }, "{felt}");
}

#[test]
fn the_lease_may_end_at_any_call() {
    for undisturbed in &undisturbed() {
        let hit = |call: &usize| survives(undisturbed, vec![(*call, Fault::LeaseEnds)], &Weather::calm());
        let hits = (0..undisturbed.store_calls).filter(hit).count();
        // Before the lock is taken there is none to lose.
        assert!(hits + CALLS_BEFORE_THE_LOCK >= undisturbed.store_calls, "{hits} of {}", undisturbed.store_calls);
    }
}

#[test]
fn the_store_may_be_full_for_a_while_from_any_call_on() {
    for undisturbed in &undisturbed() {
        for calls in [1, 5, 40] {
            for put in 0..undisturbed.store_puts {
                let hit = survives(undisturbed, vec![(put, Fault::OutOfSpace(calls))], &Weather::calm());
                assert!(hit, "{:?}: {calls} from {put} were not felt", undisturbed.task);
            }
        }
    }
}

#[test]
fn faults_may_come_in_pairs() {
    let mut random = SplitMix64::new(11);
    let kinds =
        [Fault::LostRequest, Fault::LostReply, Fault::Late(2), Fault::Late(9), Fault::LeaseEnds, Fault::OutOfSpace(6)];
    for undisturbed in &undisturbed() {
        let mut hits = 0;
        for _ in 0..PAIRS {
            let mut below = |n: usize| usize::try_from(random.next_u64() % n as u64).unwrap();
            let mut fault = || {
                let kind = kinds[below(kinds.len())];
                let is_put = matches!(kind, Fault::OutOfSpace(_));
                (below(if is_put { undisturbed.store_puts } else { undisturbed.store_calls }), kind)
            };
            hits += usize::from(survives(undisturbed, vec![fault(), fault()], &Weather::calm()));
        }
        // Both, but where a lease was to end before there was one, or the first had spared the second its call.
        assert!(hits * 5 >= PAIRS * 4, "both were felt in {hits} of {PAIRS} pairs");
    }
}

#[test]
fn any_call_to_the_data_may_fail_or_be_the_last_that_a_node_answers() {
    for undisturbed in &undisturbed() {
        for trouble in [Trouble::Before, Trouble::After, Trouble::Gone] {
            for call in 0..undisturbed.storage_calls {
                let weather = Weather::of(call, trouble);
                survives(undisturbed, vec![], &weather);
                assert!(weather.calls() > call, "{trouble:?} at {call} was not felt");
                assert_eq!(weather.gone().is_some(), trouble == Trouble::Gone);
            }
        }
    }
}

#[test]
fn from_anywhere_it_is_aborted_and_goes_back() {
    for Undisturbed { task, store_calls, .. } in undisturbed() {
        for call in 0..store_calls {
            in_jumping_time(stopped_aborted_undone(task, call));
        }
    }
}

async fn stopped_aborted_undone(task: Task, call: usize) {
    let world = World::new(task).await;
    let before = world.owners().await;
    // The lease ends, so that it stops there.
    let store = Faulty::new(world.store.clone(), vec![(call, Fault::LeaseEnds)]);
    let _ = world.execute(&store, &Weather::calm()).await;
    let what = format!("{task:?}, stopped at {call}");
    let aborted = world.abort_all().await.unwrap();
    assert!(aborted.failures.is_empty() && aborted.halted.is_none(), "{what}: {aborted:?}");
    world.check_rest(&what).await;
    let back = world.roll_back().await.unwrap();
    assert!(back.is_whole(), "{what}: {back:?}");
    world.check_rest(&what).await;
    let after = world.owners().await;
    for (id, owners) in &before {
        // A copy that was given up because there was one too many is not made again.
        if !id.ends_with("0003") {
            assert_eq!(&after[id], owners, "{what}: {id}");
        }
    }
    history::check_store(&world.store).await;
}
