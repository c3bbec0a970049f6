//! The completion files that packages take: the same as the program prints, and shells take them.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used, clippy::print_stdout)]
#![allow(clippy::disallowed_methods, reason = "switches of this test program")]

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use support::Lab;

const FILES: [(&str, &str); 5] = [
    ("bash", "otlp-part.bash"),
    ("zsh", "_otlp-part"),
    ("fish", "otlp-part.fish"),
    ("elvish", "otlp-part.elv"),
    ("powershell", "_otlp-part.ps1"),
];

/// Rewrites the files, once and before anything reads them, if that is asked for.
static RENEWED: LazyLock<()> = LazyLock::new(|| {
    if std::env::var_os("OTLP_PART_UPDATE").is_some() {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
        std::fs::create_dir_all(&directory).unwrap();
        for (shell, name) in FILES {
            std::fs::write(directory.join(name), printed(shell)).unwrap();
        }
    }
});

fn printed(shell: &str) -> String {
    Lab::new().run_with(&["completions", shell], b"").ok().out
}

fn file(name: &str) -> PathBuf {
    LazyLock::force(&RENEWED);
    Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").join(name)
}

#[test]
fn the_files_are_what_the_program_prints() {
    for (shell, name) in FILES {
        let printed = printed(shell);
        let kept = std::fs::read_to_string(file(name)).unwrap_or_default();
        assert!(
            kept == printed,
            "completions/{name} is not what `otlp-part completions {shell}` prints; to renew it: \
             OTLP_PART_UPDATE=1 cargo test --test completions"
        );
    }
    let there: Vec<_> = std::fs::read_dir(file("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(there.len(), FILES.len(), "a file that nobody makes: {there:?}");
}

/// Runs a script in a shell; `None` if the shell is not there and need not be.
fn shell(program: &str, args: &[&str], required: bool) -> Option<Output> {
    let directory = tempfile::tempdir().unwrap();
    let run = Command::new(program).args(args).env("HOME", directory.path()).current_dir(directory.path()).output();
    match run {
        Ok(output) => Some(output),
        Err(error) if !required && std::env::var_os("OTLP_PART_REQUIRE_SHELLS").is_none() => {
            println!("{program} is not there and was left out: {error}");
            None
        }
        Err(error) => panic!("{program}: {error}"),
    }
}

#[track_caller]
fn said(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{}: {errors}", output.status);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn bash_completes() {
    // What bash itself does when Tab is pressed behind the last word.
    let script = r#"
        set -u
        source "$0"
        COMP_WORDS=("$@")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMPREPLY=()
        [[ "$(complete -p otlp-part)" =~ " -F "([^ ]+) ]] || exit 9
        "${BASH_REMATCH[1]}" otlp-part "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let path = file("otlp-part.bash").to_string_lossy().into_owned();
    let complete = |words: &[&str]| {
        let args: Vec<&str> = ["--norc", "-c", script, &path].iter().chain(words).copied().collect();
        let answer = said(&shell("bash", &args, true).unwrap());
        answer.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(complete(&["otlp-part", "route", "--tr"]), ["--trace-id", "--trace-ids-from"]);
    assert_eq!(complete(&["otlp-part", "sta"]), ["status"]);
    assert_eq!(complete(&["otlp-part", "node", "re"]), ["remove"]);
    assert_eq!(complete(&["otlp-part", "partition", "set", "--rec"]), ["--record-count"]);
    assert!(complete(&["otlp-part", "completions", ""]).contains(&"powershell".to_owned()));
    assert_eq!(complete(&["otlp-part", "route", "--nonsense"]), [""]);
}

#[test]
fn zsh_loads() {
    let directory = file("").to_string_lossy().into_owned();
    let script = "fpath=($1 $fpath); autoload -Uz compinit && compinit -u -d ./dump && autoload +X -Uz _otlp-part && print -r -- $_comps[otlp-part]";
    if let Some(output) = shell("zsh", &["-f", "-c", script, "zsh", &directory], false) {
        assert_eq!(said(&output).trim(), "_otlp-part");
    }
    let path = file("_otlp-part").to_string_lossy().into_owned();
    if let Some(output) = shell("zsh", &["-f", "-n", &path], false) {
        assert_eq!(said(&output), "");
    }
}

#[test]
fn fish_completes() {
    let script = "source $argv[1]; and complete -C 'otlp-part route --tr'";
    let path = file("otlp-part.fish").to_string_lossy().into_owned();
    if let Some(output) = shell("fish", &["--no-config", "-c", script, &path], false) {
        let answer = said(&output);
        let offered: Vec<&str> = answer.lines().filter_map(|line| line.split('\t').next()).collect();
        assert!(offered.contains(&"--trace-id") && offered.contains(&"--trace-ids-from"), "{answer}");
    }
}
