//! What the executor says of itself, so that any host can watch it: `rebalance/status` and `rebalance/lock`.

use serde::{Deserialize, Serialize};

use crate::model::document::parse_of_schema;
use crate::model::{NodeId, PartitionId, Timestamp};

/// The schema of a status that this version writes.
pub const STATUS_SCHEMA: &str = "otlp-part/rebalance-status/v1";
/// The schema of a lock that this version writes.
pub const LOCK_SCHEMA: &str = "otlp-part/rebalance-lock/v1";

/// A status that is older than this is late: one is written every 10 seconds.
pub const STATUS_STALE_AFTER_SECONDS: i64 = 25;

/// Moves named in one status; the rest is counted.
pub const RUNNING_MAX: usize = 200;

/// Who holds the lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockValue {
    /// [`LOCK_SCHEMA`].
    pub schema: String,
    /// The host.
    pub host: String,
    /// The user.
    pub user: String,
    /// The process there.
    pub pid: u32,
    /// Since when.
    pub started_at: Timestamp,
    /// The plan, if it is of one.
    pub plan_id: Option<String>,
}

/// What the executor says every few seconds. It hangs on the lock's lease, so it goes with the executor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RebalanceStatus {
    /// [`STATUS_SCHEMA`].
    pub schema: String,
    /// Who holds the lock.
    pub holder: String,
    /// `create_revision` of the lock: the name of this execution.
    pub execution: u64,
    /// The plan, if it is of one.
    pub plan_id: Option<String>,
    /// Since when.
    pub started_at: Timestamp,
    /// When this was written.
    pub updated_at: Timestamp,
    /// Why nothing new starts, if that is so.
    pub waits_for: Option<String>,
    /// Moves in all.
    pub moves: u64,
    /// Moves that are through.
    pub moves_done: u64,
    /// Moves that failed or were undone.
    pub moves_failed: u64,
    /// Bytes to be copied in all.
    pub bytes: u64,
    /// Bytes that were verified.
    pub verified_bytes: u64,
    /// Verified bytes a second, of late.
    pub bytes_per_second: u64,
    /// Seconds that the bytes which are left take, at the highest recent rate; `None` = there is no basis to say.
    #[serde(default)]
    pub eta_seconds_min: Option<u64>,
    /// The same at the lowest.
    #[serde(default)]
    pub eta_seconds_max: Option<u64>,
    /// How many moves are running; not all of them need be in `running`.
    pub in_flight: u64,
    /// The running moves, those that most need a look first.
    pub running: Vec<RunningMove>,
}

/// A move that is running.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningMove {
    /// The partition.
    pub partition: PartitionId,
    /// `replica`, `leader`, `repair` or `remove`.
    pub kind: String,
    /// Its phase in one word.
    pub phase: String,
    /// Who gives up its copy.
    pub from: Option<NodeId>,
    /// Who gets it.
    pub to: Option<NodeId>,
    /// From whose copy it is made.
    pub copy_from: Option<NodeId>,
    /// Bytes to be copied.
    pub bytes: u64,
    /// Bytes that were verified.
    pub verified_bytes: u64,
    /// Bytes a second that it copied and verified since its copy was taken up; none before the first of them, and behind the
    /// last.
    #[serde(default)]
    pub bytes_per_second: Option<u64>,
    /// What it waits for, if it stands still.
    pub waits_for: Option<String>,
}

impl RebalanceStatus {
    /// Reads the stored value.
    ///
    /// # Errors
    /// Not the JSON of a status, or of a newer schema, in words.
    pub fn parse(value: &[u8]) -> Result<Self, String> {
        parse_of_schema(value, STATUS_SCHEMA)
    }
}

impl LockValue {
    /// Who holds it, by what is stored: in words, or, where that cannot be read, as it is.
    #[must_use]
    pub fn holder_in_words(value: &[u8]) -> String {
        Self::parse(value).map_or_else(|_| String::from_utf8_lossy(value).into_owned(), |value| value.to_string())
    }

    /// Reads the stored value.
    ///
    /// # Errors
    /// Not the JSON of a lock, or of a newer schema, in words.
    pub fn parse(value: &[u8]) -> Result<Self, String> {
        parse_of_schema(value, LOCK_SCHEMA)
    }
}

/// "ann@desk, process 4711, since …"
impl std::fmt::Display for LockValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}, process {}, since {}", self.user, self.host, self.pid, self.started_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_come_back() {
        let lock = LockValue {
            schema: LOCK_SCHEMA.to_owned(),
            host: "desk".to_owned(),
            user: "ann".to_owned(),
            pid: 7,
            started_at: Timestamp::from_seconds(0),
            plan_id: None,
        };
        assert_eq!(LockValue::parse(serde_json::to_string(&lock).unwrap().as_bytes()), Ok(lock.clone()));
        assert_eq!(lock.to_string(), "ann@desk, process 7, since 1970-01-01T00:00:00Z");
        assert!(RebalanceStatus::parse(b"{}").is_err() && LockValue::parse(b"{\"schema\":\"x\"}").is_err());
    }
}
