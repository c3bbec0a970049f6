//! `data query`

mod count;
mod explain;
mod otlp;
mod request;
mod rows;
mod tell;

use std::ops::ControlFlow;

use clap::{Args, ValueEnum};

use crate::cli::commands::route::keys::check_near;
use crate::cli::commands::route::range::RangeArgs;
use crate::cli::commands::route::source::Source;
use crate::cli::data::opener;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::operations::ClusterView;
use crate::operations::querying::{self, Group, Metadata, Report, Sink};

use request::Form;

/// Read spans, metrics and log records: of a trace, or of a range of time.
///
/// Each partition is read from its nearest replica that lives, and what that one lacks or has damaged from the next: segments by
/// their sidecars, frames by their CRC. Records come in the order of time, a span that is stored twice once. What no copy gives is
/// said, and the exit code is 7, or 5 while a node that may have it does not answer. Nothing is written.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
        otlp-part data query --trace-id 4bf92f3577b34da6a3ce929d0e0e4736 --time 2025-11-05T14:43:44Z\n  \
        otlp-part data query --last 1h --severity error --service checkout\n  \
        otlp-part data query --from 2025-11-05T14:00Z --for 1h --encoding jsonl > hour.jsonl\n  \
        otlp-part data query --last 6h --attribute http.status_code=500 --explain")]
pub(in crate::cli) struct QueryArgs {
    /// The spans of this trace: 32 hexadecimal digits, UUID dashes accepted
    #[arg(long, value_name = "HEX", help_heading = "What")]
    trace_id: Option<String>,
    /// Records of this service, by their resource
    #[arg(long, value_name = "NAME", help_heading = "What")]
    service: Option<String>,
    /// Spans or metrics of this name, log records of this event name
    #[arg(long, value_name = "NAME", help_heading = "What")]
    name: Option<String>,
    /// Records with this attribute, on themselves, their scope or their resource (repeatable: all of them)
    #[arg(long, value_name = "KEY=VALUE", help_heading = "What")]
    attribute: Vec<String>,
    /// Log records at least so severe: error, WARN2, 17
    #[arg(long, value_name = "LEVEL", help_heading = "What")]
    severity: Option<String>,
    /// Records of one signal: traces, metrics, logs
    #[arg(long, value_name = "SIGNAL", help_heading = "What")]
    signal: Option<String>,

    /// When the trace was recorded [default: everything within retention that has a record]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help_heading = "Time", requires = "trace_id", conflicts_with_all = ["from", "last"])]
    time: Option<String>,
    /// Also so many neighbouring time buckets: on each side of a trace's, before those of a range [default: 1]
    #[arg(long, value_name = "N", help_heading = "Time")]
    slack: Option<u32>,
    #[command(flatten)]
    range: RangeArgs,

    /// Read the nearest live replica: to a node, or to zone=Z, region=R, dc=D
    #[arg(long, value_name = "NODE|zone=Z", help_heading = "Answer")]
    near: Option<String>,
    /// Give OTLP out instead of rows, whatever -o says: JSON lines, or protobuf behind 4 bytes of length
    #[arg(long, value_name = "ENCODING", help_heading = "Answer", conflicts_with_all = ["explain", "count"])]
    encoding: Option<EncodingArg>,
    /// Only count what matches, and sum the hashes of its records
    #[arg(long, help_heading = "Answer", conflicts_with = "explain")]
    count: bool,
    /// Show what was read and why instead of the records: replicas, segments, frames, bytes
    #[arg(long, help_heading = "Answer")]
    explain: bool,
    /// A trace that is not found is no error
    #[arg(long, help_heading = "Answer", requires = "trace_id")]
    ignore_not_found: bool,
}

/// `--encoding`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum EncodingArg {
    /// A request in OTLP/JSON a line
    Jsonl,
    /// A request in protobuf behind its length in 4 bytes, big endian
    Proto,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, args: QueryArgs) -> Result<(), CliError> {
    let ignore_not_found = args.ignore_not_found;
    let (query, form) = request::read(session, args)?;
    let OpenReader { store, keys, at } = session.open_reader()?;
    let (view, _) = session.wait(ClusterView::read(&store, &keys, at, &[]))?;
    check_places(&view)?;
    let topology = view.topology()?;
    check_near(&topology, query.near.as_ref())?;
    let metadata =
        Metadata { store: &store, keys: &keys, revision: view.revision, is_past: at.is_some(), topology: &topology };
    let started = session.clock().now();
    let open = opener(session);
    let runtime = session.runtime();
    let report = answer(session, form, |sink| Ok(runtime.block_on(querying::run(&metadata, &open, &query, sink))?))?;
    let elapsed = session.clock().now().millis() - started.millis();
    if form == Form::Explain {
        explain::print(session, &query, &report, elapsed)?;
    }
    tell::report(session, &query, &report, elapsed);
    let source = Source::Store(OpenReader { store, keys, at });
    tell::ending(session, &source, &query, &report, ignore_not_found)
}

/// Runs the query with the sink of its form.
fn answer(
    session: &mut Session<'_, '_>,
    form: Form,
    run: impl FnOnce(Sink<'_>) -> Result<Report, CliError>,
) -> Result<Report, CliError> {
    match form {
        Form::Rows(shown) => rows::print(session, shown, run),
        Form::Otlp(encoding) => otlp::print(session, encoding, run),
        Form::Count => count::print(session, run),
        Form::Explain => run(&mut |_: Group<'_>| ControlFlow::Continue(())),
    }
}

/// Refuses a cluster whose data nobody can read, before each node is tried in vain.
fn check_places(view: &ClusterView) -> Result<(), CliError> {
    if !view.has_spec() {
        let message = "no cluster spec is recorded, so nobody knows whose data lies where the nodes' data should be";
        return Err(CliError::input_hint(message, "`otlp-part init --adopt` records one"));
    }
    if view.nodes.iter().all(|(node, _)| node.data_url.is_none()) {
        let message = "no node has a data URL, so nobody knows where the data is";
        return Err(CliError::input_hint(message, "`otlp-part node set NODE --data-url URL` records it"));
    }
    Ok(())
}
