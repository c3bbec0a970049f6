//! What a run out of a command works with: executions, expiries, splits and compactions.

use crate::migration::LockValue;
use crate::migration::status::LOCK_SCHEMA;
use crate::operations::executing::{CrashAt, Halt, Opener};
use crate::operations::run_context::RunContext;
use crate::operations::{AuditContext, Consent};
use crate::ports::{Clock, Keys};

/// What a run needs beside its work.
pub(in crate::cli) struct Driving<'a, T> {
    pub(in crate::cli) keys: &'a Keys,
    pub(in crate::cli) settings: T,
    pub(in crate::cli) crash: &'a CrashAt,
    pub(in crate::cli) audit: &'a AuditContext,
    pub(in crate::cli) consent: Consent,
}

impl<T> Driving<'_, T> {
    /// The run's context; `plan_id` is that of an execution.
    pub(in crate::cli) fn context<'c, M, S>(
        &'c self,
        (store, open, clock): (&'c M, Opener<'c, S>, &'c dyn Clock),
        halt: &Halt,
        seed: u64,
        plan_id: Option<String>,
    ) -> RunContext<'c, M, S> {
        let Self { keys, settings: _, crash, audit, consent } = *self;
        let (halt, holder) = (halt.clone(), holder_of(audit, plan_id));
        RunContext { store, keys, clock, open, crash, halt, audit, consent, seed, holder }
    }
}

/// What this process says of itself where it holds a lock.
pub(in crate::cli) fn holder_of(audit: &AuditContext, plan_id: Option<String>) -> LockValue {
    LockValue {
        schema: LOCK_SCHEMA.to_owned(),
        host: audit.host.clone(),
        user: audit.actor.clone(),
        pid: std::process::id(),
        started_at: audit.now,
        plan_id,
    }
}
