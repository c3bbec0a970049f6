//! Repair marks: a listed copy that misses something is no source and leads nothing before it is repaired.

use crate::model::{NodeId, PartitionId, Revision, Timestamp};
use crate::ports::Keys;

use super::change::KeyChange;

/// The schema that this version writes.
const SCHEMA: &str = "otlp-part/repair/v1";

/// The mark of a copy that has none yet.
#[must_use]
pub fn new_mark(
    keys: &Keys,
    (id, node): (PartitionId, &NodeId),
    copy_id: &str,
    since: Timestamp,
    reason: &str,
) -> KeyChange {
    let value = serde_json::json!({"schema": SCHEMA, "since": since.to_string(), "copy_id": copy_id, "reason": reason});
    KeyChange {
        what: format!("repair mark of {id} on {node}"),
        key: keys.repair_mark(id, node),
        before: Revision::NONE,
        value: Some(value.to_string().into_bytes()),
        fields: Vec::new(),
    }
}
