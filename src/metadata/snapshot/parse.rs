//! A document into a header and entries.
//!
//! Invariant: a field that is not known is passed over, at the top and in an entry; a known one that is missing, twice or
//! of the wrong type is an error that names it. Entries leave sorted, on distinct keys, all under the prefix.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{SCHEMA, SCHEMA_VERSION, SnapshotHeader};
use crate::model::json::{Cursor, JsonError};
use crate::model::{Revision, Timestamp};
use crate::ports::Keys;
use crate::ports::metadata::{Entry, KEY_BYTES_MAX, VALUE_BYTES_MAX};

/// Why a document is no snapshot that can be read.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It is something else, or broken.
    NotASnapshot(String),
    /// A newer schema.
    Newer(u64),
}

impl From<JsonError> for Refusal {
    fn from(error: JsonError) -> Self {
        Self::NotASnapshot(error.to_string())
    }
}

fn refuse<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::NotASnapshot(reason.into()))
}

/// A field that may come once.
struct Field<T> {
    name: &'static str,
    value: Option<T>,
}

impl<T> Field<T> {
    fn new(name: &'static str) -> Self {
        Self { name, value: None }
    }

    fn set(&mut self, value: T) -> Result<(), Refusal> {
        match self.value.replace(value) {
            None => Ok(()),
            Some(_) => refuse(format!("field {:?} stands there twice", self.name)),
        }
    }

    fn required(self) -> Result<T, Refusal> {
        let missing = || Refusal::NotASnapshot(format!("field {:?} is missing", self.name));
        self.value.ok_or_else(missing)
    }
}

/// Reads a document.
pub(super) fn document(bytes: &[u8]) -> Result<(SnapshotHeader, Vec<Entry>), Refusal> {
    let Ok(text) = std::str::from_utf8(bytes) else { return refuse("not UTF-8 text") };
    let mut schema = Field::new("schema");
    let mut prefix = Field::new("prefix");
    let mut revision = Field::new("revision");
    let mut exported_at = Field::new("exported_at");
    let mut source = Field::new("source");
    let mut entries = Field::new("entries");
    let mut cursor = Cursor::new(text.as_bytes());
    cursor.object::<Refusal>(|cursor, name| match &*name.decode() {
        "schema" => schema.set(cursor.string()?.decode().into_owned()),
        "prefix" => prefix.set(cursor.skip_value()?),
        "revision" => revision.set(cursor.skip_value()?),
        "exported_at" => exported_at.set(cursor.skip_value()?),
        "source" => source.set(cursor.skip_value()?),
        "entries" => entries.set(cursor.skip_value()?),
        _ => Ok(cursor.skip_value().map(drop)?),
    })?;
    cursor.end()?;
    // Of a newer schema nothing else is looked at: any other field may have changed its meaning.
    check_schema(&schema.required()?)?;
    let header = SnapshotHeader {
        prefix: string("prefix", prefix.required()?)?,
        revision: number("revision", revision.required()?)?,
        exported_at: time(exported_at.required()?)?,
        source: string("source", source.required()?)?,
    };
    let Ok(keys) = Keys::new(&header.prefix) else { return refuse(format!("{:?} is no prefix", header.prefix)) };
    if header.revision == Revision::NONE {
        return refuse("revision 0 never exists");
    }
    let entries = all_entries(entries.required()?, &keys, header.revision)?;
    Ok((header, entries))
}

fn check_schema(schema: &str) -> Result<(), Refusal> {
    match schema.strip_prefix(SCHEMA).and_then(|version| version.parse::<u64>().ok()) {
        Some(SCHEMA_VERSION) => Ok(()),
        Some(newer) if newer > SCHEMA_VERSION => Err(Refusal::Newer(newer)),
        Some(_) | None => refuse(format!("its schema is {schema:?}, not \"{SCHEMA}{SCHEMA_VERSION}\"")),
    }
}

fn all_entries(text: &[u8], keys: &Keys, newest: Revision) -> Result<Vec<Entry>, Refusal> {
    let mut entries: Vec<Entry> = Vec::new();
    let under_prefix = keys.everything();
    Cursor::new(text).array::<Refusal>(|cursor| {
        let entry = entry(cursor)?;
        let Entry { key, create_revision, mod_revision, version, .. } = &entry;
        if !under_prefix.contains(key) || key.len() > KEY_BYTES_MAX {
            return refuse(format!("key {key:?} is too long or not under the prefix {:?}", keys.prefix()));
        }
        if entry.value.len() > VALUE_BYTES_MAX {
            return refuse(format!("the value of {key:?} is too large"));
        }
        if *create_revision == Revision::NONE
            || create_revision > mod_revision
            || *mod_revision > newest
            || *version == 0
        {
            return refuse(format!("the revisions of {key:?} contradict each other"));
        }
        entries.push(entry);
        Ok(())
    })?;
    if !entries.is_sorted_by(|a, b| a.key <= b.key) {
        entries.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    }
    match entries.windows(2).find(|pair| pair[0].key == pair[1].key) {
        Some(pair) => refuse(format!("key {:?} stands there twice", pair[0].key)),
        None => Ok(entries),
    }
}

fn entry(cursor: &mut Cursor<'_>) -> Result<Entry, Refusal> {
    let mut key = Field::new("key");
    let mut create_revision = Field::new("create_revision");
    let mut mod_revision = Field::new("mod_revision");
    let mut version = Field::new("version");
    let mut value = Field::new("value or value_base64");
    cursor.object::<Refusal>(|cursor, name| match &*name.decode() {
        "key" => key.set(cursor.string()?.decode().into_owned()),
        "create_revision" => create_revision.set(number("create_revision", cursor.number()?)?),
        "mod_revision" => mod_revision.set(number("mod_revision", cursor.number()?)?),
        "version" => version.set(number("version", cursor.number()?)?.0),
        "value" => value.set(cursor.skip_value()?.to_vec()),
        "value_base64" => {
            let Ok(bytes) = STANDARD.decode(&*cursor.string()?.decode()) else {
                return refuse("a value_base64 that is not base64");
            };
            value.set(bytes)
        }
        _ => Ok(cursor.skip_value().map(drop)?),
    })?;
    Ok(Entry {
        key: key.required()?,
        value: value.required()?,
        create_revision: create_revision.required()?,
        mod_revision: mod_revision.required()?,
        version: version.required()?,
        lease: None,
    })
}

fn string(name: &str, raw: &[u8]) -> Result<String, Refusal> {
    match Cursor::new(raw).string() {
        Ok(text) => Ok(text.decode().into_owned()),
        Err(_) => refuse(format!("field {name:?} is not a string")),
    }
}

/// A whole number that SQLite's integers hold too.
fn number(name: &str, raw: &[u8]) -> Result<Revision, Refusal> {
    let parsed = std::str::from_utf8(raw).ok().and_then(|text| text.parse::<u64>().ok());
    match parsed.filter(|number| i64::try_from(*number).is_ok()) {
        Some(number) => Ok(Revision(number)),
        None => refuse(format!("field {name:?} is not a whole number in range")),
    }
}

fn time(raw: &[u8]) -> Result<Timestamp, Refusal> {
    serde_json::from_slice(raw).or_else(|_| refuse("field \"exported_at\" is not an RFC 3339 time"))
}
