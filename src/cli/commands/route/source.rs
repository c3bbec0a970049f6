//! What a computation works on: the nodes of `--nodes`, or a store.

use std::cell::RefCell;
use std::collections::BTreeMap;

use clap::Args;

use crate::cli::commands::node::parse_node_list;
use crate::cli::error::CliError;
use crate::cli::session::{OpenReader, Session};
use crate::model::{ClusterSpec, Node, PartitionId, Revision, TimeBucket};
use crate::operations::records::{self, Loaded, load_bucket};
use crate::operations::{ClusterView, OperationError};
use crate::routing::{RecordSet, Topology, Unroutable};

/// `--nodes`
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct SourceArgs {
    /// Compute with these nodes and the default settings; no store is needed
    #[arg(long, value_name = "ID,...")]
    nodes: Option<String>,
}

/// Where spec, nodes and records come from.
#[expect(clippy::large_enum_variant, reason = "there is one of it in a run")]
pub(in crate::cli) enum Source {
    /// From the command line: default settings, no records.
    Nodes(Vec<Node>),
    /// From a store.
    Store(OpenReader),
}

impl SourceArgs {
    /// The nodes of the command line, if it names them instead of a store.
    pub(in crate::cli) fn nodes(&self, session: &Session<'_, '_>) -> Result<Option<Vec<Node>>, CliError> {
        let Some(list) = &self.nodes else { return Ok(None) };
        let global = session.global();
        if global.store.is_some() || global.context.is_some() || global.at.is_some() {
            let message = "--nodes computes without a store: leave --store, --context and --at out";
            return Err(CliError::usage(message));
        }
        Ok(Some(parse_node_list(list)?.into_iter().map(Node::new).collect()))
    }
}

impl Source {
    pub(in crate::cli) fn open(session: &mut Session<'_, '_>, args: &SourceArgs) -> Result<Self, CliError> {
        match args.nodes(session)? {
            None => Ok(Self::Store(session.open_reader()?)),
            Some(nodes) => Ok(Self::Nodes(nodes)),
        }
    }

    /// Whether there is a store, and so records and node states.
    pub(in crate::cli) fn is_store(&self) -> bool {
        matches!(self, Self::Store(_))
    }

    /// Spec and nodes alone.
    pub(in crate::cli) fn topology(&self, session: &mut Session<'_, '_>) -> Result<Topology, CliError> {
        Ok(self.view(session)?.0)
    }

    /// Spec and nodes, and the revision they were read at.
    pub(in crate::cli) fn view(&self, session: &mut Session<'_, '_>) -> Result<(Topology, Revision), CliError> {
        match self {
            Self::Nodes(nodes) => Ok((plain_topology(nodes)?, Revision::NONE)),
            Self::Store(OpenReader { store, keys, at }) => {
                let (view, _) = session.wait(ClusterView::read(store, keys, *at, &[]))?;
                warn_defaults(session, view.has_spec());
                Ok((view.topology()?, view.revision))
            }
        }
    }

    /// Spec, nodes and the records of some partitions, in one read.
    pub(in crate::cli) fn load(
        &self,
        session: &mut Session<'_, '_>,
        roots: impl Fn(&ClusterSpec) -> Result<Vec<PartitionId>, OperationError>,
    ) -> Result<Loaded, CliError> {
        match self {
            Self::Nodes(nodes) => Ok(Loaded {
                topology: plain_topology(nodes)?,
                records: RecordSet::default(),
                revision: Revision::NONE,
                has_spec: true,
                foreign: Vec::new(),
            }),
            Self::Store(OpenReader { store, keys, at }) => {
                let loaded = session.wait(records::load(store, keys, *at, roots))?;
                warn_defaults(session, loaded.has_spec);
                for foreign in &loaded.foreign {
                    session.talk().warn(&format!("{}: {}", foreign.key, foreign.reason));
                }
                Ok(loaded)
            }
        }
    }

    /// A function that reads the records of a time bucket at a revision, and collects keys there that are no partition's.
    pub(in crate::cli) fn bucket_loader<'a>(
        &'a self,
        session: &Session<'_, '_>,
        at: Revision,
        foreign: &'a ForeignKeys,
    ) -> impl FnMut(TimeBucket) -> Result<RecordSet, OperationError> + use<'a> {
        let runtime = session.runtime();
        move |bucket| {
            let mut records = RecordSet::default();
            if let Self::Store(OpenReader { store, keys, .. }) = self {
                let mut found = Vec::new();
                runtime.block_on(load_bucket(store, keys, at, bucket, &mut records, &mut found))?;
                foreign.0.borrow_mut().extend(found.into_iter().map(|value| (value.key, value.reason)));
            }
            Ok(records)
        }
    }

    /// Reports the partitions that could not answer, by the keys of their records.
    ///
    /// # Errors
    /// There were some: the answer is not whole.
    pub(in crate::cli) fn report_unroutable(
        &self,
        session: &mut Session<'_, '_>,
        unroutable: &Unroutable,
    ) -> Result<(), CliError> {
        let key = |id: PartitionId| match self {
            Self::Nodes(_) => id.to_string(),
            Self::Store(OpenReader { keys, .. }) => keys.partition(id),
        };
        let Some((first, ..)) = unroutable.iter().next() else { return Ok(()) };
        for (id, error, times) in unroutable.iter().take(SHOWN) {
            let times = if times > 1 { format!(" ({times} times)") } else { String::new() };
            session.talk().warn(&format!("{}: {error}{times}", key(id)));
        }
        if unroutable.len() > SHOWN {
            session.talk().warn(&format!("{} more partitions cannot be answered", unroutable.len() - SHOWN));
        }
        Err(CliError::Unroutable { count: unroutable.len(), first: key(first) })
    }
}

/// Keys among those of partitions that are none's, with the reason: nothing is routed by them.
#[derive(Default)]
pub(in crate::cli) struct ForeignKeys(RefCell<BTreeMap<String, String>>);

impl ForeignKeys {
    /// Warns of them.
    pub(in crate::cli) fn warn(&self, session: &mut Session<'_, '_>) {
        let found = self.0.borrow();
        for (key, reason) in found.iter().take(SHOWN) {
            session.talk().warn(&format!("{key}: {reason}"));
        }
        if found.len() > SHOWN {
            session.talk().warn(&format!("{} more keys are no partition's", found.len() - SHOWN));
        }
    }
}

/// Warnings of one kind that are shown.
const SHOWN: usize = 10;

fn plain_topology(nodes: &[Node]) -> Result<Topology, CliError> {
    Ok(Topology::new(ClusterSpec::default(), nodes.to_vec()).map_err(OperationError::from)?)
}

fn warn_defaults(session: &mut Session<'_, '_>, has_spec: bool) {
    if !has_spec {
        session.talk().warn("no cluster spec is recorded; the default settings are taken");
    }
}
