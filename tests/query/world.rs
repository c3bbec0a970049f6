//! Three nodes in three zones, as directories, and segments made the way `data write` makes them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use otlp_part::model::{HashAlgorithm, PartitionId, Signal, TimeBucket, Timestamp};
use otlp_part::otlp::{Encoding, Layout, Options, Reader, RecordNo, Unit};
use otlp_part::partitioner::{HashPartitioner, split};
use otlp_part::segment::name::segment_name;
use otlp_part::segment::{BatchId, Compressor, Origin, RecordFacts, SegmentBuilder};
use serde_json::{Value, json};

use crate::support::{Done, Lab, record, snapshot};

pub(crate) const NODES: [&str; 3] = ["n1", "n2", "n3"];
/// 2025-11-05T14:00:00Z, the start of time bucket 489542.
pub(crate) const HOUR: u64 = 1_762_351_200_000_000_000;
pub(crate) const BUCKET: i64 = 489_542;
pub(crate) const SECOND: u64 = 1_000_000_000;
const HASH_BUCKETS: u32 = 4;

/// A cluster; every node has a copy of every partition.
pub(crate) struct World {
    pub(crate) lab: Lab,
    /// Partitions with their leaders.
    pub(crate) partitions: BTreeMap<PartitionId, &'static str>,
    /// By how many bits partitions are split.
    pub(crate) splits: BTreeMap<PartitionId, u8>,
    /// Nodes with another state than Active.
    pub(crate) states: BTreeMap<&'static str, &'static str>,
    /// Copies that are to be repaired.
    pub(crate) marks: BTreeSet<(PartitionId, &'static str)>,
    pub(crate) spec: Value,
}

impl World {
    pub(crate) fn new() -> Self {
        let lab = Lab::new();
        for node in NODES {
            let place = lab.path("nodes").join(node);
            std::fs::create_dir_all(&place).unwrap();
            let marker = json!({"cluster_id": "c1", "node_id": node});
            std::fs::write(place.join(".otlp-part-node.json"), marker.to_string()).unwrap();
        }
        let spec = json!({
            "schema": "otlp-part/cluster/v1", "cluster_id": "c1", "replication_factor": 3, "foreign_writers": false,
            "partitioning": [{"hash_buckets": HASH_BUCKETS}],
        });
        Self {
            lab,
            partitions: BTreeMap::new(),
            splits: BTreeMap::new(),
            states: BTreeMap::new(),
            marks: BTreeSet::new(),
            spec,
        }
    }

    /// The partition of a unit.
    fn partition_of(&self, unit: &Unit<'_>) -> PartitionId {
        let place =
            HashPartitioner::new(HashAlgorithm::Siphash13, HASH_BUCKETS).place(unit.hash(HashAlgorithm::Siphash13));
        let bucket = TimeBucket::new(unit.time.seconds().div_euclid(3600));
        let root = PartitionId::new(bucket, place.bucket).unwrap();
        split::descend(root, place.quotient, |id| self.splits.get(&id).copied().unwrap_or(0)).unwrap()
    }

    /// Where a partition's copy on a node lies.
    pub(crate) fn copy(&self, node: &str, id: PartitionId) -> PathBuf {
        self.lab.path("nodes").join(node).join(id.to_string()).join("first")
    }

    /// Writes a file of a partition on every node.
    pub(crate) fn place(&mut self, id: PartitionId, name: &str, content: &[u8]) {
        let leader = NODES[id.index().unwrap_or(0) as usize % NODES.len()];
        self.partitions.insert(id, leader);
        for node in NODES {
            let copy = self.copy(node, id);
            std::fs::create_dir_all(&copy).unwrap();
            std::fs::write(copy.join(name), content).unwrap();
        }
    }

