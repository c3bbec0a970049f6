//! Nodes that receive nothing though something is to come that they have room for: all that would send it are busy.

use std::ops::Range;

/// As many of them as are looked for at once.
const FEW: usize = 4;

/// Not among the hungry.
const FED: u32 = u32::MAX;

/// A set of nodes, with the numbers of the moves that go to each.
#[derive(Debug)]
pub(super) struct Hungry {
    nodes: Vec<u32>,
    /// Where among those each node stands, or [`FED`].
    places: Vec<u32>,
    /// The first number of each node's moves, and how many numbers on the last one lies.
    spans: Vec<(u32, u32)>,
}

impl Hungry {
    /// None of the nodes yet, by the numbers of the moves that bring each something.
    pub(super) fn new(into: &[Range<u32>]) -> Self {
        let span = |range: &Range<u32>| (range.start, range.end - range.start);
        Self { nodes: Vec::new(), places: vec![FED; into.len()], spans: into.iter().map(span).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    pub(super) fn put(&mut self, node: usize) {
        if self.places[node] == FED {
            self.places[node] = self.nodes.len() as u32;
            self.nodes.push(node as u32);
        }
    }

    pub(super) fn take_out(&mut self, node: usize) {
        let place = std::mem::replace(&mut self.places[node], FED);
        if place != FED {
            self.nodes.swap_remove(place as usize);
            if let Some(&moved) = self.nodes.get(place as usize) {
                self.places[moved as usize] = place;
            }
        }
    }

    /// Whether some of these moves may go to one of them; `true` without a look if they are many.
    pub(super) fn may_be_among(&self, moves: &[u32]) -> bool {
        // Without a way out in between, so that many numbers are compared at once.
        let goes =
            |(first, count): (u32, u32)| moves.iter().fold(false, |is, at| is | (at.wrapping_sub(first) < count));
        self.nodes.len() > FEW || self.nodes.iter().any(|&node| goes(self.spans[node as usize]))
    }
}
