//! What automatic rebalancing says of itself, so that any host can see it: `rebalance/auto-status`.
//!
//! Invariant: it stays when who wrote it ends, as the next one goes on with its ledger and with how long nodes are Down.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::budget::DayLedger;
use super::health::{Away, Health};
use crate::model::document::parse_of_schema;
use crate::model::{NodeId, Timestamp};

/// The schema that this version writes.
pub const AUTO_STATUS_SCHEMA: &str = "otlp-part/auto-rebalance-status/v1";

/// How a round ended, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundResult {
    /// There was nothing to do.
    Balanced,
    /// A plan was executed to its end.
    Executed,
    /// Operations that an earlier execution left were brought to rest.
    Recovered,
    /// Somebody paused it.
    Paused,
    /// Somebody else executes.
    Busy,
    /// There is something to balance, outside the hours for it.
    OutsideWindow,
    /// There is something to balance, and the bytes of the day are spent.
    BudgetSpent,
    /// A node is Down, and not for so long yet that it is repaired.
    RepairWaits,
    /// Something is to be done that is not done unattended, or cannot be planned.
    Held,
    /// A plan was made and, as asked for, not executed.
    DryRun,
    /// A plan was executed in part: it was stopped, or some of its moves failed.
    Partly,
    /// An error.
    Failed,
}

impl RoundResult {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Balanced,
        Self::Executed,
        Self::Recovered,
        Self::Paused,
        Self::Busy,
        Self::OutsideWindow,
        Self::BudgetSpent,
        Self::RepairWaits,
        Self::Held,
        Self::DryRun,
        Self::Partly,
        Self::Failed,
    ];

    /// The word in JSON and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Balanced => "balanced",
            Self::Executed => "executed",
            Self::Recovered => "recovered",
            Self::Paused => "paused",
            Self::Busy => "busy",
            Self::OutsideWindow => "outside_window",
            Self::BudgetSpent => "budget_spent",
            Self::RepairWaits => "repair_waits",
            Self::Held => "held",
            Self::DryRun => "dry_run",
            Self::Partly => "partly",
            Self::Failed => "failed",
        }
    }
}

/// One round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Its number since this process leads, from 1.
    pub number: u64,
    /// When it began.
    pub began_at: Timestamp,
    /// When it ended.
    pub ended_at: Timestamp,
    /// How.
    pub result: RoundResult,
    /// The same in words.
    pub message: String,
    /// The plan, if one was recorded.
    pub plan_id: Option<String>,
    /// Moves that were made.
    pub moves_done: u64,
    /// Moves of the plan that are left.
    pub moves_left: u64,
    /// Bytes that were verified.
    pub verified_bytes: u64,
    /// The largest deviation of a node from its target before the round, if it was looked at.
    pub max_deviation: Option<f64>,
}

/// Nodes that were declared lost by this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedOver {
    /// When.
    pub at: Timestamp,
    /// Which.
    pub nodes: Vec<NodeId>,
    /// Partitions that got another leader.
    pub leaders_moved: u64,
}

/// What expired since this one leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpiredSince {
    /// Partitions that are gone.
    pub partitions: u64,
    /// Bytes of copies that were deleted, by the records.
    pub bytes: u64,
    /// Copies that were left to be deleted when their nodes are back.
    pub orphans: u64,
}

/// What was split since this one leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitSince {
    /// Partitions that were split.
    pub partitions: u64,
    /// Partitions that these became.
    pub children: u64,
    /// Bytes that were written anew, in all copies.
    pub bytes: u64,
    /// Old copies that were left to be deleted when their nodes are back.
    pub orphans: u64,
}

impl std::ops::AddAssign for SplitSince {
    fn add_assign(&mut self, other: Self) {
        self.partitions += other.partitions;
        self.children += other.children;
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.orphans += other.orphans;
    }
}

/// What was compacted since this one leads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompactedSince {
    /// Partitions that were compacted.
    pub partitions: u64,
    /// Segments that one copy of each had.
    pub segments: u64,
    /// And has.
    pub into: u64,
    /// Bytes that were written anew, in all copies.
    pub bytes: u64,
    /// Old copies that were left to be deleted when their nodes are back.
    pub orphans: u64,
}

impl std::ops::AddAssign for CompactedSince {
    fn add_assign(&mut self, other: Self) {
        self.partitions += other.partitions;
        self.segments += other.segments;
        self.into += other.into;
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.orphans += other.orphans;
    }
}

