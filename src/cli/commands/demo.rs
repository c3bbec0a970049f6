//! `demo`

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::metadata::{InitialRevisions, sqlite};
use crate::model::routing_key::RoutingKey;
use crate::model::{Signal, Timestamp};
use crate::operations::demo::{self, Demo};
use crate::operations::records;
use crate::operations::{OperationError, demo::TRACE};
use crate::partitioner::CompositePartitioner;
use crate::ports::Keys;
use crate::routing::RouteError;
use crate::routing::route::route;

use super::route::answer::{Answer, columns};
use super::route::subject::trace;
use super::snapshot::write_whole;

/// Build a small embedded store with sample OTLP, and route a trace in it.
///
/// Six nodes in three zones, four recorded hours, and 600 traces as OTLP JSON lines. A directory that is there already
/// is left as it is.
#[derive(Debug, Args)]
pub(in crate::cli) struct DemoArgs {
    /// The directory to make
    #[arg(long, value_name = "DIR", default_value = "otlp-part-demo")]
    dir: PathBuf,
    /// Show what would be made and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, args: DemoArgs) -> Result<(), CliError> {
    let DemoArgs { dir, dry_run } = args;
    let global = session.global();
    if global.store.is_some() || global.context.is_some() || global.at.is_some() {
        return Err(CliError::usage_hint("demo makes a store of its own", "name its directory with --dir"));
    }
    let (store, sample) = (dir.join("cluster.db"), dir.join("sample.jsonl"));
    let keys = Keys::default();
    let random = session.environment().random;
    let made = demo::demo(&keys, format!("{:016x}{:016x}", random(), random()), session.now())?;
    if dry_run {
        session.talk().show(&format!("would make {} and {}", store.display(), sample.display()));
        session.talk().note("dry run: nothing was written");
        return Ok(());
    }
    let time = if store.exists() {
        session.talk().note(&format!("{} is there already and is left as it is", store.display()));
        first_trace_time(&sample)?
    } else {
        write(session, &dir, &store, &sample, &made)?;
        made.trace_time
    };
    show(session, &keys, &store, time)?;
    let at = format!("--store file:{}", store.display());
    let mut talk = session.talk();
    talk.note("");
    talk.note("next:");
    talk.note(&format!("  otlp-part {at} status"));
    talk.note(&format!("  otlp-part {at} route --trace-id {TRACE} --time {time} --explain"));
    talk.note(&format!("  otlp-part {at} route --otlp {}", sample.display()));
    talk.note(&format!("  otlp-part {at} route --last 3h --near zone=eu-2"));
    Ok(())
}

fn write(session: &mut Session<'_, '_>, dir: &Path, store: &Path, sample: &Path, made: &Demo) -> Result<(), CliError> {
    std::fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
    write_whole(sample, |out| out.write_all(made.otlp.as_bytes()))
        .with_context(|| format!("cannot write {}", sample.display()))?;
    let clock = session.clock();
    sqlite::create(store, clock, made.entries.iter().cloned(), InitialRevisions::AllFirst)?;
    session.talk().note(&format!(
        "made {} ({} keys, {} to {}) and {}",
        store.display(),
        made.entries.len(),
        made.range.start(),
        made.range.end(),
        sample.display()
    ));
    session.talk().note("");
    Ok(())
}

/// The start of the first span of a sample that was made earlier.
fn first_trace_time(sample: &Path) -> Result<Timestamp, CliError> {
    let text = std::fs::read_to_string(sample).with_context(|| format!("cannot read {}", sample.display()))?;
    let start = text.split_once("\"startTimeUnixNano\":\"").and_then(|(_, rest)| rest.split_once('"'));
    let nanos = start.and_then(|(digits, _)| digits.parse().ok());
    let nanos = nanos.ok_or_else(|| CliError::input(format!("{} is not the demo's sample", sample.display())))?;
    Ok(Timestamp::from_unix_nanos(nanos))
}

/// Routes the demo's trace from the store.
fn show(session: &mut Session<'_, '_>, keys: &Keys, store: &Path, time: Timestamp) -> Result<(), CliError> {
    let reader = sqlite::SqliteReader::open(store, session.clock())?;
    let subject = trace(TRACE, None)?;
    let loaded = session.wait(records::load(&reader, keys, None, |spec| {
        let located = CompositePartitioner::new(spec.partitioning_at(time)).locate(&subject.key, "", time);
        Ok(vec![located.map_err(RouteError::from)?.partition])
    }))?;
    let key: &RoutingKey = &subject.key;
    let found = route(&loaded.topology, &loaded.records, key, "", time, None).map_err(OperationError::from)?;
    let answer = Answer {
        signal: Signal::Traces,
        name: &subject.name,
        fields: &subject.fields,
        time,
        time_source: "given",
        route: &found,
        hashed: true,
        with_states: true,
    };
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&columns(Signal::Traces))?;
    rows.push(answer.row())?;
    rows.finish()?;
    Ok(())
}
