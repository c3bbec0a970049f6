//! From a request to a plan document and its inverse.

use crate::model::{NodeId, PartitionId, Timestamp};
use crate::operations::OperationError;
use crate::placement::NodeIndex;
use crate::planner::document::read::ReadPlan;
use crate::planner::document::{PlanDocument, Provenance, SettingsDocument, inverse};
use crate::planner::settings::{ChosenMove, Pace};
use crate::planner::{Layout, Prefer, Settings, plan};

use super::{LayoutOptions, LoadedLayout};

/// What an operator asks of the planner, with nodes by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRequest {
    /// What is asked of the layout.
    pub layout: LayoutOptions,
    /// Half width of the bands, parts per million.
    pub band_ppm: u32,
    /// Nothing is balanced below it, parts per million.
    pub threshold_ppm: Option<u32>,
    /// The most bytes.
    pub bytes_max: Option<u64>,
    /// The most moves.
    pub moves_max: Option<u64>,
    /// Leader transfers only.
    pub leaders_only: bool,
    /// Which replicas are picked.
    pub prefer: Prefer,
    /// Nodes that alone are brought into their band.
    pub relieve: Vec<NodeId>,
    /// Exactly these moves: partition, from, to.
    pub moves: Vec<(PartitionId, NodeId, NodeId)>,
    /// Exactly these leaders.
    pub leaders: Vec<(PartitionId, NodeId)>,
    /// Rebuilding is allowed while much is down.
    pub allow_mass_repair: bool,
    /// Bytes per second of a node, for the estimate.
    pub node_bytes_per_second: u64,
    /// Copies at a time per node, for the estimate; `None` = what the spec says.
    pub migrations_per_node: Option<u32>,
}

impl Default for PlanRequest {
    fn default() -> Self {
        let Settings { band_ppm, pace, .. } = Settings::default();
        Self {
            layout: LayoutOptions::default(),
            band_ppm,
            threshold_ppm: None,
            bytes_max: None,
            moves_max: None,
            leaders_only: false,
            prefer: Prefer::default(),
            relieve: Vec::new(),
            moves: Vec::new(),
            leaders: Vec::new(),
            allow_mass_repair: false,
            node_bytes_per_second: pace.node_bytes_per_second,
            migrations_per_node: None,
        }
    }
}

/// A plan, and what it was made on.
#[derive(Clone, Debug, PartialEq)]
pub struct MadePlan {
    /// The plan.
    pub plan: ReadPlan,
    layout: Layout,
}

impl MadePlan {
    /// What undoes it; made where it is recorded, since it takes as long as the plan.
    #[must_use]
    pub fn inverse(&self) -> PlanDocument {
        inverse(&self.layout, &self.plan.document)
    }
}

/// Plans.
///
/// # Errors
/// Values of the cluster cannot be read, the request names what is not there, or the cluster cannot be planned on.
pub fn make(
    loaded: LoadedLayout,
    request: &PlanRequest,
    created_by: &str,
    created_at: Timestamp,
) -> Result<MadePlan, OperationError> {
    let LoadedLayout { view, layout, .. } = loaded.whole()?;
    // A gate must not pass on nothing.
    if layout.is_empty() {
        return Err(OperationError::Invalid("no partition is recorded, so there is nothing to plan".to_owned()));
    }
    let settings = settings(&layout, request, view.spec.rebalance.migrations_per_node)?;
    let plan = plan(&layout, &settings)?;
    let LayoutOptions { include_open, drain, exclude_nodes, exclude_partitions, .. } = request.layout.clone();
    let provenance = Provenance {
        cluster_id: view.spec.cluster_id.clone(),
        created_at,
        created_by: created_by.to_owned(),
        store_revision: view.revision.0,
        drain,
        exclude_nodes,
        exclude_partitions,
        include_open,
    };
    let document = PlanDocument::new(&layout, &settings, &plan, provenance);
    Ok(MadePlan { plan: ReadPlan::made(document), layout })
}

/// The options with which the layout of a plan was read, as far as they still mean something.
#[must_use]
pub fn options_of(settings: &SettingsDocument) -> LayoutOptions {
    LayoutOptions {
        include_open: settings.include_open,
        drain: settings.drain.clone(),
        exclude_nodes: settings.exclude_nodes.clone(),
        exclude_partitions: settings.exclude_partitions.clone(),
        pass_over_unknown: true,
    }
}

/// The planner's settings.
///
/// # Errors
/// A node or partition that is named does not exist.
pub fn settings(layout: &Layout, request: &PlanRequest, spec_migrations: u32) -> Result<Settings, OperationError> {
    let not_found = |what: String| OperationError::NotFound { what };
    let node = |id: &NodeId| -> Result<NodeIndex, OperationError> {
        layout.node_index(id).ok_or_else(|| not_found(format!("node {id}")))
    };
    let partition = |id: PartitionId| match layout.partition_index(id) {
        Some(_) => Ok(id),
        None => Err(not_found(format!("partition {id}"))),
    };
    let chosen = |(id, from, to): &(PartitionId, NodeId, NodeId)| {
        Ok::<_, OperationError>(ChosenMove { partition: partition(*id)?, from: node(from)?, to: node(to)? })
    };
    let leader = |(id, to): &(PartitionId, NodeId)| Ok::<_, OperationError>((partition(*id)?, node(to)?));
    let PlanRequest { layout: _, relieve, moves, leaders, .. } = request;
    Ok(Settings {
        band_ppm: request.band_ppm,
        threshold_ppm: request.threshold_ppm,
        bytes_max: request.bytes_max,
        moves_max: request.moves_max,
        leaders_only: request.leaders_only,
        prefer: request.prefer,
        relieve: relieve.iter().map(node).collect::<Result<_, _>>()?,
        moves: moves.iter().map(chosen).collect::<Result<_, _>>()?,
        leaders: leaders.iter().map(leader).collect::<Result<_, _>>()?,
        allow_mass_repair: request.allow_mass_repair,
        pace: Pace {
            node_bytes_per_second: request.node_bytes_per_second,
            migrations_per_node: request.migrations_per_node.unwrap_or(spec_migrations).max(1),
        },
        ..Settings::default()
    })
}
