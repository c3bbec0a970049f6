//! Progress of long readings on stderr.

use std::io::Write as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::model::ByteSize;

/// `--progress`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProgressMode {
    /// A bar on a terminal, else a plain line every few seconds.
    #[default]
    Auto,
    /// One JSON object a line.
    Json,
    /// Nothing.
    None,
}

/// Nothing is shown before this time: short work needs no progress.
const FIRST: Duration = Duration::from_millis(500);
/// How often a plain line is written.
pub(super) const PLAIN_EVERY: Duration = Duration::from_secs(5);
/// How often a JSON object is.
pub(super) const JSON_EVERY: Duration = Duration::from_secs(1);
/// The schema of such an object.
pub(super) const PROGRESS_SCHEMA: &str = "otlp-part/progress/v1";

enum Face {
    Bar(ProgressBar),
    Plain,
    Json,
    Silent,
}

/// The progress of reading bytes, or of doing a number of things.
pub struct Progress {
    face: Face,
    /// Things are counted, not bytes.
    counting: bool,
    what: &'static str,
    total: Option<u64>,
    done: u64,
    /// Bytes that the things have, where they are counted too.
    bytes: Option<u64>,
    started: Instant,
    last_shown: Instant,
}

impl Progress {
    /// Starts; `total` in bytes if it is known.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "rates and estimates are of wall time and only shown, never computed with"
    )]
    pub fn start(mode: ProgressMode, terminal: bool, quiet: bool, what: &'static str, total: Option<u64>) -> Self {
        let face = match mode {
            ProgressMode::None => Face::Silent,
            ProgressMode::Json => Face::Json,
            ProgressMode::Auto if quiet => Face::Silent,
            ProgressMode::Auto if terminal => Face::Bar(bar(what, total)),
            ProgressMode::Auto => Face::Plain,
        };
        let now = Instant::now();
        Self { face, counting: false, what, total, done: 0, bytes: None, started: now, last_shown: now }
    }

    /// The same, which counts things instead of bytes.
    #[must_use]
    pub fn counting(self) -> Self {
        if let Face::Bar(bar) = &self.face {
            bar.set_style(style(self.total, &COUNT_TEMPLATES));
        }
        Self { counting: true, ..self }
    }

    /// So many bytes or things are done in all.
    #[expect(clippy::disallowed_methods, reason = "only shown")]
    pub fn set(&mut self, done: u64) {
        self.done = done;
        let every = match &self.face {
            Face::Silent => return,
            Face::Bar(bar) => {
                if self.started.elapsed() > FIRST {
                    bar.set_position(done);
                }
                return;
            }
            Face::Plain => PLAIN_EVERY,
            Face::Json => JSON_EVERY,
        };
        if self.last_shown.elapsed() >= every {
            self.last_shown = Instant::now();
            self.say();
        }
    }

    /// So many things are done in all, of so many bytes.
    pub fn set_with_bytes(&mut self, done: u64, bytes: u64) {
        self.bytes = Some(bytes);
        if let Face::Bar(bar) = &self.face {
            bar.set_message(format!("{}, {}", self.what, ByteSize(bytes)));
        }
        self.set(done);
    }

    /// Says what is done at the moment: beside a bar, or, where there is none, with the next line that is due.
    pub fn say_now(&mut self, what: &str) {
        if let Face::Bar(bar) = &self.face {
            bar.set_message(format!("{}: {what}", self.what));
            bar.tick();
        }
        self.set(self.done);
    }

    fn say(&self) {
        let seconds = self.started.elapsed().as_secs_f64().max(1e-9);
        let rate = (self.done as f64 / seconds) as u64;
        let eta = self.total.filter(|_| rate > 0).map(|total| total.saturating_sub(self.done) / rate);
        let mut err = std::io::stderr().lock();
        let _ = match self.face {
            Face::Json if self.counting => writeln!(
                err,
                "{}",
                serde_json::json!({"schema": PROGRESS_SCHEMA, "what": self.what, "done": self.done,
                    "total": self.total, "bytes": self.bytes, "per_second": rate, "eta_seconds": eta})
            ),
            Face::Plain if self.counting => {
                let total = self.total.map(|t| format!(" of {t}")).unwrap_or_default();
                let eta = eta.map(|s| format!(", {s} s left")).unwrap_or_default();
                let bytes = self.bytes.map(|b| format!(", {}", ByteSize(b))).unwrap_or_default();
                writeln!(err, "{}: {}{total}{bytes}, {rate}/s{eta}", self.what, self.done)
            }
            Face::Json => writeln!(
                err,
                "{}",
                serde_json::json!({"schema": PROGRESS_SCHEMA, "what": self.what, "bytes": self.done,
                    "total_bytes": self.total, "bytes_per_second": rate, "eta_seconds": eta})
            ),
            Face::Plain => {
                let total = self.total.map(|t| format!(" of {}", ByteSize(t))).unwrap_or_default();
                let eta = eta.map(|s| format!(", {s} s left")).unwrap_or_default();
                writeln!(err, "{}: {}{total}, {}/s{eta}", self.what, ByteSize(self.done), ByteSize(rate))
            }
            Face::Bar(_) | Face::Silent => Ok(()),
        };
    }

    /// Ends; a bar is wiped off.
    pub fn finish(self) {
        self.wipe();
    }

    /// Wipes a bar off, and says how far it came where wrappers listen: for who cannot give it up yet.
    pub fn wipe(&self) {
        match &self.face {
            Face::Bar(bar) => bar.finish_and_clear(),
            Face::Json => self.say(),
            Face::Plain | Face::Silent => {}
        }
    }
}

/// With a known total, and without.
type Templates = [&'static str; 2];

const BYTE_TEMPLATES: Templates = [
    "{msg} {wide_bar} {decimal_bytes}/{decimal_total_bytes} {decimal_bytes_per_sec} {eta}",
    "{msg} {spinner} {decimal_bytes} {decimal_bytes_per_sec}",
];
const COUNT_TEMPLATES: Templates = ["{msg} {wide_bar} {pos}/{len} {per_sec} {eta}", "{msg} {spinner} {pos} {per_sec}"];

fn style(total: Option<u64>, templates: &Templates) -> ProgressStyle {
    let template = templates[usize::from(total.is_none())];
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn bar(what: &'static str, total: Option<u64>) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(5));
    bar.set_style(style(total, &BYTE_TEMPLATES));
    bar.set_message(what);
    bar
}
