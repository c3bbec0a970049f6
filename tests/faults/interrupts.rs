//! Ctrl-C at every numbered place and twice at random times, and readers of the output that go away.

use std::collections::BTreeMap;
use std::process::{Child, Command};
use std::sync::Arc;
use std::time::Duration;

use otlp_part::model::SplitMix64;
use otlp_part::operations::executing::CrashAt;

use crate::amount::is_full;
use crate::kills::{WAYS, places, survive};
use crate::lab::{Cluster, Ran, execution};
use crate::stage::{KILLED, Scene, Stage, etcd, undisturbed};
use crate::support_etcd::Etcd;

/// In a short run every so many places are tried.
const STRIDE: usize = 6;

/// Who is interrupted at random lasts longer by this wait of each move.
const SETTLE: &str = "150ms";
/// It comes at most so long after the lock was taken.
const LATEST_MILLIS: u64 = 400;

/// Interrupts an execution at a place, and says whether that stopped it: it says how it goes on then, and gives its lock back.
fn is_stopped(stage: &Stage, place: &str) -> bool {
    let number = CrashAt::number_of(place).unwrap();
    let ran = stage.cluster.run_to(&format!("{number}:1:INT"), &stage.command());
    let what = format!("{:?} at {place}: {ran:#?}", stage.scene);
    let stopped = match ran.code {
        Some(130) => true,
        // It was done before it looked at its signals again.
        Some(0) => false,
        _ => panic!("{what}"),
    };
    assert!(!stopped || ran.err.contains("goes on"), "{what}");
    assert!(!stage.is_locked(), "the lock is not given back: {what}");
    stage.check_listed(&stage.cluster.stored());
    stopped
}

fn at_each_place(etcd: &Arc<Etcd>, scene: Scene, first: usize) -> (usize, usize) {
    let ends = undisturbed(etcd, scene);
    let (mut tried, mut stopped) = (0, 0);
    for (number, place) in places(scene).into_iter().enumerate() {
        if !is_full() && number % STRIDE != first {
            continue;
        }
        let stage = Stage::new(etcd, scene);
        tried += 1;
        stopped += usize::from(is_stopped(&stage, place));
        let way = WAYS[number % WAYS.len()];
        survive(&stage, way, &ends, &format!("{scene:?}, interrupted at {place}, {way:?}"));
    }
    (tried, stopped)
}

#[test]
fn once_at_every_place() {
    let etcd = etcd();
    let (mut tried, mut stopped) = (0, 0);
    for (first, scene) in [Scene::Chosen, Scene::Balance, Scene::Repair].into_iter().enumerate() {
        let of_scene = at_each_place(&etcd, scene, first);
        tried += of_scene.0;
        stopped += of_scene.1;
    }
    println!("{tried} interrupts at numbered places, {stopped} stopped the execution");
    assert!(tried >= if is_full() { 50 } else { 8 } && stopped * 2 > tried, "{stopped} of {tried}");
}

/// Executions of which each is disturbed some time after it took the lock, and goes on by a way; how they ended is told.
fn at_random(seed: u64, disturb: impl Fn(usize, &mut Child), is_right: impl Fn(&Ran) -> bool) -> String {
    let count = if is_full() { 50 } else { 3 };
    let etcd = etcd();
    let ends = undisturbed(&etcd, Scene::Chosen);
    let mut random = SplitMix64::new(seed);
    let mut how: BTreeMap<String, usize> = BTreeMap::new();
    for round in 0..count {
        let stage = Stage::new(&etcd, Scene::Chosen);
        let command = execution(&stage.plan, &["--settle", SETTLE, "--progress", "json"]);
        let mut running = stage.cluster.spawn(&command);
        stage.until_locked(&mut running);
        std::thread::sleep(Duration::from_millis(random.below(LATEST_MILLIS)));
        disturb(round, &mut running);
        let ran = Cluster::ended(running);
        assert!(is_right(&ran), "round {round}: {ran:?}");
        *how.entry(format!("{:?} {:?}", ran.code, ran.signal)).or_default() += 1;
        stage.check_listed(&stage.cluster.stored());
        survive(&stage, WAYS[round % WAYS.len()], &ends, &format!("round {round}: {ran:?}"));
    }
    format!("{count}: {how:?}")
}

#[test]
fn twice_at_random_times() {
    let twice = |_, running: &mut Child| {
        let pid = running.id().to_string();
        for _ in 0..2 {
            // Whoever has ended meanwhile cannot be interrupted.
            let _ = Command::new("kill").args(["-INT", &pid]).status().unwrap();
        }
    };
    let how = at_random(61, twice, |ran| ran.signal == KILLED || matches!(ran.code, Some(0 | 130)));
    println!("interrupted twice, which ended so: {how}");
}

#[test]
fn whoever_reads_its_output_goes_away() {
    let unread = |round, running: &mut Child| {
        if round % 3 != 0 {
            drop(running.stdout.take());
        }
        if round % 3 != 1 {
            drop(running.stderr.take());
        }
    };
    // What it does goes on: a log that is lost is no reason to leave moves half done.
    let how = at_random(67, unread, |ran| ran.code == Some(0));
    println!("executions whose output nobody read any more ended so: {how}");
}
