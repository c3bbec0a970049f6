//! Who is shown in a picture of traffic: every node, or the zones, or the busiest and all others.

use std::collections::BTreeMap;

use crate::model::node::natural_cmp;
use crate::output::load::{NODES_SHOWN_MAX, zone_name};

use super::markup::counted;
use super::{ReportCopy, ReportData};

/// Rows of a picture, and which of them each node belongs to.
pub(super) struct Groups {
    /// What one of them is: `node` or `zone`.
    pub(super) word: &'static str,
    /// Their names.
    pub(super) names: Vec<String>,
    /// The group of each node.
    of: Vec<u32>,
}

impl Groups {
    /// Each node by itself.
    pub(super) fn nodes(data: &ReportData) -> Self {
        let names = data.nodes.iter().map(|node| node.load.node.clone()).collect();
        Self { word: "node", names, of: (0..data.nodes.len() as u32).collect() }.busiest(data)
    }

    /// The zones, in natural order of their names.
    pub(super) fn zones(data: &ReportData) -> Self {
        let mut zones: Vec<&str> = data.nodes.iter().map(|node| node.load.zone.as_str()).collect();
        zones.sort_by(|a, b| natural_cmp(a, b));
        zones.dedup();
        let places: BTreeMap<&str, u32> = zones.iter().copied().zip(0..).collect();
        let of = data.nodes.iter().map(|node| places[node.load.zone.as_str()]).collect();
        let names = zones.into_iter().map(|zone| zone_name(zone).to_owned()).collect();
        Self { word: "zone", names, of }.busiest(data)
    }

    /// Nodes where they fit, else zones.
    pub(super) fn fitting(data: &ReportData) -> Self {
        if data.nodes.len() <= NODES_SHOWN_MAX { Self::nodes(data) } else { Self::zones(data) }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The group of a node. A node that is not there belongs nowhere.
    pub(super) fn of(&self, node: u32) -> Option<usize> {
        self.of.get(node as usize).map(|group| *group as usize)
    }

    /// Where there are too many, those with the most traffic stay and the others become one.
    fn busiest(mut self, data: &ReportData) -> Self {
        if self.len() <= NODES_SHOWN_MAX {
            return self;
        }
        let mut traffic = vec![0_u64; self.len()];
        for ReportCopy { from, to, load, .. } in &data.copies {
            for group in [*from, Some(*to)].into_iter().flatten().filter_map(|node| self.of(node)) {
                traffic[group] = traffic[group].saturating_add(*load);
            }
        }
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by_key(|group| (std::cmp::Reverse(traffic[*group]), *group));
        let mut kept = order[..NODES_SHOWN_MAX - 1].to_vec();
        kept.sort_unstable();
        let others = kept.len() as u32;
        let mut place = vec![others; self.len()];
        for (i, group) in kept.iter().enumerate() {
            place[*group] = i as u32;
        }
        for group in &mut self.of {
            *group = place[*group as usize];
        }
        let beyond = self.len() - kept.len();
        self.names = kept.iter().map(|group| std::mem::take(&mut self.names[*group])).collect();
        self.names.push(counted(beyond, &format!("other {}", self.word)));
        self
    }
}
