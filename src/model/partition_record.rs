//! Partition records: who holds a partition.
//!
//! The value under `partitions/{pid}` has exactly the eight fields of existing clusters, in this order: `partition_id,
//! nodes, leader, state, size_bytes, record_count, created_at, updated_at`, plus whatever unknown ones were there.
//!
//! Invariant: a record that parses has distinct nodes, its leader (if any) among them, and the id of its key.

use serde::{Deserialize, Serialize};

use super::document::is_object;
use super::{Document, NodeId, PartitionId, Timestamp};

/// What may be done with a partition.
///
/// ```text
///  ReadOnly <--> Active --start--> Migrating --cutover, abort--> Active or ReadOnly, as before
///     |                               ^
///     +------------start--------------+        Rebalancing: written by older tools, read like Migrating, never written
///
///  Active or ReadOnly --claimed to be expired--> ReadOnly --given back--> as before, or the record goes
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PartitionState {
    /// Read and written.
    Active,
    /// Written by older tools while they moved data.
    Rebalancing,
    /// Being moved: writers hold back.
    Migrating,
    /// Read only.
    ReadOnly,
}

impl PartitionState {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Active, Self::Rebalancing, Self::Migrating, Self::ReadOnly];

    /// The word in metadata and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Rebalancing => "Rebalancing",
            Self::Migrating => "Migrating",
            Self::ReadOnly => "ReadOnly",
        }
    }

    /// Reads the word, any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name().eq_ignore_ascii_case(text))
    }

    /// Whether an operator's edit may lead from this state to `next`. Moves set and end `Migrating` themselves.
    #[must_use]
    pub fn can_become(self, next: Self) -> bool {
        match (self, next) {
            (Self::Active, Self::ReadOnly) | (Self::ReadOnly, Self::Active) => true,
            // Left behind by an older tool, or by an operation whose journal is gone: an operator may end it. While an
            // operation is in flight nobody may.
            (Self::Rebalancing | Self::Migrating, Self::Active | Self::ReadOnly) => true,
            (from, to) => from == to,
        }
    }
}

/// A partition's record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PartitionRecord {
    /// The partition.
    pub id: PartitionId,
    /// The nodes that hold it, distinct.
    pub nodes: Vec<NodeId>,
    /// The one that leads; `None` if the record names none.
    pub leader: Option<NodeId>,
    /// Its state.
    pub state: PartitionState,
    /// Bytes of one copy.
    pub size_bytes: u64,
    /// Records in one copy.
    pub record_count: u64,
    /// When the record was made; never changes.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Why a stored value is no partition record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Not the JSON of a record.
    #[error("{0}")]
    Json(String),
    /// The id in the value is not the key's.
    #[error("its partition_id is {0:?}, not the id of its key")]
    OtherId(String),
    /// A node twice.
    #[error("node {0} stands in its nodes twice")]
    DuplicateNode(NodeId),
    /// The leader holds no copy.
    #[error("its leader {0} is not among its nodes")]
    ForeignLeader(NodeId),
    /// A state that this version does not know.
    #[error("its state {0:?} is not known to this version")]
    UnknownState(String),
    /// A time that cannot be read.
    #[error("its {field} {value} is no time")]
    Time {
        /// The field.
        field: &'static str,
        /// Its raw text.
        value: String,
    },
}

#[derive(Deserialize)]
struct Wire<'a> {
    partition_id: std::borrow::Cow<'a, str>,
    nodes: Vec<NodeId>,
    leader: Option<std::borrow::Cow<'a, str>>,
    state: std::borrow::Cow<'a, str>,
    size_bytes: u64,
    record_count: u64,
    #[serde(borrow)]
    created_at: &'a serde_json::value::RawValue,
    #[serde(borrow)]
    updated_at: &'a serde_json::value::RawValue,
}

impl PartitionRecord {
    /// Reads the value stored under the key of `id`.
    ///
    /// # Errors
    /// The value is not a record, or breaks one of a record's invariants.
    pub fn parse(id: PartitionId, bytes: &[u8]) -> Result<Self, RecordError> {
        if !is_object(bytes) {
            return Err(RecordError::Json("not a JSON object".to_owned()));
        }
        let wire: Wire<'_> = serde_json::from_slice(bytes).map_err(|e| RecordError::Json(e.to_string()))?;
        if wire.partition_id != id.to_string() {
            return Err(RecordError::OtherId(wire.partition_id.into_owned()));
        }
        for (i, node) in wire.nodes.iter().enumerate() {
            if wire.nodes[..i].contains(node) {
                return Err(RecordError::DuplicateNode(node.clone()));
            }
        }
        let leader = match wire.leader.as_deref() {
            None | Some("") => None,
            Some(text) => Some(NodeId::parse(text).map_err(|e| RecordError::Json(format!("leader {text:?}: {e}")))?),
        };
        if let Some(leader) = leader.as_ref().filter(|leader| !wire.nodes.contains(leader)) {
            return Err(RecordError::ForeignLeader(leader.clone()));
        }
        let state = PartitionState::ALL
            .into_iter()
            .find(|s| s.name() == wire.state)
            .ok_or_else(|| RecordError::UnknownState(wire.state.into_owned()))?;
        Ok(Self {
            id,
            nodes: wire.nodes,
            leader,
            state,
            size_bytes: wire.size_bytes,
            record_count: wire.record_count,
            created_at: parse_stored_time("created_at", wire.created_at.get())?,
            updated_at: parse_stored_time("updated_at", wire.updated_at.get())?,
        })
    }

