//! Partitions are split and compacted while they are written to: whatever was acknowledged is there afterwards, once.

use std::cell::RefCell;
use std::time::Duration;

use otlp_part::model::SplitMix64;
use otlp_part::operations::rewriting::{Ended, Task};
use otlp_part::operations::writing::WriteEvent;

use crate::amount::is_full;
use crate::faulty_storage::Weather;
use crate::realm::{Realm, TARGET_BYTES, write_settings};
use crate::sample::{self, Sum, sum_of};
use crate::world::in_jumping_time;

/// Splits or compacts every partition that there is, one after the other.
async fn rewrite_all(realm: &Realm, seed: u64) -> usize {
    let mut done = 0;
    for (n, id) in realm.partitions().await.into_iter().enumerate() {
        let task = match (seed + n as u64) % 3 {
            0 => Task::Split(1),
            1 => Task::Split(2),
            _ => Task::Compact(TARGET_BYTES),
        };
        let ended = realm.go(id, task).await;
        done += usize::from(matches!(ended, Ended::Done { .. }));
        // A writer that is killed is none here: nothing stops them but marks, of which there are none.
        assert!(matches!(ended, Ended::Done { .. }), "seed {seed}: {id} {task:?}: {ended:?}");
    }
    done
}

#[test]
fn what_is_written_beside_splits_and_compactions_is_there_once() {
    let (mut held, mut rewritten) = (0, 0);
    for seed in 0..if is_full() { 300 } else { 20 } {
        let (waited, done) = in_jumping_time(async {
            let mut realm = Realm::with(sample::json_lines(500 + seed, 14).into_bytes()).await;
            let more = sample::json_lines(1000 + seed, 40).into_bytes();
            // Calls of the writer take up to nine seconds: longer than what was read may be old, and less than makes a node silent.
            let slow = Weather::slow(seed, Duration::from_millis(500 * (1 + seed % 9)));
            let random = RefCell::new(SplitMix64::new(seed));
            let pause = async || {
                let pause = random.borrow_mut().below(3000);
                tokio::time::sleep(Duration::from_millis(pause)).await;
            };
            let rewriting = async {
                tokio::time::sleep(Duration::from_secs(seed % 5)).await;
                rewrite_all(&realm, seed).await
            };
            let world = &realm.world;
            let settings = write_settings();
            let writing = world.write(&world.store, &slow, &more, &settings, 2, pause);
            let ((done, events, error), rewritten) = tokio::join!(writing, rewriting);
            let what = format!("seed {seed}");
            assert!(error.is_none(), "{what}: {error:?}");
            let mut sum = Sum::default();
            for batch in &done {
                sum.add(batch.counted.records(), batch.counted.record_sum.0);
            }
            assert_eq!(sum, sum_of(&more), "{what}");
            tokio::time::sleep(Duration::from_secs(60)).await;
            // Counts of writers may have come behind a switch; both inputs again set them right, and add nothing.
            for input in [realm.input.clone(), more.clone()] {
                let world = &realm.world;
                let (done, _, error) =
                    world.write(&world.store, &Weather::calm(), &input, &write_settings(), 5, async || ()).await;
                assert!(error.is_none(), "{what}: {error:?}");
                assert!(done.iter().all(|batch| batch.present == batch.segments), "{what}: {done:?}");
            }
            realm.input.extend(more);
            assert_eq!(realm.records_on_disk(&what).await, sum_of(&realm.input), "{what}");
            let waited = events.iter().filter(|event| matches!(event, WriteEvent::Waiting { .. })).count();
            (waited, rewritten)
        });
        held += waited;
        rewritten += done;
    }
    assert!(held > 0 && rewritten > 0, "{held} batches waited for {rewritten}");
    println!("{rewritten} partitions split or compacted, {held} batches waited for one");
}

#[test]
fn splits_follow_each_other_and_compactions_them() {
    in_jumping_time(async {
        let realm = Realm::new().await;
        let id = realm.largest().await;
        let tasks = [Task::Compact(TARGET_BYTES), Task::Split(2)];
        for task in tasks {
            assert!(matches!(realm.go(id, task).await, Ended::Done { .. }));
            realm.check_whole(&format!("{task:?}")).await;
            realm.check_again(&format!("{task:?}")).await;
        }
        let children = otlp_part::migration::rewrite_journal::descendants(id, 2);
        assert_eq!(children.len(), 4);
        // Again below, by other bits, and compacted before and behind.
        for (child, task) in [
            (children[0], Task::Split(1)),
            (children[1], Task::Compact(TARGET_BYTES)),
            (children[1], Task::Split(3)),
            (children[2], Task::Compact(100 * TARGET_BYTES)),
        ] {
            let ended = realm.go(child, task).await;
            assert!(matches!(ended, Ended::Done { .. }), "{child} {task:?}: {ended:?}");
            realm.check_whole(&format!("{child} {task:?}")).await;
            realm.check_again(&format!("{child} {task:?}")).await;
        }
        assert!(matches!(realm.go(id, Task::Split(1)).await, Ended::Unfit(why) if why.contains("split already")));
    });
}
