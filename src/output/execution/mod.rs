//! The progress of an execution on stderr: bars on a terminal, plain lines elsewhere, JSON for wrappers.
//!
//! Invariant: what is shown is made of events alone by pure functions; drawing decides nothing. No 100 % before the last byte
//! is verified and the last record written.

mod json;
mod screen;
mod whole;

use std::io::Write as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;

use super::escape::{escape_json, escape_text};
use super::progress::{JSON_EVERY, PLAIN_EVERY, ProgressMode};
use crate::operations::executing::tally::Tally;
use crate::operations::executing::{ExecutionEvent, stands_still};

pub use screen::{fitting, whole_lines};
pub use whole::{Whole, eta_in_words};

/// How often bars are drawn anew.
const DRAW_EVERY: Duration = Duration::from_millis(250);
/// How often somebody should call [`ExecutionProgress::tick`].
pub const TICK_EVERY: Duration = DRAW_EVERY;
/// Running moves that one JSON object names; the rest is counted.
const JSON_MOVES_MAX: usize = 50;
/// Moves that stand still and are named in plain lines; the rest is counted.
const PLAIN_MOVES_MAX: usize = 3;
/// Failures and repetitions that are told as they happen; all of the failures are told at the end.
const TROUBLE_MAX: u32 = 20;
/// The width where nobody knows it.
const WIDTH_DEFAULT: u16 = 80;

/// What stderr is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    /// Whether it is a terminal.
    pub is_terminal: bool,
    /// Its width in columns.
    pub width: Option<u16>,
    /// Whether it takes characters beyond ASCII.
    pub unicode: bool,
}

enum Face {
    Bars { bar: ProgressBar, width: usize, unicode: bool },
    Plain,
    Json,
    Silent,
}

/// The progress of an execution.
pub struct ExecutionProgress {
    face: Face,
    tally: Tally,
    began: Instant,
    /// When it was last shown, since it began.
    shown_at: Duration,
    /// Whether a plain line with numbers was shown, which the last one then completes.
    has_shown: bool,
    trouble: u32,
}

impl ExecutionProgress {
    /// Starts.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "rates and estimates are of wall time and only shown")]
    pub fn start(mode: ProgressMode, quiet: bool, terminal: Terminal) -> Self {
        let Terminal { is_terminal, width, unicode } = terminal;
        let face = match mode {
            ProgressMode::None => Face::Silent,
            ProgressMode::Json => Face::Json,
            ProgressMode::Auto if quiet => Face::Silent,
            ProgressMode::Auto if is_terminal => {
                Face::Bars { bar: canvas(), width: usize::from(width.unwrap_or(WIDTH_DEFAULT)), unicode }
            }
            ProgressMode::Auto => Face::Plain,
        };
        let (tally, shown_at) = (Tally::default(), Duration::ZERO);
        Self { face, tally, began: Instant::now(), shown_at, has_shown: false, trouble: 0 }
    }

    /// Takes an event in, and tells what an operator should not have to ask for.
    pub fn note(&mut self, event: &ExecutionEvent) {
        let at = self.began.elapsed();
        if matches!(self.face, Face::Json)
            && let Some(object) = json::event(event)
        {
            say_json(&object);
        }
        let line = self.line(event);
        self.tally.note(event, at);
        if let Some(line) = line {
            self.say(&line);
        }
    }

