//! An etcd that is out of space while an execution is at work: it stops with one message, loses nothing, and goes on by the same
//! command when there is room.

use std::sync::Arc;
use std::time::Duration;

use etcd_client::{AlarmAction, AlarmOptions, AlarmType, Client, DeleteOptions, Txn, TxnOp};

use crate::amount::is_full;
use crate::kills::{ABORT, ONCE, WAYS, Way, places, survive};
use crate::lab::{Cluster, Metadata, Ran, Setting, block_on, execution};
use crate::recorder::Recorder;
use crate::stage::{End, Scene, Stage, etcd, undisturbed};
use crate::stopped::Stopped;
use crate::support_etcd::Etcd;
use crate::support_etcd::lab::{Lab, LabOptions};

/// Behind these nothing more is written.
const WRITES_NOTHING: [&str; 2] = ["plan-done", "lock-released"];

/// In a short run every so many faults one is played.
const STRIDE: usize = 4;

/// An etcd of so many bytes is full after some values of this size.
const QUOTA_BYTES: u64 = 2 << 20;
const LARGE_BYTES: usize = 200 << 10;
const LARGE_MAX: usize = 120;

/// Raises or ends the alarm by which etcd says that it is out of space: from then on it takes nothing but deletions.
fn alarm(etcd: &Etcd, action: AlarmAction) {
    block_on(async { alarm_through(etcd.client().await, action).await });
}

async fn alarm_through(mut client: Client, action: AlarmAction) {
    let member = client.status().await.unwrap().header().unwrap().member_id();
    let mut options = AlarmOptions::new();
    options.with_member(member);
    client.alarm(action, AlarmType::Nospace, Some(options)).await.unwrap();
    let raised = client.alarm(AlarmAction::Get, AlarmType::None, None).await.unwrap();
    assert_eq!(raised.alarms().is_empty(), action == AlarmAction::Deactivate);
}

/// Whether a transaction is taken that only deletes: not by the first releases of 3.5.
async fn takes_deletions(mut client: Client) -> bool {
    client.txn(Txn::new().and_then([TxnOp::delete("nothing", None)])).await.is_ok()
}

/// What the error says: one, which names the store and how to make room in it.
#[track_caller]
fn check_told(ran: &Ran, code: i32, what: &str) {
    assert_eq!(ran.code, Some(code), "{what}: {ran:#?}");
    let told: Vec<&str> = ran.err.split_inclusive('\n').skip_while(|line| !line.contains("out of space")).collect();
    assert_eq!(
        told.iter().filter(|line| line.contains("out of space")).count(),
        1,
        "{what}: not one message: {ran:#?}"
    );
    for part in ["store etcd://127.0.0.1:", "etcdctl compact", "etcdctl defrag", "etcdctl alarm disarm"] {
        assert!(told.concat().contains(part), "{what}: {part} is not told of: {ran:#?}");
    }
    assert!(!ran.err.contains("warning"), "{what}: {ran:#?}");
}

/// One execution that runs out of space at a place, and whoever comes while there is none.
fn play(etcd: &Arc<Etcd>, scene: Scene, (place, time): (&str, u32), way: Way, ends: &(End, End)) {
    let what = format!("{scene:?}, no space at {place}, time {time}, then {way:?}");
    let stage = Stage::new(etcd, scene);
    let command = stage.command();
    let stopped = stage.stops_at(place, time, &command);
    alarm(etcd, AlarmAction::Activate);
    let ran = stopped.goes_on();
    if WRITES_NOTHING.contains(&place) {
        assert_eq!(ran.code, Some(0), "{what}: {ran:#?}");
    } else {
        check_told(&ran, 5, &what);
    }
    stage.check_listed(&stage.cluster.stored());
    // Who comes now cannot take the lock, and finishes what only deletes.
    let again = stage.cluster.run(if way == Way::Abort { &ABORT } else { &command });
    if again.code != Some(0) {
        check_told(&again, 5, &what);
    }
    let stored = stage.cluster.stored();
    let is_finished = block_on(async { takes_deletions(etcd.client().await).await });
    let in_flight = |phase: &str| stored.iter().any(|(key, v)| key.starts_with("migrations/") && v["phase"] == phase);
    if is_finished {
        assert!(!in_flight("Cleanup"), "{what}: what only deletes is not finished: {again:#?}");
        let rests = way == Way::Abort && !in_flight("Copying");
        assert_eq!(again.code == Some(0), WRITES_NOTHING.contains(&place) || rests, "{what}: {again:#?}");
    }
    stage.check_listed(&stored);
    alarm(etcd, AlarmAction::Deactivate);
    survive(&stage, way, ends, &what);
}

