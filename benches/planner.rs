//! Planning a rebalance of 184,320 and of 1,000,000 partitions with three replicas each.
//!
//! `cargo bench --bench planner` measures times; `cargo bench --bench planner -- table` prints for every scenario and size (or
//! for the scenarios that are named after it) the
//! processor time of the fastest of five runs, the bytes moved against the lower bound, the nodes out of their bands, the
//! broken rules, the estimated time against its bound and the peak memory of the whole process, input included (the last two need Linux' /proc).

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

use divan::{Bencher, black_box};
use otlp_part::planner::{Layout, Plan, Settings, plan};

#[path = "../tests/planner_scenarios/mod.rs"]
mod planner_scenarios;
use planner_scenarios::{ALL, Scenario, Start, layout};

const HOURS_OF_A_MONTH: usize = 720 * 256;
const MILLION: usize = 1_000_000;
/// Other programs disturb some of them.
const RUNS: usize = 5;

fn main() {
    if std::env::args().any(|word| word == "table") {
        table();
    } else {
        divan::main();
    }
}

fn settings() -> Settings {
    Settings { allow_mass_repair: true, ..Settings::default() }
}

#[divan::bench(args = ALL, consts = [12, 100, 1000], sample_count = 5)]
fn month_of_hours<const NODES: usize>(bencher: Bencher<'_, '_>, scenario: Scenario) {
    let layout = layout(scenario, Start::Noisy, NODES, HOURS_OF_A_MONTH);
    bencher.bench_local(|| plan(black_box(&layout), &settings()));
}

#[divan::bench(args = ALL, sample_count = 3)]
fn million_on_1000_nodes(bencher: Bencher<'_, '_>, scenario: Scenario) {
    let layout = layout(scenario, Start::Noisy, 1000, MILLION);
    bencher.bench_local(|| plan(black_box(&layout), &settings()));
}

/// Nanoseconds on a processor, and the peak of resident memory in MB.
fn usage() -> (u64, u64) {
    let clock = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let spent = clock.tv_sec as u64 * 1_000_000_000 + clock.tv_nsec as u64;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|text| text.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0);
    (spent, peak / 1024)
}

/// Whether the command line names the scenario, or none at all.
fn is_asked(scenario: Scenario) -> bool {
    let names = || std::env::args().skip(1).filter(|word| word != "table" && !word.starts_with('-'));
    names().next().is_none() || names().any(|name| name == format!("{scenario:?}"))
}

fn run(layout: &Layout) -> (Plan, u64) {
    let mut best: Option<(Plan, u64)> = None;
    for _ in 0..RUNS {
        let start = usage().0;
        let plan = plan(layout, &settings()).unwrap();
        let spent = usage().0 - start;
        if best.as_ref().is_none_or(|(_, least)| spent < *least) {
            best = Some((plan, spent));
        }
    }
    best.unwrap()
}

fn table() {
    println!(
        "scenario       start  nodes partitions   cpu ms    moves moved/bound  moved GB out broken skew % time/bound  peak MB"
    );
    for (nodes, partitions) in
        [(12, HOURS_OF_A_MONTH), (100, HOURS_OF_A_MONTH), (1000, HOURS_OF_A_MONTH), (1000, MILLION)]
    {
        let asked = ALL.into_iter().filter(|scenario| is_asked(*scenario));
        for (scenario, start) in
            asked.flat_map(|scenario| scenario.starts().iter().map(move |start| (scenario, *start)))
        {
            let layout = layout(scenario, start, nodes, partitions);
            // From here on the peak is counted anew.
            let _ = std::fs::write("/proc/self/clear_refs", "5");
            let (plan, spent) = run(&layout);
            let inside = |n: &usize| (plan.targets[*n].low..=plan.targets[*n].high).contains(&plan.loads[*n].1);
            let stays = |n: &usize| layout.nodes()[*n].role.stays();
            let out = (0..layout.nodes().len()).filter(stays).filter(|n| !inside(n)).count();
            let left = (0..layout.nodes().len()).filter(|n| !stays(n) && plan.loads[*n].1 > 0).count();
            println!(
                "{:<14} {:<5} {nodes:>6} {partitions:>10} {:>8.1} {:>8} {:>11.5} {:>9} {:>3} {:>6} {:>6.2} {:>10.4} {:>8}",
                format!("{scenario:?}"),
                format!("{start:?}"),
                spent as f64 / 1e6,
                plan.moves.len(),
                if plan.lower_bound_bytes == 0 { 1.0 } else { plan.bytes as f64 / plan.lower_bound_bytes as f64 },
                plan.bytes / 1_000_000_000,
                out + left,
                plan.after.violations,
                plan.after.max_deviation * 100.0,
                plan.estimated_seconds as f64 / plan.estimated_seconds_minimum.max(1) as f64,
                usage().1,
            );
        }
    }
}
