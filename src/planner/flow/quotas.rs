//! How much each node gives and takes, and how much flows between zones.

use crate::placement::NodeIndex;

use super::super::bound::{Needs, ZoneNeed};
use super::super::census::Census;
use super::super::plan::NodeTarget;
use super::state::{Ground, State};

/// With more zones than this the flow between each two is not told apart.
pub(super) const ZONES_MAX: usize = 64;

/// So many replicas at most are given or taken by a node before others are asked.
pub(super) const AT_ONCE_MAX: usize = 8;

/// Only so large a part of what is open is given or taken by a node before others are asked, or one replica.
pub(super) const AT_ONCE_PART: u64 = 8;

/// What is still to be given and taken.
pub(super) struct Quotas {
    /// Of each node.
    pub(super) out: Vec<u64>,
    /// Of each node.
    pub(super) into: Vec<u64>,
    /// From zone to zone, row by row; the row behind the last zone is what comes from nowhere: missing copies. Empty with
    /// more than [`ZONES_MAX`] zones.
    pub(super) flows: Vec<u64>,
}

/// What a node still gives or takes; the most first, of equals the first node. One number, as such are compared soonest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OpenQuota(u128);

impl OpenQuota {
    pub(super) fn new(bytes: u64, node: NodeIndex) -> Self {
        Self(u128::from(bytes) << NodeIndex::BITS | u128::from(NodeIndex::MAX - node))
    }

    pub(super) fn bytes(self) -> u64 {
        (self.0 >> NodeIndex::BITS) as u64
    }

    pub(super) fn node(self) -> NodeIndex {
        NodeIndex::MAX - self.0 as NodeIndex
    }
}

/// Levels of loads against targets are numbers with so many bits behind the point.
const LEVEL_BITS: u32 = 40;

/// No level is above 64 times the target.
const LEVEL_MAX: u128 = 1 << (LEVEL_BITS + 6);

impl Quotas {
    /// From where the cluster is now to its bands, with the least flow into nodes, and among those the evenest.
    pub(super) fn new(ground: &Ground<'_>, census: &Census, state: &State) -> Self {
        let needs = Needs::new(ground.layout, census, &state.loads, ground.bands);
        let count = needs.zones.len();
        let mut wanted = vec![0_i128; count];
        let mut members = vec![Vec::new(); count];
        for (n, node) in ground.layout.nodes().iter().enumerate() {
            wanted[usize::from(node.zone)] += i128::from(ground.bands[n].target) - i128::from(state.loads[n]);
            members[usize::from(node.zone)].push(n);
        }
        let gains = zone_gains(&needs, &wanted);
        let mut quotas =
            Self { out: vec![0; ground.bands.len()], into: vec![0; ground.bands.len()], flows: Vec::new() };
        let (mut outflow, mut inflow) = (vec![0_u64; count], vec![0_u64; count]);
        for zone in 0..count {
            let need = &needs.zones[zone];
            let into = need.under.max(need.over + gains[zone]).max(0);
            inflow[zone] = into as u64;
            outflow[zone] = (into - gains[zone]).max(0) as u64;
            quotas.shave(ground, state, &members[zone], outflow[zone]);
            quotas.fill(ground, state, &members[zone], inflow[zone]);
        }
        if count <= ZONES_MAX {
            quotas.flows = flows(&outflow, &inflow, u64::try_from(needs.growth).unwrap_or(0));
        }
        quotas
    }

    /// Takes `amount` from a zone's nodes: all from those that are emptied, the rest from the fullest down to one level.
    fn shave(&mut self, ground: &Ground<'_>, state: &State, members: &[usize], amount: u64) {
        let gives = |n: usize, level: u128| {
            let node = &ground.layout.nodes()[n];
            if node.role.stays() {
                state.loads[n].saturating_sub(at_level(&ground.bands[n], level))
            } else {
                state.loads[n].saturating_sub(ground.bands[n].high)
            }
        };
        let sum = |level| members.iter().map(|&n| u128::from(gives(n, level))).sum::<u128>();
        let (mut low, mut high) = (0, LEVEL_MAX);
        while high - low > 1 {
            let middle = (low + high) / 2;
            if sum(middle) <= u128::from(amount) {
                high = middle;
            } else {
                low = middle;
            }
        }
        for &n in members {
            self.out[n] = gives(n, high);
        }
    }

