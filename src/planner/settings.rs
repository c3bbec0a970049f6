//! What is asked of the planner.

use crate::model::PartitionId;
use crate::placement::NodeIndex;

/// One part per million.
pub const PPM: u64 = 1_000_000;

/// Which replicas are picked when several would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prefer {
    /// Evenly over age, so that retention does not undo the balance.
    #[default]
    Uniform,
    /// The largest, so that few moves do it.
    FewestMoves,
}

impl Prefer {
    /// The word of the flag.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uniform => "uniform",
            Self::FewestMoves => "fewest-moves",
        }
    }
}

/// One exactly chosen move of a replica.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChosenMove {
    /// Which partition.
    pub partition: PartitionId,
    /// From where.
    pub from: NodeIndex,
    /// Whither.
    pub to: NodeIndex,
}

/// What the transfer of data is assumed to do, for the estimate of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Bytes per second into one node, and out of one node.
    pub node_bytes_per_second: u64,
    /// Copies at a time per node.
    pub migrations_per_node: u32,
}

/// What is asked of the planner. Excluded nodes, drained nodes and excluded partitions are roles and holds of the layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Half width of every node's band round its target, parts per million (20,000 = 2 %).
    pub band_ppm: u32,
    /// Nothing is balanced unless a node deviates by more than this from its target (or is nearly full); parts per million.
    pub threshold_ppm: Option<u32>,
    /// How full a node may be, parts per million of its capacity, before it triggers whatever the threshold.
    pub fill_max_ppm: u32,
    /// The most bytes to move for balance.
    pub bytes_max: Option<u64>,
    /// The most moves for balance.
    pub moves_max: Option<u64>,
    /// Leader transfers only.
    pub leaders_only: bool,
    /// Which replicas are picked.
    pub prefer: Prefer,
    /// Only these nodes are brought into their band (`--relieve`); empty: all.
    pub relieve: Vec<NodeIndex>,
    /// Exactly these moves, and nothing else.
    pub moves: Vec<ChosenMove>,
    /// Exactly these leaders, and nothing else.
    pub leaders: Vec<(PartitionId, NodeIndex)>,
    /// Rebuilding is allowed while a zone or more than a tenth of the nodes is down.
    pub allow_mass_repair: bool,
    /// For the estimate of the time.
    pub pace: Pace,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            band_ppm: 20_000,
            threshold_ppm: None,
            fill_max_ppm: 850_000,
            bytes_max: None,
            moves_max: None,
            leaders_only: false,
            prefer: Prefer::Uniform,
            relieve: Vec::new(),
            moves: Vec::new(),
            leaders: Vec::new(),
            allow_mass_repair: false,
            pace: Pace { node_bytes_per_second: 100_000_000, migrations_per_node: 3 },
        }
    }
}
