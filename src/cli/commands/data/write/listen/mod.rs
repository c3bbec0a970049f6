//! `data write --listen`: an OTLP/HTTP receiver in front of the write path.

mod answer;
mod export;
mod http;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot};

use super::failed;
use super::show::Shown;
use crate::cli::commands::execute_rebalance::interrupt::Signals;
use crate::cli::commands::execute_rebalance::request::duration;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::{ByteSize, Signal};
use crate::operations::executing::{Halt, HaltReason};
use crate::operations::receiving::{Budget, Figures, Queue, ReceiveEvent, Receiver, Snapshot, intake};
use crate::operations::writing::{Acknowledged, Writer, WriterParts};
use crate::otlp::Totals;
use crate::output::{OutputError, Printer, ReceivingProgress, Talk};
use crate::ports::MetadataWrite;
use crate::ports::storage::StorageWrite;

use self::export::Door;

/// Where telemetry is received, and how much of it may wait.
#[derive(Debug, Args)]
#[command(next_help_heading = "Receiving")]
pub(super) struct ListenArgs {
    /// Receive OTLP/HTTP at this address instead of reading files, until it is stopped; port 0 chooses one
    #[arg(long, value_name = "IP:PORT", conflicts_with_all = ["files", "signal", "batch_id", "strict"])]
    listen: Option<String>,
    /// Listen beyond loopback too: there is neither TLS nor a login, whoever reaches the port writes
    #[arg(long, requires = "listen")]
    listen_insecure: bool,
    /// How long a batch waits for more requests
    #[arg(long, value_name = "TIME", default_value = "50ms", requires = "listen")]
    linger: String,
    /// Memory for requests that are received or wait; beyond it the answer is 429
    #[arg(long, value_name = "SIZE", default_value = "64MiB", requires = "listen")]
    queue_size: String,
    /// The largest body of a request, decompressed; a larger one gets 413
    #[arg(long, value_name = "SIZE", default_value = "20MiB", requires = "listen")]
    max_body: String,
}

/// What is listened to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listening {
    pub(super) address: SocketAddr,
    linger: Duration,
    queue_bytes: u64,
    body_bytes_max: usize,
}

/// The largest `--max-body`, and how it is spelled.
const BODY_BYTES_MAX: (u64, &str) = (64 << 20, "64MiB");
/// The largest `--queue-size`.
const QUEUE_BYTES_MAX: (u64, &str) = (1 << 40, "1TiB");
/// The longest `--linger`: senders wait ten seconds for an answer.
const LINGER_MAX: Duration = Duration::from_secs(5);

impl ListenArgs {
    /// `None` = files are read.
    pub(super) fn read(self) -> Result<Option<Listening>, CliError> {
        let Self { listen, listen_insecure, linger, queue_size, max_body } = self;
        let Some(text) = listen else { return Ok(None) };
        let address: SocketAddr = text.parse().map_err(|_| {
            CliError::usage_hint(
                format!("--listen {text:?} is no address"),
                "an address is IP:PORT, such as 127.0.0.1:4318 or [::1]:4318",
            )
        })?;
        if !address.ip().is_loopback() && !listen_insecure {
            return Err(CliError::usage_hint(
                format!("--listen {address} can be reached from other machines, without TLS and login"),
                "listen at 127.0.0.1 and put an OpenTelemetry Collector in front, which has both; or --listen-insecure when \
                 the network is trusted",
            ));
        }
        let bytes = |name: &str, text: &str, (most, spelled): (u64, &str)| {
            let wrong = |e: &dyn std::fmt::Display| CliError::usage(format!("{name} {text:?}: {e}"));
            let ByteSize(bytes) = ByteSize::parse(text).map_err(|e| wrong(&e))?;
            if (1..=most).contains(&bytes) { Ok(bytes) } else { Err(wrong(&format!("1 byte to {spelled}"))) }
        };
        let body_bytes_max = bytes("--max-body", &max_body, BODY_BYTES_MAX)? as usize;
        let queue_bytes = bytes("--queue-size", &queue_size, QUEUE_BYTES_MAX)?;
        let linger_time = duration("--linger", &linger)?;
        if linger_time > LINGER_MAX {
            let most = LINGER_MAX.as_secs();
            return Err(CliError::usage(format!(
                "--linger {linger:?}: it is {most}s at most, as senders wait for ten"
            )));
        }
        Ok(Some(Listening { address, linger: linger_time, queue_bytes, body_bytes_max }))
    }
}

