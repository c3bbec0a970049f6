//! The process: leading, standing by, ending.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::sleep;

use super::budget::DayLedger;
use super::event::{AutoEvent, AutoListener};
use super::settings::AutoSettings;
use super::status::{AUTO_STATUS_SCHEMA, AutoStatus, Round, RoundResult};
use super::upkeep::Memory;
use crate::migration::LockValue;
use crate::model::{SplitMix64, Timestamp};
use crate::operations::executing::{CrashAt, Halt, HaltReason, Listener, Opener};
use crate::operations::leased::{self, Held, Lost, Taken};
use crate::operations::run_context::RunContext;
use crate::operations::{AuditContext, Consent, OperationError};
use crate::ports::metadata::{Compare, Op, Transaction};
use crate::ports::storage::{Mover, StorageWrite};
use crate::ports::{Clock, Keys, MetadataWrite, StoreError};

/// How often who stands by looks whether the lead is free.
const STANDBY_EVERY: Duration = Duration::from_secs(2);
/// How long is waited before a store that did not answer is asked again.
const RETRY_AFTER: Duration = Duration::from_secs(5);
/// The time between rounds while the cluster spec could not be read.
const INTERVAL_UNKNOWN: Duration = Duration::from_secs(300);

/// Rebalances automatically, and with what.
pub struct AutoRebalancer<'a, M, S, V> {
    /// The metadata.
    pub store: &'a M,
    /// Its keys.
    pub keys: &'a Keys,
    /// The time.
    pub clock: &'a dyn Clock,
    /// Opens the data of nodes.
    pub open: Opener<'a, S>,
    /// The operator's own way to move data.
    pub mover: Option<&'a V>,
    /// What is asked for.
    pub settings: &'a AutoSettings,
    /// Where a test wants an execution to die.
    pub crash: &'a CrashAt,
    /// Stops it.
    pub halt: Halt,
    /// Who is told.
    pub tell: AutoListener<'a>,
    /// Who is told of each execution.
    pub tell_execution: Listener<'a>,
    /// For the audit trail: who, from where, with which command. Time and nonce are made anew for each change.
    pub audit: &'a AuditContext,
    /// How the operator agreed.
    pub consent: Consent,
    /// Random, for ids.
    pub seed: u64,
    /// What the lease and each execution's lock say of who holds them.
    pub holder: LockValue,
}

/// How it ended.
#[derive(Debug)]
pub enum Ended {
    /// It was stopped.
    Halted(HaltReason),
    /// All rounds that were asked for are over: the last one, and its error if it failed.
    Rounds(Round, Option<OperationError>),
}

/// How leading ended.
pub(super) enum Led {
    Ended(Ended),
    Lost(String),
}

/// What one leader knows.
pub(super) struct Term {
    pub(super) held: Held,
    pub(super) status: Mutex<AutoStatus>,
    /// Stops the round that runs.
    pub(super) halt: Halt,
    ids: Mutex<SplitMix64>,
    memory: Mutex<Memory>,
}

