//! Which copies lead from one layout to another.

use crate::planner::Layout;

/// One copy: whose replica goes, who gets one, how many bytes. Nodes are those of the layouts before and after.
pub type LayoutCopy = (Option<u16>, u16, u64);

/// What has to be copied, partition by partition: the first node that is new in a partition gets what the first one gives
/// that is gone, and so on. Nothing if the layouts are not about the same partitions.
#[must_use]
pub fn copies(before: &Layout, after: &Layout) -> Vec<LayoutCopy> {
    if before.ids() != after.ids() {
        return Vec::new();
    }
    let numbers = super::place::numbers(before, after);
    let mut copies = Vec::new();
    for partition in 0..before.len() as u32 {
        let (old, new) = (before.holders(partition), after.holders(partition));
        let stays = |node: u16| numbers[usize::from(node)].filter(|number| new.contains(number));
        let mut gone = old.iter().copied().filter(|node| stays(*node).is_none());
        let is_new = |node: &u16| !old.iter().any(|old| numbers[usize::from(*old)] == Some(*node));
        for to in new.iter().copied().filter(is_new) {
            copies.push((gone.next(), to, before.sizes()[partition as usize]));
        }
    }
    copies
}