/// The path that a signal is sent to.
fn path_of(signal: Signal) -> &'static str {
    match signal {
        Signal::Traces => "/v1/traces",
        Signal::Metrics => "/v1/metrics",
        Signal::Logs => "/v1/logs",
    }
}

/// Takes the address, before anybody is asked.
pub(super) fn bind(session: &mut Session<'_, '_>, listening: &Listening) -> Result<TcpListener, CliError> {
    let address = listening.address;
    let bound = session.wait(TcpListener::bind(address));
    match bound {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => Err(CliError::input_hint(
            format!("cannot listen at {address}: another process does"),
            "stop it, or name another port; port 0 chooses one that is free",
        )),
        Err(error) => Err(CliError::from(anyhow::Error::from(error).context(format!("cannot listen at {address}")))),
    }
}

/// Receives until a signal stops it, or nobody reads stdout any longer.
pub(super) fn run<M: MetadataWrite, S: StorageWrite>(
    session: &mut Session<'_, '_>,
    listening: &Listening,
    listener: TcpListener,
    parts: WriterParts<'_, M, S>,
) -> Result<(), CliError> {
    let (store, keys, clock, settings) = (parts.store, parts.keys, parts.clock, parts.settings.clone());
    let writer = Writer::new(parts).map_err(failed)?;
    let bound = listener.local_addr().context("the address cannot be told")?;
    let (quiet, runtime, style) = (session.global().quiet, session.runtime(), session.style()?);
    let progress = ReceivingProgress::start(session.global().progress.into(), quiet);
    // Before anybody is told that it runs.
    let signals = session.wait(async { Signals::catch() });
    session.talk().note(&format!("listening on http://{bound}"));
    let note = Talk::beside_rows(quiet);
    let tell = |event: &ReceiveEvent| note(&words(event));
    let figures = Figures::default();
    let receiver = Receiver {
        store,
        keys,
        clock,
        writer,
        settings,
        linger: listening.linger,
        figures: figures.clone(),
        listener: &tell,
    };
    let (intake, queue) = intake();
    let door = Arc::new(Door {
        intake,
        budget: Budget::new(listening.queue_bytes),
        readers: Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(2, usize::from))),
        body_bytes_max: listening.body_bytes_max,
        figures: figures.clone(),
    });
    let environment = session.environment();
    let mut printer = Printer::new(&mut *environment.stdout, style);
    let mut shown = Shown::start(&mut printer)?;
    let halt = Halt::default();
    let name = bound.to_string();
    let mut broken: Option<CliError> = None;
    let on_group = |acknowledged: &Acknowledged| {
        if broken.is_none()
            && let Err(error) = shown.acknowledged(&name, acknowledged)
        {
            broken = Some(error);
            halt.throw(HaltReason::Closed("stdout cannot be written".to_owned()));
        }
    };
    runtime.block_on(follow(listener, (receiver, queue), door, (signals, &halt), progress, on_group));
    let received = figures.now();
    shown.input(&Totals { counts: received.read, bad: received.bad, ..Totals::default() });
    let finished = shown.finish(true);
    note(&summary(&received));
    if let Some(error) = broken {
        return Err(error);
    }
    finished?;
    match halt.reason() {
        Some(HaltReason::Signal(signal)) => {
            let message = "what was acknowledged is safe".to_owned();
            Err(CliError::Interrupted { signal, message, hint: None })
        }
        Some(HaltReason::TimeIsUp | HaltReason::LockLost(_) | HaltReason::StoreLost(_) | HaltReason::Closed(_))
        | None => Err(CliError::Output(OutputError::Closed)),
    }
}

