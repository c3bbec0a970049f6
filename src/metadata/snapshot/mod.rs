//! A store as one JSON document: to read in CI and post-mortems, to keep in version control, to move between stores.
//!
//! ```text
//! {"schema":"otlp-part/snapshot/v1","prefix":"/otlp","revision":7,"exported_at":"2025-11-05T14:43:44Z","source":"file:…",
//! "entries":[
//! {"key":"/otlp/cluster","create_revision":2,"mod_revision":5,"version":3,"value":{…}},
//! …
//! ]}
//! ```
//!
//! A value that is JSON on one line stands there as it is; any other as `"value_base64"`.
//!
//! Invariant: values survive byte-equal; equal content gives equal bytes, one entry a line, so that diffs read well.
//! Invariant: a snapshot knows one revision. It has no past, no changes to follow, and no writing methods.

mod parse;
mod store;
mod write;

pub use store::{NoWatch, SnapshotStore};
pub use write::{SnapshotWriter, write};

use crate::model::{Revision, Timestamp};

/// What the field `schema` says, up to its version.
const SCHEMA: &str = "otlp-part/snapshot/v";
/// The version that is read and written.
const SCHEMA_VERSION: u64 = 1;

/// What a snapshot says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotHeader {
    /// The prefix of all its keys, without a final `/`.
    pub prefix: String,
    /// The revision that it shows.
    pub revision: Revision,
    /// When it was made.
    pub exported_at: Timestamp,
    /// The store that it was made from, as its operator names it.
    pub source: String,
}
