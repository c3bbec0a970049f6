//! The checker finds what is wrong.

use otlp_part::model::{Location, Node, NodeId, PartitionId, PartitionState, TimeBucket, Weight};
use otlp_part::placement::NodeIndex;
use otlp_part::planner::check::{ExpectedField, Finding, Severity, SourceFault, check};
use otlp_part::planner::document::{MoveDocument, PlanDocument, UnplannedDocument};
use otlp_part::planner::layout::LayoutPartition;
use otlp_part::planner::leaders::transfers;
use otlp_part::planner::{Hold, Layout, Move, MoveKind, MoveReason, NodeRole, Settings, UnplannedReason};

use serde_json::Value;

use crate::instances::{Random, assembled, layout};

fn pid(index: u32) -> PartitionId {
    PartitionId::new(TimeBucket::new(489_540), index).unwrap()
}

fn id(node: &str) -> NodeId {
    NodeId::parse(node).unwrap()
}

fn nodes() -> Vec<Node> {
    let node = |n: usize| {
        let mut node = Node::new(id(&format!("n{n}")));
        node.location = Location::parse(["az=a", "az=b", "az=c"][n % 3]).unwrap();
        node.capacity_bytes = Some(100_000);
        node
    };
    (0..7).map(node).collect()
}

/// Six nodes in zones a, b, c, a, b, c; two copies; 60 partitions of 100 bytes, first on nodes 0 and 1, then on 1 and 2, 2 and 0,
/// so that nodes 3 to 5 are new and empty. The last has one copy on a lost node's place: see [`plan`].
fn cluster() -> Layout {
    let mut layout = Layout::new(&nodes(), 2).unwrap();
    for index in 0..60 {
        let holders = [[0, 1], [1, 2], [2, 0]][index as usize % 3];
        // The last is held by node 6 too, which is down; the one before it is a copy short of something on node 2.
        let nodes: &[NodeIndex] = if index == 59 { &[2, 6] } else { &holders };
        layout
            .push(&LayoutPartition {
                id: pid(index),
                size_bytes: 100,
                nodes,
                leader: Some(nodes[0]),
                hold: Hold::Free,
                state: PartitionState::Active,
                revision: 7,
                epoch: 3,
            })
            .unwrap();
    }
    layout.mark(58, 2);
    layout.set_role(6, NodeRole::Lost);
    layout
}

fn step(kind: MoveKind, reason: MoveReason, partition: u32, from: Option<NodeIndex>, to: Option<NodeIndex>) -> Move {
    let bytes = if matches!(kind, MoveKind::Replica | MoveKind::Repair) { 100 } else { 0 };
    Move { partition, kind, reason, from, to, copy_from: None, bytes }
}

/// A plan that brings every node to 19 to 21 copies: each of the old nodes gives about half to the new one in its zone, two copies
/// are repaired, and leaderships are evened out.
fn plan() -> (Layout, PlanDocument) {
    let layout = cluster();
    let mut moves = vec![
        step(MoveKind::Repair, MoveReason::Repair, 59, Some(6), Some(3)),
        step(MoveKind::Repair, MoveReason::Repair, 58, None, Some(2)),
    ];
    for partition in 0..57 {
        let from = layout.holders(partition)[1];
        moves.push(step(MoveKind::Replica, MoveReason::Balance, partition, Some(from), Some(from + 3)));
    }
    let mut after = layout.clone();
    for m in &moves {
        assert!(after.apply(m), "{m:?}");
    }
    moves.extend(transfers(&after).moves);
    let settings = Settings { band_ppm: 50_000, ..Settings::default() };
    let document = assembled(&layout, &moves, &settings, Vec::new());
    (layout, document)
}

/// What is found in a changed plan, sealed again so that its digest is right.
fn found(change: impl FnOnce(&mut Layout, &mut PlanDocument)) -> Vec<(Severity, Finding)> {
    let (mut layout, mut plan) = plan();
    change(&mut layout, &mut plan);
    check(&layout, &plan.sealed()).findings
}

