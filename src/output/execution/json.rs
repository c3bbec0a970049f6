//! An execution's events for wrappers: one JSON object a line.
//!
//! Bytes come in a `progress` object every second rather than one by one; everything else is told as it happens.

use serde_json::{Value, json};

use super::whole::Whole;
use crate::migration::RunningMove;
use crate::operations::executing::{ExecutionEvent, MoveLabel, Totals};
use crate::output::progress::PROGRESS_SCHEMA;

/// What moves is called in progress.
pub(super) const WHAT: &str = "moving";

/// An object of one kind, with its fields.
fn object(kind: &str, fields: Value) -> Value {
    let mut object = json!({"schema": PROGRESS_SCHEMA, "what": WHAT, "event": kind});
    if let (Some(object), Value::Object(fields)) = (object.as_object_mut(), fields) {
        object.extend(fields);
    }
    object
}

/// How far all is, with the first running moves.
pub(super) fn progress(whole: &Whole, running: &[RunningMove]) -> Value {
    let eta = whole.eta_seconds;
    object(
        "progress",
        json!({
            "bytes": whole.verified_bytes,
            "total_bytes": whole.bytes,
            "percent": whole.percent,
            "bytes_per_second": whole.bytes_per_second,
            "eta_seconds": eta.map(|(_, high)| high),
            "eta_seconds_min": eta.map(|(low, _)| low),
            "eta_seconds_max": eta.map(|(_, high)| high),
            "moves": whole.moves,
            "moves_done": whole.moves_done,
            "moves_failed": whole.moves_failed,
            "in_flight": whole.running,
            "waits_for": whole.waits_for,
            "running": running,
        }),
    )
}

/// An event; `None` = it shows in what [`progress`] says.
pub(super) fn event(event: &ExecutionEvent) -> Option<Value> {
    Some(match event {
        ExecutionEvent::Written { .. } | ExecutionEvent::Verified { .. } => return None,
        ExecutionEvent::Recovering { operations } => object("recovering", json!({"operations": operations})),
        ExecutionEvent::Started { plan_id, execution, moves, bytes } => {
            let fields = json!({"plan_id": plan_id, "execution": execution.0, "moves": moves, "total_bytes": bytes});
            object("started", fields)
        }
        ExecutionEvent::Waits(on) => object("waits", json!({"waits_for": on.to_string()})),
        ExecutionEvent::GoesOn => object("goes_on", json!({})),
        ExecutionEvent::MoveStarted(MoveLabel { number, partition, kind, from, to, copy_from, bytes }) => {
            let fields = json!({
                "number": number, "partition": partition.to_string(), "kind": kind.name(), "from": from, "to": to,
                "copy_from": copy_from, "total_bytes": bytes,
            });
            object("move_started", fields)
        }
        ExecutionEvent::Phase { number, phase } => object("phase", json!({"number": number, "phase": phase.name()})),
        ExecutionEvent::MoveWaits { number, on } => {
            let on = on.as_ref().map(ToString::to_string);
            object("move_waits", json!({"number": number, "waits_for": on}))
        }
        ExecutionEvent::Planned { number, segments, bytes } => {
            object("planned", json!({"number": number, "segments": segments, "total_bytes": bytes}))
        }
        ExecutionEvent::Repeated { number, segment, reason } => {
            object("repeated", json!({"number": number, "segment": segment, "reason": reason}))
        }
        ExecutionEvent::Cutover { number } => object("cutover", json!({"number": number})),
        ExecutionEvent::Done { number } => object("done", json!({"number": number})),
        ExecutionEvent::Aborted { number, reason, error } => {
            let reason = error.clone().or_else(|| reason.map(|reason| reason.words().to_owned()));
            object("aborted", json!({"number": number, "reason": reason}))
        }
        ExecutionEvent::Failed { number, reason, hint } => {
            object("failed", json!({"number": number, "reason": reason, "hint": hint}))
        }
        ExecutionEvent::Skipped { number, partition, reason } => {
            object("skipped", json!({"number": number, "partition": partition.to_string(), "reason": reason}))
        }
        ExecutionEvent::Limits { bytes_per_second, per_node } => {
            object("limits", json!({"limit_bytes_per_second": bytes_per_second, "max_concurrent": per_node}))
        }
        ExecutionEvent::Stopping { reason } => object("stopping", json!({"reason": reason})),
        ExecutionEvent::Ended(totals) => object("ended", totals_json(totals)),
    })
}

fn totals_json(totals: &Totals) -> Value {
    let Totals { done, done_before, recovered, aborted, failed, stale, left, verified_bytes } = totals;
    json!({
        "done": done, "done_before": done_before, "recovered": recovered, "undone": aborted, "failed": failed,
        "stale": stale, "left": left, "verified_bytes": verified_bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::executing::WaitsFor;

    #[test]
    fn every_object_has_schema_and_kind() {
        let whole = Whole { eta_seconds: Some((4, 6)), bytes: 9, verified_bytes: 3, percent: 33, ..Whole::default() };
        let told = progress(&whole, &[]);
        assert_eq!((&told["schema"], &told["event"]), (&json!("otlp-part/progress/v1"), &json!("progress")));
        assert_eq!(
            (&told["bytes"], &told["total_bytes"], &told["eta_seconds_min"], &told["eta_seconds_max"]),
            (&json!(3), &json!(9), &json!(4), &json!(6))
        );
        let waits = ExecutionEvent::MoveWaits { number: 7, on: Some(WaitsFor::StoreSpace) };
        assert_eq!(
            event(&waits).unwrap().to_string(),
            r#"{"schema":"otlp-part/progress/v1","what":"moving","event":"move_waits","number":7,"waits_for":"room in the store"}"#
        );
        assert_eq!(event(&ExecutionEvent::Written { number: 0, bytes: 1 }), None);
    }
}
