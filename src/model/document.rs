//! A stored JSON object whose fields are edited one at a time, every other byte kept.
//!
//! Invariant: a field that is not set keeps its exact text, known or unknown; so do all fields' order, nested values, and
//! the white space between them.

use super::json::{Cursor, JsonError, compact, quote, same_value};

/// A JSON object as a list of raw fields in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// White space before the object.
    head: String,
    fields: Vec<Field>,
    /// White space behind the object.
    tail: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Field {
    name: String,
    /// White space before the key.
    lead: String,
    /// The key as it stood, with quotes and escapes.
    raw_name: String,
    /// The colon, with white space round it.
    colon: String,
    raw_value: String,
    /// White space behind the value.
    trail: String,
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

/// Reads a stored value that names its schema.
///
/// # Errors
/// Not a JSON object, or one of another schema, or not what that schema says; in words.
pub fn parse_of_schema<T: serde::de::DeserializeOwned>(value: &[u8], known: &str) -> Result<T, String> {
    #[derive(serde::Deserialize)]
    struct Header {
        schema: Option<String>,
    }
    if !is_object(value) {
        return Err("not a JSON object".to_owned());
    }
    let Header { schema } = serde_json::from_slice(value).map_err(|e| e.to_string())?;
    match schema {
        Some(schema) if schema == known => serde_json::from_slice(value).map_err(|e| e.to_string()),
        Some(other) => Err(format!("its schema {other:?} is not known to this version, which knows {known}")),
        None => Err(format!("it has no schema {known}")),
    }
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
        cursor.peek()?;
        let start = cursor.position();
        // Where the text ends that is accounted for: behind the opening brace, then behind each value.
        let mut end = start + 1;
        cursor.object::<DocumentError>(|cursor, key| {
            let name = key.decode().into_owned();
            if fields.iter().any(|f| f.name == name) {
                return Err(DocumentError::Duplicate(name));
            }
            let raw_name = format!("\"{}\"", String::from_utf8_lossy(key.raw()));
            cursor.peek()?;
            let between = &text[end..cursor.position()];
            let quote = between.find('"').unwrap_or(between.len());
            let (trail, lead) = between[..quote].split_once(',').unwrap_or(("", &between[..quote]));
            if let Some(last) = fields.last_mut() {
                trail.clone_into(&mut last.trail);
            }
            let colon = between.get(quote + raw_name.len()..).unwrap_or(":").to_owned();
            let raw_value = String::from_utf8_lossy(cursor.skip_value()?).into_owned();
            end = cursor.position();
            fields.push(Field { name, lead: lead.to_owned(), raw_name, colon, raw_value, trail: String::new() });
            Ok(())
        })?;
        let close = cursor.position();
        cursor.end()?;
        if let Some(last) = fields.last_mut() {
            text[end..close - 1].clone_into(&mut last.trail);
        }
        Ok(Self { head: text[..start].to_owned(), fields, tail: text[close..].to_owned() })
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
        if let Some(field) = self.fields.iter_mut().find(|f| f.name == name) {
            field.raw_value = raw_value;
            return;
        }
        // A new field stands as the one before it does.
        let (lead, colon, trail) = match self.fields.last_mut() {
            Some(last) => (last.lead.clone(), last.colon.clone(), std::mem::take(&mut last.trail)),
            None => (String::new(), ":".to_owned(), String::new()),
        };
        self.fields.push(Field { name: name.to_owned(), lead, raw_name: quote(name), colon, raw_value, trail });
    }

    /// Removes a field; says whether it was there.
    pub fn remove(&mut self, name: &str) -> bool {
        let Some(at) = self.fields.iter().position(|f| f.name == name) else { return false };
        let removed = self.fields.remove(at);
        if at == self.fields.len()
            && let Some(last) = self.fields.last_mut()
        {
            last.trail = removed.trail;
        }
        true
    }

    /// This object as somebody else's text of it says it should be: fields that mean the same keep their bytes, at any
    /// depth; others are set, new ones come last, and those that are not in `wanted` are removed.
    #[must_use]
    pub fn merged(&self, wanted: &Self) -> Self {
        let mut merged = self.clone();
        for field in &wanted.fields {
            match self.get(&field.name) {
                Some(old) => merged.set_raw(&field.name, merged_value(old, &field.raw_value)),
                None => merged.set_raw(&field.name, compact(&field.raw_value)),
            }
        }
        for name in self.names().filter(|name| wanted.get(name).is_none()) {
            merged.remove(name);
        }
        merged
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

    /// The object as JSON text, as it was read but for what was set.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = self.head.clone();
        out.push('{');
        for (i, field) in self.fields.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            for part in [&field.lead, &field.raw_name, &field.colon, &field.raw_value, &field.trail] {
                out.push_str(part);
            }
        }
        out.push('}');
        out.push_str(&self.tail);
        out
    }
}

