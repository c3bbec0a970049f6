//! The checker finds what it is for, and nothing else.

use crate::checks::check;

#[track_caller]
fn finds(path: &str, text: &str, findings: &[&str]) {
    let found = check(path, text);
    assert_eq!(found.len(), findings.len(), "{path}: {text}: {found:#?}");
    for (found, expected) in found.iter().zip(findings) {
        assert!(found.starts_with(&format!("{path}:{expected}")), "{expected}: {found}");
    }
}

#[test]
fn imports_up_and_sideways_are_found() {
    finds("src/model/a.rs", "use crate::routing::Route;\n", &["1: model (floor 0) imports routing (floor 2)"]);
    finds("src/routing/a.rs", "\nuse crate::otlp::Unit;\n", &["2: routing (floor 2) imports otlp (floor 2)"]);
    finds(
        "src/partitioner/mod.rs",
        "fn f() { crate::placement::g() }\n",
        &["1: partitioner (floor 1) imports placement"],
    );
    finds(
        "src/output/a.rs",
        "use crate::{\n    model::X,\n    cli::{Y, Z},\n};\n",
        &["3: output (floor 6) imports cli (floor 7)"],
    );
    finds(
        "src/operations/a.rs",
        "#[cfg(test)]\nmod tests { use crate::output::Talk; }\n",
        &["2: operations (floor 5)"],
    );
    finds("src/metadata/a.rs", "use otlp_part::operations::x;\n", &["1: metadata (floor 4) imports operations"]);
    finds("src/model/a.rs", "use crate::unheard::X;\n", &["1: crate::unheard is no module"]);
    finds("src/model.rs", "use crate::ports::X;\n", &["1: model (floor 0) imports ports"]);
}

#[test]
fn imports_down_and_of_the_own_module_are_free() {
    finds(
        "src/cli/commands/a.rs",
        "use crate::cli::error::E;\nuse crate::{model::X, operations::{a, cli}, output};\n",
        &[],
    );
    finds(
        "src/model/a.rs",
        "// use crate::cli::X;\nconst A: &str = \"crate::cli::X\";\nconst B: &str = r#\"crate::cli\"#;\n",
        &[],
    );
    finds(
        "src/model/a.rs",
        "/// See [`crate::cli`].\npub(crate) struct A<'a>(&'a str, char);\nconst C: char = '\"';\n/* crate::cli:: */",
        &[],
    );
    finds("src/lib.rs", "pub mod cli;\nuse crate::cli::X;\n", &[]);
    finds("tests/a.rs", "use otlp_part::cli::run;\n", &[]);
}

#[test]
fn every_outside_crate_has_one_door() {
    for (path, text) in [
        ("src/operations/a.rs", "use clap::Args;"),
        ("src/output/a.rs", "use anyhow::Context as _;"),
        ("src/cli/a.rs", "comfy_table::Table::new()"),
        ("src/cli/a.rs", "use indicatif;"),
        ("src/metadata/memory/a.rs", "use rusqlite::Connection;"),
        ("src/metadata/sqlite/a.rs", "etcd_client::Client"),
        ("src/cli/a.rs", "getrandom::u64()"),
        ("src/output/a.rs", "terminal_size::terminal_size()"),
        ("src/operations/a.rs", "std::fs::read(p)"),
        ("src/operations/a.rs", "use std::fs::File;"),
        ("src/operations/a.rs", "use std::{io, fs::File};"),
        ("src/cli/a.rs", "use std::env;"),
        ("src/cli/a.rs", "use std::{collections::BTreeMap, env};"),
        ("src/cli/a.rs", "std::process::exit(1)"),
        ("src/metadata/sqlite/create.rs", "std::process::exit(1)"),
        ("src/metadata/a.rs", "std::process::id()"),
        ("src/routing/a.rs", "tokio::time::sleep(d)"),
        ("src/model/a.rs", "use tokio;"),
    ] {
        finds(path, text, &["1: "]);
    }
}

#[test]
fn doors_stand_open_for_those_who_live_there() {
    for (path, text) in [
        (
            "src/cli/a.rs",
            "use clap::Args;\nuse anyhow::Context as _;\nclap_complete::generate();\nuse std::fs::File;\n",
        ),
        ("src/output/a.rs", "use comfy_table::Table;\nuse indicatif::ProgressBar;\n"),
        ("src/metadata/sqlite/a.rs", "use rusqlite::Connection;\nstd::fs::read(p);\ntokio::time::sleep(d);\n"),
        ("src/metadata/etcd/a.rs", "use etcd_client::Client;\n"),
        (
            "src/main.rs",
            "std::env::args_os(); getrandom::u64(); std::process::ExitCode::FAILURE; terminal_size::terminal_size()",
        ),
        ("src/metadata/sqlite/create.rs", "std::process::id()"),
        ("src/model/a.rs", "let clap_like = my::clap::x; fn tokio_like() {} // clap::Args\n"),
        ("src/model/a.rs", "fn f() {}\n#[cfg(test)]\nmod tests { use std::fs; }\n"),
        ("src/otlp/tests/a.rs", "use std::fs;\n"),
        ("tests/a.rs", "use std::fs; use std::process::Command;\n"),
    ] {
        finds(path, text, &[]);
    }
}

#[test]
fn what_is_left_undone_is_found_everywhere() {
    for path in ["src/model/a.rs", "tests/a.rs", "benches/a.rs"] {
        for text in ["// TODO later", "// FIXME", "todo!()", "unimplemented!()", "#[ignore]", "#[ignore = \"slow\"]"] {
            finds(path, &format!("\n\n{text}\n"), &["3: "]);
        }
    }
}

#[test]
fn long_files_are_found() {
    finds("src/model/a.rs", &"x\n".repeat(600), &[]);
    finds("src/model/a.rs", &"x\n".repeat(601), &["601: 601 lines"]);
    finds("tests/a.rs", &"x\n".repeat(601), &[]);
}
