//! One command's surroundings: environment, style, the store it opened.

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use anyhow::Context as _;

use crate::metadata::etcd::{EtcdReader, EtcdStore};
use crate::metadata::{AnyReader, AnyStore, SnapshotStore, SqliteReader, SqliteStore};
use crate::model::time::parse_time;
use crate::model::{Revision, Timestamp};
use crate::output::{ColorChoice, ExecutionProgress, Format, Printer, Progress, Style, Talk, Terminal};
use crate::ports::metadata::KeyRange;
use crate::ports::{Clock, Keys, MetadataRead, StoreError};

use super::Environment;
use super::args::GlobalArgs;
use super::error::CliError;
use super::input;
use super::settings::{Contexts, Settings, Sourced, etcd_config};
use super::store::{StoreAddress, StoreChoice};

/// A store opened for reading, with what reading needs.
pub(super) struct OpenReader {
    pub(super) store: AnyReader,
    pub(super) keys: Keys,
    /// The past revision to read; `None` = now.
    pub(super) at: Option<Revision>,
}

/// A command's surroundings.
pub(super) struct Session<'e, 'io> {
    environment: &'e mut Environment<'io>,
    global: GlobalArgs,
    contexts: Contexts,
    format: Format,
    /// The connection to the etcd, once it is made.
    etcd: Option<EtcdReader>,
    clock: Arc<dyn Clock>,
    started: Timestamp,
    runtime: Rc<tokio::runtime::Runtime>,
}

impl<'e, 'io> Session<'e, 'io> {
    pub(super) fn new(
        environment: &'e mut Environment<'io>,
        global: GlobalArgs,
        contexts: Contexts,
        format: Format,
    ) -> Result<Self, CliError> {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start the runtime")?;
        let clock = environment.clock.clone();
        // Whole milliseconds: what is shown and recorded of "now" needs no more.
        let started = Timestamp::from_nanos(i128::from(clock.now().millis()) * 1_000_000);
        let runtime = Rc::new(runtime);
        Ok(Self { environment, global, contexts, format, etcd: None, clock, started, runtime })
    }

