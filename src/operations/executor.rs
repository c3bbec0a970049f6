//! What is recorded of the executor of moves: its lock, its journals, and the automatic rebalancing.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::ports::Keys;
use crate::ports::metadata::{Entry, KeyRange};

/// Who holds the executor's lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockHolder {
    /// The stored value, as it is.
    pub raw: String,
    /// The user.
    pub user: Option<String>,
    /// The host.
    pub host: Option<String>,
    /// Since when.
    pub since: Option<String>,
}

impl LockHolder {
    fn of(entry: &Entry) -> Self {
        let value: Value = serde_json::from_slice(&entry.value).unwrap_or_default();
        let text = |names: &[&str]| names.iter().find_map(|name| value.get(name)?.as_str().map(str::to_owned));
        Self {
            raw: String::from_utf8_lossy(&entry.value).into_owned(),
            user: text(&["user", "actor"]),
            host: text(&["host"]),
            since: text(&["started_at", "start", "since"]),
        }
    }
}

/// "held by ann@desk since …"
impl std::fmt::Display for LockHolder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.user, &self.host) {
            (Some(user), Some(host)) => write!(f, "held by {user}@{host}")?,
            (Some(name), None) | (None, Some(name)) => write!(f, "held by {name}")?,
            (None, None) => f.write_str("held by somebody who does not say who")?,
        }
        self.since.as_ref().map_or(Ok(()), |since| write!(f, " since {since}"))
    }
}

/// What is recorded of the executor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExecutorView {
    /// The holder of its lock; `None` = free.
    pub lock: Option<LockHolder>,
    /// Operations in flight by phase.
    pub by_phase: BTreeMap<String, u64>,
    /// What the automatic rebalancing was told; `None` = nothing is recorded.
    pub control: Option<Value>,
    /// What it says of itself.
    pub status: Option<Value>,
}

impl ExecutorView {
    /// The ranges that [`ExecutorView::of`] takes, in its order.
    #[must_use]
    pub fn ranges(keys: &Keys) -> [KeyRange; 4] {
        let single = |name: &str| KeyRange::single(&format!("{}/rebalance/{name}", keys.prefix()));
        [KeyRange::single(&keys.rebalance_lock()), keys.migrations(), single("control"), single("status")]
    }

    /// From what was read of [`ExecutorView::ranges`].
    #[must_use]
    pub fn of(lists: &[Vec<Entry>]) -> Self {
        let list = |n: usize| lists.get(n).map(Vec::as_slice).unwrap_or_default();
        let value = |entry: &Entry| {
            let text = || Value::from(String::from_utf8_lossy(&entry.value).into_owned());
            serde_json::from_slice(&entry.value).unwrap_or_else(|_| text())
        };
        let mut by_phase = BTreeMap::new();
        for entry in list(1) {
            let phase = value(entry).get("phase").and_then(Value::as_str).unwrap_or("unreadable").to_owned();
            *by_phase.entry(phase).or_default() += 1;
        }
        Self {
            lock: list(0).first().map(LockHolder::of),
            by_phase,
            control: list(2).first().map(value),
            status: list(3).first().map(value),
        }
    }

    /// Operations in flight.
    #[must_use]
    pub fn in_flight(&self) -> u64 {
        self.by_phase.values().sum()
    }
}

/// The first fields of a value on one line: `paused true, bandwidth 100`.
#[must_use]
pub fn in_words(value: &Value) -> String {
    const FIELDS_MAX: usize = 4;
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match value {
        Value::Object(fields) => {
            let shown =
                fields.iter().filter(|(name, value)| *name != "schema" && !value.is_object() && !value.is_array());
            shown
                .take(FIELDS_MAX)
                .map(|(name, value)| format!("{name} {}", plain(value)))
                .collect::<Vec<_>>()
                .join(", ")
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => plain(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::create::entry;

    #[test]
    fn the_lock_is_told_in_words() {
        for (value, words) in [
            (
                r#"{"user":"ann","host":"desk","started_at":"2025-11-05T15:00:00Z"}"#,
                "held by ann@desk since 2025-11-05T15:00:00Z",
            ),
            (r#"{"host":"desk"}"#, "held by desk"),
            ("somebody", "held by somebody who does not say who"),
            (r#"{"user":5}"#, "held by somebody who does not say who"),
        ] {
            let view = ExecutorView::of(&[vec![entry("/otlp/rebalance/lock".into(), value.into())]]);
            assert_eq!(view.lock.unwrap().to_string(), words);
        }
        assert_eq!(ExecutorView::of(&[]), ExecutorView::default());
    }

    #[test]
    fn journals_are_counted_by_phase() {
        let journal = |value: &str| entry("/otlp/migrations/x".into(), value.into());
        let list = vec![journal(r#"{"phase":"Copying"}"#), journal(r#"{"phase":"Copying"}"#), journal("x")];
        let view = ExecutorView::of(&[vec![], list]);
        assert_eq!(view.by_phase, BTreeMap::from([("Copying".to_owned(), 2), ("unreadable".to_owned(), 1)]));
        assert_eq!(view.in_flight(), 3);
        assert_eq!(
            in_words(&serde_json::json!({"schema": "x", "paused": true, "by": "ann", "moves": []})),
            "paused true, by ann"
        );
    }
}
