//! Recording a plan with its inverse.

use crate::model::Revision;
use crate::operations::audit::AuditRecord;
use crate::operations::change::{Applied, Consent, KeyChange, conflict};
use crate::operations::{AuditContext, OperationError};
use crate::planner::document::PlanDocument;
use crate::planner::document::read::ReadPlan;
use crate::ports::metadata::{Compare, Entry, Limits, Op, Outcome, Transaction};
use crate::ports::{Keys, MetadataWrite};

use super::{HEAD_SCHEMA, PlanHead, RECORDED, chunks};

/// The most chunks of a plan and its inverse: the head's transaction compares each of them, the head, and its audit entry,
/// and etcd takes 128 comparisons.
const CHUNKS_MAX: usize = 120;

/// Room for the audit entry of a transaction, which names a few keys.
const AUDIT_BYTES: usize = 80 << 10;

/// What became of a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// It was written.
    Now(Applied),
    /// This very plan is there.
    Already,
}

/// A plan that is ready to be recorded.
#[derive(Clone, Debug)]
pub struct Recording {
    head: PlanHead,
    chunks: Vec<String>,
}

impl Recording {
    /// A plan with its inverse.
    ///
    /// # Errors
    /// It is too large for a store, or for no cluster: nobody could execute it.
    pub fn new(plan: &ReadPlan, inverse: &PlanDocument) -> Result<Self, OperationError> {
        let document = &plan.document;
        if document.cluster_id.is_empty() {
            return Err(OperationError::Refused {
                refused: "refused to record the plan".to_owned(),
                reason:
                    "no cluster spec is recorded, so the plan is of no cluster; `otlp-part init --adopt` records one"
                        .to_owned(),
                forceable: false,
            });
        }
        let inverse = inverse.to_json();
        let mut all = chunks::split(&plan.text)?;
        let count = all.len();
        all.extend(chunks::split(&inverse)?);
        if all.len() > CHUNKS_MAX {
            return Err(OperationError::Invalid(format!(
                "the plan with its inverse has {} chunks of 512 KiB, the most that are recorded is {CHUNKS_MAX}: write it \
                 to a file with --out, or plan a part with --max-bytes",
                all.len()
            )));
        }
        let head = PlanHead {
            schema: HEAD_SCHEMA.to_owned(),
            plan_id: document.plan_id.clone(),
            cluster_id: document.cluster_id.clone(),
            created_at: document.created_at,
            created_by: document.created_by.clone(),
            store_revision: document.store_revision,
            digest: document.digest.clone(),
            content: plan.content(),
            state: RECORDED.to_owned(),
            moves: document.summary.moves,
            leader_transfers: document.summary.leader_transfers,
            move_bytes: document.summary.bytes,
            estimated_seconds: document.summary.estimated_seconds,
            unplanned: document.unplanned.len() as u64,
            chunks: count,
            bytes: plan.text.len() as u64,
            inverse_chunks: all.len() - count,
            inverse_bytes: inverse.len() as u64,
        };
        Ok(Self { head, chunks: all })
    }

    /// The plan.
    #[must_use]
    pub fn plan_id(&self) -> &str {
        &self.head.plan_id
    }

    /// Keys that are written.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chunks.len() + 1
    }

    /// Whether nothing is written: never.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Writes chunks, then the head, in as few transactions as the store's limits allow. What a stop leaves of it is no
    /// plan; recording it again writes over that.
    ///
    /// # Errors
    /// Somebody else prunes the plan or is not yet done with recording it, or the store does not answer.
    pub async fn apply<S: MetadataWrite>(
        self,
        store: &S,
        keys: &Keys,
        audit: &AuditContext,
        consent: Consent,
    ) -> Result<Recorded, OperationError> {
        let Self { head, chunks } = self;
        let id = head.plan_id.clone();
        let found = parts(store, keys, &id).await?;
        if let Some(known) = known(&found, keys, &id, &head.digest) {
            return known;
        }
        let json = serde_json::to_string(&head).map_err(|e| OperationError::Invalid(e.to_string()))?;
        let values = chunks.into_iter().enumerate().map(|(number, value)| (keys.plan_chunk(&id, number), value));
        let values: Vec<(String, String)> = values.chain([(keys.plan_head(&id), json)]).collect();
        let writer = Writer { store, keys, audit, consent, id: &id, found: &found };
        match writer.write(values).await {
            Ok(applied) => Ok(Recorded::Now(applied)),
            // Two who record the same plan at once are none the worse for it.
            Err(error @ (OperationError::Conflict { .. } | OperationError::Partly { .. })) => {
                known(&parts(store, keys, &id).await?, keys, &id, &head.digest).unwrap_or(Err(error))
            }
            Err(error) => Err(error),
        }
    }
}

/// What is stored of a plan.
async fn parts<S: MetadataWrite>(store: &S, keys: &Keys, id: &str) -> Result<Vec<Entry>, OperationError> {
    Ok(store.read(&[keys.plan(id)], None).await?.ranges.into_iter().flatten().collect())
}

