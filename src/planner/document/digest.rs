//! Digests: of a plan document, and of what was planned on.
//!
//! Invariant: a document's digest is that of its JSON text, not of what this version understands of it: fields that a later
//! version adds are covered too. White space and the spelling of strings do not count, so that a plan may be printed
//! indented and escaped.

use std::fmt::Write as _;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::model::json::compact;
use crate::model::{Document, PartitionState};
use crate::planner::{Hold, Layout, NodeRole};

use super::PlanDocument;

/// Fields that say who made the plan and when, or are made of the digest.
const LEFT_OUT: [&str; 4] = ["plan_id", "created_at", "created_by", "digest"];

/// What a plan's id begins with.
const ID_PREFIX: &str = "plan-";

/// Hexadecimal digits of the digest in a plan's id: 48 bits, for a few dozen plans at a time.
const ID_DIGITS: usize = 12;

/// The one spelling of a JSON text: no white space, strings as this program writes them, numbers and order as they are.
///
/// The text must be JSON; of anything else the answer means nothing.
#[must_use]
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(quote) = rest.find('"') {
        let (before, string) = rest.split_at(quote);
        out.push_str(&compact(before));
        let end = end_of_string(string);
        let (string, after) = string.split_at(end);
        match serde_json::from_str::<String>(string) {
            Ok(decoded) if string.contains('\\') => out.push_str(&Value::from(decoded).to_string()),
            Ok(_) | Err(_) => out.push_str(string),
        }
        rest = after;
    }
    out.push_str(&compact(rest));
    out
}

/// Where the string ends that a text begins with.
fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    let ends = |(_, c): &(usize, char)| {
        let ends = !escaped && *c == '"';
        escaped = !escaped && *c == '\\';
        ends
    };
    text.char_indices().skip(1).find(ends).map_or(text.len(), |(at, _)| at + 1)
}

/// The digest of a document in its one spelling; `None` if it is no JSON object.
pub(super) fn digest_of(plain: &str) -> Option<String> {
    let mut document = Document::parse(plain.as_bytes()).ok()?;
    for field in LEFT_OUT {
        document.remove(field);
    }
    Some(sha256(document.to_json().as_bytes()))
}

/// The digest of what a document says of its plan, whichever revision it was made at: plans of the same content are the same
/// plan made again.
pub(super) fn content_of(plain: &str) -> Option<String> {
    let mut document = Document::parse(plain.as_bytes()).ok()?;
    document.remove("store_revision");
    digest_of(&document.to_json())
}

/// The id of the plan with this digest.
#[must_use]
pub(super) fn plan_id(digest: &str) -> String {
    let hex = digest.rsplit(':').next().unwrap_or_default();
    format!("{ID_PREFIX}{}", hex.get(..ID_DIGITS).unwrap_or(hex))
}

