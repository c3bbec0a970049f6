//! The real program: its streams, its environment, its help.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_otlp-part");

fn program() -> Command {
    let mut command = Command::new(PROGRAM);
    command.env_clear().stdin(Stdio::null());
    command
}

/// More than a pipe holds.
const LONG: [&str; 8] = ["route", "--nodes", "a,b,c", "--from", "2025-11-05T00:00Z", "--for", "12h", "--each"];

#[test]
fn a_closed_pipe_ends_quietly() {
    for format in ["table", "json", "ndjson", "csv", "name", "value=partition"] {
        let mut child =
            program().args(LONG).args(["-o", format]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut start = [0; 10];
        if format != "value=partition" {
            child.stdout.as_mut().unwrap().read_exact(&mut start).unwrap();
        }
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        if format == "value=partition" {
            // A range is one document, which has no such field.
            assert_eq!(output.status.code(), Some(2), "{said}");
            continue;
        }
        assert_eq!(output.status.code(), Some(0), "{format}: {said}");
        let note = |line: &str| line.contains("partitions, pruned by") || line.contains("older than the retention");
        assert!(said.lines().all(note), "{format}: {said}");
    }
    // Nobody reads from the start, and nothing is said at all.
    for args in [&["completions", "bash"][..], &["--help"], &["man"], &["ring", "get", "--nodes", "a"]] {
        let mut child = program().args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn a_full_disk_is_an_error() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let output = program().args(LONG).args(["-o", "csv", "-q"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with("error: cannot write the output"), "{said}");
}

#[test]
fn little_output_on_a_full_disk_is_an_error_too() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let output = program().args(["ring", "get", "--nodes", "a"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with("error: cannot write the output"), "{said}");
}

/// The subcommands that a help text lists.
fn subcommands(help: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).filter(|name| name != "help").collect()
}

#[test]
fn every_command_has_help() {
    let mut seen = 0;
    let mut waiting: Vec<Vec<String>> = vec![Vec::new()];
    while let Some(path) = waiting.pop() {
        let output = program().args(&path).arg("--help").output().unwrap();
        let (help, said) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{path:?}");
        let usage = format!("Usage: otlp-part {}", path.join(" "));
        assert!(help.contains(usage.trim_end()), "{path:?}: {help}");
        let first = help.lines().next().unwrap();
        assert!(!first.is_empty() && !first.starts_with("Usage"), "{path:?} says nothing about itself: {help}");
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{path:?}: a line is wider than 100 columns");
        let short = program().args(&path).arg("-h").output().unwrap();
        assert!(short.status.success());
        for name in subcommands(&help) {
            waiting.push(path.iter().cloned().chain([name]).collect());
        }
        seen += 1;
    }
    assert!(seen >= 30, "{seen} help texts");
    // The long text of a command's arguments is its help.
    let create = program().args(["partition", "create", "--help"]).output().unwrap();
    assert!(String::from_utf8(create.stdout).unwrap().contains("Future hours skip nodes"));
}

#[test]
fn version_and_nothing_at_all() {
    let version = program().arg("--version").output().unwrap();
    assert_eq!(String::from_utf8(version.stdout).unwrap(), format!("otlp-part {}\n", env!("CARGO_PKG_VERSION")));
    let nothing = program().output().unwrap();
    assert_eq!((nothing.status.code(), nothing.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8(nothing.stderr).unwrap().contains("Usage: otlp-part"));
}

#[test]
fn colours_are_asked_for_or_absent() {
    let ring = |args: &[&str], variables: &[(&str, &str)]| {
        let mut command = program();
        command.args(["ring", "get", "--nodes", "a,b"]).args(args).envs(variables.iter().copied());
        String::from_utf8(command.output().unwrap().stdout).unwrap().contains('\u{1b}')
    };
    assert!(!ring(&[], &[]), "a pipe is no terminal");
    assert!(!ring(&[], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1"), ("TERM", "xterm-256color")]));
    assert!(ring(&["--color", "always"], &[]));
    assert!(ring(&["--color", "always"], &[("NO_COLOR", "1")]), "an option is stronger than a variable");
    assert!(!ring(&["--color", "never"], &[]));
}

#[test]
fn standard_input_and_the_environment_are_read() {
    let directory = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        program().args(args).current_dir(directory.path()).env("OTLP_PART_STORE", "file:c.db").output().unwrap()
    };
    assert!(run(&["init", "--nodes", "a,b,c", "--yes", "-q"]).status.success());
    let listed = run(&["node", "list", "-o", "name"]);
    assert_eq!(String::from_utf8(listed.stdout).unwrap(), "a\nb\nc\n");
    assert_eq!(String::from_utf8(listed.stderr).unwrap(), "store file:c.db (OTLP_PART_STORE), revision 1\n");
    let mut child = program()
        .args(["route", "--nodes", "a", "--trace-ids-from", "-", "--time", "2025-11-05", "-o", "name"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"04a971f14b28f97dc6888f7bd33157cf\n").unwrap();
    assert_eq!(String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap(), "partition_489528_0051\n");
}

/// Arguments that are no UTF-8 are an error of the command line, and not of the program.
#[test]
#[cfg(unix)]
fn arguments_may_be_any_bytes() {
    use std::os::unix::ffi::OsStrExt as _;
    let odd = std::ffi::OsStr::from_bytes(b"\xff\x1b[31m");
    for args in [vec![odd], vec!["route".as_ref(), "--trace-id".as_ref(), odd], vec!["-o".as_ref(), odd]] {
        let output = program().args(&args).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.starts_with("error: ") && !said.contains('\u{1b}'), "{said:?}");
    }
}
