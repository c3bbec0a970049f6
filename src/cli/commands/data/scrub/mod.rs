//! `data scrub`

mod ending;
mod request;
mod rows;

use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, PoisonError};

use crate::cli::commands::execute_rebalance::{crash_at, interrupt};
use crate::cli::consent;
use crate::cli::data::opener;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::{ByteSize, PartitionId};
use crate::operations::consistent::consistently;
use crate::operations::copying::{CopyEvent, Depth, Listener};
use crate::operations::executing::{Halt, Places, preflight};
use crate::operations::listing::strangers;
use crate::operations::scrub::{Away, Looker, Mender, PartitionReport, Selection, select};
use crate::operations::{ClusterView, OperationError};
use crate::output::Progress;
use crate::planner::mass;
use crate::ports::{Keys, MetadataRead};
use crate::storage::AnyStorage;

pub(in crate::cli) use request::ScrubArgs;

use ending::Ending;
use request::Request;

/// A partition is written to until so long after the end of its time bucket; later records are rare.
const WRITTEN_SECONDS: i64 = 3600;

/// What is to be scrubbed, as it was found.
struct Survey {
    keys: Keys,
    view: ClusterView,
    selection: Selection,
}

pub(super) fn run(session: &mut Session<'_, '_>, args: ScrubArgs) -> Result<(), CliError> {
    let (request, write) = args.read(session)?;
    let crash = crash_at(session)?;
    if request.repair {
        consent::check(session, &write)?;
    }
    let opened = session.open_reader()?;
    let survey = survey(session, &opened, &request)?;
    if let Some(sample) = &request.scope.sample {
        session.talk().note(&format!("--seed {} chooses the same partitions again", sample.seed));
    }
    let mut consented = None;
    if request.repair {
        preflight::check_writers(&survey.view, "repair")?;
        check_mass(&survey.view, request.allow_mass_repair)?;
        consented = consent::ask(session, &write, &lines(&survey.selection))?;
    }
    let audit = consent::audit_context(session, &write, "data scrub");
    let open = opener(session);
    let places = Places::new(survey.view.spec.cluster_id.clone(), &open);
    let meter = Meter::new(session, &request, &survey.selection);
    let tell = |event: CopyEvent| meter.note(&event);
    let clock = session.clock();
    let is_written = |id: PartitionId| {
        let span = id.bucket().range(survey.view.spec.partitioning_of(id).granularity_hours);
        clock.now() < span.end().plus_seconds(WRITTEN_SECONDS)
    };
    let mut ending = Ending::new(request.is_changing(consented.is_some()));
    let done = match consented {
        None => {
            let looker = looker(&opened.store, &survey.keys, places, &request, (&tell, &is_written));
            let scrub = async |id| looker.scrub(id).await;
            go(session, &survey.selection.ids, &mut ending, &meter, (&scrub, &|| looker.away()))
        }
        Some(consent) => {
            drop(opened.store);
            let store = session.open_writer()?;
            let mender = Mender {
                looker: looker(&store, &survey.keys, places, &request, (&tell, &is_written)),
                audit: &audit,
                consent,
                clock: &*clock,
                crash: &crash,
                entries: AtomicUsize::new(0),
            };
            let scrub = async |id| mender.scrub(id).await;
            go(session, &survey.selection.ids, &mut ending, &meter, (&scrub, &|| mender.looker.away()))
        }
    };
    ending.judge(session, &request, &survey.selection, done)
}

fn survey(session: &mut Session<'_, '_>, opened: &OpenReader, request: &Request) -> Result<Survey, CliError> {
    let OpenReader { store, keys, .. } = opened;
    let (view, selection, named) = session.wait(consistently(None, async || {
        let (view, _) = ClusterView::read(store, keys, None, &[]).await?;
        let (unknown, named) = strangers(store, keys, &view, &request.scope.filter.nodes).await?;
        if let Some(node) = unknown.first() {
            return Err(OperationError::NotFound { what: format!("node {node}") });
        }
        let selection = select(store, keys, &view, &request.scope).await?;
        Ok((view, selection, named))
    }))?;
    for node in named {
        session.talk().warn(&format!("the cluster does not know node {node}; records name it all the same"));
    }
    Ok(Survey { keys: keys.clone(), view, selection })
}

