//! Printing rows in every format, streaming.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::cell::{Column, Row, raw_text};
use super::escape::{escape_json, escape_text};
use super::format::{Format, Style};
use super::{sort, table};

/// Rows of a table that are laid out together.
const BLOCK_ROWS: usize = 1_000;

/// Output failed.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The reader of stdout is gone: end quietly.
    #[error("the output was closed")]
    Closed,
    /// Writing failed: a full disk, say.
    #[error("cannot write the output: {0}")]
    Io(io::Error),
    /// `--columns`, `--sort` or `-o value=` names a field that is not there.
    #[error("there is no field {field:?}; there are: {known}")]
    UnknownField {
        /// The name given.
        field: String,
        /// The names that exist.
        known: String,
    },
    /// The format does not fit what is printed.
    #[error("-o {0} does not fit this output")]
    Unfit(&'static str),
}

impl From<io::Error> for OutputError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe { Self::Closed } else { Self::Io(error) }
    }
}

/// Prints data to stdout (or where it is told to) in one style.
pub struct Printer<'w> {
    out: &'w mut dyn Write,
    style: Style,
}

impl<'w> Printer<'w> {
    /// A printer.
    pub fn new(out: &'w mut dyn Write, style: Style) -> Self {
        Self { out, style }
    }

    /// The style.
    #[must_use]
    pub fn style(&self) -> &Style {
        &self.style
    }

    /// The bare output, for bytes made elsewhere.
    pub fn raw(&mut self) -> &mut dyn Write {
        self.out
    }

    /// Starts a listing. The first column is the row's id.
    ///
    /// # Errors
    /// `--columns` or `--sort` names an unknown field.
    pub fn rows<'p>(&'p mut self, columns: &[Column]) -> Result<RowWriter<'p, 'w>, OutputError> {
        RowWriter::new(self, columns, &[])
    }

    /// Starts a listing that stands beside another one: `--columns` and `--sort` may name the other's fields.
    ///
    /// # Errors
    /// They name a field of neither.
    pub fn rows_beside<'p>(
        &'p mut self,
        columns: &[Column],
        others: &[Column],
    ) -> Result<RowWriter<'p, 'w>, OutputError> {
        RowWriter::new(self, columns, others)
    }

    /// Starts a listing of totals beside the listing of what they are made of: `--limit` does not cut it.
    ///
    /// # Errors
    /// As [`Printer::rows_beside`].
    pub fn totals<'p>(&'p mut self, columns: &[Column], others: &[Column]) -> Result<RowWriter<'p, 'w>, OutputError> {
        let mut rows = RowWriter::new(self, columns, others)?;
        rows.limit = None;
        Ok(rows)
    }

    /// Prints one JSON document: pretty for `json` on a terminal, else on one line.
    ///
    /// # Errors
    /// The output is closed or full; the format is none that fits.
    pub fn document(&mut self, json: &Value) -> Result<(), OutputError> {
        let text = match &self.style.format {
            Format::Json if self.style.terminal => serde_json::to_string_pretty(json),
            Format::Table | Format::Json | Format::Ndjson => serde_json::to_string(json),
            Format::Csv => return Err(OutputError::Unfit("csv")),
            Format::Name => return Err(OutputError::Unfit("name")),
            Format::Value(field) => {
                let value = find_field(json, field).ok_or_else(|| unknown_field(field, json))?;
                return self.line(&guard(&raw_text(value), &self.style));
            }
        };
        let text = text.map_err(|e| OutputError::Io(e.into()))?;
        self.line(&escape_json(&text))
    }

    /// Prints a line of text as it is.
    ///
    /// # Errors
    /// The output is closed or full.
    pub fn line(&mut self, text: &str) -> Result<(), OutputError> {
        self.out.write_all(text.as_bytes())?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    /// Hands everything on.
    ///
    /// # Errors
    /// The output is closed or full.
    pub fn flush(&mut self) -> Result<(), OutputError> {
        Ok(self.out.flush()?)
    }
}

