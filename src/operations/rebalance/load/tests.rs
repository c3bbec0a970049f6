use super::*;
use crate::metadata::SnapshotStore;

/// 2025-11-05T15:10:00Z, in bucket 489543.
const NOW: Timestamp = Timestamp::from_seconds(1_762_355_400);

fn record(id: &str, nodes: &[&str], leader: Option<&str>, state: &str, size: u64) -> String {
    let time = "2025-11-05T13:00:00Z";
    serde_json::json!({
        "partition_id": id, "nodes": nodes, "leader": leader, "state": state, "size_bytes": size,
        "record_count": 1, "created_at": time, "updated_at": time,
    })
    .to_string()
}

/// Keys below the prefix with their values, each changed last at the revision of its place.
fn store(entries: &[(&str, String)]) -> SnapshotStore {
    use base64::Engine as _;
    let mut sorted: Vec<(String, &String)> = entries.iter().map(|(k, v)| (format!("/otlp/{k}"), v)).collect();
    sorted.sort();
    let entry = |(n, (key, value)): (usize, &(String, &String))| {
        let value = base64::engine::general_purpose::STANDARD.encode(value);
        serde_json::json!({
            "key": key, "create_revision": 1, "mod_revision": n + 1, "version": 1, "value_base64": value,
        })
    };
    let json = serde_json::json!({
        "schema": "otlp-part/snapshot/v1", "prefix": "/otlp", "revision": 99, "exported_at": "2025-11-05T15:00:00Z",
        "source": "a test", "entries": sorted.iter().enumerate().map(entry).collect::<Vec<_>>(),
    });
    SnapshotStore::parse("snapshot:t".into(), json.to_string().as_bytes()).unwrap()
}

fn wait<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
}

fn read(entries: &[(&str, String)], options: &LayoutOptions) -> Result<LoadedLayout, OperationError> {
    wait(load(&store(entries), &Keys::default(), None, NOW, options))
}

fn node(id: &str) -> NodeId {
    NodeId::parse(id).unwrap()
}

fn pid(id: &str) -> PartitionId {
    PartitionId::parse(id).unwrap()
}

const SPEC: &str = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":2}"#;

