//! `plan-rebalance`

mod request;

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{ArgGroup, Args};
use serde_json::json;

use crate::cli::args::WriteArgs;
use crate::cli::commands::plan::{page, show};
use crate::cli::commands::snapshot::write_whole;
use crate::cli::consent;
use crate::cli::error::CliError;
use crate::cli::report::ReportFile;
use crate::cli::session::{OpenReader, Session};
use crate::metadata::AnyReader;
use crate::operations::rebalance::load::{LoadedLayout, load};
use crate::operations::rebalance::planning::{MadePlan, PlanRequest, make};
use crate::operations::rebalance::recorded::{self, PlanHead, Recorded, Recording};
use crate::operations::{AuditContext, Consent};
use crate::output::{Cell, Column, Row};
use crate::planner::bound::{CurvePoint, curve};
use crate::planner::document::PlanDocument;
use crate::planner::document::read::ReadPlan;
use crate::ports::Keys;

use request::RequestArgs;

/// Plan which replicas and leaders move, so that every node is in its band, drained nodes are empty and lost copies are
/// made anew.
///
/// The plan is recorded in the store and its id printed, without a question: nothing moves before it is executed.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("written").args(["out", "report"]).multiple(true)))]
pub(in crate::cli) struct PlanRebalanceArgs {
    /// Show the plan and write nothing anywhere; the store is opened read-only
    #[arg(long, conflicts_with = "out")]
    dry_run: bool,
    /// Write the plan to this file, and nothing else
    #[arg(long, value_name = "FILE")]
    out: Option<String>,
    /// Write a page with charts of the plan, whole by itself (HTML)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["dry_run", "curve"])]
    report: Option<String>,
    /// Overwrite the files of --out and --report
    #[arg(long, requires = "written")]
    force: bool,
    /// Show how many bytes each width of the band costs at least, and plan nothing
    #[arg(long, conflicts_with_all = ["out", "moves", "leaders"])]
    curve: bool,
    /// Exit with 3 if there are moves, or work that cannot be planned
    #[arg(long)]
    detailed_exitcode: bool,
    /// Why, for the audit trail
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Who, for the plan and the audit trail [default: the login name]
    #[arg(long, value_name = "NAME", env = "OTLP_PART_ACTOR")]
    actor: Option<String>,
    #[command(flatten)]
    request: RequestArgs,
}

/// Where the plan goes.
#[derive(Debug)]
enum Destination {
    /// Nowhere.
    Nothing,
    File(PathBuf),
    Store,
}

pub(in crate::cli) fn run(session: &mut Session<'_, '_>, args: PlanRebalanceArgs) -> Result<(), CliError> {
    let PlanRebalanceArgs { dry_run, out, report, force, curve, detailed_exitcode, reason, actor, request } = args;
    let request = request.read()?;
    let destination = match out {
        _ if dry_run || curve => Destination::Nothing,
        Some(file) => Destination::File(checked_path(&file, force)?),
        None => Destination::Store,
    };
    let report = ReportFile::new(report, force)?;
    if matches!(destination, Destination::Store) {
        consent::check_named(session)?;
    }
    let write = WriteArgs { dry_run, yes: true, confirm: None, reason, actor };
    let audit = consent::audit_context(session, &write, "plan-rebalance");
    let OpenReader { store, keys, at } = session.open_reader()?;
    let loaded = session.wait(load(&store, &keys, at, session.now(), &request.layout))?;
    warn(session, &loaded);
    if curve {
        return show_curve(session, loaded);
    }
    let points = if report.is_some() { self::curve(&loaded.layout, &CURVE_PPM) } else { Vec::new() };
    let made = make(loaded, &request, &audit.actor, session.now())?;
    let (plan, next) = deliver(session, (store, &keys), destination, made, &audit)?;
    show::plan(session, &plan, within(&request).as_deref())?;
    if let Some(report) = &report {
        report.write(session, &page::of_plan(&plan.document, "otlp-part plan-rebalance", &points))?;
    }
    session.talk().note(&next);
    let (moves, left) = (plan.document.moves.len(), plan.document.unplanned.len());
    if detailed_exitcode && moves + left > 0 {
        let message = format!("{moves} move(s) are to be made, and {left} thing(s) are not planned");
        return Err(CliError::DoesNotHold { message, hint: None });
    }
    Ok(())
}

