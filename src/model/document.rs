//! A stored JSON object whose fields are edited one at a time, every other byte kept.
//!
//! Invariant: a field that is not set keeps its exact text, known or unknown; so do all fields' order and nested values.

use super::json::{Cursor, JsonError, quote};

/// A JSON object as a list of raw fields in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    fields: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Field {
    name: String,
    /// The key as it stood, with quotes and escapes.
    raw_name: String,
    raw_value: String,
}

/// A stored value is not a JSON object that can be edited.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Not UTF-8.
    #[error("not UTF-8 text")]
    NotUtf8,
    /// Not JSON, or not an object.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The same field twice: nobody can say which one counts.
    #[error("field {0:?} stands there twice")]
    Duplicate(String),
}

/// Whether a stored value starts as a JSON object does. serde reads a struct from an array too, which no stored value is.
#[must_use]
pub fn is_object(bytes: &[u8]) -> bool {
    matches!(Cursor::new(bytes).peek(), Ok(super::json::Kind::Object))
}

impl Document {
    /// Reads an object.
    ///
    /// # Errors
    /// Not an object in UTF-8 JSON, or a field stands there twice.
    pub fn parse(bytes: &[u8]) -> Result<Self, DocumentError> {
        let text = std::str::from_utf8(bytes).map_err(|_| DocumentError::NotUtf8)?;
        let mut fields: Vec<Field> = Vec::new();
        let mut cursor = Cursor::new(text.as_bytes());
        cursor.object::<DocumentError>(|cursor, key| {
            let name = key.decode().into_owned();
            if fields.iter().any(|f| f.name == name) {
                return Err(DocumentError::Duplicate(name));
            }
            let raw_name = format!("\"{}\"", String::from_utf8_lossy(key.raw()));
            let raw_value = String::from_utf8_lossy(cursor.skip_value()?).into_owned();
            fields.push(Field { name, raw_name, raw_value });
            Ok(())
        })?;
        cursor.end()?;
        Ok(Self { fields })
    }

    /// The raw text of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|f| f.name == name).map(|f| f.raw_value.as_str())
    }

    /// The names of the fields in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|f| f.name.as_str())
    }

    /// Sets a field to a JSON value, at its place, or at the end when it is new.
    pub fn set<T: Into<serde_json::Value>>(&mut self, name: &str, value: T) {
        self.set_raw(name, value.into().to_string());
    }

    /// Sets a field to raw JSON text, which must be valid.
    pub fn set_raw(&mut self, name: &str, raw_value: String) {
        match self.fields.iter_mut().find(|f| f.name == name) {
            Some(field) => field.raw_value = raw_value,
            None => self.fields.push(Field { name: name.to_owned(), raw_name: quote(name), raw_value }),
        }
    }

    /// Removes a field; says whether it was there.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.fields.len();
        self.fields.retain(|f| f.name != name);
        self.fields.len() < before
    }

    /// The object in the field `name` as a document of its own; empty if the field is absent or null.
    ///
    /// # Errors
    /// The field holds something else.
    pub fn nested(&self, name: &str) -> Result<Self, DocumentError> {
        match self.get(name) {
            None | Some("null") => Ok(Self::default()),
            Some(raw) => Self::parse(raw.as_bytes()),
        }
    }

    /// The object as compact JSON; raw values keep their own spacing.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::from("{");
        for (i, field) in self.fields.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            out.push_str(&field.raw_name);
            out.push(':');
            out.push_str(&field.raw_value);
        }
        out.push('}');
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn unknown_fields_survive_byte_equal() {
        let text = r#"{"a":1,"x\u0041":{"deep":[1.50, 2e1,"é\/"]},"big":123456789012345678901234567890,"z":null}"#;
        let mut document = Document::parse(text.as_bytes()).unwrap();
        document.set("a", 2);
        document.set("new", "n");
        let edited = document.to_json();
        assert_eq!(edited, text.replacen("\"a\":1", "\"a\":2", 1).replace("null}", "null,\"new\":\"n\"}"));
        assert!(document.remove("new") && !document.remove("new"));
    }

    #[test]
    fn refuses_what_is_no_object() {
        for bad in [&b"[]"[..], b"", b"{", b"{} x", b"\xff{}", b"null", br#"{"a":1,"a":2}"#, br#"{"a":1,"\u0061":2}"#] {
            assert!(Document::parse(bad).is_err(), "{:?}", String::from_utf8_lossy(bad));
        }
    }

    proptest! {
        #[test]
        fn compact_objects_come_back_byte_equal(map in prop::collection::btree_map(".*", any::<f64>(), 0..20)) {
            let text = serde_json::to_string(&map).unwrap();
            prop_assert_eq!(Document::parse(text.as_bytes()).unwrap().to_json(), text);
        }
    }
}
