//! Talk on stderr: warnings, notes, hints and errors.

use std::io::Write;

use super::escape::{escape_json, escape_text};

/// Says things on stderr. A stderr that is closed is no error: there is nobody to tell.
pub struct Talk<'w> {
    err: &'w mut dyn Write,
    quiet: bool,
    json: bool,
}

impl<'w> Talk<'w> {
    /// `quiet` leaves notes and warnings out; `json` makes an error one JSON object.
    pub fn new(err: &'w mut dyn Write, quiet: bool, json: bool) -> Self {
        Self { err, quiet, json }
    }

    /// Something the operator should know before trusting the answer.
    pub fn warn(&mut self, text: &str) {
        if !self.quiet {
            let _ = writeln!(self.err, "warning: {}", escape_text(text));
        }
    }

    /// Something good to know.
    pub fn note(&mut self, text: &str) {
        if !self.quiet {
            let _ = writeln!(self.err, "{}", escape_text(text));
        }
    }

    /// Notes for while the printer is busy with rows, from any thread. Straight to the process's stderr.
    pub fn beside_rows(quiet: bool) -> impl Fn(&str) + Clone + Send + Sync + 'static {
        move |text| {
            if !quiet {
                let _ = writeln!(std::io::stderr().lock(), "{}", escape_text(text));
            }
        }
    }

    /// A question that wants an answer; shown also when quiet.
    pub fn ask(&mut self, text: &str) {
        let _ = write!(self.err, "{}", escape_text(text));
        let _ = self.err.flush();
    }

    /// Lines that show what a write will change; shown also when quiet, as they belong to a question or a dry run.
    pub fn show(&mut self, text: &str) {
        let _ = writeln!(self.err, "{}", escape_text(text));
    }

    /// An error with its hint.
    pub fn error(&mut self, kind: &str, message: &str, hint: Option<&str>) {
        self.error_with(kind, message, hint, &[]);
    }

    /// An error with its hint and what else a script may want to know.
    pub fn error_with(&mut self, kind: &str, message: &str, hint: Option<&str>, facts: &[(&str, &str)]) {
        if self.json {
            let mut object = serde_json::json!({
                "schema": "otlp-part/error/v1", "kind": kind, "error": message,
            });
            for (name, value) in facts {
                object[*name] = (*value).into();
            }
            if let Some(hint) = hint {
                object["hint"] = hint.into();
            }
            let _ = writeln!(self.err, "{}", escape_json(&object.to_string()));
            return;
        }
        let _ = writeln!(self.err, "error: {}", escape_text(message));
        if let Some(hint) = hint {
            let _ = writeln!(self.err, "hint: {}", escape_text(hint));
        }
    }
}
