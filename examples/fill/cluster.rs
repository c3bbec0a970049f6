//! The cluster that is made: nodes, records, and copies with their sidecars, as `data write` would leave them.
//!
//! Traces are drawn from a fixed seed, and each lies in the partition that the cluster's own routing names.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::BufWriter;
use std::path::Path;

use otlp_part::metadata::snapshot::{SnapshotHeader, SnapshotWriter};
use otlp_part::model::routing_key::RoutingKey;
use otlp_part::model::{
    ClusterSpec, Granularity, Location, Node, NodeId, PartitionId, PartitionRecord, PartitionState, Partitioning,
    SplitMix64, TimeBucket, Timestamp, TraceId,
};
use otlp_part::operations::create::{FIRST_REVISION, entry, initial_entries};
use otlp_part::partitioner::CompositePartitioner;
use otlp_part::placement::zone_balanced::ZoneBalanced;
use otlp_part::ports::Keys;
use otlp_part::ports::metadata::Entry;
use serde_json::json;

/// Nodes with their zones: two zones of three nodes, one of two.
const NODES: [(&str, &str); 8] = [
    ("n1", "eu-1"),
    ("n2", "eu-2"),
    ("n3", "eu-3"),
    ("n4", "eu-1"),
    ("n5", "eu-2"),
    ("n6", "eu-3"),
    ("n7", "eu-1"),
    ("n8", "eu-2"),
];
const HOURS: u32 = 8;
/// Between the last hour and now, so that none is open.
const HOURS_AGO: i64 = 2;
/// Segments of each copy.
const SEGMENTS: usize = 2;
const SERVICES: [&str; 4] = ["cart", "checkout", "frontend", "payment"];

/// What was made.
pub(crate) struct Filled {
    partitions: usize,
    copies: usize,
    bytes: u64,
    directory: String,
}

impl std::fmt::Display for Filled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { partitions, copies, bytes, directory } = self;
        let nodes = NODES.len();
        write!(
            f,
            "{nodes} nodes, {partitions} partitions, {copies} copies with {bytes} bytes of segments in {directory}"
        )
    }
}

/// The lines of one partition.
#[derive(Default)]
struct Lines {
    lines: Vec<String>,
    spans: Vec<u64>,
    times: Vec<(i128, i128)>,
}

/// Makes the directory and everything below it.
///
/// # Errors
/// The directory exists or cannot be written, or `partitions` is no multiple of eight.
pub(crate) fn fill(directory: &Path, partitions: u32, traces: u32, now: Timestamp) -> Result<Filled, Box<dyn Error>> {
    if partitions == 0 || !partitions.is_multiple_of(HOURS) {
        return Err(format!("PARTITIONS {partitions} is no multiple of {HOURS}").into());
    }
    fs::create_dir(directory).map_err(|e| format!("{}: {e}", directory.display()))?;
    let directory = directory.canonicalize()?;
    let spec = spec(partitions / HOURS)?;
    let nodes = nodes(&directory, &spec.cluster_id)?;
    let keys = Keys::default();
    let mut entries = initial_entries(&keys, &spec, &nodes)?;
    let mut placement = ZoneBalanced::new(&nodes, spec.replication_factor, &[]);
    let mut random = SplitMix64::new(8);
    let (mut copies, mut bytes) = (0, 0);
    let last = TimeBucket::of(now, Granularity::HOUR).plus(-HOURS_AGO);
    for hour in (1..=i64::from(HOURS)).rev().map(|ago| last.plus(-ago)) {
        let content = draw(&spec.partitioning[0], hour, traces, &mut random)?;
        let ids: Vec<PartitionId> = content.keys().copied().collect();
        for (id, owners) in ids.iter().zip(placement.place(&ids, &[]).owners) {
            let owners: Vec<&NodeId> = owners.as_slice().iter().map(|&n| &nodes[usize::from(n)].id).collect();
            let lines = &content[id];
            let size = write_copies(&directory, &id.to_string(), &owners, lines)?;
            copies += owners.len();
            bytes += size * owners.len() as u64;
            let record = PartitionRecord {
                id: *id,
                leader: owners.first().map(|owner| (*owner).clone()),
                nodes: owners.into_iter().cloned().collect(),
                state: PartitionState::Active,
                size_bytes: size,
                record_count: lines.spans.iter().sum(),
                created_at: hour.start(Granularity::HOUR),
                updated_at: hour.end(Granularity::HOUR),
            };
            entries.push(entry(keys.partition(*id), record.to_document().to_json()));
        }
    }
    write_snapshot(&directory.join("cluster.json"), entries, now)?;
    let directory = directory.display().to_string();
    Ok(Filled { partitions: partitions as usize, copies, bytes, directory })
}

fn spec(hash_buckets: u32) -> Result<ClusterSpec, Box<dyn Error>> {
    let text = json!({
        "schema": "otlp-part/cluster/v1", "cluster_id": "walk-through", "replication_factor": 3, "foreign_writers": false,
        "partitioning": [{"hash_buckets": hash_buckets}], "placement": {"algorithm": "zone-balanced"},
    });
    Ok(ClusterSpec::parse(text.to_string().as_bytes())?)
}

