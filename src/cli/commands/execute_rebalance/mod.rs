//! `execute-rebalance`

pub(in crate::cli) mod driving;
pub(in crate::cli) mod ending;
pub(in crate::cli) mod interrupt;
pub(in crate::cli) mod request;

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::WriteArgs;
use crate::cli::commands::plan::source::PlanSource;
use crate::cli::commands::plan::verify::findings;
use crate::cli::consent;
use crate::cli::data::opener;
use crate::cli::driving::Driving;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::ByteSize;
use crate::operations::consistent::consistently;
use crate::operations::executing::lock::holder_of;
use crate::operations::executing::{Agenda, CrashAt, ExecutionSettings, Outcome, Places, Scope, Work, preflight};
use crate::operations::rebalance::load::{LoadedLayout, load};
use crate::operations::rebalance::planning::options_of;
use crate::operations::rebalance::recorded::{DONE, PlanHead, Recorded, Recording};
use crate::operations::{AuditContext, ClusterView, Consent};
use crate::planner::check::Severity;
use crate::planner::document::inverse;
use crate::planner::document::read::ReadPlan;
use crate::planner::{Hold, Layout};
use crate::ports::metadata::KeyRange;
use crate::ports::{Keys, MetadataRead};
use crate::storage::CommandMover;

use driving::{Execution, drive};
use request::{PaceArgs, ScopeArgs};

/// Execute a plan: copy, verify and record each move, with progress, resumable at any point.
///
/// A plan file is recorded first, with what undoes it. The same command goes on where it stopped, from any host; --rollback
/// returns to where the plan found everything.
#[derive(Debug, Args)]
pub(in crate::cli) struct ExecuteRebalanceArgs {
    /// The id of a recorded plan, or a file; `-` = stdin
    #[arg(value_name = "PLAN")]
    plan: String,
    #[command(flatten)]
    scope: ScopeArgs,
    #[command(flatten)]
    pace: PaceArgs,
    #[command(flatten)]
    write: WriteArgs,
}

/// What was found before anything is asked.
struct Survey {
    keys: Keys,
    view: ClusterView,
    layout: Layout,
    agenda: Agenda,
    /// The head of the plan, if it is recorded.
    head: Option<PlanHead>,
    /// Operations in flight, which are brought to rest first.
    in_flight: usize,
    /// Who executes.
    holder: Option<String>,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, args: ExecuteRebalanceArgs) -> Result<(), CliError> {
    let ExecuteRebalanceArgs { plan, scope, pace, write } = args;
    let settings = pace.read()?;
    let (scope, until) = scope.read(session)?;
    let crash = crash_at(session)?;
    consent::check(session, &write)?;
    let source = PlanSource::of(&plan);
    // A file is looked at before any store is opened.
    let file = match &source {
        PlanSource::File(_) => Some(source.read(session, None)?),
        PlanSource::Recorded(_) => None,
    };
    let opened = session.open_reader()?;
    let plan = match file {
        Some(plan) => plan,
        None => source.read(session, Some(&opened))?,
    };
    let survey = survey(session, opened, &plan, &scope, source.name())?;
    check(session, &survey, &plan, &scope, source.name())?;
    if survey.agenda.moves() == 0 && survey.in_flight == 0 && survey.head.as_ref().is_none_or(|head| head.state == DONE)
    {
        session.talk().note(&nothing_to_do(&scope));
        return ending::show(session, &plan, &Outcome::default());
    }
    let lines = summary(&survey, &plan, &scope, settings);
    let Some(consent) = consent::ask(session, &write, &lines)? else { return Ok(()) };
    let audit = consent::audit_context(session, &write, "execute-rebalance");
    let recording = consent::audit_context(session, &write, "execute-rebalance");
    record(session, &survey, &plan, &recording, consent)?;
    let skip_stale = scope.skip_stale;
    let mover = pace.mover.map(|command| CommandMover::new(command, scratch(session), recording.nonce));
    let driving = Driving { keys: &survey.keys, settings, crash: &crash, audit: &audit, consent };
    let plan_id = Some(plan.document.plan_id.clone());
    let execution = Execution { driving, mover: mover.as_ref(), until, plan_id };
    let outcome = drive(session, execution, Work::Plan { plan: &plan, scope: &scope })?;
    ending::show(session, &plan, &outcome)?;
    ending::judge(session, &plan, &outcome, skip_stale)
}

fn nothing_to_do(scope: &Scope) -> String {
    let what = if scope.rollback { "nothing of the plan is done, so nothing is undone" } else { "all of it is done" };
    what.to_owned()
}

/// Where a test wants this process to die or to stop.
pub(in crate::cli) fn crash_at(session: &mut Session<'_, '_>) -> Result<CrashAt, CliError> {
    match session.environment().variable("OTLP_PART_CRASH_AT") {
        None => Ok(CrashAt::never()),
        Some(text) => CrashAt::parse(text, interrupt::strike)
            .map_err(|e| CliError::usage(format!("OTLP_PART_CRASH_AT {text:?}: {e}"))),
    }
}

/// Where a mover may put what it needs for a moment.
pub(in crate::cli) fn scratch(session: &mut Session<'_, '_>) -> PathBuf {
    PathBuf::from(session.environment().variable("TMPDIR").unwrap_or("/tmp"))
}

