//! Calls of an execution that are lost, answered into nothing, or carried out too late.

use std::time::Duration;

use crate::amount::is_full;
use crate::kills::{Way, survive};
use crate::stage::{Scene, Stage, etcd, undisturbed};
use crate::support_etcd::relay::{Fault, Plan, Relay};

/// In a short run every so many faults one is played.
const STRIDE: usize = 97;

/// How late a late request is carried out.
const LATE: [Duration; 2] = [Duration::from_millis(40), Duration::from_millis(1500)];

/// How an execution may end whose store failed it once: done, in conflict, with work left, or not knowing.
const CODES: [i32; 4] = [0, 4, 5, 6];

#[test]
fn at_every_call() {
    let etcd = etcd();
    let relay = Relay::start(etcd.endpoint());
    let store = format!("etcd://{}", relay.address());
    let (mut tried, mut number, mut done) = (0, 0, 0);
    for scene in [Scene::Chosen, Scene::Balance] {
        let ends = undisturbed(&etcd, scene);
        let stage = Stage::new(&etcd, scene);
        relay.plan(None);
        stage.cluster.run_on(&store, &stage.command()).ok();
        let calls = relay.paths().len();
        assert!(calls > 30, "{calls} calls");
        for call in 1..=calls {
            let late = LATE.map(Fault::LateRequest);
            for fault in [Fault::LostRequest, Fault::LostReply].into_iter().chain(late) {
                number += 1;
                if !is_full() && number % STRIDE != 0 {
                    continue;
                }
                let stage = Stage::new(&etcd, scene);
                relay.plan(Some(Plan { path_end: "", number: call, fault }));
                let ran = stage.cluster.run_on(&store, &stage.command());
                let what = format!("{scene:?}, {fault:?} at call {call} of {calls}: {ran:?}");
                // Moves run side by side: an execution may take a few calls less than the one that was counted.
                if !relay.hit() {
                    assert!(call * 10 > calls * 8, "it hit nothing: {what}");
                    continue;
                }
                relay.plan(None);
                assert!(ran.code.is_some_and(|code| CODES.contains(&code)), "{what}");
                tried += 1;
                done += usize::from(ran.code == Some(0));
                if let Fault::LateRequest(delay) = fault {
                    std::thread::sleep(delay + Duration::from_millis(50));
                }
                // Before the plan is recorded nobody else knows of it.
                let is_recorded = stage.cluster.stored().contains_key(&format!("plans/{}/head", stage.id));
                let way = if is_recorded && number % 2 == 1 { Way::Another } else { Way::Again };
                survive(&stage, way, &ends, &what);
            }
        }
    }
    println!("{tried} of {number} faults of calls played, {done} executions came through by themselves");
    assert!(tried >= if is_full() { 380 } else { 4 }, "{tried}");
}
