//! How fast telemetry is found: `data query` as whole processes over a store in directories.
//!
//!     cargo bench --bench querying -- [TRACES [QUERIES [LARGE_MB]]]
//!
//! * TRACES (2,600,000, about 5.2 million spans) of one to three spans in 24 hours of 256 hash buckets, three replicas on six nodes, and records for
//!   30 days of hours: QUERIES (10,000) by trace id in a known hour, and a tenth as many without a time.
//! * A range query of an hour: until its first record, and the rate of all of it and of what comes behind that, as protobuf.
//! * One partition of LARGE_MB (1,100) of stored segments: a tenth of QUERIES by trace id in it.
//!
//! TRACES or LARGE_MB may be 0: then that store is left out.
//!
//! It needs about 6 GB of room for files. Times are of whole processes, with the embedded store. With `OTLP_PART_BESIDE=PROGRAM`
//! another version of the program answers each query too, on the data that this one wrote, now before this one and now after it.

// A benchmark has nobody to report to, and its clock is the point of it.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, missing_docs)]

#[path = "writing/made.rs"]
mod made;

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use made::{HOUR_NANOS, Made, START_NANOS};
use otlp_part::model::SplitMix64;

const OWN: &str = env!("CARGO_BIN_EXE_otlp-part");

struct Store {
    directory: PathBuf,
    argument: String,
}

/// The programs that are measured, with how the other one is told.
fn programs() -> Vec<(String, &'static str)> {
    let own = (OWN.to_owned(), "");
    std::iter::once(own)
        .chain(std::env::var("OTLP_PART_BESIDE").ok().map(|other| (other, ", the other program")))
        .collect()
}

impl Store {
    fn new(directory: &Path, name: &str, hash_buckets: u32) -> Self {
        let directory = directory.join(name);
        fs::create_dir_all(&directory).unwrap();
        let argument = format!("file:{}", directory.join("c.db").display());
        let store = Self { directory, argument };
        let data = store.directory.join("data").display().to_string();
        let buckets = hash_buckets.to_string();
        store.run(&[
            "init",
            "--nodes",
            "n1,n2,n3,n4,n5,n6",
            "--hash-buckets",
            &buckets,
            "--placement",
            "rendezvous",
            "--data-root",
            &data,
            "--yes",
        ]);
        store
    }

    fn command(&self, args: &[&str]) -> Command {
        self.command_of(OWN, args)
    }

    fn command_of(&self, program: &str, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(["--store", &self.argument, "-q"]).args(args);
        command
    }

    fn run(&self, args: &[&str]) -> String {
        Self::out_of(&mut self.command(args), args)
    }

    fn out_of(command: &mut Command, args: &[&str]) -> String {
        let done = command.output().unwrap();
        assert!(done.status.success(), "{args:?}: {done:?}");
        String::from_utf8(done.stdout).unwrap()
    }

    fn write(&self, file: &Path) {
        self.run(&["data", "write", file.to_str().unwrap(), "--accept-old", "--yes", "-o", "json"]);
    }
}

/// What some times come to, in milliseconds.
fn told(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "{what}: {} queries, median {:.1} ms, P99 {:.1} ms, longest {:.1} ms",
        times.len(),
        at(0.5),
        at(0.99),
        times[times.len() - 1]
    );
}

