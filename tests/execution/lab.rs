//! Six nodes in three zones with their data in directories; the first three hold everything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

use otlp_part::cli::SystemClock;
use otlp_part::metadata::SqliteStore;
use otlp_part::metadata::etcd::Endpoint;
use otlp_part::ports::MetadataWrite as _;
use otlp_part::ports::metadata::{Op, Outcome, Transaction};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{record, snapshot};
use crate::support_etcd::Etcd;

const PROGRAM: &str = env!("CARGO_BIN_EXE_otlp-part");

pub(crate) const NODES: [(&str, &str); 6] =
    [("n1", "a"), ("n2", "b"), ("n3", "c"), ("n4", "a"), ("n5", "b"), ("n6", "c")];

/// Copies per node at a time.
pub(crate) const PER_NODE: u32 = 2;

/// A field that this version does not know stands in every record, node and extension.
pub(crate) const UNKNOWN: &str = r#""later": {"x": 1.50}"#;

/// Content of a copy: file name to bytes.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Where the metadata is.
pub(crate) enum Metadata {
    File,
    Etcd(Arc<Etcd>),
    /// All members of an etcd that somebody else keeps.
    #[allow(dead_code, reason = "each test program uses a part of it")]
    Members(Vec<Endpoint>),
}

impl Metadata {
    /// Where the etcd listens; none = there is none.
    pub(crate) fn endpoints(&self) -> Vec<Endpoint> {
        match self {
            Self::File => Vec::new(),
            Self::Etcd(etcd) => vec![etcd.endpoint().strip_prefix("http://").unwrap().parse().unwrap()],
            Self::Members(endpoints) => endpoints.clone(),
        }
    }
}

/// A cluster in a temporary directory.
pub(crate) struct Cluster {
    directory: TempDir,
    pub(crate) metadata: Metadata,
    /// What every copy of a partition holds.
    pub(crate) content: BTreeMap<String, Files>,
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
    fn of(output: &Output) -> Self {
        Self {
            code: output.status.code(),
            signal: output.status.signal(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:#?}");
        self
    }

    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        match serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:#?}")) {
            // One row.
            Value::Array(mut rows) if rows.len() == 1 => rows.remove(0),
            value @ (Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_)) => value,
        }
    }
}

pub(crate) fn spec() -> String {
    format!(
        r#"{{"schema":"otlp-part/cluster/v1","cluster_id":"c-1","replication_factor":2,"foreign_writers":false,
        "partitioning":[{{"hash_buckets":64,"retention_days":3650}}],"placement":{{"algorithm":"zone-balanced"}},
        "rebalance":{{"migrations_per_node":{PER_NODE}}},{UNKNOWN}}}"#
    )
}

fn node_value(directory: &Path, zone: &str) -> String {
    let url = format!("file://{}", directory.display());
    format!(r#"{{"location":{{"availability_zone":"{zone}"}},"data_url":"{url}",{UNKNOWN}}}"#)
}

/// Bytes that are the same each time.
pub(crate) fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut random = otlp_part::model::SplitMix64::new(seed);
    (0..length).map(|_| (random.next_u64() >> 56) as u8).collect()
}

/// Two segments with their sidecars, and one that others wrote.
pub(crate) fn files(seed: u64, bytes: usize) -> Files {
    let mut files = Files::new();
    for (i, name) in ["a-0001.jsonl", "b-0002.jsonl", "c-others.parquet"].iter().enumerate() {
        let segment = noise(seed * 3 + i as u64, bytes / 3 + i);
        if !name.starts_with('c') {
            let crc = crc32c::crc32c(&segment);
            let sidecar = format!(r#"{{"bytes":{},"crc32c":{crc},"records":{},{UNKNOWN}}}"#, segment.len(), 10 + i);
            files.insert(format!("{name}.sidecar.json"), sidecar.into_bytes());
        }
        files.insert((*name).to_owned(), segment);
    }
    files
}

/// What a test begins with.
pub(crate) struct Setting<'a> {
    /// Where the directory is made; none = where temporary files are.
    pub(crate) room: Option<&'a Path>,
    /// Who holds each partition; the first leads.
    pub(crate) holders: Vec<&'a [&'a str]>,
    /// About so many in each copy.
    pub(crate) bytes: usize,
    /// Keys behind the prefix with values, beside nodes and partitions.
    pub(crate) more: Vec<(String, String)>,
}

