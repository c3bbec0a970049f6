//! `auto-rebalance run`

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use clap::Args;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::cli::args::WriteArgs;
use crate::cli::commands::execute_rebalance::request::PaceArgs;
use crate::cli::commands::execute_rebalance::{crash_at, interrupt, scratch};
use crate::cli::consent;
use crate::cli::data::opener;
use crate::cli::driving::holder_of;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::ByteSize;
use crate::operations::auto_rebalance::{
    AutoEvent, AutoRebalancer, AutoSettings, CompactedSince, Ended, Round, RoundResult, SplitSince, rehearse,
};
use crate::operations::executing::{ExecutionEvent, Halt, HaltReason, preflight};
use crate::operations::expiring::ExpiryOutcome;
use crate::operations::{ClusterView, OperationError};
use crate::output::{Cell, Column, Row, RowWriter, Talk};
use crate::ports::Clock;
use crate::storage::CommandMover;

use super::metrics::{Metrics, bind, serve};
use super::settings::WhenArgs;
use super::status::tone_of;

/// Rebalance, repair and, with --fail-after, fail over, round after round, until it is stopped.
///
/// Several processes may run: one leads, the others take over when it ends. Each round plans as `plan-rebalance` does and
/// executes as `execute-rebalance` does. SIGTERM or SIGINT stops it resumably.
#[derive(Debug, Args)]
pub(in crate::cli) struct RunArgs {
    #[command(flatten)]
    when: WhenArgs,
    #[command(flatten)]
    pace: PaceArgs,
    #[command(flatten)]
    write: WriteArgs,
}

const COLUMNS: [Column; 9] = [
    Column::number("round"),
    Column::text("ended"),
    Column::text("result"),
    Column::number("moves"),
    Column::number("left"),
    Column::number("verified_bytes"),
    Column::number("deviation"),
    Column::text("plan").extra(),
    Column::text("message").shrinks(),
];

pub(super) fn run(session: &mut Session<'_, '_>, args: RunArgs) -> Result<(), CliError> {
    let RunArgs { when, pace, write } = args;
    let (settings, metrics_at) = when.read(pace.read()?, write.dry_run)?;
    let crash = crash_at(session)?;
    consent::check(session, &write)?;
    let OpenReader { store: reader, keys, .. } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&reader, &keys, None, &[]))?;
    preflight::check_cluster(&view)?;
    let listener = listen(session, metrics_at)?;
    let audit = consent::audit_context(session, &write, "auto-rebalance run");
    let (clock, open, halt, news) = (session.clock(), opener(session), Halt::default(), News::new(session));
    let (tell, tell_execution) = (news.listener(), news.execution_listener());
    let ended = if write.dry_run {
        let asked = (&settings, audit.actor.as_str());
        follow(session, &news, listener, &halt, rehearse((&reader, &keys), &*clock, &open, asked, &halt, &tell))?
    } else {
        let Some(consent) = consent::ask(session, &write, &summary(&settings, &view))? else { return Ok(()) };
        drop(reader);
        let mover = pace.mover.map(|command| CommandMover::new(command, scratch(session), audit.nonce));
        let store = session.open_writer()?;
        let auto = AutoRebalancer {
            store: &store,
            keys: &keys,
            clock: &*clock,
            open: &open,
            mover: mover.as_ref(),
            settings: &settings,
            crash: &crash,
            halt: halt.clone(),
            tell: &tell,
            tell_execution: &tell_execution,
            audit: &audit,
            consent,
            seed: audit.nonce ^ (session.environment().random)(),
            holder: holder_of(&audit, None),
        };
        follow(session, &news, listener, &halt, auto.run())?
    };
    judge(ended)
}

/// Takes the address of the metrics before anything is begun.
fn listen(session: &mut Session<'_, '_>, address: Option<SocketAddr>) -> Result<Option<TcpListener>, CliError> {
    let Some(address) = address else { return Ok(None) };
    let listener = session.wait(bind(address))?;
    let bound = listener.local_addr().unwrap_or(address);
    session.talk().note(&format!("metrics at http://{bound}/metrics"));
    Ok(Some(listener))
}

