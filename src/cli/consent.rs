//! Asking before a change: shown, agreed to, applied.

use crate::operations::{Applied, AuditContext, ChangeSet, Consent};
use crate::ports::Keys;

use super::args::WriteArgs;
use super::error::CliError;
use super::session::Session;
use super::store::StoreChoice;

/// Checks what can be checked before anything is read: without a terminal, `--yes` and a named store are needed.
pub(super) fn check(session: &mut Session<'_, '_>, write: &WriteArgs) -> Result<(), CliError> {
    let choice = session.check_writable()?;
    let confirmed = confirmed(session, write)?;
    if write.dry_run {
        return Ok(());
    }
    let terminal = has_terminal(session);
    protected(session, write, terminal)?;
    named(&choice, terminal)?;
    if !terminal && !write.yes && !confirmed {
        return Err(CliError::usage_hint("a write without a terminal needs --yes", "--dry-run shows what it would do"));
    }
    Ok(())
}

/// Checks the same for a write that nobody is asked about, as it changes nothing that the cluster works by.
pub(super) fn check_named(session: &mut Session<'_, '_>) -> Result<(), CliError> {
    let choice = session.check_writable()?;
    let terminal = has_terminal(session);
    named(&choice, terminal)
}

fn named(choice: &StoreChoice, terminal: bool) -> Result<(), CliError> {
    if terminal || choice.is_explicit() {
        return Ok(());
    }
    Err(CliError::usage_hint(
        "a write without a terminal needs a store that is named",
        format!("add --store {}", choice.address),
    ))
}

/// Whether `--confirm` is given; it must name the context that the store belongs to, protected or not.
fn confirmed(session: &mut Session<'_, '_>, write: &WriteArgs) -> Result<bool, CliError> {
    let Some(name) = &write.confirm else { return Ok(false) };
    let settings = session.settings()?;
    let context = settings.protected_by.or(settings.context.map(|context| context.value));
    match context {
        Some(context) if context == *name => Ok(true),
        Some(context) => Err(CliError::usage(format!(
            "--confirm names {name:?}, but {} belongs to context {context}",
            settings.store
        ))),
        None => Err(CliError::usage_hint(
            format!("--confirm names {name:?}, but {} belongs to no context", settings.store),
            "choose the context with --context",
        )),
    }
}

/// Refuses a write to a protected cluster whose name can neither be typed nor was given.
fn protected(session: &mut Session<'_, '_>, write: &WriteArgs, terminal: bool) -> Result<(), CliError> {
    match session.settings()?.protected_by {
        Some(context) if write.confirm.is_none() && (write.yes || !terminal) => Err(CliError::usage_hint(
            format!("context {context} is protected: every write wants its name"),
            format!(
                "add --confirm {context}, or type it at a terminal, without --yes; --dry-run shows what would change"
            ),
        )),
        Some(_) | None => Ok(()),
    }
}

pub(super) fn has_terminal(session: &mut Session<'_, '_>) -> bool {
    let environment = session.environment();
    environment.stdin_terminal && environment.stderr_terminal
}

/// So many keys may take long enough to be told how far it is.
const PROGRESS_KEYS_MIN: u64 = 1_000;

/// Shows a change, asks, and applies it. `None` = there was nothing to change, or it was a dry run.
pub(super) fn apply(
    session: &mut Session<'_, '_>,
    keys: &Keys,
    write: &WriteArgs,
    change: ChangeSet,
    command: &str,
) -> Result<Option<Applied>, CliError> {
    apply_asked(session, keys, write, change, command, Question::YesOrNo)
}

/// The same with another question.
pub(super) fn apply_asked(
    session: &mut Session<'_, '_>,
    keys: &Keys,
    write: &WriteArgs,
    change: ChangeSet,
    command: &str,
    question: Question<'_>,
) -> Result<Option<Applied>, CliError> {
    if change.is_empty() {
        session.talk().note("nothing to change");
        return Ok(None);
    }
    let Some(consent) = ask_with(session, write, &change.lines(), question)? else { return Ok(None) };
    let audit = audit_context(session, write, command);
    let store = session.open_writer()?;
    let keys_max = change.len() as u64;
    let change = change.approve(consent);
    let applied = if keys_max < PROGRESS_KEYS_MIN {
        session.wait(change.apply(&store, keys, &audit))?
    } else {
        let mut progress = session.counting("keys written", Some(keys_max));
        let applied = session.wait(change.apply_watched(0, &store, keys, &audit, &mut |done| progress.set(done)));
        progress.finish();
        applied?
    };
    said_done(session, &applied);
    Ok(Some(applied))
}

