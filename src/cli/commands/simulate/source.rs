//! What is simulated on: a store with its records, or nodes with partitions from elsewhere.

use crate::cli::commands::route::otlp::report_reading;
use crate::cli::commands::route::source::SourceArgs;
use crate::cli::error::CliError;
use crate::cli::input;
use crate::cli::session::{OpenReader, Session};
use crate::model::{ClusterSpec, Node, Revision, TimeBucket};
use crate::operations::hours::HourTables;
use crate::operations::otlp_totals::{TotalsError, route_input};
use crate::operations::rebalance::{LayoutOptions, load};
use crate::operations::reroute::{self, Reroute};
use crate::operations::simulate::population::{Population, Synthetic};
use crate::operations::simulate::setup::{Change, Setup};
use crate::operations::simulate::{Partitions, Simulation};
use crate::operations::spec_diff::DesiredCluster;
use crate::operations::{ClusterView, OperationError};
use crate::otlp::{Options, Reader};
use crate::ports::MetadataRead as _;
use crate::routing::{RecordSet, Topology};

use super::request::Request;

/// A cluster with its partitions.
pub(super) struct Ground {
    pub(super) setup: Setup,
    pub(super) partitions: Partitions,
    /// The store, where there is one.
    pub(super) store: Option<(OpenReader, ClusterView)>,
}

impl Ground {
    pub(super) fn open(
        session: &mut Session<'_, '_>,
        request: &Request,
        source: &SourceArgs,
        zones: Option<&str>,
    ) -> Result<Self, CliError> {
        if let Some(nodes) = source.nodes(session)? {
            if request.before.is_some() {
                return Err(CliError::usage("the scenario says which cluster there is before: leave --nodes out"));
            }
            let setup = Setup::new(ClusterSpec::default(), in_zones(nodes, zones)?)?;
            return Self::without_records(session, request, setup, None);
        }
        if let Some(before) = &request.before {
            let global = session.global();
            if global.store.is_some() || global.context.is_some() || global.at.is_some() {
                let message = "the scenario says which cluster there is before: leave --store, --context and --at out";
                return Err(CliError::usage(message));
            }
            return Self::without_records(session, request, setup_of(before)?, None);
        }
        let reader = session.open_reader()?;
        if request.partitions.is_some() || request.otlp.is_some() {
            let (view, _) = session.wait(ClusterView::read(&reader.store, &reader.keys, reader.at, &[]))?;
            let topology = view.topology()?;
            let setup = Setup::new(topology.spec().clone(), topology.nodes().to_vec())?;
            return Self::without_records(session, request, setup, Some((reader, view)));
        }
        if let Some(flag) = request.sized {
            let message = format!("{flag} is about made-up partitions, and the store has recorded ones");
            return Err(CliError::usage_hint(message, "add --partitions N"));
        }
        Self::recorded(session, reader)
    }

    fn recorded(session: &mut Session<'_, '_>, reader: OpenReader) -> Result<Self, CliError> {
        let OpenReader { store, keys, at } = &reader;
        let options = LayoutOptions::default();
        let loaded = session.wait(load::load(store, keys, *at, session.now(), &options))?.whole()?;
        let view = loaded.view;
        if !view.has_spec() {
            session.talk().warn("no cluster spec is recorded; the default settings are taken");
        }
        if loaded.layout.is_empty() {
            let message = format!("no partition is recorded in {}", store.place());
            return Err(CliError::input_hint(message, "--partitions N simulates with so many made-up ones"));
        }
        let nodes = view.nodes.iter().map(|(node, _)| node.clone()).collect();
        let setup = Setup::new(view.spec.clone(), nodes)?;
        let open = TimeBucket::of(session.now(), view.spec.partitioning_at(session.now()).granularity_hours);
        let partitions = Partitions::Recorded(Box::new(loaded.layout), Some(open));
        Ok(Self { setup, partitions, store: Some((reader, view)) })
    }

    fn without_records(
        session: &mut Session<'_, '_>,
        request: &Request,
        setup: Setup,
        store: Option<(OpenReader, ClusterView)>,
    ) -> Result<Self, CliError> {
        let partitions = match &request.otlp {
            Some(file) => measured(session, file, &setup, &request.changes)?,
            None => Partitions::Synthetic(Synthetic {
                partitions: request.partitions.unwrap_or_else(|| of_retention(&setup)),
                size_bytes: request.size,
                spread_ppm: request.spread_ppm,
                seed: request.seed,
                until: request.until,
            }),
        };
        Ok(Self { setup, partitions, store })
    }

    /// Whether the partitions are those of records.
    pub(super) fn is_recorded(&self) -> bool {
        matches!(self.partitions, Partitions::Recorded(..))
    }

