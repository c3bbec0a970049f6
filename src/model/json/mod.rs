//! A small borrowed JSON reader: finds the values it is asked for and checks the rest without building anything.
//!
//! It serves two masters. The OTLP reader walks hundreds of megabytes and needs a few fields of each span; the metadata
//! codec edits single fields of a stored value and must give every other byte back unchanged. Both need *where a value
//! lies* rather than a tree.
//!
//! Invariant: whatever [`Cursor::skip_value`] accepts is RFC 8259 JSON (given UTF-8 input); nesting is limited to
//! [`DEPTH_MAX`], so no input can exhaust the stack or memory.
//! It never allocates, but for decoding a string that contains escapes.

mod cursor;
mod layout;
mod string;

pub use cursor::{Cursor, DEPTH_MAX, JsonError, Kind, Problem};
pub use layout::{compact, pretty, same_value};
pub use string::{JsonStr, quote};
