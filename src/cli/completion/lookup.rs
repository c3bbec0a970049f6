//! Looking candidates up in time, or not at all.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use clap::{CommandFactory, FromArgMatches};

use crate::cli::Environment;
use crate::cli::args::{Cli, GlobalArgs};
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::cli::settings::Contexts;
use crate::model::time::parse_duration;
use crate::output::Format;
use crate::ports::Clock;

use super::candidates;
use super::words::Words;

/// How long a look-up may take. With the start of the program and of the shell's answer it stays below 300 ms.
const TIME: Duration = Duration::from_millis(250);
/// The variable of those who would rather wait.
const TIME_VARIABLE: &str = "OTLP_PART_COMPLETE_TIMEOUT";
/// A Tab that is silent for longer looks like a shell that hangs.
const TIME_MAX: Duration = Duration::from_secs(60);

/// How long a look-up may take, as the operator says; nonsense counts as nothing said.
fn time_allowed(environment: &Environment<'_>) -> Duration {
    let told = environment.variable(TIME_VARIABLE).and_then(|text| parse_duration(text).ok());
    let told = told.and_then(|nanos| u64::try_from(nanos).ok()).map(Duration::from_nanos);
    told.map_or(TIME, |told| told.min(TIME_MAX))
}

/// What is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Nodes,
    Partitions,
    Plans,
    Contexts,
}

/// Everything that a look-up needs, for a thread of its own.
#[derive(Clone)]
pub(super) struct Lookup {
    /// The line without the word that is completed.
    line: Vec<OsString>,
    variables: BTreeMap<String, String>,
    clock: Arc<dyn Clock>,
    time: Duration,
}

impl Lookup {
    pub(super) fn new(words: &Words, environment: &Environment<'_>) -> Self {
        let mut line = words.all.clone();
        line.remove(words.index);
        let (variables, clock) = (environment.variables.clone(), Arc::clone(&environment.clock));
        Self { line, variables, clock, time: time_allowed(environment) }
    }

    /// The names that begin with what is typed; none if they cannot be had in time.
    pub(super) fn candidates(&self, kind: Kind, typed: &str) -> Vec<String> {
        let (send, receive) = mpsc::sync_channel(1);
        let (lookup, typed) = (self.clone(), typed.to_owned());
        let thread = std::thread::Builder::new().name("completion".to_owned());
        let started = thread.spawn(move || {
            // Nobody listens any more when the time is over.
            let _ = send.send(lookup.look(kind, &typed).unwrap_or_default());
        });
        match started {
            Ok(_) => receive.recv_timeout(self.time).unwrap_or_default(),
            Err(_) => Vec::new(),
        }
    }

    fn look(self, kind: Kind, typed: &str) -> Result<Vec<String>, CliError> {
        let Some(global) = global_of(self.line) else { return Ok(Vec::new()) };
        let (mut stdin, mut stdout, mut stderr) = (std::io::empty(), std::io::sink(), std::io::sink());
        let mut environment = Environment {
            variables: self.variables,
            clock: self.clock,
            stdin: &mut stdin,
            stdout: &mut stdout,
            stderr: &mut stderr,
            ask_secret: &mut |_| Err(std::io::ErrorKind::Unsupported.into()),
            stdin_terminal: false,
            stdout_terminal: false,
            stderr_terminal: false,
            width: None,
            random: || 0,
        };
        let contexts = Contexts::load(&global, &environment)?;
        if kind == Kind::Contexts {
            let names = contexts.file.contexts.into_iter().map(|context| context.name);
            return Ok(names.filter(|name| name.starts_with(typed)).collect());
        }
        let mut session = Session::new(&mut environment, global, contexts, Format::Table)?;
        let OpenReader { store, keys, .. } = session.open_reader()?;
        Ok(match kind {
            Kind::Nodes => session.wait(candidates::nodes(&store, &keys, typed))?,
            Kind::Partitions => session.wait(candidates::partitions(&store, &keys, typed))?,
            Kind::Plans => session.wait(candidates::plans(&store, &keys, typed))?,
            Kind::Contexts => Vec::new(),
        })
    }
}

/// The options of every command out of a line that is not finished.
fn global_of(line: Vec<OsString>) -> Option<GlobalArgs> {
    let matches = Cli::command().ignore_errors(true).try_get_matches_from(line).ok()?;
    GlobalArgs::from_arg_matches(&matches).ok()
}
