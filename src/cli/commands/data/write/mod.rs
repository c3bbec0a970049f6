//! `data write`

mod inputs;
mod listen;
mod show;

use std::cell::Cell;
use std::time::Duration;

use clap::Args;
use tokio::time::Instant;

use crate::cli::args::WriteArgs;
use crate::cli::commands::execute_rebalance::request::duration;
use crate::cli::commands::route::keys::check_near;
use crate::cli::data::opener;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::cli::{consent, input};
use crate::model::{ByteSize, Signal};
use crate::operations::ClusterView;
use crate::operations::executing::Places;
use crate::operations::receiving::TOLD_EVERY;
use crate::operations::writing::{BatchKey, Quorum, WriteError, WriteEvent, WriteSettings, Writer, WriterParts};
use crate::output::Talk;
use crate::ports::{Keys, MetadataRead};
use crate::routing::{Near, Topology};

use self::listen::{ListenArgs, Listening};

/// Write telemetry into the store: OTLP/JSON, JSON lines or protobuf, plain, gzip or zstd, of all three signals.
///
/// Records go to the partition of their routing key, onto every node that holds it, as they came in. A batch is acknowledged
/// when a quorum of copies has it durably and each copy that missed it has a repair mark. Partitions are recorded on first use.
/// The same input again adds nothing, so after a kill or an error the same command completes what is missing.
///
/// With --listen it is an OTLP/HTTP receiver: SDKs and Collectors send to /v1/traces, /v1/metrics and /v1/logs, protobuf or JSON,
/// plain, gzip or zstd. A request is answered 200 when it is acknowledged; 429 and 503 say that it is to be repeated. What has
/// come in while a batch was written is the next one. SIGTERM or SIGINT ends it when all that came in is answered.
#[derive(Debug, Args)]
pub(in crate::cli) struct WriteDataArgs {
    /// Files; `-` = stdin
    #[arg(value_name = "FILE", default_value = "-")]
    files: Vec<String>,
    /// The signal of protobuf without records that tell it
    #[arg(long, value_name = "SIGNAL", value_parser = ["traces", "metrics", "logs"])]
    signal: Option<String>,
    /// Make batch ids of this name and of numbers, instead of the input's content and place
    #[arg(long, value_name = "NAME")]
    batch_id: Option<String>,
    /// Write time buckets too that are beyond the retention or more than an hour ahead
    #[arg(long)]
    accept_old: bool,
    /// Copies that must have a batch: majority, all, or a number
    #[arg(long, value_name = "COPIES", default_value = "majority")]
    quorum: String,
    /// Bytes of requests in a batch [default: 64MiB, 16MiB with --listen]
    #[arg(long, value_name = "SIZE")]
    batch_size: Option<String>,
    /// Level of zstd, 1 (fast) to 19
    #[arg(long, value_name = "LEVEL", default_value_t = 1, value_parser = clap::value_parser!(i32).range(1..=19))]
    compression_level: i32,
    /// Segments that are written at the same time
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..=256))]
    streams: u16,
    /// From where is written: NODE, or zone=Z, region=R, dc=D; the nearest copy is begun first, and bytes to other zones are told
    #[arg(long, value_name = "NODE|zone=Z")]
    near: Option<String>,
    /// How long one copy of a segment may take before its node counts as unreachable [default: 30s, 10s with --listen]
    #[arg(long, value_name = "TIME")]
    replica_timeout: Option<String>,
    /// How long is waited for a quorum, or for the store [default: 10s, 2s with --listen]
    #[arg(long, value_name = "TIME")]
    quorum_wait: Option<String>,
    /// How long is waited for partitions that are being moved [default: 15m, 2s with --listen]
    #[arg(long, value_name = "TIME")]
    hold_wait: Option<String>,
    /// Messages that cannot be read and records without id or time are an error at the end
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    listen: ListenArgs,
    #[command(flatten)]
    write: WriteArgs,
}

/// What is taken where nothing else is said.
struct Defaults {
    batch_size: &'static str,
    replica_timeout: &'static str,
    quorum_wait: &'static str,
    hold_wait: &'static str,
}

const OF_FILES: Defaults =
    Defaults { batch_size: "64MiB", replica_timeout: "30s", quorum_wait: "10s", hold_wait: "15m" };
/// Senders wait ten seconds for an answer and keep what is not acknowledged: what cannot be written soon is theirs to repeat,
/// and holds nobody else up.
const OF_REQUESTS: Defaults =
    Defaults { batch_size: "16MiB", replica_timeout: "10s", quorum_wait: "2s", hold_wait: "2s" };

