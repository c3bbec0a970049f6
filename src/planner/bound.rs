//! A lower bound on the bytes that any plan to the same bands copies, from sums per zone alone.
//!
//! What flows into a zone is at least what its low nodes lack, and at least what its high nodes give up plus what the zone
//! gains. Minimised over all feasible gains of zones this is separable, convex and piecewise linear, so it is solved exactly.
//!
//! Zones are not taken as tight: when a whole zone is emptied, its bytes must flow into others, and a bound that forbids any
//! net flow between zones would be twice too high.

use super::census::Census;
use super::layout::Layout;
use super::plan::NodeTarget;
use super::targets::{Targets, targets_of, zone_caps};

/// What a zone must take in and give up, and how much its total may change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ZoneNeed {
    /// What its nodes lack to the lower edges of their bands.
    pub(super) under: i128,
    /// What its nodes hold above the upper edges.
    pub(super) over: i128,
    /// The least change of its total.
    pub(super) least: i128,
    /// The greatest change of its total.
    pub(super) most: i128,
}

impl ZoneNeed {
    /// The change that costs nothing beyond `under`, as near as the zone may come to it.
    pub(super) fn cheapest(&self) -> i128 {
        (self.under - self.over).clamp(self.least, self.most)
    }
}

/// The needs of all zones, and by how much the sum of all loads has to change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    pub(super) zones: Vec<ZoneNeed>,
    pub(super) growth: i128,
}

impl Needs {
    /// From loads and bands of nodes.
    pub(super) fn new(layout: &Layout, census: &Census, loads: &[u64], bands: &[NodeTarget]) -> Self {
        let count = layout.zones().len();
        let mut zones = vec![ZoneNeed::default(); count];
        let (mut load, mut low, mut high) = (vec![0_i128; count], vec![0_i128; count], vec![0_i128; count]);
        for ((node, &bytes), band) in layout.nodes().iter().zip(loads).zip(bands) {
            let zone = usize::from(node.zone);
            load[zone] += i128::from(bytes);
            low[zone] += i128::from(band.low);
            high[zone] += i128::from(band.high);
            zones[zone].under += i128::from(band.low.saturating_sub(bytes));
            zones[zone].over += i128::from(bytes.saturating_sub(band.high));
        }
        // A zone that is above its cap already and must not give anything up cannot be below it.
        for ((high, &low), cap) in high.iter_mut().zip(&low).zip(zone_caps(layout, census)) {
            *high = (*high).min(i128::from(cap)).max(low);
        }
        let most: i128 = high.iter().sum();
        let total = i128::from(census.total_bytes).clamp(low.iter().sum(), most);
        for zone in 0..count {
            zones[zone].least = low[zone].max(total - (most - high[zone])) - load[zone];
            zones[zone].most = high[zone] - load[zone];
        }
        Self { zones, growth: total - load.iter().sum::<i128>() }
    }

    /// The least bytes that flow into zones' nodes.
    pub(super) fn inflow(&self) -> i128 {
        let free = |zone: &ZoneNeed| zone.under + (zone.least - (zone.under - zone.over)).max(0);
        let shift: i128 = self.zones.iter().map(ZoneNeed::cheapest).sum();
        self.zones.iter().map(free).sum::<i128>() + (self.growth - shift).max(0)
    }
}

/// No plan that ends with every node in its band copies fewer bytes.
#[must_use]
pub fn lower_bound(layout: &Layout, targets: &Targets) -> u64 {
    lower_bound_of(layout, &Census::of(layout), &targets.nodes)
}

/// The same from a census that is there already, and bands that may be wider for some nodes.
pub(super) fn lower_bound_of(layout: &Layout, census: &Census, bands: &[NodeTarget]) -> u64 {
    let loads: Vec<u64> = census.loads.iter().map(|load| load.bytes).collect();
    let inflow = Needs::new(layout, census, &loads, bands).inflow();
    u64::try_from(inflow).unwrap_or(0).max(census.new_copies_bytes.saturating_add(census.marked_bytes))
}

/// What a band costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurvePoint {
    /// Half width of the band, parts per million.
    pub band_ppm: u32,
    /// The least bytes that bring every node into it.
    pub bytes: u64,
}

/// The lower bound for each of some bands: what more evenness costs.
#[must_use]
pub fn curve(layout: &Layout, bands_ppm: &[u32]) -> Vec<CurvePoint> {
    let census = Census::of(layout);
    let point = |&band_ppm: &u32| {
        let bytes = lower_bound_of(layout, &census, &targets_of(layout, &census, band_ppm).nodes);
        CurvePoint { band_ppm, bytes }
    };
    bands_ppm.iter().map(point).collect()
}
