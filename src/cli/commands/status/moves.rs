//! What `status` says of moves: how far they are, what stands still and why, who drives them.

use serde_json::{Value, json};

use crate::migration::RunningMove;
use crate::operations::executor::ExecutorView;
use crate::output::Whole;

/// Moves that stand still and are named; the rest is counted.
const STALLED_SHOWN: usize = 3;
/// The width of what a line begins with.
const INDENT: usize = 12;

/// The lines; the first of them always is there.
pub(super) fn moves_lines(executor: &ExecutorView, argument: &str, unicode: bool) -> Vec<String> {
    let phases: Vec<String> = executor.by_phase.iter().map(|(phase, n)| format!("{phase} {n}")).collect();
    let phases = if phases.is_empty() { String::new() } else { format!(" ({})", phases.join(", ")) };
    let running = format!("{} running{phases}", executor.in_flight());
    let line = |name: &str, text: &str| format!("{name:<INDENT$}{text}");
    let mut lines = Vec::new();
    match &executor.lock {
        Some(lock) => {
            lines.push(line("moves", &running));
            lines.push(line("lock", &lock.to_string()));
        }
        None => lines.push(line("moves", &format!("{running}, lock free"))),
    }
    for (kind, count) in &executor.by_kind {
        lines.push(line("", &format!("{count} of them {kind} a partition")));
    }
    if let Some(command) = executor.goes_on() {
        lines.push(line("", &format!("nobody executes: `otlp-part{argument} {command}` goes on")));
    }
    if let Some(said) = executor.said.as_ref().filter(|said| said.moves > 0) {
        let whole = Whole::of_status(said);
        lines.extend(whole.bytes_in_words(unicode).map(|bytes| line("progress", &bytes)));
        lines.push(line("", &whole.moves_in_words()));
        lines.extend(whole.waits_for.map(|on| line("", &format!("waits for {on}"))));
    }
    let stalled = |m: &RunningMove| {
        let waits = m.waits_for.as_deref().unwrap_or_default();
        line("", &format!("{} {}: {waits}", m.partition, m.phase))
    };
    lines.extend(executor.stalled().take(STALLED_SHOWN).map(stalled));
    let more = executor.stalled().count().saturating_sub(STALLED_SHOWN);
    if more > 0 {
        lines.push(line("", &format!("{more} more stand still: `otlp-part{argument} migration list`")));
    }
    match &executor.told {
        Some(Ok(control)) => {
            let paused = control.paused.as_ref();
            lines.extend(paused.map(|said| line("paused", &format!("by {} at {}", said.by, said.at))));
        }
        Some(Err(reason)) => lines.push(line("paused", &format!("what is told the executor cannot be read: {reason}"))),
        None => {}
    }
    lines
}

/// What is added of them to the one object.
pub(super) fn moves_json(executor: &ExecutorView, argument: &str) -> Value {
    let stalled = |m: &RunningMove| json!({"partition": m.partition.to_string(), "phase": m.phase, "to": m.to, "waiting_on": m.waits_for});
    let paused = executor.told.as_ref().and_then(|told| told.as_ref().ok()?.paused.as_ref());
    json!({
        "progress": executor.said.as_ref().map(|said| json!({
            "plan_id": said.plan_id, "moves": said.moves, "moves_done": said.moves_done,
            "moves_failed": said.moves_failed, "bytes": said.bytes, "verified_bytes": said.verified_bytes,
            "bytes_per_second": said.bytes_per_second, "eta_seconds_min": said.eta_seconds_min,
            "eta_seconds_max": said.eta_seconds_max, "waiting_on": said.waits_for,
            "said_at": said.updated_at.to_string(),
        })),
        "stalled": executor.stalled().map(stalled).collect::<Vec<_>>(),
        "paused": paused.map(|said| json!({"by": said.by, "at": said.at.to_string()})),
        "goes_on": executor.goes_on().map(|command| format!("otlp-part{argument} {command}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::create::entry;

    fn view(lock: Option<&str>, journals: usize, control: Option<&str>, status: Option<&str>) -> ExecutorView {
        let list = |key: &str, value: Option<&str>| {
            value.map(|value| entry(format!("/otlp/{key}"), value.to_owned())).into_iter().collect::<Vec<_>>()
        };
        let journal = r#"{"phase":"Copying","plan_id":"plan-1"}"#;
        let journals = (0..journals).map(|_| entry("/otlp/migrations/x".to_owned(), journal.to_owned())).collect();
        ExecutorView::of(&[
            list("rebalance/lock", lock),
            journals,
            list("rebalance/control", control),
            list("rebalance/status", status),
        ])
    }

    #[test]
    fn at_rest_it_is_one_line() {
        assert_eq!(moves_lines(&view(None, 0, None, None), "", false), ["moves       0 running, lock free"]);
    }

    #[test]
    fn what_nobody_drives_is_said_with_what_goes_on() {
        let lines = moves_lines(&view(None, 2, None, None), " --store etcd:", false);
        assert_eq!(
            lines,
            [
                "moves       2 running (Copying 2), lock free",
                "            nobody executes: `otlp-part --store etcd: execute-rebalance plan-1` goes on",
            ]
        );
    }

    #[test]
    fn an_execution_is_told_with_what_stands_still() {
        let running = |n: u32, phase: &str, waits: &str| {
            format!(
                r#"{{"partition":"partition_489542_000{n}","kind":"replica","phase":"{phase}","from":"n1","to":"n2",
                "copy_from":"n1","bytes":10,"verified_bytes":1,"waits_for":{waits}}}"#
            )
        };
        let mut all: Vec<String> = (0..5).map(|n| running(n, "copying", r#""data from n1, none for 34 s""#)).collect();
        all.push(running(6, "grace", r#""readers' caches, 43 s left""#));
        all.push(running(7, "copying", "null"));
        let status = format!(
            r#"{{"schema":"otlp-part/rebalance-status/v1","holder":"ann","execution":5,"plan_id":"plan-1",
            "started_at":"2025-11-05T15:00:00Z","updated_at":"2025-11-05T15:00:00Z","waits_for":null,"moves":20,
            "moves_done":3,"moves_failed":1,"bytes":2000,"verified_bytes":900,"bytes_per_second":10,"in_flight":7,
            "eta_seconds_min":100,"eta_seconds_max":130,"running":[{}]}}"#,
            all.join(",")
        );
        let lock = r#"{"user":"ann","host":"desk","started_at":"2025-11-05T15:00:00Z"}"#;
        let control =
            r#"{"schema":"otlp-part/rebalance-control/v1","paused":{"by":"bob@desk","at":"2025-11-05T15:01:00Z"}}"#;
        let view = view(Some(lock), 7, Some(control), Some(&status));
        let lines = moves_lines(&view, "", false);
        assert_eq!(
            lines,
            [
                "moves       7 running (Copying 7)",
                "lock        held by ann@desk since 2025-11-05T15:00:00Z",
                "progress    900 B of 2.00 kB verified (45 %), 10 B/s, 1-3 min left",
                "            3 of 20 moves done, 7 running, 1 failed",
                "            partition_489542_0000 copying: data from n1, none for 34 s",
                "            partition_489542_0001 copying: data from n1, none for 34 s",
                "            partition_489542_0002 copying: data from n1, none for 34 s",
                "            2 more stand still: `otlp-part migration list`",
                "paused      by bob@desk at 2025-11-05T15:01:00Z",
            ]
        );
        let told = moves_json(&view, "");
        assert_eq!((told["stalled"].as_array().map(Vec::len), &told["paused"]["by"]), (Some(5), &json!("bob@desk")));
    }
}