/// The nodes, with their directories and markers.
fn nodes(directory: &Path, cluster_id: &str) -> Result<Vec<Node>, Box<dyn Error>> {
    let mut nodes = Vec::new();
    for (id, zone) in NODES {
        let place = directory.join("nodes").join(id);
        fs::create_dir_all(&place)?;
        let marker = json!({"cluster_id": cluster_id, "node_id": id});
        fs::write(place.join(".otlp-part-node.json"), marker.to_string())?;
        let location = Location { availability_zone: Some(zone.to_owned()), ..Location::default() };
        let data_url = Some(format!("file://{}", place.display()));
        nodes.push(Node { location, data_url, ..Node::new(NodeId::parse(id)?) });
    }
    Ok(nodes)
}

/// So many traces of an hour for each of its partitions on average, and more until none is empty.
fn draw(
    partitioning: &Partitioning,
    hour: TimeBucket,
    traces: u32,
    random: &mut SplitMix64,
) -> Result<BTreeMap<PartitionId, Lines>, Box<dyn Error>> {
    let partitioner = CompositePartitioner::new(partitioning);
    let mut content = BTreeMap::new();
    for id in partitioner.partitions(hour) {
        content.insert(id?, Lines::default());
    }
    let mut drawn = 0;
    while drawn < u64::from(traces) * content.len() as u64 || content.values().any(|l: &Lines| l.lines.len() < SEGMENTS)
    {
        drawn += 1;
        let id = format!("{:016x}{:016x}", random.next_u64(), random.next_u64());
        let begin = hour.start(Granularity::HOUR).nanos() + i128::from(random.below(3_500_000_000_000));
        let key = RoutingKey::Trace { id: TraceId::parse(&id)? };
        let time = hour.start(Granularity::HOUR).plus_nanos(begin - hour.start(Granularity::HOUR).nanos());
        let located = partitioner.locate(&key, "", time)?;
        let lines = content.get_mut(&located.partition).ok_or("a trace outside its hour")?;
        let (line, spans, end) = trace(&id, begin, random);
        lines.lines.push(line);
        lines.spans.push(spans);
        lines.times.push((begin, end));
    }
    Ok(content)
}

/// One trace as a line of OTLP/JSON, with its spans and the end of the last.
fn trace(id: &str, begin: i128, random: &mut SplitMix64) -> (String, u64, i128) {
    let (mut text, mut parent, mut at) = (String::from(r#"{"resourceSpans":["#), String::new(), begin);
    let spans = 1 + random.below(5);
    for level in 0..spans {
        let service = SERVICES[random.below(SERVICES.len() as u64) as usize];
        let span = format!("{:016x}", random.next_u64() | 1);
        let end = at + 1_000_000 + i128::from(random.below(80_000_000));
        let comma = if level == 0 { "" } else { "," };
        let _ = write!(
            text,
            r#"{comma}{{"resource":{{"attributes":[{{"key":"service.name","value":{{"stringValue":"{service}"}}}}]}},"scopeSpans":[{{"spans":[{{"traceId":"{id}","spanId":"{span}","parentSpanId":"{parent}","name":"{service}.handle","kind":2,"startTimeUnixNano":"{at}","endTimeUnixNano":"{end}","status":{{}}}}]}}]}}"#
        );
        (parent, at) = (span, end);
    }
    text.push_str("]}\n");
    (text, spans, at)
}

/// Writes the segments of a partition on each of its owners; gives their bytes in one copy.
fn write_copies(directory: &Path, id: &str, owners: &[&NodeId], lines: &Lines) -> Result<u64, Box<dyn Error>> {
    let mut files = Vec::new();
    let mut bytes = 0;
    for (number, at) in
        (0..lines.lines.len()).collect::<Vec<_>>().chunks(lines.lines.len().div_ceil(SEGMENTS)).enumerate()
    {
        let segment: String = at.iter().map(|&i| lines.lines[i].as_str()).collect();
        let sidecar = json!({
            "bytes": segment.len(), "crc32c": crc32c::crc32c(segment.as_bytes()),
            "records": at.iter().map(|&i| lines.spans[i]).sum::<u64>(),
            "min_time_unix_nano": at.iter().map(|&i| lines.times[i].0 as u64).min(),
            "max_time_unix_nano": at.iter().map(|&i| lines.times[i].1 as u64).max(),
            "signal": "traces", "framing": "jsonl",
        });
        bytes += segment.len() as u64;
        let name = format!("{:04}.jsonl", number + 1);
        files.push((format!("{name}.sidecar.json"), sidecar.to_string()));
        files.push((name, segment));
    }
    for owner in owners {
        let copy = directory.join("nodes").join(owner.as_str()).join(id).join("first");
        fs::create_dir_all(&copy)?;
        for (name, content) in &files {
            fs::write(copy.join(name), content)?;
        }
    }
    Ok(bytes)
}

fn write_snapshot(file: &Path, mut entries: Vec<Entry>, now: Timestamp) -> Result<(), Box<dyn Error>> {
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    let header = SnapshotHeader {
        prefix: "/otlp".to_owned(),
        revision: FIRST_REVISION,
        exported_at: now,
        source: "the example fill".to_owned(),
    };
    let mut writer = SnapshotWriter::new(BufWriter::new(fs::File::create(file)?), &header)?;
    for entry in &entries {
        writer.entry(entry)?;
    }
    writer.finish()?;
    Ok(())
}
