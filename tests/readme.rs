//! The README's reference names every command and flag of the program, and no other.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use clap::{Arg, Command, CommandFactory};
use otlp_part::cli::Cli;

const README: &str = include_str!("../README.md");

/// The program's commands with their whole names, those that do something.
fn leaves(command: &Command, name: &str, into: &mut Vec<(String, Command)>) {
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let name = format!("{name} {}", sub.get_name()).trim_start().to_owned();
        if sub.has_subcommands() {
            leaves(sub, &name, into);
        } else {
            into.push((name, sub.clone()));
        }
    }
}

/// Every command, and the one without a name for the options of every command.
fn commands() -> (Command, Vec<(String, Command)>) {
    let mut program = Cli::command();
    program.build();
    let mut all = Vec::new();
    leaves(&program, "", &mut all);
    (program, all)
}

/// The text under a heading, up to the next heading of its rank or above.
fn section(heading: &str) -> Option<&'static str> {
    let rank = heading.bytes().take_while(|b| *b == b'#').count();
    let (_, rest) = README.split_once(&format!("\n{heading}\n"))?;
    let ends = (1..=rank).filter_map(|rank| rest.find(&format!("\n{} ", "#".repeat(rank)))).min();
    Some(&rest[..ends.unwrap_or(rest.len())])
}

/// `--flag` in backticks, alone or before a value.
fn names(text: &str, flag: &str) -> bool {
    [format!("`--{flag}`"), format!("`--{flag} ")].iter().any(|quoted| text.contains(quoted))
}

fn missing(text: &str, arg: &Arg) -> Vec<String> {
    let mut missing = Vec::new();
    if let Some(flag) = arg.get_long()
        && !names(text, flag)
    {
        missing.push(format!("--{flag}"));
    }
    if let Some(short) = arg.get_short()
        && !text.contains(&format!("`-{short}`"))
    {
        missing.push(format!("-{short}"));
    }
    if !arg.get_action().takes_values() {
        return missing;
    }
    let defaults = arg.get_default_values().iter().map(|value| value.to_str().unwrap().to_owned());
    let possible = arg.get_possible_values();
    let words = defaults.chain(possible.iter().map(|value| value.get_name().to_owned()));
    missing.extend(words.filter(|word| !text.contains(&format!("`{word}`"))));
    missing
}

#[test]
fn every_command_and_flag_is_in_the_reference() {
    let (program, commands) = commands();
    let everywhere = section("## Options of every command").unwrap();
    let mut wrong = Vec::new();
    for arg in program.get_arguments() {
        wrong.extend(missing(everywhere, arg).into_iter().map(|what| format!("every command: {what}")));
    }
    for (name, command) in &commands {
        let Some(text) = section(&format!("### `{name}`")) else {
            wrong.push(format!("no section ### `{name}`"));
            continue;
        };
        let own = command.get_arguments().filter(|arg| !arg.is_global_set());
        for arg in own.filter(|arg| !["help", "version"].contains(&arg.get_id().as_str())) {
            let writing = arg.get_help_heading() == Some("Writing");
            if writing && !text.replace('\n', " ").contains("[Writing options]") {
                wrong.push(format!("{name}: it has the writing options"));
            }
            let text = if writing { everywhere } else { text };
            wrong.extend(missing(text, arg).into_iter().map(|what| format!("{name}: {what}")));
        }
    }
    assert!(wrong.is_empty(), "README.md lacks:\n{}", wrong.join("\n"));
    assert!(commands.len() >= 20, "the walk over the commands found only {}", commands.len());
}

#[test]
fn the_reference_names_nothing_that_is_not_there() {
    let (program, commands) = commands();
    let flags = |command: &Command| {
        command.get_arguments().filter_map(|arg| arg.get_long().map(str::to_owned)).collect::<BTreeSet<_>>()
    };
    let everywhere = flags(&program);
    let mut wrong = Vec::new();
    for heading in README.lines().filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`')) {
        let Some((_, command)) = commands.iter().find(|(name, _)| name == heading) else {
            wrong.push(format!("no such command: {heading}"));
            continue;
        };
        let known = flags(command);
        let rows = section(&format!("### `{heading}`")).unwrap().lines().filter(|line| line.starts_with("| `-"));
        for row in rows {
            let first = row.trim_start_matches("| ").split('|').next().unwrap();
            let named = first.split('`').filter_map(|word| word.strip_prefix("--"));
            let unknown = named.filter(|flag| !known.contains(*flag) && !everywhere.contains(*flag));
            wrong.extend(unknown.map(|flag| format!("{heading} has no --{flag}")));
        }
    }
    assert!(wrong.is_empty(), "README.md:\n{}", wrong.join("\n"));
}

#[test]
fn every_environment_variable_of_an_option_is_in_the_table() {
    let table = section("## Environment variables").unwrap();
    for (name, command) in commands().1 {
        for variable in command.get_arguments().filter_map(Arg::get_env) {
            let variable = variable.to_str().unwrap();
            assert!(table.contains(&format!("`{variable}`")), "{name}: {variable}");
        }
    }
}

/// The schemas that the files of a directory name.
fn schemas(directory: &Path, into: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            schemas(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let quoted = text.split('"').filter(|text| text.starts_with("otlp-part/") && text.ends_with("/v1"));
            into.extend(quoted.map(str::to_owned));
        }
    }
}

#[test]
fn every_schema_is_in_the_table() {
    let table = section("## JSON").unwrap();
    let mut all = BTreeSet::new();
    schemas(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    assert!(all.len() >= 14, "{all:?}");
    let missing: Vec<_> = all.iter().filter(|schema| !table.contains(&format!("`{schema}`"))).collect();
    assert!(missing.is_empty(), "README.md lacks {missing:?}");
}
