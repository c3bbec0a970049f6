//! The rules of every change of the cluster spec.
//!
//! Invariant: a bucket that has begun keeps its partitioning, and records of a bucket are not left where no key is routed
//! to any more.

use std::ops::ControlFlow;

use crate::model::cluster_spec::Partitioning;
use crate::model::json::same_value;
use crate::model::{ClusterSpec, Document, TimeBucket, Timestamp};
use crate::ports::metadata::{Entry, KeyRange};
use crate::ports::{Keys, MetadataRead};

use super::change::{ChangeSet, KeyChange};
use super::records::id_of;
use super::settings::next_common_edge;
use super::{ClusterView, OperationError};

/// The change that makes the spec say what an operator wants of it. Fields that mean the same keep their bytes.
///
/// # Errors
/// The result would not be valid, or would change what has begun.
pub fn change(view: &ClusterView, keys: &Keys, wanted: &Document, now: Timestamp) -> Result<ChangeSet, OperationError> {
    let (before, entry) = view.spec_document(keys)?;
    let after = before.merged(wanted);
    let refused = |reason: String| OperationError::Refused {
        refused: "not changing the cluster spec".to_owned(),
        reason,
        forceable: false,
    };
    for (field, why) in
        [("schema", "its schema is fixed"), ("cluster_id", "cluster_id is made by init and never changes")]
    {
        let same = match (before.get(field), after.get(field)) {
            (Some(old), Some(new)) => same_value(old, new),
            (old, new) => old == new,
        };
        if !same {
            return Err(refused(why.to_owned()));
        }
    }
    let spec = ClusterSpec::parse(after.to_json().as_bytes()).map_err(|e| {
        // The place is one in the stored text, which nobody sees.
        let reason = e.to_string();
        refused(format!("then {}", reason.split(" at line ").next().unwrap_or(&reason)))
    })?;
    check_versions(&view.spec, &spec, now).map_err(refused)?;
    let change = KeyChange::update("the cluster spec".to_owned(), entry, &before, &after);
    Ok(ChangeSet::single("change the cluster spec".to_owned(), change.into_iter().collect()))
}

/// Versions that have begun stay; every other one begins in the future.
fn check_versions(before: &ClusterSpec, after: &ClusterSpec, now: Timestamp) -> Result<(), String> {
    let begun = |version: &Partitioning| version.from.is_none_or(|from| from <= now);
    let kept = before.partitioning.iter().take_while(|version| begun(version)).count();
    for (i, version) in before.partitioning.iter().take(kept).enumerate() {
        if after.partitioning.get(i) != Some(version) {
            return Err(format!(
                "version {i} of its partitioning has begun; a new one, with a future `from`, can be added to the list"
            ));
        }
    }
    match after.partitioning.iter().skip(kept).find(|version| begun(version)) {
        Some(Partitioning { from: Some(from), .. }) => {
            Err(format!("the partitioning can only change from a future bucket on, {from} is not in the future"))
        }
        Some(_) | None => Ok(()),
    }
}

/// Whether the change touches what decides where partitions without a record are.
#[must_use]
pub fn changes_placement(view: &ClusterView, change: &ChangeSet) -> bool {
    after(change).is_some_and(|after| {
        after.placement != view.spec.placement || after.replication_factor != view.spec.replication_factor
    })
}

/// Whether the change may route a key to other partitions or nodes, which then has to be checked against the store.
#[must_use]
pub fn routes_elsewhere(view: &ClusterView, change: &ChangeSet) -> bool {
    let repartitions = |after: ClusterSpec| rerouted_from(&view.spec, &after).is_some();
    changes_placement(view, change) || after(change).is_some_and(repartitions)
}

/// The spec that a change writes.
fn after(change: &ChangeSet) -> Option<ClusterSpec> {
    let changed = change.groups.iter().flat_map(|group| &group.changes).next()?;
    ClusterSpec::parse(changed.value.as_deref()?).ok()
}

/// From when on keys are routed to other partitions; `None` if they never are. How long data is kept routes nothing.
fn rerouted_from(before: &ClusterSpec, after: &ClusterSpec) -> Option<Timestamp> {
    let mut edges: Vec<Timestamp> =
        before.partitioning.iter().chain(&after.partitioning).filter_map(|p| p.from).collect();
    edges.push(Timestamp::EPOCH);
    edges.sort();
    edges.into_iter().find(|edge| {
        let (old, new) = (before.partitioning_at(*edge), after.partitioning_at(*edge));
        Partitioning { from: None, retention_days: 0, ..old.clone() }
            != Partitioning { from: None, retention_days: 0, ..new.clone() }
    })
}