/// What automatic rebalancing says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AutoStatus {
    /// [`AUTO_STATUS_SCHEMA`].
    pub schema: String,
    /// Who wrote it.
    pub holder: String,
    /// Since when that one leads.
    pub started_at: Timestamp,
    /// When it was written.
    pub updated_at: Timestamp,
    /// What it was asked for, in words of the command line.
    pub settings: BTreeMap<String, String>,
    /// Whether a round is under way.
    pub is_running: bool,
    /// The last round that ended.
    pub last_round: Option<Round>,
    /// When the next one begins.
    pub next_round_at: Option<Timestamp>,
    /// What was moved for balance today.
    pub today: DayLedger,
    /// Nodes that do not answer.
    #[serde(default)]
    pub away: BTreeMap<NodeId, Away>,
    /// Nodes that are Down, and since when that is known.
    #[serde(default)]
    pub down: BTreeMap<NodeId, Timestamp>,
    /// Why nodes that do not answer are not declared lost.
    #[serde(default)]
    pub fail_over_held: Option<String>,
    /// The last fail-over.
    #[serde(default)]
    pub last_fail_over: Option<FailedOver>,
    /// What expired since then; absent where nothing did.
    #[serde(default)]
    pub expired: Option<ExpiredSince>,
    /// What was split since then; absent where nothing was.
    #[serde(default)]
    pub split: Option<SplitSince>,
    /// What was compacted since then; absent where nothing was.
    #[serde(default)]
    pub compacted: Option<CompactedSince>,
}

impl AutoStatus {
    /// Reads the stored value.
    ///
    /// # Errors
    /// Not the JSON of a status, or of a newer schema, in words.
    pub fn parse(value: &[u8]) -> Result<Self, String> {
        parse_of_schema(value, AUTO_STATUS_SCHEMA)
    }

    /// The health of nodes that the next leader goes on with. How long a node was away is not: nobody looked meanwhile.
    #[must_use]
    pub fn health(&self) -> Health {
        Health { away: BTreeMap::new(), down: self.down.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_comes_back_and_every_word_is_the_one_of_its_json() {
        let now = Timestamp::from_seconds(1_762_400_000);
        let round = Round {
            number: 3,
            began_at: now,
            ended_at: now,
            result: RoundResult::RepairWaits,
            message: "x".to_owned(),
            plan_id: None,
            moves_done: 1,
            moves_left: 2,
            verified_bytes: 3,
            max_deviation: Some(0.25),
        };
        let node = NodeId::parse("n1").unwrap();
        let status = AutoStatus {
            schema: AUTO_STATUS_SCHEMA.to_owned(),
            holder: "ann@desk".to_owned(),
            started_at: now,
            updated_at: now,
            settings: [("interval".to_owned(), "300s".to_owned())].into(),
            is_running: false,
            last_round: Some(round),
            next_round_at: Some(now),
            today: DayLedger { day: 20_398, bytes: 5 },
            away: [(node.clone(), Away { since: now, looks: 2, reason: "gone".to_owned() })].into(),
            down: [(node.clone(), now)].into(),
            fail_over_held: None,
            last_fail_over: Some(FailedOver { at: now, nodes: vec![node], leaders_moved: 4 }),
            expired: Some(ExpiredSince { partitions: 3, bytes: 9, orphans: 1 }),
            split: Some(SplitSince { partitions: 1, children: 4, bytes: 7, orphans: 0 }),
            compacted: Some(CompactedSince { partitions: 2, segments: 30, into: 4, bytes: 8, orphans: 1 }),
        };
        let text = serde_json::to_string(&status).unwrap();
        assert_eq!(AutoStatus::parse(text.as_bytes()), Ok(status.clone()));
        // Who wrote it before there were splits and compactions said nothing of them.
        let mut older: serde_json::Value = serde_json::from_str(&text).unwrap();
        for word in ["split", "compacted", "expired"] {
            older.as_object_mut().unwrap().remove(word);
        }
        let older = AutoStatus::parse(older.to_string().as_bytes()).unwrap();
        assert_eq!(older, AutoStatus { split: None, compacted: None, expired: None, ..status.clone() });
        let health = status.health();
        assert!(health.away.is_empty() && health.down == status.down);
        for result in RoundResult::ALL {
            assert_eq!(serde_json::to_value(result).unwrap(), result.name());
        }
        assert!(AutoStatus::parse(br#"{"schema":"otlp-part/auto-rebalance-status/v2"}"#).is_err());
    }
}