/// The kinds of what is found, each once.
fn kinds(change: impl FnOnce(&mut Layout, &mut PlanDocument)) -> Vec<&'static str> {
    let mut kinds: Vec<&str> = Vec::new();
    for (_, finding) in found(change) {
        assert!(!finding.to_string().is_empty());
        if !kinds.contains(&finding.kind()) {
            kinds.push(finding.kind());
        }
    }
    kinds
}

#[test]
fn a_good_plan_is_good() {
    let (layout, plan) = plan();
    let report = check(&layout, &plan);
    assert_eq!(report.findings, []);
    assert!(report.is_sound());
}

/// Changes one field, sees that it is found, and by its name.
macro_rules! finds {
    ($($name:ident: $change:expr => [$($kind:literal),+];)+) => {
        $(#[test]
        fn $name() {
            let change: fn(&mut Layout, &mut PlanDocument) = $change;
            let kinds = kinds(change);
            for kind in [$($kind),+] {
                assert!(kinds.contains(&kind), "{kind} is not among {kinds:?}");
            }
        })+
    };
}

/// The first move of this kind.
fn first(plan: &PlanDocument, kind: MoveKind) -> usize {
    plan.moves.iter().position(|m| m.kind == kind).unwrap()
}

/// The first replica move whose partition has no other move.
fn lone(plan: &PlanDocument) -> usize {
    let others = |at: usize| plan.moves.iter().filter(|m| m.partition == plan.moves[at].partition).count();
    (0..plan.moves.len()).find(|&at| plan.moves[at].kind == MoveKind::Replica && others(at) == 1).unwrap()
}

fn at(plan: &mut PlanDocument, kind: MoveKind) -> &mut MoveDocument {
    let at = first(plan, kind);
    &mut plan.moves[at]
}

fn lone_mut(plan: &mut PlanDocument) -> &mut MoveDocument {
    let at = lone(plan);
    &mut plan.moves[at]
}

/// Renumbers after moves were put in or taken out.
fn numbered(plan: &mut PlanDocument) {
    for (seq, m) in plan.moves.iter_mut().enumerate() {
        m.seq = seq as u64;
    }
}