fn survey(
    session: &mut Session<'_, '_>,
    opened: OpenReader,
    plan: &ReadPlan,
    scope: &Scope,
    name: &str,
) -> Result<Survey, CliError> {
    let OpenReader { store, keys, .. } = opened;
    let options = options_of(&plan.document.settings);
    let (now, head) = (session.now(), KeyRange::single(&keys.plan_head(&plan.document.plan_id)));
    let ranges = [head, keys.migrations(), KeyRange::single(&keys.rebalance_lock())];
    let (loaded, answer) = session.wait(consistently(None, async || {
        let loaded = load(&store, &keys, None, now, &options).await?.whole()?;
        let answer = store.read(&ranges, Some(loaded.view.revision)).await?;
        Ok((loaded, answer))
    }))?;
    let LoadedLayout { view, layout, .. } = loaded;
    plan.check_cluster(&view.spec.cluster_id)
        .map_err(|fault| CliError::input_hint(format!("{name}: {fault}"), fault.hint()))?;
    preflight::check_cluster(&view)?;
    let mut lists = answer.ranges.into_iter();
    let head = lists.next().unwrap_or_default().pop().and_then(|entry| PlanHead::parse(&entry.value).ok());
    let in_flight = lists.next().unwrap_or_default().len();
    let holder = lists.next().unwrap_or_default().first().map(holder_of);
    let agenda = Agenda::new(&layout, &plan.document, scope);
    Ok(Survey { keys, view, layout, agenda, head, in_flight, holder })
}

/// What must hold before anybody is asked: the plan still fits, is legal, and its targets take data.
fn check(
    session: &mut Session<'_, '_>,
    survey: &Survey,
    plan: &ReadPlan,
    scope: &Scope,
    name: &str,
) -> Result<(), CliError> {
    let Survey { view, layout, agenda, holder, .. } = survey;
    // What is in flight is brought to rest first, and then looked at again.
    let in_flight = |id| layout.partition_index(id).is_some_and(|at| layout.holds()[at as usize] == Hold::InFlight);
    let stale: Vec<_> = agenda.stale.iter().filter(|stale| !in_flight(stale.partition)).collect();
    if !stale.is_empty() && !scope.skip_stale {
        // What is moved at this moment fits again when that is through, or then does not.
        if let Some(holder) = holder {
            return Err(CliError::Locked { holder: holder.clone() });
        }
        for stale in &stale {
            session.talk().warn(&format!("move {} on {} is stale: {}", stale.seq, stale.partition, stale.reason));
        }
        let message = format!("{} move(s) of {name} are stale; nothing was begun", stale.len());
        let hint = "make a new plan with `otlp-part plan-rebalance`, or execute the rest with --skip-stale";
        return Err(CliError::Stale { message, hint: Some(hint.to_owned()) });
    }
    // Where the cluster has moved on, by this plan or otherwise, its first move is no longer the next one.
    if agenda.stale.is_empty() && agenda.done == 0 && !scope.rollback {
        let found = findings(layout, plan);
        if let Some((_, first)) = found.iter().find(|(severity, _)| *severity == Severity::Error) {
            let hint = format!("`otlp-part plan verify {name}` tells all that is wrong with it");
            return Err(CliError::input_hint(format!("{name} is not to be executed: {first}"), hint));
        }
    }
    let open = opener(session);
    let places = Places::new(view.spec.cluster_id.clone(), &open);
    session.wait(preflight::check_targets(view, agenda, &places))?;
    Ok(())
}

fn summary(survey: &Survey, plan: &ReadPlan, scope: &Scope, settings: ExecutionSettings) -> Vec<String> {
    let Survey { agenda, in_flight, view, .. } = survey;
    let id = &plan.document.plan_id;
    let what = if scope.rollback { format!("undo what was done of {id}") } else { format!("execute {id}") };
    let mut lines = vec![format!("{what}: {} move(s), {}", agenda.moves(), ByteSize(agenda.bytes()))];
    let mut line = |text: String| lines.push(format!("  {text}"));
    if agenda.done > 0 {
        line(format!("{} move(s) are done already", agenda.done));
    }
    if *in_flight > 0 {
        line(format!("{in_flight} operation(s) in flight are brought to rest first"));
    }
    if !agenda.stale.is_empty() && scope.skip_stale {
        line(format!("{} move(s) no longer fit and are passed over", agenda.stale.len()));
    }
    for left in &agenda.unplanned {
        line(format!("not undone: {}", left.message));
    }
    let per_node = settings.per_node.unwrap_or(view.spec.rebalance.migrations_per_node);
    let rate = settings.bandwidth.map_or("no limit".to_owned(), |rate| format!("{}/s", ByteSize(rate.get())));
    line(format!("{per_node} copies at a time per node, {rate}"));
    lines
}

/// A plan file is recorded first, with what undoes it: any host can go on, and the way back is known before the first change.
fn record(
    session: &mut Session<'_, '_>,
    survey: &Survey,
    plan: &ReadPlan,
    audit: &AuditContext,
    consent: Consent,
) -> Result<(), CliError> {
    if survey.head.is_some() {
        return Ok(());
    }
    let recording = Recording::new(plan, &inverse(&survey.layout, &plan.document))?;
    let id = recording.plan_id().to_owned();
    let store = session.open_writer()?;
    if let Recorded::Now(applied) = session.wait(recording.apply(&store, &survey.keys, audit, consent))? {
        session.talk().note(&format!("recorded {id} with what undoes it, revision {}", applied.revision));
    }
    Ok(())
}
