//! Entries into a document, one at a time.
//!
//! Invariant: entries are written in the order given, in bounded memory; what was written reads back equal.

use std::io::{Error, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{SCHEMA, SCHEMA_VERSION, SnapshotHeader};
use crate::model::json::{Cursor, DEPTH_MAX, quote};
use crate::ports::metadata::Entry;

/// Levels of nesting around a value: the document, its entries, the entry.
const LEVELS_AROUND: u32 = 3;

/// A document that is being written. Without [`SnapshotWriter::finish`] it is not valid JSON, so a document that was cut
/// off can be told.
#[derive(Debug)]
pub struct SnapshotWriter<W> {
    out: W,
    first: bool,
}

impl<W: Write> SnapshotWriter<W> {
    /// Begins a document.
    ///
    /// # Errors
    /// The writer's.
    pub fn new(mut out: W, header: &SnapshotHeader) -> Result<Self, Error> {
        let SnapshotHeader { prefix, revision, exported_at, source } = header;
        writeln!(
            out,
            r#"{{"schema":"{SCHEMA}{SCHEMA_VERSION}","prefix":{},"revision":{revision},"exported_at":"{exported_at}","source":{},"#,
            quote(prefix),
            quote(source)
        )?;
        out.write_all(b"\"entries\":[")?;
        Ok(Self { out, first: true })
    }

    /// Writes one entry; they should come in key order, for equal content to give equal bytes. Its lease is left out.
    ///
    /// # Errors
    /// The writer's.
    pub fn entry(&mut self, entry: &Entry) -> Result<(), Error> {
        let Entry { key, value, create_revision, mod_revision, version, lease: _ } = entry;
        self.out.write_all(if self.first { b"\n" } else { b",\n" })?;
        self.first = false;
        write!(
            self.out,
            r#"{{"key":{},"create_revision":{create_revision},"mod_revision":{mod_revision},"version":{version},"#,
            quote(key)
        )?;
        if stands_as_it_is(value) {
            self.out.write_all(b"\"value\":")?;
            self.out.write_all(value)?;
            self.out.write_all(b"}")
        } else {
            write!(self.out, r#""value_base64":"{}"}}"#, STANDARD.encode(value))
        }
    }

    /// Ends the document and gives the writer back, flushed.
    ///
    /// # Errors
    /// The writer's.
    pub fn finish(mut self) -> Result<W, Error> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Writes a whole document.
///
/// # Errors
/// The writer's.
pub fn write<'e>(
    out: &mut impl Write,
    header: &SnapshotHeader,
    entries: impl IntoIterator<Item = &'e Entry>,
) -> Result<(), Error> {
    let mut writer = SnapshotWriter::new(out, header)?;
    for entry in entries {
        writer.entry(entry)?;
    }
    writer.finish().map(drop)
}

/// Whether a value can stand in the document as it is and be found again byte-equal: JSON in UTF-8 without white space
/// around it, on one line, not nested too deep to be read there.
fn stands_as_it_is(value: &[u8]) -> bool {
    let ends_in_space =
        value.first().is_none_or(u8::is_ascii_whitespace) || value.last().is_none_or(u8::is_ascii_whitespace);
    if ends_in_space || memchr::memchr2(b'\n', b'\r', value).is_some() || std::str::from_utf8(value).is_err() {
        return false;
    }
    let mut cursor = Cursor::new(value);
    cursor.skip_value().is_ok() && cursor.end().is_ok() && !may_be_deep(value)
}

/// Whether the value opens so many objects and arrays that they might be nested too deep; brackets in strings count too,
/// which costs nothing but a value in base64.
fn may_be_deep(value: &[u8]) -> bool {
    let open = memchr::memchr2_iter(b'{', b'[', value).take(DEPTH_MAX as usize).count();
    open > (DEPTH_MAX - LEVELS_AROUND) as usize && nesting(value) > DEPTH_MAX - LEVELS_AROUND
}

fn nesting(value: &[u8]) -> u32 {
    let (mut depth, mut deepest) = (0_u32, 0);
    for byte in value {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
