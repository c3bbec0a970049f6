//! The README's way of telemetry: in, found, moved, and found again, on the embedded store.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]
#![cfg(unix)]

use std::path::Path;
use std::process::Command;

const README: &str = include_str!("../README.md");
const PROGRAM: &str = env!("CARGO_BIN_EXE_otlp-part");

/// The script in the README.
fn script() -> &'static str {
    let (before, _) = README.split_once("# telemetry.sh").unwrap();
    let start = before.rfind("```sh\n").unwrap() + "```sh\n".len();
    README[start..].split_once("\n```").unwrap().0
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the script finds the program by its name")]
fn what_goes_in_comes_out_before_and_after_a_move() {
    let directory = tempfile::tempdir().unwrap();
    let programs = Path::new(PROGRAM).parent().unwrap().display();
    let path = format!("{programs}:{}", std::env::var("PATH").unwrap());
    // Nobody else writes or reads there.
    let script = script().replace("--grace 5s", "--grace 0 --settle 0");
    let ran = Command::new("sh")
        .args(["-c", &script])
        .current_dir(directory.path())
        .env_clear()
        .env("PATH", path)
        .env("HOME", directory.path())
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{out}\n{err}");
    assert!(out.contains("cart.handle"), "{out}");
    assert!(err.contains("done: ") && err.contains("nothing is wrong"), "{err}");
    let again = out.lines().find_map(|line| line.strip_suffix(" of the segments were there already")).unwrap();
    assert_eq!(out.matches(&format!(": {again} segments in ")).count(), 2, "all of them: {out}");
    // The sum of what went in is that of what came out.
    let sum = out.lines().find(|line| line.len() == 16 && line.bytes().all(|b| b.is_ascii_hexdigit())).unwrap();
    assert!(out.lines().last().unwrap().contains(sum), "{out}");
}
