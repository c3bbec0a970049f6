//! Repair marks: a listed copy that was found to miss something is no source before it is repaired.

use super::read::Seen;
use super::run::Run;
use crate::migration::View;
use crate::model::{NodeId, Revision, Timestamp};
use crate::operations::change::KeyChange;
use crate::ports::MetadataWrite;
use crate::ports::metadata::{Compare, Op, Outcome, Transaction};

/// What is stored of a marked copy.
pub(in crate::operations) fn value(now: Timestamp, view: &View, node: &NodeId, why: &str) -> String {
    let copy = view.copy_of(node);
    serde_json::json!({"schema": "otlp-part/repair/v1", "since": now.to_string(), "copy_id": copy, "reason": why})
        .to_string()
}

/// Marks the copy of a node, if the record still names it. A mark that cannot be made now is made by whoever next finds the
/// same: nothing that follows rests on it.
pub(super) async fn mark<M: MetadataWrite, S, V>(run: &Run<'_, M, S, V>, seen: &Seen, node: &NodeId, why: &str) {
    let Some(record) = seen.view.record.as_ref().filter(|record| record.value.nodes.contains(node)) else { return };
    if seen.view.marks.contains_key(node) || run.lock == Revision::NONE {
        return;
    }
    let id = seen.partition;
    let key = run.keys.repair_mark(id, node);
    let value = value(run.clock.now(), &seen.view, node, why);
    let mut transaction = Transaction {
        compares: vec![
            Compare::CreateRevision { key: run.keys.rebalance_lock(), is: run.lock },
            Compare::absent(key.clone()),
            Compare::ModRevision { key: run.keys.partition(id), is: record.revision },
        ],
        ops: vec![Op::put(key.clone(), value.clone())],
    };
    let change = KeyChange {
        what: format!("repair mark of {id} on {node}"),
        key,
        before: Revision::NONE,
        value: Some(value.into_bytes()),
        fields: Vec::new(),
    };
    run.trail().add(run.keys, &format!("the copy of {id} on {node} is to be repaired"), &[change], &mut transaction);
    if let Ok(Outcome::Committed { .. }) = run.store.commit(transaction).await {
        run.crash.pass("mark-committed");
    }
}
