//! What it costs to execute a move beside its bytes: tiny partitions moved by the program itself through a real etcd.
//!
//!     cargo bench --bench executing -- [MOVES [NODES [SETTLE [GRACE [DIRECTORY]]]]]
//!
//! 10,000 moves between 100 nodes in four zones, three copies of each partition, settle and grace 0 by default; the goal is 150
//! moves a second. The data of the nodes lies in memory (`/dev/shm`) where the system has that, so that no disk is measured. It
//! needs an etcd server, as the tests do (see `build/etcd`). The clock runs from the start of `execute-rebalance` to its end:
//! reading and checking the plan, recording it, and all that is written at the end belong to it.

// A benchmark has nobody to report to, and its clock and environment are the point of it.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods, missing_docs)]

#[path = "../tests/support_etcd/mod.rs"]
mod support_etcd;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use otlp_part::metadata::EtcdStore;
use otlp_part::model::{NodeId, PartitionId, Timestamp};
use otlp_part::operations::rebalance::load::load;
use otlp_part::operations::rebalance::planning::{PlanRequest, make};
use otlp_part::ports::metadata::{Op, Transaction};
use otlp_part::ports::{Keys, MetadataRead as _, MetadataWrite as _};
use support_etcd::lab::{Lab, LabOptions};

const ZONES: usize = 4;
const COPIES: usize = 3;
const BUCKETS: usize = 256;
const SEGMENT: &[u8] = br#"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name"}]}}]}"#;
const MARKER: &str = ".otlp-part-node.json";

/// Who holds a partition, and who gets the first copy of it: another node of the same zone.
struct Placed {
    id: String,
    holders: [usize; COPIES],
    to: usize,
}

fn placed(index: usize, nodes: usize) -> Placed {
    let in_zone = nodes / ZONES;
    // The numbers spread evenly and never meet: the zones of the holders differ.
    let node = |turn: usize, zone: usize| (turn % in_zone) * ZONES + zone % ZONES;
    let (turn, round) = (index / ZONES, index / nodes);
    let holders = std::array::from_fn(|copy| node(turn * (copy + 1) + round + copy, index + copy));
    let id = format!("partition_{}_{:04}", 489_000 + index / BUCKETS, index % BUCKETS);
    Placed { id, holders, to: node(turn + round + 1 + round % (in_zone - 1), index) }
}

fn name(node: usize) -> String {
    format!("node-{}", node + 1)
}

