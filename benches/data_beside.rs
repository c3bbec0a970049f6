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
#[path = "beside/pairs.rs"]
mod pairs;

use std::path::Path;
use std::time::Instant;

use lab::Cluster;
use made::Made;
use pairs::quantile;

/// Traces a second, and the P99 of queries in milliseconds.
fn half(cluster: &Cluster, file: &Path, traces: u64, known: &[(String, u64, u64)]) -> (f64, f64) {
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
    (rate, quantile(times, 0.99))
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let mut number = |default: usize| arguments.next().map_or(default, |text| text.parse().unwrap());
    let (pairs, traces, queries) = (number(12), number(20_000) as u64, number(60));
    let rate = arguments.next().unwrap_or_else(|| "20MB/s".to_owned());
    assert!(pairs >= 2 && queries >= 3);
    let cluster = pairs::cluster(40_000_000);
    let plan = cluster.plan(&[]);
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("made.otlp");
    let first = Made::write(&file, traces, 1, 1);
    cluster.run(&["data", "write", file.to_str().unwrap(), "--accept-old", "--yes", "-q"]).ok();
    let step = (first.traces.len() / queries).max(1);
    let known: Vec<_> = first.traces.into_iter().step_by(step).take(queries).collect();
    let more = |half| drop(Made::write(&file, traces, 1_000 + half, 1));
    let measured = pairs::measure(&cluster, &plan, &rate, pairs, more, || half(&cluster, &file, traces, &known));
    let (alone, beside, change) = measured.medians(|half| half.0);
    println!(
        "{pairs} pairs, {rate}: writing {alone:.0} traces/s alone, {beside:.0} beside, median change {change:+.1} %"
    );
    let (alone, beside, change) = measured.medians(|half| half.1);
    println!("queries: P99 {alone:.1} ms alone, {beside:.1} ms beside, median change {change:+.1} %");
}
