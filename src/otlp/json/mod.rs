//! OTLP/JSON: one pass over the text, in any order of fields, nothing built.
//!
//! Keys are camelCase or snake_case; `null` anywhere means absent; integers are numbers or strings.
//!
//! Invariant: a value is either taken whole and counted once, or leaves no trace in the batch.

mod details;
mod fields;
mod metric;
mod record;
mod request;
mod value;

pub(super) use details::{attributes, details, id_of_span};

use super::batch::Batch;
use super::layout::Level;
use crate::model::json::{Cursor, JsonError, Kind, Problem};

/// Why a value was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Not JSON, or a field of the wrong type.
    Json(JsonError),
    /// Profiles.
    Profiles,
}

impl From<JsonError> for Refusal {
    fn from(error: JsonError) -> Self {
        Self::Json(error)
    }
}

/// Takes one export request, an object.
pub(super) fn read_request(cursor: &mut Cursor<'_>, batch: &mut Batch) -> Result<(), Refusal> {
    let mark = batch.begin();
    let result = request::request(cursor, batch);
    match result {
        Ok(request::Outcome::Otlp) => batch.finish(mark),
        Ok(request::Outcome::Unrecognised) => {
            batch.roll_back(mark);
            batch.unrecognised();
        }
        Err(_) => batch.roll_back(mark),
    }
    result.map(drop)
}

/// Takes all values of a text: export requests one after the other, or arrays of them.
pub(super) fn read_values(text: &[u8], batch: &mut Batch) -> Result<(), Refusal> {
    let mut cursor = Cursor::new(text);
    while cursor.end().is_err() {
        match cursor.peek()? {
            Kind::Array => list(&mut cursor, |cursor| read_request(cursor, batch))?,
            Kind::Object | Kind::String | Kind::Number | Kind::Bool | Kind::Null => read_request(&mut cursor, batch)?,
        }
    }
    Ok(())
}

/// A value of the wrong type, here.
#[cold]
fn wrong_type(cursor: &Cursor<'_>) -> Refusal {
    Refusal::Json(JsonError { problem: Problem::WrongType, at: cursor.position() })
}

/// Takes an array or `null` into which the entries of an entry of `level` go; `item` is called for each that is not `null`.
fn entries<'a>(
    cursor: &mut Cursor<'a>,
    batch: &mut Batch,
    level: Level,
    mut item: impl FnMut(&mut Cursor<'a>, &mut Batch) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    if cursor.peek()? != Kind::Array {
        return list(cursor, |cursor| item(cursor, batch));
    }
    batch.layout_mut().begin_hole(level, cursor.position() + 1);
    list(cursor, |cursor| item(cursor, batch))?;
    batch.layout_mut().end_hole(level, cursor.position() - 1);
    Ok(())
}

/// Takes an array or `null`; `item` is called for each item that is not `null`.
fn list<'a>(
    cursor: &mut Cursor<'a>,
    mut item: impl FnMut(&mut Cursor<'a>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    match cursor.peek()? {
        Kind::Array => cursor.array(|cursor| if cursor.null()? { Ok(()) } else { item(cursor) }),
        Kind::Null => Ok(cursor.null().map(drop)?),
        Kind::Object | Kind::String | Kind::Number | Kind::Bool => Err(wrong_type(cursor)),
    }
}