/// While so much is down, what looks like damage may be a cut network, and everything would be copied.
fn check_mass(view: &ClusterView, is_allowed: bool) -> Result<(), CliError> {
    let zone = |location: &crate::model::Location| location.availability_zone.clone().unwrap_or_default();
    let nodes: Vec<(String, bool)> =
        view.nodes.iter().map(|(node, _)| (zone(&node.location), !node.state.is_up())).collect();
    let too_much = mass::too_much_down(nodes.iter().map(|(zone, is_down)| (zone.as_str(), *is_down)));
    match too_much.filter(|_| !is_allowed) {
        None => Ok(()),
        Some(reason) => {
            let refused = "refused to repair".to_owned();
            Err(OperationError::Refused { refused, reason, forceable: false }.into())
        }
    }
}

/// What is asked about.
fn lines(selection: &Selection) -> Vec<String> {
    let Selection { ids, copies, bytes, .. } = selection;
    vec![
        format!("scrub {} partition(s), {copies} copies, {}, and repair what is bad", ids.len(), ByteSize(*bytes)),
        "  a bad segment is kept aside and made anew from a good copy; what has no good copy stays as it is".to_owned(),
    ]
}

fn looker<'a, M: MetadataRead>(
    store: &'a M,
    keys: &'a Keys,
    places: Places<'a, AnyStorage>,
    request: &Request,
    (tell, is_written): (Listener<'a>, &'a (dyn Fn(PartitionId) -> bool + Send + Sync)),
) -> Looker<'a, M, AnyStorage> {
    let mut looker = Looker::new(store, keys, places);
    looker.depth = request.depth;
    looker.settings = request.settings;
    looker.bandwidth.set(request.bandwidth);
    looker.tell = tell;
    looker.is_written = is_written;
    looker
}

/// Scrubs one partition after the other, its copies at the same time, and prints what is found; to the end, or until somebody
/// stops it.
fn go(
    session: &mut Session<'_, '_>,
    ids: &[PartitionId],
    ending: &mut Ending,
    meter: &Meter,
    (scrub, away): (&impl AsyncFn(PartitionId) -> Result<PartitionReport, OperationError>, &dyn Fn() -> Vec<Away>),
) -> Result<(), CliError> {
    let runtime = session.runtime();
    let mut printer = session.printer()?;
    let mut rows = printer.rows(&rows::COLUMNS)?;
    let halt = Halt::default();
    let done = runtime.block_on(async {
        let signals = interrupt::Signals::catch();
        let work = async {
            for &id in ids {
                let report = scrub(id).await?;
                rows::push(&mut rows, &report)?;
                ending.take(&report);
                meter.partition_done();
            }
            Ok(())
        };
        tokio::select! {
            done = work => done,
            () = halt.thrown() => Ok(()),
            () = signals.listen(&halt) => Ok(()),
        }
    });
    // A bar and a table do not go together.
    meter.finish();
    let away = away();
    away.iter().try_for_each(|away| rows::push_away(&mut rows, away))?;
    rows.finish()?;
    ending.end(away, halt.reason());
    done
}

/// How far it is: bytes that were read, or partitions where hardly any are.
struct Meter {
    progress: Mutex<(Progress, u64)>,
    counts_bytes: bool,
}

impl Meter {
    fn new(session: &Session<'_, '_>, request: &Request, selection: &Selection) -> Self {
        let counts_bytes = request.depth == Depth::Bytes && selection.bytes > 0;
        let progress = match counts_bytes {
            true => session.progress("scrubbing", Some(selection.bytes)),
            false => session.counting("partitions scrubbed", Some(selection.ids.len() as u64)),
        };
        Self { progress: Mutex::new((progress, 0)), counts_bytes }
    }

    fn add(&self, more: u64) {
        // Numbers are whole even if another thread died between two of them.
        let mut guard = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        let (progress, done) = &mut *guard;
        *done = done.saturating_add(more);
        progress.set(*done);
    }

    fn note(&self, event: &CopyEvent) {
        match event {
            CopyEvent::Verified { bytes, .. } if self.counts_bytes => self.add(*bytes),
            CopyEvent::Verified { .. }
            | CopyEvent::Planned { .. }
            | CopyEvent::Written { .. }
            | CopyEvent::Repeated { .. }
            | CopyEvent::MoverSays { .. } => {}
        }
    }

    fn partition_done(&self) {
        self.add(u64::from(!self.counts_bytes));
    }

    fn finish(&self) {
        // What is left of it ends with this value; a bar must be wiped off before anything more is said.
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).0.wipe();
    }
}
