//! Explanations for people and scripts.

use serde_json::{Value, json};

use crate::routing::Route;
use crate::routing::explain::Explanation;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

pub(super) fn explanation_json(e: &Explanation) -> Value {
    let step = |s: &crate::routing::explain::ExplainedStep| json!({"token": format!("{:016x}", s.token), "node": s.node, "state": s.state.name(), "taken": s.taken});
    json!({
        "partitioning": e.partitioning,
        "key_bytes": hex(&e.key_bytes),
        "hash_algorithm": e.hash.map(|_| e.algorithm),
        "hash": e.hash.map(|h| format!("{h:016x}")),
        "index": e.index,
        "root_partition": e.root.to_string(),
        "ring_hash": format!("{:016x}", e.ring_hash),
        "walk": e.walk.iter().map(step).collect::<Vec<_>>(),
        "record_revision": e.record_revision.map(|r| r.0),
    })
}

pub(super) fn explanation_lines(route: &Route, e: &Explanation) -> Vec<String> {
    let mut lines = vec![format!("{} because", route.partition)];
    lines.push(format!("  partitioning  {}", e.partitioning));
    let span = format!("{} to {}", route.span.start(), route.span.end());
    lines.push(format!("  time bucket   {}, {span}", e.bucket.id()));
    if let Some(hash) = e.hash {
        lines.push(format!("  key bytes     {}", hex(&e.key_bytes)));
        lines.push(format!("  hash          {} = {hash:016x}", e.algorithm));
    }
    if let Some(index) = e.index {
        let how = if e.hash.is_some() { "hash bucket" } else { "range index" };
        lines.push(format!("  {how:<12}  {index}"));
    }
    if e.root != route.partition {
        lines.push(format!("  split         {} was split; the key's bits lead to {}", e.root, route.partition));
    }
    match e.record_revision {
        Some(revision) => lines.push(format!("  owners        from its record, revision {revision}")),
        None => {
            lines.push(format!("  owners        no record, so the {} decides", route.placed_by.name()));
            lines.push(format!("  ring key      siphash13({}) = {:016x}", route.partition, e.ring_hash));
        }
    }
    for step in &e.walk {
        let what = if step.taken { "taken" } else { "already an owner" };
        lines.push(format!("    token {:016x}  {} ({}): {what}", step.token, step.node, step.state.name()));
    }
    for (node, state) in route.owners.iter().zip(&route.owner_states) {
        lines.push(format!("  {node} is {}", state.map_or("unknown to the cluster", crate::model::NodeState::name)));
    }
    lines
}
