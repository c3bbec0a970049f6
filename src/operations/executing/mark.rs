//! Repair marks: a listed copy that was found to miss something is no source before it is repaired.

use super::read::Seen;
use super::run::Run;
use crate::model::{NodeId, Revision};
use crate::operations::change::KeyChange;
use crate::operations::repair_mark::new_mark;
use crate::ports::MetadataWrite;
use crate::ports::metadata::{Compare, Op, Outcome, Transaction};

/// Marks the copy of a node, if the record still names it. A mark that cannot be made now is made by whoever next finds the
/// same: nothing that follows rests on it.
pub(super) async fn mark<M: MetadataWrite, S, V>(run: &Run<'_, M, S, V>, seen: &Seen, node: &NodeId, why: &str) {
    let Some(record) = seen.view.record.as_ref().filter(|record| record.value.nodes.contains(node)) else { return };
    if seen.view.marks.contains_key(node) || run.lock == Revision::NONE {
        return;
    }
    let id = seen.partition;
    let mark = new_mark(run.keys, (id, node), &seen.view.copy_of(node), run.clock.now(), why);
    let KeyChange { key, value: Some(value), .. } = mark.clone() else { return };
    let mut transaction = Transaction {
        compares: vec![
            Compare::CreateRevision { key: run.keys.rebalance_lock(), is: run.lock },
            Compare::absent(key.clone()),
            Compare::ModRevision { key: run.keys.partition(id), is: record.revision },
        ],
        ops: vec![Op::put(key, value)],
    };
    run.trail().add(run.keys, &format!("the copy of {id} on {node} is to be repaired"), &[mark], &mut transaction);
    if let Ok(Outcome::Committed { .. }) = run.store.commit(transaction).await {
        run.crash.pass("mark-committed");
    }
}
