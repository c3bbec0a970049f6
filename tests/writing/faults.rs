//! Every call of a write goes wrong once, in every way: what is acknowledged is safe, and the same input again completes it.

use std::sync::Arc;
use std::time::Duration;

use otlp_part::operations::writing::{Quorum, WriteSettings};

use crate::faulty_storage::{Trouble, Weather};
use crate::faulty_store::{Fault, Faulty};
use crate::sample::{self, Sum, sum_of};
use crate::world::{World, in_jumping_time};

fn settings() -> WriteSettings {
    WriteSettings { batch_bytes: 4000, quorum_wait: Duration::from_secs(3), ..WriteSettings::default() }
}

fn input() -> Vec<u8> {
    sample::json_lines(31, 12).into_bytes()
}

async fn completed(world: &World, input: &[u8], what: &str) {
    let (again, _, error) = world.write(&world.store, &Weather::calm(), input, &settings(), 9, async || ()).await;
    assert!(error.is_none(), "{what}: {error:?}");
    let mut sum = Sum::default();
    for batch in &again {
        sum.add(batch.counted.records(), batch.counted.record_sum.0);
    }
    assert_eq!(sum, sum_of(input), "{what}");
    world.check_acknowledged(&again, 1, what).await;
}

#[test]
fn any_call_to_the_nodes() {
    let input = input();
    let calls = in_jumping_time(async {
        let (world, calm) = (World::new().await, Weather::calm());
        let (done, _, error) = world.write(&world.store, &calm, &input, &settings(), 1, async || ()).await;
        assert!(error.is_none() && done.len() > 2, "{error:?}");
        world.check_acknowledged(&done, 3, "calm").await;
        calm.calls()
    });
    assert!(calls > 200, "{calls}");
    let step = if crate::amount::is_full() { 1 } else { 7 };
    for trouble in [Trouble::Before, Trouble::After, Trouble::Gone] {
        for call in (0..calls).step_by(step) {
            in_jumping_time(async {
                let (world, weather) = (World::new().await, Weather::of(call, trouble));
                let what = format!("{trouble:?} at call {call}");
                let (done, _, error) = world.write(&world.store, &weather, &input, &settings(), 1, async || ()).await;
                assert!(error.is_none(), "{what}: two of three copies are enough: {error:?}");
                world.check_acknowledged(&done, 2, &what).await;
                completed(&world, &input, &what).await;
            });
        }
    }
}

#[test]
fn any_call_to_the_store() {
    let input = input();
    let calls = in_jumping_time(async {
        let world = World::new().await;
        let store = Faulty::new(world.store.clone(), vec![]);
        let (_, _, error) = world.write(&store, &Weather::calm(), &input, &settings(), 1, async || ()).await;
        assert!(error.is_none(), "{error:?}");
        store.calls()
    });
    assert!(calls > 20, "{calls}");
    for fault in [Fault::LostRequest, Fault::LostReply, Fault::Late(1), Fault::Late(3)] {
        for call in 0..calls {
            in_jumping_time(async {
                let world = World::new().await;
                let store = Faulty::new(world.store.clone(), vec![(call, fault)]);
                // A node that is away makes marks.
                let weather = if call % 2 == 0 { Weather::calm() } else { Weather::of(5, Trouble::Gone) };
                let what = format!("{fault:?} at call {call}");
                let (done, _, _) = world.write(&store, &weather, &input, &settings(), 1, async || ()).await;
                world.check_acknowledged(&done, 2, &what).await;
                completed(&world, &input, &what).await;
            });
        }
    }
}

#[test]
fn all_copies_where_all_are_asked_for() {
    in_jumping_time(async {
        let world = World::new().await;
        let settings = WriteSettings { quorum: Quorum::All, ..settings() };
        let input = input();
        let weather: Arc<Weather> = Weather::of(40, Trouble::Gone);
        let (done, _, error) = world.write(&world.store, &weather, &input, &settings, 1, async || ()).await;
        assert!(error.is_some(), "one copy cannot be written");
        world.check_acknowledged(&done, 3, "before").await;
        completed(&world, &input, "again").await;
    });
}