/// Looks `a.b.0.c` up in a document; numbers are places in arrays.
fn find_field<'v>(json: &'v Value, path: &str) -> Option<&'v Value> {
    let step = |value: &'v Value, part: &str| match value {
        Value::Array(items) => items.get(part.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => value.get(part),
    };
    json.get(path).or_else(|| path.split('.').try_fold(json, step))
}

fn unknown_field(field: &str, json: &Value) -> OutputError {
    let known = json.as_object().map(|o| o.keys().map(String::as_str).collect::<Vec<_>>().join(", "));
    OutputError::UnknownField { field: field.to_owned(), known: known.unwrap_or_default() }
}

/// Raw text, escaped only if it goes to a terminal.
fn guard(text: &str, style: &Style) -> String {
    if style.terminal { escape_text(text).into_owned() } else { text.to_owned() }
}

/// Writes the rows of one listing.
pub struct RowWriter<'p, 'w> {
    printer: &'p mut Printer<'w>,
    all: Vec<Column>,
    /// Chosen columns and their places among all.
    shown: Vec<(usize, Column)>,
    buffer: Vec<Row>,
    widths: Vec<usize>,
    pushed: u64,
    written: u64,
    limit: Option<u64>,
    /// Place of the column to sort by, and whether it is turned round.
    sort: Option<(usize, bool)>,
}

impl<'p, 'w> RowWriter<'p, 'w> {
    fn new(printer: &'p mut Printer<'w>, columns: &[Column], others: &[Column]) -> Result<Self, OutputError> {
        // `None` = a field of the other listing.
        let find = |name: &str| match columns.iter().position(|c| c.name == name) {
            None if others.iter().any(|c| c.name == name) => Ok(None),
            None => Err(OutputError::UnknownField { field: name.to_owned(), known: known_names(columns, others) }),
            found => Ok(found),
        };
        let style = &printer.style;
        let shown = if style.columns.is_empty() {
            let all = columns.iter().copied().enumerate();
            all.filter(|(_, c)| !c.extra || style.format != Format::Table).collect()
        } else {
            let pick = |name: &String| find(name).map(|at| at.map(|at| (at, columns[at])));
            let picked = style.columns.iter().map(pick).collect::<Result<Vec<_>, _>>()?;
            picked.into_iter().flatten().collect()
        };
        let sort = match &style.sort {
            Some((field, descending)) => find(field)?.map(|at| (at, *descending)),
            None => None,
        };
        let limit = style.limit;
        let mut writer = Self {
            printer,
            all: columns.to_vec(),
            shown,
            buffer: Vec::new(),
            widths: Vec::new(),
            pushed: 0,
            written: 0,
            limit,
            sort,
        };
        writer.start()?;
        Ok(writer)
    }

    fn start(&mut self) -> Result<(), OutputError> {
        if self.printer.style.format == Format::Csv && !self.printer.style.no_headers {
            let names: Vec<&str> = self.shown.iter().map(|(_, c)| c.name).collect();
            self.printer.line(&names.join(","))?;
        }
        Ok(())
    }

