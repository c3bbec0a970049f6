//! A cluster of etcd members to be mistreated: killed, restarted, frozen, with TLS, users and a small quota.
//!
//! Each member hangs on a watchdog of the shell, which ends it when this process ends, however it does: a lab may so be
//! kept in a static.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use etcd_client::{Certificate, Client, ConnectOptions, Identity, Permission, PermissionType, TlsOptions};
use otlp_part::metadata::EtcdConfig;
use otlp_part::metadata::etcd::{Endpoint, Login, Secret, TlsFiles};
use tempfile::TempDir;

use super::certificates::Certificates;
use super::{command, free_ports, knows_no_fsync};

/// Ends the server, and its data unless they are to be kept, when standard input ends.
const WATCHDOG: &str = r#"dir=$1; shift; "$@" >"$dir/log" 2>&1 & pid=$!; echo $pid; cat >/dev/null; kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null; [ -e "$dir/keep" ] || rm -rf "$dir""#;
const POLL: Duration = Duration::from_millis(10);
/// 3,000 · 10 ms = 30 s.
const POLLS_MAX: usize = 3_000;
const STARTS_MAX: usize = 5;
/// The password of every user.
pub const PASSWORD: &str = "correct horse";

/// What a lab has.
#[derive(Clone)]
pub struct LabOptions {
    pub server: PathBuf,
    pub members: usize,
    pub tls: bool,
    /// Who has no client certificate is turned away.
    pub client_certificates: bool,
    pub quota_bytes: Option<u64>,
}

impl Default for LabOptions {
    fn default() -> Self {
        Self { server: super::server(), members: 1, tls: false, client_certificates: false, quota_bytes: None }
    }
}

/// Members on free ports of 127.0.0.1.
pub struct Lab {
    options: LabOptions,
    directory: TempDir,
    pub certificates: Certificates,
    members: Vec<Member>,
}

struct Member {
    client_port: u16,
    peer_port: u16,
    running: Option<Running>,
}

struct Running {
    watchdog: Child,
    pid: u32,
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.watchdog.stdin.take());
        let _ = self.watchdog.wait();
    }
}

fn signal(pid: u32, name: &str) {
    let status = Command::new("kill").args([format!("-{name}"), pid.to_string()]).status().unwrap();
    assert!(status.success(), "kill -{name} {pid}");
}

impl Lab {
    /// Starts the members and waits until they answer.
    ///
    /// # Panics
    /// When they do not.
    pub async fn start(options: LabOptions) -> Self {
        let mut last = String::new();
        for _ in 0..STARTS_MAX {
            let mut lab = Self::prepare(options.clone());
            for member in 0..options.members {
                lab.launch(member);
            }
            match lab.ready().await {
                Ok(()) => return lab,
                // Another program took a port.
                Err(error) => last = error,
            }
        }
        panic!("etcd does not start: {last}");
    }

    fn prepare(options: LabOptions) -> Self {
        let shared = Path::new("/dev/shm");
        let mut builder = tempfile::Builder::new();
        builder.prefix("otlp-part-lab-");
        let in_memory = shared.is_dir().then(|| builder.tempdir_in(shared).ok()).flatten();
        let directory = in_memory.unwrap_or_else(|| builder.tempdir().unwrap());
        let certificates = Certificates::make(directory.path(), "127.0.0.1");
        let members = (0..options.members).map(|_| {
            let [client_port, peer_port] = free_ports();
            Member { client_port, peer_port, running: None }
        });
        let members = members.collect();
        Self { options, directory, certificates, members }
    }

    fn member_directory(&self, member: usize) -> PathBuf {
        self.directory.path().join(format!("m{member}"))
    }