/// Who holds partitions one after the other.
const IN_TURN: [&[&str]; 3] = [&["n1", "n2"], &["n2", "n3"], &["n3", "n1"]];

impl Cluster {
    /// So many partitions of about so many bytes.
    pub(crate) fn new(metadata: Metadata, partitions: usize, bytes: usize) -> Self {
        let holders = IN_TURN.into_iter().cycle().take(partitions).collect();
        Self::set(metadata, Setting { room: None, holders, bytes, more: Vec::new() })
    }

    pub(crate) fn set(metadata: Metadata, setting: Setting<'_>) -> Self {
        let Setting { room, holders, bytes, more } = setting;
        let mut builder = tempfile::Builder::new();
        builder.prefix("otlp-part-execution");
        let directory = room.map_or_else(|| builder.tempdir(), |room| builder.tempdir_in(room)).unwrap();
        let mut cluster = Self { directory, metadata, content: BTreeMap::new() };
        let mut entries = more;
        entries.push(("cluster".to_owned(), spec()));
        for (node, zone) in NODES {
            let path = cluster.node(node);
            fs::create_dir(&path).unwrap();
            fs::write(path.join(".otlp-part-node.json"), format!(r#"{{"cluster_id":"c-1","node_id":"{node}"}}"#))
                .unwrap();
            entries.push((format!("nodes/{node}"), node_value(&path, zone)));
        }
        for (index, holders) in holders.into_iter().enumerate() {
            let id = format!("partition_489540_{index:04}");
            let files = files(index as u64 + 1, bytes);
            let size =
                files.iter().filter(|(name, _)| !name.ends_with(".sidecar.json")).map(|(_, f)| f.len() as u64).sum();
            let value = record(&id, holders, Some(holders[0]), size);
            entries.push((format!("partitions/{id}"), value.replacen('{', &format!("{{{UNKNOWN},"), 1)));
            if index % 2 == 0 {
                entries.push((format!("ext/{id}"), format!(r#"{{"epoch":3,{UNKNOWN}}}"#)));
            }
            for holder in holders {
                put(&cluster.node(holder).join(&id).join("first"), &files);
            }
            cluster.content.insert(id, files);
        }
        let pairs: Vec<(&str, &str)> = entries.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        fs::write(cluster.path("s.json"), snapshot(&pairs)).unwrap();
        let file = cluster.path("s.json").to_string_lossy().into_owned();
        cluster.run(&["snapshot", "import", &file, "--yes", "-q"]).ok();
        cluster
    }

    pub(crate) fn embedded(partitions: usize) -> Self {
        Self::new(Metadata::File, partitions, 3000)
    }

    pub(crate) fn on_etcd(partitions: usize) -> Self {
        let etcd = block_on(Etcd::start());
        Self::new(Metadata::Etcd(Arc::new(etcd)), partitions, 3000)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// The directory of a node's data.
    pub(crate) fn node(&self, node: &str) -> PathBuf {
        self.path(node)
    }

    pub(crate) fn store(&self) -> String {
        match &self.metadata {
            Metadata::File => format!("file:{}", self.path("c.db").display()),
            Metadata::Etcd(_) | Metadata::Members(_) => {
                let endpoints: Vec<String> = self.metadata.endpoints().iter().map(ToString::to_string).collect();
                format!("etcd://{}", endpoints.join(","))
            }
        }
    }

    fn command(&self, args: &[&str]) -> Command {
        self.command_on(&self.store(), args)
    }

    fn command_on(&self, store: &str, args: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.env_clear().env("USER", "ann").env("HOSTNAME", "desk").env("HOME", self.directory.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.arg("--store").arg(store).args(args);
        command
    }

    #[allow(dead_code, reason = "each test program uses a part of it")]
    /// Runs on a way to the store that somebody else made.
    pub(crate) fn run_on(&self, store: &str, args: &[&str]) -> Ran {
        Ran::of(&self.command_on(store, args).output().unwrap())
    }

    /// Runs as another operator, on another host and in a directory of their own.
    pub(crate) fn run_elsewhere(&self, args: &[&str]) -> Ran {
        let elsewhere = self.path("elsewhere");
        fs::create_dir_all(&elsewhere).unwrap();
        let mut command = self.command(args);
        command.env("USER", "bob").env("HOSTNAME", "laptop").env("HOME", &elsewhere).current_dir(elsewhere);
        Ran::of(&command.output().unwrap())
    }

    /// Runs with a limit on the size of every file that it writes, in the shell's blocks of 512 or 1024 bytes.
    #[allow(dead_code, reason = "each test program uses a part of it")]
    pub(crate) fn run_limited(&self, blocks: u32, args: &[&str]) -> Ran {
        let command = self.command(args);
        let whole: Vec<_> =
            std::iter::once(command.get_program()).chain(command.get_args()).map(ToOwned::to_owned).collect();
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", "ulimit -f \"$0\" && exec \"$@\"", &blocks.to_string()]).args(whole);
        shell.env_clear().env("USER", "ann").env("HOSTNAME", "desk").env("HOME", self.directory.path());
        shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Ran::of(&shell.output().unwrap())
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&self.command(args).output().unwrap())
    }

    /// Runs, and dies at a numbered place.
    pub(crate) fn run_to(&self, crash_at: &str, args: &[&str]) -> Ran {
        Ran::of(&self.command(args).env("OTLP_PART_CRASH_AT", crash_at).output().unwrap())
    }

    pub(crate) fn spawn(&self, args: &[&str]) -> Child {
        self.spawn_on(&self.store(), args)
    }

    pub(crate) fn spawn_on(&self, store: &str, args: &[&str]) -> Child {
        self.command_on(store, args).spawn().unwrap()
    }

    pub(crate) fn ended(child: Child) -> Ran {
        Ran::of(&child.wait_with_output().unwrap())
    }

    /// Begins, to stop at a numbered place until it is let go on.
    #[allow(dead_code, reason = "each test program uses a part of it")]
    pub(crate) fn spawn_until(&self, store: &str, stop_at: &str, args: &[&str]) -> Child {
        self.command_on(store, args).env("OTLP_PART_CRASH_AT", format!("{stop_at}:STOP")).spawn().unwrap()
    }

    /// Plans, and writes the plan to `plan.json`; gives its path.
    pub(crate) fn plan(&self, more: &[&str]) -> String {
        let file = self.path("plan.json").to_string_lossy().into_owned();
        let mut args = vec!["plan-rebalance", "--out", &file, "--force", "-q"];
        args.extend(more);
        self.run(&args).ok();
        file
    }

    /// Executes without waiting for anybody's caches.
    pub(crate) fn execute(&self, plan: &str, more: &[&str]) -> Ran {
        self.run(&execution(plan, more))
    }

    /// The lease of a killed executor has ended: 15 seconds that nobody waits for here. Says whether there was one.
    pub(crate) fn end_lease(&self) -> bool {
        match &self.metadata {
            Metadata::File => self.delete(&["rebalance/lock".to_owned(), "rebalance/status".to_owned()]),
            Metadata::Members(_) => panic!("its lease ends by itself"),
            Metadata::Etcd(etcd) => block_on(async {
                let mut client = etcd.client().await;
                let found = client.get("/otlp/rebalance/lock", None).await.unwrap();
                let Some(lease) = found.kvs().first().map(etcd_client::KeyValue::lease) else { return false };
                // It may end by itself meanwhile.
                client.lease_revoke(lease).await.is_ok()
            }),
        }
    }

    /// Deletes keys, by their names behind the prefix, from the embedded store.
    pub(crate) fn delete(&self, keys: &[String]) -> bool {
        self.change(keys.iter().map(|key| Op::Delete { key: format!("/otlp/{key}") }).collect())
    }

    /// Writes a key, by its name behind the prefix, to the embedded store.
    #[allow(dead_code, reason = "each test program uses a part of it")]
    pub(crate) fn put(&self, key: &str, value: &str) -> bool {
        self.change(vec![Op::put(format!("/otlp/{key}"), value)])
    }

    fn change(&self, ops: Vec<Op>) -> bool {
        let store = SqliteStore::open(&self.path("c.db"), Arc::new(SystemClock)).unwrap();
        let done = block_on(store.commit(Transaction { compares: Vec::new(), ops })).unwrap();
        matches!(done, Outcome::Committed { .. })
    }

    /// Everything that is stored: key behind the prefix to value.
    pub(crate) fn stored(&self) -> BTreeMap<String, Value> {
        let exported = self.run(&["snapshot", "export", "-o", "json", "-q"]).ok().json();
        let entry = |e: &Value| {
            let key = e["key"].as_str().unwrap().strip_prefix("/otlp/").unwrap().to_owned();
            (key, e["value"].clone())
        };
        exported["entries"].as_array().unwrap().iter().map(entry).collect()
    }

    /// Nodes and leader of every partition.
    pub(crate) fn owners(&self) -> BTreeMap<String, (BTreeSet<String>, String)> {
        let owner = |(key, value): (String, Value)| {
            let id = key.strip_prefix("partitions/")?.to_owned();
            let nodes = value["nodes"].as_array().unwrap().iter().map(|n| n.as_str().unwrap().to_owned()).collect();
            Some((id, (nodes, value["leader"].as_str().unwrap_or_default().to_owned())))
        };
        self.stored().into_iter().filter_map(owner).collect()
    }

    /// At rest nothing is left over, and every listed copy holds what it should, byte for byte; nothing else lies anywhere.
    #[track_caller]
    pub(crate) fn check_rest(&self) {
        self.check_rest_but(&[]);
    }

    /// The same, but for keys that may stay.
    #[track_caller]
    pub(crate) fn check_rest_but(&self, kept: &[&str]) {
        let stored = self.stored();
        let open = |key: &&String| {
            let families = ["migrations/", "rebalance/", "orphans/", "repair/"];
            families.iter().any(|p| key.starts_with(p)) && !kept.contains(&key.as_str())
        };
        assert_eq!(stored.keys().filter(open).collect::<Vec<_>>(), Vec::<&String>::new(), "something is left over");
        let mut expected: BTreeMap<PathBuf, &Files> = BTreeMap::new();
        for (id, files) in &self.content {
            let record = &stored[&format!("partitions/{id}")];
            assert_eq!(record["state"], "Active", "{id}");
            assert!(record["later"].is_object(), "{id}");
            for node in record["nodes"].as_array().unwrap() {
                let node = node.as_str().unwrap();
                let copy = stored.get(&format!("ext/{id}")).and_then(|ext| ext["copies"].get(node)?.as_str());
                expected.insert(self.node(node).join(id).join(copy.unwrap_or("first")), files);
            }
        }
        let mut found: BTreeMap<PathBuf, Files> = BTreeMap::new();
        for node in stored.keys().filter_map(|key| key.strip_prefix("nodes/")) {
            for id in names(&self.node(node)).iter().filter(|name| name.starts_with("partition_")) {
                for copy in names(&self.node(node).join(id)) {
                    let path = self.node(node).join(id).join(copy);
                    found.insert(path.clone(), read(&path));
                }
            }
        }
        let list = |paths: Vec<&PathBuf>| paths.into_iter().cloned().collect::<BTreeSet<_>>();
        assert_eq!(list(found.keys().collect()), list(expected.keys().collect()), "copies on disk");
        for (path, files) in expected {
            let own = &found[&path];
            for (name, bytes) in files {
                assert!(own.get(name) == Some(bytes), "{}/{name} is not what it was", path.display());
            }
            let sidecars = |name: &&String| !name.ends_with(".sidecar.json");
            assert!(own.keys().filter(sidecars).eq(files.keys().filter(sidecars)), "{}", path.display());
        }
    }
}

pub(crate) fn execution<'a>(plan: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec!["execute-rebalance", plan, "--yes", "--grace", "0", "-o", "json"];
    args.extend(more);
    if !more.contains(&"--settle") {
        args.extend(["--settle", "0"]);
    }
    args
}

pub(crate) fn put(directory: &Path, files: &Files) {
    fs::create_dir_all(directory).unwrap();
    files.iter().for_each(|(name, bytes)| fs::write(directory.join(name), bytes).unwrap());
}

pub(crate) fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(directory).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn read(directory: &Path) -> Files {
    names(directory).into_iter().map(|name| (name.clone(), fs::read(directory.join(name)).unwrap())).collect()
}
