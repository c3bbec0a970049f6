//! An etcd whose history is compacted away under an execution: whoever reads at a revision, or goes on with a watch, finds it gone,
//! and the execution comes through by itself.

use std::sync::Arc;
use std::time::Duration;

use otlp_part::model::SplitMix64;
use serde_json::Value;

use crate::amount::is_full;
use crate::kills::{ONCE, places};
use crate::lab::{Cluster, Ran, execution};
use crate::recorder::Recorder;
use crate::stage::{End, Scene, Stage, etcd, undisturbed};
use crate::stopped::{Stopped, to_its_end};
use crate::support_etcd::Etcd;
use crate::support_etcd::relay::{Fault, Plan, Relay};

/// In a short run every so many faults one is played.
const STRIDE: usize = 7;
const CALLS_STRIDE: usize = 19;
/// Calls in which what goes before the lock is read at a revision; they are played in each run.
const READS_FIRST: std::ops::RangeInclusive<usize> = 3..=5;
const POLL: Duration = Duration::from_millis(1);

/// What etcd says of a revision that is gone.
const GONE: &str = "required revision has been compacted";

fn recorder(stage: &Stage) -> Recorder {
    Recorder::start(&stage.cluster.metadata.endpoints()[0])
}

#[track_caller]
fn came_through(stage: &Stage, recorder: Recorder, (ran, end): (&Ran, &End), what: &str) {
    assert_eq!(ran.code, Some(0), "{what}: {ran:#?}");
    assert!(recorder.check() > 3, "{what}: nothing was in flight");
    stage.check_end(end, what);
}

/// Everything is forgotten while a call is on its way: says whether it was made, and whether a later revision was asked for then.
fn at_call(etcd: &Arc<Etcd>, relay: &Relay, scene: Scene, call: usize, end: &End) -> (bool, bool) {
    let stage = Stage::new(etcd, scene);
    let (recorder, what) = (recorder(&stage), format!("{scene:?}, compacted at call {call}"));
    relay.plan(Some(Plan { path_end: "", number: call, fault: Fault::Held }));
    let mut running = stage.cluster.spawn_on(&format!("etcd://{}", relay.address()), &stage.command());
    while !relay.hit() && running.try_wait().unwrap().is_none() {
        std::thread::sleep(POLL);
    }
    recorder.forget();
    relay.release();
    let ran = to_its_end(running, &what);
    let hit = relay.hit();
    came_through(&stage, recorder, (&ran, end), &what);
    (hit, relay.refusals().iter().any(|said| said.contains(GONE)))
}

#[test]
fn at_every_call() {
    let etcd = etcd();
    let relay = Relay::start(etcd.endpoint());
    let (mut played, mut met, mut number) = (0, 0, 0);
    for scene in [Scene::Chosen, Scene::Balance] {
        let (_, end) = undisturbed(&etcd, scene);
        let stage = Stage::new(&etcd, scene);
        relay.plan(None);
        stage.cluster.run_on(&format!("etcd://{}", relay.address()), &stage.command()).ok();
        let calls = relay.paths().len();
        assert!(calls > 30, "{calls} calls");
        for call in 1..=calls {
            number += 1;
            let is_first = scene == Scene::Chosen && READS_FIRST.contains(&call);
            if is_full() || number % CALLS_STRIDE == 0 || is_first {
                let (hit, was_gone) = at_call(&etcd, &relay, scene, call, &end);
                // Moves run side by side: an execution may take a few calls less than the one that was counted.
                assert!(hit || call * 10 > calls * 8, "{scene:?}: call {call} of {calls} was not made");
                played += usize::from(hit);
                met += usize::from(was_gone);
            }
        }
    }
    println!("{played} of {number} calls with a compaction under them; {met} met a revision that was gone");
    assert!(met > 0, "no revision that was asked for was gone");
}

#[test]
fn at_every_place() {
    let etcd = etcd();
    let mut played = 0;
    for scene in [Scene::Chosen, Scene::Balance, Scene::Repair] {
        let (_, end) = undisturbed(&etcd, scene);
        for (number, place) in places(scene).into_iter().enumerate() {
            for time in 1..=if ONCE.contains(&place) || !is_full() { 1 } else { 2 } {
                if !is_full() && number % STRIDE != scene as usize {
                    continue;
                }
                let stage = Stage::new(&etcd, scene);
                let recorder = recorder(&stage);
                let stopped = stage.stops_at(place, time, &stage.command());
                recorder.forget();
                let what = format!("{scene:?}, compacted at {place}, time {time}");
                came_through(&stage, recorder, (&stopped.goes_on(), &end), &what);
                played += 1;
            }
        }
    }
    println!("{played} places with a compaction");
    assert!(played >= if is_full() { 80 } else { 6 }, "{played}");
}

