//! Plans in the store: `plans/{plan_id}/{n:06}` in chunks, then `head`.
//!
//! Invariant: a plan without head does not exist. The head is written in a transaction that holds every chunk as it was
//! written, and is deleted before or with them; so a plan that is there is whole. The inverse lies beside the plan: its
//! chunks follow those of the plan.

mod chunks;
mod prune;
mod state;
mod write;

pub use chunks::CHUNK_BYTES_MAX;
pub use prune::{Kept, delete, prune};
pub use state::set_state;
pub use write::{Recorded, Recording};

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use crate::model::document::parse_of_schema;
use crate::model::{Revision, Timestamp};
use crate::operations::cluster::{CorruptValue, check_not_empty};
use crate::operations::consistent::consistently;
use crate::operations::{ClusterView, OperationError};
use crate::planner::document::read::ReadPlan;
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};

/// The schema of a head that this version writes.
pub const HEAD_SCHEMA: &str = "otlp-part/plan-head/v1";

/// What a recorded plan's head says. Later versions may add fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanHead {
    /// [`HEAD_SCHEMA`].
    pub schema: String,
    /// The plan.
    pub plan_id: String,
    /// Its cluster.
    pub cluster_id: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: String,
    /// The revision that was planned on.
    pub store_revision: u64,
    /// Its digest.
    pub digest: String,
    /// The digest of what it says, whichever revision it was made at.
    pub content: String,
    /// `recorded`, `executing` or `done`.
    pub state: String,
    /// Its moves, leader transfers left out.
    pub moves: u64,
    /// Leader transfers.
    pub leader_transfers: u64,
    /// Bytes that it copies.
    pub move_bytes: u64,
    /// Seconds that it takes at the assumed pace.
    pub estimated_seconds: u64,
    /// What it leaves undone.
    pub unplanned: u64,
    /// Chunks of the plan.
    pub chunks: usize,
    /// Bytes of the plan as text.
    pub bytes: u64,
    /// Chunks of its inverse, which follow.
    pub inverse_chunks: usize,
    /// Bytes of its inverse as text.
    pub inverse_bytes: u64,
}

/// The state of a plan that nobody executed.
pub const RECORDED: &str = "recorded";
/// The state of a plan whose execution began and is not over.
pub const EXECUTING: &str = "executing";
/// The state of a plan that is over.
pub const DONE: &str = "done";

impl PlanHead {
    /// Reads the stored value.
    ///
    /// # Errors
    /// Not the JSON of a head, or of a newer schema, in words.
    pub fn parse(value: &[u8]) -> Result<Self, String> {
        parse_of_schema(value, HEAD_SCHEMA)
    }
}

/// A plan as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPlan {
    /// Its id, as its keys say.
    pub id: String,
    /// Its head: `None` = its recording was not finished; or why it cannot be read.
    pub head: Option<Result<PlanHead, String>>,
    /// Its keys with the revisions read, the head first.
    pub keys: Vec<(String, Revision)>,
    /// Bytes of all keys and values.
    pub bytes: u64,
    /// The revision at which it came to be.
    pub recorded_at: Revision,
    /// Whether an operation in flight belongs to it.
    pub in_flight: bool,
}

impl StoredPlan {
    /// Whether it is there and not over: somebody may have to go on with it.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        self.in_flight || matches!(&self.head, Some(Ok(head)) if head.state != RECORDED && head.state != DONE)
    }

    /// Its head, if it exists and can be read.
    #[must_use]
    pub fn readable(&self) -> Option<&PlanHead> {
        self.head.as_ref().and_then(|head| head.as_ref().ok())
    }
}

/// Everything under `plans/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredPlans {
    /// The newest first; those whose recording was not finished come last.
    pub plans: Vec<StoredPlan>,
    /// Keys that belong to no plan.
    pub corrupt: Vec<CorruptValue>,
    /// The revision that was read.
    pub revision: Revision,
}

impl StoredPlans {
    /// Plans that exist.
    pub fn existing(&self) -> impl Iterator<Item = &StoredPlan> {
        self.plans.iter().filter(|plan| plan.head.is_some())
    }

    /// The recorded plan that says the same, if there is one.
    #[must_use]
    pub fn same_as(&self, plan: &ReadPlan) -> Option<&PlanHead> {
        let content = plan.content();
        self.plans.iter().filter_map(StoredPlan::readable).find(|head| head.content == content)
    }

    /// The corrupt values: keys that belong nowhere, and heads that cannot be read.
    #[must_use]
    pub fn corrupt(&self, keys: &Keys) -> Vec<CorruptValue> {
        let bad = |plan: &StoredPlan| match &plan.head {
            Some(Err(reason)) => Some(CorruptValue { key: keys.plan_head(&plan.id), reason: reason.clone() }),
            Some(Ok(_)) | None => None,
        };
        self.corrupt.iter().cloned().chain(self.plans.iter().filter_map(bad)).collect()
    }
}

