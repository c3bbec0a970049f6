//! The reader: an input to its end, batch by batch.

use std::io::{self, Read};

use super::batch::Batch;
use super::error::{NotOtlp, ReadError};
use super::framing::{BYTE_ORDER_MARK, Framing, HEAD_BYTES, recognise};
use super::layout::Encoding;
use super::messages::Messages;
use super::options::Options;
use super::source::{Source, compression_of};
use super::text::Text;
use super::totals::Totals;
use super::unit::Unit;
use super::window::Window;

/// Messages that are not OTLP before the first that is; then the input is something else.
const HOPELESS_MESSAGES: u64 = 10_000;

/// Reads OTLP of any encoding from any [`Read`].
pub struct Reader<R: Read> {
    window: Window<R>,
    options: Options,
    state: State,
    batch: Batch,
    totals: Totals,
}

enum State {
    Text(Text),
    Bare(Messages),
    LengthPrefixed(Messages),
    Finished,
}

impl Reader<io::Empty> {
    /// Reads what is in memory, and not compressed as a whole.
    ///
    /// # Errors
    /// It is empty.
    pub fn of(bytes: Vec<u8>, options: Options) -> Result<Self, ReadError> {
        Self::begin(Window::of(Source::open(io::empty())?, bytes), options)
    }

    /// The memory that it was given, to be used again.
    #[must_use]
    pub fn into_memory(self) -> Vec<u8> {
        self.window.into_buffer()
    }
}

impl<R: Read> Reader<R> {
    /// Recognises compression and framing by the first bytes.
    ///
    /// # Errors
    /// The input cannot be read, is empty, or is compressed twice.
    pub fn open(input: R, options: Options) -> Result<Self, ReadError> {
        let mut window = Window::new(Source::open(input)?);
        window.fill(HEAD_BYTES)?;
        Self::begin(window, options)
    }

    fn begin(mut window: Window<R>, options: Options) -> Result<Self, ReadError> {
        let head = window.unread();
        if head.is_empty() {
            return Err(ReadError::NotOtlp(NotOtlp::Empty));
        }
        if window.source().is_compressed() && compression_of(head).is_some() {
            return Err(ReadError::NotOtlp(NotOtlp::CompressedTwice));
        }
        let framing = match options.encoding {
            Some(Encoding::Json) => Framing::Text,
            Some(Encoding::Protobuf) => Framing::LengthPrefixed,
            None => recognise(head, options.message_bytes_max),
        };
        let state = match framing {
            Framing::Text => State::Text(Text::new()),
            Framing::Bare => State::Bare(Messages::new()),
            Framing::LengthPrefixed => State::LengthPrefixed(Messages::new()),
        };
        if head.starts_with(BYTE_ORDER_MARK) {
            window.take(BYTE_ORDER_MARK.len());
        }
        Ok(Self { window, options, state, batch: Batch::new(options.layout), totals: Totals::default() })
    }

    /// The units of the next messages; `None` at the end.
    ///
    /// # Errors
    /// The input cannot be read on, holds profiles or a message beyond the limit; or it has ended and held no OTLP
    /// request at all. The reading is over then; [`Reader::totals`] keeps what was read.
    pub fn next_batch(&mut self) -> Result<Option<&Batch>, ReadError> {
        loop {
            self.batch.clear();
            let more = match self.step() {
                Ok(more) => more,
                Err(error) => {
                    self.state = State::Finished;
                    self.batch.clear();
                    return Err(error);
                }
            };
            let counts = self.batch.counts();
            self.totals.counts += counts;
            if counts.requests > 0 {
                return Ok(Some(&self.batch));
            }
            if !more || self.is_hopeless() {
                return self.check_end().map(|()| None);
            }
        }
    }

    /// Reads to the end; `unit` is called for each unit.
    ///
    /// # Errors
    /// As [`Reader::next_batch`].
    pub fn for_each(&mut self, mut unit: impl FnMut(&Unit<'_>)) -> Result<&Totals, ReadError> {
        while let Some(batch) = self.next_batch()? {
            batch.units().for_each(|found| unit(&found));
        }
        Ok(self.totals())
    }

    /// Whether batches say where their records stand.
    #[must_use]
    pub fn keeps_layout(&self) -> bool {
        self.options.layout
    }

    /// What was read so far.
    pub fn totals(&mut self) -> &Totals {
        self.totals.bytes_read = self.window.source().bytes_read();
        self.totals.bytes_decoded = self.window.bytes_taken();
        &self.totals
    }

    fn step(&mut self) -> Result<bool, ReadError> {
        let Self { window, options, state, batch, totals } = self;
        match state {
            State::Text(text) => text.step(window, batch, totals, options),
            State::LengthPrefixed(messages) => messages.step(window, batch, totals, options),
            State::Bare(messages) => {
                messages.bare(window, batch, totals, options)?;
                self.state = State::Finished;
                Ok(true)
            }
            State::Finished => Ok(false),
        }
    }

    /// Whether so much was read that is not OTLP, and nothing that is, that the rest need not be looked at: it may be
    /// long, or have no end.
    fn is_hopeless(&self) -> bool {
        let Totals { counts, bad, .. } = &self.totals;
        counts.requests == 0 && bad + counts.unrecognised >= HOPELESS_MESSAGES
    }

    /// An input without any request is not OTLP.
    fn check_end(&mut self) -> Result<(), ReadError> {
        self.state = State::Finished;
        if self.totals.counts.requests > 0 {
            return Ok(());
        }
        Err(ReadError::NotOtlp(match self.totals.problems.first() {
            Some(bad) => NotOtlp::Bad { place: bad.place, reason: bad.reason.clone() },
            None if self.totals.counts.unrecognised > 0 => NotOtlp::Unrecognised,
            None => NotOtlp::Empty,
        }))
    }
}