    /// The value to store for a new record: the eight fields in their order.
    #[must_use]
    pub fn to_document(&self) -> Document {
        let mut document = Document::default();
        document.set("partition_id", self.id.to_string());
        document.set("nodes", self.nodes.iter().map(|n| n.as_str().to_owned()).collect::<Vec<_>>());
        document.set("leader", self.leader.as_ref().map(|n| n.as_str().to_owned()));
        document.set("state", self.state.name());
        document.set("size_bytes", self.size_bytes);
        document.set("record_count", self.record_count);
        document.set("created_at", self.created_at.to_string());
        document.set("updated_at", self.updated_at.to_string());
        document
    }
}

/// Existing writers store times as RFC 3339 text or as a Unix number; both are read.
fn parse_stored_time(field: &'static str, raw: &str) -> Result<Timestamp, RecordError> {
    let wrong = || RecordError::Time { field, value: raw.to_owned() };
    let text: std::borrow::Cow<'_, str> =
        if raw.starts_with('"') { serde_json::from_str(raw).map_err(|_| wrong())? } else { raw.into() };
    super::time::parse_absolute(&text).map_err(|_| wrong())
}

/// Sets a stored time, in the type (text or number of the same unit) that the field already has.
pub fn set_stored_time(document: &mut Document, field: &'static str, time: Timestamp) {
    let number = document.get(field).and_then(|raw| raw.parse::<u64>().ok());
    let nanos = u64::try_from(time.nanos()).unwrap_or(0);
    match number {
        None => document.set(field, time.to_string()),
        Some(0..100_000_000_000) => document.set(field, nanos / 1_000_000_000),
        Some(100_000_000_000..100_000_000_000_000) => document.set(field, nanos / 1_000_000),
        Some(100_000_000_000_000..100_000_000_000_000_000) => document.set(field, nanos / 1_000),
        Some(_) => document.set(field, nanos),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = r#"{"partition_id":"partition_489542_0051","nodes":["node-4","node-2"],"leader":"node-4","state":"Active","size_bytes":7,"record_count":2,"created_at":"2025-11-05T14:00:00Z","updated_at":"2025-11-05T14:00:00Z"}"#;

    fn id() -> PartitionId {
        "partition_489542_0051".parse().unwrap()
    }

    #[test]
    fn the_eight_fields_round_trip_in_order() {
        let record = PartitionRecord::parse(id(), RECORD.as_bytes()).unwrap();
        assert_eq!(record.to_document().to_json(), RECORD);
    }

    #[test]
    fn broken_records_say_what_is_broken() {
        let error =
            |from: &str, to: &str| PartitionRecord::parse(id(), RECORD.replace(from, to).as_bytes()).unwrap_err();
        assert!(matches!(error("_0051", "_0052"), RecordError::OtherId(_)));
        assert!(matches!(error("\"node-2\"", "\"node-4\""), RecordError::DuplicateNode(_)));
        assert!(matches!(error("\"leader\":\"node-4\"", "\"leader\":\"node-9\""), RecordError::ForeignLeader(_)));
        assert!(matches!(error("Active", "Melting"), RecordError::UnknownState(_)));
        assert!(matches!(error(":7", ":-7"), RecordError::Json(_)));
        for no_time in ["soon", "now", "now-2h", "-90m", ""] {
            assert!(matches!(error("2025-11-05T14:00:00Z", no_time), RecordError::Time { .. }), "{no_time:?}");
        }
    }

    #[test]
    fn a_record_without_leader_is_read() {
        for none in ["null", "\"\""] {
            let text = RECORD.replace("\"leader\":\"node-4\"", &format!("\"leader\":{none}"));
            assert_eq!(PartitionRecord::parse(id(), text.as_bytes()).unwrap().leader, None);
        }
    }

    #[test]
    fn times_keep_their_type() {
        let time = Timestamp::from_seconds(1_762_353_824);
        for (old, new) in
            [("1762351200", "1762353824"), ("1762351200000", "1762353824000"), ("\"x\"", "\"2025-11-05T14:43:44Z\"")]
        {
            let mut document = Document::parse(format!("{{\"updated_at\":{old}}}").as_bytes()).unwrap();
            set_stored_time(&mut document, "updated_at", time);
            assert_eq!(document.get("updated_at"), Some(new));
        }
    }

    #[test]
    fn operators_end_migrating_and_never_begin_it() {
        use PartitionState::{Active, Migrating, ReadOnly, Rebalancing};
        assert!(Migrating.can_become(Active) && Migrating.can_become(ReadOnly) && !Migrating.can_become(Rebalancing));
        for from in PartitionState::ALL {
            assert_eq!(from.can_become(PartitionState::Migrating), from == PartitionState::Migrating);
        }
    }
}
