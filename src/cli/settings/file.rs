//! The configuration file: contexts, which are named clusters.
//!
//! ```toml
//! current_context = "prod"
//!
//! [contexts.prod]
//! store = "etcds://etcd-1:2379,etcd-2:2379/otlp"
//! cacert = "ca.pem"
//! user = "operator"
//! password_file = "/run/secrets/etcd"
//! protected = true
//! ```
//!
//! Invariant: what is read was understood; a key that is not known is an error, as it is most likely a typing error of
//! one that protects something. Never: a password in the file, or a value of the file in an error about its form.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml_edit::{Document, Item, Table};

use crate::output::Format;

/// A file that cannot be used: the line and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub(in crate::cli) struct FileError {
    pub(in crate::cli) line: usize,
    pub(in crate::cli) reason: String,
    pub(in crate::cli) hint: Option<String>,
}

/// The file's content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::cli) struct ConfigFile {
    /// The context that holds when none is named.
    pub(in crate::cli) current: Option<String>,
    /// In the order of the file.
    pub(in crate::cli) contexts: Vec<Context>,
}

/// A named cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::cli) struct Context {
    pub(in crate::cli) name: String,
    pub(in crate::cli) store: String,
    pub(in crate::cli) cacert: Option<String>,
    pub(in crate::cli) cert: Option<String>,
    pub(in crate::cli) key: Option<String>,
    pub(in crate::cli) user: Option<String>,
    pub(in crate::cli) password_file: Option<String>,
    pub(in crate::cli) dial_timeout: Option<String>,
    pub(in crate::cli) command_timeout: Option<String>,
    /// The output format when `--output` is not given.
    pub(in crate::cli) output: Option<Format>,
    /// Whether a write wants the context's name typed.
    pub(in crate::cli) protected: bool,
    /// The cluster that must be found there.
    pub(in crate::cli) cluster_id: Option<String>,
}

impl ConfigFile {
    /// Reads the text of the file at `path`; relative paths in it start at its directory, `~/` at `home`.
    pub(in crate::cli) fn parse(text: &str, path: &Path, home: Option<&str>) -> Result<Self, FileError> {
        let document = parse_document(text)?;
        let reading = Reading { text, directory: path.parent().unwrap_or(Path::new("")), home };
        let mut file = Self::default();
        for (key, item) in document.as_table() {
            match key {
                "current_context" => {
                    let name = reading.string(document.as_table(), key, item)?;
                    file.current = Some(reading.name(document.as_table(), key, name)?);
                }
                "contexts" => {
                    let table = item.as_table().ok_or_else(|| reading.wrong(document.as_table(), key, "is a table"))?;
                    for (name, item) in table {
                        let name = reading.name(table, name, name)?;
                        let context = item
                            .as_table()
                            .ok_or_else(|| reading.wrong(table, &name, "is a table, [contexts.NAME]"))?;
                        file.contexts.push(reading.context(table, &name, context)?);
                    }
                }
                _ => return Err(reading.unknown(document.as_table(), key, "current_context and contexts")),
            }
        }
        Ok(file)
    }

    /// A context by its name.
    pub(in crate::cli) fn context(&self, name: &str) -> Option<&Context> {
        self.contexts.iter().find(|context| context.name == name)
    }
}

/// The keys of a context.
const KEYS: &str = "store, cacert, cert, key, user, password_file, dial_timeout, command_timeout, output, protected and \
                    cluster_id";

/// The text as a document that knows its lines.
fn parse_document(text: &str) -> Result<Document<&str>, FileError> {
    Document::parse(text).map_err(|error| {
        // The parser's own print would show the line, which may hold a secret.
        let reason = error.message().lines().collect::<Vec<_>>().join("; ");
        FileError { line: line_of(text, error.span()), reason: format!("no valid TOML: {reason}"), hint: None }
    })
}

fn line_of(text: &str, span: Option<Range<usize>>) -> usize {
    let start = span.map_or(0, |span| span.start).min(text.len());
    text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Whether a name can be typed, told apart and used in a script as it is.
pub(in crate::cli) fn is_context_name(name: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || "._:@-".contains(c);
    name.len() <= 128 && name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.chars().all(inside)
}

struct Reading<'a> {
    text: &'a str,
    directory: &'a Path,
    home: Option<&'a str>,
}

