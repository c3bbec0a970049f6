use std::sync::Arc;

use super::*;
use crate::metadata::{InitialRevisions, MemoryStore};
use crate::model::{Granularity, TimeBucket};
use crate::operations::create::entry;
use crate::ports::clock::FixedClock;

const DAY: i64 = 86_400;

fn spec(versions: &str) -> ClusterSpec {
    let text = format!(r#"{{"schema":"otlp-part/cluster/v1","cluster_id":"c","partitioning":[{versions}]}}"#);
    ClusterSpec::parse(text.as_bytes()).unwrap()
}

fn id(bucket: i64) -> PartitionId {
    PartitionId::new(TimeBucket::new(bucket), 3).unwrap()
}

fn rule(now: i64) -> Rule {
    Rule { now: Timestamp::from_seconds(now), retention_days: None, before: None }
}

#[test]
fn a_bucket_is_expired_when_its_end_is_a_retention_ago() {
    let spec = spec(r#"{"retention_days":30}"#);
    let now = 100 * DAY;
    let edge = 70 * 24;
    assert!(rule(now).takes(&spec, id(edge - 1)) && !rule(now).takes(&spec, id(edge)));
    // One second before the end is a retention ago, it is kept.
    assert!(!rule(now - 1).takes(&spec, id(edge - 1)) && rule(now - 1).takes(&spec, id(edge - 2)));
    // Before 1970, too.
    assert!(rule(0).takes(&spec, id(-30 * 24 - 1)) && !rule(0).takes(&spec, id(-30 * 24)));
    assert!(rule(-DAY).takes(&spec, id(-31 * 24 - 1)) && !rule(-DAY).takes(&spec, id(-31 * 24)));
}

#[test]
fn open_and_future_buckets_never_are() {
    let spec = spec(r#"{"retention_days":1,"granularity_hours":24}"#);
    let now = 100 * DAY + 5;
    for retention_days in [None, Some(0), Some(1)] {
        let rule = Rule { retention_days, before: Some(Timestamp::from_seconds(200 * DAY)), ..rule(now) };
        for bucket in [100, 101, 5_000] {
            assert!(!rule.takes(&spec, id(bucket)), "{retention_days:?} {bucket}");
        }
        assert!(rule.takes(&spec, id(98)));
    }
}

#[test]
fn each_version_has_its_own_retention() {
    // Hours kept 30 days until day 20000, then days kept 5 days.
    let from = Timestamp::from_seconds(20_000 * DAY);
    let spec =
        spec(&format!(r#"{{"retention_days":30}},{{"from":"{from}","granularity_hours":24,"retention_days":5}}"#));
    let now = 20_010 * DAY;
    // The last hour of the old version is 10 days old and kept; a day of the new one that is as old is not.
    assert!(!rule(now).takes(&spec, id(20_000 * 24 - 1)));
    assert!(rule(now).takes(&spec, id(20_004)) && !rule(now).takes(&spec, id(20_005)));
    assert!(rule(now).takes(&spec, id(19_980 * 24 - 1)) && !rule(now).takes(&spec, id(19_980 * 24)));
    // A retention that is given holds for all of them.
    let given = Rule { retention_days: Some(10), ..rule(now) };
    assert!(given.takes(&spec, id(20_000 * 24 - 1)) && !given.takes(&spec, id(20_004)));
    assert_eq!(spec.partitioning_of(id(20_004)).granularity_hours, Granularity::try_from(24).unwrap());
}

#[test]
fn before_narrows_and_never_widens() {
    let spec = spec(r#"{"retention_days":30}"#);
    let before = |day: i64| Rule { before: Some(Timestamp::from_seconds(day * DAY)), ..rule(100 * DAY) };
    assert!(before(60).takes(&spec, id(60 * 24 - 1)) && !before(60).takes(&spec, id(60 * 24)));
    assert!(!before(99).takes(&spec, id(70 * 24)) && before(99).takes(&spec, id(70 * 24 - 1)));
}

fn record(id: &str, state: &str) -> (String, String) {
    let value = format!(
        r#"{{"partition_id":"{id}","nodes":["a","b"],"leader":"a","state":"{state}","size_bytes":5,"record_count":2,"created_at":1,"updated_at":1}}"#
    );
    (format!("partitions/{id}"), value)
}

fn found(more: &[(String, String)]) -> Survey {
    let base = [
        ("cluster".to_owned(), serde_json::to_string(&spec(r#"{"retention_days":30}"#)).unwrap()),
        ("nodes/a".to_owned(), "{}".to_owned()),
    ];
    let entries = base.iter().chain(more).map(|(key, value)| entry(format!("/otlp/{key}"), value.clone()));
    let store =
        MemoryStore::with_entries(Arc::new(FixedClock(Timestamp::EPOCH)), entries, InitialRevisions::AllFirst).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(survey(&store, &Keys::default(), &rule(100 * DAY))).unwrap().1
}

#[test]
fn what_is_expired_comes_oldest_first_and_children_before_parents() {
    let found = found(&[
        record("partition_999_0001", "Active"),
        record("partition_1000_0001", "ReadOnly"),
        record("partition_999_0001.0", "Active"),
        record("partition_999_0001.01", "Active"),
        record("partition_-5_0001", "Active"),
        record("time_partition_998", "Active"),
        record("partition_1680_0001", "Active"),
        record("partition_2390_0001", "Active"),
    ]);
    let ids: Vec<String> = found.expired.iter().map(|one| one.id.to_string()).collect();
    assert_eq!(
        ids,
        [
            "partition_-5_0001",
            "time_partition_998",
            "partition_999_0001.01",
            "partition_999_0001.0",
            "partition_999_0001",
            "partition_1000_0001",
        ]
    );
    assert_eq!((found.records, found.expired[0].bytes(), found.expired[0].copies), (8, 10, 2));
    assert_eq!(found.kept_from, Some(Timestamp::from_seconds(1681 * 3600)));
    assert_eq!(found.limited(Some(2)).expired.len(), 2);
}

#[test]
fn what_cannot_go_now_is_told_and_left() {
    let id = "partition_10_0001";
    let journal = |kind: &str| (format!("migrations/{id}"), format!(r#"{{"kind":"{kind}","schema_version":1}}"#));
    let moving = found(&[record(id, "Migrating")]);
    assert!(moving.expired.is_empty() && moving.waiting.values().all(|why| why.contains("Migrating")));
    let unknown = found(&[record(id, "Active"), journal("split")]);
    assert!(unknown.waiting.values().all(|why| why.contains("cannot be read")) && unknown.waiting.len() == 1);
    let broken = found(&[(format!("partitions/{id}"), "{".to_owned()), ("partitions/x".to_owned(), "{}".to_owned())]);
    assert_eq!((broken.corrupt.len(), broken.expired.len()), (2, 0));
}