    /// Whether `--columns` names fields of the other listing only, so that this one is not shown.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.shown.is_empty()
    }

    /// Whether a row's own JSON object is asked for; many rows need not make it otherwise.
    #[must_use]
    pub fn shows_json(&self) -> bool {
        match &self.printer.style.format {
            Format::Json | Format::Ndjson => self.printer.style.columns.is_empty(),
            Format::Value(field) => self.all.iter().all(|column| column.name != field),
            Format::Table | Format::Csv | Format::Name => false,
        }
    }

    /// Whether `--limit` is reached, so that no further row is needed.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.sort.is_none() && self.limit.is_some_and(|limit| self.pushed >= limit)
    }

    /// Adds a row.
    ///
    /// # Errors
    /// The output is closed or full; `-o value=` names an unknown field.
    pub fn push(&mut self, row: Row) -> Result<(), OutputError> {
        if self.is_full() {
            return Ok(());
        }
        self.pushed += 1;
        if self.sort.is_some() {
            self.buffer.push(row);
            return Ok(());
        }
        if self.printer.style.format == Format::Table {
            self.buffer.push(row);
            if self.buffer.len() == BLOCK_ROWS {
                self.flush_block()?;
            }
            return Ok(());
        }
        self.write(&row)
    }

    fn flush_block(&mut self) -> Result<(), OutputError> {
        let rows = std::mem::take(&mut self.buffer);
        let headings = self.written == 0 && !self.printer.style.no_headers;
        if self.shown.is_empty() || (rows.is_empty() && !headings) {
            return Ok(());
        }
        self.written += rows.len() as u64;
        let text = table::render(&self.shown, &rows, headings, &self.printer.style, &mut self.widths);
        self.printer.out.write_all(text.as_bytes())?;
        Ok(())
    }

    fn write(&mut self, row: &Row) -> Result<(), OutputError> {
        match self.printer.style.format.clone() {
            Format::Table => {}
            Format::Json => {
                let separator: &[u8] = if self.written == 0 { b"[" } else { b",\n" };
                self.printer.out.write_all(separator)?;
                let json = self.object(row).to_string();
                self.printer.out.write_all(escape_json(&json).as_bytes())?;
            }
            Format::Ndjson => {
                let json = self.object(row).to_string();
                self.printer.line(&escape_json(&json))?;
            }
            Format::Csv => {
                let fields: Vec<String> =
                    self.shown.iter().map(|(at, _)| csv_field(&row.cells[*at].raw_text())).collect();
                let line = fields.join(",");
                let line = guard(&line, &self.printer.style);
                self.printer.line(&line)?;
            }
            Format::Name => {
                let name = guard(&row.name, &self.printer.style);
                self.printer.line(&name)?;
            }
            Format::Value(field) => {
                let text = match self.all.iter().position(|c| c.name == field) {
                    Some(at) => row.cells[at].raw_text(),
                    None => {
                        let object = self.object(row);
                        raw_text(find_field(&object, &field).ok_or_else(|| unknown_field(&field, &object))?)
                    }
                };
                let text = guard(&text, &self.printer.style);
                self.printer.line(&text)?;
            }
        }
        self.written += 1;
        Ok(())
    }

    /// The row as a JSON object; with `--columns` of the chosen columns alone.
    fn object(&self, row: &Row) -> Value {
        match &row.json {
            Some(json) if self.printer.style.columns.is_empty() => json.clone(),
            Some(_) | None => {
                let field = |(at, c): &(usize, Column)| (c.name.to_owned(), row.cells[*at].raw.clone());
                Value::Object(self.shown.iter().map(field).collect::<Map<_, _>>())
            }
        }
    }

    /// Shows what was added so far: for listings that go on as things happen.
    ///
    /// # Errors
    /// The output is closed or full.
    pub fn show(&mut self) -> Result<(), OutputError> {
        if self.printer.style.format == Format::Table && self.sort.is_none() {
            // Not the first and only block: columns stay columns, however few rows there are yet.
            self.widths.resize(self.shown.len(), 0);
            self.flush_block()?;
        }
        self.printer.flush()
    }

    /// Ends the listing; gives the number of rows that were added.
    ///
    /// # Errors
    /// The output is closed or full.
    pub fn finish(mut self) -> Result<u64, OutputError> {
        if let Some((at, descending)) = self.sort {
            let mut rows = std::mem::take(&mut self.buffer);
            rows.sort_by(|a, b| {
                let order = sort::compare(&a.cells[at].raw, &b.cells[at].raw);
                if descending { order.reverse() } else { order }
            });
            rows.truncate(self.limit.and_then(|l| usize::try_from(l).ok()).unwrap_or(usize::MAX));
            for row in rows {
                if self.printer.style.format == Format::Table {
                    self.buffer.push(row);
                    if self.buffer.len() == BLOCK_ROWS {
                        self.flush_block()?;
                    }
                } else {
                    self.write(&row)?;
                }
            }
        }
        match self.printer.style.format {
            Format::Table => self.flush_block()?,
            Format::Json => {
                let end: &[u8] = if self.written == 0 { b"[]\n" } else { b"]\n" };
                self.printer.out.write_all(end)?;
            }
            Format::Ndjson | Format::Csv | Format::Name | Format::Value(_) => {}
        }
        self.printer.flush()?;
        Ok(self.pushed)
    }
}

