//! `kill -9` at random times, and pairs of deaths at numbered places.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use otlp_part::model::SplitMix64;

use crate::amount::is_full;
use crate::kills::{ABORT, WAYS, places, survive};
use crate::lab::{Cluster, execution};
use crate::stage::{End, KILLED, Scene, Stage, etcd, undisturbed};
use crate::support_etcd::Etcd;

const SCENES: [Scene; 3] = [Scene::Chosen, Scene::Balance, Scene::Repair];

/// A run that is killed at random lasts longer by this wait of each move, so that more of it is spent in the middle.
const SETTLE: &str = "150ms";

/// How long an undisturbed execution takes.
#[expect(clippy::disallowed_methods, reason = "the time of another process")]
fn duration(etcd: &Arc<Etcd>, scene: Scene) -> Duration {
    let stage = Stage::new(etcd, scene);
    let start = Instant::now();
    stage.cluster.run(&slowly(&stage)).ok();
    start.elapsed()
}

fn slowly(stage: &Stage) -> Vec<&str> {
    execution(&stage.plan, &["--settle", SETTLE])
}

/// Starts it and kills it after a while; says whether it was at work then: after the lock was taken, and before its end.
fn killed_after(stage: &Stage, wait: Duration) -> bool {
    let mut running = stage.cluster.spawn(&slowly(stage));
    std::thread::sleep(wait);
    running.kill().unwrap();
    let ran = Cluster::ended(running);
    if ran.signal != KILLED {
        assert_eq!(ran.code, Some(0), "{ran:?}");
        return false;
    }
    stage.cluster.stored().contains_key("rebalance/lock")
}

/// In which phases its operations were.
fn phases(stage: &Stage) -> BTreeSet<String> {
    let journals = stage.cluster.stored().into_iter().filter(|(key, _)| key.starts_with("migrations/"));
    journals.map(|(_, journal)| journal["phase"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn at_random_times() {
    let count = if is_full() { 200 } else { 8 };
    let etcd = etcd();
    let mut random = SplitMix64::new(17);
    let known: Vec<(Scene, (End, End), Duration)> =
        SCENES.iter().map(|scene| (*scene, undisturbed(&etcd, *scene), duration(&etcd, *scene))).collect();
    let (mut killed, mut drawn, mut found) = (0, 0, BTreeMap::<String, u32>::new());
    while killed < count {
        drawn += 1;
        assert!(drawn < 20 * count, "only {killed} of {drawn} were hit while they worked");
        let (scene, ends, whole) = &known[drawn % known.len()];
        let wait = |random: &mut SplitMix64| Duration::from_micros(random.below(whole.as_micros() as u64));
        let stage = Stage::new(&etcd, *scene);
        let first = wait(&mut random);
        if !killed_after(&stage, first) {
            continue;
        }
        killed += 1;
        let of = phases(&stage).into_iter().collect::<Vec<_>>().join(" and ");
        *found.entry(if of.is_empty() { "none in flight".to_owned() } else { of }).or_default() += 1;
        stage.check_listed(&stage.cluster.stored());
        // Half of them are killed once more.
        if random.below(2) == 0 {
            stage.cluster.end_lease();
            killed_after(&stage, wait(&mut random));
        }
        let way = WAYS[random.below(3) as usize];
        survive(&stage, way, ends, &format!("{scene:?}, killed after {first:?}, then {way:?}"));
    }
    println!("{killed} kills at random times, of {drawn} drawn; in flight then: {found:?}");
}

/// How the process dies that is killed second.
#[derive(Clone, Copy, Debug)]
enum Second {
    /// As the same command.
    Again,
    /// While it undoes what the first has left.
    Undoing,
}

/// Draws a pair, and plays it; says whether both hit. The first always does.
fn pair(etcd: &Arc<Etcd>, scene: Scene, ends: &(End, End), random: &mut SplitMix64) -> bool {
    let here = places(scene);
    let mut draw = |places: &[&'static str]| {
        let place = places[random.below(places.len() as u64) as usize];
        (place, if place.contains("lock") || place.contains("plan") || place.contains("status") { 1 } else { 2 })
    };
    let ((first, latest), (second, latest_again)) =
        (draw(&here), draw(&[&here[..], &["abort-decided"], &["abort-committed"]].concat()));
    let undoing = second.starts_with("abort") || random.below(4) == 0;
    let kind = if undoing { Second::Undoing } else { Second::Again };
    let (time, time_again) = (1 + random.below(latest) as u32, 1 + random.below(latest_again) as u32);
    let stage = Stage::new(etcd, scene);
    stage.dies_at(first, time, &stage.command());
    stage.cluster.end_lease();
    let ran = match kind {
        Second::Again => stage.to(second, time_again, &stage.command()),
        Second::Undoing => stage.to(second, time_again, &ABORT),
    };
    let hit = ran.signal == KILLED;
    if hit {
        stage.check_death(second);
    } else {
        assert_eq!(ran.code, Some(0), "{first}, then {second}: {ran:?}");
    }
    let way = WAYS[random.below(3) as usize];
    let what = format!("{scene:?}, killed at {first}:{time}, then at {second}:{time_again} ({kind:?}), then {way:?}");
    survive(&stage, way, ends, &what);
    hit
}

#[test]
fn twice_at_numbered_places() {
    let count = if is_full() { 400 } else { 8 };
    let etcd = etcd();
    let mut random = SplitMix64::new(29);
    let known: Vec<(Scene, (End, End))> = SCENES.iter().map(|scene| (*scene, undisturbed(&etcd, *scene))).collect();
    let (mut hits, mut drawn) = (0, 0);
    while hits < count {
        let (scene, ends) = &known[drawn % known.len()];
        hits += usize::from(pair(&etcd, *scene, ends, &mut random));
        drawn += 1;
        assert!(drawn < 20 * count, "only {hits} of {drawn} pairs hit twice");
    }
    println!("{hits} pairs of kills hit both times, of {drawn} drawn");
}