/// Shows rounds as they end, serves metrics and minds signals, until the work is over.
fn follow(
    session: &mut Session<'_, '_>,
    news: &News,
    listener: Option<TcpListener>,
    halt: &Halt,
    work: impl Future<Output = Result<Ended, OperationError>>,
) -> Result<Ended, CliError> {
    let runtime = session.runtime();
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    let mut rounds = news.rounds();
    let ended = runtime.block_on(async {
        let signals = interrupt::Signals::catch();
        let metrics = async {
            match listener {
                Some(listener) => serve(listener, news.metrics.clone()).await,
                None => std::future::pending().await,
            }
        };
        let beside = async { tokio::join!(signals.listen(halt), metrics) };
        tokio::pin!(work, beside);
        loop {
            tokio::select! {
                biased;
                Some(round) = rounds.recv() => show(&mut rows, &round)?,
                ended = &mut work => break Ok::<_, CliError>(ended),
                // They never end.
                _ = &mut beside => {}
            }
        }
    })?;
    while let Ok(round) = rounds.try_recv() {
        show(&mut rows, &round)?;
    }
    rows.finish()?;
    Ok(ended?)
}

/// What is shown before it is agreed to.
fn summary(settings: &AutoSettings, view: &ClusterView) -> Vec<String> {
    let rebalance = &view.spec.rebalance;
    let AutoSettings { interval, threshold_ppm, window, bytes_per_day, fail_after, repair_after, .. } = settings;
    let seconds = interval.map_or(u64::from(rebalance.check_interval_seconds), |interval| interval.as_secs());
    let percent = threshold_ppm.map_or(rebalance.threshold * 100.0, |ppm| f64::from(ppm) / 10_000.0);
    let mut lines = vec![
        format!("rebalance automatically: every {seconds} s, from a deviation of {percent} %"),
        match repair_after {
            Some(after) => format!("  copies of nodes that are Down are made anew after {} s", after.as_secs()),
            None => "  no copy is repaired".to_owned(),
        },
    ];
    let more = [
        window.map(|window| format!("  data moves for balance at {window} UTC alone")),
        bytes_per_day.map(|bytes| format!("  at most {} a day for balance", ByteSize(bytes))),
        settings.expire.then(|| "  partitions past their retention are deleted, data first".to_owned()),
        settings.split.then(|| {
            let most = ByteSize(view.spec.size_bounds().max_bytes);
            format!("  partitions larger than {most} are split; writers hold back from each meanwhile")
        }),
        settings.compact.then(|| "  small segments of closed time buckets are merged".to_owned()),
        fail_after.map(|after| format!("  nodes that do not answer for {} s are declared lost", after.as_secs())),
    ];
    lines.extend(more.into_iter().flatten());
    lines
}

/// What is told, and where to.
struct News {
    metrics: Arc<Metrics>,
    quiet: bool,
    clock: Arc<dyn Clock>,
    sender: mpsc::UnboundedSender<Round>,
    receiver: Mutex<Option<mpsc::UnboundedReceiver<Round>>>,
}

impl News {
    fn new(session: &Session<'_, '_>) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        Self {
            metrics: Arc::new(Metrics::new()),
            quiet: session.global().quiet,
            clock: session.clock(),
            sender,
            receiver: Mutex::new(Some(receiver)),
        }
    }

    /// The rounds that ended; given out once.
    fn rounds(&self) -> mpsc::UnboundedReceiver<Round> {
        let taken = self.receiver.lock().unwrap_or_else(PoisonError::into_inner).take();
        taken.unwrap_or_else(|| mpsc::unbounded_channel().1)
    }

    fn listener(&self) -> impl Fn(&AutoEvent<'_>) + Send + Sync + use<> {
        let (metrics, say, clock) = (self.metrics.clone(), Talk::beside_rows(self.quiet), self.clock.clone());
        let sender = self.sender.clone();
        move |event| {
            metrics.note(event);
            if let AutoEvent::Ended(round) = event {
                // Who reads is gone only at the end.
                let _ = sender.send((*round).clone());
            }
            if let Some(words) = words(event) {
                let now = clock.now().whole_second();
                say(&format!("{now} {words}"));
            }
        }
    }

    fn execution_listener(&self) -> impl Fn(&ExecutionEvent) + Send + Sync + use<> {
        let metrics = self.metrics.clone();
        move |event| metrics.note_execution(event)
    }
}