impl Term {
    /// Looks at or changes the status.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut AutoStatus) -> T) -> T {
        // What is in there is whole whenever the lock is free.
        work(&mut self.status.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks at or changes what is remembered of partitions.
    pub(super) fn memory<T>(&self, work: impl FnOnce(&mut Memory) -> T) -> T {
        work(&mut self.memory.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How it ends, if it does: stopped, or by the loss of the lead.
    fn over(&self) -> Option<Led> {
        Some(match self.halt.reason()? {
            HaltReason::LockLost(why) => Led::Lost(why),
            reason @ (HaltReason::Signal(_)
            | HaltReason::TimeIsUp
            | HaltReason::StoreLost(_)
            | HaltReason::Closed(_)) => Led::Ended(Ended::Halted(reason)),
        })
    }

    pub(super) fn random(&self) -> u64 {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner).next_u64()
    }
}

impl<M: MetadataWrite, S: StorageWrite, V: Mover> AutoRebalancer<'_, M, S, V> {
    /// Rebalances until it is stopped, or all rounds that were asked for are over.
    ///
    /// # Errors
    /// The store does not answer at the start. Later that is told, and tried again.
    pub async fn run(&self) -> Result<Ended, OperationError> {
        // What the store cannot be asked at all is told at once; whoever stands by outlives its silence.
        self.store.read_key(&self.keys.auto_leader()).await?;
        loop {
            match self.campaign().await {
                Ok(Some(term)) => {
                    (self.tell)(&AutoEvent::Leads);
                    let led = self.lead(&term).await;
                    leased::release(self.store, term.held).await;
                    match led {
                        Led::Ended(ended) => return Ok(ended),
                        Led::Lost(why) => (self.tell)(&AutoEvent::LeadLost(&why)),
                    }
                }
                Ok(None) => {}
                Err(error) => (self.tell)(&AutoEvent::Trouble(&error.to_string())),
            }
            self.pause(RETRY_AFTER).await;
            if let Some(reason) = self.halt.reason() {
                return Ok(Ended::Halted(reason));
            }
        }
    }

    /// Waits, unless it is stopped.
    async fn pause(&self, time: Duration) {
        tokio::select! {
            () = sleep(time) => {}
            () = self.halt.thrown() => {}
        }
    }

    /// Waits for the lead, and takes it over; `None` if it is stopped before.
    async fn campaign(&self) -> Result<Option<Term>, OperationError> {
        let key = self.keys.auto_leader();
        let value = serde_json::to_string(&self.holder).map_err(|e| OperationError::Invalid(e.to_string()))?;
        let (mut told, mut told_of_space) = (None, false);
        while !self.halt.is_thrown() {
            match self.store.read_key(&key).await? {
                Some(entry) if told != Some(entry.create_revision) => {
                    told = Some(entry.create_revision);
                    (self.tell)(&AutoEvent::Standby(&LockValue::holder_in_words(&entry.value)));
                }
                Some(_) => {}
                None => match leased::take(self.store, &key, &value).await? {
                    Taken::Held(held) => return self.take_over(held).await.map(Some),
                    Taken::No => continue,
                    Taken::NoSpace if told_of_space => {}
                    Taken::NoSpace => {
                        told_of_space = true;
                        (self.tell)(&AutoEvent::Trouble("the store is out of space and grants no lease"));
                    }
                },
            }
            self.pause(STANDBY_EVERY).await;
        }
        Ok(None)
    }

    /// Goes on where the one before ended.
    async fn take_over(&self, held: Held) -> Result<Term, OperationError> {
        let now = self.clock.now();
        let found = self.store.read_key(&self.keys.auto_status()).await?;
        let before = found.and_then(|entry| AutoStatus::parse(&entry.value).ok());
        let status = AutoStatus {
            schema: AUTO_STATUS_SCHEMA.to_owned(),
            holder: self.holder.to_string(),
            started_at: now,
            updated_at: now,
            settings: self.settings.words(),
            is_running: false,
            last_round: before.as_ref().and_then(|before| before.last_round.clone()),
            next_round_at: Some(now),
            today: before.as_ref().map_or_else(DayLedger::default, |before| before.today).on(now),
            away: Default::default(),
            down: before.as_ref().map(|before| before.health().down).unwrap_or_default(),
            fail_over_held: None,
            last_fail_over: before.and_then(|before| before.last_fail_over),
            expired: None,
            split: None,
            compacted: None,
        };
        let ids = Mutex::new(SplitMix64::new(self.seed ^ held.revision.0));
        Ok(Term { held, status: Mutex::new(status), halt: Halt::default(), ids, memory: Mutex::default() })
    }

    /// Rounds, looks at nodes and the lease at the same time, until one of them ends.
    async fn lead(&self, term: &Term) -> Led {
        let keep = async {
            let why = match leased::keep(self.store, term.held).await {
                Lost::Ended => "its lease has ended".to_owned(),
                Lost::Silent(error) => format!("the store does not answer: {error}"),
            };
            term.halt.throw(HaltReason::LockLost(why));
        };
        let stop = async {
            self.halt.thrown().await;
            if let Some(reason) = self.halt.reason() {
                term.halt.throw(reason);
            }
        };
        let beside = async {
            tokio::join!(keep, stop, self.watch_nodes(term));
        };
        let rounds = async {
            // Who ends after one round knows of the nodes all the same.
            self.look_once(term).await;
            self.rounds(term).await
        };
        tokio::select! {
            led = rounds => led,
            () = beside => Led::Lost("it ended".to_owned()),
        }
    }

    async fn rounds(&self, term: &Term) -> Led {
        let mut interval = self.settings.interval.unwrap_or(INTERVAL_UNKNOWN);
        for number in 1.. {
            let (round, error) = self.round(term, number, &mut interval).await;
            (self.tell)(&AutoEvent::Ended(&round));
            let next = self.clock.now().plus_nanos(i128::try_from(interval.as_nanos()).unwrap_or(i128::MAX));
            term.with(|status| {
                status.is_running = false;
                status.last_round = Some(round.clone());
                status.next_round_at = Some(next);
            });
            self.write_status(term).await;
            if let Some(led) = term.over() {
                return led;
            }
            if self.settings.rounds.is_some_and(|rounds| number >= rounds) {
                return Led::Ended(Ended::Rounds(round, error));
            }
            tokio::select! {
                () = sleep(interval) => {}
                () = term.halt.thrown() => {}
            }
            if let Some(led) = term.over() {
                return led;
            }
        }
        Led::Lost("it counted all rounds there are".to_owned())
    }

    /// One round, whose error is told and does not end the process.
    async fn round(&self, term: &Term, number: u64, interval: &mut Duration) -> (Round, Option<OperationError>) {
        let began_at = self.clock.now();
        term.with(|status| {
            status.is_running = true;
            status.today = status.today.on(began_at);
        });
        let mut round = Round {
            number,
            began_at,
            ended_at: began_at,
            result: RoundResult::Failed,
            message: String::new(),
            plan_id: None,
            moves_done: 0,
            moves_left: 0,
            verified_bytes: 0,
            max_deviation: None,
        };
        let done = self.make_round(term, &mut round, interval).await;
        round.ended_at = self.clock.now();
        let error = done.err();
        if let Some(error) = &error {
            round.result = RoundResult::Failed;
            round.message = error.to_string();
        }
        if self.settings.expire && round.result != RoundResult::Paused && !term.halt.is_thrown() {
            self.expire(term).await;
        }
        if !term.halt.is_thrown() {
            self.upkeep(term, &round).await;
        }
        (round, error)
    }

    /// Writes what can be seen from elsewhere. Nothing rests on it but the ledger and the time since when nodes are Down.
    pub(super) async fn write_status(&self, term: &Term) {
        let now = self.clock.now();
        let value = term.with(|status| {
            status.updated_at = now;
            serde_json::to_vec(status)
        });
        let Ok(value) = value else { return };
        let transaction = Transaction {
            compares: vec![Compare::CreateRevision { key: self.keys.auto_leader(), is: term.held.revision }],
            ops: vec![Op::Put { key: self.keys.auto_status(), value, lease: None }],
        };
        match self.store.commit(transaction).await {
            // That the lead is lost is found by who renews it.
            Ok(_) => {}
            Err(error @ StoreError::OutOfSpace { .. }) => (self.tell)(&AutoEvent::Trouble(&error.to_string())),
            Err(error) => (self.tell)(&AutoEvent::Trouble(&format!("the status is not written: {error}"))),
        }
    }

    /// What one execution, expiry or rewriting works with.
    pub(super) fn context<'c>(
        &'c self,
        term: &Term,
        halt: &Halt,
        audit: &'c AuditContext,
        plan_id: Option<&String>,
    ) -> RunContext<'c, M, S> {
        RunContext {
            store: self.store,
            keys: self.keys,
            clock: self.clock,
            open: self.open,
            crash: self.crash,
            halt: halt.clone(),
            audit,
            consent: self.consent,
            seed: term.random(),
            holder: LockValue { started_at: audit.now, plan_id: plan_id.cloned(), ..self.holder.clone() },
        }
    }

    /// The context of one change.
    pub(super) fn audit_of(&self, term: &Term, now: Timestamp, reason: String) -> AuditContext {
        let reason = match &self.audit.reason {
            Some(given) => format!("{given}; {reason}"),
            None => reason,
        };
        AuditContext { now, reason: Some(reason), nonce: term.random(), ..self.audit.clone() }
    }
}