    /// What is said of an event on a line of its own.
    fn line(&mut self, event: &ExecutionEvent) -> Option<String> {
        let what = |number: &u64| match self.tally.running.get(number) {
            Some(running) => format!("{} of {}", running.label.kind.name(), running.label.partition),
            None => format!("move {number}"),
        };
        let line = match event {
            ExecutionEvent::Waits(on) => format!("waiting for {on}"),
            ExecutionEvent::GoesOn => "going on".to_owned(),
            ExecutionEvent::Recovering { operations } => {
                format!("bringing {operations} operation(s) of earlier executions to rest")
            }
            ExecutionEvent::Stopping { reason } => format!("stopping, {reason}; what is in flight can be resumed"),
            ExecutionEvent::Limits { bytes_per_second, per_node } => {
                let rate =
                    bytes_per_second.map_or("no limit".to_owned(), |r| format!("{}/s", crate::model::ByteSize(r)));
                format!("limits are now {per_node} copies at a time per node, {rate}")
            }
            ExecutionEvent::Failed { number, reason, .. } => format!("{} failed: {reason}", what(number)),
            ExecutionEvent::Aborted { number, error: Some(error), .. } => format!("{} undone: {error}", what(number)),
            ExecutionEvent::Repeated { number, segment, reason } => {
                format!("{}: segment {segment} is made anew: {reason}", what(number))
            }
            ExecutionEvent::Started { .. }
            | ExecutionEvent::MoveStarted(_)
            | ExecutionEvent::Phase { .. }
            | ExecutionEvent::MoveWaits { .. }
            | ExecutionEvent::Planned { .. }
            | ExecutionEvent::Written { .. }
            | ExecutionEvent::Verified { .. }
            | ExecutionEvent::Cutover { .. }
            | ExecutionEvent::Done { .. }
            | ExecutionEvent::Aborted { error: None, .. }
            | ExecutionEvent::Skipped { .. }
            | ExecutionEvent::Ended(_) => return None,
        };
        let is_trouble = matches!(
            event,
            ExecutionEvent::Failed { .. } | ExecutionEvent::Aborted { .. } | ExecutionEvent::Repeated { .. }
        );
        self.trouble += u32::from(is_trouble);
        match self.trouble {
            n if is_trouble && n == TROUBLE_MAX + 1 => Some("further ones are only counted until the end".to_owned()),
            n if is_trouble && n > TROUBLE_MAX => None,
            _ => Some(line),
        }
    }

    /// Shows how far it is, if that is due. Time passes also where nothing happens.
    pub fn tick(&mut self) {
        let now = self.began.elapsed();
        let every = match self.face {
            Face::Silent => return,
            Face::Bars { .. } => DRAW_EVERY,
            Face::Plain => PLAIN_EVERY,
            Face::Json => JSON_EVERY,
        };
        if now.saturating_sub(self.shown_at) >= every {
            self.shown_at = now;
            self.show(now);
        }
    }

    fn show(&mut self, now: Duration) {
        let whole = Whole::of_tally(&self.tally, now);
        match &self.face {
            Face::Bars { bar, width, unicode } => {
                let running = self.tally.running_moves(now, screen::MOVES_SHOWN_MAX);
                bar.set_message(screen::screen(&whole, &running, *width, *unicode).join("\n"));
                bar.tick();
            }
            Face::Plain => {
                plain_lines(&self.tally, now).iter().for_each(|line| say_plain(line));
                self.has_shown = true;
            }
            Face::Json => say_json(&json::progress(&whole, &self.tally.running_moves(now, JSON_MOVES_MAX))),
            Face::Silent => {}
        }
    }

    fn say(&self, line: &str) {
        match &self.face {
            Face::Bars { bar, .. } => bar.suspend(|| say_plain(line)),
            Face::Plain => say_plain(line),
            // Its events say all of it.
            Face::Json | Face::Silent => {}
        }
    }

    /// Ends; bars are wiped off.
    pub fn finish(mut self) {
        let now = self.began.elapsed();
        let is_due = match &self.face {
            Face::Bars { bar, .. } => {
                bar.finish_and_clear();
                false
            }
            Face::Plain => self.has_shown,
            Face::Json => true,
            Face::Silent => false,
        };
        if is_due {
            self.show(now);
        }
    }
}

/// Where lines are drawn; what they say is the message.
fn canvas() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.set_style(ProgressStyle::with_template("{msg}").unwrap_or_else(|_| ProgressStyle::default_spinner()));
    bar
}

