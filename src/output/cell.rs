//! Cells: one value in the two forms that it is shown in.

use serde_json::Value;

use crate::model::{ByteSize, Timestamp};

/// A column of a row listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The field's name, as in JSON; the table's heading is made of it.
    pub name: &'static str,
    /// Whether numbers stand there, which are aligned to the right.
    pub numeric: bool,
    /// Whether the default table leaves it out; `--columns`, CSV and JSON have it.
    pub extra: bool,
    /// Whether a table cuts its text to what fits, rather than leaving the column out. Only of the last column.
    pub shrinks: bool,
}

impl Column {
    /// A column of text.
    #[must_use]
    pub const fn text(name: &'static str) -> Self {
        Self { name, numeric: false, extra: false, shrinks: false }
    }

    /// A column of numbers.
    #[must_use]
    pub const fn number(name: &'static str) -> Self {
        Self { name, numeric: true, extra: false, shrinks: false }
    }

    /// The same column, left out of the default table.
    #[must_use]
    pub const fn extra(self) -> Self {
        Self { extra: true, ..self }
    }

    /// The same column, cut to what fits in a table that is too wide.
    #[must_use]
    pub const fn shrinks(self) -> Self {
        Self { shrinks: true, ..self }
    }

    /// The heading: upper case, spaces for underscores, without the unit that the cells show themselves.
    #[must_use]
    pub fn heading(self) -> String {
        let name = ["_bytes", "_nanos"].iter().find_map(|unit| self.name.strip_suffix(unit)).unwrap_or(self.name);
        name.to_uppercase().replace('_', " ")
    }
}

/// How a cell stands out on a terminal with colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Not at all.
    #[default]
    Plain,
    /// Good.
    Good,
    /// Look at this.
    Warn,
    /// Wrong.
    Bad,
}

/// The most characters of a cell that is shortened.
const HUMAN_MAX: usize = 60;

/// One value: for people in tables, raw in CSV.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What a table shows.
    pub human: String,
    /// What CSV, sorting and `-o value` take.
    pub raw: Value,
    /// Its tone.
    pub tone: Tone,
}

impl Cell {
    fn new(human: String, raw: Value) -> Self {
        Self { human, raw, tone: Tone::Plain }
    }

    /// Text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::new(text.clone(), Value::from(text))
    }

    /// Text that may be absent.
    #[must_use]
    pub fn maybe(text: Option<impl Into<String>>) -> Self {
        text.map_or_else(Self::none, Self::text)
    }

    /// Nothing: `-` in tables, empty in CSV, null in JSON.
    #[must_use]
    pub fn none() -> Self {
        Self::new("-".to_owned(), Value::Null)
    }

    /// A number.
    #[must_use]
    pub fn number(number: impl Into<u64>) -> Self {
        let number = number.into();
        Self::new(number.to_string(), Value::from(number))
    }

    /// A signed number.
    #[must_use]
    pub fn signed(number: i64) -> Self {
        Self::new(number.to_string(), Value::from(number))
    }

    /// Bytes: with a unit in tables, plain elsewhere.
    #[must_use]
    pub fn bytes(bytes: u64) -> Self {
        Self::new(ByteSize(bytes).to_string(), Value::from(bytes))
    }

    /// Bytes that may be unknown.
    #[must_use]
    pub fn maybe_bytes(bytes: Option<u64>) -> Self {
        bytes.map_or_else(Self::none, Self::bytes)
    }

    /// A time; tables leave the seconds of a whole minute out.
    #[must_use]
    pub fn time(time: Timestamp) -> Self {
        let full = time.to_string();
        let human = full.strip_suffix(":00Z").map_or_else(|| full.clone(), |minutes| format!("{minutes}Z"));
        Self::new(human, Value::from(full))
    }

    /// The time of an event; tables show whole seconds.
    #[must_use]
    pub fn moment(time: Timestamp) -> Self {
        Self::new(Timestamp::from_seconds(time.seconds()).to_string(), Value::from(time.to_string()))
    }

    /// A share: per cent in tables, a fraction elsewhere.
    #[must_use]
    pub fn share(share: f64) -> Self {
        Self::new(format!("{:.2} %", share * 100.0), Value::from(share))
    }

    /// A decimal number.
    #[must_use]
    pub fn decimal(number: f64) -> Self {
        Self::new(number.to_string(), Value::from(number))
    }

    /// Yes or no.
    #[must_use]
    pub fn flag(flag: bool) -> Self {
        Self::new(if flag { "yes" } else { "no" }.to_owned(), Value::from(flag))
    }

    /// A JSON value: text without quotes, nothing as `-`, anything else as JSON.
    #[must_use]
    pub fn json(value: &Value) -> Self {
        let human = match value {
            Value::Null => "-".to_owned(),
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
        };
        Self::new(human, value.clone())
    }

    /// A list of words: with commas in tables, semicolons in CSV, an array in JSON.
    #[must_use]
    pub fn list(items: impl IntoIterator<Item = String>) -> Self {
        let items: Vec<String> = items.into_iter().collect();
        let human = if items.is_empty() { "-".to_owned() } else { items.join(",") };
        Self::new(human, Value::from(items))
    }

    /// The same cell, of which a table shows the beginning if it is long.
    #[must_use]
    pub fn shortened(mut self) -> Self {
        if let Some((cut, _)) = self.human.char_indices().nth(HUMAN_MAX) {
            self.human.truncate(cut);
            self.human.push_str("...");
        }
        self
    }

    /// The same cell in another tone.
    #[must_use]
    pub fn toned(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The raw value as CSV and `-o value` print it.
    #[must_use]
    pub fn raw_text(&self) -> String {
        raw_text(&self.raw)
    }
}

/// A JSON value as plain text: strings without quotes, null as nothing, arrays with semicolons.
#[must_use]
pub(super) fn raw_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|i| !i.is_object() && !i.is_array()) => {
            items.iter().map(raw_text).collect::<Vec<_>>().join(";")
        }
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// One row of a listing.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its own id, for `-o name`.
    pub name: String,
    /// A cell for each column.
    pub cells: Vec<Cell>,
    /// The whole object, for JSON; `None` = made of the cells.
    pub json: Option<Value>,
}

impl Row {
    /// A row whose JSON object is made of its cells, in their order.
    #[must_use]
    pub fn new(name: impl Into<String>, cells: Vec<Cell>) -> Self {
        Self { name: name.into(), cells, json: None }
    }

    /// A row with a JSON object of its own.
    #[must_use]
    pub fn with_json(name: impl Into<String>, cells: Vec<Cell>, json: Value) -> Self {
        Self { name: name.into(), cells, json: Some(json) }
    }
}
