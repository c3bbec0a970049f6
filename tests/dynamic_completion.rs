//! Completion out of the store in force: right, in time, or nothing; and without a trace.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

mod support;

use std::ffi::OsString;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::time::Duration;

use support::{Done, Lab};

/// What a shell gets when Tab is pressed in the last word.
fn ask(lab: &mut Lab, shell: &str, words: &[&str]) -> Done {
    lab.variables.insert("COMPLETE".into(), shell.into());
    lab.variables.insert("_CLAP_COMPLETE_INDEX".into(), words.len().to_string());
    let head = ["otlp-part", "--", "otlp-part"].into_iter();
    let args: Vec<OsString> = head.chain(words.iter().copied()).map(OsString::from).collect();
    let done = lab.run_os(args, b"");
    lab.variables.remove("COMPLETE");
    done
}

/// The candidates, in zsh's form without their help.
fn offered(lab: &mut Lab, words: &[&str]) -> Vec<String> {
    let done = ask(lab, "elvish", words).ok();
    assert_eq!(done.err, "", "{words:?}");
    done.out.lines().map(str::to_owned).collect()
}

/// A lab with a store in force and two contexts. On a busy machine it waits for longer than an operator would.
fn started() -> Lab {
    let mut lab = Lab::new();
    lab.variables.insert("OTLP_PART_COMPLETE_TIMEOUT".into(), "1m".into());
    let store = lab.init("c.db");
    lab.run(&format!("--store {store} partition create --from 2025-11-05T14:00Z --for 5h --yes")).ok();
    lab.file(
        "config.toml",
        "current_context = 'here'\n[contexts.here]\nstore = 'file:c.db'\n[contexts.gone]\nstore = 'file:gone.db'\n",
    );
    lab.variables.insert("OTLP_PART_CONFIG".into(), lab.text("config.toml"));
    lab
}

const NODES: [&str; 4] = ["node-1", "node-2", "node-3", "node-4"];

#[test]
fn ids_come_from_the_store_in_force() {
    let mut lab = started();
    assert_eq!(offered(&mut lab, &["node", "get", "node"]), NODES);
    assert_eq!(offered(&mut lab, &["node", "get", "node-1", "node-3"]), ["node-3"]);
    assert_eq!(offered(&mut lab, &["partition", "list", "--node", "node-4"]), ["node-4"]);
    assert_eq!(
        offered(&mut lab, &["partition", "set", "p", "--nodes", "node-1,node-2"]),
        ["node-1,node-2"],
        "the last of a list"
    );
    assert_eq!(offered(&mut lab, &["partition", "get", "partition_489542_025"]).len(), 6);
    let hours = offered(&mut lab, &["partition", "get", "part"]);
    assert_eq!(hours, (489_542..489_547).map(|hour| format!("partition_{hour}_")).collect::<Vec<_>>());
    assert_eq!(offered(&mut lab, &["context", "use", ""])[..2], ["here", "gone"]);
    assert_eq!(offered(&mut lab, &["status", "--context", "g"]), ["gone"]);
    assert!(offered(&mut lab, &["node", "add", "node"]).is_empty(), "new nodes have new names");
    // The store that the line names, before or behind.
    let other = lab.store("o.db");
    lab.run(&format!("--store {other} init --nodes other-1 --yes")).ok();
    assert_eq!(offered(&mut lab, &["--store", &other, "node", "get", "o"]), ["other-1"]);
    assert_eq!(offered(&mut lab, &["node", "--store", &other, "get", "o"]), ["other-1"]);
    assert!(offered(&mut lab, &["--context", "gone", "node", "get", "node"]).is_empty());
    // Commands and flags as ever.
    assert_eq!(offered(&mut lab, &["route", "--trace"]), ["--trace-id", "--trace-ids-from"]);
    assert_eq!(offered(&mut lab, &["sta"]), ["status"]);
}

#[test]
fn each_shell_in_its_own_form() {
    let mut lab = started();
    let list = |separator: &str| NODES.join(separator);
    assert_eq!(ask(&mut lab, "zsh", &["node", "get", "node"]).ok().out, list("\n"));
    assert_eq!(ask(&mut lab, "fish", &["node", "get", "node"]).ok().out, list("\n") + "\n");
    assert_eq!(ask(&mut lab, "powershell", &["node", "get", "node"]).ok().out, list("\n") + "\n");
    lab.variables.insert("_CLAP_IFS".into(), "\u{b}".into());
    assert_eq!(ask(&mut lab, "bash", &["node", "get", "node"]).ok().out, list("\u{b}"));
    // bash divides at : and = and wants what stands behind alone.
    let store = lab.store("c.db");
    let (scheme, path) = store.split_once(':').unwrap();
    let words = ["--store", scheme, ":", path, "node", "get", "node-2"];
    assert_eq!(ask(&mut lab, "bash", &words).ok().out, "node-2");
    assert_eq!(ask(&mut lab, "bash", &["status", "--context", "=", "he"]).ok().out, "here");
    for shell in ["bash", "/bin/bash", "zsh", "fish", "elvish", "powershell"] {
        lab.variables.insert("COMPLETE".into(), shell.into());
        let script = lab.run_os(vec!["otlp-part".into()], b"").ok();
        assert!(script.out.contains("COMPLETE") && script.out.contains("otlp-part"), "{shell}: {script:?}");
    }
    lab.variables.insert("COMPLETE".into(), "tcsh".into());
    let unknown = lab.run("status");
    assert!(unknown.code == 2 && unknown.err.contains("tcsh") && unknown.err.contains("zsh"), "{unknown:?}");
    for off in ["", "0"] {
        lab.variables.insert("COMPLETE".into(), off.into());
        assert_eq!(lab.run("node list -o name").ok().out.lines().count(), 4);
    }
}