finds! {
    another_schema: |_, plan| plan.schema = "otlp-part/plan/v2".into() => ["schema"];
    seq: |_, plan| plan.moves[3].seq = 4 => ["seq"];
    input_digest: |_, plan| plan.input_digest = "sha256:00".into() => ["input_changed"];
    an_unknown_partition: |_, plan| plan.moves[3].partition = pid(1000) => ["unknown_partition", "node_figure"];
    an_unknown_target: |_, plan| lone_mut(plan).to = Some(id("n9")) => ["unknown_node"];
    an_unknown_node_in_a_setting: |_, plan| plan.settings.drain = vec![id("n9")] => ["unknown_node"];
    an_unknown_partition_in_unplanned: |_, plan| plan.unplanned.push(unplanned(Some(pid(1000)), None)) => ["unknown_partition"];
    an_unknown_node_in_unplanned: |_, plan| plan.unplanned.push(unplanned(None, Some(id("n9")))) => ["unknown_node"];
    kind: |_, plan| lone_mut(plan).kind = MoveKind::Repair => ["needless_repair"];
    kind_remove: |_, plan| lone_mut(plan).kind = MoveKind::Remove => ["shape", "source", "too_few_copies"];
    kind_leader: |_, plan| lone_mut(plan).kind = MoveKind::Leader => ["shape", "source", "not_holder", "leader_from"];
    a_repair_as_a_replica: |_, plan| at(plan, MoveKind::Repair).kind = MoveKind::Replica => ["role"];
    no_from: |_, plan| lone_mut(plan).from = None => ["shape", "node_figure"];
    no_to: |_, plan| lone_mut(plan).to = None => ["shape", "node_figure"];
    to_itself: |_, plan| { let m = lone_mut(plan); m.to = m.from.clone(); } => ["shape"];
    from_who_does_not_hold_it: |_, plan| { let m = lone_mut(plan); m.from = Some(id("n3")); m.to = Some(id("n4")); } => ["not_holder"];
    to_who_holds_it: |_, plan| { let m = lone_mut(plan); m.to = m.expects.as_ref().unwrap().leader.clone(); } => ["already_holder"];
    to_a_lost_node: |_, plan| lone_mut(plan).to = Some(id("n6")) => ["role"];
    two_in_a_zone: |_, plan| {
        let m = lone_mut(plan);
        let leader = m.expects.as_ref().unwrap().leader.clone().unwrap();
        m.to = Some(id(["n3", "n4", "n5"][usize::from(leader.as_str().as_bytes()[1] - b'0')]));
    } => ["zone_rule"];
    no_source: |_, plan| lone_mut(plan).copy_from = None => ["source"];
    a_source_that_does_not_hold_it: |_, plan| lone_mut(plan).copy_from = Some(id("n5")) => ["source"];
    a_source_that_is_down: |_, plan| find_mut(plan, 59).copy_from = Some(id("n6")) => ["source"];
    a_source_that_is_marked: |layout, plan| {
        let m = lone_mut(plan);
        let partition = layout.partition_index(m.partition).unwrap();
        layout.mark(partition, layout.node_index(m.copy_from.as_ref().unwrap()).unwrap());
    } => ["source", "input_changed"];
    its_target_as_source: |_, plan| find_mut(plan, 58).copy_from = Some(id("n2")) => ["source"];
    a_source_for_a_leader: |_, plan| at(plan, MoveKind::Leader).copy_from = Some(id("n1")) => ["source"];
    bytes: |_, plan| lone_mut(plan).bytes += 1 => ["move_bytes", "total"];
    bytes_of_a_leader: |_, plan| at(plan, MoveKind::Leader).bytes = 1 => ["shape", "total"];
    mod_revision: |_, plan| lone_mut(plan).mod_revision = 8 => ["stale"];
    no_expectation: |_, plan| lone_mut(plan).expects = None => ["expects"];
    another_expectation: |_, plan| {
        let expects = plan.moves[0].expects.clone();
        let second = (1..plan.moves.len()).find(|&at| plan.moves[at].expects.is_none()).unwrap();
        plan.moves[second].expects = expects;
    } => ["expects"];
    expected_nodes: |_, plan| lone_mut(plan).expects.as_mut().unwrap().nodes.reverse() => ["stale"];
    expected_leader: |_, plan| lone_mut(plan).expects.as_mut().unwrap().leader = None => ["stale"];
    expected_state: |_, plan| lone_mut(plan).expects.as_mut().unwrap().state = PartitionState::Migrating => ["stale"];
    expected_epoch: |_, plan| lone_mut(plan).expects.as_mut().unwrap().epoch += 1 => ["stale"];
    leader_from: |_, plan| at(plan, MoveKind::Leader).from = None => ["leader_from"];
    leader_of_others: |_, plan| at(plan, MoveKind::Leader).to = Some(id("n6")) => ["not_holder"];
    a_move_left_out: |_, plan| { plan.moves.remove(lone(plan)); numbered(plan); } => ["total", "node_figure"];
    a_repair_left_out: |_, plan| { let at = place(plan, 58); plan.moves.remove(at); numbered(plan); } => ["not_repaired", "total"];
    a_copy_lost_without_repair: |_, plan| { let at = place(plan, 59); plan.moves.remove(at); numbered(plan); } => ["not_repaired", "total"];
    all_left_out: |_, plan| plan.moves.clear() => ["out_of_band", "not_repaired"];
    there_and_back: |_, plan| {
        let mut back = plan.moves[lone(plan)].clone();
        std::mem::swap(&mut back.from, &mut back.to);
        (back.expects, back.copy_from) = (None, back.from.clone());
        plan.moves.push(back);
        numbered(plan);
    } => ["moved_twice"];
    a_pinned_partition: |_, plan| plan.settings.exclude_partitions = vec![plan.moves[lone(plan)].partition] => ["held"];
    an_excluded_node: |_, plan| plan.settings.exclude_nodes = vec![id("n4")] => ["role"];
    an_excluded_source: |_, plan| plan.settings.exclude_nodes = vec![id("n1")] => ["role"];
    a_drained_target: |_, plan| plan.settings.drain = vec![id("n4")] => ["role", "not_emptied"];
    moves_with_leaders_only: |_, plan| plan.settings.leaders_only = true => ["above_limit"];
    max_bytes: |_, plan| plan.settings.max_bytes = Some(100) => ["above_limit"];
    max_moves: |_, plan| plan.settings.max_moves = Some(5) => ["above_limit"];
    band: |_, plan| plan.settings.band = 0.1 => ["node_figure"];
    band_out_of_range: |_, plan| plan.settings.band = 1.5 => ["setting"];
    threshold_out_of_range: |_, plan| plan.settings.threshold = Some(-1.0) => ["setting"];
    prefer: |_, plan| plan.settings.prefer = "luck".into() => ["setting"];
    bandwidth: |_, plan| plan.settings.bandwidth_bytes_per_second = 0 => ["setting"];
    migrations: |_, plan| plan.settings.migrations_per_node = 0 => ["setting"];
    summary_moves: |_, plan| plan.summary.moves += 1 => ["total"];
    summary_bytes: |_, plan| plan.summary.bytes += 100 => ["total"];
    summary_bound: |_, plan| plan.summary.lower_bound_bytes -= 1 => ["total"];
    summary_gap: |_, plan| plan.summary.gap += 0.01 => ["total"];
    summary_transfers: |_, plan| plan.summary.leader_transfers -= 1 => ["total"];
    summary_seconds: |_, plan| plan.summary.estimated_seconds += 1 => ["total"];
    summary_seconds_minimum: |_, plan| plan.summary.estimated_seconds_minimum += 1 => ["total"];
    skew_before: |_, plan| plan.summary.before.skew += 1e-6 => ["total"];
    skew_after: |_, plan| plan.summary.after.skew += 1e-6 => ["total"];
    deviation_before: |_, plan| plan.summary.before.max_deviation += 1e-6 => ["total"];
    deviation_after: |_, plan| plan.summary.after.max_deviation += 1e-6 => ["total"];
    structural_before: |_, plan| plan.summary.before.structural_skew += 1e-6 => ["total"];
    structural_after: |_, plan| plan.summary.after.structural_skew += 1e-6 => ["total"];
    violations_before: |_, plan| plan.summary.before.violations += 1 => ["total"];
    violations_after: |_, plan| plan.summary.after.violations += 1 => ["total"];
    node_missing: |_, plan| { plan.nodes.pop(); } => ["node_entry"];
    node_twice: |_, plan| { let node = plan.nodes[0].clone(); plan.nodes.push(node); } => ["node_entry"];
    node_unknown: |_, plan| plan.nodes[0].node = id("n9") => ["node_entry"];
    node_weight: |_, plan| plan.nodes[0].weight = Weight::from_millis(1001).unwrap() => ["node_entry"];
    node_zone: |_, plan| plan.nodes[0].zone = "b".into() => ["node_entry"];
    node_target: |_, plan| plan.nodes[0].target_bytes += 50 => ["node_figure"];
    node_low: |_, plan| plan.nodes[0].low_bytes -= 50 => ["node_figure"];
    node_high: |_, plan| plan.nodes[0].high_bytes += 50 => ["node_figure"];
    node_before: |_, plan| plan.nodes[0].before_bytes += 1 => ["node_figure"];
    node_after: |_, plan| plan.nodes[0].after_bytes += 1 => ["node_figure"];
    node_leaders_before: |_, plan| plan.nodes[0].before_leaders += 1 => ["node_figure"];
    node_leaders_after: |_, plan| plan.nodes[0].after_leaders += 1 => ["node_figure"];
}

