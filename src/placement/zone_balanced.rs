//! Placement of all partitions of one time bucket together, so that zones and nodes get their shares exactly.
//!
//! How many replicas a zone gets follows from its weight, water-filled under the zone rule (at most `ceil(RF / zones)`
//! replicas of a partition in one zone); which partitions these are by systematic sampling (Madow 1949): the zones lie side by
//! side on a line, each as long as its number of replicas, and partition r of P takes what lies at r, r + P, r + 2P, ….
//! Every partition so gets `floor` or `ceil` of a zone's mean number of replicas, and the zone exactly its number. In the
//! zone, nodes get their shares in the same way: whole numbers next to the exact share, the one more to who holds least in
//! total for its weight. Which of them takes a partition is decided by how much of its share is open, ties by rendezvous score, so that
//! the partitions of one node have their other replicas on many nodes.
//!
//! Invariant: the same nodes, loads and partitions give the same owners, on every machine; integers only.

mod lead;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::hash::siphash13_str;
use crate::model::{Node, NodeState, PartitionId};

use super::quota::{Bin, Quota, Quotas, quotas, whole};
use super::rendezvous::mix;
use super::{NodeIndex, Owners, key_hash};

/// What a node holds before an hour is placed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NodeTotal {
    /// Replicas, of all time buckets.
    pub replicas: u64,
    /// Partitions that it leads.
    pub leaders: u64,
    /// How many more replicas it has room for by its capacity; `None` = not known to be limited.
    pub room: Option<u64>,
}

impl NodeTotal {
    fn add(&mut self, replicas: u64) {
        self.replicas += replicas;
        self.room = self.room.map(|room| room.saturating_sub(replicas));
    }
}

/// A partition of the hour that has its owners already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Who holds it.
    pub nodes: Vec<NodeIndex>,
    /// Who leads it.
    pub leader: Option<NodeIndex>,
}

/// The owners of an hour's partitions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlacedHour {
    /// For each partition its owners, the leader first.
    pub owners: Vec<Owners>,
    /// The most replicas of one partition that a zone may have got.
    pub zone_replicas: u64,
    /// Whether that is more than `ceil(RF / zones)`, because there are too few nodes in some zones.
    pub zone_rule_broken: bool,
    /// Whether nodes got more than they have room for, because all together have too little.
    pub beyond_capacity: bool,
}

/// Places hour after hour; each counts for the next.
#[derive(Clone, Debug)]
pub struct ZoneBalanced {
    sites: Vec<Site>,
    zones: Vec<Zone>,
    /// The site of each node; `None` = it takes no new partitions.
    site_of: Vec<Option<usize>>,
    replicas: u64,
    zone_rule: u64,
}

/// A node that takes new partitions.
#[derive(Clone, Debug)]
struct Site {
    node: NodeIndex,
    hash: u64,
    weight: u64,
    zone: usize,
    total: NodeTotal,
}

#[derive(Clone, Debug, Default)]
struct Zone {
    hash: u64,
    weight: u64,
    /// Its nodes that take new partitions.
    sites: Vec<usize>,
}

/// One hour while it is placed.
struct Hour<'a> {
    missing: &'a [PartitionId],
    /// The hash of each missing partition's id.
    hashes: Vec<u64>,
    /// The missing partitions in the order in which they are dealt with, which is random but always the same.
    order: Vec<usize>,
    /// Replicas that each site has in this hour already.
    held: Vec<u64>,
    /// Leaders that each site has in this hour already.
    led: Vec<u64>,
}

