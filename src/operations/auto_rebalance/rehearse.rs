//! Rounds that decide and do nothing: no lead is taken, nothing is written.

use std::time::Duration;

use tokio::time::sleep;

use super::budget::DayLedger;
use super::decide::{Decided, Decider, Decision, Haste};
use super::event::{AutoEvent, AutoListener};
use super::expire::expires;
use super::health::Health;
use super::probe::look;
use super::service::Ended;
use super::settings::AutoSettings;
use super::status::{AutoStatus, Round, RoundResult};
use super::upkeep::{Memory, Seeker, rehearse_upkeep};
use crate::model::{ByteSize, Timestamp};
use crate::operations::executing::{Halt, Opener};
use crate::operations::expiring::{Rule, survey};
use crate::operations::{ClusterView, OperationError};
use crate::ports::metadata::KeyRange;
use crate::ports::storage::StorageRead;
use crate::ports::{Clock, Keys, MetadataRead};

/// Says round after round what would be done.
///
/// # Errors
/// The store's, or the cluster is none that can be worked on.
pub async fn rehearse<M: MetadataRead, S: StorageRead>(
    (store, keys): (&M, &Keys),
    clock: &dyn Clock,
    open: Opener<'_, S>,
    (settings, actor): (&AutoSettings, &str),
    halt: &Halt,
    tell: AutoListener<'_>,
) -> Result<Ended, OperationError> {
    let decider = Decider { store, keys, settings, actor };
    let (mut health, mut memory) = (Health::default(), Memory::default());
    let mut number = 0;
    loop {
        number += 1;
        let now = clock.now();
        let ledger = observe((store, keys), now, open, &mut health, tell).await?;
        let (round, interval) = rehearsed(&decider, number, now, ledger, &health).await?;
        if settings.expire {
            let rule = Rule { now, retention_days: None, before: None };
            let (_, found) = survey(store, keys, &rule).await?;
            tell(&expires(&found));
        }
        let is_open = settings.window.is_none_or(|window| window.open_until(now).is_some());
        if settings.has_upkeep() && is_open && !matches!(round.result, RoundResult::Paused | RoundResult::Busy) {
            let away = health.away.keys().cloned().collect();
            let seeker = Seeker { store, keys, open, settings, now, away, halt };
            rehearse_upkeep(&seeker, &mut memory, tell).await?;
        }
        tell(&AutoEvent::Ended(&round));
        if settings.rounds.is_some_and(|rounds| number >= rounds) {
            return Ok(Ended::Rounds(round, None));
        }
        tokio::select! {
            () = sleep(interval) => {}
            () = halt.thrown() => {}
        }
        if let Some(reason) = halt.reason() {
            return Ok(Ended::Halted(reason));
        }
    }
}

/// Looks at the nodes, and at what a real run has spent of the day.
async fn observe<M: MetadataRead, S: StorageRead>(
    (store, keys): (&M, &Keys),
    now: Timestamp,
    open: Opener<'_, S>,
    health: &mut Health,
    tell: AutoListener<'_>,
) -> Result<DayLedger, OperationError> {
    let (view, lists) = ClusterView::read(store, keys, None, &[KeyRange::single(&keys.auto_status())]).await?;
    let stored = lists.into_iter().flatten().next().and_then(|entry| AutoStatus::parse(&entry.value).ok());
    if let Some(stored) = &stored {
        health.down.extend(stored.down.clone());
    }
    let before = health.clone();
    let looks = look(&view, open).await;
    health.observe(now, &looks);
    tell(&AutoEvent::Looked(health, looks.len()));
    for look in &looks {
        if let (false, Some(fault)) = (before.away.contains_key(&look.node), &look.fault) {
            tell(&AutoEvent::Away(&look.node, fault));
        }
    }
    Ok(stored.map_or_else(DayLedger::default, |stored| stored.today).on(now))
}

async fn rehearsed<M: MetadataRead>(
    decider: &Decider<'_, M>,
    number: u64,
    now: Timestamp,
    ledger: DayLedger,
    health: &Health,
) -> Result<(Round, Duration), OperationError> {
    let Decided { decision, interval, max_deviation } = decider.decide(now, ledger, health.clone()).await?;
    let (result, message, moves_left) = match decision {
        Decision::Nothing(result, message) => (result, message, 0),
        Decision::Recover(operations) => {
            let message = format!("{operations} operation(s) of an earlier execution would be brought to rest");
            (RoundResult::DryRun, message, 0)
        }
        Decision::Execute(made, haste) => {
            let summary = &made.plan.document.summary;
            let moves = made.plan.document.moves.len() as u64;
            let what = if haste == Haste::Repair { "repair" } else { "balance" };
            let message = format!("{moves} move(s) would be made to {what}, {}", ByteSize(summary.bytes));
            (RoundResult::DryRun, message, moves)
        }
    };
    let round = Round {
        number,
        began_at: now,
        ended_at: now,
        result,
        message,
        plan_id: None,
        moves_done: 0,
        moves_left,
        verified_bytes: 0,
        max_deviation,
    };
    Ok((round, interval))
}
