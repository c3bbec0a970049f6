//! Editing a stored value as text, in the operator's editor.
//!
//! Invariant: nothing that was typed is lost: the file goes only when it was applied, or when it says nothing new.
//! Invariant: what is applied is the difference to the value that was read, on the revision at which it was read.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::model::Document;
use crate::model::document::DocumentError;
use crate::model::json::{compact, pretty};
use crate::operations::change::KeyChange;
use crate::operations::{ChangeSet, OperationError};
use crate::output::escape_text;
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};

use super::args::WriteArgs;
use super::error::CliError;
use super::session::{OpenReader, Session};
use super::{consent, input};

/// Names that are tried for the file before giving up.
const FILE_NAMES_MAX: u32 = 100;

/// A stored value that is edited.
pub(super) struct Subject<'a> {
    /// In words: "partition partition_489542_0051".
    pub(super) what: String,
    /// What the file's name says.
    pub(super) stem: String,
    /// The value as it was read.
    pub(super) entry: &'a Entry,
    /// The command, for the audit trail.
    pub(super) command: &'static str,
}

/// Checks, before anything is read, that there is an editor which can work.
pub(super) fn check(session: &mut Session<'_, '_>, write: &WriteArgs) -> Result<(), CliError> {
    consent::check(session, write)?;
    let terminal = consent::has_terminal(session);
    if !terminal && session.environment().editor().is_none() {
        let hint = "set EDITOR to a program that changes the file it is given, or use the command's `set`";
        return Err(CliError::usage_hint("editing without a terminal needs VISUAL or EDITOR", hint));
    }
    Ok(())
}

/// Lets the operator edit a value, and applies the change that `propose` makes of the text.
pub(super) fn edit(
    session: &mut Session<'_, '_>,
    keys: &Keys,
    write: &WriteArgs,
    subject: &Subject<'_>,
    mut propose: impl FnMut(&mut Session<'_, '_>, &Document) -> Result<ChangeSet, CliError>,
) -> Result<(), CliError> {
    let corrupt = |reason: String| OperationError::Corrupt { key: subject.entry.key.clone(), reason };
    let stored = String::from_utf8(subject.entry.value.clone()).map_err(|e| corrupt(e.to_string()))?;
    let shown = pretty(&stored).map_err(|e| corrupt(e.to_string()))? + "\n";
    let file = EditFile::create(session, &subject.stem)?;
    let (mut text, mut refusal) = (shown.clone(), None::<String>);
    loop {
        let lines = [format!("{}, revision {}", subject.what, subject.entry.mod_revision)];
        let written = with_comments(&lines, refusal.as_deref(), &text);
        let read = file.write(&written).and_then(|()| run_editor(session, &file)).and_then(|()| file.read(session));
        let edited = match read {
            Ok(edited) => edited,
            Err(error) if refusal.is_none() && file.holds(&written) => {
                file.discard();
                return Err(error);
            }
            Err(error) => return Err(file.keep(session, error)),
        };
        // Without the comments; their lines stay, so that errors name the lines of the file.
        let bare = without_comments(&edited);
        if bare.trim().is_empty() || compact(&bare) == compact(&shown) {
            file.discard();
            session.talk().note("nothing to change");
            return Ok(());
        }
        let proposed = parse(&bare).and_then(|document| propose(session, &document));
        let error = match proposed {
            Ok(change) => return apply(session, keys, write, subject, change, &file),
            Err(error) => error,
        };
        let unchanged = refusal.is_some() && bare.trim() == text.trim();
        if unchanged || !edit_again(session, write, &error) {
            return Err(file.keep(session, error));
        }
        let hint = error.hint().map(|hint| format!("; {hint}")).unwrap_or_default();
        (refusal, text) = (Some(format!("{error}{hint}")), bare.trim_start_matches('\n').to_owned());
    }
}

fn parse(text: &str) -> Result<Document, CliError> {
    Document::parse(text.as_bytes()).map_err(|error| match error {
        DocumentError::Json(error) => {
            let before = text.as_bytes().get(..error.at).unwrap_or(text.as_bytes());
            let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
            let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
            let column = 1 + String::from_utf8_lossy(&before[start..]).chars().count();
            CliError::input(format!("the text is not valid JSON: line {line}, column {column}: {}", error.problem))
        }
        DocumentError::NotUtf8 | DocumentError::Duplicate(_) => CliError::input(format!("the text: {error}")),
    })
}

/// Applies what was edited; on a conflict, shows what somebody else changed meanwhile.
fn apply(
    session: &mut Session<'_, '_>,
    keys: &Keys,
    write: &WriteArgs,
    subject: &Subject<'_>,
    change: ChangeSet,
    file: &EditFile,
) -> Result<(), CliError> {
    let nothing = change.is_empty();
    match consent::apply(session, keys, write, change, subject.command) {
        Ok(Some(_)) => {
            file.discard();
            Ok(())
        }
        Ok(None) if nothing => {
            file.discard();
            Ok(())
        }
        Ok(None) => {
            file.tell(session);
            Ok(())
        }
        Err(error) => {
            if matches!(error, CliError::Operation(OperationError::Conflict { .. })) {
                show_winner(session, subject)?;
            }
            Err(file.keep(session, error))
        }
    }
}

