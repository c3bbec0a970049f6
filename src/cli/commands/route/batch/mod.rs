//! `route --trace-ids-from`: many ids, in constant memory.

mod csv;

use std::io::Read;

use crate::cli::error::CliError;
use crate::cli::input;
use crate::cli::session::Session;
use crate::model::time::parse_time;
use crate::model::{Signal, Strategy, Timestamp, TraceId};
use crate::operations::OperationError;
use crate::operations::hours::HourTables;
use crate::output::{Format, Printer, Progress, RowWriter, Style};
use crate::routing::{Near, Unroutable};

use super::answer::{Answer, columns};
use super::keys::{When, check_near};
use super::source::{ForeignKeys, Source, SourceArgs};
use csv::{CsvBuffer, ShownTime, Tail, Tails, csv_tail};

pub(super) struct BatchQuery {
    pub(super) file: String,
    pub(super) when: When,
    pub(super) near: Option<Near>,
    pub(super) strict: bool,
    pub(super) source: SourceArgs,
}

/// Bytes read and written at a time.
const CHUNK_BYTES: usize = 1 << 18;
/// The longest line; a longer one is bad.
const LINE_BYTES_MAX: usize = 4096;
/// Bad lines that are shown.
const BAD_SHOWN: usize = 10;

pub(super) fn run(session: &mut Session<'_, '_>, query: &BatchQuery) -> Result<(), CliError> {
    if let When::Within(_) = &query.when {
        return Err(CliError::usage("--trace-ids-from takes --time or a time in each line, not a range"));
    }
    let source = Source::open(session, &query.source)?;
    let (topology, revision) = source.view(session)?;
    check_near(&topology, query.near.as_ref())?;
    if let Some(version) = topology.spec().partitioning.iter().find(|p| p.strategy == Strategy::TimeRange) {
        let message = format!("this cluster divides by service name ({version}), which a list of ids does not have");
        return Err(CliError::usage_hint(message, "route the OTLP file itself with --otlp"));
    }
    let foreign = ForeignKeys::default();
    let loader = source.bucket_loader(session, revision, &foreign);
    let hours: HourTables<'_, Tails> = HourTables::new(&topology, query.near.as_ref(), loader);
    let (now, style) = (session.now(), session.style()?);
    let progress = session.progress("routing", input::size_of(&query.file));
    let environment = session.environment();
    let (stdin, stdout) = (&mut *environment.stdin, &mut *environment.stdout);
    let opened = input::open_with(stdin, &query.file)?;
    let name = opened.name.clone();
    let Routed { bad, unroutable, defaulted } = {
        let hashed = topology.spec().partitioning.iter().all(|p| p.strategy == Strategy::TimeHash);
        let batch = Batch {
            query,
            hours,
            now,
            routed: Routed::default(),
            progress,
            lines: 0,
            hashed,
            with_states: source.is_store(),
            shown_time: ShownTime::of(now),
        };
        batch.run(opened, &mut Printer::new(stdout, style))?
    };
    if defaulted {
        query.when.warn(session);
    }
    foreign.warn(session);
    for (line, reason) in &bad.shown {
        session.talk().warn(&format!("{name}: line {line}: {reason}"));
    }
    if bad.count > bad.shown.len() as u64 {
        session.talk().warn(&format!("{name}: {} more bad lines", bad.count - bad.shown.len() as u64));
    }
    if bad.good == 0 {
        let why = if bad.count == 0 { "it is empty".to_owned() } else { format!("all {} lines are bad", bad.count) };
        return Err(CliError::input(format!("{name} holds no trace id: {why}")));
    }
    source.report_unroutable(session, &unroutable)
}

/// What became of the lines.
#[derive(Default)]
struct Routed {
    bad: BadLines,
    unroutable: Unroutable,
    /// Whether a line had no time of its own.
    defaulted: bool,
}

#[derive(Default)]
struct BadLines {
    good: u64,
    count: u64,
    shown: Vec<(u64, String)>,
}

struct Batch<'q, 'h> {
    query: &'q BatchQuery,
    hours: HourTables<'h, Tails>,
    now: Timestamp,
    routed: Routed,
    progress: Progress,
    lines: u64,
    hashed: bool,
    with_states: bool,
    shown_time: ShownTime,
}