/// Refuses a change of the partitioning in hours that have records already: new data of those hours would be routed to
/// other partitions, and the recorded ones would be found by no key. The change that comes back holds when no record is
/// made there meanwhile.
///
/// # Errors
/// There are such records, and `force` is not given; the store does not answer.
pub async fn check_recorded<S: MetadataRead>(
    store: &S,
    keys: &Keys,
    view: &ClusterView,
    change: ChangeSet,
    force: bool,
) -> Result<ChangeSet, OperationError> {
    let Some(after) = after(&change) else { return Ok(change) };
    let Some(from) = rerouted_from(&view.spec, &after) else { return Ok(change) };
    if force {
        return Ok(change);
    }
    let mut recorded = 0_u64;
    let mut until = from;
    let mut visit = |entry: &Entry| {
        if let Ok(id) = id_of(keys, "partitions", entry) {
            let end = id.bucket().end(view.spec.partitioning_of(id).granularity_hours);
            if end > from {
                recorded += 1;
                until = until.max(end);
            }
        }
        ControlFlow::Continue(())
    };
    let read_at = store.scan(&keys.partitions(), None, &mut visit).await?;
    if recorded > 0 {
        let last = |spec: &ClusterSpec| spec.partitioning.last().cloned().unwrap_or_default();
        let free = next_common_edge(until.plus_nanos(-1), &last(&view.spec), &last(&after));
        return Err(OperationError::Refused {
            refused: format!("not changing the partitioning from {from} on"),
            reason: format!(
                "{recorded} partition records of those hours exist already, and their data would be looked for \
                 elsewhere; it can change from {free} on"
            ),
            forceable: true,
        });
    }
    Ok(change.untouched_since(read_at, recorded_from(keys, view, from)))
}

/// Nobody records partitions further ahead than this: a million of them, the most of one call, are half a year.
const RECORDED_AHEAD_HOURS: i64 = 5 * 366 * 24;

/// The keys of records of buckets from a time on, by every version that holds then.
fn recorded_from(keys: &Keys, view: &ClusterView, from: Timestamp) -> Vec<KeyRange> {
    let versions = &view.spec.partitioning;
    let ended = |i: usize| versions.get(i + 1).and_then(|next| next.from).is_some_and(|end| end <= from);
    let held = versions.iter().enumerate().filter(|(i, _)| !ended(*i)).map(|(_, version)| version);
    let ranges = held.map(|version| {
        let start = version.from.map_or(from, |start| start.max(from));
        let first = TimeBucket::of(start, version.granularity_hours);
        let last = first.plus(RECORDED_AHEAD_HOURS / i64::from(version.granularity_hours.hours()));
        bucket_ranges(keys, first, last)
    });
    ranges.flatten().collect()
}