/// The fields of a listing and of the one beside it.
fn known_names(columns: &[Column], others: &[Column]) -> String {
    let beside = others.iter().filter(|other| columns.iter().all(|c| c.name != other.name));
    columns.iter().chain(beside).map(|c| c.name).collect::<Vec<_>>().join(", ")
}

/// A field of RFC 4180: quoted where it holds a comma, a quote or a line break.
fn csv_field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::Cell;
    use super::*;

    const COLUMNS: [Column; 3] = [Column::text("node"), Column::number("bytes"), Column::text("note").extra()];

    fn print(style: Style) -> Result<String, OutputError> {
        let mut out = Vec::new();
        let mut printer = Printer::new(&mut out, style);
        let mut rows = printer.rows(&COLUMNS)?;
        for (name, bytes, note) in [("node-10", 5_000_000, "a,\"b\""), ("node-2", 70, "\u{1b}[2J")] {
            rows.push(Row::new(name, vec![Cell::text(name), Cell::bytes(bytes), Cell::text(note)]))?;
        }
        rows.finish()?;
        Ok(String::from_utf8(out).unwrap())
    }

    fn format(format: &str) -> Style {
        Style { format: format.parse().unwrap(), ..Default::default() }
    }

    #[test]
    fn every_format() {
        assert_eq!(print(format("table")).unwrap(), "NODE       BYTES\nnode-10  5.00 MB\nnode-2      70 B\n");
        assert_eq!(
            print(format("csv")).unwrap(),
            "node,bytes,note\nnode-10,5000000,\"a,\"\"b\"\"\"\nnode-2,70,\u{1b}[2J\n"
        );
        let json = print(format("json")).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap()[1]["bytes"], 70);
        assert!(json.contains("\\u001b[2J"));
        assert_eq!(print(format("ndjson")).unwrap().lines().count(), 2);
        assert_eq!(print(format("name")).unwrap(), "node-10\nnode-2\n");
        assert_eq!(print(format("value=bytes")).unwrap(), "5000000\n70\n");
    }

    #[test]
    fn columns_sort_limit_and_headers() {
        let style = Style {
            columns: vec!["note".into(), "node".into()],
            sort: Some(("node".into(), false)),
            limit: Some(1),
            no_headers: true,
            ..format("table")
        };
        assert_eq!(print(style).unwrap(), "\\u{1b}[2J  node-2\n");
        let style = Style { sort: Some(("bytes".into(), true)), ..format("name") };
        assert_eq!(print(style).unwrap(), "node-10\nnode-2\n");
        let style = Style { columns: vec!["size".into()], ..format("csv") };
        assert!(matches!(print(style), Err(OutputError::UnknownField { .. })));
    }

    #[test]
    fn an_empty_listing_is_valid_in_every_format() {
        for (name, expected) in
            [("table", "NODE  BYTES\n"), ("json", "[]\n"), ("ndjson", ""), ("csv", "node,bytes,note\n")]
        {
            let mut out = Vec::new();
            let mut printer = Printer::new(&mut out, format(name));
            printer.rows(&COLUMNS).unwrap().finish().unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{name}");
        }
    }

    #[test]
    fn long_tables_keep_their_columns_in_line_between_blocks() {
        let mut out = Vec::new();
        let mut printer = Printer::new(&mut out, format("table"));
        let mut rows = printer.rows(&COLUMNS[..2]).unwrap();
        for i in 0..2_500_u64 {
            rows.push(Row::new("x", vec![Cell::text(format!("node-{}", 10_000 + i)), Cell::number(i)])).unwrap();
        }
        rows.finish().unwrap();
        let text = String::from_utf8(out).unwrap();
        let widths: std::collections::BTreeSet<usize> = text.lines().map(str::len).collect();
        assert_eq!((text.lines().count(), widths.len()), (2_501, 1));
    }
}
