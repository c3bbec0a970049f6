//! Reading inputs and handing on batch after batch.

use super::show::Shown;
use super::{Request, Target, failed};
use crate::cli::commands::route::otlp::say_reading;
use crate::cli::error::CliError;
use crate::cli::input;
use crate::cli::session::Session;
use crate::operations::hours::HourTables;
use crate::operations::records::bucket_records;
use crate::operations::writing::{Acknowledged, Batch, Collector};
use crate::otlp::{Options, ReadError, Reader, Totals};
use crate::output::{Printer, Progress, Talk};
use crate::ports::MetadataRead;

/// The largest request: a reader's window may be twice as large.
const REQUEST_BYTES_MAX: usize = 64 << 20;

/// Reads all inputs; `commit` gets each batch. What was acknowledged is shown also if something stops it.
pub(super) fn each<M: MetadataRead>(
    session: &mut Session<'_, '_>,
    target: &Target<'_, M>,
    request: &Request,
    mut commit: impl FnMut(Batch) -> Result<Acknowledged, CliError>,
) -> Result<(), CliError> {
    let (style, now, runtime) = (session.style()?, session.now(), session.runtime());
    let (quiet, json) = (session.global().quiet, style.format.is_json());
    let progress = request.files.iter().map(|file| session.lazy_progress("writing", input::size_of(file)));
    let progress: Vec<_> = progress.collect();
    let environment = session.environment();
    let mut talk = Talk::new(&mut *environment.stderr, quiet, json);
    let mut printer = Printer::new(&mut *environment.stdout, style);
    let mut shown = Shown::start(&mut printer)?;
    let mut result = Ok(());
    for (file, progress) in request.files.iter().zip(progress) {
        let load = |bucket| runtime.block_on(bucket_records(target.store, target.keys, bucket));
        let hours = HourTables::new(target.topology, None, load);
        let collector = Collector::new(target.topology, hours, &request.settings, now).map_err(failed)?;
        let opened = input::open_with(&mut *environment.stdin, file)?;
        let reading = Reading { request, name: &opened.name, progress: progress(), collector };
        let read = reading.run(opened.reader, &mut shown, &mut commit);
        if let Some(read) = &read.totals {
            say_reading(&mut talk, &opened.name, read);
            shown.input(read);
        }
        result = read.result;
        if result.is_err() {
            break;
        }
    }
    shown.finish(result.is_ok())?;
    result
}

/// The reading of one input.
struct Reading<'a> {
    request: &'a Request,
    name: &'a str,
    progress: Progress,
    collector: Collector<'a>,
}

/// What came of it.
struct Read {
    totals: Option<Totals>,
    result: Result<(), CliError>,
}

impl Reading<'_> {
    fn run(
        mut self,
        source: Box<dyn std::io::Read + '_>,
        shown: &mut Shown<'_, '_>,
        commit: &mut dyn FnMut(Batch) -> Result<Acknowledged, CliError>,
    ) -> Read {
        let options = Options {
            signal: self.request.signal,
            layout: true,
            message_bytes_max: REQUEST_BYTES_MAX,
            ..Options::default()
        };
        let mut reader = match Reader::open(source, options) {
            Ok(reader) => reader,
            Err(error) => return Read { totals: None, result: Err(self.unreadable(error)) },
        };
        let mut result = self.batches(&mut reader, shown, commit);
        self.progress.finish();
        let totals = reader.totals().clone();
        if result.is_ok() && self.request.strict {
            result = strict(self.name, &totals);
        }
        Read { totals: Some(totals), result }
    }

    fn batches<R: std::io::Read>(
        &mut self,
        reader: &mut Reader<R>,
        shown: &mut Shown<'_, '_>,
        commit: &mut dyn FnMut(Batch) -> Result<Acknowledged, CliError>,
    ) -> Result<(), CliError> {
        loop {
            let more = match reader.next_batch() {
                Ok(Some(requests)) => {
                    self.collector.add(requests).map_err(failed)?;
                    true
                }
                Ok(None) => false,
                Err(error) => {
                    // What was read before it is as good as ever.
                    self.hand_on(shown, commit)?;
                    return Err(self.unreadable(error));
                }
            };
            if self.collector.is_full() || !more {
                self.hand_on(shown, commit)?;
                self.progress.set(reader.totals().bytes_read);
            }
            if !more {
                return Ok(());
            }
        }
    }

    fn hand_on(
        &mut self,
        shown: &mut Shown<'_, '_>,
        commit: &mut dyn FnMut(Batch) -> Result<Acknowledged, CliError>,
    ) -> Result<(), CliError> {
        let Some(batch) = self.collector.take() else { return Ok(()) };
        shown.acknowledged(self.name, &commit(batch)?)
    }

    fn unreadable(&self, source: ReadError) -> CliError {
        CliError::Otlp { name: self.name.to_owned(), source }
    }
}

fn strict(name: &str, read: &Totals) -> Result<(), CliError> {
    let Totals { counts, bad, problems, .. } = read;
    if *bad == 0 && counts.without_id == 0 && counts.without_time == 0 && counts.unrecognised == 0 {
        return Ok(());
    }
    let first = problems.first().map(|p| format!("; the first bad one: {p}")).unwrap_or_default();
    Err(CliError::input(format!(
        "{name}: {bad} bad messages, {} spans without a valid id, {} units without a time, {} messages not OTLP; the others are \
         written{first}",
        counts.without_id, counts.without_time, counts.unrecognised
    )))
}
