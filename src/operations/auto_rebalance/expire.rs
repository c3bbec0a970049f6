//! Expired partitions, behind each round.

use super::event::AutoEvent;
use super::round::{auto_pause_of, follow_pause};
use super::service::{AutoRebalancer, Term};
use super::status::ExpiredSince;
use crate::operations::OperationError;
use crate::operations::executing::{Halt, HaltReason};
use crate::operations::expiring::{Expirer, ExpiryEvent, ExpiryOutcome, ExpirySettings, Rule, Survey, survey};
use crate::ports::MetadataWrite;
use crate::ports::storage::{Mover, StorageWrite};

impl<M: MetadataWrite, S: StorageWrite, V: Mover> AutoRebalancer<'_, M, S, V> {
    /// Expires what is past its retention; an error is told and ends nothing, as the next round tries again.
    pub(super) async fn expire(&self, term: &Term) {
        match self.expire_found(term).await {
            Ok(None) => {}
            Ok(Some(outcome)) => {
                term.with(|status| status.expired.get_or_insert_default().add(&outcome));
                (self.tell)(&AutoEvent::Expired(&outcome));
            }
            Err(error) => (self.tell)(&AutoEvent::Trouble(&format!("expiring: {error}"))),
        }
    }

    /// `None` = nothing is expired.
    async fn expire_found(&self, term: &Term) -> Result<Option<ExpiryOutcome>, OperationError> {
        let now = self.clock.now();
        let (_, found) = survey(self.store, self.keys, &Rule { now, retention_days: None, before: None }).await?;
        if found.expired.is_empty() && found.in_flight.is_empty() {
            return Ok(None);
        }
        (self.tell)(&expires(&found));
        let (halt, audit) = (Halt::default(), self.audit_of(term, now, "expired".to_owned()));
        let expirer = Expirer {
            context: self.context(term, &halt, &audit, None),
            settings: ExpirySettings { settle: self.settings.execution.settle },
            tell: &|_: &ExpiryEvent| {},
        };
        let stop = async {
            term.halt.thrown().await;
            if let Some(reason) = term.halt.reason() {
                halt.throw(reason);
            }
        };
        let pause = async {
            follow_pause(self.store, self.keys, &halt, auto_pause_of).await;
            halt.throw(HaltReason::Closed(halt.closing().unwrap_or_default()));
        };
        let beside = async {
            tokio::join!(stop, pause);
            std::future::pending::<()>().await;
        };
        tokio::select! {
            outcome = expirer.expire(&found) => outcome.map(Some),
            // It never ends.
            () = beside => Ok(None),
        }
    }
}

/// What is about to go, or would.
pub(super) fn expires(found: &Survey) -> AutoEvent<'static> {
    let partitions = (found.expired.len() + found.in_flight.len()) as u64;
    let bytes = found.expired.iter().fold(0_u64, |bytes, one| bytes.saturating_add(one.bytes()));
    AutoEvent::Expires { partitions, bytes }
}

impl ExpiredSince {
    fn add(&mut self, outcome: &ExpiryOutcome) {
        self.partitions += outcome.expired;
        self.bytes = self.bytes.saturating_add(outcome.bytes);
        self.orphans += outcome.orphans();
    }
}