fn unplanned(partition: Option<PartitionId>, node: Option<NodeId>) -> UnplannedDocument {
    UnplannedDocument { partition, node, reason: UnplannedReason::Pinned, message: "it is pinned".into() }
}

fn place(plan: &PlanDocument, partition: u32) -> usize {
    plan.moves.iter().position(|m| m.partition == pid(partition)).unwrap()
}

fn find_mut(plan: &mut PlanDocument, partition: u32) -> &mut MoveDocument {
    let at = place(plan, partition);
    &mut plan.moves[at]
}

#[test]
fn a_plan_that_was_edited_has_another_digest() {
    let (layout, mut plan) = plan();
    plan.store_revision += 1;
    let kinds: Vec<&str> = check(&layout, &plan).findings.iter().map(|(_, finding)| finding.kind()).collect();
    assert_eq!(kinds, ["digest", "plan_id"]);
}

/// Whoever made it and when is not part of what is checked.
#[test]
fn author_and_time_do_not_count() {
    assert_eq!(
        found(|_, plan| (plan.created_by, plan.created_at) = ("bob".into(), plan.created_at.plus_seconds(9))),
        []
    );
}

#[test]
fn what_has_changed_since_is_stale_and_figures_are_only_notes() {
    let (_, plan) = plan();
    // The same cluster where one partition has grown and another has moved.
    let (old, mut layout) = (cluster(), Layout::new(&nodes(), 2).unwrap());
    let moved = plan.moves[lone(&plan)].partition;
    for (at, &partition) in (0..).zip(old.ids()) {
        let mut holders = old.holders(at).to_vec();
        if partition == moved {
            holders.reverse();
        }
        let size_bytes = if at == 0 { 150 } else { 100 };
        let (hold, state, leader) = (Hold::Free, PartitionState::Active, old.leader(at));
        let nodes = &holders;
        let now = LayoutPartition { id: partition, size_bytes, nodes, leader, hold, state, revision: 8, epoch: 3 };
        layout.push(&now).unwrap();
    }
    layout.mark(58, 2);
    layout.set_role(6, NodeRole::Lost);
    let report = check(&layout, &plan);
    assert_eq!(report.worst(), Some(Severity::Stale), "{:?}", report.findings);
    let stale: Vec<&Finding> = report.of(Severity::Stale).collect();
    let [Finding::Stale { partition, field, .. }] = stale[..] else { panic!("{stale:?}") };
    assert_eq!((*partition, *field), (moved, ExpectedField::Nodes));
    assert!(report.of(Severity::Note).any(|note| matches!(note, Finding::MoveBytes { .. })));
}