/// Whether a plan is recorded: this one, or another of its id.
fn known(found: &[Entry], keys: &Keys, id: &str, digest: &str) -> Option<Result<Recorded, OperationError>> {
    let key = keys.plan_head(id);
    let there = found.iter().find(|entry| entry.key == key)?;
    Some(match PlanHead::parse(&there.value) {
        Ok(other) if other.digest == digest => Ok(Recorded::Already),
        Ok(_) => Err(OperationError::Exists { what: format!("another plan with the id {id}") }),
        Err(reason) => Err(OperationError::Corrupt { key, reason }),
    })
}

/// A recording under way.
struct Writer<'a, S> {
    store: &'a S,
    keys: &'a Keys,
    audit: &'a AuditContext,
    consent: Consent,
    id: &'a str,
    /// What an unfinished recording left.
    found: &'a [Entry],
}

impl<S: MetadataWrite> Writer<'_, S> {
    async fn write(&self, values: Vec<(String, String)>) -> Result<Applied, OperationError> {
        let batches = batches(values, self.store.limits());
        let all: usize = batches.iter().map(Vec::len).sum();
        let mut written: Vec<(String, Revision)> = Vec::new();
        let mut applied = Applied { keys: 0, transactions: 0, revision: Revision::NONE };
        let parts = batches.len();
        for batch in batches {
            let summary = match parts {
                1 => format!("record {}", self.id),
                _ => format!("record {}, part {} of {parts}", self.id, applied.transactions + 1),
            };
            let new: Vec<String> = batch.iter().map(|(key, _)| key.clone()).collect();
            match self.commit(batch, &written, &summary, applied.transactions).await {
                Ok(revision) => {
                    applied.keys += new.len();
                    applied.transactions += 1;
                    applied.revision = revision;
                    written.extend(new.into_iter().map(|key| (key, revision)));
                }
                Err(error) if applied.transactions == 0 => return Err(error),
                Err(error) => {
                    let left = all - applied.keys;
                    return Err(OperationError::Partly { applied: applied.keys, left, source: Box::new(error) });
                }
            }
        }
        Ok(applied)
    }

    /// Writes keys while those that were written before stand as they were written, and the plan has no head.
    async fn commit(
        &self,
        batch: Vec<(String, String)>,
        written: &[(String, Revision)],
        summary: &str,
        number: usize,
    ) -> Result<Revision, OperationError> {
        let before = |key: &str| self.found.iter().find(|e| e.key == key).map_or(Revision::NONE, |e| e.mod_revision);
        let change = |(key, value): (String, String)| KeyChange {
            what: format!("a part of {}", self.id),
            before: before(&key),
            key,
            value: Some(value.into_bytes()),
            fields: Vec::new(),
        };
        let changes: Vec<KeyChange> = batch.into_iter().map(change).collect();
        let record = AuditRecord::of(self.audit, self.consent, summary, &changes);
        let audit_key = self.audit.key(self.keys, number);
        let head = self.keys.plan_head(self.id);
        let mut compares = vec![Compare::absent(audit_key.clone()), Compare::absent(head.clone())];
        let as_written = |(key, is): &(String, Revision)| Compare::ModRevision { key: key.clone(), is: *is };
        compares.extend(written.iter().map(as_written));
        let own = changes.iter().filter(|change| change.key != head);
        compares.extend(own.map(|change| Compare::ModRevision { key: change.key.clone(), is: change.before }));
        let mut ops: Vec<Op> =
            changes.into_iter().map(|change| Op::put(change.key, change.value.unwrap_or_default())).collect();
        ops.push(Op::put(audit_key, record.to_json()));
        match self.store.commit(Transaction { compares: compares.clone(), ops }).await? {
            Outcome::Committed { revision } => Ok(revision),
            Outcome::Conflict { found, .. } => Err(conflict(&compares, &found)),
        }
    }
}

/// The keys in their order, as many in a transaction as fit beside its comparisons and audit entry.
fn batches(values: Vec<(String, String)>, limits: Limits) -> Vec<Vec<(String, String)>> {
    let mut batches: Vec<Vec<(String, String)>> = Vec::new();
    let (mut bytes, mut earlier) = (0, 0);
    for (key, value) in values {
        // Each key is compared in this transaction or a later one, and two more are in each.
        let own = Op::put(key.clone(), value.clone()).request_bytes() + Compare::absent(key.clone()).request_bytes();
        let compared = earlier * Compare::absent(key.clone()).request_bytes();
        let room = limits.request_bytes_max.saturating_sub(AUDIT_BYTES + compared);
        let fits = |batch: &Vec<(String, String)>| bytes + own <= room && batch.len() + 2 <= limits.operations_max;
        match batches.last_mut() {
            Some(batch) if fits(batch) => {
                batch.push((key, value));
                bytes += own;
            }
            Some(_) | None => {
                earlier = batches.iter().map(Vec::len).sum();
                batches.push(vec![(key, value)]);
                bytes = own;
            }
        }
    }
    batches
}
