//! What differs between two plans.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{NodeId, PartitionId};
use crate::planner::MoveKind;

use super::{MoveDocument, PlanDocument};

/// A move of one plan or of both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MoveDifference<'a> {
    /// Only the second plan has it.
    Added(&'a MoveDocument),
    /// Only the first plan has it.
    Removed(&'a MoveDocument),
    /// Both move this replica or leadership, but not in the same way.
    Changed(&'a MoveDocument, &'a MoveDocument),
}

/// What differs between two plans.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanDiff<'a> {
    /// In the order of the partitions.
    pub moves: Vec<MoveDifference<'a>>,
    /// Moves that both have.
    pub same: u64,
    /// Totals, settings and input that differ: the field with both values as JSON.
    pub fields: Vec<(String, serde_json::Value, serde_json::Value)>,
}

/// Which replica or leadership a move is about, and which of its moves it is.
type Subject<'a> = (PartitionId, MoveKind, Option<&'a NodeId>, usize);

impl<'a> PlanDiff<'a> {
    /// Compares two plans. The order of the moves, and what was recorded of their partitions, do not count.
    #[must_use]
    pub fn of(first: &'a PlanDocument, second: &'a PlanDocument) -> Self {
        let (a, b) = (subjects(&first.moves), subjects(&second.moves));
        let mut diff = Self::default();
        let mut subjects: Vec<&Subject<'_>> = a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))).collect();
        subjects.sort_unstable();
        for subject in subjects {
            match (a.get(subject), b.get(subject)) {
                (Some(old), Some(new)) if is_same(old, new) => diff.same += 1,
                (Some(old), Some(new)) => diff.moves.push(MoveDifference::Changed(old, new)),
                (Some(old), None) => diff.moves.push(MoveDifference::Removed(old)),
                (None, Some(new)) => diff.moves.push(MoveDifference::Added(new)),
                (None, None) => {}
            }
        }
        diff.field("cluster_id", &first.cluster_id, &second.cluster_id);
        diff.field("store_revision", &first.store_revision, &second.store_revision);
        diff.field("input_digest", &first.input_digest, &second.input_digest);
        diff.fields_of("settings", &first.settings, &second.settings);
        diff.fields_of("summary", &first.summary, &second.summary);
        diff.field("unplanned", &first.unplanned.len(), &second.unplanned.len());
        diff
    }

    /// Whether both do the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.moves.is_empty() && self.fields.is_empty()
    }

    fn field<T: Serialize>(&mut self, name: &str, first: &T, second: &T) {
        let (first, second) = (json(first), json(second));
        if first != second {
            self.fields.push((name.to_owned(), first, second));
        }
    }

    /// The fields of an object that differ; objects inside it are taken apart, too.
    fn fields_of<T: Serialize>(&mut self, name: &str, first: &T, second: &T) {
        let (first, second) = (json(first), json(second));
        let (Some(a), Some(b)) = (first.as_object(), second.as_object()) else {
            return self.field(name, &first, &second);
        };
        for (field, old) in a {
            let new = b.get(field).unwrap_or(&serde_json::Value::Null);
            let name = format!("{name}.{field}");
            if old.is_object() { self.fields_of(&name, old, new) } else { self.field(&name, old, new) }
        }
    }
}

fn json<T: Serialize>(value: &T) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn subjects(moves: &[MoveDocument]) -> BTreeMap<Subject<'_>, &MoveDocument> {
    let (mut seen, mut found) = (BTreeMap::<_, usize>::new(), BTreeMap::new());
    for m in moves {
        let (partition, kind, from) = (m.partition, m.kind, m.from.as_ref());
        let times = seen.entry((partition, kind, from)).or_default();
        *times += 1;
        found.insert((partition, kind, from, *times), m);
    }
    found
}

fn is_same(a: &MoveDocument, b: &MoveDocument) -> bool {
    (&a.to, &a.copy_from, a.reason, a.bytes) == (&b.to, &b.copy_from, b.reason, b.bytes)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{a_move, document, layout, plan, provenance};
    use super::*;
    use crate::planner::Settings;

    #[test]
    fn moves_are_added_removed_and_changed() {
        let first = document();
        assert!(PlanDiff::of(&first, &first).is_empty());
        let moves = vec![
            a_move(2, MoveKind::Replica, Some(2), Some(0)),
            a_move(1, MoveKind::Leader, Some(1), Some(2)),
            a_move(0, MoveKind::Replica, Some(1), Some(2)),
        ];
        let settings = Settings { band_ppm: 10_000, ..Settings::default() };
        let second = PlanDocument::new(&layout(), &settings, &plan(moves), provenance());
        let diff = PlanDiff::of(&first, &second);
        let told: Vec<(&str, String)> = diff
            .moves
            .iter()
            .map(|m| match m {
                MoveDifference::Added(m) => ("added", m.partition.to_string()),
                MoveDifference::Removed(m) => ("removed", m.partition.to_string()),
                MoveDifference::Changed(m, n) => ("changed", format!("{} {:?} {:?}", m.partition, m.to, n.to)),
            })
            .collect();
        let id = |n| super::super::samples::pid(n).to_string();
        let changed = format!("{} {:?} {:?}", id(0), first.moves[0].to, second.moves[2].to);
        assert_eq!(told, [("changed", changed), ("removed", id(0)), ("added", id(2))]);
        assert_eq!(diff.same, 1);
        let fields: Vec<&str> = diff.fields.iter().map(|(name, ..)| name.as_str()).collect();
        assert_eq!(
            fields,
            ["settings.band", "summary.moves", "summary.bytes", "summary.gap", "summary.leader_transfers"]
        );
    }
}