/// Whether a text has the form of a plan's id, such as `plan-3f2a9c1b7d04`.
#[must_use]
pub fn is_plan_id(text: &str) -> bool {
    text.strip_prefix(ID_PREFIX)
        .is_some_and(|hex| hex.len() == ID_DIGITS && hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
}

impl PlanDocument {
    /// The same document with the digest and the id that belong to what it says.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        self.digest = digest_of(&self.to_json()).unwrap_or_default();
        self.plan_id = plan_id(&self.digest);
        self
    }

    /// The document as compact JSON, as it is stored.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Every part of it is a JSON value: numbers are finite, and there are no maps.
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn sha256(bytes: &[u8]) -> String {
    text_of(Sha256::new().chain_update(bytes))
}

fn text_of(hash: Sha256) -> String {
    let mut text = String::from("sha256:");
    for byte in hash.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The digest of what was planned on: replication factor, nodes and every partition with all that a planner looks at.
///
/// The stream that is hashed, numbers little endian: the number of nodes (u64); for each its id and zone (each its length as u64, then
/// UTF-8), weight in thousandths (u64), capacity (u64, 2^64 − 1 = none), role (u8); the replication factor (u8); the number of
/// partitions (u64); for each its id as a string, size, revision, epoch (u64 each), hold and state (u8 each), leader slot
/// (u8, 255 = none), the number of holders (u8) and their numbers (u16 each); the number of marks (u64), each as
/// partition (u32) and node (u16).
#[must_use]
pub fn input_digest(layout: &Layout) -> String {
    let mut hash = Sha256::new();
    let text = |hash: &mut Sha256, text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    hash.update((layout.nodes().len() as u64).to_le_bytes());
    for node in layout.nodes() {
        text(&mut hash, node.id.as_str());
        text(&mut hash, &layout.zones()[usize::from(node.zone)]);
        hash.update(u64::from(node.weight.millis()).to_le_bytes());
        hash.update(node.capacity_bytes.unwrap_or(u64::MAX).to_le_bytes());
        hash.update([role_number(node.role)]);
    }
    hash.update([layout.replication_factor()]);
    hash.update((layout.len() as u64).to_le_bytes());
    let mut buffer = Vec::with_capacity(128);
    for (at, id) in layout.ids().iter().enumerate() {
        let mut id_text = crate::model::partition_id::TextBuffer::default();
        let id_text = id.write(&mut id_text);
        buffer.clear();
        buffer.extend((id_text.len() as u64).to_le_bytes());
        buffer.extend(id_text.as_bytes());
        for number in [layout.sizes()[at], layout.revisions()[at], layout.epochs()[at]] {
            buffer.extend(number.to_le_bytes());
        }
        let holders = layout.holders(at as u32);
        let (hold, state) = (hold_number(layout.holds()[at]), state_number(layout.states()[at]));
        buffer.extend([hold, state, layout.leader_slots()[at], holders.len() as u8]);
        holders.iter().for_each(|node| buffer.extend(node.to_le_bytes()));
        hash.update(&buffer);
    }
    hash.update((layout.marks().len() as u64).to_le_bytes());
    for (partition, node) in layout.marks() {
        hash.update(partition.to_le_bytes());
        hash.update(node.to_le_bytes());
    }
    text_of(hash)
}

/// Numbers that never change, whatever becomes of the order of an enum.
const fn role_number(role: NodeRole) -> u8 {
    match role {
        NodeRole::Open => 0,
        NodeRole::SendOnly => 1,
        NodeRole::Fixed => 2,
        NodeRole::Draining => 3,
        NodeRole::Lost => 4,
    }
}

const fn hold_number(hold: Hold) -> u8 {
    match hold {
        Hold::Free => 0,
        Hold::Future => 1,
        Hold::Open => 2,
        Hold::Pinned => 3,
        Hold::Expiring => 4,
        Hold::InFlight => 5,
        Hold::ForeignState => 6,
        Hold::Split => 7,
        Hold::Excluded => 8,
    }
}

const fn state_number(state: PartitionState) -> u8 {
    match state {
        PartitionState::Active => 0,
        PartitionState::Rebalancing => 1,
        PartitionState::Migrating => 2,
        PartitionState::ReadOnly => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{document, layout};
    use super::*;

    #[test]
    fn one_spelling_for_every_spelling() {
        for text in [
            r#"{ "a" : "x\u0079\/z \" é\u202e" ,"b":[ 1.50, -0 , 1e5 ],"c" : "  " , "d\u0031":null } "#,
            "{\"a\":\"xy/z \\\" é\\u202E\",\n\t\"b\":[1.50,-0,1e5],\"c\":\"  \",\"d1\":null}",
        ] {
            assert_eq!(plain(text), "{\"a\":\"xy/z \\\" é\u{202e}\",\"b\":[1.50,-0,1e5],\"c\":\"  \",\"d1\":null}");
        }
        assert_eq!(plain(r#""a\\""#), r#""a\\""#);
        // What is no JSON is no reason to fail.
        for text in ["", "\"", "\"\\", "{\"a", "\"\\ud800\"", "a\"b\"c"] {
            let _ = plain(text);
        }
    }

    #[test]
    fn the_digest_is_that_of_the_text_without_who_and_when() {
        let document = document();
        let mut later = document.clone();
        later.created_at = later.created_at.plus_seconds(5);
        later.created_by = "somebody else".into();
        assert_eq!(later.clone().sealed().digest, document.digest);
        later.store_revision += 1;
        let later = later.sealed();
        assert_ne!(later.digest, document.digest);
        assert_eq!(content_of(&later.to_json()), content_of(&document.to_json()));
        assert_ne!(content_of(&later.to_json()), Some(later.digest));
        assert!(document.digest.starts_with("sha256:") && document.digest.len() == 7 + 64, "{}", document.digest);
        assert_eq!(document.plan_id, format!("plan-{}", &document.digest[7..19]));
        assert!(is_plan_id(&document.plan_id));
        for no_id in ["plan-", "plan-0123456789a", "plan-0123456789aB", "plan-0123456789ab.json", "./plan-0123456789ab"]
        {
            assert!(!is_plan_id(no_id), "{no_id}");
        }
        // The definition, by hand.
        let text = document.to_json();
        let mut fields: serde_json::Map<String, Value> = serde_json::from_str(&text).unwrap();
        for name in LEFT_OUT {
            fields.shift_remove(name);
        }
        assert_eq!(sha256(Value::Object(fields).to_string().as_bytes()), document.digest);
        assert_eq!(
            sha256(b"abc"),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "FIPS 180-4"
        );
    }

    #[test]
    fn every_part_of_the_input_counts() {
        let digest = input_digest(&layout());
        assert_eq!(digest, input_digest(&layout()));
        let mut other = layout();
        other.mark(0, 1);
        let mut drained = layout();
        drained.set_role(1, NodeRole::Draining);
        let mut digests = vec![digest, input_digest(&other), input_digest(&drained)];
        digests.sort();
        digests.dedup();
        assert_eq!(digests.len(), 3);
    }
}
