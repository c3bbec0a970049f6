//! What differs between two copies of everything.
//!
//! Invariant: keys are compared below their prefixes, so that copies under different prefixes compare; both lists are in
//! key order, and are walked once.

use std::cmp::Ordering;

use crate::model::Document;
use crate::model::json::quote;
use crate::ports::metadata::Entry;

use super::change::{FieldChange, field_changes};

/// One side of a comparison: a prefix, and the entries under it in key order.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The prefix of all keys, without a final `/`.
    pub prefix: &'a str,
    /// The entries.
    pub entries: &'a [Entry],
}

/// What is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiffOptions {
    /// Also the audit trail.
    pub audit: bool,
    /// Also the revisions of keys whose values are equal.
    pub revisions: bool,
}

/// How a key differs.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyDifference<'a> {
    /// It is in the second copy alone.
    Added(&'a Entry),
    /// It is in the first copy alone.
    Removed(&'a Entry),
    /// It has other values; with the fields that differ, or one field `value` if one of them is no JSON object.
    Changed(Vec<FieldChange>),
}

/// Visits every key that differs, without its prefix, in key order.
///
/// # Errors
/// What `visit` says.
pub fn differences<'a, E>(
    first: Side<'a>,
    second: Side<'a>,
    options: DiffOptions,
    mut visit: impl FnMut(&'a str, KeyDifference<'a>) -> Result<(), E>,
) -> Result<(), E> {
    let (mut left, mut right) = (first.keys(options), second.keys(options));
    let (mut a, mut b) = (left.next(), right.next());
    loop {
        let order = match (a, b) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((left, _)), Some((right, _))) => left.cmp(right),
        };
        match (order, a, b) {
            (Ordering::Less, Some((key, before)), _) => visit(key, KeyDifference::Removed(before))?,
            (Ordering::Greater, _, Some((key, after))) => visit(key, KeyDifference::Added(after))?,
            (_, Some((key, before)), Some((_, after))) => {
                if let Some(fields) = changes(before, after, options) {
                    visit(key, KeyDifference::Changed(fields))?;
                }
            }
            (_, None, _) | (_, _, None) => {}
        }
        if order.is_le() {
            a = left.next();
        }
        if order.is_ge() {
            b = right.next();
        }
    }
}

impl<'a> Side<'a> {
    fn keys(self, options: DiffOptions) -> impl Iterator<Item = (&'a str, &'a Entry)> {
        let named = move |entry: &'a Entry| {
            let key = entry.key.strip_prefix(self.prefix)?.strip_prefix('/')?;
            (options.audit || !key.starts_with("audit/")).then_some((key, entry))
        };
        self.entries.iter().filter_map(named)
    }
}

/// The fields in which two values of a key differ; `None` if they are equal.
fn changes(before: &Entry, after: &Entry, options: DiffOptions) -> Option<Vec<FieldChange>> {
    if before.value == after.value {
        let moved = options.revisions && before.mod_revision != after.mod_revision;
        let (before, after) = (before.mod_revision.to_string(), after.mod_revision.to_string());
        let field = || FieldChange { field: "mod_revision".to_owned(), before: Some(before), after: Some(after) };
        return moved.then(|| vec![field()]);
    }
    let fields = match (Document::parse(&before.value), Document::parse(&after.value)) {
        (Ok(before), Ok(after)) => field_changes(&before, &after),
        (Ok(_) | Err(_), _) => Vec::new(),
    };
    if !fields.is_empty() {
        return Some(fields);
    }
    // No JSON objects, or the same fields with other white space or in another order: the texts are what differs.
    let text = |entry: &Entry| Some(quote(&String::from_utf8_lossy(&entry.value)));
    Some(vec![FieldChange { field: "value".to_owned(), before: text(before), after: text(after) }])
}

