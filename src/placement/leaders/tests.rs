use crate::model::SplitMix64;
use proptest::prelude::*;

use super::*;

/// A problem that owns its columns.
#[derive(Clone, Debug)]
struct Owned {
    stride: usize,
    holders: Vec<NodeIndex>,
    choices: Vec<u16>,
    weights: Vec<u32>,
    may_gain: Vec<bool>,
    leaders: Vec<u8>,
}

impl Owned {
    fn problem(&self) -> LeaderProblem<'_> {
        let Self { stride, holders, choices, weights, may_gain, leaders: _ } = self;
        LeaderProblem { stride: *stride, holders, choices, weights, may_gain }
    }

    fn run(&self, busy: Busy<'_>) -> (LeaderOutcome, Vec<u8>) {
        let mut leaders = self.leaders.clone();
        (even_out(&self.problem(), busy, &mut leaders), leaders)
    }

    /// Every partition on `replicas` random nodes of equal weight, led by the first.
    fn random(partitions: usize, nodes: usize, replicas: usize, seed: u64) -> Self {
        let mut random = SplitMix64::new(seed);
        let mut holders = Vec::with_capacity(partitions * replicas);
        for _ in 0..partitions {
            let start = holders.len();
            while holders.len() < start + replicas {
                let node = random.below(nodes as u64) as NodeIndex;
                if !holders[start..].contains(&node) {
                    holders.push(node);
                }
            }
        }
        Self {
            stride: replicas,
            holders,
            choices: vec![(1 << replicas) - 1; partitions],
            weights: vec![1000; nodes],
            may_gain: vec![true; nodes],
            leaders: vec![0; partitions],
        }
    }
}

#[test]
fn a_large_cluster_is_even_with_few_transfers() {
    for (partitions, nodes) in [(20_000, 12), (20_000, 100), (30_000, 1000)] {
        let owned = Owned::random(partitions, nodes, 3, 7);
        let (outcome, _) = owned.run(Busy::default());
        let share = partitions.div_ceil(nodes) as u32;
        assert_eq!(outcome.shares, vec![share; nodes]);
        assert!(outcome.after.iter().all(|&led| led <= share), "{nodes} nodes");
        assert!(
            outcome.transfers * 10 <= outcome.transfers_minimum * 12,
            "{nodes} nodes: {} transfers, {} at least",
            outcome.transfers,
            outcome.transfers_minimum
        );
    }
}

#[test]
fn what_is_even_stays_as_it_is() {
    let owned = Owned::random(5000, 40, 3, 9);
    let (_, leaders) = owned.run(Busy::default());
    let (again, same) = Owned { leaders: leaders.clone(), ..owned }.run(Busy::default());
    assert_eq!((again.transfers, again.transfers_minimum, same), (0, 0, leaders));
}

#[test]
fn transfers_are_spread_over_age() {
    // One node leads all; the other holds all.
    let owned = Owned { holders: [0, 1].repeat(1000), ..Owned::random(1000, 2, 2, 1) };
    let (outcome, leaders) = owned.run(Busy::default());
    assert_eq!((outcome.after, outcome.transfers), (vec![500, 500], 500));
    for tenth in leaders.chunks(100) {
        let led = tenth.iter().filter(|&&slot| slot == 1).count();
        assert!((45..=55).contains(&led), "{led} of 100");
    }
}

#[test]
fn shares_follow_weights_and_what_is_held() {
    // Weights 1 : 2 : 4, everybody holds everything.
    let mut owned = Owned { holders: [0, 1, 2].repeat(700), ..Owned::random(700, 3, 3, 1) };
    owned.weights = vec![1000, 2000, 4000];
    assert_eq!(owned.run(Busy::default()).0.after, [100, 200, 400]);
    // A new node that holds nothing leaves its share to the others, and nothing is transferred for it.
    owned.weights = vec![1000, 1000, 1000, 1000];
    owned.may_gain = vec![true; 4];
    owned.leaders = [0, 1, 2, 0, 1, 2, 0].repeat(100);
    let (outcome, _) = owned.run(Busy::default());
    assert_eq!((outcome.shares, outcome.transfers), (vec![234, 234, 234, 0], 66));
}

