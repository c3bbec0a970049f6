//! A small cluster with sample telemetry, to try the tool on.
//!
//! Everything follows from the time of the first hour: the same hour gives the same bytes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::{
    ClusterSpec, Granularity, Location, Node, NodeId, PartitionId, PartitionRecord, PartitionState, SplitMix64,
    TimeBucket, TimeRange, Timestamp,
};
use crate::otlp::{Options, Reader};
use crate::partitioner::CompositePartitioner;
use crate::ports::Keys;
use crate::ports::metadata::Entry;
use crate::routing::{RecordSet, Topology};

use super::OperationError;
use super::create::{entry, initial_entries};
use super::hours::HourTables;
use super::otlp_totals::{PartitionTotals, TotalsError, route_input};

/// The trace that every demo holds, in its first hour.
pub const TRACE: &str = "04a971f14b28f97dc6888f7bd33157cf";
const HOURS: i64 = 4;
const NODES: usize = 6;
const TRACES: usize = 600;
const SERVICES: [&str; 6] = ["cart", "checkout", "frontend", "payment", "recommendation", "shipping"];

/// A demo's contents.
#[derive(Clone, Debug)]
pub struct Demo {
    /// The store's entries.
    pub entries: Vec<Entry>,
    /// Sample telemetry, OTLP JSON lines.
    pub otlp: String,
    /// The demo trace's time.
    pub trace_time: Timestamp,
    /// The hours that are recorded.
    pub range: TimeRange,
}

/// Makes a demo whose recorded hours are the two before that of `now`, that one, and the next.
///
/// # Errors
/// Never in practice: the demo's own contents would have to be wrong.
pub fn demo(keys: &Keys, cluster_id: String, now: Timestamp) -> Result<Demo, OperationError> {
    let first = TimeBucket::of(now, Granularity::HOUR).plus(-2);
    let start = first.start(Granularity::HOUR);
    let range =
        TimeRange::new(start, start.plus_seconds(3600 * HOURS)).map_err(|e| OperationError::Invalid(e.to_string()))?;
    let spec = ClusterSpec { cluster_id, ..ClusterSpec::default() };
    let nodes = demo_nodes();
    let topology = Topology::new(spec.clone(), nodes.clone())?;
    let otlp = Sample::new(start).write();
    let totals = count(&topology, &otlp)?;
    let mut entries = initial_entries(keys, &spec, &nodes)?;
    let partitioner = CompositePartitioner::new(&spec.partitioning[0]);
    for hour in 0..HOURS {
        for id in partitioner.partitions(first.plus(hour)) {
            let record = record(&topology, id?, start, &totals);
            entries.push(entry(keys.partition(record.id), record.to_document().to_json()));
        }
    }
    Ok(Demo { entries, otlp, trace_time: start.plus_seconds(2624), range })
}

fn demo_nodes() -> Vec<Node> {
    let node = |i: usize| {
        let zone = ["eu-1", "eu-2", "eu-3"][i % 3];
        let location = Location {
            region: Some("eu".to_owned()),
            availability_zone: Some(zone.to_owned()),
            data_center: Some(format!("{zone}-a")),
        };
        let id = NodeId::parse(&format!("node-{}", i + 1)).ok()?;
        Some(Node { location, capacity_bytes: Some(4_000_000_000_000), ..Node::new(id) })
    };
    (0..NODES).filter_map(node).collect()
}

fn count(topology: &Topology, otlp: &str) -> Result<BTreeMap<PartitionId, PartitionTotals>, OperationError> {
    let invalid = |e: &dyn std::fmt::Display| OperationError::Invalid(e.to_string());
    let mut reader = Reader::open(otlp.as_bytes(), Options::default()).map_err(|e| invalid(&e))?;
    let mut hours: HourTables<'_, ()> = HourTables::new(topology, None, |_| Ok(RecordSet::default()));
    let totals =
        route_input::<_, TotalsError>(&mut reader, &mut hours, |_, _| Ok(()), |_| ()).map_err(|e| invalid(&e))?;
    Ok(totals.partitions)
}

fn record(
    topology: &Topology,
    id: PartitionId,
    at: Timestamp,
    totals: &BTreeMap<PartitionId, PartitionTotals>,
) -> PartitionRecord {
    let nodes = topology.placed_owners(id);
    let held = totals.get(&id);
    PartitionRecord {
        id,
        leader: nodes.first().cloned(),
        nodes,
        state: PartitionState::Active,
        size_bytes: held.map_or(0, |t| t.bytes),
        record_count: held.map_or(0, |t| t.spans + t.metrics + t.logs),
        created_at: at,
        updated_at: at,
    }
}

