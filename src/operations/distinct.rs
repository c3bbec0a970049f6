//! Counting distinct trace ids: exactly up to a limit, above it by estimate, in bounded memory.

use std::collections::HashSet;

use crate::model::TraceId;

/// Up to this many distinct ids are counted exactly.
pub const EXACT_MAX: usize = 4_000_000;

/// 2^14 registers: a standard error of 1.04 / 2^7 = 0.8 %.
const REGISTER_BITS: u32 = 14;

/// Counts distinct ids. Above the limit it is a HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007) over XXH3.
#[derive(Debug)]
pub struct DistinctTraces {
    exact_max: usize,
    exact: HashSet<TraceId>,
    registers: Vec<u8>,
}

impl Default for DistinctTraces {
    fn default() -> Self {
        Self::with_limit(EXACT_MAX)
    }
}

impl DistinctTraces {
    /// Counts exactly up to `exact_max`.
    #[must_use]
    pub fn with_limit(exact_max: usize) -> Self {
        Self { exact_max, exact: HashSet::new(), registers: Vec::new() }
    }

    /// Adds an id.
    pub fn add(&mut self, id: &TraceId) {
        if !self.registers.is_empty() {
            self.register(id);
            return;
        }
        self.exact.insert(*id);
        if self.exact.len() > self.exact_max {
            self.registers = vec![0; 1 << REGISTER_BITS];
            let exact = std::mem::take(&mut self.exact);
            // In any order: each register keeps its largest value.
            exact.iter().for_each(|id| register(&mut self.registers, id));
        }
    }

    fn register(&mut self, id: &TraceId) {
        register(&mut self.registers, id);
    }

    /// The number of distinct ids, and whether it is exact.
    #[must_use]
    pub fn count(&self) -> (u64, bool) {
        if self.registers.is_empty() {
            return (self.exact.len() as u64, true);
        }
        let m = self.registers.len() as f64;
        let sum: f64 = self.registers.iter().map(|&r| 2_f64.powi(-i32::from(r))).sum();
        let alpha = 0.7213 / (1.0 + 1.079 / m);
        let estimate = alpha * m * m / sum;
        let empty = self.registers.iter().filter(|&&r| r == 0).count();
        let corrected = if estimate <= 2.5 * m && empty > 0 { m * (m / empty as f64).ln() } else { estimate };
        (corrected.round() as u64, false)
    }
}

fn register(registers: &mut [u8], id: &TraceId) {
    let hash = xxhash_rust::xxh3::xxh3_64(id.bytes());
    let slot = (hash >> (64 - REGISTER_BITS)) as usize;
    let rank = ((hash << REGISTER_BITS) | (1 << (REGISTER_BITS - 1))).leading_zeros() as u8 + 1;
    registers[slot] = registers[slot].max(rank);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u64) -> TraceId {
        TraceId::from_bytes((u128::from(n) + 1).to_be_bytes()).unwrap()
    }

    #[test]
    fn exact_below_the_limit() {
        let mut count = DistinctTraces::with_limit(100);
        for n in 0..100 {
            count.add(&id(n));
            count.add(&id(n / 2));
        }
        assert_eq!(count.count(), (100, true));
    }

    #[test]
    fn an_estimate_above_it_says_so_and_is_close() {
        for total in [1_000_u64, 50_000, 400_000] {
            let mut count = DistinctTraces::with_limit(500);
            for n in 0..total {
                count.add(&id(n));
                count.add(&id(n));
            }
            let (estimate, exact) = count.count();
            let off = (estimate as f64 / total as f64 - 1.0).abs();
            assert!(!exact && off < 0.03, "{total}: {estimate}");
        }
    }
}
