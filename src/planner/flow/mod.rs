//! The flow-guided planner: forced moves, quotas, the main pass, closing, and a few fixed seeds of which the best is kept.

mod closing;
mod forced;
mod main_pass;
mod offer;
mod order;
mod pool;
mod quotas;
mod state;
mod takers;

use crate::model::SplitMix64;
use crate::placement::NodeIndex;

use super::bound::lower_bound_of;
use super::census::Census;
use super::layout::Layout;
use super::plan::{Move, MoveReason, NodeTarget};
use super::settings::Prefer;
use forced::Stranded;
use main_pass::Picking;
use pool::Pool;
use quotas::Quotas;
use state::{Ground, State};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Only missing and unsound copies are made.
    Repair,
    /// Emptied nodes, zone rules and surplus copies, but no balance.
    Forced,
    /// All of it.
    Balance,
}

/// What the planner is to reach.
pub(super) struct Task<'a> {
    pub(super) layout: &'a Layout,
    pub(super) census: &'a Census,
    /// Bands that the plan must reach.
    pub(super) bands: &'a [NodeTarget],
    pub(super) scope: Scope,
    pub(super) prefer: Prefer,
    /// The reason of moves for balance.
    pub(super) reason: MoveReason,
    /// A search for better ends follows.
    pub(super) is_searched: bool,
}

/// Moves, and what found no place: partition, and who should have given it up.
pub(super) struct Outcome {
    pub(super) moves: Vec<Move>,
    pub(super) stranded: Vec<(u32, Option<NodeIndex>)>,
    pub(super) bound: u64,
}

/// Reruns cost at most about so many looks at replicas in all.
const RERUN_BUDGET: usize = 500_000;
/// The most reruns.
const RERUNS_MAX: usize = 16;
/// The most where a search follows.
const RERUNS_BEFORE_SEARCH_MAX: usize = 4;
/// So often quotas are made anew from where the main pass ended.
const PASSES_MAX: usize = 4;
/// A plan within so many parts per million of its bound is good enough.
const GAP_PPM: u64 = 500;

/// The planner.
pub(super) fn run(task: &Task<'_>) -> Outcome {
    let pool = Pool::new(task.layout, task.census);
    let ground = Ground::new(task.layout, &pool, task.bands);
    let start: Vec<u64> = task.census.loads.iter().map(|load| load.bytes).collect();
    let counts = task.census.loads.iter().map(|load| load.partitions).collect();
    let mut base = State::new(&pool, start.clone(), counts);
    let mut stranded = Vec::new();
    let bound = match task.scope {
        Scope::Repair => {
            let mut quotas = Quotas::new(&ground, task.census, &base);
            forced::repair(&ground, &mut base, &mut quotas, &mut stranded);
            base.copied
        }
        Scope::Forced | Scope::Balance => {
            forced::remove_surplus(&ground, &mut base);
            let mut quotas = Quotas::new(&ground, task.census, &base);
            forced::drain(&ground, &mut base, &mut quotas, &mut stranded);
            forced::spread(&ground, task.census, &mut base, &mut quotas, &mut stranded);
            lower_bound_of(task.layout, task.census, task.bands)
        }
    };
    let state = if task.scope == Scope::Balance { balance(task, &ground, base, bound) } else { base };
    let moves = order::in_safe_order(&ground, state, &start);
    let mut stranded: Vec<_> = stranded.iter().map(|s: &Stranded| (pool.partitions[s.rank as usize], s.from)).collect();
    stranded.sort_unstable();
    stranded.dedup();
    Outcome { moves, stranded, bound }
}

/// The best of a few balanced states: fewest nodes out of their bands, fewest bytes, fewest steps.
fn balance(task: &Task<'_>, ground: &Ground<'_>, mut base: State, bound: u64) -> State {
    let outside = |state: &State| {
        state.loads.iter().zip(ground.bands).filter(|(load, band)| !(band.low..=band.high).contains(load)).count()
    };
    if outside(&base) == 0 {
        return base;
    }
    let seed = ground.pool.fingerprint();
    let mean = ground.pool.mean();
    let narrowest = ground.bands.iter().filter(|b| b.target > 0 && b.high > b.low).map(|b| b.high - b.low).min();
    let reserve = (mean + mean / 20 * 7).min(narrowest.unwrap_or(0) / 4);
    let work = task.layout.replicas().len().max(1);
    let reruns = (RERUN_BUDGET / work).min(if task.is_searched { RERUNS_BEFORE_SEARCH_MAX } else { RERUNS_MAX });
    let mut best: Option<((usize, u64, usize), State)> = None;
    for run in 0..=reruns {
        let mut state = if run == reruns { std::mem::take(&mut base) } else { base.clone() };
        let mut quotas = Quotas::new(ground, task.census, &state);
        let random = SplitMix64::new(seed.wrapping_add(run as u64));
        // The last run takes the largest first.
        let prefer = if run > 0 && run == reruns { Prefer::FewestMoves } else { task.prefer };
        let picking = Picking { prefer, reason: task.reason, reserve, mean };
        for _ in 0..PASSES_MAX {
            let before = state.steps.len();
            main_pass::run(ground, &mut state, &mut quotas, random.clone(), picking);
            // Where a zone could not give what was asked of it, another way is sought.
            if state.steps.len() == before || is_nearly_done(ground, &state, reserve + mean) {
                break;
            }
            quotas = Quotas::new(ground, task.census, &state);
        }
        closing::run(ground, &mut state, task.reason, mean / 1000);
        let score = (outside(&state), state.copied, state.steps.len());
        let good = score.0 == 0 && score.1 - bound.min(score.1) <= bound / (1_000_000 / GAP_PPM);
        if best.as_ref().is_none_or(|(old, _)| score < *old) {
            best = Some((score, state));
        }
        if good {
            break;
        }
    }
    best.map_or(base, |(_, state)| state)
}

/// Whether the closing pass can do the rest: no node is farther from its band than a few replicas.
fn is_nearly_done(ground: &Ground<'_>, state: &State, bytes: u64) -> bool {
    let far = |(&load, band): (&u64, &NodeTarget)| {
        load.saturating_sub(band.high).max(band.low.saturating_sub(load)) > bytes.saturating_mul(4)
    };
    !state.loads.iter().zip(ground.bands).any(far)
}
