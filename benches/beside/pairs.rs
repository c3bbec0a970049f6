//! Something measured with and without a rebalance beside it, in pairs.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::lab::{Cluster, Metadata, Setting, block_on, execution};
use crate::support_etcd::Etcd;

/// A half must be over before the lock of the stopped execution ends, which is renewed at every 5 of 15 seconds.
const HALF_MAX: Duration = Duration::from_secs(8);
const PARTITIONS: usize = 48;
/// So long after it goes on or stops nothing is measured.
const CALM: Duration = Duration::from_millis(300);

/// What was measured, pair by pair.
pub(crate) struct Pairs<T> {
    /// While the execution was stopped where it stood.
    pub(crate) alone: Vec<T>,
    /// While it moved data.
    pub(crate) beside: Vec<T>,
}

/// A cluster of which each partition of so many bytes has to move, on a real etcd.
pub(crate) fn cluster(bytes: usize) -> Cluster {
    let memory = Path::new("/dev/shm");
    let turns: [&[&str]; 3] = [&["n1", "n2"], &["n2", "n3"], &["n3", "n1"]];
    let holders = turns.into_iter().cycle().take(PARTITIONS).collect();
    let setting = Setting { room: memory.is_dir().then_some(memory), holders, bytes, more: Vec::new() };
    Cluster::set(Metadata::Etcd(Arc::new(block_on(Etcd::start()))), setting)
}

/// Executes a plan at a bandwidth limit, and measures while it goes on and while it is stopped. `prepare` is called with
/// the number of each half before it and is not part of it.
pub(crate) fn measure<T>(
    cluster: &Cluster,
    plan: &str,
    rate: &str,
    pairs: usize,
    mut prepare: impl FnMut(u64),
    mut measured: impl FnMut() -> T,
) -> Pairs<T> {
    let mut running = cluster.spawn(&execution(plan, &["--bandwidth", rate, "--progress", "none"]));
    let in_flight = || cluster.stored().keys().any(|key| key.starts_with("migrations/"));
    while !in_flight() {
        assert!(running.try_wait().unwrap().is_none(), "{:?}", Cluster::ended(running));
    }
    let mut half = || {
        std::thread::sleep(CALM);
        let start = Instant::now();
        let value = measured();
        assert!(start.elapsed() < HALF_MAX, "less in each half, or the lock ends");
        value
    };
    let (mut alone, mut beside) = (Vec::new(), Vec::new());
    for pair in 0..pairs {
        // Which half comes first changes from pair to pair.
        for turn in 0..2 {
            prepare(2 * pair as u64 + turn as u64);
            if (pair + turn) % 2 == 0 {
                signal(running.id(), "STOP");
                alone.push(half());
                signal(running.id(), "CONT");
            } else {
                beside.push(half());
                assert!(running.try_wait().unwrap().is_none(), "the execution is over after {pair} pairs: more data");
            }
        }
    }
    signal(running.id(), "INT");
    Cluster::ended(running).code(130);
    Pairs { alone, beside }
}

impl<T> Pairs<T> {
    /// The medians of a figure alone and beside, and that of its change from one to the other in percent.
    pub(crate) fn medians(&self, figure: impl Fn(&T) -> f64) -> (f64, f64, f64) {
        let of = |halves: &[T]| quantile(halves.iter().map(&figure).collect(), 0.5);
        let change = |(alone, beside): (&T, &T)| 100.0 * (figure(beside) / figure(alone) - 1.0);
        let changes = self.alone.iter().zip(&self.beside).map(change).collect();
        (of(&self.alone), of(&self.beside), quantile(changes, 0.5))
    }
}

/// The value that such a share of all is not above.
pub(crate) fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * share).round() as usize]
}

fn signal(pid: u32, name: &str) {
    assert!(Command::new("kill").args([format!("-{name}"), pid.to_string()]).status().unwrap().success());
}