/// Reads what is stored of every plan, but for what the plans say.
///
/// # Errors
/// The store does not answer or is empty.
pub async fn list<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
) -> Result<StoredPlans, OperationError> {
    consistently(at, async || list_once(store, keys, at).await).await
}

async fn list_once<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
) -> Result<StoredPlans, OperationError> {
    let answer = store.read(&[keys.migrations()], at).await?;
    let in_flight: Vec<String> = answer.ranges.into_iter().flatten().filter_map(|e| plan_of_journal(&e)).collect();
    let mut plans: BTreeMap<String, StoredPlan> = BTreeMap::new();
    let mut corrupt = Vec::new();
    let mut visit = |entry: &Entry| {
        match keys.name("plans", &entry.key).and_then(|name| name.split_once('/')) {
            Some((id, part)) if !id.is_empty() && !part.contains('/') => {
                let plan = plans.entry(id.to_owned()).or_insert_with(|| StoredPlan::empty(id, &in_flight));
                plan.add(part, entry);
            }
            Some(_) | None => {
                let reason = "its key is no plan's".to_owned();
                corrupt.push(CorruptValue { key: entry.key.clone(), reason });
            }
        }
        ControlFlow::Continue(())
    };
    store.scan(&keys.plans(), Some(answer.revision), &mut visit).await?;
    if plans.is_empty() && corrupt.is_empty() {
        check_not_empty(store, keys, Some(answer.revision)).await?;
    }
    let mut plans: Vec<StoredPlan> = plans.into_values().collect();
    plans.sort_by_key(|plan| {
        let made = plan.readable().map(|head| head.created_at);
        std::cmp::Reverse((plan.head.is_some(), made, plan.recorded_at, plan.id.clone()))
    });
    Ok(StoredPlans { plans, corrupt, revision: answer.revision })
}

/// The plan that an operation in flight belongs to.
fn plan_of_journal(entry: &Entry) -> Option<String> {
    #[derive(Deserialize)]
    struct Journal {
        plan_id: Option<String>,
    }
    serde_json::from_slice::<Journal>(&entry.value).ok()?.plan_id
}

impl StoredPlan {
    fn empty(id: &str, in_flight: &[String]) -> Self {
        let in_flight = in_flight.iter().any(|plan| plan == id);
        Self { id: id.to_owned(), head: None, keys: Vec::new(), bytes: 0, recorded_at: Revision::NONE, in_flight }
    }

    fn add(&mut self, part: &str, entry: &Entry) {
        self.bytes += (entry.key.len() + entry.value.len()) as u64;
        if part == "head" {
            self.head = Some(PlanHead::parse(&entry.value));
            self.recorded_at = entry.create_revision;
            self.keys.insert(0, (entry.key.clone(), entry.mod_revision));
        } else {
            self.keys.push((entry.key.clone(), entry.mod_revision));
        }
    }
}

/// Which document of a recorded plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The plan.
    Plan,
    /// The plan that undoes it.
    Inverse,
}

/// Reads a recorded plan, or its inverse.
///
/// # Errors
/// It does not exist, or a part of it cannot be read.
pub async fn get<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    at: Option<Revision>,
    id: &str,
    which: Which,
) -> Result<ReadPlan, OperationError> {
    // Whether it is there is known only where there is a cluster.
    let ranges = [KeyRange::single(&keys.plan_head(id)), keys.plan(id)];
    let (_, lists) = ClusterView::read(store, keys, at, &ranges).await?;
    let list = |n: usize| lists.get(n).map(Vec::as_slice).unwrap_or_default();
    let Some(entry) = list(0).first() else {
        return Err(OperationError::NotFound { what: format!("plan {id}") });
    };
    let corrupt = |reason: String| OperationError::Corrupt { key: entry.key.clone(), reason };
    let head = PlanHead::parse(&entry.value).map_err(corrupt)?;
    let (first, count, bytes) = match which {
        Which::Plan => (0, head.chunks, head.bytes),
        Which::Inverse => (head.chunks, head.inverse_chunks, head.inverse_bytes),
    };
    let mut values = Vec::new();
    for number in first..first.saturating_add(count) {
        let key = keys.plan_chunk(id, number);
        match list(1).iter().find(|chunk| chunk.key == key) {
            Some(chunk) => values.push(chunk),
            None => return Err(corrupt(format!("its chunk {number:06} is missing"))),
        }
    }
    let text = chunks::join(&values, bytes)?;
    let plan =
        ReadPlan::parse(text.as_bytes()).map_err(|fault| corrupt(format!("what it heads is broken: {fault}")))?;
    let is_its_own = which == Which::Inverse || (plan.document.plan_id == id && plan.document.digest == head.digest);
    if is_its_own { Ok(plan) } else { Err(corrupt("its chunks are those of another plan".to_owned())) }
}

#[cfg(test)]
mod tests;