/// The largest batch: with its segments it takes two to three times as much memory.
const BATCH_BYTES_MAX: u64 = 128 << 20;

/// What was asked for.
struct Request {
    files: Vec<String>,
    listening: Option<Listening>,
    signal: Option<Signal>,
    settings: WriteSettings,
    strict: bool,
}

impl WriteDataArgs {
    fn read(self) -> Result<(Request, WriteArgs), CliError> {
        let Self {
            files,
            signal,
            batch_id,
            accept_old,
            quorum,
            batch_size,
            compression_level,
            streams,
            near,
            replica_timeout,
            quorum_wait,
            hold_wait,
            strict,
            listen,
            write,
        } = self;
        let listening = listen.read()?;
        let defaults = if listening.is_some() { OF_REQUESTS } else { OF_FILES };
        let or = |given: Option<String>, default: &str| given.unwrap_or_else(|| default.to_owned());
        let positive = |name: &str, text: &str| match duration(name, text)? {
            Duration::ZERO => Err(CliError::usage(format!("{name} {text:?}: it must be more than 0"))),
            time => Ok(time),
        };
        if files.iter().filter(|file| *file == "-").count() > 1 {
            return Err(CliError::usage("stdin is named twice"));
        }
        let signal = signal.as_deref().map(|name| match name {
            "metrics" => Signal::Metrics,
            "logs" => Signal::Logs,
            _ => Signal::Traces,
        });
        let key = match batch_id {
            Some(name) if name.is_empty() => return Err(CliError::usage("--batch-id is empty")),
            Some(_) if files.len() > 1 => {
                return Err(CliError::usage_hint("--batch-id names one input", "write the files one by one"));
            }
            Some(name) => BatchKey::Named(name),
            None => BatchKey::Content,
        };
        let settings = WriteSettings {
            quorum: read_quorum(&quorum)?,
            accept_old,
            key,
            batch_bytes: read_batch_size(&or(batch_size, defaults.batch_size))?,
            compression_level,
            streams: usize::from(streams),
            near: near.as_deref().map(read_near).transpose()?,
            replica_timeout: positive("--replica-timeout", &or(replica_timeout, defaults.replica_timeout))?,
            quorum_wait: duration("--quorum-wait", &or(quorum_wait, defaults.quorum_wait))?,
            hold_wait: duration("--hold-wait", &or(hold_wait, defaults.hold_wait))?,
        };
        Ok((Request { files, listening, signal, settings, strict }, write))
    }
}

fn read_quorum(text: &str) -> Result<Quorum, CliError> {
    match text {
        "majority" => Ok(Quorum::Majority),
        "all" => Ok(Quorum::All),
        _ => match text.parse::<usize>() {
            Ok(copies) if copies > 0 => Ok(Quorum::Count(copies)),
            Ok(_) | Err(_) => {
                Err(CliError::usage(format!("--quorum {text:?}: use majority, all, or a number of copies")))
            }
        },
    }
}

fn read_near(text: &str) -> Result<Near, CliError> {
    Near::parse(text).map_err(|e| CliError::usage(format!("--near {text:?}: {e}")))
}

fn read_batch_size(text: &str) -> Result<u64, CliError> {
    let wrong = |e: &dyn std::fmt::Display| CliError::usage(format!("--batch-size {text:?}: {e}"));
    let ByteSize(bytes) = ByteSize::parse(text).map_err(|e| wrong(&e))?;
    if (1..=BATCH_BYTES_MAX).contains(&bytes) { Ok(bytes) } else { Err(wrong(&"1 byte to 128MiB")) }
}

