//! Fills a cluster of directories with real segments: eight nodes in three zones, to try a rebalance on.
//!
//!     cargo run --release --example fill -- DIRECTORY [PARTITIONS [TRACES]]
//!
//! DIRECTORY must not exist. PARTITIONS (2000) is a multiple of 8, TRACES (20) the mean number of traces in each. Below
//! DIRECTORY then lie `nodes/n1` to `nodes/n8`, each with its marker and its copies, and `cluster.json`, the snapshot of
//! the metadata for `otlp-part snapshot import`. The hours are the eight that ended two hours ago.

// An example has nobody to report to.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods)]

mod cluster;

use std::process::ExitCode;

use otlp_part::cli::SystemClock;
use otlp_part::ports::Clock as _;

const USAGE: &str = "usage: fill DIRECTORY [PARTITIONS [TRACES]]";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(directory) = arguments.next() else {
        eprintln!("error: where to?\nhint: {USAGE}");
        return ExitCode::from(2);
    };
    let mut number = |name: &str, default: u32| match arguments.next() {
        None => Ok(default),
        Some(text) => text.parse().map_err(|_| format!("{name} {text:?} is no number")),
    };
    let numbers = number("PARTITIONS", 2000).and_then(|partitions| Ok((partitions, number("TRACES", 20)?)));
    let filled = numbers.and_then(|(partitions, traces)| {
        cluster::fill(directory.as_ref(), partitions, traces, SystemClock.now()).map_err(|e| e.to_string())
    });
    match filled {
        Ok(filled) => {
            println!("{filled}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("error: {reason}\nhint: {USAGE}");
            ExitCode::FAILURE
        }
    }
}
