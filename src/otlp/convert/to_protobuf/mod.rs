//! OTLP/JSON requests as protobuf.
//!
//! JSON is taken in every spelling that the reader takes (old and snake_case names, integers as strings, names of enums, ids in
//! hexadecimal or base64). Invariant: what protobuf cannot say (unknown fields, values of another type) is left out and
//! counted, never dropped in silence and no reason to give up the rest.

mod common;
mod fields;
mod logs;
mod metrics;
mod traces;

use prost::Message as _;

use super::ConvertError;
use crate::model::Signal;

/// What a conversion left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// How many fields.
    pub count: u64,
    /// The first of them: the message that it is a part of, and its name.
    pub first: Option<String>,
}

impl LeftOut {
    fn add(&mut self, message: &str, field: &str) {
        self.count += 1;
        self.first.get_or_insert_with(|| format!("{field} of a {message}"));
    }
}

/// Appends a request in OTLP/JSON to `out` as protobuf; `left_out` counts what that cannot say.
///
/// # Errors
/// It is no JSON.
pub fn protobuf_of(
    signal: Signal,
    request: &[u8],
    out: &mut Vec<u8>,
    left_out: &mut LeftOut,
) -> Result<(), ConvertError> {
    let json: serde_json::Value = serde_json::from_slice(request)?;
    // A vector grows: there is always room.
    let encoded = match signal {
        Signal::Traces => traces::request(json, left_out).encode(out),
        Signal::Metrics => metrics::request(json, left_out).encode(out),
        Signal::Logs => logs::request(json, left_out).encode(out),
    };
    encoded.map_err(ConvertError::Room)
}
