//! `route`

pub(in crate::cli) mod answer;
mod batch;
mod explain;
mod fan_out;
pub(in crate::cli) mod keys;
pub(in crate::cli) mod otlp;
pub(in crate::cli) mod range;
pub(in crate::cli) mod source;
pub(in crate::cli) mod subject;

use clap::{ArgGroup, Args};

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::routing::Near;

use range::{RangeArgs, Span};
use source::{Source, SourceArgs};

/// Partition and owners of trace ids, metric or log keys, whole OTLP files, or a range of time.
///
/// A partition with a record routes by its record, one without by the placement function; `placement` says which.
#[derive(Debug, Args)]
#[command(
    group = ArgGroup::new("what").args(["trace_id", "trace_ids_from", "metric", "log", "otlp"]),
    after_help = "Examples:\n  \
        otlp-part route --trace-id 4bf92f3577b34da6a3ce929d0e0e4736 --time 2025-11-05T14:43:44Z\n  \
        otlp-part route --trace-ids-from ids.txt --time now-2h -o csv\n  \
        otlp-part route --metric http.requests --service checkout --label zone=a --time now\n  \
        otlp-part route --otlp traces.jsonl.zst\n  \
        otlp-part route --last 6h --near zone=eu-1"
)]
pub(in crate::cli) struct RouteArgs {
    /// A trace id: 32 hexadecimal digits, UUID dashes accepted (repeatable)
    #[arg(long, value_name = "HEX", help_heading = "What")]
    trace_id: Vec<String>,
    /// Trace ids from a file (`-` = stdin), one a line, optionally followed by `,TIME`
    #[arg(long, value_name = "FILE", help_heading = "What")]
    trace_ids_from: Option<String>,
    /// A metric by its name
    #[arg(long, value_name = "NAME", help_heading = "What", requires = "service")]
    metric: Option<String>,
    /// A log record
    #[arg(long, help_heading = "What", requires = "service")]
    log: bool,
    /// A whole OTLP file (`-` = stdin): JSON, JSON lines or protobuf, plain, gzip or zstd, recognised by content
    #[arg(long, value_name = "FILE", help_heading = "What")]
    otlp: Option<String>,

    /// service.name of the metric or log; in a range of time, the service asked for
    #[arg(long, value_name = "NAME", help_heading = "Key")]
    service: Option<String>,
    /// An attribute of the metric's data point (repeatable)
    #[arg(long, value_name = "KEY=VALUE", help_heading = "Key", requires = "metric")]
    label: Vec<String>,
    /// The log's severity: error, WARN2, 17 [default: info]
    #[arg(long, value_name = "LEVEL", help_heading = "Key", requires = "log")]
    severity: Option<String>,
    /// The log's body
    #[arg(long, value_name = "TEXT", help_heading = "Key", requires = "log")]
    body: Option<String>,

    /// When the data was recorded [default: now, with a warning]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help_heading = "Time", conflicts_with_all = ["from", "last", "otlp"])]
    time: Option<String>,
    /// Take the time out of the trace ids: xray (AWS X-Ray), uuidv7
    #[arg(long, value_name = "KIND", help_heading = "Time", conflicts_with_all = ["time", "from", "last", "otlp", "metric", "log"])]
    time_from_id: Option<String>,
    /// Also so many neighbouring time buckets on each side
    #[arg(long, value_name = "N", help_heading = "Time", conflicts_with_all = ["from", "last", "otlp", "trace_ids_from"])]
    slack: Option<u32>,
    #[command(flatten)]
    range: RangeArgs,

    /// In a range of time: services from this name on
    #[arg(long, value_name = "NAME", help_heading = "Range of time", conflicts_with_all = ["what", "service"])]
    service_from: Option<String>,
    /// In a range of time: services before this name
    #[arg(long, value_name = "NAME", help_heading = "Range of time", conflicts_with_all = ["what", "service"])]
    service_to: Option<String>,
    /// In a range of time: these hash buckets only
    #[arg(long, value_name = "N,...", value_delimiter = ',', help_heading = "Range of time", conflicts_with = "what")]
    bucket: Vec<u32>,
    /// The signal: traces, metrics, logs; tells what protobuf holds where it is not clear
    #[arg(long, value_name = "SIGNAL")]
    signal: Option<String>,

