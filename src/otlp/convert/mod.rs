//! Requests in the other encoding, for readers that want it: nothing is converted without being asked.
//!
//! ```text
//! to_json       protobuf -> OTLP/JSON: the official message types decode and write it
//! to_protobuf   OTLP/JSON -> protobuf: field by field, as leniently as JSON is read elsewhere here
//! ```

mod to_json;
mod to_protobuf;

pub use to_json::{ConvertError, json_of};
pub use to_protobuf::{LeftOut, protobuf_of};