#[test]
fn a_chain_is_found_where_nothing_can_be_handed_over_directly() {
    // 0 leads three and shares them with 1, which is full: it hands on the one that it shares with 2.
    let owned = Owned {
        stride: 2,
        holders: vec![0, 1, 0, 1, 1, 0, 1, 2],
        choices: vec![0b11; 4],
        weights: vec![2000, 1000, 1000],
        may_gain: vec![true; 3],
        leaders: vec![0, 0, 1, 0],
    };
    let (outcome, _) = owned.run(Busy::default());
    assert_eq!((outcome.before, outcome.shares), (vec![3, 1, 0], vec![2, 1, 1]));
    assert_eq!((outcome.after, outcome.transfers, outcome.transfers_minimum), (vec![2, 1, 1], 2, 1));
}

#[test]
fn who_may_not_lead_hands_all_over_and_what_is_frozen_stays() {
    let mut owned = Owned { holders: [0, 1, 2].repeat(90), ..Owned::random(90, 3, 3, 1) };
    owned.weights[0] = 0;
    owned.choices = vec![0b110; 90];
    owned.choices[5] = 0;
    owned.choices[6] = 0b001;
    owned.leaders[7] = NOBODY;
    let (outcome, leaders) = owned.run(Busy::default());
    assert_eq!(outcome.after, [2, 44, 44]);
    assert_eq!((leaders[5], leaders[6]), (0, 0), "nobody may change it; nobody else can lead");
    assert_ne!(leaders[7], NOBODY);
    assert_eq!((outcome.transfers, outcome.transfers_minimum), (88, 88));
    assert_eq!(outcome.before, [89, 0, 0]);
}

#[test]
fn a_cordoned_node_gains_only_what_nobody_else_can_lead() {
    let mut owned = Owned { holders: [0, 1, 2].repeat(90), ..Owned::random(90, 3, 3, 1) };
    owned.may_gain[1] = false;
    let (outcome, _) = owned.run(Busy::default());
    assert_eq!(outcome.after, [45, 0, 45]);
    owned.choices = vec![0b010; 90];
    assert_eq!(owned.run(Busy::default()).0.after, [0, 90, 0]);
}

#[test]
fn the_open_hour_is_even_by_load_and_all_by_count() {
    // Like an hour of 256 on 12 nodes whose first half leads alone, among 4,000 others.
    let owned = Owned::random(4256, 12, 3, 3);
    let mut random = SplitMix64::new(5);
    let busy: Vec<u32> = (4000..4256).collect();
    let loads: Vec<u64> = busy.iter().map(|_| 1000 + random.below(2000)).collect();
    let (outcome, leaders) = owned.run(Busy { partitions: &busy, loads: &loads });
    let share = 4256_u32.div_ceil(12);
    assert!(outcome.after.iter().all(|&led| led <= share), "{:?}", outcome.after);
    let mut by_node = [0_u64; 12];
    for (&partition, load) in busy.iter().zip(&loads) {
        by_node[usize::from(owned.holders[partition as usize * 3 + usize::from(leaders[partition as usize])])] += load;
    }
    let total: u64 = loads.iter().sum();
    let limit = total / 12 + total / 256;
    assert!(by_node.iter().all(|&load| load <= limit), "{by_node:?}, limit {limit}");
    assert!(outcome.transfers * 10 <= outcome.transfers_minimum * 12, "{outcome:?}");
}

#[test]
fn equal_loads_are_counts() {
    let owned = Owned::random(256, 12, 3, 11);
    let all: Vec<u32> = (0..256).collect();
    let (outcome, _) = owned.run(Busy { partitions: &all, loads: &[7; 256] });
    assert!(outcome.after.iter().all(|&led| led <= 22), "{:?}", outcome.after);
}