/// How far it is in plain lines: all of it, then what stands still for no reason of its own.
fn plain_lines(tally: &Tally, now: Duration) -> Vec<String> {
    let mut lines = vec![format!("{}: {}", json::WHAT, Whole::of_tally(tally, now).in_words(false))];
    let still: Vec<_> = tally.running_moves(now, usize::MAX).into_iter().filter(stands_still).collect();
    lines.extend(still.iter().take(PLAIN_MOVES_MAX).map(|m| {
        let to = m.to.as_ref().map_or_else(String::new, |to| format!(" to {to}"));
        format!("  {}{to}, {}: waits for {}", m.partition, m.phase, m.waits_for.as_deref().unwrap_or_default())
    }));
    if still.len() > PLAIN_MOVES_MAX {
        lines.push(format!("  and {} more stand still", still.len() - PLAIN_MOVES_MAX));
    }
    lines
}

/// A stderr that is closed is no error: there is nobody to tell.
fn say_plain(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", escape_text(line));
}

fn say_json(object: &Value) {
    let _ = writeln!(std::io::stderr().lock(), "{}", escape_json(&object.to_string()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{NodeId, PartitionId, Revision};
    use crate::operations::executing::{MoveLabel, MovePhase, WaitsFor};
    use crate::planner::MoveKind;

    fn tally(stalled: u64) -> Tally {
        let mut tally = Tally::default();
        let started = ExecutionEvent::Started { plan_id: "p".into(), execution: Revision(1), moves: 9, bytes: 9_000 };
        tally.note(&started, Duration::ZERO);
        for number in 0..stalled {
            let label = MoveLabel {
                number,
                partition: PartitionId::parse("partition_489542_0051").unwrap(),
                kind: MoveKind::Replica,
                from: None,
                to: Some(NodeId::parse("n2").unwrap()),
                copy_from: Some(NodeId::parse("n1").unwrap()),
                bytes: 1_000,
            };
            tally.note(&ExecutionEvent::MoveStarted(label), Duration::ZERO);
            tally.note(&ExecutionEvent::Phase { number, phase: MovePhase::Copying }, Duration::ZERO);
        }
        tally
    }

    #[test]
    fn plain_lines_name_what_stands_still() {
        let now = Duration::from_secs(12);
        assert_eq!(
            plain_lines(&tally(5), now),
            [
                "moving: 0 B of 9.00 kB verified (0 %); 0 of 9 moves done, 5 running",
                "  partition_489542_0051 to n2, copying: waits for data from n1, none for 12 s",
                "  partition_489542_0051 to n2, copying: waits for data from n1, none for 12 s",
                "  partition_489542_0051 to n2, copying: waits for data from n1, none for 12 s",
                "  and 2 more stand still",
            ]
        );
        let mut graced = tally(1);
        graced.note(&ExecutionEvent::Phase { number: 0, phase: MovePhase::Grace }, now);
        graced.note(&ExecutionEvent::MoveWaits { number: 0, on: Some(WaitsFor::Readers(60)) }, now);
        assert_eq!(plain_lines(&graced, now).len(), 1);
    }

    #[test]
    fn trouble_is_told_as_it_happens_and_not_without_end() {
        let mut progress = ExecutionProgress::start(ProgressMode::None, false, Terminal::default());
        progress.tally = tally(1);
        let failed = ExecutionEvent::Failed { number: 0, reason: "no room".to_owned(), hint: None };
        let told: Vec<_> = (0..100).filter_map(|_| progress.line(&failed)).collect();
        assert_eq!(told.len(), TROUBLE_MAX as usize + 1);
        assert_eq!(told[0], "replica of partition_489542_0051 failed: no room");
        assert_eq!(progress.line(&ExecutionEvent::GoesOn).as_deref(), Some("going on"));
    }
}