    pub(super) fn environment(&mut self) -> &mut Environment<'io> {
        self.environment
    }

    pub(super) fn global(&self) -> &GlobalArgs {
        &self.global
    }

    /// The contexts there are.
    pub(super) fn contexts(&self) -> &Contexts {
        &self.contexts
    }

    /// What the command goes by.
    pub(super) fn settings(&self) -> Result<Settings, CliError> {
        Settings::resolve(&self.global, &self.contexts, self.environment)
    }

    /// The time at which the command started: one command has one `now`.
    pub(super) fn now(&self) -> Timestamp {
        self.started
    }

    pub(super) fn clock(&self) -> Arc<dyn Clock> {
        self.clock.clone()
    }

    /// Reads a time argument.
    pub(super) fn time(&self, name: &str, text: &str) -> Result<Timestamp, CliError> {
        parse_time(text, self.now()).map_err(|e| {
            CliError::usage_hint(
                format!("{name} {text:?}: {e}"),
                "use RFC 3339 (2025-11-05T14:43:44Z), a date, Unix time, now, now-2h or -90m",
            )
        })
    }

    /// Waits for one operation.
    pub(super) fn wait<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    /// The runtime, for waiting while the session is borrowed.
    pub(super) fn runtime(&self) -> Rc<tokio::runtime::Runtime> {
        self.runtime.clone()
    }

    pub(super) fn talk(&mut self) -> Talk<'_> {
        let json = self.format.is_json();
        Talk::new(self.environment.stderr, self.global.quiet, json)
    }

    pub(super) fn style(&self) -> Result<Style, CliError> {
        let sort = match self.global.sort.as_deref() {
            None => None,
            Some(text) => match text.split_once(':') {
                None => Some((text.to_owned(), false)),
                Some((field, "asc")) => Some((field.to_owned(), false)),
                Some((field, "desc")) => Some((field.to_owned(), true)),
                Some(_) => {
                    return Err(CliError::usage(format!("--sort {text:?}: only :desc or :asc may follow the field")));
                }
            },
        };
        let color = match ColorChoice::from(self.global.color) {
            ColorChoice::Auto => self.environment.color_stdout(),
            ColorChoice::Always => true,
            ColorChoice::Never => false,
        };
        Ok(Style {
            format: self.format.clone(),
            no_headers: self.global.no_headers,
            columns: self.global.columns.clone(),
            sort,
            limit: self.global.limit,
            terminal: self.environment.stdout_terminal,
            color,
            unicode: self.environment.unicode_stdout(),
            width: self.environment.width.filter(|_| self.environment.stdout_terminal),
        })
    }

    /// The printer to stdout.
    pub(super) fn printer(&mut self) -> Result<Printer<'_>, CliError> {
        let style = self.style()?;
        Ok(Printer::new(self.environment.stdout, style))
    }

    pub(super) fn progress(&self, what: &'static str, total: Option<u64>) -> Progress {
        Progress::start(self.global.progress.into(), self.environment.stderr_terminal, self.global.quiet, what, total)
    }

    /// A progress that starts when it is called for.
    pub(super) fn lazy_progress(&self, what: &'static str, total: Option<u64>) -> impl FnOnce() -> Progress + use<> {
        let (mode, terminal, quiet) =
            (self.global.progress.into(), self.environment.stderr_terminal, self.global.quiet);
        move || Progress::start(mode, terminal, quiet, what, total)
    }

    /// The progress of an execution.
    pub(super) fn execution_progress(&self) -> ExecutionProgress {
        let terminal = Terminal {
            is_terminal: self.environment.stderr_terminal,
            width: self.environment.width,
            unicode: self.environment.unicode_stderr(),
        };
        ExecutionProgress::start(self.global.progress.into(), self.global.quiet, terminal)
    }

    /// The progress of a count.
    pub(super) fn counting(&self, what: &'static str, total: Option<u64>) -> Progress {
        self.progress(what, total).counting()
    }

    /// The store that the command works on.
    pub(super) fn store_choice(&self) -> Result<StoreChoice, CliError> {
        Ok(self.settings()?.store)
    }

    /// The connection to the etcd: made once, so that a password is asked for once.
    fn etcd(&mut self) -> Result<EtcdReader, CliError> {
        if let Some(etcd) = &self.etcd {
            return Ok(etcd.clone());
        }
        let settings = self.settings()?;
        let (StoreAddress::Etcd(address), Some(connection)) = (&settings.store.address, &settings.connection) else {
            return Err(CliError::usage(format!("{} is not an etcd", settings.store)));
        };
        let config = etcd_config(address, connection, self.environment)?;
        let etcd = self.wait(EtcdReader::connect(config))?;
        self.etcd = Some(etcd.clone());
        Ok(etcd)
    }

    /// Opens the store for reading, at `--at` if that is given, and says on stderr which it is.
    pub(super) fn open_reader(&mut self) -> Result<OpenReader, CliError> {
        let reader = self.open_reader_of_any()?;
        self.check_cluster_id(&reader.store, &reader.keys)?;
        Ok(reader)
    }

    /// The same without a look at which cluster it is.
    pub(super) fn open_reader_of_any(&mut self) -> Result<OpenReader, CliError> {
        let choice = self.store_choice()?;
        let store = match &choice.address {
            StoreAddress::File(path) => AnyReader::Sqlite(SqliteReader::open(path, self.clock())?),
            StoreAddress::Snapshot(path) => AnyReader::Snapshot(read_snapshot(self.environment, &choice, path)?),
            StoreAddress::SnapshotStdin => {
                let bytes = input::read_bytes(self.environment, "-")?;
                AnyReader::Snapshot(SnapshotStore::parse(choice.address.to_string(), &bytes)?)
            }
            StoreAddress::Etcd(_) => AnyReader::Etcd(self.etcd()?),
        };
        let keys = keys_of(&store)?;
        let at = self.resolve_at(&store)?;
        let revision = match (at, &store) {
            (Some(at), _) => at,
            // Connecting told it: one round trip less.
            (None, AnyReader::Etcd(etcd)) if etcd.revision_seen().is_some() => etcd.revision_seen().unwrap_or_default(),
            (None, store) => self.wait(store.revision())?,
        };
        let past = if at.is_some() { " (the past, --at)" } else { "" };
        self.talk().note(&format!("store {choice}, revision {revision}{past}"));
        Ok(OpenReader { store, keys, at })
    }

    /// Opens the store for writing.
    pub(super) fn open_writer(&mut self) -> Result<AnyStore, CliError> {
        let choice = self.store_choice()?;
        match &choice.address {
            StoreAddress::File(path) => Ok(AnyStore::Sqlite(SqliteStore::open(path, self.clock())?)),
            StoreAddress::Snapshot(_) | StoreAddress::SnapshotStdin => Err(read_only(&choice)),
            StoreAddress::Etcd(_) => Ok(AnyStore::Etcd(EtcdStore::of(self.etcd()?))),
        }
    }

    /// Refuses another cluster than the one that the context names.
    fn check_cluster_id(&self, store: &AnyReader, keys: &Keys) -> Result<(), CliError> {
        let settings = self.settings()?;
        let Some(Sourced { value: expected, source }) = settings.cluster_id else { return Ok(()) };
        let mut answer = self.wait(store.read(&[KeyRange::single(&keys.cluster())], None))?;
        let entry = answer.ranges.pop().and_then(|mut found| found.pop());
        let spec = entry.and_then(|entry| serde_json::from_slice::<serde_json::Value>(&entry.value).ok());
        let found = spec.as_ref().and_then(|spec| spec.get("cluster_id")?.as_str()).unwrap_or("none that can be read");
        if found == expected {
            return Ok(());
        }
        let message = format!("{source} is about cluster {expected}, but {} holds cluster {found}", settings.store);
        Err(CliError::input_hint(
            message,
            "is it the right store and prefix? cluster_id stands in the configuration file",
        ))
    }

    /// Refuses early what could never be written.
    pub(super) fn check_writable(&self) -> Result<StoreChoice, CliError> {
        let choice = self.store_choice()?;
        if self.global.at.is_some() {
            return Err(CliError::usage("--at reads the past, which cannot be written"));
        }
        match &choice.address {
            StoreAddress::File(_) | StoreAddress::Etcd(_) => Ok(choice),
            StoreAddress::Snapshot(_) | StoreAddress::SnapshotStdin => Err(read_only(&choice)),
        }
    }

    fn resolve_at(&mut self, store: &AnyReader) -> Result<Option<Revision>, CliError> {
        let Some(text) = self.global.at.clone() else { return Ok(None) };
        // A bare number below 10^9 is a revision; above it is Unix time.
        if let Ok(number) = text.parse::<u64>()
            && number < 1_000_000_000
        {
            return Ok(Some(Revision(number)));
        }
        let time = self.time("--at", &text)?;
        if time > self.now() {
            return Err(CliError::input(format!("--at {time} lies in the future, it is {} now", self.now())));
        }
        let found = self.wait(store.revision_at(time))?;
        self.talk().note(&format!("--at {time}: revision {} was made at {}", found.revision, found.made_at));
        Ok(Some(found.revision))
    }
}

fn read_only(choice: &StoreChoice) -> CliError {
    CliError::usage_hint(
        format!("{choice} is a snapshot, which is read-only"),
        "`snapshot import` makes an embedded store of it",
    )
}

fn read_snapshot(
    environment: &mut Environment<'_>,
    choice: &StoreChoice,
    path: &Path,
) -> Result<SnapshotStore, CliError> {
    let place = choice.address.to_string();
    if !path.exists() {
        return Err(StoreError::Missing { place }.into());
    }
    let bytes = input::read_bytes(environment, &path.to_string_lossy())?;
    Ok(SnapshotStore::parse(place, &bytes)?)
}

/// The key prefix: a snapshot names its own.
fn keys_of(store: &AnyReader) -> Result<Keys, CliError> {
    match store {
        AnyReader::Snapshot(snapshot) => {
            Keys::new(&snapshot.header().prefix).map_err(|e| CliError::input(e.to_string()))
        }
        AnyReader::Etcd(store) => Keys::new(store.prefix()).map_err(|e| CliError::input(e.to_string())),
        AnyReader::Sqlite(_) | AnyReader::Memory(_) => Ok(Keys::default()),
    }
}
