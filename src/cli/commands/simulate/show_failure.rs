//! What `--fail` came to, in words and as JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::model::ByteSize;
use crate::operations::simulate::failure::{Failure, Mean, Round, Survivor};

use super::request::Request;
use super::show::{per_cent, rounded};

/// Failed nodes that are named in the table.
const NAMED_MAX: usize = 8;

/// A zone in the worst round.
#[derive(Default)]
struct Zone {
    nodes: u64,
    failed: u64,
    leaders: (u64, u64),
    reads: (f64, f64),
}

fn zones(survivors: &[Survivor]) -> BTreeMap<&str, Zone> {
    let mut zones: BTreeMap<&str, Zone> = BTreeMap::new();
    for node in survivors {
        let zone = zones.entry(&node.zone).or_default();
        zone.nodes += 1;
        zone.failed += u64::from(node.failed);
        zone.leaders = (zone.leaders.0 + node.leaders_before, zone.leaders.1 + node.leaders_after);
        zone.reads = (zone.reads.0 + node.reads_before, zone.reads.1 + node.reads_after);
    }
    zones
}

pub(super) fn failure_json(request: &Request, failure: &Failure) -> Value {
    let Failure { partitions, rounds, worst: _, mean, survivors } = failure;
    let Mean { without_leader, leaderless, below_quorum, lost, leaders_most } = *mean;
    let node = |s: &Survivor| {
        json!({
            "node": s.node.as_str(), "zone": s.zone, "failed": s.failed, "leaders_before": s.leaders_before,
            "leaders_after": s.leaders_after, "reads_before": rounded(s.reads_before), "reads_after": rounded(s.reads_after),
        })
    };
    let zone = |(name, zone): (&str, Zone)| {
        json!({
            "zone": name, "nodes": zone.nodes, "failed": zone.failed, "leaders_before": zone.leaders.0,
            "leaders_after": zone.leaders.1, "reads_before": rounded(zone.reads.0), "reads_after": rounded(zone.reads.1),
        })
    };
    json!({
        "fail": request.fails, "seed": request.seed, "partitions": partitions,
        "worst": failure.worst().map(round_json),
        "mean": {
            "without_leader": rounded(without_leader), "leaderless": rounded(leaderless),
            "below_quorum": rounded(below_quorum), "lost": rounded(lost), "leaders_most": rounded(leaders_most),
        },
        "rounds": rounds.iter().map(round_json).collect::<Vec<_>>(),
        "nodes": survivors.iter().map(node).collect::<Vec<_>>(),
        "zones": zones(survivors).into_iter().map(zone).collect::<Vec<_>>(),
    })
}

fn round_json(round: &Round) -> Value {
    json!({
        "round": round.number, "failed": round.failed, "without_leader": round.without_leader,
        "leaderless": round.leaderless, "below_quorum": round.below_quorum, "lost": round.lost,
        "lost_bytes": round.lost_bytes, "live_replicas_min": round.live_replicas_min,
        "leaders_most": round.leaders_most, "reads_growth_max": rounded(round.reads_growth_max),
    })
}

pub(super) fn failure_lines(request: &Request, failure: &Failure) -> Vec<String> {
    let Some(worst) = failure.worst() else { return Vec::new() };
    let count = failure.rounds.len();
    let drawn = request.failing.as_ref().is_some_and(|failing| failing.random > 0);
    let drawn = if drawn { format!(", {count} round(s), seed {}", request.seed) } else { String::new() };
    let named: Vec<String> = worst.failed.iter().take(NAMED_MAX).map(ToString::to_string).collect();
    let more = worst.failed.len().saturating_sub(NAMED_MAX);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let round = if count > 1 { format!("round {}, ", worst.number) } else { String::new() };
    let mut lines = vec![
        format!("fails       {}{drawn}", request.fails.join(" ")),
        format!("then        {round}{}{more} down", named.join(" ")),
        format!(
            "            {} of {} partitions without a leader until fail-over, {} for good; {} below quorum, {} lost ({})",
            worst.without_leader,
            failure.partitions,
            worst.leaderless,
            worst.below_quorum,
            worst.lost,
            ByteSize(worst.lost_bytes)
        ),
        format!(
            "            survivors lead at most {} and read at most {:.2} times as much; fewest live copies {}",
            worst.leaders_most, worst.reads_growth_max, worst.live_replicas_min
        ),
    ];
    if count > 1 {
        let Mean { without_leader, leaderless, below_quorum, lost, leaders_most } = failure.mean;
        lines.push(format!(
            "on average  {without_leader:.1} without a leader until fail-over, {leaderless:.1} for good; {below_quorum:.1} below \
             quorum, {lost:.1} lost; survivors lead at most {leaders_most:.1}"
        ));
    }
    for (name, zone) in zones(&failure.survivors) {
        let name = if name.is_empty() { "no zone" } else { name };
        lines.push(format!(
            "zone        {name}: {} of {} nodes down, leaders {} -> {}, reads {} -> {}",
            zone.failed,
            zone.nodes,
            zone.leaders.0,
            zone.leaders.1,
            per_cent(zone.reads.0),
            per_cent(zone.reads.1)
        ));
    }
    lines
}
