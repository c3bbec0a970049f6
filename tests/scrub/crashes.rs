//! Killed at every numbered place of a repair, then the same command again.

use std::fs;

use otlp_part::operations::executing::CrashAt;
use otlp_part::operations::executing::crash::SCRUB_POINTS;

use crate::lab::{Cluster, Metadata, Ran, block_on};
use crate::stage::{A, B, ID, REPAIR, check_clean, cluster, cluster_on, copy, flip, repair, sidecar};
use crate::stopped::Stopped;
use crate::support_etcd::Etcd;

/// Something for every place, on two copies.
fn damage(cluster: &Cluster) {
    flip(&copy(cluster, "n1").join(A));
    fs::write(copy(cluster, "n1").join(sidecar(B)), b"{").unwrap();
    flip(&copy(cluster, "n2").join(A));
    fs::remove_file(copy(cluster, "n3").join(sidecar(A))).unwrap();
    fs::remove_file(copy(cluster, "n3").join(sidecar(B))).unwrap();
}

/// Places that one repair of one partition passes once.
const ONCE: [&str; 2] = ["scrub-marked", "scrub-finished"];

fn number_of(place: &str) -> usize {
    CrashAt::number_of(place).unwrap()
}

#[track_caller]
fn killed_at(cluster: &Cluster, place: &str, time: usize) {
    damage(cluster);
    let ran = cluster.run_to(&format!("{}:{time}", number_of(place)), &REPAIR);
    assert_eq!(ran.signal, Some(9), "place {place}, time {time}, was not passed: {ran:?}");
    let again = repair(cluster, &[]);
    assert_eq!(again.code, Some(0), "killed at {place}, time {time}: {again:?}");
    check_clean(cluster);
}

#[test]
fn at_every_place_the_same_command_goes_on() {
    for place in SCRUB_POINTS {
        for time in 1..=if ONCE.contains(&place) { 1 } else { 2 } {
            killed_at(&cluster(), place, time);
        }
    }
}

/// The one sidecar that says what is good stands beside a damaged segment: it is brought to safety before that one is moved.
#[test]
fn the_last_word_for_a_good_segment_is_not_lost() {
    for place in SCRUB_POINTS {
        let cluster = cluster();
        flip(&copy(&cluster, "n1").join(A));
        fs::remove_file(copy(&cluster, "n2").join(sidecar(A))).unwrap();
        [A.to_owned(), sidecar(A)].iter().for_each(|name| fs::remove_file(copy(&cluster, "n3").join(name)).unwrap());
        let ran = cluster.run_to(&number_of(place).to_string(), &REPAIR);
        assert_eq!(ran.signal, Some(9), "{place}: {ran:?}");
        let again = repair(&cluster, &[]);
        assert_eq!(again.code, Some(0), "killed at {place}: {again:?}");
        check_clean(&cluster);
    }
}

#[test]
fn killed_again_and_again_it_comes_to_its_end() {
    let cluster = cluster();
    damage(&cluster);
    for place in SCRUB_POINTS {
        // Some places are behind it already.
        let ran = cluster.run_to(&number_of(place).to_string(), &REPAIR);
        assert!(ran.signal == Some(9) || ran.code == Some(0), "{place}: {ran:?}");
    }
    repair(&cluster, &[]).ok();
    check_clean(&cluster);
}

/// While a copy is repaired it is marked, so that nothing is copied from it.
#[test]
fn the_mark_is_there_before_anything_is_moved() {
    let cluster = cluster();
    flip(&copy(&cluster, "n1").join(A));
    cluster.run_to(&number_of("scrub-quarantined").to_string(), &REPAIR);
    let stored = cluster.stored();
    let mark = &stored["repair/partition_489540_0000/n1"];
    assert_eq!((&mark["copy_id"], &mark["reason"]), (&"first".into(), &"scrub: a-0001.jsonl is corrupt".into()));
    let audits: Vec<_> =
        stored.iter().filter(|(key, value)| key.starts_with("audit/") && value["command"] == "data scrub").collect();
    assert_eq!(audits.len(), 1, "{audits:?}");
    // What a repair leaves that is killed while it writes.
    fs::write(copy(&cluster, "n1").join(format!("{A}.0123456789abcdef00000007.staging")), b"half").unwrap();
    repair(&cluster, &[]).ok();
    check_clean(&cluster);
    let audits = cluster.stored().into_values().filter(|value| value["command"] == "data scrub").count();
    assert_eq!(audits, 2, "begin and end");
}