impl ZoneBalanced {
    /// Placement over those of `nodes` that take new partitions; `totals` are what all of them hold, in the same order.
    /// Nodes without an availability zone share one.
    #[must_use]
    pub fn new(nodes: &[Node], replication_factor: u8, totals: &[NodeTotal]) -> Self {
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        let mut live: BTreeSet<&str> = BTreeSet::new();
        let (mut sites, mut zones, mut site_of) = (Vec::new(), Vec::new(), vec![None; nodes.len()]);
        for (index, node) in nodes.iter().enumerate() {
            let name = node.location.availability_zone.as_deref().unwrap_or_default();
            if keeps_data(node.state) {
                live.insert(name);
            }
            if !node.state.takes_new_partitions() {
                continue;
            }
            let zone = *names.entry(name).or_insert_with(|| {
                zones.push(Zone { hash: siphash13_str(name), ..Zone::default() });
                zones.len() - 1
            });
            let weight = u64::from(node.weight.millis());
            zones[zone].weight += weight;
            zones[zone].sites.push(sites.len());
            site_of[index] = Some(sites.len());
            let (hash, total) = (siphash13_str(node.id.as_str()), totals.get(index).copied().unwrap_or_default());
            sites.push(Site { node: index as NodeIndex, hash, weight, zone, total });
        }
        let zone_rule = u64::from(replication_factor).div_ceil(live.len().max(1) as u64);
        let replicas = u64::from(replication_factor).min(sites.len() as u64);
        Self { sites, zones, site_of, replicas, zone_rule }
    }

    /// Counts a partition that got its owners otherwise.
    pub fn add(&mut self, held: &Held) {
        let site = |node: &NodeIndex| self.site_of.get(usize::from(*node)).copied().flatten();
        let holders: Vec<usize> = held.nodes.iter().filter_map(site).collect();
        let leader = held.leader.as_ref().and_then(site);
        for site in holders {
            self.sites[site].total.add(1);
        }
        if let Some(leader) = leader {
            self.sites[leader].total.leaders += 1;
        }
    }

    /// Gives the partitions `missing` of one time bucket their owners; `held` are those of the bucket that have some.
    /// Without a node that takes new partitions nobody gets any.
    pub fn place(&mut self, missing: &[PartitionId], held: &[Held]) -> PlacedHour {
        let hour = Hour::new(self, missing, held);
        let mut placed = PlacedHour { owners: vec![Owners::default(); missing.len()], ..PlacedHour::default() };
        if self.sites.is_empty() || missing.is_empty() {
            return placed;
        }
        // So many replicas that every partition gets all of its own, also where some zones have too few nodes.
        let fits = |max: u64| self.zones.iter().map(|z| max.min(z.sites.len() as u64)).sum::<u64>() >= self.replicas;
        placed.zone_replicas = (self.zone_rule..self.replicas).find(|max| fits(*max)).unwrap_or(self.replicas);
        placed.zone_rule_broken = placed.zone_replicas > self.zone_rule;
        let mut shares = self.shares(&hour, placed.zone_replicas, |site| site.total.room);
        if shares.lacks_room {
            placed.beyond_capacity = true;
            shares = self.shares(&hour, placed.zone_replicas, |_| None);
        }
        let sets = self.deal(&hour, &shares);
        let given = self.count(&sets);
        let leaders = self.lead(&hour, &sets, &given);
        for (p, (set, leader)) in sets.iter().zip(&leaders).enumerate() {
            let owners = &mut placed.owners[p];
            for &site in std::iter::once(leader).chain(set) {
                owners.insert(self.sites[site].node);
            }
        }
        for (site, given) in self.sites.iter_mut().zip(given) {
            site.total.add(given);
        }
        for leader in leaders {
            self.sites[leader].total.leaders += 1;
        }
        placed
    }

    /// How many replicas each site and each zone should get; `room` says how many a site has room for.
    fn shares(&self, hour: &Hour<'_>, zone_replicas: u64, room: impl Fn(&Site) -> Option<u64>) -> Quotas {
        let partitions = hour.missing.len() as u64;
        let bin = |(site, held): (&Site, &u64)| Bin {
            weight: site.weight,
            zone: site.zone,
            held: *held,
            room: room(site).map_or(partitions, |room| room.min(partitions)),
        };
        let bins: Vec<Bin> = self.sites.iter().zip(&hour.held).map(bin).collect();
        let zone_room = |zone: &Zone| zone_replicas.min(zone.sites.len() as u64) * partitions;
        quotas(self.replicas * partitions, &bins, &self.zones.iter().map(zone_room).collect::<Vec<_>>())
    }