impl Reading<'_> {
    fn at(&self, table: &Table, key: &str, reason: String, hint: Option<String>) -> FileError {
        let span = table.get_key_value(key).and_then(|(key, item)| key.span().or_else(|| item.span()));
        FileError { line: line_of(self.text, span), reason, hint }
    }

    fn wrong(&self, table: &Table, key: &str, what: &str) -> FileError {
        self.at(table, key, format!("{key} {what}"), None)
    }

    fn unknown(&self, table: &Table, key: &str, known: &str) -> FileError {
        self.at(table, key, format!("there is no key {key:?}"), Some(format!("the keys here are {known}")))
    }

    fn string<'t>(&self, table: &Table, key: &str, item: &'t Item) -> Result<&'t str, FileError> {
        let text = item.as_str().ok_or_else(|| self.wrong(table, key, "is a text in quotes"))?;
        if text.is_empty() { Err(self.wrong(table, key, "is empty")) } else { Ok(text) }
    }

    fn name(&self, table: &Table, key: &str, name: &str) -> Result<String, FileError> {
        if is_context_name(name) {
            return Ok(name.to_owned());
        }
        let reason = format!("{name:?} is no name of a context");
        let hint = "a name has 1 to 128 of ASCII letters, digits and . _ : @ -, the first a letter or digit";
        Err(self.at(table, key, reason, Some(hint.to_owned())))
    }

    fn path(&self, table: &Table, key: &str, item: &Item) -> Result<String, FileError> {
        Ok(self.resolved(self.string(table, key, item)?))
    }

    /// A path as the program takes it: `~/` is the home directory, another relative path starts at the file's directory.
    fn resolved(&self, text: &str) -> String {
        match (text.strip_prefix("~/"), self.home) {
            (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
            (Some(_) | None, _) => self.directory.join(text),
        }
        .to_string_lossy()
        .into_owned()
    }

    /// A store's address whose path is resolved.
    fn store(&self, text: &str) -> String {
        match text.split_once(':') {
            Some(("snapshot", "-")) => text.to_owned(),
            Some((kind @ ("file" | "snapshot"), path)) if !path.is_empty() => {
                format!("{kind}:{}", self.resolved(path.strip_prefix("//").unwrap_or(path)))
            }
            Some(_) | None => text.to_owned(),
        }
    }

    fn context(&self, contexts: &Table, name: &str, table: &Table) -> Result<Context, FileError> {
        let mut context = Context { name: name.to_owned(), ..Context::default() };
        for (key, item) in table {
            let text = || self.string(table, key, item).map(str::to_owned);
            match key {
                "store" => context.store = self.store(&text()?),
                "cacert" => context.cacert = Some(self.path(table, key, item)?),
                "cert" => context.cert = Some(self.path(table, key, item)?),
                "key" => context.key = Some(self.path(table, key, item)?),
                "user" => context.user = Some(text()?),
                "password_file" => context.password_file = Some(self.path(table, key, item)?),
                "dial_timeout" => context.dial_timeout = Some(text()?),
                "command_timeout" => context.command_timeout = Some(text()?),
                "output" => {
                    let format = text()?.parse::<Format>();
                    let what = "is no output format: use table, json, ndjson, csv, name or value=FIELD";
                    context.output = Some(format.map_err(|_| self.wrong(table, key, what))?);
                }
                "protected" => {
                    let what = "is true or false, without quotes";
                    context.protected = item.as_bool().ok_or_else(|| self.wrong(table, key, what))?;
                }
                "cluster_id" => context.cluster_id = Some(text()?),
                "password" => {
                    let hint = "put it into a file of its own that only you can read, and name that as password_file";
                    let reason = "a password does not stand in the configuration file".to_owned();
                    return Err(self.at(table, key, reason, Some(hint.to_owned())));
                }
                _ => return Err(self.unknown(table, key, KEYS)),
            }
        }
        if context.user.as_ref().is_some_and(|user| user.contains(':')) {
            let hint = "name the file that holds the password as password_file";
            let reason = "a password does not stand behind the user".to_owned();
            return Err(self.at(table, "user", reason, Some(hint.to_owned())));
        }
        if context.store.is_empty() {
            return Err(self.wrong(contexts, name, "has no store"));
        }
        Ok(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<ConfigFile, FileError> {
        ConfigFile::parse(text, Path::new("/etc/otlp/config.toml"), Some("/home/op"))
    }

    #[test]
    fn a_whole_file() {
        let file = parse(
            "current_context = \"prod\"\n[contexts.prod]\nstore = \"etcds://a,b:1/otlp\"\ncacert = \"ca.pem\"\n\
             cert = \"~/c.pem\"\nkey = \"/k.pem\"\nuser = \"op\"\npassword_file = \"secret\"\ndial_timeout = \"1s\"\n\
             command_timeout = \"2s\"\noutput = \"json\"\nprotected = true\ncluster_id = \"c1\"\n\
             [contexts.\"dev.1\"]\nstore = \"file:dev.db\"\n",
        )
        .unwrap();
        assert_eq!(file.current.as_deref(), Some("prod"));
        let prod = file.context("prod").unwrap();
        assert_eq!(prod.cacert.as_deref(), Some("/etc/otlp/ca.pem"));
        assert_eq!(prod.cert.as_deref(), Some("/home/op/c.pem"));
        assert_eq!(prod.key.as_deref(), Some("/k.pem"));
        assert_eq!(prod.password_file.as_deref(), Some("/etc/otlp/secret"));
        assert_eq!((prod.output.clone(), prod.protected), (Some(Format::Json), true));
        assert_eq!(file.context("dev.1").unwrap().store, "file:/etc/otlp/dev.db");
        assert_eq!(file.context("nope"), None);
        assert_eq!(parse("").unwrap(), ConfigFile::default());
    }

    #[test]
    fn bad_files_name_the_line_and_the_key() {
        for (text, line, named) in [
            ("current-context = 'x'", 1, "current-context"),
            ("\n\ncolour = 1", 3, "colour"),
            ("current_context = 3", 1, "current_context is a text"),
            ("current_context = ''", 1, "is empty"),
            ("current_context = 'a b'", 1, "\"a b\" is no name"),
            ("contexts = 3", 1, "contexts is a table"),
            ("[contexts]\nprod = 'etcd:'", 2, "prod is a table"),
            ("[contexts.prod]\n# no store\nuser = 'op'", 1, "prod has no store"),
            ("[contexts.\"a b\"]\nstore = 'etcd:'", 1, "\"a b\" is no name"),
            ("[contexts.prod]\nstore = 'etcd:'\nprotect = true", 3, "\"protect\""),
            ("[contexts.prod]\nstore = 'etcd:'\nprotected = 'yes'", 3, "protected is true or false"),
            ("[contexts.prod]\nstore = ['etcd:']", 2, "store is a text"),
            ("[contexts.prod]\nstore = 'etcd:'\noutput = 'yaml'", 3, "output is no output format"),
            ("[contexts.prod]\nstore = 'etcd:'\npassword = 'hunter2'", 3, "a password does not stand"),
            ("[contexts.prod]\nstore = 'etcd:'\nuser = 'op:hunter2'", 3, "a password does not stand"),
            ("[contexts.prod]\nstore = 'etcd:'\nstore = 'etcd:'", 3, "duplicate key"),
            ("[contexts.prod]\nstore = 'etcd:", 2, "no valid TOML"),
            ("[contexts.prod\n", 1, "no valid TOML"),
            ("\u{1b}", 1, "no valid TOML"),
        ] {
            let error = parse(text).unwrap_err();
            assert_eq!(error.line, line, "{text:?}: {error}");
            assert!(error.reason.contains(named), "{text:?}: {error}");
            assert!(!error.reason.contains("hunter2"), "{error}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_error_shows_a_value(
            key in "(password|user|password_file|protected|output|store|cacert|passwd|current_context)",
            quote in "('|\"|'''|\"\"\"|\\[|\\{|=|#|\n| |)",
            end in "('|\"|'''|\"\"\"|\\]|\\}|=|#|\n| |)",
            secret in "s3cr3t[A-Z0-9]{8}",
        ) {
            for text in [
                format!("[contexts.a]\nstore = 'etcd:'\n{key} = {quote}{secret}{end}\n"),
                format!("[contexts.a]\n{key} {quote}{secret}{end} = 1"),
                format!("contexts.a.{key} = {quote}op:{secret}{end}"),
            ] {
                if let Err(error) = parse(&text) {
                    // A key's own name may be shown, and a context's.
                    let named = ["there is no key", "is no name of a context"];
                    let shown = named.iter().any(|named| error.reason.contains(named));
                    proptest::prop_assert!(shown || !error.to_string().contains(&secret), "{text:?}: {error}");
                }
            }
        }
    }
}