    fn scheme(&self) -> &'static str {
        if self.options.tls { "https" } else { "http" }
    }

    fn launch(&mut self, member: usize) {
        let directory = self.member_directory(member);
        std::fs::create_dir_all(&directory).unwrap();
        let _ = std::fs::remove_file(directory.join("keep"));
        let peer = |m: &Member| format!("http://127.0.0.1:{}", m.peer_port);
        let cluster: Vec<String> = self.members.iter().enumerate().map(|(i, m)| format!("m{i}={}", peer(m))).collect();
        let client = format!("{}://127.0.0.1:{}", self.scheme(), self.members[member].client_port);
        let server = &self.options.server;
        let mut arguments = vec![
            format!("--name=m{member}"),
            format!("--data-dir={}", directory.join("data").display()),
            format!("--listen-client-urls={client}"),
            format!("--advertise-client-urls={client}"),
            format!("--listen-peer-urls={}", peer(&self.members[member])),
            format!("--initial-advertise-peer-urls={}", peer(&self.members[member])),
            format!("--initial-cluster={}", cluster.join(",")),
            "--heartbeat-interval=10".to_owned(),
            "--election-timeout=100".to_owned(),
            "--logger=zap".to_owned(),
            "--log-level=warn".to_owned(),
            // Users' passwords are hashed as cheaply as bcrypt can.
            "--bcrypt-cost=4".to_owned(),
        ];
        if knows_no_fsync(server) {
            arguments.push("--unsafe-no-fsync".to_owned());
        }
        if let Some(bytes) = self.options.quota_bytes {
            arguments.push(format!("--quota-backend-bytes={bytes}"));
        }
        if self.options.tls {
            arguments.push(format!("--cert-file={}", self.certificates.server_cert.display()));
            arguments.push(format!("--key-file={}", self.certificates.server_key.display()));
        }
        if self.options.client_certificates {
            arguments.push("--client-cert-auth".to_owned());
            arguments.push(format!("--trusted-ca-file={}", self.certificates.ca.display()));
        }
        let mut shell = command(Path::new("/bin/sh"));
        shell.args(["-c", WATCHDOG, "watchdog"]).arg(&directory).arg(server).args(arguments);
        // Nothing of ETCD_* is passed on, the rest of the shell's needs is on its own path.
        shell.env("PATH", "/usr/local/bin:/usr/bin:/bin");
        let mut watchdog = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(watchdog.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let pid = line.trim().parse().unwrap();
        self.members[member].running = Some(Running { watchdog, pid });
    }

    async fn ready(&self) -> Result<(), String> {
        for member in 0..self.members.len() {
            self.wait_for(member).await?;
        }
        Ok(())
    }

    /// Waits until a member answers a linearizable read.
    pub async fn wait_for(&self, member: usize) -> Result<(), String> {
        for _ in 0..POLLS_MAX {
            let attempt = async {
                let mut client = self.client(member, None).await?;
                match client.get("ready", None).await {
                    // A member that turns away who has not logged in is up.
                    Err(etcd_client::Error::GRpcStatus(status)) if status.message().contains("user name is empty") => {
                        Ok(())
                    }
                    other => other.map(drop),
                }
            };
            if let Ok(Ok(())) = tokio::time::timeout(Duration::from_secs(5), attempt).await {
                return Ok(());
            }
            let pid = self.members[member].running.as_ref().map(|running| running.pid);
            if pid.is_none_or(|pid| !Path::new("/proc/self").exists() || Path::new(&format!("/proc/{pid}")).exists()) {
                tokio::time::sleep(POLL).await;
            } else {
                return Err(self.log(member));
            }
        }
        Err(format!("no answer: {}", self.log(member)))
    }

    fn log(&self, member: usize) -> String {
        let log = std::fs::read_to_string(self.member_directory(member).join("log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().rev().take(3).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }

    /// A plain client of one member, to look behind the store's back.
    pub async fn client(&self, member: usize, user: Option<&str>) -> Result<Client, etcd_client::Error> {
        let mut options = ConnectOptions::new();
        if self.options.tls {
            let read = |path: &PathBuf| std::fs::read(path).unwrap();
            let tls = TlsOptions::new().ca_certificate(Certificate::from_pem(read(&self.certificates.ca))).identity(
                Identity::from_pem(read(&self.certificates.client_cert), read(&self.certificates.client_key)),
            );
            options = options.with_tls(tls);
        }
        if let Some(user) = user {
            options = options.with_user(user, PASSWORD);
        }
        let endpoint = format!("{}://127.0.0.1:{}", self.scheme(), self.members[member].client_port);
        Client::connect([endpoint], Some(options)).await
    }

    /// Where a member listens.
    pub fn endpoint(&self, member: usize) -> Endpoint {
        format!("127.0.0.1:{}", self.members[member].client_port).parse().unwrap()
    }

    /// How to reach all members under a prefix, with what the lab asks of its clients.
    pub fn config(&self, prefix: &str) -> EtcdConfig {
        let tls = self.options.tls.then(|| TlsFiles {
            ca: Some(self.certificates.ca.clone()),
            cert: self.options.client_certificates.then(|| self.certificates.client_cert.clone()),
            key: self.options.client_certificates.then(|| self.certificates.client_key.clone()),
        });
        EtcdConfig {
            endpoints: (0..self.members.len()).map(|member| self.endpoint(member)).collect(),
            tls,
            login: None,
            dial_timeout: EtcdConfig::DIAL_TIMEOUT_DEFAULT,
            command_timeout: EtcdConfig::COMMAND_TIMEOUT_DEFAULT,
            prefix: prefix.to_owned(),
            insecure: false,
        }
    }

    /// The login of a user of [`Lab::enable_users`].
    pub fn login(user: &str) -> Login {
        Login { user: user.to_owned(), password: Secret::new(PASSWORD.to_owned()) }
    }

    /// Makes the users `root`, who may do everything, and `operator`, who may read and write below `prefix`.
    pub async fn enable_users(&self, prefix: &str) {
        let mut client = self.client(0, None).await.unwrap();
        client.user_add("root", PASSWORD, None).await.unwrap();
        client.role_add("root").await.unwrap();
        client.user_grant_role("root", "root").await.unwrap();
        client.user_add("operator", PASSWORD, None).await.unwrap();
        client.role_add("operator").await.unwrap();
        let permission = Permission::new(PermissionType::Readwrite, format!("{prefix}/")).with_prefix();
        client.role_grant_permission("operator", permission).await.unwrap();
        client.user_grant_role("operator", "operator").await.unwrap();
        client.auth_enable().await.unwrap();
    }

    /// Kills a member; its data stay.
    pub fn kill(&mut self, member: usize) {
        let running = self.members[member].running.take().expect("a member that runs");
        std::fs::write(self.member_directory(member).join("keep"), "").unwrap();
        signal(running.pid, "KILL");
        drop(running);
    }

    /// Starts a killed member again, without waiting for it.
    pub fn restart(&mut self, member: usize) {
        self.launch(member);
    }

    /// Stops a member where it stands: its connections stay open, and nothing answers.
    pub fn freeze(&self, member: usize) {
        signal(self.members[member].running.as_ref().unwrap().pid, "STOP");
    }

    /// Lets a frozen member go on.
    pub fn thaw(&self, member: usize) {
        signal(self.members[member].running.as_ref().unwrap().pid, "CONT");
    }

    /// The member that leads.
    pub async fn leader(&self) -> usize {
        for _ in 0..POLLS_MAX {
            for member in 0..self.members.len() {
                if self.members[member].running.is_none() {
                    continue;
                }
                let Ok(mut client) = self.client(member, None).await else { continue };
                let status = tokio::time::timeout(Duration::from_secs(1), client.status()).await;
                let Ok(Ok(status)) = status else { continue };
                if status.leader() != 0 && status.leader() == status.header().unwrap().member_id() {
                    return member;
                }
            }
            tokio::time::sleep(POLL).await;
        }
        panic!("no leader");
    }

    /// Hands the lead to another member, and gives the new leader.
    pub async fn move_leader(&self) -> usize {
        let leader = self.leader().await;
        let next = (leader + 1) % self.members.len();
        let mut target = self.client(next, None).await.unwrap();
        let id = target.status().await.unwrap().header().unwrap().member_id();
        self.client(leader, None).await.unwrap().move_leader(id).await.unwrap();
        next
    }
}

/// A port on which nobody listens.
pub fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