    /// The sites of every missing partition.
    fn deal(&self, hour: &Hour<'_>, shares: &Quotas) -> Vec<Vec<usize>> {
        let partitions = hour.missing.len() as u64;
        let of_zones = whole(self.replicas * partitions, &shares.zones, |zone| {
            let Zone { hash, weight, sites } = &self.zones[zone];
            let load = sites.iter().map(|&site| self.sites[site].total.replicas).sum();
            (Load { load, weight: *weight }, score(*hash, hour.seed()))
        });
        // Zones stand on the line in another order every hour, so that all pairs of them meet.
        let mut line: Vec<usize> = (0..self.zones.len()).collect();
        line.sort_by_key(|&zone| score(self.zones[zone].hash, hour.seed()));
        let mut sets = vec![Vec::with_capacity(self.replicas as usize); hour.missing.len()];
        let mut from = 0;
        for zone in line {
            let length = of_zones[zone];
            let mut counts = vec![0_u64; hour.missing.len()];
            for at in from..from + length {
                counts[hour.order[(at % partitions) as usize]] += 1;
            }
            from += length;
            self.deal_in_zone(hour, zone, (length, &counts), shares, &mut sets);
        }
        sets
    }

    /// Gives every partition its number of sites of one zone.
    ///
    /// It always comes out: the counts differ by at most one, no site has more than there are partitions left, and one that
    /// has as many is taken (Gale and Ryser).
    fn deal_in_zone(
        &self,
        hour: &Hour<'_>,
        zone: usize,
        (length, counts): (u64, &[u64]),
        shares: &Quotas,
        sets: &mut [Vec<usize>],
    ) {
        let sites = &self.zones[zone].sites;
        let quotas: Vec<Quota> = sites.iter().map(|&site| shares.bins[site]).collect();
        let shares = whole(length, &quotas, |i| {
            let Site { hash, weight, total, .. } = self.sites[sites[i]];
            (Load { load: total.replicas, weight }, score(hash, hour.seed()))
        });
        let mut open: Vec<Open> = (sites.iter().zip(&shares))
            .filter(|(_, share)| **share > 0)
            .map(|(&site, &share)| Open { site, left: share, share })
            .collect();
        let mut left = counts.iter().filter(|count| **count > 0).count() as u64;
        for &p in hour.order.iter().filter(|&&p| counts[p] > 0) {
            let key = hour.hashes[p];
            for _ in 0..counts[p] {
                // The best so far, with its score for this partition.
                let mut best: Option<(usize, u64)> = None;
                for (at, candidate) in open.iter().enumerate().filter(|(_, open)| !sets[p].contains(&open.site)) {
                    let rank = self.rank(candidate.site, key);
                    let better = best.is_none_or(|(other, other_rank)| {
                        let other = &open[other];
                        let must = (candidate.left >= left).cmp(&(other.left >= left));
                        must.then_with(|| candidate.cmp_open(other)).then(rank.cmp(&other_rank)).is_gt()
                    });
                    if better {
                        best = Some((at, rank));
                    }
                }
                let Some((best, _)) = best else { break };
                open[best].left -= 1;
                sets[p].push(open[best].site);
            }
            open.retain(|open| open.left > 0);
            left -= 1;
        }
    }

    fn count(&self, sets: &[Vec<usize>]) -> Vec<u64> {
        let mut given = vec![0; self.sites.len()];
        for &site in sets.iter().flatten() {
            given[site] += 1;
        }
        given
    }

