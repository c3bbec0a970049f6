//! What a move does to a layout.

use crate::placement::NodeIndex;

use super::layout::{Layout, NO_LEADER};
use super::plan::{Move, MoveKind};

impl Layout {
    /// Bytes of the replica that a move is about. What is copied says it itself, which spares a look all over the layout.
    pub(super) fn bytes_of(&self, step: &Move) -> u64 {
        if step.bytes > 0 { step.bytes } else { self.sizes()[step.partition as usize] }
    }

    /// Brings near what some moves change, so that applying them need not wait for it one by one.
    pub(super) fn fetch(&self, moves: &[Move]) {
        let near = moves.iter().fold(0, |sum, step| {
            let slot = self.replicas().get(step.partition as usize * self.stride()).copied().unwrap_or(0);
            let leader = self.leader_slots().get(step.partition as usize).copied().unwrap_or(0);
            sum ^ slot ^ u16::from(leader)
        });
        std::hint::black_box(near);
    }

    /// Applies a move as [`Move`] says; `false`, and nothing is changed, if it does not fit: the partition or a node does not
    /// exist, `from` or the new leader holds no replica, `to` holds one already, or there is no slot left.
    pub fn apply(&mut self, step: &Move) -> bool {
        let exists = |node: Option<NodeIndex>| node.is_none_or(|node| usize::from(node) < self.nodes().len());
        if step.partition as usize >= self.len() || !exists(step.from) || !exists(step.to) {
            return false;
        }
        let holders = self.holders(step.partition);
        let slot = |node: NodeIndex| holders.iter().position(|&holder| holder == node);
        match (step.kind, step.from, step.to) {
            (MoveKind::Replica | MoveKind::Repair, Some(from), Some(to)) => match (slot(from), slot(to)) {
                (Some(at), None) => self.replace(step.partition, at, to),
                _ => false,
            },
            (MoveKind::Repair, None, Some(to)) => {
                let fits = slot(to).is_some() || self.append(step.partition, to);
                self.unmark(step.partition, to);
                fits
            }
            (MoveKind::Remove, Some(from), None) => match slot(from) {
                Some(at) => self.take_out(step.partition, at),
                None => false,
            },
            (MoveKind::Leader, _, Some(to)) => match slot(to) {
                Some(at) => {
                    self.set_leader_slot(step.partition, at as u8);
                    true
                }
                None => false,
            },
            (MoveKind::Replica | MoveKind::Repair | MoveKind::Remove | MoveKind::Leader, _, _) => false,
        }
    }

    fn replace(&mut self, partition: u32, slot: usize, to: NodeIndex) -> bool {
        let from = std::mem::replace(&mut self.slots_mut(partition)[slot], to);
        self.unmark(partition, from);
        if usize::from(self.leader_slots()[partition as usize]) == slot {
            self.lead_by_first_live(partition);
        }
        true
    }

    fn take_out(&mut self, partition: u32, slot: usize) -> bool {
        let from = self.holders(partition)[slot];
        let leader = self.leader(partition);
        let count = self.holders(partition).len();
        let slots = self.slots_mut(partition);
        slots.copy_within(slot + 1..count, slot);
        slots[count - 1] = super::layout::NO_NODE;
        self.unmark(partition, from);
        match leader {
            Some(node) if node == from => self.lead_by_first_live(partition),
            Some(node) => {
                let at = self.holders(partition).iter().position(|&holder| holder == node);
                self.set_leader_slot(partition, at.map_or(NO_LEADER, |at| at as u8));
            }
            None => {}
        }
        true
    }

    fn lead_by_first_live(&mut self, partition: u32) {
        let live = |&node: &NodeIndex| self.node(node).role.is_readable();
        let at = self.holders(partition).iter().position(live);
        self.set_leader_slot(partition, at.map_or(NO_LEADER, |at| at as u8));
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Node, NodeId, PartitionId, PartitionState, TimeBucket};
    use crate::planner::layout::{Layout, LayoutPartition};
    use crate::planner::plan::{Move, MoveKind, MoveReason};
    use crate::planner::roles::{Hold, NodeRole};

    fn layout(holders: &[u16]) -> Layout {
        let nodes: Vec<Node> = (0..6).map(|n| Node::new(NodeId::parse(&format!("n{n}")).unwrap())).collect();
        let mut layout = Layout::new(&nodes, 3).unwrap();
        let partition = LayoutPartition {
            id: PartitionId::new(TimeBucket::new(1), 0).unwrap(),
            size_bytes: 7,
            nodes: holders,
            leader: holders.first().copied(),
            hold: Hold::Free,
            state: PartitionState::Active,
            revision: 1,
            epoch: 0,
        };
        layout.push(&partition).unwrap();
        layout
    }

    fn step(kind: MoveKind, from: Option<u16>, to: Option<u16>) -> Move {
        Move { partition: 0, kind, reason: MoveReason::Manual, from, to, copy_from: None, bytes: 0 }
    }

    #[test]
    fn a_new_holder_takes_the_place_of_the_old_one() {
        let mut layout = layout(&[0, 1, 2]);
        layout.set_role(1, NodeRole::Lost);
        assert!(layout.apply(&step(MoveKind::Replica, Some(2), Some(4))));
        assert_eq!((layout.holders(0), layout.leader(0)), (&[0, 1, 4][..], Some(0)));
        assert!(layout.apply(&step(MoveKind::Replica, Some(0), Some(5))));
        assert_eq!((layout.holders(0), layout.leader(0)), (&[5, 1, 4][..], Some(5)), "the first live one leads");
        assert!(layout.apply(&step(MoveKind::Leader, None, Some(4))));
        assert!(layout.apply(&step(MoveKind::Repair, Some(1), Some(3))));
        assert_eq!((layout.holders(0), layout.leader(0)), (&[5, 3, 4][..], Some(4)));
        let before = layout.clone();
        for (kind, from, to) in [
            (MoveKind::Replica, Some(0), Some(1)),
            (MoveKind::Replica, Some(5), Some(4)),
            (MoveKind::Replica, Some(5), Some(6)),
            (MoveKind::Replica, None, Some(0)),
            (MoveKind::Remove, Some(0), None),
            (MoveKind::Leader, None, Some(0)),
        ] {
            assert!(!layout.apply(&step(kind, from, to)), "{kind:?} {from:?} {to:?}");
        }
        assert!(!layout.apply(&Move { partition: 1, ..step(MoveKind::Leader, None, Some(4)) }));
        assert_eq!(layout, before);
    }

    #[test]
    fn copies_are_added_and_given_up() {
        let mut layout = layout(&[0, 1, 2]);
        layout.mark(0, 1);
        assert!(layout.apply(&step(MoveKind::Repair, None, Some(1))), "a marked copy is made sound in its place");
        assert_eq!((layout.holders(0), layout.marks().len()), (&[0, 1, 2][..], 0));
        assert!(layout.apply(&step(MoveKind::Repair, None, Some(3))));
        assert_eq!((layout.holders(0), layout.leader(0)), (&[0, 1, 2, 3][..], Some(0)), "the layout widens");
        layout.set_role(1, NodeRole::Lost);
        assert!(layout.apply(&step(MoveKind::Remove, Some(0), None)));
        assert_eq!((layout.holders(0), layout.leader(0)), (&[1, 2, 3][..], Some(2)));
        assert!(layout.apply(&step(MoveKind::Remove, Some(1), None)));
        assert_eq!((layout.holders(0), layout.leader(0)), (&[2, 3][..], Some(2)));
    }
}
