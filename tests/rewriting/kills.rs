//! The real program, killed at every place, then the same command again: on an embedded store and on a real etcd.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use otlp_part::operations::executing::crash::{CrashAt, REWRITE_POINTS};
use serde_json::Value;
use tempfile::TempDir;

use crate::disk::read_copy;
use crate::sample::{self, Sum, sum_of};
use crate::support_etcd::Etcd;

/// Of which most clusters hold the telemetry.
const REQUESTS: u64 = 40;

/// A cluster of four nodes with a directory for each, and telemetry in it.
pub(crate) struct Cluster {
    directory: TempDir,
    store: String,
    etcd: Option<Arc<Etcd>>,
    pub(crate) input: String,
}

/// What a run of the program said.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) signal: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        Self { code: output.status.code(), signal: output.status.signal(), out, err }
    }

    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    #[track_caller]
    pub(crate) fn rows(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {self:#?}"))).collect()
    }
}

pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

impl Cluster {
    pub(crate) fn embedded() -> Self {
        Self::embedded_with("", REQUESTS)
    }

    /// With more settings of the cluster spec (`,"name":value`), and of so many requests.
    pub(crate) fn embedded_with(settings: &str, requests: u64) -> Self {
        let directory = TempDir::new().unwrap();
        let store = format!("file:{}", directory.path().join("c.db").display());
        Self::new(directory, store, None, (settings, requests))
    }

    fn on_etcd(etcd: Arc<Etcd>) -> Self {
        let store = format!("etcd://{}", etcd.endpoint().strip_prefix("http://").unwrap());
        Self::new(TempDir::new().unwrap(), store, Some(etcd), ("", REQUESTS))
    }

