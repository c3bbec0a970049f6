//! Partitions are moved while they are written to: whatever was acknowledged lies on every copy that is listed afterwards.

use std::cell::RefCell;
use std::time::Duration;

use otlp_part::migration::LockValue;
use otlp_part::migration::status::LOCK_SCHEMA;
use otlp_part::model::{NodeId, PartitionId, SplitMix64};
use otlp_part::operations::Consent;
use otlp_part::operations::executing::{CrashAt, ExecutionEvent, ExecutionSettings, Executor, Halt, Scope, Work};
use otlp_part::operations::rebalance::load::load;
use otlp_part::operations::rebalance::planning::{PlanRequest, make};
use otlp_part::operations::rebalance::recorded::Recording;
use otlp_part::operations::run_context::RunContext;
use otlp_part::operations::writing::{WriteEvent, WriteSettings};
use otlp_part::ports::Clock as _;
use otlp_part::storage::CommandMover;

use crate::amount::is_full;
use crate::faulty_storage::{Shaky, Weather};
use crate::sample::{self, Sum, sum_of};
use crate::world::{NODES, World, audit, in_jumping_time};

/// Moves one copy of every partition to a node that holds none.
async fn move_all(world: &World, seed: u64, weather: &std::sync::Arc<Weather>) -> usize {
    let stored = world.stored().await;
    let mut moves = Vec::new();
    for (id, record) in stored.iter().filter_map(|(key, value)| Some((key.strip_prefix("partitions/")?, value))) {
        let nodes: Vec<&str> = record["nodes"].as_array().unwrap().iter().map(|node| node.as_str().unwrap()).collect();
        let to = NODES.iter().find(|node| !nodes.contains(node)).unwrap();
        let from = nodes[(seed % 3) as usize];
        moves.push((PartitionId::parse(id).unwrap(), NodeId::parse(from).unwrap(), NodeId::parse(to).unwrap()));
    }
    let wanted = moves.len();
    let request = PlanRequest { moves, ..PlanRequest::default() };
    let now = world.clock.now();
    let loaded = load(&world.store, &world.keys, None, now, &request.layout).await.unwrap();
    let made = make(loaded, &request, "test", now).unwrap();
    let recording = Recording::new(&made.plan, &made.inverse()).unwrap();
    recording.apply(&world.store, &world.keys, &audit(100 + seed, now), Consent::Flag).await.unwrap();
    let open = |url: &str| Ok(Shaky::new(world.nodes[url].clone(), url, weather));
    let (audit, crash) = (audit(200 + seed, now), CrashAt::never());
    let executor = Executor {
        context: RunContext {
            store: &world.store,
            keys: &world.keys,
            clock: &*world.clock,
            open: &open,
            crash: &crash,
            halt: Halt::default(),
            audit: &audit,
            consent: Consent::Flag,
            seed,
            holder: LockValue {
                schema: LOCK_SCHEMA.to_owned(),
                host: "desk".to_owned(),
                user: "ann".to_owned(),
                pid: 1,
                started_at: now,
                plan_id: None,
            },
        },
        mover: None::<&CommandMover>,
        settings: ExecutionSettings { grace: Duration::from_secs(3), ..ExecutionSettings::default() },
        tell: &|_: &ExecutionEvent| {},
    };
    let scope = Scope::default();
    let outcome = executor.execute(Work::Plan { plan: &made.plan, scope: &scope }).await.unwrap();
    assert!(outcome.failures.is_empty(), "seed {seed}: {:?}", outcome.failures);
    wanted
}

#[test]
fn what_is_written_beside_moves_is_moved_too() {
    let (mut held, mut moved) = (0, 0);
    for seed in 0..if is_full() { 300 } else { 15 } {
        let (waited, moves) = in_jumping_time(async {
            let world = World::new().await;
            let settings =
                WriteSettings { batch_bytes: 2500, hold_wait: Duration::from_secs(600), ..WriteSettings::default() };
            // The hours are there when the plan is made.
            let first = sample::json_lines(500 + seed, 12).into_bytes();
            let calm = Weather::calm();
            let (_, _, error) = world.write(&world.store, &calm, &first, &settings, 1, async || ()).await;
            assert!(error.is_none(), "{error:?}");
            let input = sample::json_lines(1000 + seed, 40).into_bytes();
            // Calls of the writer take up to nine seconds: longer than what was read may be old, and less than makes a node silent.
            let slow = Weather::slow(seed, Duration::from_millis(500 * (1 + seed % 9)));
            let random = RefCell::new(SplitMix64::new(seed));
            let pause = async || {
                let pause = random.borrow_mut().below(3000);
                tokio::time::sleep(Duration::from_millis(pause)).await;
            };
            let moving = async {
                tokio::time::sleep(Duration::from_secs(seed % 5)).await;
                move_all(&world, seed, &calm).await
            };
            let writing = world.write(&world.store, &slow, &input, &settings, 2, pause);
            let ((done, events, error), moves) = tokio::join!(writing, moving);
            let what = format!("seed {seed}");
            assert!(error.is_none(), "{what}: {error:?}");
            let mut sum = Sum::default();
            for batch in &done {
                sum.add(batch.counted.records(), batch.counted.record_sum.0);
            }
            assert_eq!(sum, sum_of(&input), "{what}");
            world.check_acknowledged(&done, 2, &what).await;
            let waited = events.iter().filter(|event| matches!(event, WriteEvent::Waiting { .. })).count();
            (waited, moves)
        });
        held += waited;
        moved += moves;
    }
    assert!(held > 0 && moved > 0, "{held} batches waited for {moved} moves");
    println!("{moved} moves, {held} batches waited for one");
}
