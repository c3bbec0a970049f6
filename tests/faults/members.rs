//! Three members of etcd, of which one is killed, frozen or relieved of the lead while an execution is at work.

use std::path::Path;
use std::process::Child;
use std::time::Duration;

use etcd_client::DeleteOptions;
use otlp_part::model::SplitMix64;

use crate::amount::is_full;
use crate::history;
use crate::lab::{Cluster, Metadata, Setting, block_on, execution};
use crate::stopped::to_its_end;
use crate::support_etcd::lab::{Lab, LabOptions};

const MEMBERS: usize = 3;

/// Each move waits so long, so that the execution lasts long enough to be disturbed: about a second and a half.
const SETTLE: &str = "500ms";
/// A fault comes at most so long after the lock was taken.
const FAULT_MILLIS_MAX: u64 = 1000;
/// A member is away so long: longer than an election takes.
const AWAY: Duration = Duration::from_millis(1500);
/// A frozen one keeps its connections, so what was asked of it has to time out (8 s) and be asked of another.
const FROZEN: Duration = Duration::from_secs(10);

const POLL: Duration = Duration::from_millis(5);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    LeaderKilled,
    FollowerKilled,
    LeaderFrozen,
    FollowerFrozen,
    LeadMoved,
}

/// Takes everything out; the history begins anew.
fn empty(lab: &Lab) {
    block_on(async {
        let mut client = lab.client(0, None).await.unwrap();
        let done = client.delete("", Some(DeleteOptions::new().with_all_keys())).await.unwrap();
        if done.deleted() > 0 {
            client.compact(done.header().unwrap().revision(), None).await.unwrap();
        }
    });
}

fn cluster(lab: &Lab) -> Cluster {
    let endpoints = (0..MEMBERS).map(|member| lab.endpoint(member)).collect();
    let memory = Path::new("/dev/shm");
    let in_turn: [&[&str]; 3] = [&["n1", "n2"], &["n2", "n3"], &["n3", "n1"]];
    let holders = in_turn.repeat(3);
    let room = memory.is_dir().then_some(memory);
    Cluster::set(Metadata::Members(endpoints), Setting { room, holders, bytes: 3000, more: Vec::new() })
}

/// Whether somebody executes, asked of a member that is there.
async fn is_locked(lab: &Lab) -> bool {
    let Ok(mut client) = lab.client(0, None).await else { return false };
    client.get("/otlp/rebalance/lock", None).await.is_ok_and(|found| found.count() > 0)
}

/// Does it, and mends it after a while; says whether the execution was at work when it hit.
fn strike(lab: &mut Lab, fault: Fault, running: &mut Child) -> bool {
    let (leader, at_work) = block_on(async {
        let leader = lab.leader().await;
        (leader, is_locked(lab).await)
    });
    let follower = (leader + 1) % MEMBERS;
    let at_work = at_work && running.try_wait().unwrap().is_none();
    match fault {
        Fault::LeaderKilled | Fault::FollowerKilled => {
            let victim = if fault == Fault::LeaderKilled { leader } else { follower };
            lab.kill(victim);
            std::thread::sleep(AWAY);
            lab.restart(victim);
            block_on(lab.wait_for(victim)).unwrap();
        }
        Fault::LeaderFrozen | Fault::FollowerFrozen => {
            let victim = if fault == Fault::LeaderFrozen { leader } else { follower };
            lab.freeze(victim);
            std::thread::sleep(FROZEN);
            lab.thaw(victim);
            block_on(lab.wait_for(victim)).unwrap();
        }
        Fault::LeadMoved => {
            let now = block_on(lab.move_leader());
            assert_ne!(now, leader, "nobody else leads");
        }
    }
    at_work
}

/// One execution that is struck; says whether it was at work then, and whether it came through by itself.
fn play(lab: &mut Lab, fault: Fault, random: &mut SplitMix64) -> (bool, bool) {
    empty(lab);
    let cluster = cluster(lab);
    let plan = cluster.plan(&[]);
    let command = execution(&plan, &["--settle", SETTLE]);
    let mut running = cluster.spawn(&command);
    for _ in 0..1000 {
        if block_on(is_locked(lab)) || running.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(POLL);
    }
    let wait = random.below(FAULT_MILLIS_MAX);
    std::thread::sleep(Duration::from_millis(wait));
    let hit = strike(lab, fault, &mut running);
    let what = format!("{fault:?} after {wait} ms");
    let ran = to_its_end(running, &what);
    let whole = match ran.code {
        Some(0) => true,
        // It gave up, resumably: the store did not answer for too long, or the lock was lost meanwhile.
        Some(5 | 6) => false,
        _ => panic!("{what}: {ran:#?}"),
    };
    if !whole {
        cluster.run(&command).ok();
    }
    cluster.check_rest();
    assert!(history::check(&cluster) > 5, "{what}");
    (hit, whole)
}

fn strikes(fault: Fault, full: usize) {
    let count = if is_full() { full } else { 1 };
    let mut lab = block_on(Lab::start(LabOptions { members: MEMBERS, ..LabOptions::default() }));
    let mut random = SplitMix64::new(43 + full as u64);
    let (mut hits, mut whole, mut drawn) = (0, 0, 0);
    while hits < count {
        drawn += 1;
        assert!(drawn <= 10 + 3 * count, "{fault:?}: only {hits} of {drawn} hit an execution at work");
        let (hit, came_through) = play(&mut lab, fault, &mut random);
        hits += usize::from(hit);
        whole += usize::from(hit && came_through);
    }
    println!("{fault:?}: {hits} hits of {drawn} drawn, {whole} came through by themselves");
}

#[test]
fn the_leader_is_killed() {
    strikes(Fault::LeaderKilled, 50);
}

#[test]
fn another_member_is_killed() {
    strikes(Fault::FollowerKilled, 50);
}

#[test]
fn the_leader_is_frozen() {
    strikes(Fault::LeaderFrozen, 25);
}

#[test]
fn another_member_is_frozen() {
    strikes(Fault::FollowerFrozen, 25);
}

#[test]
fn the_lead_is_moved() {
    strikes(Fault::LeadMoved, 100);
}