    fn new(directory: TempDir, store: String, etcd: Option<Arc<Etcd>>, (settings, requests): (&str, u64)) -> Self {
        let node = |n: u32| {
            let place = directory.path().join(format!("n{n}"));
            fs::create_dir_all(&place).unwrap();
            format!(r#"{{"id":"n{n}","data_url":"file://{}"}}"#, place.display())
        };
        let nodes: Vec<String> = (1..=4).map(node).collect();
        let text = format!(
            r#"{{"nodes":[{}],"cluster":{{"partitioning":{{"hash_buckets":2,"retention_days":3650}}{settings}}}}}"#,
            nodes.join(",")
        );
        fs::write(directory.path().join("cluster.json"), text).unwrap();
        let input = sample::json_lines(77, requests);
        fs::write(directory.path().join("in.jsonl"), &input).unwrap();
        let cluster = Self { directory, store, etcd, input };
        let file = cluster.path("cluster.json").display().to_string();
        cluster.run(&["init", "--file", &file, "--yes"]).code(0);
        cluster.run(&["node", "claim", "n1", "n2", "n3", "n4", "--yes"]).code(0);
        cluster.write().code(0);
        cluster
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn write(&self) -> Ran {
        let file = self.path("in.jsonl").display().to_string();
        self.run(&["data", "write", &file, "--batch-size", "4KB", "--yes", "-o", "json"])
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_otlp-part"));
        command.env_clear().env("USER", "ann").env("HOSTNAME", "desk").env("HOME", self.directory.path());
        command.stdin(Stdio::null()).arg("--store").arg(&self.store).args(args);
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&self.command(args).output().unwrap())
    }

    pub(crate) fn run_to(&self, place: &str, more: &str, args: &[&str]) -> Ran {
        let number = CrashAt::number_of(place).unwrap();
        Ran::of(&self.command(args).env("OTLP_PART_CRASH_AT", format!("{number}{more}")).output().unwrap())
    }

    /// The keys behind the prefix with their values.
    pub(crate) fn stored(&self) -> std::collections::BTreeMap<String, Value> {
        let ran = self.run(&["snapshot", "export", "-q"]).code(0);
        let exported: Value = serde_json::from_str(&ran.out).unwrap();
        let entry = |e: &Value| (e["key"].as_str().unwrap()["/otlp/".len()..].to_owned(), e["value"].clone());
        exported["entries"].as_array().unwrap().iter().map(entry).collect()
    }

    /// The partition with the most records.
    pub(crate) fn largest(&self) -> String {
        let ran = self.run(&["partition", "list", "-o", "ndjson"]).code(0);
        let mut rows = ran.rows();
        rows.sort_by_key(|row| std::cmp::Reverse(row["record_count"].as_u64()));
        rows[0]["partition"].as_str().unwrap().to_owned()
    }

    /// The run that was killed is said to live until its lease ends.
    fn end_lease(&self) {
        match &self.etcd {
            None => {
                let runs = self.stored().into_keys().filter(|key| key.starts_with("rebalance/runs/"));
                let ops = runs.map(|key| otlp_part::ports::metadata::Op::Delete { key: format!("/otlp/{key}") });
                self.change(ops.collect());
            }
            Some(etcd) => block_on(async {
                let mut client = etcd.client().await;
                let options = etcd_client::GetOptions::new().with_prefix();
                for entry in client.get("/otlp/rebalance/runs/", Some(options)).await.unwrap().kvs() {
                    assert_ne!(entry.lease(), 0, "it hangs on no lease");
                    client.lease_revoke(entry.lease()).await.unwrap();
                }
            }),
        }
    }

    pub(crate) fn change(&self, ops: Vec<otlp_part::ports::metadata::Op>) {
        use otlp_part::ports::MetadataWrite as _;
        let clock = Arc::new(otlp_part::cli::SystemClock);
        let store = otlp_part::metadata::SqliteStore::open(&self.path("c.db"), clock).unwrap();
        let transaction = otlp_part::ports::metadata::Transaction { compares: vec![], ops };
        let _ = block_on(store.commit(transaction)).unwrap();
    }

    /// All listed copies are equal and whole, nothing else lies anywhere, and all of them hold the input, once.
    #[track_caller]
    pub(crate) fn check(&self, what: &str) {
        let stored = self.stored();
        for family in ["migrations/", "rebalance/", "orphans/", "repair/"] {
            let left: Vec<&String> = stored.keys().filter(|key| key.starts_with(family)).collect();
            assert!(left.is_empty(), "{what}: {left:?}");
        }
        let (mut all, mut listed) = (Sum::default(), BTreeSet::new());
        for (id, record) in stored.iter().filter_map(|(key, v)| Some((key.strip_prefix("partitions/")?, v))) {
            assert_eq!(record["state"], "Active", "{what}: {id}");
            let mut first = None;
            for node in record["nodes"].as_array().unwrap().iter().map(|node| node.as_str().unwrap()) {
                let extension = stored.get(&format!("ext/{id}"));
                let name = extension.and_then(|e| e["copies"].get(node)?.as_str()).unwrap_or("first");
                let place = self.path(node).join(id).join(name);
                let copy = read_copy(&place);
                if !copy.is_empty() {
                    listed.insert(place);
                }
                assert_eq!(first.get_or_insert_with(|| copy.clone()), &copy, "{what}: {id} on {node}");
            }
            let copy = first.unwrap();
            copy.values().for_each(|segment| all.add(segment.sum.records, segment.sum.sum));
            let counted: u64 = copy.values().map(|segment| segment.sum.records).sum();
            assert_eq!(record["record_count"].as_u64(), Some(counted), "{what}: {id}");
        }
        assert_eq!(all, sum_of(self.input.as_bytes()), "{what}");
        assert_eq!(self.on_disk(), listed, "{what}");
    }

    fn on_disk(&self) -> BTreeSet<PathBuf> {
        let entries = |place: &Path| -> Vec<PathBuf> {
            fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect()
        };
        let mut found = BTreeSet::new();
        for node in 1..=4 {
            for partition in entries(&self.path(&format!("n{node}"))) {
                for copy in entries(&partition) {
                    if fs::read_dir(&copy).unwrap().next().is_some() {
                        found.insert(copy);
                    }
                }
            }
        }
        found
    }
}

fn split(id: &str) -> Vec<&str> {
    vec!["partition", "split", id, "--settle", "0", "--grace", "0", "--yes", "-o", "ndjson"]
}

fn compact(id: &str) -> Vec<&str> {
    let mut args = vec!["data", "compact", "--partition", id, "--min-segments", "2", "--target-size", "16KiB"];
    args.extend(["--settle", "0", "--grace", "0", "--yes", "-o", "ndjson"]);
    args
}

fn killed_everywhere(make: impl Fn() -> Cluster) {
    for command in [split, compact] {
        for place in REWRITE_POINTS.iter().filter(|place| !place.contains("abort")) {
            let cluster = make();
            let id = cluster.largest();
            let ran = cluster.run_to(place, "", &command(&id));
            let what = format!("{:?} {place}", &command(&id)[..2]);
            assert_eq!(ran.signal, Some(9), "{what}: {ran:#?}");
            cluster.end_lease();
            cluster.run(&command(&id)).code(match *place {
                // It was split already.
                "rewrite-ended" if command(&id)[1] == "split" => 1,
                _ => 0,
            });
            cluster.check(&what);
            let again: Value = serde_json::from_str(&cluster.write().code(0).out).unwrap();
            assert_eq!(again["segments"], again["segments_present"], "{what}: {again}");
            cluster.check(&what);
        }
    }
}

#[test]
fn at_every_place_the_same_command_goes_on() {
    killed_everywhere(Cluster::embedded);
}

#[test]
fn on_etcd_at_every_place_the_same_command_goes_on() {
    killed_everywhere(|| Cluster::on_etcd(Arc::new(block_on(Etcd::start()))));
}

#[test]
fn an_interrupt_leaves_it_resumable_and_an_abort_undoes_it() {
    let cluster = Cluster::embedded();
    let id = cluster.largest();
    let args = ["partition", "split", id.as_str(), "--grace", "0", "--yes"];
    let ran = cluster.run_to("rewrite-claimed", ":1:INT", &args).code(130);
    assert!(ran.err.contains("the same command goes on"), "{ran:#?}");
    let list = cluster.run(&["migration", "list", "-o", "ndjson"]).code(0);
    let row = &list.rows()[0];
    assert_eq!(
        (&row["kind"], &row["phase"], &row["partition"]),
        (&"split".into(), &"copying".into(), &id.clone().into())
    );
    assert_eq!(row["targets"].as_array().unwrap().len(), 2);
    assert!(list.err.contains(&format!("partition split {id}` goes on")), "{list:#?}");
    let doctor = cluster.run(&["doctor", "-o", "json"]);
    assert!(doctor.out.contains("its split is in flight (copying), and nobody is at work on it"), "{doctor:#?}");
    assert!(doctor.out.contains(&format!("partition split {id}")), "{doctor:#?}");
    let status = cluster.run(&["status"]).code(0);
    assert!(status.out.contains(&format!("partition split {id}")), "{status:#?}");
    let dry = cluster.run(&["migration", "abort", &id, "--dry-run"]).code(0);
    assert!(dry.err.contains(&format!("undo the split of {id}")), "{dry:#?}");
    let aborted = cluster.run(&["migration", "abort", &id, "--yes"]).code(0);
    assert!(aborted.err.contains("1 undone, 0 finished"), "{aborted:#?}");
    cluster.check("aborted");
    // Behind the switch it is finished.
    let ran = cluster.run_to("rewrite-switched", "", &split(&id));
    assert_eq!(ran.signal, Some(9));
    cluster.end_lease();
    let aborted = cluster.run(&["migration", "abort", "--all", "--grace", "0", "--yes"]).code(0);
    assert!(aborted.err.contains("0 undone, 1 finished"), "{aborted:#?}");
    cluster.check("finished");
}