    /// Gives `amount` to a zone's nodes, the emptiest first, up to one level.
    fn fill(&mut self, ground: &Ground<'_>, state: &State, members: &[usize], amount: u64) {
        let takes = |n: usize, level: u128| {
            if ground.receives[n] { at_level(&ground.bands[n], level).saturating_sub(state.loads[n]) } else { 0 }
        };
        let sum = |level| members.iter().map(|&n| u128::from(takes(n, level))).sum::<u128>();
        let (mut low, mut high) = (0, LEVEL_MAX);
        while high - low > 1 {
            let middle = (low + high) / 2;
            if sum(middle) <= u128::from(amount) {
                low = middle;
            } else {
                high = middle;
            }
        }
        for &n in members {
            self.into[n] = takes(n, low);
        }
    }
}

fn at_level(band: &NodeTarget, level: u128) -> u64 {
    let bytes = (u128::from(band.target) * level) >> LEVEL_BITS;
    u64::try_from(bytes).unwrap_or(u64::MAX).clamp(band.low, band.high)
}

/// The change of each zone's total: of all that cost the least, the one nearest to the targets.
fn zone_gains(needs: &Needs, wanted: &[i128]) -> Vec<i128> {
    let cheapest: i128 = needs.zones.iter().map(ZoneNeed::cheapest).sum();
    let range = |zone: &ZoneNeed| {
        if cheapest >= needs.growth { (zone.least, zone.cheapest()) } else { (zone.cheapest(), zone.most) }
    };
    let gain = |zone: usize, shift: i128| {
        let (least, most) = range(&needs.zones[zone]);
        (wanted[zone] + shift).clamp(least.min(most), most)
    };
    let sum = |shift| (0..wanted.len()).map(|zone| gain(zone, shift)).sum::<i128>();
    let (mut low, mut high) = (-(1_i128 << 80), 1_i128 << 80);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if sum(middle) <= needs.growth {
            low = middle;
        } else {
            high = middle;
        }
    }
    let mut gains: Vec<i128> = (0..wanted.len()).map(|zone| gain(zone, low)).collect();
    // One step of the shift raises every free zone by a byte: the first of them get what is left.
    let mut rest = needs.growth - gains.iter().sum::<i128>();
    for (zone, gained) in gains.iter_mut().enumerate() {
        if rest > 0 && *gained < gain(zone, high) {
            *gained += 1;
            rest -= 1;
        }
    }
    gains
}

/// Flow from zone to zone: within the zone first, the rest in proportion to what is given and taken.
fn flows(outflow: &[u64], inflow: &[u64], from_nowhere: u64) -> Vec<u64> {
    let count = inflow.len();
    let mut flows = vec![0_u64; (count + 1) * count];
    let mut out: Vec<u64> = outflow.to_vec();
    out.push(from_nowhere);
    let mut into = inflow.to_vec();
    for zone in 0..count {
        let own = out[zone].min(into[zone]);
        flows[zone * count + zone] = own;
        out[zone] -= own;
        into[zone] -= own;
    }
    let all: u128 = into.iter().map(|&bytes| u128::from(bytes)).sum();
    for (zone, &bytes) in out.iter().enumerate() {
        for (other, &takes) in into.iter().enumerate() {
            if let Some(share) = (u128::from(bytes) * u128::from(takes)).checked_div(all) {
                flows[zone * count + other] += u64::try_from(share).unwrap_or(u64::MAX);
            }
        }
    }
    flows
}
