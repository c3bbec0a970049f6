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
#[path = "beside/pairs.rs"]
mod pairs;

use std::time::Instant;

use lab::Cluster;
use pairs::quantile;

/// The median of some whole processes, in milliseconds.
fn routes(cluster: &Cluster, count: usize) -> f64 {
    let id = "04a971f14b28f97dc6888f7bd33157cf";
    let one = || {
        let start = Instant::now();
        cluster.run(&["route", "--trace-id", id, "--time", "2025-11-05T12:10:00Z", "-o", "value=leader", "-q"]).ok();
        start.elapsed().as_secs_f64() * 1000.0
    };
    quantile((0..count).map(|_| one()).collect(), 0.5)
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let mut number = |default: usize| arguments.next().map_or(default, |text| text.parse().unwrap());
    let (pairs, count) = (number(12), number(41));
    let rate = arguments.next().unwrap_or_else(|| "20MB/s".to_owned());
    assert!(pairs >= 2 && count >= 3);
    let cluster = pairs::cluster(30_000_000);
    let plan = cluster.plan(&[]);
    let measured = pairs::measure(&cluster, &plan, &rate, pairs, |_| (), || routes(&cluster, count));
    let (alone, beside, rise) = measured.medians(|median| *median);
    println!(
        "{pairs} pairs of {count} routes, {rate}: {alone:.2} ms alone, {beside:.2} ms beside; median rise {rise:.1} %"
    );
}
