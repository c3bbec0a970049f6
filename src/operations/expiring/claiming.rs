//! Claims: the first transaction of each expiry.

use std::collections::BTreeMap;

use super::driver::{Driver, InFlight};
use super::event::ExpiryEvent;
use super::expirer::ExpiryOutcome;
use super::grouping::{Fate, Planned};
use super::sight::READ_MAX;
use crate::migration::expiry::{Claim, Unclaimable, claim};
use crate::model::PartitionId;
use crate::operations::OperationError;
use crate::ports::MetadataWrite;
use crate::ports::storage::StorageWrite;

/// How often a claim is tried that somebody else gets in the way of.
const CLAIMS_MAX: usize = 5;

impl<M: MetadataWrite, S: StorageWrite> Driver<'_, M, S> {
    /// Claims partitions, as many of them as can be; gives those on which an expiry is in flight then, whoever claimed them,
    /// and notes in `outcome` why others are passed over.
    ///
    /// # Errors
    /// The store's.
    pub(super) async fn claim(
        &self,
        ids: &[PartitionId],
        who: &(dyn Fn() -> Claim + Send + Sync),
        outcome: &mut ExpiryOutcome,
    ) -> Result<Vec<InFlight>, OperationError> {
        let mut in_flight = Vec::new();
        for some in ids.chunks(READ_MAX) {
            let claims: BTreeMap<PartitionId, Claim> = some.iter().map(|&id| (id, who())).collect();
            let mut open = some.to_vec();
            let ends = |outcome: &ExpiryOutcome| self.halt.is_thrown() || outcome.out_of_space;
            for _ in 0..CLAIMS_MAX {
                if open.is_empty() || ends(outcome) {
                    break;
                }
                open = self.claim_once(&open, &claims, &mut in_flight, outcome).await?;
            }
            if ends(outcome) {
                outcome.left += open.len() as u64;
                continue;
            }
            outcome.passed_over.extend(open.into_iter().map(|id| (id, "it keeps changing".to_owned())));
            (self.tell)(&ExpiryEvent::Claimed(in_flight.len() as u64));
        }
        Ok(in_flight)
    }

    /// Gives those that are to be looked at again.
    async fn claim_once(
        &self,
        ids: &[PartitionId],
        claims: &BTreeMap<PartitionId, Claim>,
        in_flight: &mut Vec<InFlight>,
        outcome: &mut ExpiryOutcome,
    ) -> Result<Vec<PartitionId>, OperationError> {
        let mut planned = Vec::new();
        for (id, sight) in self.read(ids).await? {
            let sight = match sight {
                Ok(sight) => sight,
                Err(error) => {
                    outcome.failures.push((id, error.to_string()));
                    continue;
                }
            };
            if let Some(journal) = sight.seen.view.journal.as_ref().and_then(|journal| journal.value.as_expiry()) {
                in_flight.push((id, journal.operation_id.clone()));
                continue;
            }
            let Some(own) = claims.get(&id) else { continue };
            match claim(&sight.seen, own.clone()) {
                Ok(change) => planned.push(Planned { sight, change }),
                // Somebody else was faster.
                Err(Unclaimable::NoRecord) => {}
                Err(why @ (Unclaimable::Busy(_) | Unclaimable::State(_) | Unclaimable::Children)) => {
                    outcome.passed_over.push((id, why.to_string()))
                }
            }
        }
        self.crash.pass("expiry-claim-decided");
        let Some(fates) = self.commit(&planned, outcome).await? else {
            return Ok(planned.iter().map(|one| one.sight.partition).collect());
        };
        let mut again = Vec::new();
        for (id, fate) in fates {
            match fate {
                Fate::Committed => {
                    self.crash.pass("expiry-claimed");
                    in_flight.extend(claims.get(&id).map(|own| (id, own.operation_id.clone())));
                }
                Fate::Unclear => again.push(id),
                Fate::Failed(error) => outcome.failures.push((id, error.to_string())),
            }
        }
        Ok(again)
    }
}