    /// The leader of every missing partition: first the holder that has most of its share of the hour's leaders still to
    /// get, then handed over until the shares are met.
    fn lead(&self, hour: &Hour<'_>, sets: &[Vec<usize>], given: &[u64]) -> Vec<usize> {
        let total = hour.missing.len() as u64;
        let bin =
            |(site, &room): (usize, &u64)| Bin { weight: self.sites[site].weight, zone: 0, held: hour.led[site], room };
        let bins: Vec<Bin> = given.iter().enumerate().map(bin).collect();
        let quotas = quotas(total, &bins, &[total]).bins;
        let shares = whole(total, &quotas, |site| {
            let Site { hash, weight, total, .. } = self.sites[site];
            (Load { load: total.leaders, weight }, score(hash, hour.seed()))
        });
        let mut open: Vec<Open> =
            shares.iter().enumerate().map(|(site, &share)| Open { site, left: share, share }).collect();
        let mut leaders = vec![0; sets.len()];
        for &p in &hour.order {
            let leader = sets[p].iter().copied().max_by(|&a, &b| {
                let tie = || self.rank(a, hour.hashes[p]).cmp(&self.rank(b, hour.hashes[p]));
                open[a].cmp_open(&open[b]).then_with(tie)
            });
            if let Some(site) = leader {
                open[site].left = open[site].left.saturating_sub(1);
                leaders[p] = site;
            }
        }
        lead::hand_over(sets, &mut leaders, &shares);
        // Where the copies do not lie so, at least nobody leads more than its share rounded up.
        lead::hand_over(sets, &mut leaders, &quotas.iter().map(|quota| quota.high).collect::<Vec<_>>());
        leaders
    }

    /// A site's rendezvous score for a key; the highest wins.
    fn rank(&self, site: usize, key: u64) -> u64 {
        score(self.sites[site].hash, key)
    }
}

impl<'a> Hour<'a> {
    fn new(placement: &ZoneBalanced, missing: &'a [PartitionId], held: &[Held]) -> Self {
        let hashes: Vec<u64> = missing.iter().map(|&id| key_hash(id)).collect();
        let mut order: Vec<usize> = (0..missing.len()).collect();
        order.sort_by_key(|&p| (hashes[p], p));
        let count = placement.sites.len();
        let mut hour = Self { missing, hashes, order, held: vec![0; count], led: vec![0; count] };
        let site = |node: NodeIndex| placement.site_of.get(usize::from(node)).copied().flatten();
        for partition in held {
            partition.nodes.iter().filter_map(|&node| site(node)).for_each(|site| hour.held[site] += 1);
            partition.leader.and_then(site).into_iter().for_each(|site| hour.led[site] += 1);
        }
        hour
    }

    /// For what is to be random, and the same in every run.
    fn seed(&self) -> u64 {
        self.order.first().map_or(0, |&p| self.hashes[p])
    }
}

/// A site with what is open of its share.
struct Open {
    site: usize,
    left: u64,
    share: u64,
}

impl Open {
    /// By the part of the share that is open.
    fn cmp_open(&self, other: &Self) -> Ordering {
        (u128::from(self.left) * u128::from(other.share)).cmp(&(u128::from(other.left) * u128::from(self.share)))
    }
}

/// How full something is for its weight; the emptiest comes first.
#[derive(Clone, Copy, Debug)]
struct Load {
    load: u64,
    weight: u64,
}

impl Ord for Load {
    fn cmp(&self, other: &Self) -> Ordering {
        (u128::from(self.load) * u128::from(other.weight)).cmp(&(u128::from(other.load) * u128::from(self.weight)))
    }
}

impl PartialOrd for Load {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Load {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Load {}

/// Whether a zone with this node counts among those that replicas are spread over.
fn keeps_data(state: NodeState) -> bool {
    match state {
        NodeState::Active | NodeState::Cordoned => true,
        NodeState::Draining | NodeState::Down => false,
    }
}

/// The rendezvous score of a name for a key; the highest wins.
fn score(name: u64, key: u64) -> u64 {
    mix(name ^ key)
}

#[cfg(test)]
mod tests;