    /// Writes an input as one batch: a segment for each partition, signal and encoding that it has records of.
    pub(crate) fn write(&mut self, input: &[u8]) -> Vec<(PartitionId, String)> {
        let batch_id = BatchId::of(&[input]);
        let mut builders: BTreeMap<(PartitionId, &'static str, Encoding), (SegmentBuilder, Signal)> = BTreeMap::new();
        let mut compressor = Compressor::new(1).unwrap();
        let options = Options { layout: true, ..Options::default() };
        let mut reader = Reader::open(input, options).unwrap();
        while let Some(batch) = reader.next_batch().unwrap() {
            let layout = batch.layout();
            let mut groups: BTreeMap<(usize, PartitionId, &'static str), (Signal, Vec<RecordNo>)> = BTreeMap::new();
            for record in layout.records() {
                let Some(unit) = layout.unit(record).and_then(|unit| batch.unit_at(unit)) else { continue };
                let key = (layout.request(record), self.partition_of(&unit), unit.signal().name());
                groups.entry(key).or_insert((unit.signal(), Vec::new())).1.push(record);
            }
            for ((_, id, name), (signal, records)) in groups {
                let encoding = layout.encoding();
                let new = || (SegmentBuilder::new(signal, encoding), signal);
                let (builder, _) = builders.entry((id, name, encoding)).or_insert_with(new);
                builder.request(&mut compressor, |out| layout.write_request(&records, out)).unwrap();
                for record in records {
                    let unit = layout.unit(record).and_then(|unit| batch.unit_at(unit)).unwrap();
                    builder.record(&facts(layout, record, &unit));
                    builder.service(batch.service(record));
                }
            }
        }
        let mut written = Vec::new();
        for ((id, _, encoding), (builder, signal)) in builders {
            let built = builder.finish(&mut compressor, Origin::Batch(batch_id.as_str())).unwrap();
            let name = segment_name(built.min_time_unix_nano, &batch_id, signal, encoding);
            self.place(id, &name, &built.content);
            self.place(id, &format!("{name}.sidecar.json"), &built.sidecar);
            written.push((id, name));
        }
        written
    }

    /// Writes the metadata.
    pub(crate) fn save(&self) {
        let entries = self.entries();
        let entries: Vec<(&str, &str)> = entries.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        self.lab.file("c.json", snapshot(&entries));
    }

    /// The metadata: keys below the prefix, and values.
    pub(crate) fn entries(&self) -> Vec<(String, String)> {
        let mut entries: Vec<(String, String)> = vec![("cluster".into(), self.spec.to_string())];
        for (number, node) in NODES.iter().enumerate() {
            let place = self.lab.path("nodes").join(node);
            let value = json!({
                "location": {"region": "eu", "availability_zone": format!("z{}", number + 1)},
                "state": self.states.get(node).unwrap_or(&"Active"),
                "data_url": format!("file://{}", place.display()),
            });
            entries.push((format!("nodes/{node}"), value.to_string()));
        }
        for (id, leader) in &self.partitions {
            entries.push((format!("partitions/{id}"), record(&id.to_string(), &NODES, Some(leader), 5_000)));
        }
        for (id, bits) in &self.splits {
            entries.push((format!("ext/{id}"), json!({"epoch": 1, "split_bits": bits}).to_string()));
        }
        for (id, node) in &self.marks {
            entries.push((format!("repair/{id}/{node}"), json!({"schema": "otlp-part/repair/v1"}).to_string()));
        }
        entries
    }

    pub(crate) fn line(words: &str) -> String {
        format!("--store snapshot:$DIR/c.json data query {words}")
    }

    /// Runs `data query`.
    pub(crate) fn query(&self, words: &str) -> Done {
        self.lab.run(&Self::line(words))
    }

    /// The `uid` attributes of the records that a query gives, in order.
    #[track_caller]
    pub(crate) fn uids(&self, words: &str) -> Vec<u64> {
        uids_in(&self.query(&format!("{words} --encoding jsonl")).ok().out)
    }
}

fn facts(layout: &Layout, record: RecordNo, unit: &Unit<'_>) -> RecordFacts {
    let own = layout.time_unix_nano(record);
    let time_unix_nano = if own == 0 { u64::try_from(unit.time.nanos()).unwrap() } else { own };
    RecordFacts { time_unix_nano, sum: layout.record_sum(record), trace: unit.trace() }
}

pub(crate) fn time_text(nanos: u64) -> String {
    Timestamp::from_unix_nanos(nanos).to_string()
}

/// The records of a request, each with its resource.
pub(crate) fn records_of(request: &Value) -> Vec<(Signal, Value, Value)> {
    let mut found = Vec::new();
    for (resources, scopes, records, signal) in [
        ("resourceSpans", "scopeSpans", "spans", Signal::Traces),
        ("resourceMetrics", "scopeMetrics", "metrics", Signal::Metrics),
        ("resourceLogs", "scopeLogs", "logRecords", Signal::Logs),
    ] {
        let list = |value: &Value, name: &str| value[name].as_array().cloned().unwrap_or_default();
        for resource in list(request, resources) {
            for scope in list(&resource, scopes) {
                for record in list(&scope, records) {
                    found.push((signal, resource["resource"].clone(), record));
                }
            }
        }
    }
    found
}

pub(crate) fn uids_in(lines: &str) -> Vec<u64> {
    let requests = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    requests.flat_map(|request| records_of(&request)).map(|(signal, _, record)| uid_of(signal, &record)).collect()
}

/// The number that every record of these tests has as an attribute.
pub(crate) fn uid_of(signal: Signal, record: &Value) -> u64 {
    let attributes = match signal {
        Signal::Traces | Signal::Logs => &record["attributes"],
        Signal::Metrics => &record["gauge"]["dataPoints"][0]["attributes"],
    };
    let uid = attributes.as_array().unwrap().iter().find(|a| a["key"] == "uid").unwrap();
    uid["value"]["intValue"].as_str().unwrap().parse().unwrap()
}

pub(crate) fn trace_id(number: u64) -> String {
    format!("{:032x}", u128::from(number) + 1)
}

/// A span of a trace.
pub(crate) fn span(trace: u64, span: u64, start: u64, name: &str, uid: u64) -> Value {
    json!({
        "traceId": trace_id(trace), "spanId": format!("{:016x}", span + 1), "name": name, "kind": 2,
        "startTimeUnixNano": start.to_string(), "endTimeUnixNano": (start + 1_500_000).to_string(),
        "attributes": [{"key": "uid", "value": {"intValue": uid.to_string()}}], "status": {},
    })
}

/// A request of one service's spans.
pub(crate) fn spans(service: &str, spans: &[Value]) -> String {
    let resource = json!({"attributes": [{"key": "service.name", "value": {"stringValue": service}}]});
    json!({"resourceSpans": [{"resource": resource, "scopeSpans": [{"spans": spans}]}]}).to_string() + "\n"
}

pub(crate) fn log(at: u64, severity: u64, body: &str, uid: u64) -> Value {
    json!({
        "timeUnixNano": at.to_string(), "severityNumber": severity, "body": {"stringValue": body},
        "attributes": [{"key": "uid", "value": {"intValue": uid.to_string()}}],
    })
}

pub(crate) fn logs(service: &str, records: &[Value]) -> String {
    let resource = json!({"attributes": [{"key": "service.name", "value": {"stringValue": service}}]});
    json!({"resourceLogs": [{"resource": resource, "scopeLogs": [{"logRecords": records}]}]}).to_string() + "\n"
}

pub(crate) fn metric(at: u64, name: &str, value: i64, uid: u64) -> Value {
    json!({"name": name, "gauge": {"dataPoints": [{
        "timeUnixNano": at.to_string(), "asInt": value.to_string(),
        "attributes": [{"key": "uid", "value": {"intValue": uid.to_string()}}],
    }]}})
}

pub(crate) fn metrics(service: &str, records: &[Value]) -> String {
    let resource = json!({"attributes": [{"key": "service.name", "value": {"stringValue": service}}]});
    json!({"resourceMetrics": [{"resource": resource, "scopeMetrics": [{"metrics": records}]}]}).to_string() + "\n"
}
