//! A cluster in directories, a receiver in front of it, and what lies there in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver as Lines};
use std::thread::JoinHandle;
use std::time::Duration;

use otlp_part::cli::SystemClock;
use otlp_part::metadata::SqliteStore;
use otlp_part::ports::MetadataWrite as _;
use otlp_part::ports::metadata::{Op, Outcome, Transaction};
use otlp_part::segment::SegmentDocument;
use serde_json::Value;
use tempfile::TempDir;

use crate::client::{Answer, Client, Request};
use crate::sample::Records;
use crate::stored::each_record;

const PROGRAM: &str = env!("CARGO_BIN_EXE_otlp-part");
/// Longer than anything takes here.
const PATIENCE: Duration = Duration::from_secs(60);

/// Three nodes with a directory each, on an embedded store.
pub(crate) struct Cluster {
    directory: TempDir,
}

impl Cluster {
    pub(crate) fn new() -> Self {
        Self::with(&[])
    }

    /// With further flags of `init`.
    pub(crate) fn with(init: &[&str]) -> Self {
        let cluster = Self { directory: tempfile::Builder::new().prefix("otlp-part-receiver").tempdir().unwrap() };
        let nodes: Vec<String> = ["n1", "n2", "n3"]
            .map(|node| {
                let place = cluster.node(node);
                fs::create_dir_all(&place).unwrap();
                format!(r#"{{"id":"{node}","data_url":"file://{}"}}"#, place.display())
            })
            .into();
        let file = cluster.directory.path().join("cluster.json");
        fs::write(&file, format!(r#"{{"nodes":[{}]}}"#, nodes.join(","))).unwrap();
        let file = file.to_string_lossy().into_owned();
        let args = [&["init", "--file", &file, "--hash-buckets", "4", "--yes"], init].concat();
        cluster.run(&args);
        cluster.run(&["node", "claim", "n1", "n2", "n3", "--yes"]);
        cluster
    }

    pub(crate) fn node(&self, node: &str) -> PathBuf {
        self.directory.path().join("data").join(node)
    }

    /// Takes a node's directory away; it is put back by [`Cluster::put_back`].
    pub(crate) fn take_away(&self, node: &str) {
        fs::rename(self.node(node), self.directory.path().join(node)).unwrap();
    }

    pub(crate) fn put_back(&self, node: &str) {
        fs::rename(self.directory.path().join(node), self.node(node)).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        let store = format!("file:{}", self.directory.path().join("cluster.db").display());
        command.arg("--store").arg(store).args(args).env_remove("OTLP_PART_STORE").stdin(Stdio::null());
        command
    }

    pub(crate) fn try_run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    #[track_caller]
    pub(crate) fn run(&self, args: &[&str]) -> String {
        let output = self.try_run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.run(&[args, &["-o", "json"]].concat())).unwrap()
    }

    /// Puts a value into the store, whatever it is.
    pub(crate) fn put(&self, key: &str, value: &str) {
        let store = SqliteStore::open(&self.directory.path().join("cluster.db"), Arc::new(SystemClock)).unwrap();
        let transaction = Transaction { ops: vec![Op::put(key.to_owned(), value)], ..Transaction::default() };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let outcome = runtime.block_on(store.commit(transaction)).unwrap();
        assert!(matches!(outcome, Outcome::Committed { .. }), "{outcome:?}");
    }

    /// Starts a receiver with further flags.
    pub(crate) fn listen(&self, more: &[&str]) -> Receiver {
        self.listen_at("127.0.0.1:0", more)
    }

    pub(crate) fn listen_at(&self, address: &str, more: &[&str]) -> Receiver {
        Receiver::start(self.command(&[&["data", "write", "--listen", address, "--yes"], more].concat()))
    }

    /// Partitions and nodes whose copy has a repair mark.
    pub(crate) fn marks(&self) -> BTreeSet<(String, String)> {
        let snapshot = self.json(&["snapshot", "export"]);
        let keys = snapshot["entries"].as_array().unwrap().iter().map(|entry| entry["key"].as_str().unwrap());
        keys.filter_map(|key| key.strip_prefix("/otlp/repair/")?.split_once('/'))
            .map(|(id, node)| (id.to_owned(), node.to_owned()))
            .collect()
    }

    /// The records that lie in the cluster, each as often as it was written. Every copy that a record lists is the same as
    /// every other, or has a repair mark.
    #[track_caller]
    pub(crate) fn stored(&self) -> Records {
        let marks = self.marks();
        let mut all = Records::new();
        for record in self.json(&["partition", "list"]).as_array().unwrap() {
            let id = record["partition"].as_str().unwrap();
            let nodes: Vec<&str> =
                record["nodes"].as_array().unwrap().iter().map(|node| node.as_str().unwrap()).collect();
            let mut whole: Option<BTreeMap<String, Records>> = None;
            for node in nodes.iter().filter(|node| !marks.contains(&(id.to_owned(), (**node).to_owned()))) {
                let copy = read_copy(&self.node(node).join(id).join("first"));
                match &whole {
                    None => whole = Some(copy),
                    Some(whole) => assert_eq!(*whole, copy, "{id} on {node}"),
                }
            }
            let whole = whole.unwrap_or_else(|| panic!("{id} has no copy without a mark"));
            whole.values().for_each(|segment| crate::sample::add(&mut all, segment));
        }
        all
    }

    /// The records that lie in a node's directory, listed or not.
    pub(crate) fn on(&self, node: &str) -> Records {
        let mut all = Records::new();
        for partition in fs::read_dir(self.node(node)).unwrap().map(|entry| entry.unwrap().path()) {
            for records in read_copy(&partition.join("first")).values() {
                crate::sample::add(&mut all, records);
            }
        }
        all
    }
}

/// The whole segments of a copy: each as its sidecar says.
fn read_copy(directory: &Path) -> BTreeMap<String, Records> {
    let mut segments = BTreeMap::new();
    let Ok(entries) = fs::read_dir(directory) else { return segments };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // One without its sidecar was never told of.
        if !name.ends_with(".zst") {
            continue;
        }
        let Ok(sidecar) = fs::read(directory.join(format!("{name}.sidecar.json"))) else { continue };
        segments.insert(name, read_segment(&fs::read(&path).unwrap(), &sidecar, &path));
    }
    segments
}

fn read_segment(content: &[u8], sidecar: &[u8], path: &Path) -> Records {
    let what = path.display().to_string();
    let document = SegmentDocument::parse(sidecar).unwrap_or_else(|e| panic!("{what}: {e}"));
    let mut records = Records::new();
    each_record(&document, content, &what, |_, batch, record| {
        let layout = batch.layout();
        *records.entry((layout.record_bytes(record).to_vec(), layout.record_sum(record))).or_default() += 1;
    });
    assert_eq!(records.values().sum::<usize>() as u64, document.records, "{what}");
    records
}

/// A receiver that runs.
pub(crate) struct Receiver {
    child: Child,
    pub(crate) address: SocketAddr,
    lines: Lines<String>,
    said: Vec<String>,
    out: Option<JoinHandle<String>>,
}

/// How a receiver ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Receiver {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = mpsc::channel();
        let err = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for line in err.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut stdout = child.stdout.take().unwrap();
        let out = std::thread::spawn(move || {
            let mut text = String::new();
            let _ = stdout.read_to_string(&mut text);
            text
        });
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut receiver = Self { child, address: any, lines, said: Vec::new(), out: Some(out) };
        let line = receiver.wait_for("listening on http://");
        receiver.address = line.rsplit('/').next().unwrap().parse().unwrap();
        receiver
    }

    /// Waits until it says this.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, what: &str) -> String {
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => {
                    self.said.push(line.clone());
                    if line.contains(what) {
                        return line;
                    }
                }
                Err(_) => panic!("it never says {what:?}: {:#?}", self.said),
            }
        }
    }

    pub(crate) fn client(&self) -> Client {
        Client::connect(self.address).unwrap()
    }

    /// Sends one request on a connection of its own.
    #[track_caller]
    pub(crate) fn send(&self, request: &Request<'_>) -> Answer {
        self.client().send(request).unwrap()
    }

    pub(crate) fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    /// SIGKILL.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// SIGTERM, and how it ends.
    pub(crate) fn stop(self) -> Ended {
        self.signal("-TERM");
        self.wait()
    }

    pub(crate) fn wait(mut self) -> Ended {
        let status = self.child.wait().unwrap();
        self.said.extend(self.lines.iter());
        let out = self.out.take().unwrap().join().unwrap();
        Ended { code: status.code(), out, err: self.said.join("\n") }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        // A test that fails leaves nothing behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