/// Serves, writes, and minds signals until everything is answered.
async fn follow<M: MetadataWrite, S: StorageWrite>(
    listener: TcpListener,
    (receiver, queue): (Receiver<'_, M, S>, Queue),
    door: Arc<Door>,
    (signals, halt): (Signals, &Halt),
    mut progress: ReceivingProgress,
    on_group: impl FnMut(&Acknowledged),
) {
    let (figures, budget) = (door.figures.clone(), door.budget.clone());
    let (done, drained) = oneshot::channel();
    let closing = async {
        halt.thrown().await;
        door.intake.close();
    };
    let router = http::router(door.clone());
    let serving = http::serve(listener, router, closing, async { drop(drained.await) });
    let writing = async {
        receiver.run(queue, on_group).await;
        let _ = done.send(());
    };
    let ticks = async {
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            progress.tick(figures.now(), budget.used(), budget.limit());
        }
    };
    tokio::select! {
        ((), ()) = async { tokio::join!(serving, writing) } => {}
        // These never end.
        () = signals.listen(halt) => {}
        () = ticks => {}
    }
}

/// What happens, in words.
fn words(event: &ReceiveEvent) -> String {
    match event {
        ReceiveEvent::Unwritten { requests, reason } => {
            format!("warning: {requests} requests are answered 503, their senders may repeat them: {reason}")
        }
        ReceiveEvent::Well => "all requests are written again".to_owned(),
    }
}

fn summary(received: &Snapshot) -> String {
    let Snapshot { requests, acknowledged, unwritten, full, closed, bad, records, bytes, read: _ } = received;
    let mut text = format!("received {requests} requests: {acknowledged} acknowledged");
    for (count, what) in [
        (unwritten, "not written (503)"),
        (full, "found the queue full (429)"),
        (closed, "came at the end (503)"),
        (bad, "refused for what they were (4xx)"),
    ] {
        if *count > 0 {
            text.push_str(&format!(", {count} {what}"));
        }
    }
    text.push_str(&format!("; {records} records, {}", ByteSize(*bytes)));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(listen: &str, insecure: bool, sizes: [&str; 3]) -> Result<Option<Listening>, CliError> {
        let [linger, queue_size, max_body] = sizes.map(str::to_owned);
        ListenArgs { listen: Some(listen.to_owned()), listen_insecure: insecure, linger, queue_size, max_body }.read()
    }

    #[test]
    fn what_cannot_be_is_refused_by_name() {
        const SIZES: [&str; 3] = ["50ms", "64MiB", "20MiB"];
        for (listen, insecure, sizes, says) in [
            ("localhost:4318", false, SIZES, "--listen"),
            ("127.0.0.1", false, SIZES, "--listen"),
            ("0.0.0.0:4318", false, SIZES, "--listen 0.0.0.0:4318 can be reached"),
            ("[::]:4318", false, SIZES, "can be reached"),
            ("127.0.0.1:0", false, ["1m", "64MiB", "20MiB"], "--linger"),
            ("127.0.0.1:0", false, ["50ms", "0", "20MiB"], "--queue-size"),
            ("127.0.0.1:0", false, ["50ms", "64MiB", "1GB"], "--max-body"),
        ] {
            let error = read(listen, insecure, sizes).unwrap_err();
            assert!(error.exit_code() == 2 && error.to_string().contains(says), "{error}");
        }
        assert!(read("0.0.0.0:4318", true, SIZES).unwrap().is_some());
        assert!(read("[::1]:0", false, SIZES).unwrap().is_some());
    }
}
