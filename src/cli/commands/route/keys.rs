//! `route` of single keys: trace ids, a metric, a log record.

use std::collections::BTreeSet;

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::location::Nearness;
use crate::model::routing_key::RoutingKey;
use crate::model::time::parse_time;
use crate::model::{ClusterSpec, NodeState, PartitionId, Signal, Strategy, TimeBucket, TimeRange, Timestamp, TraceId};
use crate::operations::OperationError;
use crate::output::Format;
use crate::partitioner::{CompositePartitioner, TimePartitioner};
use crate::routing::explain::explain;
use crate::routing::route::route;
use crate::routing::{Near, Route, RouteError, Topology, Unroutable};

use super::answer::{Answer, columns};
use super::explain::{explanation_json, explanation_lines};
use super::range::{RangeArgs, Span};
use super::source::Source;
use super::subject::Subject;

/// When the data was recorded.
#[derive(Clone, Debug)]
pub(super) enum When {
    /// At one time, with so many neighbouring buckets on each side.
    At { time: Timestamp, source: &'static str, slack: u32 },
    /// At the time that the trace id carries.
    FromId { kind: IdTime, slack: u32 },
    /// Anywhere in a range.
    Within(TimeRange),
}

/// How a trace id carries its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IdTime {
    /// AWS X-Ray: the first four bytes are Unix seconds.
    XRay,
    /// UUID version 7 (RFC 9562): the first six bytes are Unix milliseconds.
    UuidV7,
}

/// The most neighbouring buckets of `--slack`.
pub(in crate::cli) const SLACK_MAX: u32 = 1_000;
/// The most answers for one key in a range.
const ANSWERS_MAX: usize = 1_000_000;

impl When {
    pub(super) fn new(
        session: &mut Session<'_, '_>,
        time: Option<String>,
        time_from_id: Option<String>,
        slack: u32,
        range: &RangeArgs,
    ) -> Result<Self, CliError> {
        if slack > SLACK_MAX {
            return Err(CliError::usage(format!("--slack {slack}: the most is {SLACK_MAX}")));
        }
        if let Span::Given(range) = range.span(session)? {
            return Ok(Self::Within(range));
        }
        if let Some(kind) = time_from_id {
            let kind = match kind.as_str() {
                "xray" => IdTime::XRay,
                "uuidv7" => IdTime::UuidV7,
                _ => return Err(CliError::usage(format!("--time-from-id {kind:?}: use xray or uuidv7"))),
            };
            return Ok(Self::FromId { kind, slack });
        }
        match time {
            Some(text) => Ok(Self::At { time: session.time("--time", &text)?, source: "given", slack }),
            None => Ok(Self::At { time: session.now(), source: "default_now", slack }),
        }
    }

    /// Says on stderr that the time is a guess.
    pub(super) fn warn(&self, session: &mut Session<'_, '_>) {
        if let Self::At { time, source: "default_now", .. } = self {
            session.talk().warn(&format!("no --time given, so this is where data of now ({time}) goes"));
        }
    }
}

impl IdTime {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::XRay => "xray",
            Self::UuidV7 => "uuidv7",
        }
    }

    /// The time in an id.
    pub(super) fn time(self, id: &TraceId) -> Result<Timestamp, CliError> {
        let bytes = id.bytes();
        let text = match self {
            Self::XRay => u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]).to_string(),
            Self::UuidV7 => {
                if bytes[6] >> 4 != 7 || bytes[8] >> 6 != 0b10 {
                    return Err(CliError::input(format!("trace id {id} is no UUID of version 7")));
                }
                let millis = bytes[..6].iter().fold(0_u64, |n, b| n << 8 | u64::from(*b));
                return Ok(Timestamp::from_nanos(i128::from(millis) * 1_000_000));
            }
        };
        parse_time(&text, Timestamp::EPOCH).map_err(|e| CliError::input(format!("trace id {id}: {e}")))
    }
}

pub(super) struct KeyQuery {
    pub(super) subjects: Vec<Subject>,
    pub(super) when: When,
    pub(super) near: Option<Near>,
    pub(super) explain: bool,
}

/// A time at which a key is looked for.
struct Instant {
    time: Timestamp,
    /// The time that the answer shows.
    shown: Timestamp,
    source: &'static str,
}