/// Directories with their marker, and in them the copies: links to one segment and one sidecar.
fn make_data(root: &Path, nodes: usize, partitions: &[Placed]) {
    let sidecar = format!(r#"{{"bytes":{},"crc32c":{},"records":1}}"#, SEGMENT.len(), crc32c::crc32c(SEGMENT));
    let (one, beside) = (root.join("segment"), root.join("sidecar"));
    fs::write(&one, SEGMENT).unwrap();
    fs::write(&beside, sidecar).unwrap();
    for node in (0..nodes).map(name) {
        fs::create_dir(root.join(&node)).unwrap();
        let marker = format!(r#"{{"cluster_id":"bench","node_id":"{node}"}}"#);
        fs::write(root.join(&node).join(MARKER), marker).unwrap();
    }
    for Placed { id, holders, .. } in partitions {
        for holder in holders {
            let copy = root.join(name(*holder)).join(id).join("first");
            fs::create_dir_all(&copy).unwrap();
            fs::hard_link(&one, copy.join("a-0001.jsonl")).unwrap();
            fs::hard_link(&beside, copy.join("a-0001.jsonl.sidecar.json")).unwrap();
        }
    }
}

async fn make_metadata(store: &EtcdStore, root: &Path, nodes: usize, partitions: &[Placed]) {
    let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"bench","replication_factor":3,"foreign_writers":false,
        "partitioning":[{"hash_buckets":256,"retention_days":36500}],"placement":{"algorithm":"zone-balanced"},
        "rebalance":{"migrations_per_node":3}}"#;
    let mut ops = vec![Op::put("/otlp/cluster".to_owned(), spec)];
    for node in 0..nodes {
        let (id, zone) = (name(node), node % ZONES);
        let url = root.join(&id).display().to_string();
        let value = format!(r#"{{"location":{{"availability_zone":"z{zone}"}},"data_url":"file://{url}"}}"#);
        ops.push(Op::put(format!("/otlp/nodes/{id}"), value));
    }
    for Placed { id, holders, .. } in partitions {
        let names = holders.map(name);
        let value = format!(
            r#"{{"partition_id":"{id}","nodes":{},"leader":"{}","state":"Active","size_bytes":{},"record_count":1,"created_at":"2025-10-05T14:43:44Z","updated_at":"2025-10-05T14:43:44Z"}}"#,
            serde_json::json!(names),
            names[0],
            SEGMENT.len()
        );
        ops.push(Op::put(format!("/otlp/partitions/{id}"), value));
    }
    for some in ops.chunks(128) {
        let _ = store.commit(Transaction { compares: vec![], ops: some.to_vec() }).await.unwrap();
    }
}

/// A plan of exactly these moves, in a file.
async fn make_plan(store: &EtcdStore, file: &Path, partitions: &[Placed]) {
    let node = |node: usize| NodeId::parse(&name(node)).unwrap();
    let chosen = |p: &Placed| (PartitionId::parse(&p.id).unwrap(), node(p.holders[0]), node(p.to));
    let request = PlanRequest { moves: partitions.iter().map(chosen).collect(), ..PlanRequest::default() };
    let now = Timestamp::from_seconds(1_764_000_000);
    let loaded = load(store, &Keys::default(), None, now, &request.layout).await.unwrap();
    let made = make(loaded, &request, "bench", now).unwrap();
    assert_eq!(made.plan.document.moves.len(), partitions.len(), "{:?}", made.plan.document.unplanned.first());
    fs::write(file, &made.plan.text).unwrap();
}

/// Seconds of processor time of children that have ended.
fn children_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Fields 16 and 17, behind the name in brackets, in hundredths of a second.
    let fields: Vec<f64> = stat.rsplit(')').next().unwrap_or("").split(' ').filter_map(|f| f.parse().ok()).collect();
    fields.get(12..14).map_or(0.0, |ticks| ticks.iter().sum::<f64>() / 100.0)
}

/// Every partition is where it was to go, in the metadata and on disk, and nothing is in flight.
async fn check(store: &EtcdStore, root: &Path, partitions: &[Placed]) {
    let keys = Keys::default();
    let mut found: BTreeMap<String, serde_json::Value> = BTreeMap::new();
    for range in [keys.partitions(), keys.extensions(), keys.migrations()] {
        let mut visit = |entry: &otlp_part::ports::metadata::Entry| {
            found.insert(entry.key.clone(), serde_json::from_slice(&entry.value).unwrap());
            std::ops::ControlFlow::Continue(())
        };
        store.scan(&range, None, &mut visit).await.unwrap();
    }
    assert_eq!(found.len(), 2 * partitions.len(), "records and extensions");
    for Placed { id, holders, to } in partitions {
        let (record, extension) = (&found[&format!("/otlp/partitions/{id}")], &found[&format!("/otlp/ext/{id}")]);
        assert_eq!((&record["nodes"][0], &record["state"]), (&name(*to).into(), &"Active".into()), "{id}");
        let copy = extension["copies"][name(*to)].as_str().unwrap();
        let segment = root.join(name(*to)).join(id).join(copy).join("a-0001.jsonl");
        assert_eq!(fs::read(segment).unwrap(), SEGMENT, "{id}");
        assert!(!root.join(name(holders[0])).join(id).join("first").exists(), "{id}");
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let mut number = |default: usize| arguments.next().map_or(default, |text| text.parse().unwrap());
    let (moves, nodes) = (number(10_000), number(100));
    let settle = arguments.next().unwrap_or_else(|| "0".to_owned());
    let grace = arguments.next().unwrap_or_else(|| "0".to_owned());
    let memory = Path::new("/dev/shm");
    let fallback = if memory.is_dir() { memory } else { Path::new(env!("CARGO_TARGET_TMPDIR")) };
    let parent = arguments.next().map_or_else(|| fallback.to_owned(), PathBuf::from);
    let directory = tempfile::Builder::new().prefix("otlp-part-bench-").tempdir_in(parent).unwrap();
    assert!(nodes / ZONES >= 3, "too few nodes");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(bench(directory.path(), (moves, nodes), (&settle, &grace)));
}

async fn bench(root: &Path, (moves, nodes): (usize, usize), (settle, grace): (&str, &str)) {
    let partitions: Vec<Placed> = (0..moves).map(|index| placed(index, nodes)).collect();
    make_data(root, nodes, &partitions);
    let lab = Lab::start(LabOptions { quota_bytes: Some(8 << 30), ..LabOptions::default() }).await;
    let config = lab.config("/otlp");
    let endpoint = format!("etcd://{}", config.endpoints[0]);
    let store = EtcdStore::connect(config).await.unwrap();
    make_metadata(&store, root, nodes, &partitions).await;
    let plan = root.join("plan.json");
    make_plan(&store, &plan, &partitions).await;

    let mut command = Command::new(env!("CARGO_BIN_EXE_otlp-part"));
    command.env_clear().env("USER", "bench").env("HOME", root).stdin(Stdio::null()).stdout(Stdio::piped());
    command.args(["--store", &endpoint, "execute-rebalance"]).arg(&plan);
    command.args(["--yes", "--settle", settle, "--grace", grace, "--progress", "none", "-o", "json"]);
    let (start, cpu) = (Instant::now(), children_seconds());
    let output = command.output().unwrap();
    let (seconds, cpu) = (start.elapsed().as_secs_f64(), children_seconds() - cpu);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    check(&store, root, &partitions).await;
    let rate = moves as f64 / seconds;
    println!("{moves} moves, {nodes} nodes, settle {settle}, grace {grace}: {seconds:.1} s, {rate:.0} a second");
    println!("the program: {cpu:.1} s of processor time, {:.2} ms a move", cpu * 1000.0 / moves as f64);
}
