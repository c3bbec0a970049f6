//! Whether the new copies, wherever they are listed by now, are whole: looked at before the old ones go.

use super::sight::{Member, Sight};
use crate::migration::facts::Listed;
use crate::migration::rewrite_journal::TargetContent;
use crate::model::{NodeId, PartitionId};
use crate::operations::copying::{Bandwidth, CopyEvent, CopyReport, CopySettings, Depth, verify_copy};
use crate::operations::executing::Places;
use crate::operations::executing::effects::place_of;
use crate::ports::storage::StorageRead;

/// Reads every listed copy of what was made, but for those of nodes that are Down; says which is not whole, and why. One
/// that was split or expired since is its own operation's.
pub(super) async fn verify<S: StorageRead>(
    places: &Places<'_, S>,
    sight: &Sight,
    targets: &[TargetContent],
) -> (Listed, Option<String>) {
    for target in targets {
        let Some(member) = sight.family.get(&target.partition) else { continue };
        if target.partition != sight.partition && member.extension.split_bits > 0 {
            continue;
        }
        let up: Vec<&NodeId> =
            member.nodes.iter().filter(|node| sight.view().is_up(node) || !is_down(sight, node)).collect();
        if up.is_empty()
            && target.segments > 0
            && let Some(node) = member.nodes.first()
        {
            return (Listed::Lacking(node.clone()), Some(format!("no node that holds {} is up", target.partition)));
        }
        for node in up {
            if let Err(why) = look(places, sight, (target, member), node).await {
                return (Listed::Lacking(node.clone()), Some(why));
            }
        }
    }
    (Listed::Full, None)
}

/// A node that is not recorded is not Down by anybody's word.
fn is_down(sight: &Sight, node: &NodeId) -> bool {
    sight.nodes.get(node).is_some_and(|node| !node.state.is_up())
}

async fn look<S: StorageRead>(
    places: &Places<'_, S>,
    sight: &Sight,
    (target, member): (&TargetContent, &Member),
    node: &NodeId,
) -> Result<(), String> {
    let id: PartitionId = target.partition;
    let place = place_of(id, member.copy_of(node)).map_err(|e| e.to_string())?;
    let opened = places.of(node, &sight.nodes).await.map_err(|e| e.to_string())?;
    let (bandwidth, silent) = (Bandwidth::new(None), |_: CopyEvent| {});
    let report = verify_copy(&opened, &place, Depth::Bytes, CopySettings::default(), &bandwidth, &silent).await;
    let CopyReport { content, faults, .. } = report.map_err(|e| e.to_string())?;
    if let Some(fault) = faults.first() {
        return Err(format!("{} in {place}: {:?}", fault.name, fault.kind));
    }
    match (target.record_count, content.record_count) {
        (Some(expected), Some(found)) if found < expected => {
            Err(format!("{place} holds {found} records, and {expected} were verified"))
        }
        _ if content.segments == 0 && target.segments > 0 => Err(format!("{place} holds nothing")),
        (Some(_) | None, Some(_) | None) => Ok(()),
    }
}