pub(super) fn run(session: &mut Session<'_, '_>, source: &Source, query: &KeyQuery) -> Result<(), CliError> {
    query.when.warn(session);
    let roots = |spec: &ClusterSpec| -> Result<Vec<PartitionId>, OperationError> {
        let mut roots = Vec::new();
        for subject in &query.subjects {
            for instant in instants(spec, subject, &query.when).map_err(|e| OperationError::Invalid(e.to_string()))? {
                let partitioner = CompositePartitioner::new(spec.partitioning_at(instant.time));
                let located = partitioner.locate(&subject.key, &subject.service, instant.time);
                roots.push(located.map_err(RouteError::from)?.partition);
            }
        }
        Ok(roots)
    };
    // What is wrong with the question is said as such, before anything is read.
    for subject in &query.subjects {
        instants(&ClusterSpec::default(), subject, &query.when)?;
    }
    let loaded = source.load(session, roots)?;
    let signal = query.subjects.first().map_or(Signal::Traces, |s| s.key.signal());
    check_near(&loaded.topology, query.near.as_ref())?;
    let mut answers: Vec<(usize, Instant, Route)> = Vec::new();
    let mut unroutable = Unroutable::default();
    for (i, subject) in query.subjects.iter().enumerate() {
        let mut seen = BTreeSet::new();
        for instant in instants(loaded.topology.spec(), subject, &query.when)? {
            check_service(&loaded.topology, subject, instant.time)?;
            let (key, service) = (&subject.key, subject.service.as_str());
            match route(&loaded.topology, &loaded.records, key, service, instant.time, query.near.as_ref()) {
                // Several hours of a metric may fall into one partition.
                Ok(found) if seen.insert(found.partition) => answers.push((i, instant, found)),
                Ok(_) => {}
                Err(error) => unroutable.note(error).map_err(OperationError::from)?,
            }
        }
    }
    if let (true, Some((_, error, _))) = (answers.is_empty(), unroutable.iter().next()) {
        return Err(OperationError::from(error.clone()).into());
    }
    warn_states(session, answers.iter().map(|(_, _, route)| route));
    print(session, source, query, signal, &loaded.topology, &answers)?;
    source.report_unroutable(session, &unroutable)
}

fn print(
    session: &mut Session<'_, '_>,
    source: &Source,
    query: &KeyQuery,
    signal: Signal,
    topology: &Topology,
    answers: &[(usize, Instant, Route)],
) -> Result<(), CliError> {
    let mut columns = columns(signal);
    if query.near.is_some() {
        columns[6].extra = false;
    }
    let mut explanations = Vec::new();
    let mut printer = session.printer()?;
    let table = printer.style().format == Format::Table;
    let mut rows = printer.rows(&columns)?;
    for (i, instant, route) in answers {
        let subject = &query.subjects[*i];
        let strategy = topology.spec().partitioning_at(instant.time).strategy;
        let answer = Answer {
            signal,
            name: &subject.name,
            fields: &subject.fields,
            time: instant.shown,
            time_source: instant.source,
            route,
            hashed: strategy == Strategy::TimeHash,
            with_states: source.is_store(),
        };
        let mut row = answer.row();
        if query.explain {
            let explanation =
                explain(topology, &subject.key, &subject.service, instant.time, route).map_err(OperationError::from)?;
            if let Some(object) = row.json.as_mut().and_then(|json| json.as_object_mut()) {
                object.insert("explain".into(), explanation_json(&explanation));
            }
            explanations.push((route, explanation));
        }
        rows.push(row)?;
    }
    rows.finish()?;
    if table {
        for (route, explanation) in &explanations {
            printer.line("")?;
            for line in explanation_lines(route, explanation) {
                printer.line(&crate::output::escape_text(&line))?;
            }
        }
    }
    printer.flush()?;
    Ok(())
}

