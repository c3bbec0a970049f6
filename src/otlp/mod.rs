//! OTLP bytes into routing units.
//!
//! ```text
//! Read -> Source (gzip, zstd, plain) -> Window -> Text      -> json     -> Batch of units
//!                                              -> Messages  -> protobuf -> Batch of units
//! ```
//!
//! [`Reader::open`] recognises everything by content: compression of the whole; JSON lines, pretty-printed, concatenated
//! or in an array; one bare protobuf export request; the Collector's length-prefixed messages, each of them JSON or
//! protobuf and possibly compressed. [`Reader::next_batch`] gives the units of one message after the other. Where the sender
//! names encoding and signal, [`read_body`] goes by that alone.
//!
//! Invariant: memory is bounded by a small multiple of [`Options::message_bytes_max`], whatever the input holds or
//! inflates to.
//! Invariant: any input ends in totals or an error, never in a panic; nothing is dropped without being counted.
//! Invariant: the same content gives the same units and hashes in every encoding (but for [`Unit::bytes`]).
//! Never: no file, no clock, no re-encoding; it checks the syntax of everything and the types of what it needs.

mod attributes;
mod batch;
mod body;
mod convert;
mod details;
mod error;
mod framing;
mod json;
mod layout;
mod messages;
mod options;
mod protobuf;
mod reader;
mod source;
#[cfg(test)]
mod tests;
mod text;
mod totals;
mod trace_groups;
mod unit;
mod value;
mod window;

pub use attributes::{ATTRIBUTES_MAX, AttributeMemory, AttributeQuery};
pub use batch::Batch;
pub use body::{BodyError, inflate, read_body};
pub use convert::{ConvertError, LeftOut, json_of, protobuf_of};
pub use details::{Details, SpanId};
pub use error::{Compression, NotOtlp, ReadError};
pub use layout::{Encoding, Layout, RecordNo};
pub use options::Options;
pub use protobuf::{WireError, WireProblem};
pub use reader::Reader;
pub use totals::{BadMessage, Counts, Place, Reason, Totals};
pub use unit::{Unit, UnitKey};