    /// Show the nearest live replica: to a node, or to zone=Z, region=R, dc=D
    #[arg(long, value_name = "NODE|zone=Z")]
    near: Option<String>,
    /// A row for each partition (range of time) or routing unit (OTLP) instead of totals
    #[arg(long)]
    each: bool,
    /// Show every step: key bytes, hash, bucket, tokens walked, record read
    #[arg(long, conflicts_with_all = ["trace_ids_from", "otlp"])]
    explain: bool,
    /// Bad ids and bad OTLP messages are an error instead of a warning
    #[arg(long)]
    strict: bool,
    /// Sum the hashes of the records that are routed, as `data query --count` does: what went in can be told to have come out
    #[arg(long, requires = "otlp")]
    sum: bool,
    #[command(flatten)]
    source: SourceArgs,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, args: RouteArgs) -> Result<(), CliError> {
    let RouteArgs {
        trace_id,
        trace_ids_from,
        metric,
        log,
        otlp,
        service,
        label,
        severity,
        body,
        time,
        time_from_id,
        slack,
        range,
        service_from,
        service_to,
        bucket,
        signal,
        near,
        each,
        explain,
        strict,
        sum,
        source,
    } = args;
    let near = near
        .map(|text| Near::parse(&text).map_err(|e| CliError::usage(format!("--near {text:?}: {e}"))))
        .transpose()?;
    let signal = signal.map(|text| subject::parse_signal(&text)).transpose()?;
    // `requires` alone does not say so: the parser waives it when what is required conflicts with what is there.
    if !log {
        reject(severity.is_some() || body.is_some(), "what is no --log", "--severity and --body")?;
    }
    if metric.is_none() {
        reject(!label.is_empty(), "what is no --metric", "--label")?;
    }
    if let Some(file) = otlp {
        reject(range.is_given(), "--otlp", "--from, --to, --for and --last")?;
        reject(service.is_some(), "--otlp", "--service")?;
        return otlp::run(session, &otlp::OtlpQuery { file, near, each, strict, sum, signal, source });
    }
    let when = keys::When::new(session, time, time_from_id, slack.unwrap_or(0), &range)?;
    if let Some(file) = trace_ids_from {
        reject(service.is_some(), "--trace-ids-from", "--service")?;
        return batch::run(session, &batch::BatchQuery { file, when, near, strict, source });
    }
    let subjects = if let Some(name) = metric {
        vec![subject::metric(name, service.unwrap_or_default(), &label)?]
    } else if log {
        vec![subject::log(service.unwrap_or_default(), severity.as_deref(), body)?]
    } else if trace_id.is_empty() {
        let Span::Given(range) = range.span(session)? else {
            return Err(CliError::usage_hint(
                "route needs to know what to route",
                "--trace-id HEX, --trace-ids-from FILE, --metric NAME, --log, --otlp FILE, or --from TIME",
            ));
        };
        if let (Some(from), Some(to)) = (&service_from, &service_to)
            && from >= to
        {
            return Err(CliError::usage_hint(
                format!("--service-from {from:?} --service-to {to:?}: there is no name between them"),
                "the start comes first, and the end itself is outside the range",
            ));
        }
        let query = fan_out::RangeQuery { range, service, service_from, service_to, bucket, near, each, explain };
        return fan_out::run(session, &query, &source);
    } else {
        trace_id.iter().map(|text| subject::trace(text, service.as_deref())).collect::<Result<_, _>>()?
    };
    let source = Source::open(session, &source)?;
    keys::run(session, &source, &keys::KeyQuery { subjects, when, near, explain })
}

fn reject(given: bool, with: &str, what: &str) -> Result<(), CliError> {
    if given { Err(CliError::usage(format!("{what} cannot be used with {with}"))) } else { Ok(()) }
}
