//! What a rebalance costs those who write and query telemetry: `data write` and `data query` on the same etcd and nodes, with and
//! without one.
//!
//!     cargo bench --bench data_beside -- [PAIRS [TRACES [QUERIES [RATE]]]]
//!
//! An execution at a bandwidth limit (20MB/s) runs all the time; for one half of each pair it is stopped where it stands (`kill -STOP`), for the other
//! it goes on. Each half writes TRACES (20,000) new traces into an hour that is not moved, and asks for QUERIES (60) of those that were
//! written first. The goal is that the medians of at least ten pairs get worse by less than 10 %. It needs an etcd server.

// A benchmark has nobody to report to, and its clock is the point of it.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, missing_docs)]

#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/support_etcd/mod.rs"]
mod support_etcd;

#[path = "../tests/execution/lab.rs"]
#[allow(dead_code)]
mod lab;
#[path = "writing/made.rs"]
#[allow(dead_code)]
mod made;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lab::{Cluster, Metadata, Setting, block_on, execution};
use made::Made;
use support_etcd::Etcd;

/// A half must be over before the lock of the stopped execution ends, which is renewed at every 5 of 15 seconds.
const HALF_MAX: Duration = Duration::from_secs(8);
const PARTITIONS: usize = 48;
/// So long after it goes on or stops nothing is measured.
const CALM: Duration = Duration::from_millis(300);

fn signal(pid: u32, name: &str) {
    assert!(Command::new("kill").args([format!("-{name}"), pid.to_string()]).status().unwrap().success());
}

fn at(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * share).round() as usize]
}

/// Traces a second, and the P99 of queries in milliseconds.
fn half(cluster: &Cluster, file: &Path, traces: u64, known: &[(String, u64, u64)]) -> (f64, f64) {
    let begun = Instant::now();
    let start = Instant::now();
    cluster.run(&["data", "write", file.to_str().unwrap(), "--accept-old", "--yes", "-q"]).ok();
    let rate = traces as f64 / start.elapsed().as_secs_f64();
    let one = |(id, start, _): &(String, u64, u64)| {
        let seconds = (start / 1_000_000_000).to_string();
        let start = Instant::now();
        cluster.run(&["data", "query", "--trace-id", id, "--time", &seconds, "--slack", "0", "-o", "name", "-q"]).ok();
        start.elapsed().as_secs_f64() * 1000.0
    };
    let times = known.iter().map(one).collect();
    assert!(begun.elapsed() < HALF_MAX, "fewer traces or queries, or the lock ends");
    (rate, at(times, 0.99))
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let mut number = |default: usize| arguments.next().map_or(default, |text| text.parse().unwrap());
    let (pairs, traces, queries) = (number(12), number(20_000) as u64, number(60));
    let rate = arguments.next().unwrap_or_else(|| "20MB/s".to_owned());
    assert!(pairs >= 2 && queries >= 3);
    let memory = Path::new("/dev/shm");
    let turns: [&[&str]; 3] = [&["n1", "n2"], &["n2", "n3"], &["n3", "n1"]];
    let holders = turns.into_iter().cycle().take(PARTITIONS).collect();
    let setting = Setting { room: memory.is_dir().then_some(memory), holders, bytes: 40_000_000, more: Vec::new() };
    let cluster = Cluster::set(Metadata::Etcd(Arc::new(block_on(Etcd::start()))), setting);
    let plan = cluster.plan(&[]);
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("made.otlp");
    let first = Made::write(&file, traces, 1, 1);
    cluster.run(&["data", "write", file.to_str().unwrap(), "--accept-old", "--yes", "-q"]).ok();
    let step = (first.traces.len() / queries).max(1);
    let known: Vec<_> = first.traces.into_iter().step_by(step).take(queries).collect();
    let mut running = cluster.spawn(&execution(&plan, &["--bandwidth", &rate, "--progress", "none"]));
    let in_flight = || cluster.stored().keys().any(|key| key.starts_with("migrations/"));
    while !in_flight() {
        assert!(running.try_wait().unwrap().is_none(), "{:?}", Cluster::ended(running));
    }
    let (mut alone, mut beside) = (Vec::new(), Vec::new());
    for pair in 0..pairs {
        // Which half comes first changes from pair to pair.
        for turn in 0..2 {
            Made::write(&file, traces, 1_000 + 2 * pair as u64 + turn as u64, 1);
            if (pair + turn) % 2 == 0 {
                signal(running.id(), "STOP");
                std::thread::sleep(CALM);
                alone.push(half(&cluster, &file, traces, &known));
                signal(running.id(), "CONT");
            } else {
                std::thread::sleep(CALM);
                beside.push(half(&cluster, &file, traces, &known));
                assert!(running.try_wait().unwrap().is_none(), "the execution is over after {pair} pairs: more data");
            }
        }
    }
    let change = |of: fn(&(f64, f64)) -> f64| -> f64 {
        at(alone.iter().zip(&beside).map(|(alone, beside)| 100.0 * (of(beside) / of(alone) - 1.0)).collect(), 0.5)
    };
    let median = |halves: &[(f64, f64)], of: fn(&(f64, f64)) -> f64| at(halves.iter().map(of).collect(), 0.5);
    println!(
        "{pairs} pairs, {rate}: writing {:.0} traces/s alone, {:.0} beside, median change {:+.1} %",
        median(&alone, |half| half.0),
        median(&beside, |half| half.0),
        change(|half| half.0)
    );
    println!(
        "queries: P99 {:.1} ms alone, {:.1} ms beside, median change {:+.1} %",
        median(&alone, |half| half.1),
        median(&beside, |half| half.1),
        change(|half| half.1)
    );
    signal(running.id(), "INT");
    Cluster::ended(running).code(130);
}
