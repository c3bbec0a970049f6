//! The operator's own mover: a command of the shell.
//!
//! It is told what to do by its environment: `OTLP_PART_PARTITION`, `OTLP_PART_SRC` and `OTLP_PART_DST` (URLs of the two copies'
//! directories; of `file://` URLs the path is as it is, without percent signs) and `OTLP_PART_MANIFEST` (a file with the segments to
//! bring, one JSON object a line). On its standard output it may say `{"bytes":N}`, a line each time, for the bytes moved so far.
//!
//! Invariant: nothing of it runs on when the future is dropped or the command has ended: its whole process group is killed.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::process::{Pid, Signal, kill_process_group};
use serde::Deserialize;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::{Child, Command};

use crate::ports::storage::mover::{Mover, MoverOrder};
use crate::ports::storage::names::Unique;

/// The longest line that is read as progress.
const LINE_MAX: usize = 64 << 10;

/// How much of what it said last an error repeats.
const WORDS_MAX: usize = 500;

/// A command of the shell that moves data.
#[derive(Clone, Debug)]
pub struct CommandMover {
    command: String,
    scratch: PathBuf,
    tag: u64,
}

impl CommandMover {
    /// The command, a directory for small temporary files, and a random number of this process.
    #[must_use]
    pub fn new(command: String, scratch: PathBuf, tag: u64) -> Self {
        Self { command, scratch, tag }
    }

    fn manifest(&self, order: &MoverOrder) -> Result<Temporary, String> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let unique = Unique::new(self.tag, NEXT.fetch_add(1, Ordering::Relaxed));
        let path = self.scratch.join(format!("otlp-part-manifest-{unique}.jsonl"));
        let opened = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path);
        let failed = |e: std::io::Error| format!("cannot be told what to move: {}: {e}", path.display());
        let mut file = opened.map_err(failed)?;
        let temporary = Temporary(path.clone());
        file.write_all(&order.manifest).map_err(failed)?;
        Ok(temporary)
    }
}

/// A file that goes with this value.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A process and all that it started.
struct Group {
    child: Child,
    id: Option<Pid>,
}

impl Group {
    fn new(child: Child) -> Self {
        let id = child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        Self { child, id }
    }

    fn kill(&mut self) {
        // An error says that nothing of it is left.
        let _ = self.id.take().map(|id| kill_process_group(id, Signal::KILL));
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Mover for CommandMover {
    async fn run(&self, order: &MoverOrder, tell: &(dyn Fn(u64) + Send + Sync)) -> Result<(), String> {
        let manifest = self.manifest(order)?;
        let mut command = Command::new("sh");
        command.arg("-c").arg(&self.command).env("OTLP_PART_PARTITION", order.partition.to_string());
        command.env("OTLP_PART_SRC", &order.source).env("OTLP_PART_DST", &order.target);
        command.env("OTLP_PART_MANIFEST", &manifest.0).kill_on_drop(true).process_group(0);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().map_err(|e| format!("cannot be started: {e}"))?;
        let mut group = Group::new(child);
        let (stdout, stderr) = (group.child.stdout.take(), group.child.stderr.take());
        let ended = async {
            let status = group.child.wait().await;
            // Whoever holds the pipes open would be waited for without end, and might still write.
            group.kill();
            status
        };
        let progress = lines(stdout, |line| {
            if let Ok(Progress { bytes }) = serde_json::from_slice(line) {
                tell(bytes);
            }
        });
        let mut words = String::new();
        let said = lines(stderr, |line| {
            let line = String::from_utf8_lossy(line);
            if !line.trim().is_empty() {
                line.trim().chars().take(WORDS_MAX).collect::<String>().clone_into(&mut words);
            }
        });
        let (status, (), ()) = tokio::join!(ended, progress, said);
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) if words.is_empty() => Err(format!("ended with {status}")),
            Ok(status) => Err(format!("ended with {status}: {words}")),
            Err(error) => Err(format!("cannot be waited for: {error}")),
        }
    }
}

/// A line of progress; what else is in it is not looked at.
#[derive(Deserialize)]
struct Progress {
    bytes: u64,
}

/// Hands over each line; of one that is too long, nothing.
async fn lines(pipe: Option<impl AsyncRead + Unpin>, mut take: impl FnMut(&[u8])) {
    let Some(mut pipe) = pipe else { return };
    let (mut buffer, mut line, mut is_too_long) = (vec![0; 8 << 10], Vec::new(), false);
    loop {
        // A pipe that breaks has ended.
        let read = pipe.read(&mut buffer).await.unwrap_or(0);
        for byte in &buffer[..read] {
            if *byte == b'\n' {
                if !is_too_long {
                    take(&line);
                }
                line.clear();
                is_too_long = false;
            } else if line.len() < LINE_MAX {
                line.push(*byte);
            } else {
                is_too_long = true;
            }
        }
        if read == 0 {
            if !is_too_long && !line.is_empty() {
                take(&line);
            }
            return;
        }
    }
}