fn show_winner(session: &mut Session<'_, '_>, subject: &Subject<'_>) -> Result<(), CliError> {
    let Subject { what, entry, .. } = subject;
    let OpenReader { store, .. } = session.open_reader()?;
    let now = session.wait(store.read(&[KeyRange::single(&entry.key)], None))?.ranges.pop().unwrap_or_default().pop();
    let change = match now {
        None => Some(KeyChange::delete(what.clone(), entry)),
        Some(now) => match (Document::parse(&entry.value), Document::parse(&now.value)) {
            (Ok(before), Ok(after)) => KeyChange::update(what.clone(), &now, &before, &after),
            (Ok(_) | Err(_), _) => None,
        },
    };
    if let Some(change) = change {
        let summary = "since it was read, somebody else made this change:".to_owned();
        for line in ChangeSet::single(summary, vec![change]).lines() {
            session.talk().show(&line);
        }
    }
    Ok(())
}

/// Whether the operator wants another go; without a terminal there is none.
fn edit_again(session: &mut Session<'_, '_>, write: &WriteArgs, error: &CliError) -> bool {
    if write.yes || !consent::has_terminal(session) {
        return false;
    }
    session.talk().show(&format!("not accepted: {error}"));
    session.talk().ask("edit again? [Y/n] ");
    // The end of the input is no answer, or this would go on for ever.
    consent::answer(session, consent::ANSWER_BYTES_MAX)
        .is_some_and(|answer| ["", "y", "yes"].contains(&answer.to_ascii_lowercase().as_str()))
}

fn run_editor(session: &mut Session<'_, '_>, file: &EditFile) -> Result<(), CliError> {
    let environment = session.environment();
    let command = environment.editor().unwrap_or(super::environment::EDITOR_DEFAULT).to_owned();
    match environment.run_editor(&command, &file.path) {
        Ok(true) => Ok(()),
        Ok(false) => Err(CliError::input(format!("the editor {command:?} ended with an error"))),
        Err(e) => Err(CliError::input(format!("cannot start the editor {command:?}: {e}"))),
    }
}

fn with_comments(lines: &[String], refusal: Option<&str>, text: &str) -> String {
    let mut out = String::new();
    let mut comment = |line: &str| {
        out.push_str("# ");
        out.push_str(&escape_text(line));
        out.push('\n');
    };
    lines.iter().for_each(|line| comment(line));
    comment("Lines that start with # are left out. Leave the text as it is to change nothing.");
    if let Some(refusal) = refusal {
        comment(&format!("not accepted: {refusal}"));
    }
    out.push_str(text);
    out
}

fn without_comments(text: &str) -> String {
    let keep = |line: &str| if line.trim_start().starts_with('#') { String::new() } else { line.to_owned() };
    text.lines().map(keep).collect::<Vec<_>>().join("\n")
}

/// The file that is edited.
struct EditFile {
    path: PathBuf,
}

impl EditFile {
    /// A new empty file that only its owner may read.
    fn create(session: &mut Session<'_, '_>, stem: &str) -> Result<Self, CliError> {
        let environment = session.environment();
        let directory = Path::new(environment.variable("TMPDIR").unwrap_or("/tmp")).to_owned();
        for _ in 0..FILE_NAMES_MAX {
            let path = directory.join(format!("otlp-part-{stem}-{:016x}.json", (environment.random)()));
            match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
                Ok(_) => return Ok(Self { path }),
                Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
                Err(e) => return Err(CliError::input(format!("cannot make {}: {e}", path.display()))),
            }
        }
        Err(CliError::input(format!("no name is free for a file in {}", directory.display())))
    }

    /// Puts a text there. The file is opened anew: an editor may have replaced it.
    fn write(&self, text: &str) -> Result<(), CliError> {
        let open = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&self.path);
        open.and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|e| CliError::input(format!("cannot write {}: {e}", self.path.display())))
    }

    fn read(&self, session: &mut Session<'_, '_>) -> Result<String, CliError> {
        input::read_text(session.environment(), &self.path.to_string_lossy())
    }

    /// Whether the text there is this one.
    fn holds(&self, text: &str) -> bool {
        std::fs::read(&self.path).is_ok_and(|bytes| bytes == text.as_bytes())
    }

    /// Removes the file. What cannot be removed is in nobody's way.
    fn discard(&self) {
        drop(std::fs::remove_file(&self.path));
    }

    /// Says where the text is.
    fn tell(&self, session: &mut Session<'_, '_>) {
        session.talk().show(&format!("your text is kept in {}", self.path.display()));
    }

    /// Says where the text is, before an error.
    fn keep(&self, session: &mut Session<'_, '_>, error: CliError) -> CliError {
        self.tell(session);
        error
    }
}