/// Where rows go.
enum Sink<'p, 'w> {
    /// Plain CSV: bytes put together from parts that are made once per partition.
    Csv { out: CsvBuffer, printer: &'p mut Printer<'w> },
    /// Everything else.
    Rows(RowWriter<'p, 'w>),
}

fn is_plain_csv(style: &Style) -> bool {
    style.format == Format::Csv
        && style.columns.is_empty()
        && style.sort.is_none()
        && style.limit.is_none()
        && !style.terminal
}

impl Batch<'_, '_> {
    fn run(mut self, opened: input::Input<'_>, printer: &mut Printer<'_>) -> Result<Routed, CliError> {
        let mut sink = if is_plain_csv(printer.style()) {
            printer.rows(&columns(Signal::Traces))?;
            Sink::Csv { out: CsvBuffer::new(), printer }
        } else {
            Sink::Rows(printer.rows(&columns(Signal::Traces))?)
        };
        let name = opened.name.clone();
        self.read(opened.reader, &name, &mut sink)?;
        if self.routed.bad.good == 0 {
            // That is an error, whose output is not an empty list.
            return Ok(self.routed);
        }
        match sink {
            Sink::Csv { mut out, printer } => {
                out.flush(printer)?;
                printer.flush()?;
            }
            Sink::Rows(rows) => {
                rows.finish()?;
            }
        }
        self.progress.finish();
        Ok(self.routed)
    }

    fn read(&mut self, mut reader: impl Read, name: &str, sink: &mut Sink<'_, '_>) -> Result<(), CliError> {
        let mut buffer = vec![0; CHUNK_BYTES];
        let mut filled = 0;
        let mut skipping = false;
        let mut total = 0_u64;
        loop {
            let n =
                reader.read(&mut buffer[filled..]).map_err(|e| CliError::input(format!("cannot read {name}: {e}")))?;
            total += n as u64;
            filled += n;
            let mut start = 0;
            if skipping && let Some(end) = memchr::memchr(b'\n', &buffer[..filled]) {
                (start, skipping) = (end + 1, false);
            }
            if !skipping {
                start = self.lines(&buffer[..filled], start, sink)?;
                if n == 0 && start < filled {
                    self.line(&buffer[start..filled], sink)?;
                    start = filled;
                }
            }
            if n == 0 {
                return Ok(());
            }
            self.progress.set(total);
            buffer.copy_within(start..filled, 0);
            filled -= start;
            if filled > LINE_BYTES_MAX || skipping {
                if !skipping {
                    self.lines += 1;
                    self.bad_line(format!("longer than {LINE_BYTES_MAX} bytes"))?;
                }
                (filled, skipping) = (0, true);
            }
        }
    }

    /// Takes the whole lines of a chunk from `start` on; gives where the unfinished one begins.
    fn lines(&mut self, chunk: &[u8], mut start: usize, sink: &mut Sink<'_, '_>) -> Result<usize, CliError> {
        loop {
            if let (Sink::Csv { out, printer }, When::At { time, .. }) = (&mut *sink, &self.query.when) {
                start += self.plain_lines(&chunk[start..], *time, out, printer)?;
            }
            let rest = &chunk[start..];
            match memchr::memchr(b'\n', rest) {
                None => return Ok(start),
                Some(end) => {
                    self.line(&rest[..end], sink)?;
                    start += end + 1;
                }
            }
        }
    }

