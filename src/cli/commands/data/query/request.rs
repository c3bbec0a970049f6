//! From the command line to a query.

use super::{EncodingArg, QueryArgs};
use crate::cli::commands::route::keys::SLACK_MAX;
use crate::cli::commands::route::range::Span;
use crate::cli::commands::route::subject::{parse_signal, severity_number};
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::{Signal, TraceId};
use crate::operations::querying::{Filter, Grain, Query, Wanted, When, nanos_of};
use crate::otlp::{ATTRIBUTES_MAX, AttributeQuery};
use crate::routing::Near;

/// Neighbouring time buckets, unless told otherwise.
const SLACK_DEFAULT: u32 = 1;

/// What the rows are of: it decides the columns of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// The spans of one trace.
    Trace,
    /// Records of one signal.
    Signal(Signal),
    /// Records of any.
    Any,
}

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Rows(Shown),
    Otlp(EncodingArg),
    Count,
    Explain,
}

pub(super) fn read(session: &mut Session<'_, '_>, args: QueryArgs) -> Result<(Query, Form), CliError> {
    let QueryArgs {
        trace_id,
        service,
        name,
        attribute,
        severity,
        signal,
        time,
        slack,
        range,
        near,
        encoding,
        count,
        explain,
        ignore_not_found: _,
    } = args;
    let trace = trace_id
        .map(|text| TraceId::parse(&text).map_err(|e| CliError::input(format!("trace id {text:?}: {e}"))))
        .transpose()?;
    let signal = signal.map(|text| parse_signal(&text)).transpose()?;
    let severity_min = severity.map(|text| severity_number(&text)).transpose()?;
    check_signals(trace, signal, severity_min)?;
    let slack = slack.unwrap_or(SLACK_DEFAULT);
    if slack > SLACK_MAX {
        return Err(CliError::usage(format!("--slack {slack}: the most is {SLACK_MAX}")));
    }
    let (wanted, within) = match (trace, time, range.span(session)?) {
        (None, _, Span::Given(range)) => (Wanted::Range(range), Some(nanos_of(range))),
        (None, _, Span::NotGiven) => {
            return Err(CliError::usage_hint(
                "data query needs to know what to read",
                "--trace-id HEX, or a range of time: --from TIME --to TIME, --last 1h",
            ));
        }
        (Some(id), _, Span::Given(range)) => (Wanted::Trace { id, when: When::Within(range) }, None),
        (Some(id), Some(time), Span::NotGiven) => {
            (Wanted::Trace { id, when: When::At(session.time("--time", &time)?) }, None)
        }
        (Some(id), None, Span::NotGiven) => (Wanted::Trace { id, when: When::Any }, None),
    };
    let near = near
        .map(|text| Near::parse(&text).map_err(|e| CliError::usage(format!("--near {text:?}: {e}"))))
        .transpose()?;
    let form = form(session, encoding, count, explain, shown(trace, signal, severity_min))?;
    let filter =
        Filter { trace, time: within, signal, service, name, severity_min, attributes: attributes(&attribute)? };
    let grain = match (form, &wanted) {
        (Form::Rows(_), _) => Grain::Rows,
        // The order within a trace is that of its spans.
        (Form::Otlp(_), Wanted::Trace { .. }) => Grain::Record,
        (Form::Otlp(_), Wanted::Range(_)) => Grain::Request,
        (Form::Count | Form::Explain, _) => Grain::Sums,
    };
    let limit = session.global().limit;
    let now = session.now();
    Ok((Query { wanted, slack, filter, grain, near, limit, explain, now }, form))
}

/// Refuses what can match nothing.
fn check_signals(trace: Option<TraceId>, signal: Option<Signal>, severity: Option<i64>) -> Result<(), CliError> {
    let other = |wanted: Signal| signal.is_some_and(|signal| signal != wanted);
    if trace.is_some() && other(Signal::Traces) {
        return Err(CliError::usage_hint("--trace-id is for spans", "leave --signal out, or use --signal traces"));
    }
    if severity.is_some() && (other(Signal::Logs) || trace.is_some()) {
        return Err(CliError::usage_hint("only log records have a --severity", "use it with --signal logs, or alone"));
    }
    Ok(())
}

fn shown(trace: Option<TraceId>, signal: Option<Signal>, severity: Option<i64>) -> Shown {
    match (trace, signal, severity) {
        (Some(_), _, _) => Shown::Trace,
        (None, Some(signal), _) => Shown::Signal(signal),
        (None, None, Some(_)) => Shown::Signal(Signal::Logs),
        (None, None, None) => Shown::Any,
    }
}

fn form(
    session: &mut Session<'_, '_>,
    encoding: Option<EncodingArg>,
    count: bool,
    explain: bool,
    shown: Shown,
) -> Result<Form, CliError> {
    if session.global().sort.is_some() && !explain {
        return Err(CliError::usage_hint(
            "data query gives records in the order of time, however many they are, and sorts by nothing else",
            "sort its output: `otlp-part data query … -o csv | sort`",
        ));
    }
    match (encoding, count, explain) {
        (Some(EncodingArg::Proto), _, _) if session.environment().stdout_terminal => Err(CliError::usage_hint(
            "--encoding proto is binary, and stdout is a terminal",
            "send it to a file or a pipe, or use --encoding jsonl",
        )),
        (Some(encoding), _, _) => Ok(Form::Otlp(encoding)),
        (None, true, _) => Ok(Form::Count),
        (None, false, true) => Ok(Form::Explain),
        (None, false, false) => Ok(Form::Rows(shown)),
    }
}

fn attributes(given: &[String]) -> Result<AttributeQuery, CliError> {
    if given.len() > ATTRIBUTES_MAX {
        let message = format!("--attribute is given {} times, the most is {ATTRIBUTES_MAX}", given.len());
        return Err(CliError::usage(message));
    }
    let pair = |text: &String| match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        Some(_) | None => Err(CliError::usage(format!("--attribute {text:?} is not of the form KEY=VALUE"))),
    };
    Ok(AttributeQuery::new(given.iter().map(pair).collect::<Result<_, _>>()?))
}