/// The keys of buckets from `first` to `last`. Keys with the same number of digits are in the order of time: a `last` with
/// more digits than `first` stands for the last one with as many.
fn bucket_ranges(keys: &Keys, first: TimeBucket, last: TimeBucket) -> [KeyRange; 2] {
    let (starts, ends) = (keys.partitions_of(first), keys.partitions_of(last));
    let longer = last.id().to_string().len() > first.id().to_string().len();
    let digits = first.id().to_string();
    let range = |start: &KeyRange, end: &KeyRange| {
        let name = start.start().strip_suffix('_').unwrap_or(start.start());
        // ':' is the character behind '9'.
        let all_digits = format!("{}:", name.strip_suffix(&digits).unwrap_or(name));
        KeyRange::new(start.start().to_owned(), if longer { all_digits } else { end.start().to_owned() })
    };
    [range(&starts[0], &ends[0]), range(&starts[1], &ends[1])]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::metadata::{InitialRevisions, MemoryStore};
    use crate::operations::create::entry;
    use crate::ports::clock::FixedClock;

    /// 2025-11-05T14:43:44Z, in bucket 489542.
    const NOW: Timestamp = Timestamp::from_seconds(1_762_353_824);
    const SPEC: &str = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","x":[1.0, 2],"partitioning":[{"from":null,"hash_buckets":4},{"from":"2025-11-05T20:00:00Z","hash_buckets":8, "y":1e0}]}"#;

    fn wait<F: Future>(future: F) -> F::Output {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
    }

    fn store(ids: &[&str]) -> MemoryStore {
        let record = |id: &&str| entry(format!("/otlp/partitions/{id}"), "{}".to_owned());
        let entries = [entry("/otlp/cluster".into(), SPEC.into()), entry("/otlp/nodes/a".into(), "{}".into())];
        let entries = entries.into_iter().chain(ids.iter().map(record));
        MemoryStore::with_entries(Arc::new(FixedClock(NOW)), entries, InitialRevisions::AllFirst).unwrap()
    }

    fn view(store: &MemoryStore) -> ClusterView {
        wait(ClusterView::read(store, &Keys::default(), None, &[])).unwrap().0
    }

    fn edited(from: &str, to: &str) -> Result<String, OperationError> {
        assert!(SPEC.contains(from), "{from}");
        let wanted = Document::parse(SPEC.replace(from, to).as_bytes()).unwrap();
        let change = change(&view(&store(&[])), &Keys::default(), &wanted, NOW)?;
        let value = change.groups[0].changes.first().and_then(|c| c.value.clone());
        Ok(value.map(|v| String::from_utf8(v).unwrap()).unwrap_or_default())
    }

    #[test]
    fn an_edit_leaves_every_other_byte() {
        assert_eq!(edited("[1.0, 2]", "[1, 2.0]").unwrap(), "");
        assert_eq!(
            edited("\"c\",", "\"c\",\"replication_factor\":2,").unwrap(),
            SPEC.replace("}]}", "}],\"replication_factor\":2}")
        );
        assert_eq!(
            edited("\"hash_buckets\":8", "\"hash_buckets\":16").unwrap(),
            SPEC.replace("\"hash_buckets\":8", "\"hash_buckets\":16")
        );
        let added = r#",{"from":"2025-11-06T00:00:00Z","hash_buckets":2}]}"#;
        assert_eq!(edited("]}", added).unwrap(), SPEC.replace("]}", added));
    }

    #[test]
    fn what_has_begun_stays() {
        for (from, to, says) in [
            ("\"hash_buckets\":4", "\"hash_buckets\":2", "has begun"),
            ("\"hash_buckets\":4", "\"hash_buckets\":4,\"retention_days\":7", "has begun"),
            ("2025-11-05T20:00:00Z", "2025-11-05T14:00:00Z", "not in the future"),
            ("2025-11-05T20:00:00Z", "2025-11-05T20:30:00Z", "not the edge"),
            ("\"cluster_id\":\"c\"", "\"cluster_id\":\"d\"", "never changes"),
            ("cluster/v1", "cluster/v2", "schema is fixed"),
            ("\"hash_buckets\":8", "\"hash_buckets\":0", "between 1 and"),
            ("\"hash_buckets\":8", "\"hash_buckets\":\"8\"", "invalid type"),
        ] {
            let told = edited(from, to).unwrap_err().to_string();
            assert!(told.contains(says), "{to}: {told}");
        }
    }

    fn checked(store: &MemoryStore, from: &str, to: &str, force: bool) -> Result<ChangeSet, OperationError> {
        let (keys, view) = (Keys::default(), view(store));
        let wanted = Document::parse(SPEC.replace(from, to).as_bytes()).unwrap();
        let change = change(&view, &keys, &wanted, NOW)?;
        wait(check_recorded(store, &keys, &view, change, force))
    }

    #[test]
    fn recorded_hours_keep_their_partitioning() {
        // Buckets of 19:00, 20:00 and 22:00.
        let store = store(&["partition_489547_0001", "partition_489548_0001", "partition_489550_0003.1"]);
        let more = ("\"hash_buckets\":8", "\"hash_buckets\":16");
        let told = checked(&store, more.0, more.1, false).unwrap_err().to_string();
        assert!(told.contains("2 partition records") && told.contains("from 2025-11-05T23:00:00Z on"), "{told}");
        assert!(checked(&store, more.0, more.1, true).is_ok());
        // A day's buckets begin with a day.
        let daily = ("\"hash_buckets\":8", "\"hash_buckets\":8,\"granularity_hours\":4");
        let told = checked(&store, daily.0, daily.1, false).unwrap_err().to_string();
        assert!(told.contains("from 2025-11-06T00:00:00Z on"), "{told}");
        // Retention routes nothing, and a version that comes later touches no record.
        assert!(checked(&store, more.0, "\"hash_buckets\":8,\"retention_days\":7", false).is_ok());
        let later = r#",{"from":"2025-11-05T23:00:00Z","hash_buckets":2}]}"#;
        assert_eq!(checked(&store, "]}", later, false).unwrap().untouched.len(), 2);
        assert_eq!(checked(&self::store(&[]), more.0, more.1, false).unwrap().untouched.len(), 2);
    }

    /// Versions of other granularities have other numbers of buckets, so each has ranges of its own.
    #[test]
    fn every_version_that_holds_later_is_watched() {
        let spec = SPEC.replace("\"hash_buckets\":8", "\"hash_buckets\":8,\"granularity_hours\":4");
        let mut view = view(&store(&[]));
        view.spec = ClusterSpec::parse(spec.as_bytes()).unwrap();
        let from = |text: &str| crate::model::time::parse_time(text, NOW).unwrap();
        let ranges = recorded_from(&Keys::default(), &view, from("2025-11-05T16:00Z"));
        let inside = |id: &str| ranges.iter().any(|range| range.contains(&format!("/otlp/partitions/{id}")));
        assert_eq!(ranges.len(), 4);
        assert!(inside("partition_489544_0001") && inside("partition_122387_0001"));
        assert!(!inside("partition_489543_0001") && !inside("partition_122386_0001"));
        assert_eq!(recorded_from(&Keys::default(), &view, from("2025-11-05T20:00Z")).len(), 2);
    }

    #[test]
    fn a_record_that_is_made_meanwhile_is_noticed() {
        let store = store(&[]);
        let change = checked(&store, "\"hash_buckets\":8", "\"hash_buckets\":16", false).unwrap();
        let inside =
            |key: &str| change.untouched.iter().any(|(range, _)| range.contains(&format!("/otlp/partitions/{key}")));
        for key in [
            "partition_489548_0000",
            "partition_489548_0007.1",
            "partition_489549_0000",
            "partition_500000_0001",
            "time_partition_489548",
        ] {
            assert!(inside(key), "{key}");
        }
        for key in ["partition_489547_0000", "partition_489542_0051", "time_partition_489547"] {
            assert!(!inside(key), "{key}");
        }
    }
}