    /// The word for answers.
    pub(super) fn name(&self) -> &'static str {
        match self.partitions {
            Partitions::Recorded(..) => "records",
            Partitions::Synthetic(_) => "synthetic",
            Partitions::Measured { .. } => "otlp",
        }
    }

    /// The revision that was read.
    pub(super) fn revision(&self) -> Option<Revision> {
        self.store.as_ref().map(|(_, view)| view.revision)
    }

    /// Warns of partitions without a record: nobody knows their sizes, so the figures are without them.
    pub(super) fn unrecorded(
        &self,
        session: &mut Session<'_, '_>,
        simulation: &Simulation,
    ) -> Result<Option<Reroute>, CliError> {
        let (Some((OpenReader { store, keys, .. }, view)), Partitions::Recorded(..)) = (&self.store, &self.partitions)
        else {
            return Ok(None);
        };
        let changed = (simulation.setup.spec.clone(), simulation.setup.nodes.clone());
        let counted = session.wait(reroute::with(store, keys, view, changed, session.now()))?;
        let counted = counted.filter(|reroute| reroute.unrecorded > 0);
        if let Some(reroute) = &counted {
            let Reroute { unrecorded, changed, .. } = reroute;
            session.talk().warn(&format!(
                "{unrecorded} partitions within retention have no record and no known size: they are left out; {changed} \
                 of them would be routed elsewhere"
            ));
        }
        Ok(counted)
    }
}

/// The cluster that a scenario has before.
fn setup_of(before: &DesiredCluster) -> Result<Setup, CliError> {
    let Some(nodes) = &before.nodes else {
        return Err(CliError::input("before of the scenario names no nodes"));
    };
    let nodes = nodes.iter().map(|(id, edit)| edit.applied_to(&Node::new(id.clone()))).collect();
    let setup = Setup::new(ClusterSpec::default(), nodes)?;
    let spec = DesiredCluster { spec: before.spec.clone(), nodes: None };
    Ok(setup.changed(&[Change::Topology(Box::new(spec))])?)
}

/// Deals nodes to zones.
fn in_zones(mut nodes: Vec<Node>, zones: Option<&str>) -> Result<Vec<Node>, CliError> {
    let Some(zones) = zones else { return Ok(nodes) };
    let names: Vec<&str> = zones.split(',').map(str::trim).collect();
    if names.iter().any(|name| name.is_empty() || name.contains(char::is_control)) {
        return Err(CliError::usage(format!("--zones {zones:?}: a zone has a name")));
    }
    for (node, zone) in nodes.iter_mut().zip(names.iter().cycle()) {
        node.location.availability_zone = Some((*zone).to_owned());
    }
    Ok(nodes)
}

/// As many partitions as the retention holds.
fn of_retention(setup: &Setup) -> u64 {
    let partitioning = setup.partitioning();
    let hours = u64::from(partitioning.retention_days) * 24;
    let buckets = hours.div_ceil(u64::from(partitioning.granularity_hours.hours()));
    buckets * u64::from(partitioning.partitions_per_bucket())
}

/// The partitions of recorded telemetry; read again where a change divides it otherwise.
fn measured(
    session: &mut Session<'_, '_>,
    file: &str,
    setup: &Setup,
    changes: &[Change],
) -> Result<Partitions, CliError> {
    let changed = setup.changed(changes)?;
    let name = input::shown_name(file).to_owned();
    let bytes = if file == "-" { Some(input::read_bytes(session.environment(), file)?) } else { None };
    let before = population(session, file, bytes.as_deref(), setup)?;
    if before.ids.is_empty() {
        return Err(CliError::input(format!("{name} holds nothing that falls into a partition")));
    }
    let after = match changed.partitioning() == setup.partitioning() {
        true => before.clone(),
        false => population(session, file, bytes.as_deref(), &changed)?,
    };
    Ok(Partitions::Measured { before, after })
}

fn population(
    session: &mut Session<'_, '_>,
    file: &str,
    bytes: Option<&[u8]>,
    setup: &Setup,
) -> Result<Population, CliError> {
    // Coming hours' partitioning holds for all of the input: it stands for telemetry to come.
    let mut partitioning = setup.partitioning().clone();
    partitioning.from = None;
    let spec = ClusterSpec { partitioning: vec![partitioning], ..setup.spec.clone() };
    let topology = Topology::new(spec, setup.nodes.clone()).map_err(OperationError::from)?;
    let mut progress = session.progress("reading", input::size_of(file));
    let mut hours: HourTables<'_, ()> = HourTables::new(&topology, None, |_| Ok(RecordSet::default()));
    let name = input::shown_name(file);
    let input: Box<dyn std::io::Read> = match bytes {
        Some(bytes) => Box::new(std::io::Cursor::new(bytes.to_vec())),
        None => input::open_file(file)?,
    };
    let fail = |source| CliError::Otlp { name: name.to_owned(), source };
    let mut reader = Reader::open(input, Options::default()).map_err(fail)?;
    let totals = route_input::<_, TotalsError>(&mut reader, &mut hours, |_, _| Ok(()), |done| progress.set(done))
        .map_err(|error| CliError::reading(name, error))?;
    progress.finish();
    report_reading(session, name, &totals.read);
    let ids: Vec<_> = totals.partitions.keys().copied().collect();
    let open = ids.iter().map(|id| id.bucket()).max();
    Ok(Population { ids, sizes: totals.partitions.values().map(|p| p.bytes).collect(), open })
}
