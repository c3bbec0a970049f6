//! Small instances that were solved exactly; see `tests/fixtures/planner_optimum.py`.

use otlp_part::model::{Location, Node, NodeId, PartitionId, PartitionState, TimeBucket, Weight};
use otlp_part::placement::NodeIndex;
use otlp_part::planner::layout::LayoutPartition;
use otlp_part::planner::{Hold, Layout, NodeRole, Settings, bound, plan, targets};
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Solved {
    /// `coarse`: a few partitions per node, where even an end in all bands is hard to find; `fine`: more.
    grain: String,
    pub(crate) seed: u64,
    pub(crate) kind: String,
    copies: u8,
    nodes: Vec<SolvedNode>,
    sizes: Vec<u64>,
    holders: Vec<Vec<NodeIndex>>,
    pub(crate) band_ppm: u32,
    bands: Vec<Edges>,
    pub(crate) optimum_bytes: u64,
}

#[derive(Deserialize)]
struct SolvedNode {
    id: String,
    zone: String,
    weight_millis: u32,
    draining: bool,
}

#[derive(Deserialize)]
struct Edges {
    low: u64,
    high: u64,
}

pub(crate) fn solved() -> Vec<Solved> {
    serde_json::from_str(include_str!("../fixtures/planner_optimum.json")).unwrap()
}

impl Solved {
    pub(crate) fn layout(&self) -> Layout {
        let node = |node: &SolvedNode| Node {
            weight: Weight::from_millis(node.weight_millis).unwrap(),
            location: Location::parse(&format!("az={}", node.zone)).unwrap(),
            ..Node::new(NodeId::parse(&node.id).unwrap())
        };
        let nodes: Vec<Node> = self.nodes.iter().map(node).collect();
        let mut layout = Layout::new(&nodes, self.copies).unwrap();
        for (n, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.draining) {
            assert_eq!(layout.node(n as NodeIndex).id.as_str(), node.id);
            layout.set_role(n as NodeIndex, NodeRole::Draining);
        }
        for (index, (&size_bytes, nodes)) in self.sizes.iter().zip(&self.holders).enumerate() {
            let id = PartitionId::new(TimeBucket::new(489_540), index as u32).unwrap();
            let (hold, state, leader) = (Hold::Free, PartitionState::Active, nodes.first().copied());
            let partition = LayoutPartition { id, size_bytes, nodes, leader, hold, state, revision: 1, epoch: 0 };
            layout.push(&partition).unwrap();
        }
        layout
    }
}

/// The instances are the same here as there, and the bound is one.
#[test]
fn no_bound_is_above_the_optimum() {
    let solved = solved();
    assert!(solved.len() >= 60);
    for instance in solved {
        let layout = instance.layout();
        let aims = targets::targets(&layout, instance.band_ppm);
        for (n, (aim, edges)) in aims.nodes.iter().zip(&instance.bands).enumerate() {
            if layout.node(n as NodeIndex).role.stays() {
                let near = |a: u64, b: u64| a.abs_diff(b) <= 20;
                assert!(near(aim.low, edges.low) && near(aim.high, edges.high), "seed {}: {aim:?}", instance.seed);
            }
        }
        let least = bound::lower_bound(&layout, &aims);
        // Bands differ by the rounding of a target, some bytes per node.
        assert!(least <= instance.optimum_bytes + 100, "seed {} ({})", instance.seed, instance.kind);
        assert!(least * 2 >= instance.optimum_bytes, "seed {}: {least} of {}", instance.seed, instance.optimum_bytes);
    }
}

/// How plans compare with the optimum: bytes over it, and whether every node is in its band.
fn ratios(grain: &str) -> Vec<(u64, f64, bool)> {
    let planned = |instance: Solved| {
        let settings = Settings { band_ppm: instance.band_ppm, ..Settings::default() };
        let found = plan(&instance.layout(), &settings).unwrap();
        (instance.seed, found.bytes as f64 / instance.optimum_bytes as f64, found.unplanned.is_empty())
    };
    solved().into_iter().filter(|s| s.grain == grain).map(planned).collect()
}

/// Within one hundredth of the fewest bytes that can be: three to six partitions per node, and more of them.
#[test]
fn plans_are_near_the_optimum() {
    for (grain, least) in [("coarse", 40), ("fine", 24)] {
        let ratios = ratios(grain);
        assert!(ratios.len() >= least);
        for (seed, ratio, in_band) in ratios {
            assert!(in_band, "{grain}, seed {seed}");
            assert!(ratio <= 1.01, "{grain}, seed {seed}: {ratio}");
        }
    }
}

/// What was planned is all that there is to do.
#[test]
fn what_was_planned_is_not_planned_again() {
    for instance in solved() {
        let settings = Settings { band_ppm: instance.band_ppm, ..Settings::default() };
        let mut layout = instance.layout();
        for m in plan(&layout, &settings).unwrap().moves {
            assert!(layout.apply(&m), "{} seed {}: {m:?}", instance.grain, instance.seed);
        }
        let again = plan(&layout, &settings).unwrap();
        assert!(again.moves.is_empty(), "{} seed {}: {:?}", instance.grain, instance.seed, again.moves);
    }
}
