//! What is wrong is named, hinted at where something can be done, ends with its exit code, and changes nothing.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

#[path = "bad_input/hostile.rs"]
mod hostile;
#[path = "bad_input/lines.rs"]
mod lines;
#[path = "bad_input/simulations.rs"]
mod simulations;
#[path = "bad_input/stores.rs"]
mod stores;
mod support;

use support::{Done, Lab};

/// A command line, its exit code, words of its error, and words of its hint (none = "").
type Bad<'a> = (&'a str, u8, &'a str, &'a str);

/// Runs each line in both ways to say an error; the files of the directory stay as they are, byte for byte.
#[track_caller]
fn check(lab: &Lab, stdin: &[u8], bad: &[Bad<'_>]) {
    let before = files(lab);
    for (line, code, error, hint) in bad {
        let done = lab.run_stdin(line, stdin);
        assert_eq!(done.code, *code, "{line}: {done:#?}");
        let said = done.err.split("error: ").nth(1).unwrap_or_else(|| panic!("{line}: {done:#?}"));
        let said = said.split("\n\n").next().unwrap().split("\nhint: ").next().unwrap();
        assert!(lab.portable(said).contains(error), "{line}: {error:?} is not in {said:?}");
        let hinted = done.err.lines().find_map(|l| l.strip_prefix("hint: "));
        assert!(hint.is_empty() || hinted.is_some_and(|h| h.contains(hint)), "{line}: {hint:?}: {done:#?}");
        if !line.contains("-o ") {
            as_json(lab, line, stdin, *code, &done);
        }
        assert!(before == files(lab), "{line} changed a file");
    }
}

/// The same error as one JSON object on stderr.
fn as_json(lab: &Lab, line: &str, stdin: &[u8], code: u8, plain: &Done) {
    let done = lab.run_stdin(&format!("-o json {line}"), stdin);
    assert_eq!(done.code, code, "{line}: {done:#?}");
    let objects: Vec<serde_json::Value> =
        done.err.lines().filter(|l| l.starts_with('{')).map(|l| serde_json::from_str(l).unwrap()).collect();
    let [object] = objects.as_slice() else { panic!("{line}: {done:#?}") };
    assert_eq!(object["schema"], "otlp-part/error/v1", "{line}");
    assert!(object["kind"].as_str().is_some_and(|kind| !kind.is_empty()), "{line}: {object}");
    assert_eq!(code == 2, object["kind"] == "usage", "{line}: {object}");
    let error = object["error"].as_str().unwrap();
    let first = plain.err.lines().find_map(|l| l.strip_prefix("error: ")).unwrap();
    assert!(error.starts_with(first.split('\\').next().unwrap().trim_end()), "{line}: {error:?} and {first:?}");
    assert!(!done.err.lines().any(|l| l.starts_with("error: ")), "{line}: {done:#?}");
}

/// Every file below the directory with its bytes.
fn files(lab: &Lab) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut directories = vec![lab.directory().to_owned()];
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path)
            } else {
                found.push((path.clone(), std::fs::read(path).unwrap()))
            }
        }
    }
    found.sort();
    found
}
