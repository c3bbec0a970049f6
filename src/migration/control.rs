//! What an operator tells the executor, from any host: `rebalance/control`.
//!
//! Invariant: an abort names operations or one execution, never partitions: what was asked of one operation cannot hit the
//! next one on the same partition.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::document::parse_of_schema;
use crate::model::{Document, Revision, Timestamp};

/// The schema that this version writes.
pub const CONTROL_SCHEMA: &str = "otlp-part/rebalance-control/v1";

/// Who said it, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What the executor is told. An absent key, like an absent field, says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    /// [`CONTROL_SCHEMA`].
    #[serde(default)]
    pub schema: String,
    /// Nothing new starts while this is there.
    #[serde(default)]
    pub paused: Option<Said>,
    /// `auto-rebalance` begins nothing while this is there.
    #[serde(default)]
    pub auto_paused: Option<Said>,
    /// Bytes a second for each node and direction; 0 = no limit; `None` = as the command line says.
    #[serde(default)]
    pub bandwidth_bytes_per_second: Option<u64>,
    /// Copies at a time per node; `None` = as the command line says.
    #[serde(default)]
    pub max_concurrent: Option<u32>,
    /// Operations that are to be undone, by their ids.
    #[serde(default)]
    pub abort_operations: BTreeSet<String>,
    /// The execution (`create_revision` of its lock) that is to undo all that it copies, and start nothing more.
    #[serde(default)]
    pub abort_execution: Option<u64>,
}

impl Control {
    /// Reads the stored value.
    ///
    /// # Errors
    /// Not the JSON of a control, or of a newer schema, in words: whoever reads it must not guess.
    pub fn parse(value: &[u8]) -> Result<Self, String> {
        parse_of_schema(value, CONTROL_SCHEMA)
    }

    /// Puts it into a stored value, of which every field that it does not know stays as it is.
    ///
    /// # Errors
    /// It cannot be written as JSON, in words.
    pub fn put_into(&self, document: &mut Document) -> Result<(), String> {
        let own = Self { schema: CONTROL_SCHEMA.to_owned(), ..self.clone() };
        let text = serde_json::to_string(&own).map_err(|e| e.to_string())?;
        let own = Document::parse(text.as_bytes()).map_err(|e| e.to_string())?;
        for name in own.names() {
            if document.get(name) != own.get(name) {
                document.set_raw(name, own.get(name).unwrap_or("null").to_owned());
            }
        }
        Ok(())
    }

    /// Whether an operation is to be undone by the execution with this lock.
    #[must_use]
    pub fn aborts(&self, operation_id: &str, lock: Revision) -> bool {
        self.ends(lock) || self.abort_operations.contains(operation_id)
    }

    /// Whether the execution with this lock is to start nothing more.
    #[must_use]
    pub fn ends(&self, lock: Revision) -> bool {
        self.abort_execution == Some(lock.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_does_not_know_stays() {
        let stored = r#"{"schema":"otlp-part/rebalance-control/v1","later":{"x":1.50},"max_concurrent":2}"#;
        let mut control = Control::parse(stored.as_bytes()).unwrap();
        assert_eq!(control.max_concurrent, Some(2));
        control.abort_operations.insert("op1".to_owned());
        control.max_concurrent = None;
        let mut document = Document::parse(stored.as_bytes()).unwrap();
        control.put_into(&mut document).unwrap();
        let text = document.to_json();
        assert!(text.contains(r#""later":{"x":1.50}"#) && text.contains(r#""max_concurrent":null"#), "{text}");
        assert_eq!(Control::parse(text.as_bytes()).unwrap(), control);
    }

    #[test]
    fn an_abort_is_of_one_operation_or_one_execution() {
        let control = Control { abort_operations: ["a".to_owned()].into(), ..Control::default() };
        assert!(control.aborts("a", Revision(5)) && !control.aborts("b", Revision(5)) && !control.ends(Revision(5)));
        let control = Control { abort_execution: Some(5), ..Control::default() };
        assert!(control.aborts("b", Revision(5)) && !control.aborts("b", Revision(6)) && control.ends(Revision(5)));
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        for bad in ["", "[]", "{}", r#"{"schema":"otlp-part/rebalance-control/v2"}"#] {
            assert!(Control::parse(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
