//! `build/protoc`: a machine without a protobuf compiler builds this, and one that cannot says why.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]
#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/build/protoc");

/// A directory that has the tools which the script uses, and no protoc.
fn tools() -> TempDir {
    let directory = tempfile::Builder::new().prefix("bare tools ").tempdir().unwrap();
    for tool in ["sh", "uname", "dirname", "mktemp", "cp", "chmod", "rm", "cat"] {
        let found = Command::new("sh").args(["-c", "command -v \"$0\"", tool]).output().unwrap();
        let path = String::from_utf8(found.stdout).unwrap();
        symlink(path.trim_end(), directory.path().join(tool)).unwrap();
    }
    directory
}

fn protoc(path: &Path, variables: &[(&str, &Path)]) -> Output {
    let mut command = Command::new("sh");
    command.args([SCRIPT, "--version"]).env_clear().env("PATH", path).current_dir("/");
    command.envs(variables.iter().copied()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The registry's folder of the crate's kind: `DIR/protoc-bin-vendored-PLATFORM-VERSION/bin/protoc`.
fn fake_crate(parent: &Path, says: &str, mode: u32) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;

    let system = text(&Command::new("uname").arg("-s").output().unwrap().stdout);
    let machine = text(&Command::new("uname").arg("-m").output().unwrap().stdout);
    let platform = match (system.trim(), machine.trim()) {
        ("Linux", "x86_64") => "linux-x86_64",
        ("Linux", _) => "linux-aarch_64",
        ("Darwin", "x86_64") => "macos-x86_64",
        _ => "macos-aarch_64",
    };
    let bin = parent.join(format!("protoc-bin-vendored-{platform}-9.9.9/bin"));
    std::fs::create_dir_all(&bin).unwrap();
    let file = bin.join("protoc");
    std::fs::write(&file, format!("#!/bin/sh\necho \"{says} $*\"\n")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
    file
}

#[test]
#[expect(clippy::disallowed_methods, reason = "cargo's folder is known from the environment alone")]
fn without_a_protoc_on_the_machine_the_crate_in_cargos_folder_is_run() {
    let tools = tools();
    let kept: Vec<_> = ["HOME", "CARGO_HOME"].into_iter().filter_map(|n| Some((n, std::env::var_os(n)?))).collect();
    let variables: Vec<(&str, &Path)> = kept.iter().map(|(name, value)| (*name, Path::new(value))).collect();
    let output = protoc(tools.path(), &variables);
    assert!(output.status.success(), "{output:?}");
    assert!(text(&output.stdout).starts_with("libprotoc "), "{output:?}");
}

#[test]
fn the_crate_beside_the_one_that_is_built_comes_first_and_needs_no_home() {
    let tools = tools();
    let registry = tempfile::Builder::new().prefix("any folder ").tempdir().unwrap();
    fake_crate(registry.path(), "beside", 0o755);
    let building = registry.path().join("etcd-client-0.0.0");
    std::fs::create_dir(&building).unwrap();
    let output = protoc(tools.path(), &[("CARGO_MANIFEST_DIR", &building)]);
    assert!(text(&output.stdout).starts_with("beside --version -I "), "{output:?}");
}

#[test]
fn a_compiler_that_lost_its_mode_bits_is_run_from_a_copy() {
    let tools = tools();
    let home = tempfile::tempdir().unwrap();
    fake_crate(&home.path().join("registry/src/index-0000"), "copied", 0o644);
    let output = protoc(tools.path(), &[("CARGO_HOME", home.path())]);
    assert!(text(&output.stdout).starts_with("copied --version -I "), "{output:?}");
}

#[test]
fn without_the_crate_the_machines_own_is_run_but_never_the_script_itself() {
    let tools = tools();
    let empty = tempfile::tempdir().unwrap();
    let own = fake_crate(empty.path(), "own", 0o755);
    let build = Path::new(SCRIPT).parent().unwrap();
    let path = format!("{}:{}:{}", build.display(), own.parent().unwrap().display(), tools.path().display());
    let output = protoc(Path::new(&path), &[("CARGO_HOME", empty.path())]);
    assert_eq!(text(&output.stdout), "own --version\n", "{output:?}");
}

#[test]
fn with_neither_the_error_names_the_mend() {
    let tools = tools();
    let empty = tempfile::tempdir().unwrap();
    for variables in [vec![("CARGO_HOME", empty.path()), ("HOME", empty.path())], vec![]] {
        let output = protoc(tools.path(), &variables);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let stderr = text(&output.stderr);
        assert!(stderr.starts_with("error: ") && stderr.contains("\nhint: ") && stderr.contains("PROTOC"), "{stderr}");
    }
}