/// A value as JSON: as it stands if it is an object, else as text.
#[must_use]
pub fn raw_value(entry: &Entry) -> String {
    let text = String::from_utf8_lossy(&entry.value);
    if Document::parse(&entry.value).is_ok() { text.into_owned() } else { quote(&text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Revision;
    use crate::operations::create::entry;

    fn told(prefixes: (&str, &str), a: &[Entry], b: &[Entry], options: DiffOptions) -> Vec<String> {
        let mut told = Vec::new();
        let (a, b) = (Side { prefix: prefixes.0, entries: a }, Side { prefix: prefixes.1, entries: b });
        let done = differences(a, b, options, |key, difference| {
            told.push(match difference {
                KeyDifference::Added(_) => format!("+ {key}"),
                KeyDifference::Removed(_) => format!("- {key}"),
                KeyDifference::Changed(fields) => {
                    let names: Vec<_> = fields.into_iter().map(|f| f.field).collect();
                    format!("~ {key} {}", names.join(","))
                }
            });
            Ok::<(), ()>(())
        });
        done.unwrap();
        told
    }

    fn of(prefix: &str, keys: &[(&str, &str)]) -> Vec<Entry> {
        keys.iter().map(|(key, value)| entry(format!("{prefix}/{key}"), (*value).to_owned())).collect()
    }

    #[test]
    fn keys_and_fields() {
        let a = of("/otlp", &[("audit/1", "{}"), ("cluster", r#"{"a":1,"b":2}"#), ("nodes/a", "{}"), ("x", "text")]);
        let b =
            of("/x/y", &[("audit/2", "{}"), ("cluster", r#"{"a":1,"b":3,"c":4}"#), ("nodes/b", "{ }"), ("x", "other")]);
        let plain = DiffOptions::default();
        assert_eq!(told(("/otlp", "/x/y"), &a, &b, plain), ["~ cluster b,c", "- nodes/a", "+ nodes/b", "~ x value"]);
        let audit = told(("/otlp", "/x/y"), &a, &b, DiffOptions { audit: true, revisions: false });
        assert_eq!(audit[..2], ["- audit/1", "+ audit/2"]);
        assert_eq!(told(("/otlp", "/otlp"), &a, &a, plain), Vec::<String>::new());
        let spaced = of("/otlp", &[("k", r#"{"a": 1}"#)]);
        assert_eq!(told(("/otlp", "/otlp"), &spaced, &of("/otlp", &[("k", r#"{"a":1}"#)]), plain), ["~ k value"]);
    }

    #[test]
    fn revisions_count_only_when_asked() {
        let a = of("/otlp", &[("k", "{}")]);
        let mut b = a.clone();
        b[0].mod_revision = Revision(9);
        assert!(told(("/otlp", "/otlp"), &a, &b, DiffOptions::default()).is_empty());
        let asked = DiffOptions { audit: false, revisions: true };
        assert_eq!(told(("/otlp", "/otlp"), &a, &b, asked), ["~ k mod_revision"]);
    }

    proptest! {
        /// Against sets: every key of either side is told once, in order, unless it is equal in both.
        #[test]
        fn as_sets_say(a in prop::collection::btree_map("[a-d/]{1,3}", 0..3, 0..12), b in prop::collection::btree_map("[a-d/]{1,3}", 0..3, 0..12)) {
            let entries = |map: &std::collections::BTreeMap<String, i32>| -> Vec<Entry> {
                map.iter().map(|(key, value)| entry(format!("/p/{key}"), format!("{{\"v\":{value}}}"))).collect()
            };
            let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            let expected: Vec<String> = keys.into_iter().filter_map(|key| match (a.get(key), b.get(key)) {
                (Some(x), Some(y)) if x == y => None,
                (Some(_), Some(_)) => Some(format!("~ {key} v")),
                (Some(_), None) => Some(format!("- {key}")),
                (None, _) => Some(format!("+ {key}")),
            }).collect();
            prop_assert_eq!(told(("/p", "/p"), &entries(&a), &entries(&b), DiffOptions::default()), expected);
        }
    }
}
