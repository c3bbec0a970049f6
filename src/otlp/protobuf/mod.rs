//! OTLP/protobuf: a walk over the wire format, nothing built.
//!
//! The three export requests look alike down to their records, so the records' fields tell the signal.
//!
//! Invariant: a message is either taken whole and counted once, or leaves no trace in the batch.

mod details;
mod record;
mod request;
mod signal;
mod value;
mod wire;

pub(super) use details::{attributes, details, id_of_span};
pub use wire::{WireError, WireProblem};

use self::signal::{Content, content};
use self::wire::Message;
use super::batch::Batch;
use crate::model::Signal;

/// Why a message was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Not protobuf, or a field that does not fit its type.
    Wire(WireError),
    /// Profiles.
    Profiles,
}

impl From<WireError> for Refusal {
    fn from(error: WireError) -> Self {
        Self::Wire(error)
    }
}

/// Takes one export request; `signal` overrides what its records tell.
pub(super) fn read_request(bytes: &[u8], signal: Option<Signal>, batch: &mut Batch) -> Result<(), Refusal> {
    let message = Message::new(bytes);
    let signal = match signal {
        Some(signal) => Ok(signal),
        None => content(message).map(|content| match content {
            // Without a record it makes no difference.
            Content::Empty => Ok(Signal::Traces),
            Content::Records(signal) => Ok(signal),
            Content::Profiles => Err(Some(Refusal::Profiles)),
            Content::Unrecognised => Err(None),
        })?,
    };
    let signal = match signal {
        Ok(signal) => signal,
        Err(Some(refusal)) => return Err(refusal),
        Err(None) => {
            batch.unrecognised();
            return Ok(());
        }
    };
    let mark = batch.begin();
    match request::request(message, signal, batch) {
        Ok(()) => {
            batch.finish(mark);
            Ok(())
        }
        Err(error) => {
            batch.roll_back(mark);
            Err(error.into())
        }
    }
}
