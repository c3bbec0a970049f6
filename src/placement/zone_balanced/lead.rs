//! Leaders handed on until nobody leads more than its share, where that can be.

use std::collections::VecDeque;

/// Hands leaders over along chains of holders: from a site that leads more than its share, through holders that give on as
/// many as they get, to one that leads less than its own. `leaders` names one of `sets` for each partition.
///
/// Each chain is a shortest one, found breadth first in the order of the sites, so that the same input gives the same
/// leaders. What is left above the shares cannot be brought below them by any leaders.
pub(super) fn hand_over(sets: &[Vec<usize>], leaders: &mut [usize], shares: &[u64]) {
    let mut led = vec![Vec::new(); shares.len()];
    for (partition, &site) in leaders.iter().enumerate() {
        led[site].push(partition);
    }
    for site in 0..shares.len() {
        while led[site].len() as u64 > shares[site] {
            let Some(chain) = chain_from(site, sets, &led, shares) else { break };
            for (partition, to) in chain {
                let from = leaders[partition];
                led[from].retain(|&p| p != partition);
                led[to].push(partition);
                leaders[partition] = to;
            }
        }
    }
}

/// The partitions to hand over, each with its new leader, the last first.
fn chain_from(start: usize, sets: &[Vec<usize>], led: &[Vec<usize>], shares: &[u64]) -> Option<Vec<(usize, usize)>> {
    let mut reached_by: Vec<Option<(usize, usize)>> = vec![None; shares.len()];
    let mut waiting = VecDeque::from([start]);
    while let Some(site) = waiting.pop_front() {
        for &partition in &led[site] {
            for &next in &sets[partition] {
                if next == start || reached_by[next].is_some() {
                    continue;
                }
                reached_by[next] = Some((site, partition));
                if (led[next].len() as u64) < shares[next] {
                    let mut chain = Vec::new();
                    let mut to = next;
                    while let Some((from, partition)) = reached_by[to] {
                        chain.push((partition, to));
                        to = from;
                    }
                    return Some(chain);
                }
                waiting.push_back(next);
            }
        }
    }
    None
}
