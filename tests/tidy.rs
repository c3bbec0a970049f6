//! The house kept in order: floors, doors, lengths, nothing left undone. See the floor list in `src/lib.rs`.
//!
//! The checker is a function from a path and a text to findings, so that it is tested on small texts first.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

#[path = "tidy/checks.rs"]
mod checks;
#[path = "tidy/self_test.rs"]
mod self_test;

use std::path::{Path, PathBuf};

use checks::check;

/// Every Rust file below a directory of the package, with its path from there.
fn sources(directory: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut waiting: Vec<PathBuf> = vec![root.join(directory)];
    while let Some(path) = waiting.pop() {
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_house_is_tidy() {
    let mut findings = Vec::new();
    let mut seen = 0;
    for directory in ["src", "tests", "benches"] {
        for (path, text) in sources(directory) {
            // The checker and its tests spell out what they look for.
            if !path.starts_with("tests/tidy") {
                findings.extend(check(&path, &text));
                seen += 1;
            }
        }
    }
    assert!(seen > 150, "only {seen} files were looked at");
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
}

/// The map knows every module, and every module is on the map.
#[test]
fn every_module_has_its_floor() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut there: Vec<String> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| name.trim_end_matches(".rs").to_owned())
        .filter(|name| !["lib", "main"].contains(&name.as_str()))
        .collect();
    there.sort();
    there.dedup();
    for module in &there {
        assert!(checks::floor_of(module).is_some(), "module {module} stands on no floor of tests/tidy/checks.rs");
    }
    assert!(there.len() >= 10, "{there:?}");
}