/// Files of a directory with content and times.
fn trace(directory: &Path) -> Vec<(String, u64, std::time::SystemTime)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let entry = entry.unwrap();
        let metadata = entry.metadata().unwrap();
        let name = entry.path().to_string_lossy().into_owned();
        if metadata.is_dir() {
            found.extend(trace(&entry.path()));
        }
        found.push((name, metadata.len(), metadata.modified().unwrap()));
    }
    found.sort();
    found
}

#[test]
fn what_cannot_be_looked_up_is_silence() {
    let mut lab = started().on_terminal(80);
    lab.file("broken.toml", "current_context = ");
    lab.file("not-a-store.db", "text");
    lab.file("bad.json", "{");
    let before = trace(lab.directory());
    let missing = [
        vec!["--store", "file:/nowhere/x.db"],
        vec!["--store", "nonsense"],
        vec!["--store", "etcd://host:0"],
        vec!["--store", "etcd://127.0.0.1:1"],
        vec!["--store", "snapshot:-"],
        vec!["--store", "etcds://127.0.0.1:1", "--user", "op"],
        vec!["--store", "etcds://127.0.0.1:1", "--user", "op", "--password-file", "-"],
        vec!["--store", "etcds://127.0.0.1:1", "--cacert", "/nowhere/ca.pem"],
        vec!["--context", "nope"],
        vec!["--context", "gone"],
    ];
    let files = ["broken.toml", "not-a-store.db", "bad.json"].map(|name| lab.text(name));
    let named = [
        vec!["--config".to_owned(), files[0].clone()],
        vec!["--store".to_owned(), format!("file:{}", files[1])],
        vec!["--store".to_owned(), format!("snapshot:{}", files[2])],
    ];
    let lines = missing.into_iter().map(|line| line.into_iter().map(str::to_owned).collect()).chain(named);
    for line in lines.collect::<Vec<Vec<String>>>() {
        for command in [["node", "get", "n"], ["partition", "get", "p"]] {
            let words: Vec<&str> = line.iter().map(String::as_str).chain(command).collect();
            assert!(offered(&mut lab, &words).is_empty(), "{words:?}");
        }
    }
    // Also from the default store, which is not there and is not made.
    lab.variables.remove("OTLP_PART_CONFIG");
    assert!(offered(&mut lab, &["node", "get", "n"]).is_empty());
    assert_eq!(trace(lab.directory()), before);
}

#[test]
fn a_store_that_hangs_is_given_up() {
    // Takes connections and never says a word; the line would wait ten minutes for it.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let store = format!("etcd://{}", silent.local_addr().unwrap());
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let mut lab = Lab::new();
        let waiting = ["--dial-timeout", "10m", "--command-timeout", "10m", "node", "get", "n"];
        let words: Vec<&str> = ["--store", &store].into_iter().chain(waiting).collect();
        let nothing = offered(&mut lab, &words);
        // A pipe that nobody writes to as the configuration file.
        let pipe = lab.text("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let more = offered(&mut lab, &["--config", &pipe, "context", "use", "n"]);
        let _ = send.send((nothing, more));
    });
    let answer = receive.recv_timeout(Duration::from_secs(60)).expect("it did not give up");
    assert_eq!(answer, (vec![], vec![]));
    let (_held, _) = silent.accept().expect("it did try");
}

#[test]
fn bash_completes_with_the_script() {
    let lab = started();
    let script = r#"
        set -u
        source <(COMPLETE=bash "$0")
        COMP_WORDS=("$@")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_TYPE=9
        COMPREPLY=()
        [[ "$(complete -p otlp-part)" =~ " -F "([^ ]+) ]] || exit 9
        "${BASH_REMATCH[1]}" otlp-part "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", script, env!("CARGO_BIN_EXE_otlp-part"), "otlp-part", "node", "get", "node"]);
    bash.env_clear().env("PATH", "/usr/bin:/bin").env("OTLP_PART_CONFIG", lab.text("config.toml"));
    bash.env("OTLP_PART_COMPLETE_TIMEOUT", "1m");
    let output = bash.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(said.lines().collect::<Vec<_>>(), NODES, "{errors}");
}