/// The source is lost before what was quarantined could be made anew: what is left stays, and is told of.
#[test]
fn what_was_quarantined_stays_while_no_good_copy_is_there() {
    let cluster = cluster();
    flip(&copy(&cluster, "n1").join(A));
    cluster.run_to(&number_of("scrub-quarantined").to_string(), &REPAIR);
    let away: Vec<(_, _)> = ["n2", "n3"]
        .iter()
        .flat_map(|node| {
            [A.to_owned(), sidecar(A)].map(|name| {
                let path = copy(&cluster, node).join(name);
                (path.clone(), fs::read(path).unwrap())
            })
        })
        .collect();
    away.iter().for_each(|(path, _)| fs::remove_file(path).unwrap());
    let ran = repair(&cluster, &[]).code(7);
    assert!(crate::stage::told(&ran).contains(&"n1 a-0001.jsonl missing no_good_copy".to_owned()), "{ran:?}");
    let kept =
        crate::lab::names(&copy(&cluster, "n1")).into_iter().filter(|name| name.ends_with(".quarantined")).count();
    assert_eq!(kept, 2);
    assert!(cluster.stored().contains_key("repair/partition_489540_0000/n1"));
    away.iter().for_each(|(path, bytes)| fs::write(path, bytes).unwrap());
    repair(&cluster, &[]).ok();
    check_clean(&cluster);
}

#[test]
fn on_an_etcd_it_is_the_same() {
    let etcd = std::sync::Arc::new(block_on(Etcd::start()));
    let cluster = cluster_on(Metadata::Etcd(etcd));
    killed_at(&cluster, "scrub-rebuilt", 1);
}

/// Begins a repair, which freezes at a place; `meanwhile` is done; then it goes on. Gives how it ends.
fn frozen_at(cluster: &Cluster, place: &str, meanwhile: impl FnOnce()) -> Ran {
    let frozen = Stopped::begin(cluster, &cluster.store(), (place, 1), &REPAIR);
    let frozen = frozen.unwrap_or_else(|ended| panic!("{place} was not passed: {ended:?}"));
    meanwhile();
    frozen.goes_on()
}

#[test]
fn a_frozen_one_goes_on_when_another_has_done_it_all() {
    for place in SCRUB_POINTS.into_iter().filter(|place| *place != "scrub-finished") {
        let cluster = cluster();
        damage(&cluster);
        let ended = frozen_at(&cluster, place, || drop(cluster.run_elsewhere(&REPAIR).ok()));
        assert!(ended.code == Some(0) || ended.code == Some(5), "{place}: {ended:?}");
        repair(&cluster, &[]).ok();
        check_clean(&cluster);
    }
}

/// The copy that is being repaired is replaced by an executor: nothing is written to the old one any more.
#[test]
fn what_changes_meanwhile_is_judged_anew() {
    for place in ["scrub-marked", "scrub-quarantined", "scrub-rebuilt"] {
        let cluster = cluster();
        flip(&copy(&cluster, "n1").join(A));
        flip(&copy(&cluster, "n1").join(B));
        let ended = frozen_at(&cluster, place, || {
            let plan = cluster.plan(&[]);
            cluster.execute(&plan, &["--only", ID]).ok();
            assert!(!copy(&cluster, "n1").exists(), "nothing was replaced");
        });
        assert_eq!(ended.code, Some(0), "{place}: {ended:?}");
        check_clean(&cluster);
    }
}