/// Asks for traces of the sample, each of which must be found whole, and tells how long that took.
fn ask(what: &str, store: &Store, traces: &[(String, u64, u64)], (count, seed): (u64, u64), with_time: bool) {
    let mut random = SplitMix64::new(seed);
    let programs = programs();
    let mut times = vec![Vec::new(); programs.len()];
    for query in 0..count as usize {
        let (id, start, spans) = &traces[random.below(traces.len() as u64) as usize];
        let seconds = (start / 1_000_000_000).to_string();
        let time = ["--time", seconds.as_str(), "--slack", "0"];
        let whole = ["--from", "2025-10-08", "--to", "2025-11-07"];
        let more: &[&str] = if with_time { &time } else { &whole };
        let args = [&["data", "query", "--trace-id", id, "-o", "name"], more].concat();
        for turn in 0..programs.len() {
            // Which one is first changes from query to query.
            let at = (query + turn) % programs.len();
            let start = Instant::now();
            let out = Store::out_of(&mut store.command_of(&programs[at].0, &args), &args);
            times[at].push(start.elapsed().as_secs_f64() * 1000.0);
            assert_eq!(out.lines().count() as u64, *spans, "{id}: {out}");
        }
    }
    for ((_, name), times) in programs.iter().zip(times) {
        told(&format!("{what}{name}"), times);
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let mut number = |default: u64| arguments.next().map_or(default, |text| text.parse().unwrap());
    let (traces, queries, large_mb) = (number(2_600_000), number(10_000), number(1_100));
    let directory = tempfile::tempdir().unwrap();

    if traces > 0 {
        day(directory.path(), traces, queries);
    }
    if large_mb > 0 {
        large(directory.path(), large_mb, queries / 10);
    }
}

/// A day of partitions.
fn day(directory: &Path, traces: u64, queries: u64) {
    let store = Store::new(directory, "day", 256);
    store.run(&["partition", "create", "--from", "2025-10-08", "--to", "2025-11-07", "--yes"]);
    let file = directory.join("input.otlp");
    let (mut known, mut spans) = (Vec::new(), 0);
    // In parts, so that neither the input nor what is remembered of it is large.
    for part in 0..4 {
        let made = Made::write(&file, traces / 4, 100 + part, 24);
        spans += made.spans;
        known.extend(made.traces.into_iter().step_by(97));
        store.write(&file);
    }
    println!("{traces} traces, {spans} spans in 24 hours");
    ask("by trace id in a known hour", &store, &known, (queries, 1), true);
    ask("by trace id within 30 days", &store, &known, (queries / 10, 2), false);
    range(&store);
}

/// One partition of so many megabytes.
fn large(directory: &Path, large_mb: u64, queries: u64) {
    let file = directory.join("input.otlp");
    let store = Store::new(directory, "large", 1);
    let mut known = Vec::new();
    let mut part = 0;
    let stored = |store: &Store| {
        store.run(&["partition", "list", "-o", "value=size_bytes", "--sort", "size_bytes:desc", "--limit", "1"])
    };
    while stored(&store).trim().parse::<u64>().unwrap_or(0) < large_mb * 1_000_000 {
        let made = Made::write(&file, 600_000, 1_000 + part, 1);
        known.extend(made.traces.into_iter().step_by(997));
        store.write(&file);
        part += 1;
    }
    let size = stored(&store).trim().parse::<f64>().unwrap() / 1e9;
    ask(&format!("by trace id in one partition of {size:.2} GB"), &store, &known, (queries, 3), true);
}

/// A whole hour, until its first bytes and to its end.
fn range(store: &Store) {
    let from = (START_NANOS / 1_000_000_000).to_string();
    let to = ((START_NANOS + HOUR_NANOS) / 1_000_000_000).to_string();
    let programs = programs();
    for turn in 0..3 * programs.len() {
        let (program, name) = &programs[turn % programs.len()];
        let start = Instant::now();
        let args = ["data", "query", "--from", &from, "--to", &to, "--encoding", "proto"];
        let mut child = store.command_of(program, &args).stdout(Stdio::piped()).spawn().unwrap();
        let mut out = child.stdout.take().unwrap();
        let (mut buffer, mut bytes, mut first) = (vec![0; 1 << 20], 0, None);
        loop {
            let read = out.read(&mut buffer).unwrap();
            if read == 0 {
                break;
            }
            first.get_or_insert_with(|| start.elapsed().as_secs_f64() * 1000.0);
            bytes += read;
        }
        assert!(child.wait().unwrap().success());
        let seconds = start.elapsed().as_secs_f64();
        let (first, megabytes) = (first.unwrap_or(f64::NAN), bytes as f64 / 1e6);
        println!(
            "an hour, round {}{name}: first bytes after {first:.0} ms, {megabytes:.1} MB in {seconds:.2} s, {:.1} MB/s, \
             {:.1} MB/s behind the first bytes",
            turn / programs.len(),
            megabytes / seconds,
            megabytes / (seconds - first / 1000.0)
        );
    }
}
