//! SIGKILL in the middle of a load: what was answered 200 is there.

use std::sync::Mutex;
use std::time::Duration;

use otlp_part::model::SplitMix64;
use otlp_part::otlp::Encoding;

use crate::client::{Client, PROTOBUF, Request};
use crate::sample::{self, Records, SIGNALS, add, path, records};
use crate::world::Cluster;

/// Kills of one cluster: what lies there is read after each.
const ROUNDS: u64 = 20;

/// `OTLP_PART_FAULTS=full` kills more often.
#[test]
fn what_was_answered_is_there_after_a_kill() {
    let clusters = if crate::amount::is_full() { 10 } else { 1 };
    let (mut records, mut interrupted) = (0, 0);
    for seed in 0..clusters {
        let (answered, lost) = kill_again_and_again(seed);
        records += answered;
        interrupted += lost;
    }
    let rounds = (clusters * ROUNDS) as usize;
    assert!(records > rounds * 5, "only {records} records were answered");
    assert!(interrupted > rounds / 2, "the kill hit nobody: {interrupted}");
}

/// Gives how many records were answered, and how many senders were cut off while they waited for an answer.
fn kill_again_and_again(seed: u64) -> (usize, usize) {
    let cluster = Cluster::new();
    let (answered, mut interrupted) = (Mutex::new(Records::new()), 0);
    let mut random = SplitMix64::new(seed);
    for round in 0..ROUNDS {
        let receiver = cluster.listen(&["--linger", "2ms"]);
        let after = Duration::from_millis(20 + random.below(250));
        let address = receiver.address;
        let lost: usize = std::thread::scope(|scope| {
            let answered = &answered;
            let senders: Vec<_> = (0..4_u64)
                .map(|thread| scope.spawn(move || send_until_it_is_gone(address, round * 100 + thread, answered)))
                .collect();
            std::thread::sleep(after);
            receiver.kill();
            senders.into_iter().map(|sender| usize::from(sender.join().unwrap())).sum()
        });
        interrupted += lost;
        // Every node holds every partition, and none was away: a copy that misses something would have a mark.
        assert!(cluster.marks().is_empty());
        for node in ["n1", "n2", "n3"] {
            let (answered, found) = (answered.lock().unwrap(), cluster.on(node));
            for (record, count) in &*answered {
                assert!(found.get(record).is_some_and(|there| there >= count), "round {round}: {node} lost a record");
            }
        }
    }
    // It goes on where the others were killed.
    let receiver = cluster.listen(&[]);
    let body = sample::protobuf(SIGNALS[2], seed, 5);
    receiver.send(&Request::post("/v1/logs", PROTOBUF, &body)).ok();
    (answered.into_inner().unwrap().len(), interrupted)
}

/// Sends until the connection breaks; whether it did so while an answer was waited for.
fn send_until_it_is_gone(address: std::net::SocketAddr, seed: u64, answered: &Mutex<Records>) -> bool {
    let Ok(mut client) = Client::connect(address) else { return false };
    for n in 0.. {
        let signal = SIGNALS[(n % 3) as usize];
        let body = sample::protobuf(signal, seed * 10_000 + n, 4);
        let request = Request::post(path(signal), PROTOBUF, &body);
        if client.begin(&request).is_err() {
            return false;
        }
        match client.answer() {
            Ok(answer) => assert_eq!(answer.status, 200, "{}", answer.text()),
            Err(_) => return true,
        }
        add(&mut answered.lock().unwrap(), &records(&body, Encoding::Protobuf, signal));
    }
    false
}
