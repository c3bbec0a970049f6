//! Which signal a request carries, told by its records.
//!
//! Field numbers and wire types that only one of the record types has:
//!
//! | record | only it has |
//! |---|---|
//! | span | 7, 8 fixed64 (start, end); 4 bytes (parent); 10, 12, 14 varint; 13, 15 bytes; 16 fixed32 |
//! | log record | 1, 11 fixed64 (times); 2, 7 varint; 8 fixed32; 6 bytes (attributes) |
//! | profile | 3 fixed64 (time) |
//! | metric | none; but a name (1), or data (5, 7, 9, 10, 11), and nothing of the above |

use super::wire::{Field, Message, WireError};
use crate::model::Signal;

/// What a request carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// No record.
    Empty,
    /// Records of this signal.
    Records(Signal),
    /// Profiles.
    Profiles,
    /// Records that are none of these.
    Unrecognised,
}

/// Looks for the first record that tells.
pub(super) fn content(request: Message<'_>) -> Result<Content, WireError> {
    let mut content = Content::Empty;
    let mut request = request;
    while let Some((number, field)) = request.field()? {
        match (number, field) {
            (1, Field::Bytes(resource)) => {
                let found = in_resource(resource)?;
                match found {
                    Content::Records(_) | Content::Profiles => return Ok(found),
                    Content::Unrecognised => content = found,
                    Content::Empty => {}
                }
            }
            // The dictionary of profiles.
            (2, Field::Bytes(_)) => return Ok(Content::Profiles),
            (_, Field::Varint(_) | Field::Fixed64(_) | Field::Fixed32 | Field::Bytes(_) | Field::Group) => {
                content = Content::Unrecognised;
            }
        }
    }
    Ok(content)
}

fn in_resource(resource: Message<'_>) -> Result<Content, WireError> {
    let mut content = Content::Empty;
    let mut resource = resource;
    while let Some((number, field)) = resource.field()? {
        let (2 | 1000, Field::Bytes(mut scope)) = (number, field) else { continue };
        while let Some((number, field)) = scope.field()? {
            let (2, Field::Bytes(record)) = (number, field) else { continue };
            match of_record(record)? {
                Some(found) => return Ok(found),
                None => content = Content::Unrecognised,
            }
        }
    }
    Ok(content)
}

/// What kind of record this is, if its fields tell.
fn of_record(record: Message<'_>) -> Result<Option<Content>, WireError> {
    let mut first: Option<Message<'_>> = None;
    let mut has_span_id = false;
    let mut has_data = false;
    let mut has_body = false;
    let mut record = record;
    while let Some((number, field)) = record.field()? {
        match (number, field) {
            (7 | 8, Field::Fixed64(_)) | (4 | 13 | 15, Field::Bytes(_)) | (16, Field::Fixed32) => {
                return Ok(Some(Content::Records(Signal::Traces)));
            }
            (10 | 12 | 14, Field::Varint(_)) => return Ok(Some(Content::Records(Signal::Traces))),
            (1 | 11, Field::Fixed64(_)) | (2 | 7, Field::Varint(_)) | (8, Field::Fixed32) | (6, Field::Bytes(_)) => {
                return Ok(Some(Content::Records(Signal::Logs)));
            }
            (3, Field::Fixed64(_)) => return Ok(Some(Content::Profiles)),
            (1, Field::Bytes(bytes)) => first = Some(bytes),
            (2, Field::Bytes(bytes)) => has_span_id = bytes.bytes().len() == 8,
            (5, Field::Bytes(_)) => {
                has_body = true;
                has_data = true;
            }
            (7 | 9 | 10 | 11, Field::Bytes(_)) => has_data = true,
            (_, Field::Varint(_) | Field::Fixed64(_) | Field::Fixed32 | Field::Bytes(_) | Field::Group) => {}
        }
    }
    Ok(match first {
        // A span without any time, or a metric whose name has 16 letters and whose description has 8.
        Some(id) if id.bytes().len() == 16 && has_span_id && !is_printable(id.bytes()) => {
            Some(Content::Records(Signal::Traces))
        }
        Some(_) => Some(Content::Records(Signal::Metrics)),
        None if has_body => Some(Content::Records(Signal::Logs)),
        None if has_data => Some(Content::Records(Signal::Metrics)),
        None => None,
    })
}

/// Whether it reads as a name.
fn is_printable(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| !text.chars().any(char::is_control))
}
