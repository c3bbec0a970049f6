//! What may be moved, in the order in which it is looked at: largest first.

use crate::placement::NodeIndex;

use super::super::census::{Census, Movable};
use super::super::layout::{Layout, NO_NODE};
use super::super::roles::NodeRole;
use super::super::sorting::{places_by_key, starts_of};

/// The movable partitions by descending size (ties by id), and which of them each node holds.
///
/// A partition is named here by its rank in that order, so that sizes and replicas that are looked at together lie together.
pub(super) struct Pool {
    /// The partition of each rank.
    pub(super) partitions: Vec<u32>,
    /// Bytes of one replica of each rank, descending.
    pub(super) sizes: Vec<u64>,
    /// So many ranks have a size above 0.
    pub(super) weighty: u32,
    /// A row for each rank: its replica slots, and a number in which a [`super::state::State`] notes which of them have moved.
    pub(super) rows: Vec<NodeIndex>,
    /// Slots of one rank.
    pub(super) stride: usize,
    items: Vec<u32>,
    starts: Vec<u32>,
    ends: Vec<u32>,
    weighty_ends: Vec<u32>,
}

impl Pool {
    pub(super) fn new(layout: &Layout, census: &Census) -> Self {
        let sizes = layout.sizes();
        let largest = sizes.iter().copied().max().unwrap_or(0);
        let movable = Movable::of(layout);
        let key = |at: usize| movable.contains(at as u32).then(|| largest - sizes[at]);
        let partitions = places_by_key(layout.len(), largest, key);
        let sizes: Vec<u64> = partitions.iter().map(|&partition| sizes[partition as usize]).collect();
        let weighty = sizes.partition_point(|&size| size > 0) as u32;
        let stride = layout.stride();
        let mut rows = Vec::with_capacity(partitions.len() * (stride + 1));
        layout.gather_rows(partitions.iter().copied(), [0], &mut rows);
        let mut pool = Self {
            partitions,
            sizes,
            weighty,
            rows,
            stride,
            items: Vec::new(),
            starts: Vec::new(),
            ends: Vec::new(),
            weighty_ends: Vec::new(),
        };
        pool.index(layout, census);
        pool
    }

    /// Lists each node's ranks; a node that keeps what it has offers nothing. Each has room for all that the node holds.
    fn index(&mut self, layout: &Layout, census: &Census) {
        let nodes = layout.nodes().len();
        let mut starts: Vec<u32> = census.loads.iter().map(|load| load.partitions).collect();
        let total = starts_of(&mut starts);
        let mut ends = starts.clone();
        let mut weighty_ends = starts.clone();
        let mut items = vec![0_u32; total as usize];
        for (rank, row) in self.rows.chunks_exact(self.stride + 1).enumerate() {
            if rank as u32 == self.weighty {
                weighty_ends.copy_from_slice(&ends);
            }
            for &node in row[..self.stride].iter().take_while(|&&node| node != NO_NODE) {
                let end = &mut ends[usize::from(node)];
                items[*end as usize] = rank as u32;
                *end += 1;
            }
        }
        if self.weighty as usize == self.sizes.len() {
            weighty_ends.copy_from_slice(&ends);
        }
        for n in (0..nodes).filter(|&n| layout.nodes()[n].role == NodeRole::Fixed) {
            (ends[n], weighty_ends[n]) = (starts[n], starts[n]);
        }
        (self.items, self.starts, self.ends, self.weighty_ends) = (items, starts, ends, weighty_ends);
    }

    /// The ranks that a node held at the start, ascending: its replicas by descending size.
    pub(super) fn of(&self, node: NodeIndex) -> &[u32] {
        let n = usize::from(node);
        &self.items[self.starts[n] as usize..self.ends[n] as usize]
    }

    /// The same without empty partitions.
    pub(super) fn weighty_of(&self, node: NodeIndex) -> &[u32] {
        let n = usize::from(node);
        &self.items[self.starts[n] as usize..self.weighty_ends[n] as usize]
    }

    /// The first rank of at most so many bytes.
    pub(super) fn first_up_to(&self, bytes: u64) -> u32 {
        match (self.sizes.first(), self.sizes.last()) {
            (Some(&largest), _) if largest <= bytes => 0,
            (_, Some(&smallest)) if smallest > bytes => self.sizes.len() as u32,
            _ => self.sizes.partition_point(|&size| size > bytes) as u32,
        }
    }

    /// The mean size of what is not empty.
    pub(super) fn mean(&self) -> u64 {
        let bytes: u128 = self.sizes.iter().map(|&size| u128::from(size)).sum();
        bytes.checked_div(u128::from(self.weighty)).unwrap_or(0) as u64
    }

    /// A number made from everything that is planned on.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut fold = |value: u64| hash = (hash.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let pairs = self.sizes.iter().zip(&self.partitions);
        pairs.for_each(|(&size, &partition)| fold(size.rotate_left(u32::BITS) ^ u64::from(partition)));
        let four = |nodes: &[NodeIndex]| nodes.iter().fold(0, |four, &node| four << NodeIndex::BITS | u64::from(node));
        self.rows.chunks(4).for_each(|nodes| fold(four(nodes)));
        hash
    }
}