/// Writes sample telemetry. SplitMix64 from a fixed seed.
struct Sample {
    random: SplitMix64,
    start: Timestamp,
    out: String,
}

impl Sample {
    fn new(start: Timestamp) -> Self {
        Self { random: SplitMix64::new(0x0971_f14b), start, out: String::new() }
    }

    fn random(&mut self) -> u64 {
        self.random.next_u64()
    }

    fn write(mut self) -> String {
        let mut at: i128 = 0;
        for n in 0..TRACES {
            at = at.max((n as i128) * 3 * 3_600_000_000_000 / TRACES as i128);
            let (id, offset) = if n == 0 {
                (TRACE.to_owned(), 2_624_000_000_000)
            } else {
                (format!("{:016x}{:016x}", self.random(), self.random()), at)
            };
            self.trace(&id, offset);
            if n % 10 == 0 {
                self.metric(at);
                self.log(at, &id);
            }
        }
        self.out
    }

    fn nanos(&self, offset: i128) -> i128 {
        self.start.nanos() + offset
    }

    fn resource(service: &str) -> String {
        format!(r#"{{"attributes":[{{"key":"service.name","value":{{"stringValue":"{service}"}}}}]}}"#)
    }

    fn trace(&mut self, id: &str, offset: i128) {
        let mut parent = String::new();
        let depth = 2 + self.random() as usize % 5;
        let mut begin = offset;
        for level in 0..depth {
            let service = SERVICES[(level * 2 + self.random() as usize % 2) % SERVICES.len()];
            let span = format!("{:016x}", self.random() | 1);
            let end = begin + 1_000_000 + i128::from(self.random() % 80_000_000);
            let _ = writeln!(
                self.out,
                r#"{{"resourceSpans":[{{"resource":{},"scopeSpans":[{{"scope":{{"name":"demo"}},"spans":[{{"traceId":"{id}","spanId":"{span}","parentSpanId":"{parent}","name":"{service}.handle","kind":2,"startTimeUnixNano":"{}","endTimeUnixNano":"{}","status":{{}}}}]}}]}}]}}"#,
                Self::resource(service),
                self.nanos(begin),
                self.nanos(end),
            );
            parent = span;
            begin += 500_000;
        }
    }

    fn metric(&mut self, offset: i128) {
        let service = SERVICES[self.random() as usize % SERVICES.len()];
        let (value, time) = (self.random() % 1000, self.nanos(offset));
        let _ = writeln!(
            self.out,
            r#"{{"resourceMetrics":[{{"resource":{},"scopeMetrics":[{{"scope":{{"name":"demo"}},"metrics":[{{"name":"http.requests","sum":{{"dataPoints":[{{"timeUnixNano":"{time}","asInt":"{value}","attributes":[{{"key":"http.method","value":{{"stringValue":"GET"}}}}]}}],"aggregationTemporality":2,"isMonotonic":true}}}}]}}]}}]}}"#,
            Self::resource(service),
        );
    }

    fn log(&mut self, offset: i128, trace: &str) {
        let service = SERVICES[self.random() as usize % SERVICES.len()];
        let (level, time) = (if self.random().is_multiple_of(8) { 17 } else { 9 }, self.nanos(offset));
        let _ = writeln!(
            self.out,
            r#"{{"resourceLogs":[{{"resource":{},"scopeLogs":[{{"scope":{{"name":"demo"}},"logRecords":[{{"timeUnixNano":"{time}","severityNumber":{level},"body":{{"stringValue":"order {} handled"}},"traceId":"{trace}"}}]}}]}}]}}"#,
            Self::resource(service),
            time % 10_000,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_hour_gives_the_same_demo() {
        let now = Timestamp::from_seconds(1_762_353_824);
        let make = |seconds| demo(&Keys::default(), "demo".into(), now.plus_seconds(seconds)).unwrap();
        let (a, b) = (make(0), make(60));
        assert_eq!((a.otlp == b.otlp, a.entries == b.entries), (true, true));
        assert_eq!(a.entries.len(), 1 + NODES + 4 * 256);
        assert!(a.otlp.contains(TRACE));
        assert_eq!(a.trace_time.to_string(), "2025-11-05T12:43:44Z");
        let spans: u64 = count(&Topology::new(ClusterSpec::default(), demo_nodes()).unwrap(), &a.otlp)
            .unwrap()
            .values()
            .map(|t| t.spans)
            .sum();
        assert_eq!(spans as usize, a.otlp.matches("\"spanId\":").count());
    }
}