/// The times at which a key is looked for: of a trace one in each bucket, of a metric or log one in each UTC hour, since
/// the hour is part of their key.
fn instants(spec: &ClusterSpec, subject: &Subject, when: &When) -> Result<Vec<Instant>, CliError> {
    let (time, source, slack) = match when {
        When::At { time, source, slack } => (*time, *source, *slack),
        When::FromId { kind, slack } => match &subject.key {
            RoutingKey::Trace { id } => (kind.time(id)?, kind.name(), *slack),
            RoutingKey::Metric { .. } | RoutingKey::Log { .. } => {
                return Err(CliError::usage("--time-from-id is for trace ids"));
            }
        },
        When::Within(range) => return instants_within(spec, subject, *range),
    };
    let granularity = spec.partitioning_at(time).granularity_hours;
    if slack == 0 {
        return Ok(vec![Instant { time, shown: time, source }]);
    }
    let bucket = TimeBucket::of(time, granularity);
    let slack = i64::from(slack);
    match subject.key.signal() {
        Signal::Traces => {
            let shifted = (-slack..=slack).map(|n| time.plus_seconds(n * granularity.seconds()));
            let valid = shifted.filter(|t| (Timestamp::EPOCH..=Timestamp::OTLP_MAX).contains(t));
            Ok(valid.map(|t| Instant { time: t, shown: t, source }).collect())
        }
        Signal::Metrics | Signal::Logs => {
            let start = bucket.plus(-slack).start(granularity).max(Timestamp::EPOCH);
            let end = bucket.plus(slack).end(granularity).min(Timestamp::OTLP_MAX);
            let range = TimeRange::new(start, end).map_err(|e| CliError::usage(e.to_string()))?;
            instants_within(spec, subject, range)
        }
    }
}

fn instants_within(spec: &ClusterSpec, subject: &Subject, range: TimeRange) -> Result<Vec<Instant>, CliError> {
    let mut out = Vec::new();
    for (partitioning, part) in spec.versions_in(range) {
        let granularity = match subject.key.signal() {
            Signal::Traces => partitioning.granularity_hours,
            Signal::Metrics | Signal::Logs => crate::model::Granularity::HOUR,
        };
        let buckets = TimePartitioner::new(granularity).buckets(part);
        if buckets.len() + out.len() > ANSWERS_MAX {
            let message = format!("the range holds {} hours or buckets, the most is {ANSWERS_MAX}", buckets.len());
            return Err(CliError::usage_hint(message, "narrow the range"));
        }
        out.extend(buckets.map(|bucket| {
            let time = bucket.start(granularity).max(part.start());
            Instant { time, shown: time, source: "range" }
        }));
    }
    Ok(out)
}

fn check_service(topology: &Topology, subject: &Subject, time: Timestamp) -> Result<(), CliError> {
    let by_service = topology.spec().partitioning_at(time).strategy == Strategy::TimeRange;
    if by_service && subject.service.is_empty() {
        return Err(CliError::usage_hint("this cluster divides by service name", "name it with --service"));
    }
    Ok(())
}

/// Refuses a `--near` that is near to nothing: a typing error would else show as a plausible answer.
pub(in crate::cli) fn check_near(topology: &Topology, near: Option<&Near>) -> Result<(), CliError> {
    let place = match near {
        None => return Ok(()),
        Some(Near::Node(id)) if topology.node(id).is_some() => return Ok(()),
        Some(Near::Node(id)) => {
            return Err(CliError::input_hint(
                format!("--near {id}: the cluster has no such node"),
                "`node list` shows them; a place is zone=Z, region=R or dc=D",
            ));
        }
        Some(Near::Place(place)) => place,
    };
    if topology.nodes().iter().any(|node| node.location.nearness(place) != Nearness::Elsewhere) {
        return Ok(());
    }
    Err(CliError::input_hint(
        format!("--near {place}: no node of the cluster is near there"),
        "`node list --columns node,region,zone,data_center` shows where they are",
    ))
}

/// Warns of answers that somebody who acts on them must know: leader or every owner down.
pub(super) fn warn_states<'r>(session: &mut Session<'_, '_>, routes: impl Iterator<Item = &'r Route>) {
    const SHOWN: usize = 5;
    let mut wrong = routes.filter_map(|route| trouble(route).map(|words| format!("{}: {words}", route.partition)));
    for words in wrong.by_ref().take(SHOWN) {
        session.talk().warn(&words);
    }
    let more = wrong.count();
    if more > 0 {
        session.talk().warn(&format!("{more} more answers have a leader or owners that are not up"));
    }
}

/// What is wrong with the nodes of an answer.
fn trouble(route: &Route) -> Option<String> {
    let up = |state: &Option<NodeState>| state.is_some_and(NodeState::is_up);
    let lives = |id: &crate::model::NodeId| route.owners.iter().zip(&route.owner_states).any(|(n, s)| n == id && up(s));
    match &route.leader {
        _ if !route.owner_states.iter().any(up) => Some("none of its owners is up".to_owned()),
        Some(leader) if !lives(leader) => Some(format!("its leader {leader} is not up")),
        None => Some("it has no leader".to_owned()),
        Some(_) => None,
    }
}
