//! Reading length-prefixed messages, and the one message of a bare protobuf input.

use std::io::Read;

use super::batch::Batch;
use super::error::ReadError;
use super::framing::is_json;
use super::layout::Encoding;
use super::options::Options;
use super::source::{compression_of, decompress};
use super::totals::{Place, Reason, Totals};
use super::window::Window;
use super::{json, protobuf};

/// Bytes of a length.
const LENGTH_BYTES: usize = 4;

/// The state of reading messages.
#[derive(Debug)]
pub(super) struct Messages {
    /// The number of the message that is being read, from 1.
    number: u64,
    /// A message that came compressed.
    decompressed: Vec<u8>,
}

/// Why a message was not taken.
enum Refusal {
    Bad(Reason),
    TooLong,
    Profiles,
}

impl Messages {
    pub(super) fn new() -> Self {
        Self { number: 0, decompressed: Vec::new() }
    }

    /// Reads one length-prefixed message; says whether there was one.
    pub(super) fn step<R: Read>(
        &mut self,
        window: &mut Window<R>,
        batch: &mut Batch,
        totals: &mut Totals,
        options: &Options,
    ) -> Result<bool, ReadError> {
        self.number += 1;
        window.fill(LENGTH_BYTES)?;
        let Some((length, _)) = window.unread().split_first_chunk::<LENGTH_BYTES>() else {
            let found = window.unread().len();
            if found > 0 {
                self.cut(window, totals, options, LENGTH_BYTES);
            }
            return Ok(false);
        };
        let length = u32::from_be_bytes(*length) as usize;
        if length > options.message_bytes_max {
            return Err(self.too_long(options));
        }
        let end = LENGTH_BYTES + length;
        window.fill(end)?;
        let Some(message) = window.unread().get(LENGTH_BYTES..end) else {
            self.cut(window, totals, options, end);
            return Ok(false);
        };
        let refusal = self.message(message, batch, options);
        window.take(end);
        self.judge(refusal, totals, options)?;
        Ok(true)
    }

    /// Reads the rest of the input as one protobuf message.
    pub(super) fn bare<R: Read>(
        &mut self,
        window: &mut Window<R>,
        batch: &mut Batch,
        totals: &mut Totals,
        options: &Options,
    ) -> Result<(), ReadError> {
        self.number += 1;
        window.fill(options.message_bytes_max.saturating_add(1))?;
        let length = window.unread().len();
        if length > options.message_bytes_max {
            return Err(self.too_long(options));
        }
        let refusal = binary(window.unread(), batch, options);
        window.take(length);
        self.judge(refusal, totals, options)
    }

    fn place(&self) -> Place {
        Place::Message(self.number)
    }

    fn too_long(&self, options: &Options) -> ReadError {
        ReadError::TooLong { place: self.place(), limit: options.message_bytes_max }
    }

    /// Counts a message that the input's end cuts.
    fn cut<R: Read>(&self, window: &mut Window<R>, totals: &mut Totals, options: &Options, expected: usize) {
        let found = window.unread().len();
        window.take(found);
        let reason = Reason::Cut { found: found as u64, expected: expected as u64 };
        totals.add_bad(self.place(), reason, options.problems_max);
    }

    fn judge(&self, result: Result<(), Refusal>, totals: &mut Totals, options: &Options) -> Result<(), ReadError> {
        match result {
            Ok(()) => Ok(()),
            Err(Refusal::Bad(reason)) => {
                totals.add_bad(self.place(), reason, options.problems_max);
                Ok(())
            }
            Err(Refusal::TooLong) => Err(self.too_long(options)),
            Err(Refusal::Profiles) => Err(ReadError::Profiles { place: self.place() }),
        }
    }

    /// Reads one message of any encoding and compression.
    fn message(&mut self, message: &[u8], batch: &mut Batch, options: &Options) -> Result<(), Refusal> {
        if let Some(Encoding::Protobuf) = options.encoding {
            return binary(message, batch, options);
        }
        let limit = options.message_bytes_max;
        let Some(compression) = compression_of(message) else { return plain(message, batch, options) };
        decompress(compression, message, limit, &mut self.decompressed)
            .map_err(|error| Refusal::Bad(Reason::Compression(error.to_string())))?;
        if self.decompressed.len() > limit {
            return Err(Refusal::TooLong);
        }
        plain(&self.decompressed, batch, options)
    }
}

fn plain(message: &[u8], batch: &mut Batch, options: &Options) -> Result<(), Refusal> {
    if message.is_empty() || !is_json(message) {
        return binary(message, batch, options);
    }
    if let Err(error) = std::str::from_utf8(message) {
        return Err(Refusal::Bad(Reason::NotUtf8 { at: error.valid_up_to() }));
    }
    let read = json::read_values(message, batch).map_err(|refusal| {
        batch.clear();
        match refusal {
            json::Refusal::Json(error) => Refusal::Bad(error.into()),
            json::Refusal::Profiles => Refusal::Profiles,
        }
    });
    batch.layout_mut().keep(Encoding::Json, message);
    read
}

fn binary(message: &[u8], batch: &mut Batch, options: &Options) -> Result<(), Refusal> {
    let read = protobuf::read_request(message, options.signal, batch);
    batch.layout_mut().keep(Encoding::Protobuf, message);
    read.map_err(|refusal| match refusal {
        protobuf::Refusal::Wire(error) => Refusal::Bad(error.into()),
        protobuf::Refusal::Profiles => Refusal::Profiles,
    })
}
