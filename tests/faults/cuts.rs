//! The wire between an execution and its store is cut for a while.

use std::collections::BTreeMap;
use std::time::Duration;

use otlp_part::model::SplitMix64;

use crate::amount::is_full;
use crate::kills::{Way, survive};
use crate::lab::execution;
use crate::stage::{Scene, Stage, etcd, undisturbed};
use crate::stopped::to_its_end;
use crate::support_etcd::wire::{Cuttable, Wire};

/// Each move waits so long, so that the execution lasts long enough to be cut off.
const SETTLE: &str = "300ms";
/// A cut comes at most so long after the lock was taken.
const LATEST_MILLIS: u64 = 500;

/// A cut, and how long it lasts, from and to.
type Cut = (Wire, [u64; 2]);

/// Short ones, and silence that is longer than a call waits (8 s) and than the lock lives (15 s).
const CUTS: [Cut; 10] = [
    (Wire::Broken, [10, 100]),
    (Wire::Silent, [10, 300]),
    (Wire::Broken, [100, 1000]),
    (Wire::Silent, [300, 2000]),
    (Wire::Broken, [1000, 4000]),
    (Wire::Silent, [8500, 11_000]),
    (Wire::Broken, [10, 100]),
    (Wire::Silent, [2000, 6000]),
    (Wire::Broken, [4000, 9000]),
    (Wire::Silent, [16_000, 18_000]),
];

/// How an execution may end that was cut off: done, its lock held by what of it was thought lost, with work left, or not knowing.
const CODES: [i32; 4] = [0, 4, 5, 6];

#[test]
fn the_store_is_cut_off() {
    let count = if is_full() { 100 } else { 5 };
    let etcd = etcd();
    let wire = Cuttable::start(etcd.endpoint());
    let store = format!("etcd://{}", wire.address());
    let known = [Scene::Chosen, Scene::Balance].map(|scene| (scene, undisturbed(&etcd, scene)));
    let mut random = SplitMix64::new(71);
    let (mut hits, mut drawn, mut how) = (0, 0, BTreeMap::<String, usize>::new());
    while hits < count {
        let (scene, ends) = &known[drawn % known.len()];
        let (way, [shortest, longest]) = CUTS[drawn % CUTS.len()];
        drawn += 1;
        assert!(drawn < 3 * count + 10, "only {hits} of {drawn} cut off an execution at work");
        let stage = Stage::new(&etcd, *scene);
        let mut running = stage.cluster.spawn_on(&store, &execution(&stage.plan, &["--settle", SETTLE]));
        stage.until_locked(&mut running);
        std::thread::sleep(Duration::from_millis(random.below(LATEST_MILLIS)));
        let at_work = stage.is_locked() && running.try_wait().unwrap().is_none();
        let time = Duration::from_millis(shortest + random.below(longest - shortest));
        let is_felt = wire.cut(way, time);
        let what = format!("{scene:?}, {way:?} for {time:?}");
        let ran = to_its_end(running, &what);
        assert!(ran.code.is_some_and(|code| CODES.contains(&code)), "{what}: {ran:#?}");
        if at_work && is_felt {
            hits += 1;
            *how.entry(format!("{way:?} {:?}", ran.code)).or_default() += 1;
        }
        stage.check_listed(&stage.cluster.stored());
        let way = if drawn % 2 == 0 { Way::Again } else { Way::Another };
        survive(&stage, way, ends, &format!("{what}: {ran:?}"));
    }
    println!("{hits} cuts of {drawn} drawn hit an execution at work, which ended so: {how:?}");
}