/// Every reason to stay, and partitions of both sides of a bucket's number of digits.
fn cluster() -> Vec<(&'static str, String)> {
    let plain = |id, size| record(id, &["n10", "n2"], Some("n2"), "Active", size);
    vec![
        ("cluster", SPEC.into()),
        ("nodes/n2", r#"{"location":{"availability_zone":"b"}}"#.into()),
        ("nodes/n10", r#"{"location":{"availability_zone":"a"},"state":"Draining"}"#.into()),
        ("nodes/n3", r#"{"location":{"availability_zone":"a"},"state":"Down"}"#.into()),
        ("nodes/n4", r#"{"state":"Cordoned"}"#.into()),
        // 720 hours before now, and 12 hours later: the next to expire, and the first that does not soon.
        ("partitions/partition_488823_0000", plain("partition_488823_0000", 1)),
        ("partitions/partition_488834_0000", plain("partition_488834_0000", 1)),
        ("partitions/partition_488835_0000", plain("partition_488835_0000", 2)),
        (
            "partitions/partition_489540_0000",
            record("partition_489540_0000", &["gone", "n2"], Some("gone"), "ReadOnly", 3),
        ),
        ("partitions/partition_489540_0001", record("partition_489540_0001", &["n2"], None, "Rebalancing", 4)),
        ("partitions/partition_489540_0002", record("partition_489540_0002", &["n2"], None, "Migrating", 4)),
        ("partitions/partition_489540_0003", record("partition_489540_0003", &["n2"], None, "Migrating", 4)),
        ("migrations/partition_489540_0003", r#"{"phase":"Copying"}"#.into()),
        ("partitions/partition_489540_0004", plain("partition_489540_0004", 5)),
        ("ext/partition_489540_0004", r#"{"pinned":true,"epoch":7}"#.into()),
        ("partitions/partition_489540_0005", plain("partition_489540_0005", 5)),
        ("ext/partition_489540_0005", r#"{"split_bits":1}"#.into()),
        ("partitions/partition_489540_0005.0", plain("partition_489540_0005.0", 6)),
        ("partitions/partition_489540_0005.1", plain("partition_489540_0005.1", 6)),
        ("partitions/partition_489542_0000", plain("partition_489542_0000", 1)),
        ("partitions/partition_489543_0000", plain("partition_489543_0000", 0)),
        ("partitions/partition_489544_0000", plain("partition_489544_0000", 0)),
        ("partitions/partition_489544_0001", plain("partition_489544_0001", 1)),
        ("repair/partition_489542_0000/n2", "{}".into()),
        ("repair/partition_489542_0000/n3", "{}".into()),
        ("repair/partition_489542_0009/n2", "{}".into()),
    ]
}

#[test]
fn every_record_is_there_with_what_holds_it() {
    let loaded = read(&cluster(), &LayoutOptions::default()).unwrap().whole().unwrap();
    let layout = &loaded.layout;
    assert_eq!(loaded.view.revision, Revision(99));
    assert_eq!(loaded.strangers, [node("gone")]);
    let nodes: Vec<(&str, NodeRole)> = layout.nodes().iter().map(|n| (n.id.as_str(), n.role)).collect();
    let roles = [
        ("gone", NodeRole::Lost),
        ("n2", NodeRole::Open),
        ("n3", NodeRole::Lost),
        ("n4", NodeRole::SendOnly),
        ("n10", NodeRole::Draining),
    ];
    assert_eq!(nodes, roles);
    let hold = |id: &str| layout.holds()[layout.partition_index(pid(id)).unwrap() as usize];
    for (id, expected) in [
        ("partition_488823_0000", Hold::Expiring),
        ("partition_488834_0000", Hold::Expiring),
        ("partition_488835_0000", Hold::Free),
        ("partition_489540_0000", Hold::Free),
        ("partition_489540_0001", Hold::ForeignState),
        ("partition_489540_0002", Hold::ForeignState),
        ("partition_489540_0003", Hold::InFlight),
        ("partition_489540_0004", Hold::Pinned),
        ("partition_489540_0005", Hold::Split),
        ("partition_489540_0005.0", Hold::Free),
        ("partition_489542_0000", Hold::Free),
        ("partition_489543_0000", Hold::Open),
        ("partition_489544_0000", Hold::Future),
        ("partition_489544_0001", Hold::Open),
    ] {
        assert_eq!(hold(id), expected, "{id}");
    }
    assert_eq!(layout.len(), 15);
    let at = |id: &str| layout.partition_index(pid(id)).unwrap();
    let (gone, n2, n10) = (0, 1, 4);
    assert_eq!(layout.holders(at("partition_489540_0000")), [gone, n2]);
    assert_eq!(layout.leader(at("partition_489540_0000")), Some(gone));
    assert_eq!(layout.holders(at("partition_488835_0000")), [n10, n2]);
    assert_eq!(layout.leader(at("partition_488835_0000")), Some(n2));
    assert_eq!(layout.leader(at("partition_489540_0001")), None);
    let size = |id: &str| layout.sizes()[at(id) as usize];
    assert_eq!(
        (size("partition_489540_0005"), size("partition_489540_0005.1")),
        (0, 6),
        "a parent's data is its children's"
    );
    assert_eq!(layout.epochs()[at("partition_489540_0004") as usize], 7);
    assert_eq!(layout.states()[at("partition_489540_0000") as usize], PartitionState::ReadOnly);
    assert_eq!(layout.marks().iter().copied().collect::<Vec<_>>(), [(at("partition_489542_0000"), n2)]);
    // The store gave the keys their places in order, from 1: cluster, two extensions, one journal, four nodes.
    assert_eq!(layout.revisions()[0], 9);
}

#[test]
fn nobody_holds_what_was_split_unless_it_says_that_it_has_bytes() {
    let mut entries = cluster();
    for (id, size) in [("partition_489540_0006", 0), ("partition_489540_0007", 5)] {
        let left = format!("left-{size}");
        entries.push((
            Box::leak(format!("partitions/{id}").into()),
            record(id, &[&left, "n2"], Some("n2"), "Active", size),
        ));
        entries.push((Box::leak(format!("ext/{id}").into()), r#"{"split_bits":1}"#.into()));
    }
    let LoadedLayout { layout, strangers, .. } = read(&entries, &LayoutOptions::default()).unwrap();
    assert_eq!(strangers, [node("gone"), node("left-5")]);
    let holders = |id: &str| layout.holders(layout.partition_index(pid(id)).unwrap()).len();
    assert_eq!((holders("partition_489540_0006"), holders("partition_489540_0007")), (0, 2));
}

#[test]
fn options_change_roles_and_holds() {
    let options = LayoutOptions {
        include_open: true,
        drain: vec![node("n2"), node("n3")],
        exclude_nodes: vec![node("n4")],
        exclude_partitions: vec![pid("partition_489542_0000"), pid("partition_489540_0001")],
        pass_over_unknown: false,
    };
    let LoadedLayout { layout, .. } = read(&cluster(), &options).unwrap();
    let role = |id: &str| layout.node(layout.node_index(&node(id)).unwrap()).role;
    assert_eq!((role("n2"), role("n3"), role("n4")), (NodeRole::Draining, NodeRole::Lost, NodeRole::Fixed));
    let hold = |id: &str| layout.holds()[layout.partition_index(pid(id)).unwrap() as usize];
    assert_eq!(hold("partition_489542_0000"), Hold::Excluded);
    assert_eq!(hold("partition_489540_0001"), Hold::ForeignState);
    assert_eq!(hold("partition_489543_0000"), Hold::Free);
    assert_eq!(hold("partition_489544_0000"), Hold::Future);
    for (options, told) in [
        (LayoutOptions { drain: vec![node("n9")], ..LayoutOptions::default() }, "node n9 does not exist"),
        (LayoutOptions { exclude_nodes: vec![node("n9")], ..LayoutOptions::default() }, "node n9 does not exist"),
        (LayoutOptions { exclude_nodes: vec![node("n3")], ..LayoutOptions::default() }, "cannot be excluded"),
        (
            LayoutOptions { exclude_partitions: vec![pid("partition_1_0001")], ..LayoutOptions::default() },
            "partition partition_1_0001 does not exist",
        ),
    ] {
        let error = read(&cluster(), &options).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
        assert!(read(&cluster(), &LayoutOptions { pass_over_unknown: true, ..options }).is_ok());
    }
}

#[test]
fn a_short_retention_does_not_expire_as_a_whole() {
    let spec = r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","partitioning":[{"retention_days":1}]}"#;
    let id = |bucket: i64| format!("partition_{bucket}_0000");
    let keys: Vec<String> = [489_519, 489_520, 489_521].map(|b| format!("partitions/{}", id(b))).into();
    let mut entries = vec![("cluster", spec.to_owned()), ("nodes/n1", "{}".into())];
    for (key, bucket) in keys.iter().zip([489_519, 489_520, 489_521]) {
        entries.push((key, record(&id(bucket), &["n1"], None, "Active", 1)));
    }
    let LoadedLayout { layout, .. } = read(&entries, &LayoutOptions::default()).unwrap();
    // One day less 72 minutes before now begins in bucket 489520.
    assert_eq!(layout.holds(), [Hold::Expiring, Hold::Free, Hold::Free]);
}

#[test]
fn nothing_is_planned_on_half_the_data() {
    for (key, value) in [
        ("nodes/n5", r#"{"weight":0}"#),
        ("nodes/n5", r#"{"weight":-1}"#),
        ("nodes/n5", r#"{"weight":NaN}"#),
        ("nodes/bad name", "{}"),
        ("partitions/partition_489541_0000", "{"),
        ("partitions/partition_489541_1", "{}"),
        ("ext/partition_489540_0004", "[]"),
        ("ext/what", "{}"),
        ("migrations/what", "{}"),
        ("repair/partition_489542_0000", "{}"),
    ] {
        let mut entries = cluster();
        entries.retain(|(k, _)| *k != key);
        entries.push((key, value.to_owned()));
        let loaded = read(&entries, &LayoutOptions::default()).unwrap();
        assert!(loaded.layout.len() >= 15, "the rest is there: {key}");
        let error = loaded.whole().unwrap_err().to_string();
        assert!(error.contains(&format!("/otlp/{key} is corrupt")), "{key}: {error}");
    }
}

#[test]
fn what_is_no_layout_is_one_clear_error() {
    let error = |entries: &[(&str, String)]| read(entries, &LayoutOptions::default()).unwrap_err();
    let nothing: &[(&str, String)] = &[];
    assert!(matches!(error(nothing), OperationError::Empty { .. }));
    assert!(matches!(error(&[("cluster", SPEC.into())]), OperationError::Layout(LayoutError::NoNodes)));
    assert!(matches!(error(&[("cluster", "{".into())]), OperationError::Corrupt { .. }));
    let only_bad = [("cluster", SPEC.into()), ("nodes/n1", "{".into())];
    assert!(matches!(error(&only_bad), OperationError::Corrupt { .. }));
    for size in [1_u64 << 61, 1 << 63, u64::MAX] {
        let mut entries = cluster();
        entries
            .push(("partitions/partition_489541_0000", record("partition_489541_0000", &["n2"], None, "Active", size)));
        let error = error(&entries);
        assert!(matches!(error, OperationError::Layout(LayoutError::TooLarge(..))), "{error}");
        assert!(error.to_string().contains("partition_489541_0000"), "{error}");
    }
    let names: Vec<String> = (0..300).map(|n| format!("n{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for count in [17, 300] {
        let mut entries = cluster();
        let value = record("partition_489541_0000", &names[..count], None, "Active", 1);
        entries.push(("partitions/partition_489541_0000", value));
        assert!(matches!(error(&entries), OperationError::Layout(LayoutError::TooManyReplicas(..))));
    }
}

#[test]
fn a_cluster_that_was_not_adopted_is_read_by_its_records() {
    let entries = [(
        "partitions/partition_489540_0000",
        record("partition_489540_0000", &["old-1", "old-2"], Some("old-1"), "Active", 3),
    )];
    let loaded = read(&entries, &LayoutOptions::default()).unwrap().whole().unwrap();
    assert!(loaded.strangers.is_empty() && loaded.layout.nodes().iter().all(|node| node.role == NodeRole::Open));
    assert_eq!(loaded.layout.replication_factor(), 3);
}