    /// Takes lines for as long as they are 32 digits and a line break, as nearly all are; gives the bytes taken.
    fn plain_lines(
        &mut self,
        chunk: &[u8],
        time: Timestamp,
        out: &mut CsvBuffer,
        printer: &mut Printer<'_>,
    ) -> Result<usize, CliError> {
        let (table, tails) = self.hours.at(time)?;
        let (lines, _) = chunk.as_chunks::<33>();
        let mut taken = 0;
        for line in lines {
            let (Some(digits), b'\n') = (line.first_chunk::<32>(), line[32]) else { break };
            let Some(id) = TraceId::from_hex(digits) else { break };
            let leaf = match table.known_leaf_of_trace(&id) {
                Some(leaf) => leaf,
                None => match table.leaf_of_trace(&id) {
                    Ok(leaf) => leaf,
                    Err(error) => {
                        self.routed.unroutable.note(error).map_err(OperationError::from)?;
                        taken += 1;
                        continue;
                    }
                },
            };
            match tails.after_id.get(leaf.index()) {
                Some(Some(tail)) => out.push_id(digits, tail),
                Some(None) | None => {
                    let tail = Tail::new(time, table.route(leaf));
                    out.push_id(digits, &tail);
                    if tails.after_id.len() <= leaf.index() {
                        tails.after_id.resize_with(leaf.index() + 1, || None);
                    }
                    tails.after_id[leaf.index()] = Some(tail);
                }
            }
            out.flush_if_full(printer)?;
            taken += 1;
        }
        self.lines += taken;
        self.routed.bad.good += taken;
        self.routed.defaulted |= taken > 0;
        Ok(taken as usize * 33)
    }

    /// One line of any form.
    fn line(&mut self, line: &[u8], sink: &mut Sink<'_, '_>) -> Result<(), CliError> {
        self.lines += 1;
        let Ok(text) = std::str::from_utf8(line) else { return self.bad_line("not UTF-8 text".to_owned()) };
        let text = if self.lines == 1 { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if line.len() > LINE_BYTES_MAX {
            return self.bad_line(format!("longer than {LINE_BYTES_MAX} bytes"));
        }
        let (id, time) = text.split_once(',').map_or((text, None), |(id, time)| (id.trim(), Some(time.trim())));
        let id = match TraceId::parse(id) {
            Ok(id) => id,
            Err(error) => return self.bad_line(format!("trace id {id:?}: {error}")),
        };
        let time =
            match time.map(|text| parse_time(text, self.now).map_err(|e| format!("time {text:?}: {e}"))).transpose() {
                Ok(time) => time,
                Err(reason) => return self.bad_line(reason),
            };
        self.route(&id, time, sink)
    }

    fn bad_line(&mut self, reason: String) -> Result<(), CliError> {
        if self.query.strict {
            return Err(CliError::input(format!(
                "{}: line {}: {reason}",
                input::shown_name(&self.query.file),
                self.lines
            )));
        }
        let bad = &mut self.routed.bad;
        bad.count += 1;
        if bad.shown.len() < BAD_SHOWN {
            bad.shown.push((self.lines, reason));
        }
        Ok(())
    }

    #[inline]
    fn route(&mut self, id: &TraceId, line_time: Option<Timestamp>, sink: &mut Sink<'_, '_>) -> Result<(), CliError> {
        let (time, source) = match (line_time, &self.query.when) {
            (Some(time), _) => (time, "line"),
            (None, When::At { time, source, .. }) => (*time, *source),
            (None, When::FromId { kind, .. }) => match kind.time(id) {
                Ok(time) => (time, kind.name()),
                Err(error) => return self.bad_line(error.to_string()),
            },
            (None, When::Within(range)) => (range.start(), "range"),
        };
        self.routed.bad.good += 1;
        self.routed.defaulted |= line_time.is_none();
        let (table, tails) = self.hours.at(time)?;
        let leaf = match table.leaf_of_trace(id) {
            Ok(leaf) => leaf,
            Err(error) => return Ok(self.routed.unroutable.note(error).map_err(OperationError::from)?),
        };
        match sink {
            Sink::Csv { out, printer } => {
                if tails.after_time.len() <= leaf.index() {
                    tails.after_time.resize(leaf.index() + 1, None);
                }
                let tail = tails.after_time[leaf.index()].get_or_insert_with(|| csv_tail(table.route(leaf)));
                out.push(&id.to_hex());
                out.push(b",");
                out.push(self.shown_time.text(time));
                out.push(tail);
                Ok(out.flush_if_full(printer)?)
            }
            Sink::Rows(rows) => {
                let name = id.to_string();
                let fields = std::iter::once(("trace_id".to_owned(), name.clone().into())).collect();
                let answer = Answer {
                    signal: Signal::Traces,
                    name: &name,
                    fields: &fields,
                    time,
                    time_source: source,
                    route: table.route(leaf),
                    hashed: self.hashed,
                    with_states: self.with_states,
                };
                Ok(rows.push(answer.row())?)
            }
        }
    }
}
