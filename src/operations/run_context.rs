//! What whoever changes partitions works with: the same for executions, expiries, splits and compactions.

use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, PoisonError};

use super::executing::commit::Trail;
use super::executing::{CrashAt, Halt, Opener, Places};
use super::{AuditContext, ClusterView, Consent};
use crate::migration::LockValue;
use crate::model::SplitMix64;
use crate::ports::storage::StorageRead;
use crate::ports::{Clock, Keys};

/// On whose behalf a run works, and with what.
pub struct RunContext<'a, M, S> {
    /// The metadata.
    pub store: &'a M,
    /// Its keys.
    pub keys: &'a Keys,
    /// The time.
    pub clock: &'a dyn Clock,
    /// Opens the data of nodes.
    pub open: Opener<'a, S>,
    /// Where a test wants it to die.
    pub crash: &'a CrashAt,
    /// Stops it; closed, it begins nothing more where it heeds that.
    pub halt: Halt,
    /// For the audit trail; its nonce is used for nothing else.
    pub audit: &'a AuditContext,
    /// How the operator agreed.
    pub consent: Consent,
    /// Random, for ids.
    pub seed: u64,
    /// What is said, in the lock or beside it, of who works while it lives.
    pub holder: LockValue,
}

impl<'a, M, S> RunContext<'a, M, S> {
    /// Who writes; `entries` counts what it adds to the audit trail.
    pub(super) fn trail<'t>(&self, entries: &'t AtomicUsize) -> Trail<'t>
    where
        'a: 't,
    {
        Trail { audit: self.audit, consent: self.consent, entries, clock: self.clock }
    }

    /// The ids of this run, from their first one on.
    pub(super) fn ids(&self) -> RunIds<'a> {
        RunIds { clock: self.clock, random: Mutex::new(SplitMix64::new(self.seed)) }
    }
}

impl<'a, M, S: StorageRead> RunContext<'a, M, S> {
    /// Where nodes have their data.
    pub(super) fn places(&self, view: &ClusterView) -> Places<'a, S> {
        Places::new(view.spec.cluster_id.clone(), self.open)
    }
}

/// Ids that were never used and never will be: of a time and a random number.
pub(super) struct RunIds<'a> {
    clock: &'a dyn Clock,
    random: Mutex<SplitMix64>,
}

impl RunIds<'_> {
    /// The next one.
    pub(super) fn next(&self, prefix: &str) -> String {
        let random = self.random.lock().unwrap_or_else(PoisonError::into_inner).next_u64();
        format!("{prefix}-{:011x}-{random:016x}", self.clock.now().millis())
    }
}
