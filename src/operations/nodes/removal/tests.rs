use super::*;
use crate::operations::nodes::faulty::{Fault, Faulty, wait};
use crate::ports::metadata::Op;

const NOW: Timestamp = Timestamp::from_seconds(1_762_355_400);

fn put(store: &Faulty, key: &str, value: &str) {
    store.put(key, value);
}

fn node(store: &Faulty, name: &str, zone: &str, state: &str) {
    let value = format!(r#"{{"location":{{"availability_zone":"{zone}"}},"state":"{state}"}}"#);
    put(store, &format!("nodes/{name}"), &value);
}

/// Two nodes in each of three zones, n1 cordoned, three copies of everything.
fn six() -> Faulty {
    let store = Faulty::new(128);
    put(&store, "cluster", r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c"}"#);
    for (n, zone) in [(1, "a"), (2, "a"), (3, "b"), (4, "b"), (5, "c"), (6, "c")] {
        node(&store, &format!("n{n}"), zone, if n == 1 { "Cordoned" } else { "Active" });
    }
    store
}

fn ids(names: &[&str]) -> Vec<NodeId> {
    names.iter().map(|name| NodeId::parse(name).unwrap()).collect()
}

fn view(store: &Faulty) -> ClusterView {
    wait(ClusterView::read(store, &Keys::default(), None, &[])).unwrap().0
}

fn against(store: &Faulty, names: &[&str]) -> Vec<Obstacle> {
    wait(check(store, &Keys::default(), &view(store), &ids(names), NOW)).unwrap()
}

fn reasons(store: &Faulty, names: &[&str]) -> Vec<(Reason, u64)> {
    against(store, names).into_iter().map(|o| (o.reason, o.count)).collect()
}

fn record(id: &str, nodes: &str, leader: &str) -> String {
    format!(
        r#"{{"partition_id":"{id}","nodes":[{nodes}],"leader":"{leader}","state":"Active","size_bytes":5,"record_count":1,"created_at":1,"updated_at":1}}"#
    )
}

#[test]
fn nothing_speaks_against_an_empty_cordoned_node() {
    assert_eq!(against(&six(), &["n1"]), []);
    assert_eq!(reasons(&six(), &["n2"]), [(Reason::Active, 1)]);
}

#[test]
fn every_thing_that_names_the_node_is_a_reason() {
    let id = "partition_489542_0051";
    let journal = r#"{"kind":"move","from":"n2","to":"n3","original_nodes":["n2","n1"]}"#;
    for (key, value, reason) in [
        (format!("partitions/{id}"), record(id, r#""n1","n2""#, "n2"), Reason::Copies),
        (format!("migrations/{id}"), journal.to_owned(), Reason::Operation),
        ("rebalance/slots/n1/0".to_owned(), id.to_owned(), Reason::Slot),
        (format!("repair/{id}/n1"), "{}".to_owned(), Reason::RepairMark),
        (format!("orphans/n1/{id}/c1"), "{}".to_owned(), Reason::Orphan),
        (format!("partitions/{id}"), "{".to_owned(), Reason::Unreadable),
        (format!("migrations/{id}"), "{".to_owned(), Reason::Unreadable),
        ("repair/odd".to_owned(), "{}".to_owned(), Reason::Unreadable),
        ("nodes/n9".to_owned(), "[]".to_owned(), Reason::Unreadable),
    ] {
        let store = six();
        put(&store, &key, &value);
        assert_eq!(reasons(&store, &["n1"]), [(reason, 1)], "{key}");
        let error = remove(&view(&store), &Keys::default(), &ids(&["n1"]), &against(&store, &["n1"]), false);
        assert!(matches!(error, Err(OperationError::Refused { forceable: true, .. })), "{key}");
    }
    let store = six();
    put(&store, &format!("partitions/{id}"), &record(id, r#""n1","n2""#, "n1"));
    assert_eq!(reasons(&store, &["n1"]), [(Reason::Copies, 1), (Reason::Leader, 1)]);
    // Of another node with a name that starts the same.
    let store = six();
    put(&store, "rebalance/slots/n10/0", id);
    put(&store, &format!("repair/{id}/n10"), "{}");
    assert_eq!(against(&store, &["n1"]), []);
}

#[test]
fn enough_nodes_must_stay_in_enough_zones() {
    let store = six();
    for n in [2, 3, 4] {
        node(&store, &format!("n{n}"), if n == 2 { "a" } else { "b" }, "Cordoned");
    }
    // n5 and n6 are left, and n6 alone is usable in no way that holds three copies.
    assert_eq!(
        reasons(&store, &["n1", "n2", "n3", "n4"]),
        [
            (Reason::ReplicationFactor, 1),
            (Reason::LastOfZone, 1),
            (Reason::LastOfZone, 1),
            (Reason::LastOfZone, 1),
            (Reason::LastOfZone, 1)
        ]
    );
    // The only other node of zone a is down.
    node(&store, "n2", "a", "Down");
    assert_eq!(reasons(&store, &["n1"]), [(Reason::LastOfZone, 1)]);
    // Four copies over two zones are at most two in one: zone c alone has them.
    put(&store, "cluster", r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":4}"#);
    for (name, zone) in [("n7", "c"), ("n8", "c")] {
        node(&store, name, zone, "Active");
    }
    node(&store, "n1", "a", "Draining");
    assert_eq!(reasons(&store, &["n3"]), [(Reason::ZoneSpread, 1)]);
    assert_eq!(reasons(&store, &["n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8"]).last(), Some(&(Reason::LastNode, 1)));
}

#[test]
fn the_last_node_cannot_be_forced_out() {
    let store = Faulty::new(128);
    node(&store, "n1", "a", "Down");
    let error = remove(&view(&store), &Keys::default(), &ids(&["n1"]), &against(&store, &["n1"]), true).unwrap_err();
    assert!(matches!(error, OperationError::Refused { forceable: false, .. }), "{error}");
}

fn applied(store: &Faulty, change: ChangeSet, names: &[&str], nonce: u64) -> Result<(), OperationError> {
    let (actor, host, command) = (String::new(), String::new(), String::new());
    let audit = AuditContext { now: NOW, actor, host, command, reason: None, nonce };
    wait(apply(store, &Keys::default(), (change, &ids(names)), Consent::Flag, &audit)).map(drop)
}

#[test]
fn what_comes_between_check_and_removal_is_a_conflict() {
    let id = "partition_489542_0051";
    for (key, value) in [
        (format!("partitions/{id}"), record(id, r#""n1""#, "n1")),
        (format!("migrations/{id}"), r#"{"to":"n1"}"#.to_owned()),
        ("rebalance/slots/n1/0".to_owned(), id.to_owned()),
        (format!("repair/{id}/n1"), "{}".to_owned()),
        (format!("orphans/n1/{id}/c1"), "{}".to_owned()),
        ("nodes/n1".to_owned(), "{}".to_owned()),
        ("nodes/n2".to_owned(), r#"{"state":"Down"}"#.to_owned()),
        (
            "cluster".to_owned(),
            r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":6}"#.to_owned(),
        ),
    ] {
        let store = six();
        let change = remove(&view(&store), &Keys::default(), &ids(&["n1"]), &[], false).unwrap();
        put(&store, &key, &value);
        let error = applied(&store, change, &["n1"], 1).unwrap_err();
        assert!(matches!(error, OperationError::Conflict { .. }), "{key}: {error}");
    }
}

#[test]
fn two_removals_at_once_cannot_both_count_on_each_other() {
    let spec =
        |copies: u8| format!(r#"{{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":{copies}}}"#);
    // Each leaves the other as the last of zone c; then each leaves as many nodes as there are copies.
    for (copies, zone, gone) in [(1, None, vec![]), (3, Some("a"), vec!["n3", "n4"])] {
        let store = six();
        put(&store, "cluster", &spec(copies));
        for name in ["n5", "n6"] {
            node(&store, name, zone.unwrap_or("c"), "Cordoned");
        }
        for name in gone {
            node(&store, name, "a", "Draining");
        }
        let keys = Keys::default();
        let (first, second) = (["n5"], ["n6"]);
        let change =
            |names: &[&str]| remove(&view(&store), &keys, &ids(names), &against(&store, names), false).unwrap();
        let changes = (change(&first), change(&second));
        applied(&store, changes.0, &first, 1).unwrap();
        assert!(matches!(applied(&store, changes.1, &second, 2), Err(OperationError::Conflict { .. })), "{copies}");
        assert!(view(&store).nodes.iter().any(|(n, _)| n.id.as_str() == "n6"));
    }
}

#[test]
fn records_of_others_that_are_written_all_the_time_do_not_stop_a_removal() {
    let id = "partition_489542_0051";
    let busy = |size: usize| {
        let value = record(id, r#""n2""#, "n2").replace("\"size_bytes\":5", &format!("\"size_bytes\":{size}"));
        Fault::Before(vec![Op::put(format!("/otlp/partitions/{id}"), value)])
    };
    let store = six();
    let change = remove(&view(&store), &Keys::default(), &ids(&["n1"]), &[], false).unwrap();
    store.at_every_commit((0..10).map(busy));
    applied(&store, change, &["n1"], 1).unwrap();
    assert!(store.get("nodes/n1").is_none());
    assert!(store.get(&format!("partitions/{id}")).unwrap().contains("\"size_bytes\":9"));
    // One among them that names the node does.
    for bad in [record(id, r#""n2","n1""#, "n2"), "{".to_owned()] {
        let store = six();
        let change = remove(&view(&store), &Keys::default(), &ids(&["n1"]), &[], false).unwrap();
        let bad = Fault::Before(vec![Op::put(format!("/otlp/partitions/{id}"), bad)]);
        store.at_every_commit([busy(1), bad, busy(2)].into_iter());
        assert!(matches!(applied(&store, change, &["n1"], 1), Err(OperationError::Conflict { .. })));
        assert!(store.get("nodes/n1").is_some());
    }
}
