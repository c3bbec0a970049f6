//! One round: decide, record, execute.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::sleep;

use super::decide::{Decided, Decider, Decision, Haste};
use super::event::AutoEvent;
use super::service::{AutoRebalancer, Term};
use super::status::{Round, RoundResult};
use crate::migration::Control;
use crate::model::Timestamp;
use crate::operations::executing::{Executor, Halt, Outcome, Scope, Work};
use crate::operations::rebalance::planning::MadePlan;
use crate::operations::rebalance::recorded::{DONE, Recording, set_state};
use crate::operations::{AuditContext, OperationError};
use crate::ports::storage::{Mover, StorageWrite};
use crate::ports::{Keys, MetadataWrite};

/// How often it is looked, during an execution, whether somebody paused it.
const PAUSE_EVERY: Duration = Duration::from_secs(5);

impl<M: MetadataWrite, S: StorageWrite, V: Mover> AutoRebalancer<'_, M, S, V> {
    /// Makes a round, and says in it how it ended.
    ///
    /// # Errors
    /// The store's; the cluster is none that can be worked on.
    pub(super) async fn make_round(
        &self,
        term: &Term,
        round: &mut Round,
        interval: &mut Duration,
    ) -> Result<(), OperationError> {
        let decider = Decider { store: self.store, keys: self.keys, settings: self.settings, actor: &self.audit.actor };
        let (ledger, health) = term.with(|status| (status.today, status.health()));
        let decided = decider.decide(round.began_at, ledger, health).await?;
        let Decided { decision, interval: found, max_deviation } = decided;
        (*interval, round.max_deviation) = (found, max_deviation);
        match decision {
            Decision::Nothing(result, message) => (round.result, round.message) = (result, message),
            Decision::Recover(operations) => {
                let audit = self.audit_of(term, round.began_at, format!("round {}", round.number));
                let work = Work::Rest { only: BTreeSet::new(), abort: false };
                let outcome = self.execute(term, work, (None, &audit), None).await?;
                let whole = format!("{operations} operation(s) of an earlier execution brought to rest");
                summarize(round, &outcome, RoundResult::Recovered, whole);
            }
            Decision::Execute(made, haste) => self.execute_plan(term, round, &made, haste).await?,
        }
        Ok(())
    }

    async fn execute_plan(
        &self,
        term: &Term,
        round: &mut Round,
        made: &MadePlan,
        haste: Haste,
    ) -> Result<(), OperationError> {
        let now = self.clock.now();
        let document = &made.plan.document;
        let (id, bytes) = (&document.plan_id, document.summary.bytes);
        let recording = Recording::new(&made.plan, &made.inverse())?;
        let audit = self.audit_of(term, now, format!("round {}", round.number));
        recording.apply(self.store, self.keys, &audit, self.consent).await?;
        round.plan_id = Some(id.clone());
        let is_repair = haste == Haste::Repair;
        if !is_repair {
            term.with(|status| status.today.reserve(bytes));
        }
        (self.tell)(&AutoEvent::Executes { plan_id: id, moves: document.moves.len() as u64, bytes, is_repair });
        let scope = Scope { skip_stale: true, ..Scope::default() };
        let audit = self.audit_of(term, now, format!("round {}", round.number));
        let until = match haste {
            Haste::Repair => None,
            Haste::Balance(until) => until,
        };
        let work = Work::Plan { plan: &made.plan, scope: &scope };
        let executed = self.execute(term, work, (Some(id), &audit), until).await;
        if !is_repair && let Ok(outcome) = &executed {
            term.with(|status| status.today.settle(bytes, outcome.totals.verified_bytes));
        }
        let outcome = executed?;
        // The next round plans anew what this one leaves.
        if outcome.taken.is_none() && !term.halt.is_thrown() {
            let audit = self.audit_of(term, self.clock.now(), format!("round {}", round.number));
            set_state(self.store, self.keys, (&audit, 0, self.consent), id, DONE).await?;
        }
        let whole = format!("{id}: {} move(s)", outcome.totals.done);
        summarize(round, &outcome, RoundResult::Executed, whole);
        Ok(())
    }

    /// Executes, while the lead is held and nobody pauses it; nothing begins after `until`.
    async fn execute(
        &self,
        term: &Term,
        work: Work<'_>,
        (plan_id, audit): (Option<&String>, &AuditContext),
        until: Option<Timestamp>,
    ) -> Result<Outcome, OperationError> {
        self.write_status(term).await;
        let halt = Halt::default();
        let executor = Executor {
            context: self.context(term, &halt, audit, plan_id),
            mover: self.mover,
            settings: self.settings.execution,
            tell: self.tell_execution,
        };
        let until = until.map(|until| (until, "the hours for balancing are over"));
        tokio::select! {
            outcome = executor.execute(work) => outcome,
            // It never ends.
            () = self.mind(term, &halt, until, auto_pause_of) => {
                Ok(Outcome { halted: halt.reason(), ..Outcome::default() })
            }
        }
    }

    /// Minds what ends the work behind a halt: the loss of the lead or a stop, a time, and a pause. Never ends.
    pub(super) async fn mind(
        &self,
        term: &Term,
        halt: &Halt,
        until: Option<(Timestamp, &str)>,
        pause_of: fn(&Control) -> Option<String>,
    ) {
        let stop = async {
            term.halt.thrown().await;
            if let Some(reason) = term.halt.reason() {
                halt.throw(reason);
            }
            std::future::pending::<()>().await;
        };
        let close = async {
            let Some((until, why)) = until else { return };
            let left = (until.millis() - self.clock.now().millis()).max(0).unsigned_abs();
            sleep(Duration::from_millis(left)).await;
            halt.close(why);
        };
        tokio::join!(stop, close, follow_pause(self.store, self.keys, halt, pause_of));
    }
}

/// Why automatic rebalancing is paused, if it is.
pub(super) fn auto_pause_of(control: &Control) -> Option<String> {
    control.auto_paused.as_ref().map(|said| format!("paused by {}", said.by))
}

/// Lets nothing more begin when somebody pauses it; ends then.
pub(super) async fn follow_pause<M: MetadataWrite>(
    store: &M,
    keys: &Keys,
    halt: &Halt,
    pause_of: fn(&Control) -> Option<String>,
) {
    loop {
        sleep(PAUSE_EVERY).await;
        // A store that does not answer is the executor's concern.
        let Ok(Some(entry)) = store.read_key(&keys.rebalance_control()).await else { continue };
        if let Some(why) = Control::parse(&entry.value).ok().and_then(|control| pause_of(&control)) {
            halt.close(&why);
            return;
        }
    }
}

/// How an execution ended, as a round says it.
fn summarize(round: &mut Round, outcome: &Outcome, whole: RoundResult, words: String) {
    let totals = &outcome.totals;
    (round.moves_done, round.moves_left, round.verified_bytes) = (totals.done, totals.left, totals.verified_bytes);
    let why = |left: String| {
        let failure = outcome.failures.first().map(|failure| format!("{}: {}", failure.what, failure.reason));
        let space = outcome.out_of_space.then(|| "the store is out of space".to_owned());
        let reason = outcome.halted.as_ref().map(ToString::to_string).or(space).or(failure);
        reason.map_or_else(|| left.clone(), |reason| format!("{left}; {reason}"))
    };
    (round.result, round.message) = match &outcome.taken {
        Some(holder) => (RoundResult::Busy, holder.clone()),
        None if outcome.is_whole() => (whole, words),
        None => (RoundResult::Partly, why(format!("{} move(s) are done, {} are left", totals.done, totals.left))),
    };
}