#[test]
fn again_and_again() {
    let count = if is_full() { 50 } else { 2 };
    let etcd = etcd();
    let known = [Scene::Chosen, Scene::Balance].map(|scene| (scene, undisturbed(&etcd, scene).1));
    let (mut random, mut compactions) = (SplitMix64::new(59), 0);
    for round in 0..count {
        let (scene, end) = &known[round % known.len()];
        let stage = Stage::new(&etcd, *scene);
        let recorder = recorder(&stage);
        let mut running = stage.cluster.spawn(&execution(&stage.plan, &["--settle", "150ms"]));
        while running.try_wait().unwrap().is_none() {
            recorder.forget();
            compactions += 1;
            std::thread::sleep(Duration::from_micros(random.below(20_000)));
        }
        came_through(&stage, recorder, (&Cluster::ended(running), end), &format!("round {round}, {scene:?}"));
    }
    println!("{compactions} compactions under {count} executions");
    assert!(compactions > 10 * count, "{compactions}");
}

/// The watch of what operators say is broken, and what they said since is forgotten: it is read instead.
#[test]
fn what_a_watch_missed_is_read() {
    let etcd = etcd();
    let stage = Stage::new(&etcd, Scene::Chosen);
    let recorder = recorder(&stage);
    let relay = Relay::start(etcd.endpoint());
    // Long enough for the watch to come back before the last move begins to copy.
    let command = execution(&stage.plan, &["--settle", "3s", "--progress", "json"]);
    let store = format!("etcd://{}", relay.address());
    let stopped = Stopped::begin(&stage.cluster, &store, ("start-committed", 1), &command).unwrap();
    stage.cluster.run(&["migration", "set", "--bandwidth", "7MB", "--yes"]).ok();
    recorder.forget();
    relay.plan(None);
    relay.cut();
    let ran = stopped.goes_on();
    assert_eq!(ran.code, Some(0), "{ran:#?}");
    let limits = |line: &str| {
        serde_json::from_str::<Value>(line).is_ok_and(|event| event["limit_bytes_per_second"] == 7_000_000)
    };
    assert!(ran.err.lines().any(limits), "what was said is not followed: {ran:#?}");
    let said = relay.refusals();
    assert!(said.iter().any(|said| said.contains(GONE)), "the watch missed nothing: {said:?}");
    assert!(recorder.check() > 3);
    stage.cluster.check_rest_but(&["rebalance/control"]);
}

/// Commands that read more than once at one revision.
const READERS: [&[&str]; 7] = [
    &["route", "--trace-id", "11111111111111111111111111111111", "--time", "2025-11-05T12:30:00Z"],
    &["status"],
    &["doctor", "--no-data", "--severity", "error"],
    &["partition", "list"],
    &["partition", "pin", "partition_489540_0000", "partition_489540_0001", "--dry-run"],
    &["partition", "delete", "partition_489540_0000", "--force", "--dry-run"],
    &["node", "fail", "n1", "--dry-run"],
];

#[test]
fn whoever_reads_begins_anew() {
    let etcd = etcd();
    let relay = Relay::start(etcd.endpoint());
    let store = format!("etcd://{}", relay.address());
    let stage = Stage::new(&etcd, Scene::Chosen);
    let recorder = recorder(&stage);
    for command in READERS {
        relay.plan(None);
        let calm = stage.cluster.run_on(&store, command);
        assert!(matches!(calm.code, Some(0 | 3)), "{calm:#?}");
        let (calls, mut gone) = (relay.paths().len(), 0);
        for call in 1..=calls {
            relay.plan(Some(Plan { path_end: "", number: call, fault: Fault::Held }));
            let mut running = stage.cluster.spawn_on(&store, command);
            while !relay.hit() && running.try_wait().unwrap().is_none() {
                std::thread::sleep(POLL);
            }
            recorder.forget();
            relay.release();
            let what = format!("{command:?}, compacted at call {call} of {calls}");
            let ran = to_its_end(running, &what);
            assert_eq!(ran.code, calm.code, "{what}: {ran:#?}");
            gone += usize::from(relay.refusals().iter().any(|said| said.contains(GONE)));
        }
        assert!(gone > 0, "{command:?}: no call of {calls} met a revision that was gone");
    }
    assert_eq!(recorder.check(), 0, "nothing but what was read");
}
