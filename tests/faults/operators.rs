//! Several operators at once, and one whose lock ends while it lives.

use std::time::Duration;

use otlp_part::model::SplitMix64;

use crate::amount::is_full;
use crate::kills::{Way, survive};
use crate::lab::{Cluster, Ran, execution};
use crate::stage::{Scene, Stage, etcd, undisturbed};

/// Every execution lasts at least so long, so that others meet it.
const SETTLE: &str = "400ms";

fn slowly(plan: &str) -> Vec<&str> {
    execution(plan, &["--settle", SETTLE])
}

/// One that was done with its work, or was told who does it; it never fails in another way.
#[track_caller]
fn is_told(ran: &Ran) -> bool {
    let waited = ran.err.contains("waiting for the lock");
    match ran.code {
        Some(0) => waited,
        Some(4) => {
            assert!(ran.err.contains("held by") && ran.err.contains("process"), "{ran:?}");
            true
        }
        _ => panic!("{ran:?}"),
    }
}

#[test]
fn two_to_four_at_once() {
    let rounds = if is_full() { 100 } else { 3 };
    let etcd = etcd();
    let ends = undisturbed(&etcd, Scene::Chosen);
    let mut random = SplitMix64::new(41);
    let mut met = 0;
    for round in 0..rounds {
        let stage = Stage::new(&etcd, Scene::Chosen);
        let many = 2 + random.below(3);
        let command = slowly(&stage.plan);
        let mut running = Vec::new();
        for _ in 0..many {
            running.push(stage.cluster.spawn(&command));
            std::thread::sleep(Duration::from_millis(random.below(60)));
        }
        let ended: Vec<Ran> = running.into_iter().map(Cluster::ended).collect();
        let told = ended.iter().filter(|ran| is_told(ran)).count();
        assert!(told >= 1, "round {round}: of {many} nobody met another: {ended:#?}");
        assert!(ended.iter().any(|ran| ran.code == Some(0)), "round {round}: nobody worked: {ended:#?}");
        met += told;
        stage.check(&ends.1, &format!("round {round}, {many} at once"));
    }
    println!("{rounds} rounds of 2 to 4 operators at once; {met} of them met another at work");
}

#[test]
fn the_lock_ends_while_its_holder_lives() {
    let count = if is_full() { 50 } else { 3 };
    let etcd = etcd();
    let known = [Scene::Chosen, Scene::Balance].map(|scene| (scene, undisturbed(&etcd, scene)));
    let mut random = SplitMix64::new(53);
    let (mut robbed, mut drawn) = (0, 0);
    while robbed < count {
        let (scene, ends) = &known[drawn % known.len()];
        drawn += 1;
        assert!(drawn < 20 * count, "only {robbed} of {drawn} lost their lock");
        let stage = Stage::new(&etcd, *scene);
        let command = slowly(&stage.plan);
        let mut running = stage.cluster.spawn(&command);
        stage.until_locked(&mut running);
        std::thread::sleep(Duration::from_millis(random.below(700)));
        let is_alive = running.try_wait().unwrap().is_none();
        let ended_lease = stage.cluster.end_lease();
        // Somebody else comes at once in every second round: two are at work then, one of them without knowing.
        let other = (random.below(2) == 0).then(|| stage.cluster.run_elsewhere(&execution(&stage.plan, &[])));
        let ran = Cluster::ended(running);
        let what =
            format!("{scene:?}, robbed, {} another: {ran:?} {other:?}", if other.is_some() { "and" } else { "not" });
        if !(is_alive && ended_lease) {
            assert_eq!(ran.code, Some(0), "{what}");
            continue;
        }
        // Between our look at it and its last transaction it may have come through.
        assert!(matches!(ran.code, Some(0 | 5)), "{what}");
        if ran.code == Some(0) {
            continue;
        }
        assert!(ran.err.contains("lock"), "{what}");
        if let Some(other) = &other {
            assert_eq!(other.code, Some(0), "{what}");
        }
        robbed += 1;
        survive(&stage, [Way::Again, Way::Another][random.below(2) as usize], ends, &what);
    }
    println!("{robbed} locks ended under a living holder, of {drawn} drawn");
}
