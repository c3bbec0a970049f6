//! Exactly chosen moves and leaders: each is legal, or the rule that it breaks is named.

use crate::model::PartitionId;
use crate::placement::NodeIndex;

use super::census::{has_source, is_sound};
use super::error::PlanError;
use super::layout::Layout;
use super::loads::loads;
use super::plan::{Move, MoveKind, MoveReason};
use super::roles::NodeRole;
use super::settings::{ChosenMove, Settings};

/// The moves that were chosen, in the given order.
pub(super) fn moves(layout: &Layout, settings: &Settings) -> Result<Vec<Move>, PlanError> {
    let mut now = layout.clone();
    let mut bytes: Vec<u64> = loads(layout).iter().map(|load| load.bytes).collect();
    let mut steps = Vec::with_capacity(settings.moves.len() + settings.leaders.len());
    for chosen in &settings.moves {
        let step = replica(&now, &bytes, chosen)?;
        now.apply(&step);
        bytes[usize::from(chosen.to)] += step.bytes;
        bytes[usize::from(chosen.from)] -= step.bytes;
        steps.push(step);
    }
    for &(id, node) in &settings.leaders {
        if let Some(step) = leader(&now, id, node)? {
            now.apply(&step);
            steps.push(step);
        }
    }
    Ok(steps)
}

fn replica(layout: &Layout, bytes: &[u64], chosen: &ChosenMove) -> Result<Move, PlanError> {
    let ChosenMove { partition: id, from, to } = *chosen;
    let name = |node: NodeIndex| layout.node(node).id.clone();
    let partition = layout.partition_index(id).ok_or(PlanError::UnknownPartition(id))?;
    let hold = layout.holds()[partition as usize];
    if !hold.is_movable() {
        return Err(PlanError::Held { partition: id, why: hold.why() });
    }
    let holders = layout.holders(partition);
    if !holders.contains(&from) {
        return Err(PlanError::NotAHolder { partition: id, node: name(from) });
    }
    if holders.contains(&to) {
        return Err(PlanError::AlreadyAHolder { partition: id, node: name(to) });
    }
    let unusable = |node, why| PlanError::NodeUnusable { partition: id, node: name(node), why };
    match layout.node(to).role {
        NodeRole::Open => {}
        NodeRole::SendOnly => return Err(unusable(to, "it is cordoned and receives nothing")),
        NodeRole::Fixed => return Err(unusable(to, "it is excluded")),
        NodeRole::Draining => return Err(unusable(to, "it is draining")),
        NodeRole::Lost => return Err(unusable(to, "it is down")),
    }
    if layout.node(from).role == NodeRole::Fixed {
        return Err(unusable(from, "it is excluded"));
    }
    if !has_source(layout, partition) {
        return Err(PlanError::NoSource(id));
    }
    let zone = layout.node(to).zone;
    let in_zone = |&&node: &&NodeIndex| layout.node(node).zone == zone && layout.node(node).role.is_readable();
    let before = holders.iter().filter(in_zone).count();
    let count = holders.iter().filter(|&&node| node != from).filter(in_zone).count() + 1;
    let most = layout.zone_replicas_max();
    if count > usize::from(most) && count > before {
        return Err(PlanError::ZoneRule {
            partition: id,
            zone: layout.zones()[usize::from(zone)].clone(),
            count,
            most,
        });
    }
    let size = layout.sizes()[partition as usize];
    let room = layout.node(to).capacity_bytes.unwrap_or(u64::MAX).saturating_sub(bytes[usize::from(to)]);
    if size > room {
        return Err(PlanError::NoRoom { partition: id, node: name(to), bytes: size });
    }
    let lost = layout.node(from).role == NodeRole::Lost;
    let kind = if lost { MoveKind::Repair } else { MoveKind::Replica };
    let (from, to) = (Some(from), Some(to));
    Ok(Move { partition, kind, reason: MoveReason::Manual, from, to, copy_from: None, bytes: size })
}

/// The transfer of a leader; none if the node leads already.
fn leader(layout: &Layout, id: PartitionId, node: NodeIndex) -> Result<Option<Move>, PlanError> {
    let partition = layout.partition_index(id).ok_or(PlanError::UnknownPartition(id))?;
    let hold = layout.holds()[partition as usize];
    if !hold.may_change_leader() {
        return Err(PlanError::Held { partition: id, why: hold.why() });
    }
    let name = layout.node(node).id.clone();
    if !layout.holders(partition).contains(&node) {
        return Err(PlanError::NotAHolder { partition: id, node: name });
    }
    if !layout.node(node).role.is_readable() {
        return Err(PlanError::NodeUnusable { partition: id, node: name, why: "it is down" });
    }
    if !is_sound(layout, partition, node) {
        return Err(PlanError::NodeUnusable { partition: id, node: name, why: "its copy misses something" });
    }
    let from = layout.leader(partition);
    let step = Move {
        partition,
        kind: MoveKind::Leader,
        reason: MoveReason::Manual,
        from,
        to: Some(node),
        copy_from: None,
        bytes: 0,
    };
    Ok((from != Some(node)).then_some(step))
}