#[test]
fn the_kind_of_a_bad_source_is_said() {
    let faults = |change: fn(&mut Layout, &mut PlanDocument)| -> Vec<SourceFault> {
        let fault = |(_, finding): (Severity, Finding)| {
            if let Finding::Source { fault, .. } = finding { Some(fault) } else { None }
        };
        found(change).into_iter().filter_map(fault).collect()
    };
    assert_eq!(faults(|_, plan| find_mut(plan, 59).copy_from = Some(id("n6"))), [SourceFault::Lost]);
    assert_eq!(faults(|_, plan| find_mut(plan, 59).copy_from = None), [SourceFault::Missing]);
    assert_eq!(faults(|_, plan| find_mut(plan, 59).copy_from = Some(id("n3"))), [SourceFault::Target]);
    assert_eq!(faults(|_, plan| find_mut(plan, 59).copy_from = Some(id("n1"))), [SourceFault::NotHolder]);
    assert_eq!(faults(|layout, _| layout.mark(59, 2)), [SourceFault::Marked]);
    assert_eq!(faults(|_, plan| at(plan, MoveKind::Leader).copy_from = Some(id("n1"))), [SourceFault::NotNeeded]);
}

/// A node that is full receives before it sends.
#[test]
fn an_order_that_overfills_a_node_is_found() {
    let mut layout = Layout::new(&nodes()[..3], 1).unwrap();
    for (index, holder) in [0, 0, 0, 1, 1, 1, 2, 2, 2].into_iter().enumerate() {
        layout
            .push(&LayoutPartition {
                id: pid(index as u32),
                size_bytes: 100,
                nodes: &[holder],
                leader: Some(holder),
                hold: Hold::Free,
                state: PartitionState::Active,
                revision: 7,
                epoch: 3,
            })
            .unwrap();
    }
    let replica = |partition, from, to| step(MoveKind::Replica, MoveReason::Balance, partition, Some(from), Some(to));
    // Round in a circle: only the first node is above its start in between, until the last move.
    let circle = [replica(0, 0, 1), replica(3, 1, 2), replica(6, 2, 0)];
    let kinds = |moves: &[Move]| -> Vec<&'static str> {
        let document = assembled(&layout, moves, &Settings::default(), Vec::new());
        check(&layout, &document).findings.iter().map(|(_, finding)| finding.kind()).collect()
    };
    assert_eq!(kinds(&circle), ["overfull", "overfull"]);
    // An exchange is one step.
    assert_eq!(kinds(&[replica(0, 0, 1), replica(3, 1, 0)]), [""; 0]);
    let document = assembled(&layout, &[replica(0, 0, 1), replica(3, 1, 0)], &Settings::default(), Vec::new());
    let mut reordered = document;
    reordered.moves[1].to = Some(id("n2"));
    let findings = check(&layout, &reordered.sealed()).findings;
    let overfull: Vec<String> =
        findings.iter().map(|(_, f)| f.to_string()).filter(|text| text.contains("more than its start")).collect();
    assert_eq!(
        overfull,
        [
            "after move 0 node n1 holds 400 bytes, more than its start and its band (306)",
            "after move 1 node n2 holds 400 bytes, more than its start and its band (306)"
        ]
    );
}