/// Brings the plan where it is to go; gives the plan as it is there, and what to say of that.
fn deliver(
    session: &mut Session<'_, '_>,
    (store, keys): (AnyReader, &Keys),
    destination: Destination,
    made: MadePlan,
    audit: &AuditContext,
) -> Result<(ReadPlan, String), CliError> {
    match destination {
        Destination::Nothing => Ok((made.plan, "dry run: nothing was written".to_owned())),
        Destination::File(path) => {
            write_whole(&path, |out| writeln!(out, "{}", made.plan.text))
                .with_context(|| format!("cannot write {}", path.display()))?;
            let store = session.store_choice()?.argument();
            let next = format!("next: otlp-part{store} plan verify {}", path.display());
            Ok((made.plan, next))
        }
        Destination::Store if made.plan.document.moves.is_empty() => {
            Ok((made.plan, "nothing moves, so nothing is recorded".to_owned()))
        }
        Destination::Store => {
            let same = session.wait(recorded::list(&store, keys, None))?.same_as(&made.plan).cloned();
            drop(store);
            let plan = match same {
                Some(head) => {
                    session.talk().note(&format!(
                        "{}, recorded at {} by {}, says the same: nothing is written",
                        head.plan_id, head.created_at, head.created_by
                    ));
                    as_recorded(made.plan, &head)
                }
                None => record(session, keys, made, audit)?,
            };
            let store = session.store_choice()?.argument();
            let id = &plan.document.plan_id;
            let next = format!(
                "next: otlp-part{store} plan get {id} shows it again, plan verify {id} tells whether it still fits; \
                 execute-rebalance {id} carries it out"
            );
            Ok((plan, next))
        }
    }
}

fn record(
    session: &mut Session<'_, '_>,
    keys: &Keys,
    made: MadePlan,
    audit: &AuditContext,
) -> Result<ReadPlan, CliError> {
    let recording = Recording::new(&made.plan, &made.inverse())?;
    let store = session.open_writer()?;
    let id = recording.plan_id().to_owned();
    match session.wait(recording.apply(&store, keys, audit, Consent::Flag))? {
        Recorded::Now(applied) => {
            let revision = applied.revision;
            session.talk().note(&format!("recorded {id}: {} key(s), revision {revision}", applied.keys));
        }
        Recorded::Already => session.talk().note(&format!("{id} is recorded already: nothing is written")),
    }
    Ok(made.plan)
}

/// The same plan as it was recorded before: it says who made it then, at which revision.
fn as_recorded(plan: ReadPlan, head: &PlanHead) -> ReadPlan {
    let document = PlanDocument {
        created_at: head.created_at,
        created_by: head.created_by.clone(),
        store_revision: head.store_revision,
        ..plan.document
    };
    ReadPlan::made(document.sealed())
}

/// A file that may be written.
fn checked_path(file: &str, force: bool) -> Result<PathBuf, CliError> {
    if file == "-" {
        return Err(CliError::usage_hint("--out takes a file", "--dry-run -o json prints the same document"));
    }
    let path = PathBuf::from(file);
    if path.exists() && !force {
        return Err(CliError::input_hint(format!("{file} exists already"), "--force overwrites it"));
    }
    Ok(path)
}

fn warn(session: &mut Session<'_, '_>, loaded: &LoadedLayout) {
    if !loaded.view.has_spec() {
        session.talk().warn("no cluster spec is recorded; the defaults are taken");
    }
    if let Some(first) = loaded.strangers.first() {
        let count = loaded.strangers.len();
        session.talk().warn(&format!(
            "records name {count} node(s) that the cluster does not know, {first} the first; what they held counts as lost"
        ));
    }
}

/// The width that "balanced" means, where balance was asked for.
fn within(request: &PlanRequest) -> Option<String> {
    let is_chosen = !request.moves.is_empty() || !request.leaders.is_empty();
    (!is_chosen && !request.leaders_only).then(|| percent(request.threshold_ppm.unwrap_or(request.band_ppm)))
}

/// Parts per million as "2 %", "0.5 %".
fn percent(ppm: u32) -> String {
    format!("{} %", f64::from(ppm) / 10_000.0)
}

/// Bands of the curve, parts per million.
const CURVE_PPM: [u32; 9] = [2_500, 5_000, 10_000, 20_000, 30_000, 50_000, 100_000, 150_000, 200_000];

fn show_curve(session: &mut Session<'_, '_>, loaded: LoadedLayout) -> Result<(), CliError> {
    let LoadedLayout { layout, .. } = loaded.whole()?;
    const COLUMNS: [Column; 2] = [Column::text("band"), Column::number("lower_bound_bytes")];
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&COLUMNS)?;
    for CurvePoint { band_ppm, bytes } in curve(&layout, &CURVE_PPM) {
        let band = f64::from(band_ppm) / 1e6;
        let json = json!({"schema": "otlp-part/plan-curve/v1", "band": band, "lower_bound_bytes": bytes});
        let cells = vec![Cell::share(band), Cell::bytes(bytes)];
        rows.push(Row::with_json(percent(band_ppm), cells, json))?;
    }
    rows.finish()?;
    Ok(())
}
