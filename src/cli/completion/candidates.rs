//! Ids in the store that begin with what is typed.

use std::ops::ControlFlow;

use crate::model::{NodeId, PartitionId};
use crate::planner::document::digest::is_plan_id;
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead, StoreError};

/// The most ids that are offered at once: a whole hour of 1,024 hash buckets.
const IDS_MAX: usize = 1_024;
/// The most time buckets that are offered: six weeks of hours.
const BUCKETS_MAX: usize = 1_008;

/// Recorded nodes, in natural order.
pub(super) async fn nodes<S: MetadataRead>(store: &S, keys: &Keys, typed: &str) -> Result<Vec<String>, StoreError> {
    let mut found: Vec<NodeId> = Vec::new();
    let mut visit = |entry: &Entry| {
        let name = keys.name("nodes", &entry.key).filter(|name| name.starts_with(typed));
        found.extend(name.and_then(|name| NodeId::parse(name).ok()));
        if found.len() > IDS_MAX { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    store.scan(&keys.nodes(), None, &mut visit).await?;
    if found.len() > IDS_MAX {
        return Ok(Vec::new());
    }
    found.sort();
    Ok(found.iter().map(|id| id.as_str().to_owned()).collect())
}

/// Recorded plans, found by a jump from each to the next: what they say is large.
pub(super) async fn plans<S: MetadataRead>(store: &S, keys: &Keys, typed: &str) -> Result<Vec<String>, StoreError> {
    let all = keys.plans();
    let mut from = format!("{}{typed}", all.start());
    let mut found: Vec<String> = Vec::new();
    while found.len() <= IDS_MAX {
        let mut next = None;
        let mut visit = |entry: &Entry| {
            next = keys.name("plans", &entry.key).and_then(|name| name.split('/').next()).map(str::to_owned);
            ControlFlow::Break(())
        };
        store.scan(&KeyRange::new(from, all.end().to_owned()), None, &mut visit).await?;
        let Some(id) = next.filter(|id| id.starts_with(typed)) else { return Ok(found) };
        from = keys.plan(&id).end().to_owned();
        if is_plan_id(&id) {
            found.push(id);
        }
    }
    Ok(Vec::new())
}

/// Recorded partitions; where they are too many, the beginnings of their time buckets. Never a part of them: the shell
/// would take what these have in common for what all have.
pub(super) async fn partitions<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    typed: &str,
) -> Result<Vec<String>, StoreError> {
    let all = keys.partitions();
    let from = format!("{}{typed}", all.start());
    let mut ids: Vec<String> = Vec::new();
    let mut visit = |entry: &Entry| {
        let Some(name) = keys.name("partitions", &entry.key).filter(|name| name.starts_with(typed)) else {
            return ControlFlow::Break(());
        };
        ids.extend(PartitionId::parse(name).is_ok().then(|| name.to_owned()));
        if ids.len() > IDS_MAX { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    store.scan(&KeyRange::new(from.clone(), all.end().to_owned()), None, &mut visit).await?;
    if ids.len() <= IDS_MAX { Ok(ids) } else { buckets(store, keys, typed, from, all.end()).await }
}

/// `partition_489542_` for each time bucket with a record, found by a jump from each to the next.
async fn buckets<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    typed: &str,
    mut from: String,
    end: &str,
) -> Result<Vec<String>, StoreError> {
    let mut found: Vec<String> = Vec::new();
    while found.len() <= BUCKETS_MAX {
        let mut next: Option<PartitionId> = None;
        let mut is_over = false;
        let mut visit = |entry: &Entry| {
            match keys.name("partitions", &entry.key).filter(|name| name.starts_with(typed)) {
                None => is_over = true,
                Some(name) => next = PartitionId::parse(name).ok(),
            }
            // A key that is no partition's is passed over.
            if is_over || next.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        store.scan(&KeyRange::new(from.clone(), end.to_owned()), None, &mut visit).await?;
        let Some(id) = next else {
            // One bucket alone, too full to be listed: more must be typed.
            return Ok(if found.len() > 1 { found } else { Vec::new() });
        };
        let [parts, whole] = keys.partitions_of(id.bucket());
        let (name, behind) = match id.index() {
            Some(_) => (format!("partition_{}_", id.bucket().id()), parts),
            None => (id.to_string(), whole),
        };
        found.push(name);
        from = behind.end().to_owned();
    }
    Ok(Vec::new())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::metadata::MemoryStore;
    use crate::model::Timestamp;
    use crate::ports::MetadataWrite as _;
    use crate::ports::clock::FixedClock;
    use crate::ports::metadata::{Op, Outcome, Transaction};

    fn wait<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    fn store(keys: impl Iterator<Item = String>) -> MemoryStore {
        let store = MemoryStore::new(Arc::new(FixedClock(Timestamp::EPOCH)));
        for chunk in keys.collect::<Vec<_>>().chunks(100) {
            let ops = chunk.iter().map(|key| Op::put(format!("/otlp/{key}"), "{}")).collect();
            let outcome = wait(store.commit(Transaction { compares: vec![], ops })).unwrap();
            assert!(matches!(outcome, Outcome::Committed { .. }));
        }
        store
    }

    fn partitions_of(store: &MemoryStore, typed: &str) -> Vec<String> {
        wait(partitions(store, &Keys::default(), typed)).unwrap()
    }

    #[test]
    fn nodes_in_natural_order() {
        let store = store(["node-10", "node-2", "other"].map(|id| format!("nodes/{id}")).into_iter());
        assert_eq!(wait(nodes(&store, &Keys::default(), "node")).unwrap(), ["node-2", "node-10"]);
        assert!(wait(nodes(&store, &Keys::default(), "x")).unwrap().is_empty());
    }

    #[test]
    fn plans_by_their_ids() {
        let (a, b) = ("plan-0123456789ab", "plan-0123456789ac");
        let keys =
            [format!("plans/{a}/000000"), format!("plans/{a}/head"), format!("plans/{b}/head"), "plans/x".into()];
        let store = store(keys.into_iter());
        let offered = |typed: &str| wait(plans(&store, &Keys::default(), typed)).unwrap();
        assert_eq!(offered(""), [a, b]);
        assert_eq!(offered("plan-0123456789ac"), [b]);
        assert_eq!(offered("node"), Vec::<String>::new());
    }

    #[test]
    fn few_partitions_are_listed_and_many_by_their_hours() {
        let hours = |hours: std::ops::Range<u32>, indexes: u32| {
            hours.flat_map(move |hour| (0..indexes).map(move |i| format!("partitions/partition_{hour}_{i:04}")))
        };
        let odd = ["partitions/odd", "partitions/partition_12_x", "partitions/time_partition_7"].map(str::to_owned);
        let store = store(hours(10..15, 300).chain(odd));
        assert_eq!(partitions_of(&store, "partition_11_000").len(), 10);
        assert_eq!(partitions_of(&store, "partition_11_").len(), 300);
        assert_eq!(partitions_of(&store, "time"), ["time_partition_7"]);
        let hours: Vec<String> = (10..15).map(|hour| format!("partition_{hour}_")).collect();
        assert_eq!(partitions_of(&store, "partition_"), hours);
        assert_eq!(partitions_of(&store, "").len(), 6);
        assert_eq!(partitions_of(&store, "partition_9"), Vec::<String>::new());
        assert_eq!(partitions_of(&store, "\u{0}"), Vec::<String>::new());
    }

    #[test]
    fn no_part_of_a_list_is_offered() {
        let one = (0..2_000).map(|i| format!("partitions/partition_1_{i:04}"));
        assert_eq!(partitions_of(&store(one), "partition_1_"), Vec::<String>::new());
        let many = (1_000..9_000).map(|hour| format!("partitions/partition_{hour}_0000"));
        assert_eq!(partitions_of(&store(many), "partition_"), Vec::<String>::new());
    }
}
