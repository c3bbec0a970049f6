//! Completion that asks the store in force: node ids, partition ids, contexts.
//!
//! A shell runs the program again at each Tab, with `COMPLETE` naming the shell; without words it prints the script that
//! makes the shell do so. Commands, flags and file names are completed by clap_complete's engine, whose interface may
//! change between its releases (feature `unstable-dynamic`): nothing else of it is used but the scripts. The completions
//! that are checked in know no store and do not need it.
//!
//! Invariant: an answer in time or none. What is looked up runs on a thread that is left behind when its time is over,
//! in surroundings that have no terminal and no streams: it asks nobody, writes nothing, and makes no file.

mod candidates;
mod lookup;
mod words;

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use clap::builder::StyledStr;
use clap::{Arg, Command, CommandFactory, ValueHint};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, complete};
use clap_complete::env::Shells;

use crate::output::{OutputError, escape_text};

use super::Environment;
use super::args::Cli;
use super::error::CliError;
use lookup::{Kind, Lookup};
use words::Words;

/// The variable that asks for completion, by naming the shell.
const VARIABLE: &str = "COMPLETE";
/// The program's name.
const NAME: &str = "otlp-part";

/// The shell that asks for completion, if one does.
pub(super) fn asking_shell(environment: &Environment<'_>) -> Option<String> {
    environment.variable(VARIABLE).filter(|shell| *shell != "0").map(str::to_owned)
}

/// Prints the script for a shell, or candidates for the words behind `--`.
pub(super) fn run(shell: &str, args: &[OsString], environment: &mut Environment<'_>) -> Result<(), CliError> {
    let name = Path::new(shell).file_name().and_then(|name| name.to_str()).unwrap_or(shell);
    let shells = Shells::builtins();
    let Some(completer) = shells.completer(name) else {
        let known: Vec<&str> = shells.names().collect();
        let hint = format!("it names the shell to complete for: {}", known.join(", "));
        return Err(CliError::usage_hint(format!("{VARIABLE}={shell}: this shell is not known"), hint));
    };
    let mut text = Vec::new();
    let program = args.first().map(|program| program.to_string_lossy().into_owned()).unwrap_or_default();
    match args.iter().position(|arg| arg == "--") {
        Some(at) if at + 1 < args.len() => {
            let words = Words::read(completer.name(), &args[at + 1..], environment);
            let found = candidates_for(&words, environment);
            print(completer.name(), &words, &found, environment, &mut text)?;
        }
        Some(_) | None => {
            completer
                .write_registration(VARIABLE, NAME, NAME, &callable(&program), &mut text)
                .map_err(OutputError::from)?;
        }
    }
    environment.stdout.write_all(&text).map_err(OutputError::from)?;
    Ok(environment.stdout.flush().map_err(OutputError::from)?)
}

/// How the shell calls this program again: by its name, or where it is.
fn callable(program: &str) -> String {
    if !program.contains('/') {
        return NAME.to_owned();
    }
    std::path::absolute(program).map_or_else(|_| program.to_owned(), |path| path.to_string_lossy().into_owned())
}

fn candidates_for(words: &Words, environment: &Environment<'_>) -> Vec<CompletionCandidate> {
    let lookup = Arc::new(Lookup::new(words, environment));
    let mut command = attached(Cli::command(), &lookup);
    let here = std::path::absolute(".").ok();
    complete(&mut command, words.all.clone(), words.index, here.as_deref()).unwrap_or_default()
}

/// The command with what completes the values of its arguments.
fn attached(command: Command, lookup: &Arc<Lookup>) -> Command {
    // Whoever adds a node names one that is not there.
    let new_names = command.get_name() == "add";
    command
        .mut_args(|arg| if new_names { hinted(arg) } else { completed(hinted(arg), lookup) })
        .mut_subcommands(|sub| attached(sub, lookup))
}

fn value_name(arg: &Arg) -> String {
    arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default()
}

fn hinted(arg: Arg) -> Arg {
    match value_name(&arg).as_str() {
        "FILE" => arg.value_hint(ValueHint::FilePath),
        "DIR" => arg.value_hint(ValueHint::DirPath),
        _ => arg,
    }
}

fn completed(arg: Arg, lookup: &Arc<Lookup>) -> Arg {
    let kind = match value_name(&arg).as_str() {
        "NODE" | "NODE,..." | "NODE|zone=Z" => Kind::Nodes,
        "PARTITION" => Kind::Partitions,
        "PLAN" => Kind::Plans,
        "CONTEXT" => Kind::Contexts,
        _ => return arg,
    };
    let lookup = Arc::clone(lookup);
    arg.add(ArgValueCompleter::new(move |current: &std::ffi::OsStr| {
        let typed = current.to_string_lossy().into_owned();
        // Of a list the last item is completed.
        let (before, item) =
            typed.rsplit_once(',').map_or(("", typed.as_str()), |(_, item)| (&typed[..typed.len() - item.len()], item));
        let found = lookup.candidates(kind, item);
        found.into_iter().map(|name| CompletionCandidate::new(format!("{before}{name}"))).collect()
    }))
}

/// Prints candidates as the shell's script reads them.
fn print(
    shell: &str,
    words: &Words,
    found: &[CompletionCandidate],
    environment: &Environment<'_>,
    out: &mut Vec<u8>,
) -> Result<(), CliError> {
    let separator = environment.variables.get("_CLAP_IFS").map_or("\n", String::as_str);
    let first_line = |help: &StyledStr| {
        let text = help.to_string();
        escape_text(text.lines().next().unwrap_or_default()).into_owned()
    };
    let mut text = String::new();
    for (i, candidate) in found.iter().enumerate() {
        let value = candidate.get_value().to_string_lossy();
        let value = value.strip_prefix(words.kept.as_str()).unwrap_or(&value);
        let help = candidate.get_help().map(first_line);
        match shell {
            "fish" | "powershell" => {
                let help = help.map(|help| format!("\t{help}")).unwrap_or_default();
                text.push_str(&format!("{value}{help}\n"));
                continue;
            }
            _ if i > 0 => text.push_str(separator),
            _ => {}
        }
        if shell == "zsh" {
            text.push_str(&value.replace('\\', "\\\\").replace(':', "\\:"));
            text.extend(help.map(|help| format!(":{}", help.replace('\\', "\\\\"))));
        } else {
            text.push_str(value);
        }
    }
    out.write_all(text.as_bytes()).map_err(OutputError::from)?;
    Ok(())
}