/// News in words; rounds are data, and go elsewhere.
fn words(event: &AutoEvent<'_>) -> Option<String> {
    Some(match event {
        AutoEvent::Standby(holder) => format!("standing by: led by {holder}"),
        AutoEvent::Leads => "leading".to_owned(),
        AutoEvent::LeadLost(why) => format!("the lead is lost: {why}; trying again"),
        AutoEvent::Executes { plan_id, moves, bytes, is_repair } => {
            let what = if *is_repair { "repairing" } else { "balancing" };
            format!("{what} by {plan_id}: {moves} move(s), {}", ByteSize(*bytes))
        }
        AutoEvent::Expires { partitions, bytes } => {
            format!("{partitions} partition(s) are past their retention, {} in all copies", ByteSize(*bytes))
        }
        AutoEvent::Expired(outcome) => expired_words(outcome),
        AutoEvent::Splits { partitions, bytes } => {
            format!("{partitions} partition(s) are too large, {} in all copies", ByteSize(*bytes))
        }
        AutoEvent::Split(SplitSince { partitions, children, bytes, orphans }) => {
            let bytes = ByteSize(*bytes);
            let orphans = orphans_in_words(*orphans);
            format!("{partitions} partition(s) are split into {children}, {bytes} written anew{orphans}")
        }
        AutoEvent::Compacts { partitions, merged, into, bytes } => {
            let bytes = ByteSize(*bytes);
            format!("{partitions} partition(s) have small segments: {merged} become {into}, {bytes} in all copies")
        }
        AutoEvent::Compacted(CompactedSince { partitions, segments, into, bytes, orphans }) => {
            let bytes = ByteSize(*bytes);
            let orphans = orphans_in_words(*orphans);
            format!(
                "{partitions} partition(s) are compacted, from {segments} segments to {into}, {bytes} written anew{orphans}"
            )
        }
        AutoEvent::Away(node, why) => format!("{node} does not answer: {why}"),
        AutoEvent::Back(node, true) => {
            format!("{node} answers again and is Down: `node activate {node}` when it is whole")
        }
        AutoEvent::Back(node, false) => format!("{node} answers again"),
        AutoEvent::FailedOver(failed) => {
            let nodes: Vec<&str> = failed.nodes.iter().map(|node| node.as_str()).collect();
            format!("{} declared lost, {} leader(s) moved", nodes.join(", "), failed.leaders_moved)
        }
        AutoEvent::FailOverHeld(why) => format!("nobody is declared lost: {why}; `node fail` does it all the same"),
        AutoEvent::Trouble(why) => format!("trouble: {why}"),
        AutoEvent::Ended(_) | AutoEvent::Looked(..) => return None,
    })
}

fn orphans_in_words(orphans: u64) -> String {
    if orphans > 0 { format!(", {orphans} copies wait for their nodes") } else { String::new() }
}

fn expired_words(outcome: &ExpiryOutcome) -> String {
    let (bytes, orphans, left) =
        (ByteSize(outcome.bytes), outcome.orphans(), outcome.left + outcome.failures.len() as u64);
    let orphans = orphans_in_words(orphans);
    let left = if left > 0 { format!(", {left} are left") } else { String::new() };
    format!("{} partition(s) are expired, {bytes} deleted{orphans}{left}", outcome.expired)
}

fn show(rows: &mut RowWriter<'_, '_>, round: &Round) -> Result<(), CliError> {
    let Round { number, ended_at, result, message, plan_id, moves_done, moves_left, verified_bytes, .. } = round;
    let cells = vec![
        Cell::number(*number),
        Cell::moment(*ended_at),
        Cell::text(result.name()).toned(tone_of(*result)),
        Cell::number(*moves_done),
        Cell::number(*moves_left),
        Cell::bytes(*verified_bytes),
        round.max_deviation.map_or_else(Cell::none, Cell::share),
        Cell::maybe(plan_id.clone()),
        Cell::text(message.clone()),
    ];
    let mut json = json!({"schema": "otlp-part/auto-rebalance-round/v1"});
    if let (Some(json), Ok(serde_json::Value::Object(fields))) = (json.as_object_mut(), serde_json::to_value(round)) {
        json.extend(fields);
    }
    rows.push(Row::with_json(number.to_string(), cells, json))?;
    rows.show()?;
    Ok(())
}

/// The exit code: that of the last round, or of who stopped it.
fn judge(ended: Ended) -> Result<(), CliError> {
    match ended {
        Ended::Halted(HaltReason::Signal(signal)) => {
            let message = "stopped; what was in flight goes on with the next run".to_owned();
            Err(CliError::Interrupted { signal, message, hint: None })
        }
        Ended::Halted(reason) => Err(CliError::WorkLeft { message: format!("stopped, {reason}"), hint: None }),
        Ended::Rounds(_, Some(error)) => Err(error.into()),
        Ended::Rounds(round, None) if round.result == RoundResult::Partly => {
            Err(CliError::WorkLeft { message: round.message, hint: None })
        }
        Ended::Rounds(_, None) => Ok(()),
    }
}
