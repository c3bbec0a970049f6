//! Who holds what, and what that costs: kept up to date copy by copy.

use crate::placement::NodeIndex;

use super::super::roles::NodeRole;
use super::instance::Instance;

/// How good an end is: smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Score {
    /// Nodes outside their bands.
    pub(super) nodes_outside: usize,
    /// By so many bytes in all.
    pub(super) bytes_outside: i64,
    /// Bytes copied.
    pub(super) copied: i64,
}

/// One copy that goes elsewhere, or two that change places.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    slot: usize,
    other: Option<usize>,
    from: NodeIndex,
    to: NodeIndex,
    /// What `from` loses and `to` gets.
    bytes: i64,
    /// By how much the bytes that are copied change.
    pub(super) copied: i64,
}

/// Holders of every partition of an instance.
#[derive(Clone)]
pub(super) struct Assignment {
    pub(super) holders: Vec<NodeIndex>,
    pub(super) loads: Vec<i64>,
    pub(super) score: Score,
}

impl Assignment {
    /// Everything where it is.
    pub(super) fn start(instance: &Instance) -> Self {
        let mut score = Score { nodes_outside: 0, bytes_outside: 0, copied: 0 };
        for (node, &load) in instance.start.iter().enumerate() {
            let outside = instance.outside(node, load);
            score.bytes_outside += outside;
            score.nodes_outside += usize::from(outside > 0);
        }
        Self { holders: instance.origin.clone(), loads: instance.start.clone(), score }
    }

    /// What it would be to put the copy in a slot on a node, if that may be.
    #[inline]
    pub(super) fn relocation(&self, instance: &Instance, slot: usize, to: NodeIndex) -> Option<Change> {
        if !self.may_go(instance, slot, to) {
            return None;
        }
        let size = instance.sizes[slot / instance.copies];
        let from = self.holders[slot];
        let copied = size * (i64::from(instance.is_new(slot, to)) - i64::from(instance.is_new(slot, from)));
        Some(Change { slot, other: None, from, to, bytes: size, copied })
    }

    /// What it would be if the copies in two slots changed places, if they may.
    #[inline]
    pub(super) fn exchange(&self, instance: &Instance, slot: usize, other: usize) -> Option<Change> {
        let (from, to) = (self.holders[slot], self.holders[other]);
        if from == to || !self.may_go(instance, slot, to) || !self.may_go(instance, other, from) {
            return None;
        }
        let (size, back) = (instance.sizes[slot / instance.copies], instance.sizes[other / instance.copies]);
        let copied = size * (i64::from(instance.is_new(slot, to)) - i64::from(instance.is_new(slot, from)))
            + back * (i64::from(instance.is_new(other, from)) - i64::from(instance.is_new(other, to)));
        Some(Change { slot, other: Some(other), from, to, bytes: size - back, copied })
    }

    /// By how much the bytes outside bands would change.
    #[inline]
    pub(super) fn outside_by(&self, instance: &Instance, change: &Change) -> i64 {
        let (from, to) = (usize::from(change.from), usize::from(change.to));
        let (gives, takes) = (self.loads[from], self.loads[to]);
        instance.outside(from, gives - change.bytes) - instance.outside(from, gives)
            + instance.outside(to, takes + change.bytes)
            - instance.outside(to, takes)
    }

    /// Makes a change.
    pub(super) fn make(&mut self, instance: &Instance, change: &Change) {
        self.shift(instance, change.from, -change.bytes);
        self.shift(instance, change.to, change.bytes);
        self.score.copied += change.copied;
        self.holders[change.slot] = change.to;
        if let Some(other) = change.other {
            self.holders[other] = change.from;
        }
    }

    fn shift(&mut self, instance: &Instance, node: NodeIndex, by: i64) {
        let node = usize::from(node);
        let (was, is) = (instance.outside(node, self.loads[node]), instance.outside(node, self.loads[node] + by));
        self.loads[node] += by;
        self.score.bytes_outside += is - was;
        self.score.nodes_outside = self.score.nodes_outside + usize::from(is > 0) - usize::from(was > 0);
    }

    /// Whether the copy in a slot may go to a node.
    #[inline]
    fn may_go(&self, instance: &Instance, slot: usize, to: NodeIndex) -> bool {
        let end = (slot / instance.copies + 1) * instance.copies;
        let zone = instance.zone_of[usize::from(to)];
        let (mut others, mut at) = (0, end - instance.copies);
        // A plain loop: this is what a search does all the time.
        while at < end {
            let holder = self.holders[at];
            if holder == to {
                return false;
            }
            if at != slot && instance.zone_of[usize::from(holder)] == zone {
                others += 1;
            }
            at += 1;
        }
        let gives = instance.roles[usize::from(self.holders[slot])] != NodeRole::Fixed;
        let takes = match instance.roles[usize::from(to)] {
            NodeRole::Open => true,
            // It may keep what it has.
            NodeRole::SendOnly => !instance.is_new(slot, to),
            NodeRole::Fixed | NodeRole::Draining | NodeRole::Lost => false,
        };
        others < instance.zone_max && gives && takes
    }
}
