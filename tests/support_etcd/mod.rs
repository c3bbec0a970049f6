//! A throw-away etcd: one node on free loopback ports, its data in a temporary directory, killed when it is dropped.
//!
//! The server is `OTLP_PART_ETCD`, else `etcd` on PATH, else what `build/etcd` has fetched. Without one a test fails.

// Each test program uses a part of this.
#![allow(dead_code, unreachable_pub)]

pub mod certificates;
pub mod front;
pub mod lab;
pub mod relay;
pub mod wire;

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use etcd_client::Client;
use tempfile::TempDir;

/// How long one call may take.
const CALL: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(10);
/// 2,000 · 10 ms = 20 s for a node to elect itself.
const POLLS_MAX: usize = 2_000;
/// Another program may take a port between our look and etcd's start.
const STARTS_MAX: usize = 5;

/// A running etcd.
pub struct Etcd {
    child: Child,
    directory: TempDir,
    endpoint: String,
}

impl Etcd {
    /// Starts a node and waits until it answers.
    ///
    /// # Panics
    /// Without an etcd server, or when it does not come up.
    pub async fn start() -> Self {
        let mut last = String::new();
        for _ in 0..STARTS_MAX {
            let mut etcd = Self::launch(&server());
            match etcd.ready().await {
                Ok(()) => return etcd,
                Err(error) => last = error,
            }
        }
        panic!("etcd does not start: {last}");
    }

    /// `http://127.0.0.1:PORT`
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The server's process id, to signal it.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// A client of its own connection.
    pub async fn client(&self) -> Client {
        Client::connect([&self.endpoint], None).await.unwrap()
    }

    fn launch(server: &Path) -> Self {
        let directory = tempfile::Builder::new().prefix("otlp-part-etcd-").tempdir().unwrap();
        let [client, peer] = free_ports().map(|port| format!("http://127.0.0.1:{port}"));
        let log = File::create(directory.path().join("log")).unwrap();
        let mut command = command(server);
        command.arg("--name=m0").arg("--data-dir").arg(directory.path().join("data")).args([
            format!("--listen-client-urls={client}"),
            format!("--advertise-client-urls={client}"),
            format!("--listen-peer-urls={peer}"),
            format!("--initial-advertise-peer-urls={peer}"),
            format!("--initial-cluster=m0={peer}"),
        ]);
        command.args(["--heartbeat-interval=10", "--election-timeout=100", "--logger=zap", "--log-level=warn"]);
        if knows_no_fsync(server) {
            command.arg("--unsafe-no-fsync");
        }
        command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
        let child = command.spawn().unwrap_or_else(|error| panic!("{}: {error}", server.display()));
        Self { child, directory, endpoint: client }
    }

    async fn ready(&mut self) -> Result<(), String> {
        let mut client = self.client().await;
        for _ in 0..POLLS_MAX {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Err(format!("{status}: {}", self.log()));
            }
            // A linearizable read: it waits for a leader.
            if let Ok(Ok(_)) = tokio::time::timeout(CALL, client.get("ready", None)).await {
                return Ok(());
            }
            tokio::time::sleep(POLL).await;
        }
        Err(format!("no answer: {}", self.log()))
    }

    fn log(&self) -> String {
        let log = fs::read_to_string(self.directory.path().join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().rev().take(3).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Etcd {
    fn drop(&mut self) {
        // Also when a test panics. It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a test on an etcd of its own.
///
/// # Panics
/// When the test does, when there is no etcd, and after `10 · CALL`.
pub fn with_etcd<T>(test: impl AsyncFnOnce(&Etcd, Client) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let etcd = Etcd::start().await;
        let client = etcd.client().await;
        tokio::time::timeout(10 * CALL, test(&etcd, client)).await.expect("etcd did not answer")
    })
}

/// The etcd server to start.
///
/// # Panics
/// Without one: a test that needs it is never skipped.
#[expect(clippy::disallowed_methods, reason = "a test may look for its tools")]
pub fn server() -> PathBuf {
    if let Some(given) = std::env::var_os("OTLP_PART_ETCD").filter(|given| !given.is_empty()) {
        let given = PathBuf::from(given);
        assert!(given.is_file(), "OTLP_PART_ETCD={} is not a file", given.display());
        return given;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let fetched = Path::new(env!("CARGO_MANIFEST_DIR")).join("build/.etcd");
    let on_path = std::env::split_paths(&path).map(|directory| directory.join("etcd"));
    let mut candidates = on_path.chain(["debian", "pypi"].map(|kind| fetched.join(kind)));
    candidates.find(|candidate| candidate.is_file()).unwrap_or_else(|| {
        panic!("no etcd server on PATH: run tests/all, which fetches one, or build/etcd, or set OTLP_PART_ETCD to one")
    })
}

/// A server of another version than [`server`], if `build/etcd` has fetched one.
pub fn other_server() -> PathBuf {
    let given = server();
    let fetched = Path::new(env!("CARGO_MANIFEST_DIR")).join("build/.etcd");
    let others = ["pypi", "debian"].map(|kind| fetched.join(kind));
    others.into_iter().find(|other| other.is_file() && *other != given).unwrap_or(given)
}

/// A call of the server, without the variables named `ETCD_*`, all of which it reads. 3.4 runs on arm64 only when told so.
fn command(server: &Path) -> Command {
    let mut command = Command::new(server);
    command.env_clear();
    if cfg!(target_arch = "aarch64") {
        command.env("ETCD_UNSUPPORTED_ARCH", "arm64");
    }
    command
}

/// Whether the server can leave out syncing to disk: 3.5, and late 3.4 without saying so in its help.
fn knows_no_fsync(server: &Path) -> bool {
    let version = command(server).args(["--unsafe-no-fsync", "--version"]).output();
    version.unwrap_or_else(|error| panic!("{}: {error}", server.display())).status.success()
}

/// Held open together, so that they differ.
fn free_ports<const N: usize>() -> [u16; N] {
    let listeners = [(); N].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}
