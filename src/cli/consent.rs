//! Asking before a change: shown, agreed to, applied.

use crate::operations::{Applied, AuditContext, ChangeSet, Consent};
use crate::ports::Keys;

use super::args::WriteArgs;
use super::error::CliError;
use super::session::Session;

/// Checks what can be checked before anything is read: without a terminal, `--yes` and a named store are needed.
pub(super) fn check(session: &mut Session<'_, '_>, write: &WriteArgs) -> Result<(), CliError> {
    let choice = session.check_writable()?;
    if write.dry_run {
        return Ok(());
    }
    let terminal = has_terminal(session);
    if !terminal && !choice.is_explicit() {
        return Err(CliError::usage_hint(
            "a write without a terminal needs a store that is named",
            format!("add --store {}", choice.address),
        ));
    }
    if !terminal && !write.yes {
        return Err(CliError::usage_hint("a write without a terminal needs --yes", "--dry-run shows what it would do"));
    }
    Ok(())
}

pub(super) fn has_terminal(session: &mut Session<'_, '_>) -> bool {
    let environment = session.environment();
    environment.stdin_terminal && environment.stderr_terminal
}

/// Shows a change, asks, and applies it. `None` = there was nothing to change, or it was a dry run.
pub(super) fn apply(
    session: &mut Session<'_, '_>,
    keys: &Keys,
    write: &WriteArgs,
    change: ChangeSet,
    command: &str,
) -> Result<Option<Applied>, CliError> {
    if change.is_empty() {
        session.talk().note("nothing to change");
        return Ok(None);
    }
    let Some(consent) = ask(session, write, &change.lines())? else { return Ok(None) };
    let audit = audit_context(session, write, command);
    let store = session.open_writer()?;
    let applied = session.wait(change.approve(consent).apply(&store, keys, &audit))?;
    session.talk().note(&format!(
        "done: {} key(s) in {} transaction(s), revision {}",
        applied.keys, applied.transactions, applied.revision
    ));
    Ok(Some(applied))
}

/// The longest answer to a question.
const ANSWER_BYTES_MAX: usize = 100;

/// Shows lines and asks. `None` = it is a dry run.
pub(super) fn ask(
    session: &mut Session<'_, '_>,
    write: &WriteArgs,
    lines: &[String],
) -> Result<Option<Consent>, CliError> {
    let asking = !write.yes && !write.dry_run;
    for line in lines {
        if asking || write.dry_run { session.talk().show(line) } else { session.talk().note(line) }
    }
    if write.dry_run {
        session.talk().note("dry run: nothing was written");
        return Ok(None);
    }
    if write.yes {
        return Ok(Some(Consent::Flag));
    }
    let choice = session.store_choice()?;
    session.talk().ask(&format!("apply this to {choice}? [y/N] "));
    match answer(session).unwrap_or_default().to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(Some(Consent::Answered)),
        _ => Err(CliError::Declined),
    }
}

/// Has a word typed, before something that cannot be undone; `--yes` and a dry run are not asked.
pub(super) fn confirm_typed(
    session: &mut Session<'_, '_>,
    write: &WriteArgs,
    word: &str,
    why: &str,
) -> Result<(), CliError> {
    if write.yes || write.dry_run {
        return Ok(());
    }
    session.talk().show(why);
    session.talk().ask(&format!("type {word} to go on: "));
    if answer(session).as_deref() == Some(word) { Ok(()) } else { Err(CliError::Declined) }
}

/// A line from the terminal, without spaces round it; `None` at its end.
pub(super) fn answer(session: &mut Session<'_, '_>) -> Option<String> {
    let mut answer = Vec::new();
    let stdin = &mut *session.environment().stdin;
    let mut byte = [0];
    // Byte by byte: what follows the line is not ours.
    while answer.len() < ANSWER_BYTES_MAX {
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