/// Says what was written.
pub(super) fn said_done(session: &mut Session<'_, '_>, applied: &Applied) {
    let Applied { keys, transactions, revision } = applied;
    session.talk().note(&format!("done: {keys} key(s) in {transactions} transaction(s), revision {revision}"));
}

/// What the operator is asked.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question<'q> {
    /// y or n; `--yes` answers it.
    YesOrNo,
    /// For what a check speaks against: this text, typed. On a terminal `--yes` does not answer it.
    Typed(&'q str),
}

/// The longest answer to a question, beside a text that is to be typed.
pub(super) const ANSWER_BYTES_MAX: usize = 100;

/// Shows lines and asks. `None` = it is a dry run.
pub(super) fn ask(
    session: &mut Session<'_, '_>,
    write: &WriteArgs,
    lines: &[String],
) -> Result<Option<Consent>, CliError> {
    ask_with(session, write, lines, Question::YesOrNo)
}

/// The same with another question.
pub(super) fn ask_with(
    session: &mut Session<'_, '_>,
    write: &WriteArgs,
    lines: &[String],
    question: Question<'_>,
) -> Result<Option<Consent>, CliError> {
    let answered = (write.yes || confirmed(session, write)?)
        && match question {
            Question::YesOrNo => true,
            Question::Typed(_) => !has_terminal(session),
        };
    for line in lines {
        if answered && !write.dry_run { session.talk().note(line) } else { session.talk().show(line) }
    }
    if write.dry_run {
        session.talk().note("dry run: nothing was written");
        return Ok(None);
    }
    let terminal = has_terminal(session);
    protected(session, write, terminal)?;
    if answered {
        return Ok(Some(Consent::Flag));
    }
    let settings = session.settings()?;
    let choice = settings.store;
    let name = settings.protected_by.filter(|_| write.confirm.is_none());
    if let Some(name) = &name {
        session.talk().ask(&format!("context {name} is protected; type its name to apply this to {choice}: "));
        if answer(session, ANSWER_BYTES_MAX + name.len()).as_deref() != Some(name) {
            return Err(CliError::Declined);
        }
    }
    let agreed = match question {
        // The name is more than a yes.
        Question::YesOrNo if name.is_some() => true,
        Question::YesOrNo => {
            session.talk().ask(&format!("apply this to {choice}? [y/N] "));
            let answer = answer(session, ANSWER_BYTES_MAX).unwrap_or_default();
            ["y", "yes"].contains(&answer.to_ascii_lowercase().as_str())
        }
        Question::Typed(text) => {
            session.talk().ask(&format!("type {text} to apply this to {choice} all the same: "));
            answer(session, ANSWER_BYTES_MAX + text.len()).as_deref() == Some(text)
        }
    };
    if agreed { Ok(Some(Consent::Answered)) } else { Err(CliError::Declined) }
}

/// A line from the terminal, at most so many bytes of it, without spaces round it; `None` at its end.
pub(super) fn answer(session: &mut Session<'_, '_>, bytes_max: usize) -> Option<String> {
    let mut answer = Vec::new();
    let stdin = &mut *session.environment().stdin;
    let mut byte = [0];
    // Byte by byte: what follows the line is not ours.
    while answer.len() < bytes_max {
        match stdin.read(&mut byte) {
            Ok(1) if byte == *b"\n" => break,
            Ok(1) => answer.extend(byte),
            Ok(_) | Err(_) if answer.is_empty() => return None,
            Ok(_) | Err(_) => break,
        }
    }
    Some(String::from_utf8_lossy(&answer).trim().to_owned())
}

/// Who runs this command, from where and why.
pub(super) fn audit_context(session: &mut Session<'_, '_>, write: &WriteArgs, command: &str) -> AuditContext {
    let now = session.now();
    let environment = session.environment();
    let actor =
        write.actor.as_deref().or_else(|| environment.variable("USER")).or_else(|| environment.variable("LOGNAME"));
    let host = environment.variable("HOSTNAME").map(str::to_owned).or_else(|| {
        let name = std::fs::read_to_string("/etc/hostname").ok()?;
        Some(name.trim().to_owned()).filter(|name| !name.is_empty())
    });
    AuditContext {
        now,
        actor: actor.unwrap_or("unknown").to_owned(),
        host: host.unwrap_or_else(|| "unknown".to_owned()),
        command: command.to_owned(),
        reason: write.reason.clone(),
        nonce: (environment.random)(),
    }
}
