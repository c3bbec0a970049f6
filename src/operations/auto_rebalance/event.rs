//! What automatic rebalancing tells while it runs.

use super::health::Health;
use super::status::{CompactedSince, FailedOver, Round, SplitSince};
use crate::model::NodeId;
use crate::operations::expiring::ExpiryOutcome;

/// One piece of news.
#[derive(Clone, Debug, PartialEq)]
pub enum AutoEvent<'a> {
    /// Another process rebalances; this one takes over when that one ends: who it is.
    Standby(&'a str),
    /// This process rebalances from now on.
    Leads,
    /// It does so no longer: why.
    LeadLost(&'a str),
    /// A plan is being executed.
    Executes {
        /// The plan.
        plan_id: &'a str,
        /// Its moves.
        moves: u64,
        /// Bytes that it copies.
        bytes: u64,
        /// Whether it makes missing copies anew.
        is_repair: bool,
    },
    /// Partitions past their retention go, or would.
    Expires {
        /// How many.
        partitions: u64,
        /// Bytes of all their copies, by their records.
        bytes: u64,
    },
    /// They went, as far as it came.
    Expired(&'a ExpiryOutcome),
    /// Partitions that are too large are split, or would be.
    Splits {
        /// How many.
        partitions: u64,
        /// Bytes of all their copies.
        bytes: u64,
    },
    /// They were, as far as it came.
    Split(&'a SplitSince),
    /// Partitions with many small segments are compacted, or would be.
    Compacts {
        /// How many.
        partitions: u64,
        /// Their segments that are merged, in one copy.
        merged: u64,
        /// What these become.
        into: u64,
        /// Bytes of all their copies.
        bytes: u64,
    },
    /// They were, as far as it came.
    Compacted(&'a CompactedSince),
    /// A round ended.
    Ended(&'a Round),
    /// All nodes were looked at: what is known of them, and how many there are.
    Looked(&'a Health, usize),
    /// A node does not answer: why.
    Away(&'a NodeId, &'a str),
    /// A node answers again, and whether it is Down: then an operator activates it.
    Back(&'a NodeId, bool),
    /// Nodes were declared lost.
    FailedOver(&'a FailedOver),
    /// Nodes that do not answer are not declared lost: why.
    FailOverHeld(&'a str),
    /// Something went wrong, and is tried again.
    Trouble(&'a str),
}

/// Who is told.
pub type AutoListener<'a> = &'a (dyn Fn(&AutoEvent<'_>) + Send + Sync);
