//! The whole program inside a test: command lines in, exit code and text out, with a clock that stands still.

// Each test program uses a part of this.
#![allow(dead_code, unreachable_pub)]

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use otlp_part::cli::{self, Environment};
use otlp_part::model::Timestamp;
use otlp_part::ports::clock::FixedClock;
use tempfile::TempDir;

/// 2025-11-05T15:10:00Z
pub const NOW: Timestamp = Timestamp::from_seconds(1_762_355_400);
/// What `Environment::random` gives first in a test.
pub const RANDOM: u64 = 0x0123_4567_89ab_cdef;

thread_local! {
    /// A test is one thread: each draws its own sequence, the same in every run.
    static DRAWN: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

fn next_random() -> u64 {
    RANDOM.wrapping_add(DRAWN.replace(DRAWN.get() + 1))
}

/// What one command line did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub code: u8,
    pub out: String,
    pub err: String,
}

impl Done {
    /// The same, which must have succeeded.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{self:#?}");
        self
    }

    /// stdout as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:#?}"))
    }
}

/// A stdout whose reader has gone after so many bytes.
struct ClosingPipe {
    left: usize,
}

impl Write for ClosingPipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self.left.checked_sub(bytes.len()) {
            Some(left) => {
                self.left = left;
                Ok(bytes.len())
            }
            None => Err(std::io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A directory to work in, and the surroundings of the commands that run there.
pub struct Lab {
    directory: TempDir,
    pub variables: BTreeMap<String, String>,
    pub now: Timestamp,
    pub stdin_terminal: bool,
    pub stdout_terminal: bool,
    pub stderr_terminal: bool,
    pub width: Option<u16>,
    /// What is typed when a password is asked for; `None` = nobody may ask.
    pub password: Option<String>,
}

impl Lab {
    pub fn new() -> Self {
        let directory = tempfile::Builder::new().prefix("otlp-part-lab").tempdir().unwrap();
        let home = directory.path().join("home").to_string_lossy().into_owned();
        let variables = [("HOME", home.as_str()), ("USER", "operator"), ("HOSTNAME", "desk"), ("TERM", "xterm")];
        Self {
            variables: variables.map(|(k, v)| (k.to_owned(), v.to_owned())).into(),
            directory,
            now: NOW,
            stdin_terminal: false,
            stdout_terminal: false,
            stderr_terminal: false,
            width: None,
            password: None,
        }
    }

    /// All streams are a terminal of so many columns.
    pub fn on_terminal(mut self, width: u16) -> Self {
        (self.stdin_terminal, self.stdout_terminal, self.stderr_terminal) = (true, true, true);
        self.width = Some(width);
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub fn text(&self, name: &str) -> String {
        self.path(name).to_string_lossy().into_owned()
    }

    /// Puts a file there and gives its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), content).unwrap();
        self.text(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    /// `file:…` of a store in this directory.
    pub fn store(&self, name: &str) -> String {
        format!("file:{}", self.text(name))
    }

    /// Runs a command line given as words.
    pub fn run_with(&self, args: &[&str], stdin: &[u8]) -> Done {
        let args: Vec<OsString> = std::iter::once("otlp-part").chain(args.iter().copied()).map(Into::into).collect();
        self.run_os(args, stdin)
    }

    /// Runs a command line, program name first.
    pub fn run_os(&self, args: Vec<OsString>, stdin: &[u8]) -> Done {
        let mut out = Vec::new();
        let (code, err) = self.run_into(args, stdin, &mut out);
        Done { code, out: String::from_utf8_lossy(&out).into_owned(), err }
    }

    /// Runs what gives bytes; they go into `out`.
    pub fn run_bytes(&self, args: &[&str], out: &mut Vec<u8>) -> Done {
        let args: Vec<OsString> = std::iter::once("otlp-part").chain(args.iter().copied()).map(Into::into).collect();
        let (code, err) = self.run_into(args, b"", out);
        Done { code, out: String::new(), err }
    }

    /// Runs with a stdout that is closed after so many bytes.
    pub fn run_closed(&self, args: &[&str], bytes: usize) -> Done {
        let args: Vec<OsString> = std::iter::once("otlp-part").chain(args.iter().copied()).map(Into::into).collect();
        let (code, err) = self.run_into(args, b"", &mut ClosingPipe { left: bytes });
        Done { code, out: String::new(), err }
    }

    fn run_into(&self, args: Vec<OsString>, stdin: &[u8], out: &mut dyn Write) -> (u8, String) {
        let (mut stdin, mut err) = (Cursor::new(stdin), Vec::new());
        let mut ask_secret = |prompt: &str| match &self.password {
            Some(password) => Ok(password.clone()),
            None => panic!("a password is asked for: {prompt}"),
        };
        let mut environment = Environment {
            ask_secret: &mut ask_secret,
            variables: self.variables.clone(),
            clock: Arc::new(FixedClock(self.now)),
            stdin: &mut stdin,
            stdout: out,
            stderr: &mut err,
            stdin_terminal: self.stdin_terminal,
            stdout_terminal: self.stdout_terminal,
            stderr_terminal: self.stderr_terminal,
            width: self.width,
            random: next_random,
        };
        let code = cli::run(args, &mut environment);
        (code, String::from_utf8_lossy(&err).into_owned())
    }

    /// Runs a line as a shell would take it: words between spaces, single and double quotes; `$DIR` is the directory.
    pub fn run(&self, line: &str) -> Done {
        self.run_stdin(line, b"")
    }

    /// The same with text on standard input.
    pub fn run_stdin(&self, line: &str, stdin: impl AsRef<[u8]>) -> Done {
        let words = words(line);
        let root = self.root();
        let words: Vec<String> = words.iter().map(|word| word.replace("$DIR", &root)).collect();
        self.run_with(&words.iter().map(String::as_str).collect::<Vec<_>>(), stdin.as_ref())
    }

    pub fn root(&self) -> String {
        self.directory.path().to_string_lossy().into_owned()
    }

    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// The same text on every machine.
    pub fn portable(&self, text: &str) -> String {
        text.replace(&self.root(), "$DIR")
    }

    /// Makes a store of four nodes.
    pub fn init(&self, name: &str) -> String {
        let store = self.store(name);
        self.run_with(&["--store", &store, "init", "--nodes", "node-1,node-2,node-3,node-4", "--yes"], b"").ok();
        store
    }
}

/// A script of command lines with everything that they said.
pub struct Session {
    pub lab: Lab,
    log: String,
}

impl Session {
    pub fn new() -> Self {
        Self::on(Lab::new())
    }

    pub fn on(lab: Lab) -> Self {
        Self { lab, log: String::new() }
    }

    /// Runs and records a line.
    pub fn run(&mut self, line: &str) -> Done {
        self.run_stdin(line, "")
    }

    /// Runs and records a line with standard input.
    pub fn run_stdin(&mut self, line: &str, stdin: &str) -> Done {
        let done = self.lab.run_stdin(line, stdin);
        let _ = writeln!(self.log, "$ otlp-part {line}");
        for input in stdin.lines() {
            let _ = writeln!(self.log, "< {input}");
        }
        self.log.push_str(&self.lab.portable(&done.out));
        if !done.out.is_empty() && !done.out.ends_with('\n') {
            self.log.push_str("(no line break)\n");
        }
        for line in self.lab.portable(&done.err).lines() {
            let _ = writeln!(self.log, "! {line}");
        }
        if done.code != 0 {
            let _ = writeln!(self.log, "[exit {}]", done.code);
        }
        self.log.push('\n');
        done
    }

    /// A remark in the script.
    pub fn say(&mut self, text: &str) {
        let _ = writeln!(self.log, "# {text}");
    }

    /// The whole script.
    pub fn log(&self) -> &str {
        &self.log
    }
}

/// Words of a command line.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    assert!(quote.is_none(), "an open quote: {line}");
    words.extend(word);
    words
}

/// A snapshot document of keys (below `/otlp/`) and values; values that are no JSON stand there as base64.
pub fn snapshot(entries: &[(&str, &str)]) -> String {
    use base64::Engine as _;
    let mut sorted: Vec<_> = entries.to_vec();
    sorted.sort_unstable();
    let mut text = String::from(
        r#"{"schema":"otlp-part/snapshot/v1","prefix":"/otlp","revision":7,"exported_at":"2025-11-05T15:00:00Z","#,
    );
    text.push_str("\"source\":\"a test\",\"entries\":[");
    for (i, (key, value)) in sorted.iter().enumerate() {
        let key = serde_json::Value::from(format!("/otlp/{key}"));
        let comma = if i == 0 { "" } else { "," };
        let _ = write!(text, r#"{comma}{{"key":{key},"create_revision":1,"mod_revision":7,"version":1,"#);
        if serde_json::from_str::<serde_json::Value>(value).is_ok() {
            let _ = write!(text, r#""value":{value}}}"#);
        } else {
            let value = base64::engine::general_purpose::STANDARD.encode(value);
            let _ = write!(text, r#""value_base64":"{value}"}}"#);
        }
    }
    text + "]}"
}

/// A record of exactly the eight fields.
pub fn record(id: &str, nodes: &[&str], leader: Option<&str>, size: u64) -> String {
    serde_json::json!({
        "partition_id": id, "nodes": nodes, "leader": leader, "state": "Active", "size_bytes": size,
        "record_count": size / 500, "created_at": "2025-11-05T13:00:00Z", "updated_at": "2025-11-05T14:59:00Z",
    })
    .to_string()
}
