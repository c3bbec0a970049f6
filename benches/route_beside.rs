//! What a rebalance costs those who ask where a trace is: `route` on the same etcd with and without one.
//!
//!     cargo bench --bench route_beside -- [PAIRS [ROUTES [RATE]]]
//!
//! An execution at a bandwidth limit (20MB/s) runs all the time; for one half of each pair it is stopped where it stands
//! (`kill -STOP`), for the other it goes on. Each half is the median of so many whole processes of `route --trace-id`; the goal is
//! that the median of at least ten pairs rises by less than 10 %. It needs an etcd server, as the tests do (see `build/etcd`).

// A benchmark has nobody to report to, and its clock is the point of it.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, missing_docs)]

#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/support_etcd/mod.rs"]
mod support_etcd;

#[path = "../tests/execution/lab.rs"]
#[allow(dead_code)]
mod lab;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lab::{Cluster, Metadata, Setting, block_on, execution};
use support_etcd::Etcd;

/// A pair must be over before the lock of the stopped execution ends, which is renewed at every 5 of 15 seconds.
const HALF_MAX: Duration = Duration::from_secs(8);
const PARTITIONS: usize = 48;
/// So long after it goes on or stops nothing is measured.
const CALM: Duration = Duration::from_millis(300);

fn signal(pid: u32, name: &str) {
    assert!(Command::new("kill").args([format!("-{name}"), pid.to_string()]).status().unwrap().success());
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The median of some whole processes, in milliseconds.
fn routes(cluster: &Cluster, count: usize) -> f64 {
    let (id, start) = ("04a971f14b28f97dc6888f7bd33157cf", Instant::now());
    let one = || {
        let start = Instant::now();
        cluster.run(&["route", "--trace-id", id, "--time", "2025-11-05T12:10:00Z", "-o", "value=leader", "-q"]).ok();
        start.elapsed().as_secs_f64() * 1000.0
    };
    let median = median((0..count).map(|_| one()).collect());
    assert!(start.elapsed() < HALF_MAX, "fewer routes, or the lock ends");
    median
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let mut number = |default: usize| arguments.next().map_or(default, |text| text.parse().unwrap());
    let (pairs, count) = (number(12), number(41));
    let rate = arguments.next().unwrap_or_else(|| "20MB/s".to_owned());
    assert!(pairs >= 2 && count >= 3);
    let memory = Path::new("/dev/shm");
    let turns: [&[&str]; 3] = [&["n1", "n2"], &["n2", "n3"], &["n3", "n1"]];
    let holders = turns.into_iter().cycle().take(PARTITIONS).collect();
    let setting = Setting { room: memory.is_dir().then_some(memory), holders, bytes: 30_000_000, more: Vec::new() };
    let cluster = Cluster::set(Metadata::Etcd(Arc::new(block_on(Etcd::start()))), setting);
    let plan = cluster.plan(&[]);
    let mut running = cluster.spawn(&execution(&plan, &["--bandwidth", &rate, "--progress", "none"]));
    let in_flight = || cluster.stored().keys().any(|key| key.starts_with("migrations/"));
    while !in_flight() {
        assert!(running.try_wait().unwrap().is_none(), "{:?}", Cluster::ended(running));
    }
    let (mut alone, mut beside) = (Vec::new(), Vec::new());
    for pair in 0..pairs {
        // Which half comes first changes from pair to pair.
        for half in 0..2 {
            if (pair + half) % 2 == 0 {
                signal(running.id(), "STOP");
                std::thread::sleep(CALM);
                alone.push(routes(&cluster, count));
                signal(running.id(), "CONT");
            } else {
                std::thread::sleep(CALM);
                beside.push(routes(&cluster, count));
                assert!(running.try_wait().unwrap().is_none(), "the execution is over after {pair} pairs: more data");
            }
        }
    }
    let rises = alone.iter().zip(&beside).map(|(alone, beside)| 100.0 * (beside / alone - 1.0)).collect();
    let (rise, alone, beside) = (median(rises), median(alone), median(beside));
    println!(
        "{pairs} pairs of {count} routes, {rate}: {alone:.2} ms alone, {beside:.2} ms beside; median rise {rise:.1} %"
    );
    signal(running.id(), "INT");
    Cluster::ended(running).code(130);
}