#[test]
fn a_node_is_not_filled_beyond_its_capacity_nor_left_short_of_copies() {
    let mut nodes = nodes();
    nodes[3].capacity_bytes = Some(1500);
    let (old, mut layout) = (cluster(), Layout::new(&nodes, 2).unwrap());
    for (at, &id) in (0..).zip(old.ids()) {
        let (nodes, leader) = (old.holders(at), old.leader(at));
        let (hold, state, size_bytes) = (Hold::Free, PartitionState::Active, 100);
        layout.push(&LayoutPartition { id, size_bytes, nodes, leader, hold, state, revision: 7, epoch: 3 }).unwrap();
    }
    layout.mark(58, 2);
    layout.set_role(6, NodeRole::Lost);
    let report = check(&layout, &plan().1);
    let full: Vec<String> =
        report.of(Severity::Error).map(Finding::to_string).filter(|s| s.contains("can hold")).collect();
    assert_eq!(full.len(), 5, "{:?}", report.findings);
    assert!(full[0].ends_with("brings node n3 to 1600 bytes, it can hold 1500"), "{full:?}");
}

#[test]
fn what_the_plan_explains_is_not_held_against_it() {
    let (layout, good) = plan();
    let mut empty = assembled(&layout, &[], &Settings { band_ppm: 50_000, ..Settings::default() }, Vec::new());
    let errors = |plan: &PlanDocument| check(&layout, plan).of(Severity::Error).count();
    // Six nodes out of their bands, two copies not repaired.
    assert_eq!(errors(&empty), 8);
    empty.unplanned.extend((0..6).map(|n| UnplannedDocument {
        reason: UnplannedReason::OutOfBand,
        ..unplanned(None, Some(id(&format!("n{n}"))))
    }));
    empty = empty.sealed();
    assert_eq!(errors(&empty), 2);
    empty.unplanned.push(unplanned(Some(pid(58)), None));
    assert_eq!(errors(&empty.clone().sealed()), 1);
    empty.unplanned.push(UnplannedDocument { reason: UnplannedReason::Limit, ..unplanned(None, None) });
    assert_eq!(errors(&empty.sealed()), 0);
    assert_eq!(errors(&good), 0);
}

