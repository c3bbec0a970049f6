//! Deleting recorded plans: one, or those that need not be kept.

use crate::model::ByteSize;
use crate::operations::OperationError;
use crate::operations::change::{ChangeSet, Group, KeyChange};
use crate::operations::prune::BYTES_MAX_DEFAULT;

use super::{StoredPlan, StoredPlans};

/// Which plans stay. Those that are executed, and those of operations in flight, stay in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// So many of the newest.
    pub plans: usize,
    /// At most so many bytes of keys and values.
    pub bytes_max: u64,
}

impl Default for Kept {
    fn default() -> Self {
        Self { plans: 20, bytes_max: BYTES_MAX_DEFAULT }
    }
}

/// The deletion of a plan.
///
/// # Errors
/// It does not exist, or it is being executed.
pub fn delete(plans: &StoredPlans, id: &str) -> Result<ChangeSet, OperationError> {
    let Some(plan) = plans.plans.iter().find(|plan| plan.id == id) else {
        return Err(OperationError::NotFound { what: format!("plan {id}") });
    };
    if plan.is_unfinished() {
        return Err(OperationError::Refused {
            refused: format!("refused to delete {id}"),
            reason: "it is being executed, and its inverse may be needed".to_owned(),
            forceable: false,
        });
    }
    Ok(ChangeSet { summary: format!("delete {id}"), groups: vec![deletion(plan)], ..ChangeSet::default() })
}

/// The deletion of plans that need not be kept, the oldest first: those whose recording was not finished, and those beyond
/// what is kept. A plan whose head cannot be read is not judged and stays.
#[must_use]
pub fn prune(plans: &StoredPlans, kept: Kept) -> ChangeSet {
    let (mut count, mut bytes) = (0, plans.plans.iter().filter(|p| p.is_unfinished()).map(|p| p.bytes).sum::<u64>());
    let mut doomed: Vec<&StoredPlan> = Vec::new();
    // The newest come first, so that the first that does not fit decides for all behind it.
    let mut full = false;
    for plan in plans.plans.iter().filter(|plan| !plan.is_unfinished()) {
        match &plan.head {
            None => doomed.push(plan),
            Some(Err(_)) => bytes += plan.bytes,
            Some(Ok(_)) => {
                full |= count >= kept.plans || bytes + plan.bytes > kept.bytes_max;
                if full {
                    doomed.push(plan);
                } else {
                    count += 1;
                    bytes += plan.bytes;
                }
            }
        }
    }
    doomed.reverse();
    let freed: u64 = doomed.iter().map(|plan| plan.bytes).sum();
    let unfinished = doomed.iter().filter(|plan| plan.head.is_none()).count();
    let mut summary = format!("delete {} of {} recorded plan(s), {}", doomed.len(), plans.plans.len(), ByteSize(freed));
    if unfinished > 0 {
        summary.push_str(&format!("; the recording of {unfinished} of them was not finished"));
    }
    ChangeSet { summary, groups: doomed.into_iter().map(deletion).collect(), ..ChangeSet::default() }
}

/// All keys of a plan, which go together.
fn deletion(plan: &StoredPlan) -> Group {
    let change = |(key, before): &(String, crate::model::Revision)| KeyChange {
        what: match key.rsplit('/').next() {
            Some("head") => plan.id.clone(),
            Some(part) => format!("part {part} of {}", plan.id),
            None => plan.id.clone(),
        },
        key: key.clone(),
        before: *before,
        value: None,
        fields: Vec::new(),
    };
    Group { changes: plan.keys.iter().map(change).collect(), ..Group::default() }
}