fn run_out(scene: Scene, times: u32) {
    let etcd = etcd();
    let ends = undisturbed(&etcd, scene);
    let (mut number, mut played) = (0, 0);
    for place in places(scene) {
        for time in 1..=if ONCE.contains(&place) { 1 } else { times } {
            number += 1;
            if is_full() {
                WAYS.iter().for_each(|way| play(&etcd, scene, (place, time), *way, &ends));
                played += WAYS.len();
            } else if number % STRIDE == 0 {
                play(&etcd, scene, (place, time), WAYS[number / STRIDE % WAYS.len()], &ends);
                played += 1;
            }
        }
    }
    println!("{scene:?}: out of space at {played} places");
    assert!(played >= if is_full() { number * WAYS.len() } else { 4 }, "{played}");
}

#[test]
fn at_every_place_of_a_balance() {
    run_out(Scene::Balance, if is_full() { 2 } else { 1 });
}

#[test]
fn at_every_place_of_repairs() {
    run_out(Scene::Repair, if is_full() { 2 } else { 1 });
}

/// Nothing is begun where the plan cannot even be recorded.
#[test]
fn before_the_plan_is_recorded() {
    let etcd = etcd();
    let ends = undisturbed(&etcd, Scene::Chosen);
    let stage = Stage::new(&etcd, Scene::Chosen);
    let before = stage.cluster.stored();
    alarm(&etcd, AlarmAction::Activate);
    for command in [stage.command(), vec!["plan-rebalance", "--move", "partition_489540_0000,from=n1,to=n4"]] {
        check_told(&stage.cluster.run(&command), 1, "recording");
    }
    assert_eq!(stage.cluster.stored(), before);
    alarm(&etcd, AlarmAction::Deactivate);
    survive(&stage, Way::Again, &ends, "no space to record the plan");
}

/// A quota that is really met while an execution stands: by deleting, compacting, defragmenting and disarming there is room.
#[test]
fn a_quota_is_met() {
    let options = LabOptions { quota_bytes: Some(QUOTA_BYTES), ..LabOptions::default() };
    let lab = block_on(Lab::start(options));
    let in_turn: [&[&str]; 3] = [&["n1", "n2"], &["n2", "n3"], &["n3", "n1"]];
    let setting = Setting { room: None, holders: in_turn.repeat(2), bytes: 3000, more: Vec::new() };
    let cluster = Cluster::set(Metadata::Members(vec![lab.endpoint(0)]), setting);
    let recorder = Recorder::start(&lab.endpoint(0));
    let plan = cluster.plan(&[]);
    let command = execution(&plan, &[]);
    let stopped = Stopped::begin(&cluster, &cluster.store(), ("cutover-decided", 1), &command).unwrap();
    block_on(async {
        let mut client = lab.client(0, None).await.unwrap();
        let mut written = 0;
        let refused = loop {
            match client.put(format!("/large/{written}"), vec![b'x'; LARGE_BYTES], None).await {
                Ok(_) => written += 1,
                Err(refused) => break refused.to_string(),
            }
            assert!(written < LARGE_MAX, "the quota is never met");
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        assert!(refused.contains("database space exceeded"), "{refused}");
    });
    // Above their quota the first releases of 3.5 refuse even transactions that only read: nothing can be worked on then.
    let is_read = block_on(async { takes_deletions(lab.client(0, None).await.unwrap()).await });
    for (ran, what) in [(stopped.goes_on(), "the quota is met"), (cluster.run(&command), "the quota is still met")] {
        let code = if is_read { 5 } else { ran.code.filter(|code| [1, 5].contains(code)).unwrap() };
        check_told(&ran, code, what);
    }
    block_on(async {
        let mut client = lab.client(0, None).await.unwrap();
        let all = Some(DeleteOptions::new().with_prefix());
        let done = client.delete("/large/", all).await.unwrap().header().unwrap().revision();
        recorder.forget_before(u64::try_from(done).unwrap()).await;
        client.defragment().await.unwrap();
        alarm_through(client, AlarmAction::Deactivate).await;
    });
    cluster.run(&command).ok();
    cluster.check_rest();
    assert!(recorder.check() > 3);
}

#[test]
fn at_every_place_of_chosen_moves_and_leaders() {
    run_out(Scene::Chosen, if is_full() { 2 } else { 1 });
}