/// The smallest number that no node need exceed, by bipartite matching with as many places per node (Kuhn).
fn smallest_maximum(owned: &Owned) -> u32 {
    (1..).find(|&limit| every_partition_is_led(owned, limit)).unwrap()
}

fn every_partition_is_led(owned: &Owned, limit: u32) -> bool {
    let mut led: Vec<Vec<usize>> = vec![Vec::new(); owned.weights.len()];
    (0..owned.leaders.len()).all(|partition| place(owned, limit, partition, &mut led, &mut vec![false; 99]))
}

fn place(owned: &Owned, limit: u32, partition: usize, led: &mut [Vec<usize>], seen: &mut Vec<bool>) -> bool {
    for slot in (0..owned.stride).filter(|slot| owned.choices[partition] >> slot & 1 == 1) {
        let node = usize::from(owned.holders[partition * owned.stride + slot]);
        if std::mem::replace(&mut seen[node], true) {
            continue;
        }
        if led[node].len() < limit as usize {
            led[node].push(partition);
            return true;
        }
        for at in 0..led[node].len() {
            let other = led[node][at];
            if place(owned, limit, other, led, seen) {
                led[node][at] = partition;
                return true;
            }
        }
    }
    false
}

fn any_problem() -> impl Strategy<Value = Owned> {
    (1..60_usize, 2..9_usize, 1..4_usize, any::<u64>()).prop_map(|(partitions, nodes, replicas, seed)| {
        let mut owned = Owned::random(partitions, nodes, replicas.min(nodes), seed);
        let mut random = SplitMix64::new(seed ^ 1);
        for partition in 0..partitions {
            // Some choices are taken away, never all.
            let some = random.next_u64() as u16 & owned.choices[partition];
            if some != 0 && random.below(3) == 0 {
                owned.choices[partition] = some;
            }
            owned.leaders[partition] = match random.below(9) {
                0 => NOBODY,
                n => (n as usize % owned.stride) as u8,
            };
        }
        owned
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn the_largest_number_is_the_smallest_that_can_be(owned in any_problem()) {
        let (outcome, leaders) = owned.run(Busy::default());
        for (partition, &slot) in leaders.iter().enumerate() {
            prop_assert!(owned.choices[partition] >> slot & 1 == 1);
        }
        prop_assert_eq!(&outcome.after, &owned.problem().count(&leaders));
        let best = smallest_maximum(&owned).max(*outcome.shares.iter().max().unwrap());
        prop_assert!(*outcome.after.iter().max().unwrap() <= best, "{:?}, {best} can be", outcome);
        prop_assert!(outcome.transfers >= outcome.transfers_minimum);
        let again = Owned { leaders, ..owned }.run(Busy::default()).0;
        prop_assert_eq!(again.transfers, 0);
    }

    #[test]
    fn loads_of_any_kind_keep_the_rules(
        owned in any_problem(),
        loads in prop::collection::vec(prop_oneof![Just(0), 1..100_u64, Just(1 << 55)], 60),
        weights in prop::collection::vec(prop_oneof![Just(0), 1..5_u32, Just(1_000_000)], 9),
        frozen in any::<u64>(),
    ) {
        let mut owned = owned;
        let nodes = owned.weights.len();
        owned.weights.copy_from_slice(&weights[..nodes]);
        for (partition, choices) in owned.choices.iter_mut().enumerate() {
            *choices *= (frozen >> partition & 1) as u16;
        }
        let busy: Vec<u32> = (0..owned.leaders.len() as u32).step_by(2).collect();
        let (outcome, leaders) = owned.run(Busy { partitions: &busy, loads: &loads[..busy.len()] });
        for (partition, &slot) in leaders.iter().enumerate() {
            let free = owned.choices[partition] != 0;
            prop_assert_eq!(free && owned.choices[partition] >> slot & 1 == 0, false);
            prop_assert!(free || slot == owned.leaders[partition]);
        }
        prop_assert!(outcome.transfers >= outcome.transfers_minimum);
        prop_assert_eq!(owned.run(Busy { partitions: &busy, loads: &loads[..busy.len()] }), (outcome, leaders));
    }
}
