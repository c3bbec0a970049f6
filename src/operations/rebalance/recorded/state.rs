//! How far the execution of a recorded plan is.

use crate::model::Document;
use crate::operations::change::{ChangeSet, Consent, KeyChange};
use crate::operations::{AuditContext, OperationError};
use crate::ports::{Keys, MetadataWrite};

use super::PlanHead;

/// Records the state of a plan, if it is another one. `audit` goes with the number of its entry.
///
/// # Errors
/// The plan does not exist or its head cannot be read, somebody else changed it meanwhile, or the store does not answer.
pub async fn set_state<S: MetadataWrite>(
    store: &S,
    keys: &Keys,
    (audit, entry, consent): (&AuditContext, usize, Consent),
    id: &str,
    state: &str,
) -> Result<(), OperationError> {
    let key = keys.plan_head(id);
    let found = store.read_key(&key).await?;
    let Some(found) = found else { return Err(OperationError::NotFound { what: format!("plan {id}") }) };
    let corrupt = |reason: String| OperationError::Corrupt { key: key.clone(), reason };
    let head = PlanHead::parse(&found.value).map_err(corrupt)?;
    if head.state == state {
        return Ok(());
    }
    let before = Document::parse(&found.value).map_err(|e| corrupt(e.to_string()))?;
    let mut after = before.clone();
    after.set("state", state);
    let Some(change) = KeyChange::update(id.to_owned(), &found, &before, &after) else { return Ok(()) };
    let change = ChangeSet::single(format!("{id} is {state}"), vec![change]);
    change.approve(consent).apply_after(entry, store, keys, audit).await.map(drop)
}