pub(super) fn run(session: &mut Session<'_, '_>, args: WriteDataArgs) -> Result<(), CliError> {
    let (mut request, write) = args.read()?;
    consent::check(session, &write)?;
    let OpenReader { store, keys, .. } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, None, &[]))?;
    let lines = lines(&view, &request)?;
    check_near(&view.topology()?, request.settings.near.as_ref())?;
    let lacking = without_url(&view);
    // Taken before anybody is asked.
    let listener = request.listening.as_ref().map(|listening| listen::bind(session, listening)).transpose()?;
    if write.dry_run {
        if let Some(error) = lacking {
            session.talk().warn(&error.to_string());
        }
        return dry_run(session, &request, &lines, (&store, &keys, &view));
    }
    drop(store);
    if let Some(error) = lacking {
        return Err(error);
    }
    let Some(consent) = consent::ask(session, &write, &lines)? else { return Ok(()) };
    let audit = consent::audit_context(session, &write, "data write");
    let store = session.open_writer()?;
    let open = opener(session);
    let places = Places::new(view.spec.cluster_id.clone(), &open);
    let (clock, runtime) = (session.clock(), session.runtime());
    let topology = view.topology()?;
    let target = Target { store: &store, keys: &keys, topology: &topology };
    if request.listening.is_some() {
        request.settings.key = BatchKey::Fresh((session.environment().random)());
    }
    let note = Talk::beside_rows(session.global().quiet);
    let waits = Cell::new(None::<Instant>);
    let is_listening = request.listening.is_some();
    let tell = |event: &WriteEvent| {
        // A receiver waits again and again while a node is away.
        if is_listening && matches!(event, WriteEvent::Waiting { .. }) {
            if waits.get().is_some_and(|told| told.elapsed() < TOLD_EVERY) {
                return;
            }
            waits.set(Some(Instant::now()));
        }
        note(&show::event(event));
    };
    let parts = WriterParts {
        store: &store,
        keys: &keys,
        places: &places,
        clock: &*clock,
        settings: request.settings.clone(),
        audit: &audit,
        consent,
        listener: &tell,
    };
    if let (Some(listening), Some(listener)) = (&request.listening, listener) {
        return listen::run(session, listening, listener, parts);
    }
    let mut writer = Writer::new(parts).map_err(failed)?;
    inputs::each(session, &target, &request, |batch| runtime.block_on(writer.write(batch)).map_err(failed))
}

/// Says what would be done. What would be received is not there yet; what would be read is, and is counted.
fn dry_run<M: MetadataRead>(
    session: &mut Session<'_, '_>,
    request: &Request,
    lines: &[String],
    (store, keys, view): (&M, &Keys, &ClusterView),
) -> Result<(), CliError> {
    for line in lines {
        session.talk().show(line);
    }
    let what = if request.listening.is_some() { "received" } else { "written" };
    session.talk().note(&format!("dry run: nothing is {what}"));
    if request.listening.is_some() {
        return Ok(());
    }
    let topology = view.topology()?;
    let target = Target { store, keys, topology: &topology };
    inputs::each(session, &target, request, |batch| Ok(batch.untried()))
}

/// What is written to.
struct Target<'a, M> {
    store: &'a M,
    keys: &'a Keys,
    topology: &'a Topology,
}

/// A node that partitions may be placed on, and nothing can be written to.
fn without_url(view: &ClusterView) -> Option<CliError> {
    let without = view.nodes.iter().find(|(node, _)| node.state.takes_new_partitions() && node.data_url.is_none());
    let id = &without?.0.id;
    Some(CliError::input_hint(
        format!("node {id} has no data URL, so nothing can be written to it"),
        format!("`otlp-part node set {id} --data-url URL` records where its data is, `node claim {id}` marks it"),
    ))
}

/// What they are asked who are asked.
fn lines(view: &ClusterView, request: &Request) -> Result<Vec<String>, CliError> {
    if !view.has_spec() {
        return Err(failed(WriteError::NoSpec));
    }
    let what = match &request.listening {
        Some(listening) => format!("receive OTLP/HTTP at {} and write it", listening.address),
        None => {
            let names: Vec<&str> = request.files.iter().map(|file| input::shown_name(file)).collect();
            format!("write {}", names.join(", "))
        }
    };
    let (nodes, copies) = (view.nodes.len(), view.spec.replication_factor);
    Ok(vec![format!("{what} to {nodes} nodes, {copies} copies of each partition")])
}

/// An error of writing, with what mends it.
fn failed(error: WriteError) -> CliError {
    let message = error.to_string();
    let again = "what is acknowledged is safe; the same command completes the rest";
    match error {
        WriteError::Operation(error) => error.into(),
        WriteError::NoQuorum { .. } => CliError::WorkLeft {
            message,
            hint: Some(format!("bring the nodes back, or `node fail` and repair them with `plan-rebalance`; {again}")),
        },
        WriteError::Held { .. } => CliError::WorkLeft {
            message,
            hint: Some(format!("`migration list` shows who moves it; a longer --hold-wait waits for it; {again}")),
        },
        WriteError::ReadOnly(partition) => CliError::WorkLeft {
            message,
            hint: Some(format!("`partition set {partition} --state Active` lets it take data again; {again}")),
        },
        WriteError::OtherData { .. } => CliError::input_hint(
            message,
            "was --batch-id used for another input? name this one otherwise; `data scrub` tells whether the copy is damaged",
        ),
        WriteError::NoSpec => CliError::input_hint(message, "`otlp-part init --adopt` records one"),
        WriteError::Build(_) | WriteError::Own(_) => CliError::input(message),
    }
}
