//! The README's script that gates a change of the topology in CI, run as it stands there.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Output};

const README: &str = include_str!("../README.md");
const PROGRAM: &str = env!("CARGO_BIN_EXE_otlp-part");

/// The script in the README.
fn script() -> &'static str {
    let (_, rest) = README.split_once("```sh\n#!/bin/sh\n# gate.sh").unwrap();
    let start = README.len() - rest.len() - "#!/bin/sh\n# gate.sh".len();
    README[start..].split_once("\n```").unwrap().0
}

/// Runs a command in a directory with nothing but the program and the system's tools on its path.
fn run(directory: &Path, program: &str, args: &[&str]) -> Output {
    let bin = Path::new(PROGRAM).parent().unwrap().to_str().unwrap();
    Command::new(program)
        .args(args)
        .current_dir(directory)
        .env_clear()
        .env("PATH", format!("{bin}:/usr/bin:/bin"))
        .output()
        .unwrap()
}

fn gate(directory: &Path, topology: &str) -> (i32, String) {
    std::fs::write(directory.join("topology.json"), topology).unwrap();
    let done = run(directory, "sh", &["gate.sh"]);
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    (done.status.code().unwrap(), said)
}

#[test]
fn the_gate_lets_a_small_change_pass_and_no_other() {
    let directory = tempfile::tempdir().unwrap();
    let here = directory.path();
    std::fs::write(here.join("gate.sh"), script()).unwrap();
    let node = |n: u32| format!(r#"{{"id":"n{n}","location":{{"zone":"z{}"}},"capacity":"1TB"}}"#, n % 3);
    let nodes = |range: std::ops::RangeInclusive<u32>| range.map(node).collect::<Vec<_>>().join(",");
    let topology = |nodes: &str, fields: &str| format!(r#"{{"nodes":[{nodes}],"cluster":{{{fields}}}}}"#);
    // A cluster of nine nodes with one partition of 1 GB per hash bucket and hour, twelve hours long.
    let before =
        topology(&nodes(1..=9), r#""placement":{"algorithm":"zone-balanced"},"partitioning":{"hash_buckets":64}"#);
    let scenario = format!(r#"{{"before":{before},"partitions":768,"size":"1GB","until":"now"}}"#);
    std::fs::write(here.join("before.json"), scenario).unwrap();
    let made = run(here, PROGRAM, &["simulate", "--file", "before.json", "--snapshot-out", "cluster.json", "-q"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));

    let (code, said) = gate(here, &before);
    assert_eq!((code, said.contains("is what the cluster is")), (0, true), "{said}");
    let (code, said) = gate(here, &topology(&nodes(1..=12), ""));
    assert_eq!((code, said.contains("topology.json passes")), (3, false), "three more nodes take a quarter: {said}");
    assert!(said.contains("max-moved-bytes is"), "{said}");
    let (code, said) = gate(here, &topology(&nodes(1..=10), ""));
    assert_eq!((code, said.contains("topology.json passes")), (0, true), "{said}");
    let (code, said) = gate(here, &topology(&nodes(1..=9), r#""replication_factor":1"#));
    assert_eq!((code, said.contains("min-replicas is 1")), (3, true), "{said}");
    for broken in ["{", "{}", r#"{"nodes":[{"id":"n1"},{"id":"n2"}]}"#, r#"{"cluster":{"replication_facter":3}}"#] {
        let (code, said) = gate(here, broken);
        assert!(code == 1 && said.contains("error: "), "{broken}: {code} {said}");
    }
    std::fs::remove_file(here.join("cluster.json")).unwrap();
    let (code, said) = gate(here, &before);
    assert_eq!((code, said.contains("cluster.json")), (1, true), "{said}");
}