/// The text of a value that is `old` now and is to mean what `wanted` does.
fn merged_value(old: &str, wanted: &str) -> String {
    if same_value(old, wanted) {
        return old.to_owned();
    }
    if let (Ok(old), Ok(wanted)) = (Document::parse(old.as_bytes()), Document::parse(wanted.as_bytes())) {
        return old.merged(&wanted).to_json();
    }
    let (Some(olds), Some(wanteds)) = (items(old), items(wanted)) else { return compact(wanted) };
    let kept = olds.iter().zip(&wanteds).take_while(|(old, wanted)| same_value(old, wanted)).count();
    if kept == olds.len() && kept > 0 {
        // Items were appended: what is there stays as it stands.
        let open = old.trim_end().strip_suffix(']').unwrap_or(old).trim_end();
        let new: Vec<String> = wanteds[kept..].iter().map(|item| compact(item)).collect();
        return format!("{open},{}]", new.join(","));
    }
    let item =
        |(i, wanted): (usize, &&str)| olds.get(i).map_or_else(|| compact(wanted), |old| merged_value(old, wanted));
    format!("[{}]", wanteds.iter().enumerate().map(item).collect::<Vec<_>>().join(","))
}

/// The texts of an array's items; `None` if it is no array.
fn items(text: &str) -> Option<Vec<&str>> {
    let mut items = Vec::new();
    let mut cursor = Cursor::new(text.as_bytes());
    let all = cursor.array::<JsonError>(|cursor| {
        cursor.peek()?;
        let start = cursor.position();
        cursor.skip_value()?;
        items.push(&text[start..cursor.position()]);
        Ok(())
    });
    all.ok().map(|()| items)
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

    #[test]
    fn white_space_survives_and_new_fields_follow_it() {
        let text = "\n{ \"a\" : 1 ,\n  \"b\":[ 2,3 ]\n}\n";
        let mut document = Document::parse(text.as_bytes()).unwrap();
        assert_eq!(document.to_json(), text);
        document.set("c", 4);
        assert_eq!(document.to_json(), "\n{ \"a\" : 1 ,\n  \"b\":[ 2,3 ],\n  \"c\":4\n}\n");
        document.remove("c");
        assert_eq!(document.to_json(), text);
    }

    fn merge(old: &str, wanted: &str) -> String {
        let parse = |text: &str| Document::parse(text.as_bytes()).unwrap();
        parse(old).merged(&parse(wanted)).to_json()
    }

    #[test]
    fn merging_keeps_what_means_the_same() {
        let old = r#"{"a":1.50,"x":{"deep":[1.0, 2e1],"k":"\/"},"l":[{"v":1.0 }, {"v":2}],"z":null}"#;
        assert_eq!(merge(old, r#"{"z":null,"l":[{"v":1},{"v":2}],"x":{"k":"/","deep":[1,20]},"a":1.5}"#), old);
        assert_eq!(
            merge(old, r#"{"a":1.5,"x":{"k":"/","deep":[1,21]},"l":[{"v":1},{"v":2},{"v":3, "w":4}],"new":[ 1 ]}"#),
            r#"{"a":1.50,"x":{"deep":[1.0,21],"k":"\/"},"l":[{"v":1.0 }, {"v":2},{"v":3,"w":4}],"new":[1]}"#
        );
        assert_eq!(
            merge(r#"{"l":[{"v":1.0 , "w":1}, 7.0]}"#, r#"{"l":[{"v":1,"w":2},7]}"#),
            r#"{"l":[{"v":1.0 , "w":2},7.0]}"#
        );
        assert_eq!(merge(r#"{"l":[]}"#, r#"{"l":[1, 2]}"#), r#"{"l":[1,2]}"#);
    }

    /// JSON text with odd spacing and spellings.
    fn value() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            Just("true".to_owned()),
            prop::sample::select(vec!["0", "-0", "1.50", "2e1", "1E+2", "-7", "123456789012345678901234567890"])
                .prop_map(str::to_owned),
            any::<String>().prop_map(|text| quote(&text)),
            Just(r#""\u0041\/\n""#.to_owned()),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            let space = prop::sample::select(vec!["", " ", "\n  ", "\t"]);
            let list = (prop::collection::vec(inner.clone(), 0..4), space.clone())
                .prop_map(|(items, s)| format!("[{s}{}{s}]", items.join(&format!("{s},{s}"))));
            let object = (prop::collection::btree_map("[a-z]{1,3}", inner, 0..4), space).prop_map(|(fields, s)| {
                let fields: Vec<String> = fields.iter().map(|(k, v)| format!("\"{k}\"{s}:{s}{v}")).collect();
                format!("{{{s}{}{s}}}", fields.join(&format!("{s},{s}")))
            });
            prop_oneof![list, object]
        })
    }

    fn object() -> impl Strategy<Value = String> {
        let space = prop::sample::select(vec!["", " ", "\n  ", "\t"]);
        (prop::collection::btree_map("[a-z]{1,3}", value(), 1..8), space).prop_map(|(fields, s)| {
            let fields: Vec<String> = fields.iter().map(|(k, v)| format!("\"{k}\"{s}:{s}{v}")).collect();
            format!("{s}{{{s}{}{s}}}{s}", fields.join(&format!("{s},{s}")))
        })
    }

    proptest! {
        #[test]
        fn objects_come_back_byte_equal(text in object()) {
            prop_assert_eq!(Document::parse(text.as_bytes()).unwrap().to_json(), text);
        }

        /// What an editor does: the object is shown in another layout, one field is changed, the whole is merged back.
        #[test]
        fn an_edit_of_one_field_leaves_every_other_byte(text in object(), pick in any::<prop::sample::Index>(), new in value()) {
            let old = Document::parse(text.as_bytes()).unwrap();
            let shown = crate::model::json::pretty(&text).unwrap();
            prop_assert_eq!(old.merged(&Document::parse(shown.as_bytes()).unwrap()).to_json(), text);
            let name = pick.get(&old.names().collect::<Vec<_>>()).to_string();
            let mut edited = Document::parse(shown.as_bytes()).unwrap();
            edited.set_raw(&name, new.clone());
            let merged = old.merged(&edited);
            prop_assert!(same_value(merged.get(&name).unwrap(), &new));
            let mut expected = old.clone();
            expected.set_raw(&name, merged.get(&name).unwrap().to_owned());
            prop_assert_eq!(merged.to_json(), expected.to_json());
        }

        /// A program that reads and writes JSON as values, as `jq` does, changes spellings; none of them reaches the store.
        #[test]
        fn respelling_is_no_edit(text in object()) {
            let value: serde_json::Value = serde_json::from_str(&text.replace("123456789012345678901234567890", "12")).unwrap();
            let old = Document::parse(text.replace("123456789012345678901234567890", "12").as_bytes()).unwrap();
            let merged = old.merged(&Document::parse(value.to_string().as_bytes()).unwrap());
            prop_assert_eq!(merged, old);
        }

        #[test]
        fn compact_objects_come_back_byte_equal(map in prop::collection::btree_map(".*", any::<f64>(), 0..20)) {
            let text = serde_json::to_string(&map).unwrap();
            prop_assert_eq!(Document::parse(text.as_bytes()).unwrap().to_json(), text);
        }
    }
}