/// What is only for people, an echo of the command line, or the cluster's own name, which `plan verify` compares.
const FREE: [&str; 14] = [
    "/cluster_id",
    "/created_at",
    "/created_by",
    "/store_revision",
    "/settings/threshold",
    "/settings/prefer",
    "/settings/include_open",
    "/settings/max_bytes",
    "/settings/max_moves",
    "/settings/allow_mass_repair",
    "/settings/bandwidth_bytes_per_second",
    "/settings/migrations_per_node",
    "/digest",
    "/plan_id",
];

/// Every single value of the good plan, changed by a little, is found, or is one of those that are free.
#[test]
fn no_field_can_be_changed_without_notice() {
    let (layout, good) = plan();
    let json = serde_json::to_value(&good).unwrap();
    let mut places = Vec::new();
    leaves(&json, String::new(), &mut places);
    assert!(places.len() > 700, "{}", places.len());
    let mut unseen = Vec::new();
    for place in places {
        let mut changed = json.clone();
        let value = changed.pointer_mut(&place).unwrap();
        *value = match value.clone() {
            Value::Bool(is_so) => (!is_so).into(),
            Value::Number(n) if n.is_u64() => (n.as_u64().unwrap() + 1).into(),
            Value::Number(n) => (n.as_f64().unwrap() + 0.001).into(),
            Value::Null => "n1".into(),
            // Another sound holder would do as well; this one is down.
            Value::String(_) if place.ends_with("/copy_from") => "n6".into(),
            Value::String(text) => other(&text).into(),
            Value::Array(_) | Value::Object(_) => continue,
        };
        // What is no document any more is refused when it is read.
        let Ok(changed) = serde_json::from_value::<PlanDocument>(changed) else { continue };
        assert_ne!(changed, good, "{place}");
        let free = FREE.contains(&place.as_str()) || place.ends_with("/reason");
        let findings = check(&layout, &changed.sealed()).findings;
        // The targets are known to a few bytes only.
        let rounding = place.ends_with("/target_bytes")
            || place.ends_with("/low_bytes")
            || place.ends_with("/high_bytes")
            || place == "/settings/band";
        if !free && !rounding && findings.is_empty() {
            unseen.push(place);
        }
    }
    assert!(unseen.is_empty(), "{unseen:?}");
}

/// Another word of the same kind.
fn other(text: &str) -> String {
    match text {
        "n1" => "n2".into(),
        text if text.starts_with('n') => "n1".into(),
        "replica" => "repair".into(),
        "repair" | "leader" => "replica".into(),
        "balance" => "drain".into(),
        "uniform" => "fewest-moves".into(),
        "Active" => "ReadOnly".into(),
        text if text.starts_with("partition_") => pid(999).to_string(),
        text => format!("{text}x"),
    }
}

fn leaves(value: &Value, place: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| leaves(value, format!("{place}/{name}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, value)| leaves(value, format!("{place}/{at}"), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => found.push(place),
    }
}

/// Figures of random clusters: the checker finds the same targets, bands, bounds and deviations as the planner, though it computes
/// them in another way.
#[test]
fn planner_and_checker_agree_on_figures() {
    for seed in 0..1000 {
        let mut random = Random::new(seed);
        let layout = layout(&mut random);
        let band_ppm = random.pick(&[5_000, 10_000, 20_000, 50_000]);
        let document = assembled(&layout, &[], &Settings { band_ppm, ..Settings::default() }, Vec::new());
        let report = check(&layout, &document);
        let figures: Vec<String> = report
            .findings
            .iter()
            .filter(|(_, f)| !matches!(f.kind(), "out_of_band" | "not_repaired" | "not_emptied" | "leader_share"))
            .map(|(_, f)| f.to_string())
            .collect();
        assert!(figures.is_empty(), "seed {seed}: {figures:#?}");
    }
}
