use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::model::{Document, PartitionId};
use crate::operations::nodes::faulty::{Fault, Faulty, wait};
use crate::ports::metadata::Op;

fn id(n: usize) -> String {
    format!("partition_489542_{n:04}")
}

fn record(n: usize, nodes: &[&str], leader: Option<&str>, state: &str) -> String {
    let nodes = nodes.iter().map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(", ");
    let leader = leader.map_or("null".to_owned(), |l| format!("\"{l}\""));
    format!(
        r#"{{"x-first":[1.0, 2e1],"partition_id":"{}","nodes":[{nodes}],"leader":{leader},"state":"{state}","size_bytes":7,"record_count":2,"created_at":1762351200,"updated_at":1762351200,"x-last":{{"é":null}}}}"#,
        id(n)
    )
}

fn leader(store: &Faulty, id: &str) -> String {
    field(&store.get(&format!("partitions/{id}")).unwrap(), "leader").replace('"', "")
}

fn field(json: &str, name: &str) -> String {
    Document::parse(json.as_bytes()).unwrap().get(name).unwrap_or("(absent)").to_owned()
}

fn node_ids(names: &[&str]) -> Vec<NodeId> {
    names.iter().map(|name| NodeId::parse(name).unwrap()).collect()
}

fn audit(nonce: u64) -> AuditContext {
    AuditContext {
        now: Timestamp::from_seconds(1_762_355_400),
        actor: "a".into(),
        host: "h".into(),
        command: "node fail".into(),
        reason: None,
        nonce,
    }
}

fn fail(store: &Faulty, lost: &[NodeId], nonce: u64) -> Result<Done, OperationError> {
    let keys = Keys::default();
    wait(async {
        let (view, _) = ClusterView::read(store, &keys, None, &[]).await?;
        let failover = plan(store, &keys, &view, lost.to_vec()).await?;
        failover.approve(Consent::Flag).run(store, &keys, &audit(nonce), &mut |_, _| {}).await
    })
}

/// Three nodes, n1 leads so many partitions of all three.
fn three(operations_max: usize, partitions: usize) -> Faulty {
    let store = Faulty::new(operations_max);
    for node in ["n1", "n2", "n3"] {
        store.put(&format!("nodes/{node}"), "{}");
    }
    for n in 0..partitions {
        store.put(&format!("partitions/{}", id(n)), &record(n, &["n1", "n2", "n3"], Some("n1"), "Active"));
    }
    store
}

#[test]
fn as_few_transactions_as_etcd_allows() {
    let store = three(128, 200);
    let done = fail(&store, &node_ids(&["n1"]), 1).unwrap();
    assert_eq!(done.report.moved.partitions, 200);
    // One sets n1 Down; then 128 operations are an audit entry and 61 records with their epochs: the comparisons are the
    // same keys, three ranges, one next leader and the audit entry's absence.
    assert_eq!(done.applied.transactions, 1 + 200_usize.div_ceil(61));
    assert_eq!(done.report.under_replicated, Tally { bytes: 200 * 7, ..done.report.moved.clone() });
    assert!((0..200).all(|n| leader(&store, &id(n)) == "n2"));
}

#[test]
fn a_record_that_somebody_changed_is_read_again() {
    let store = three(128, 100);
    let busy = record(3, &["n1", "n3"], Some("n1"), "ReadOnly");
    store.at_commit(1, Fault::Before(vec![Op::put(format!("/otlp/partitions/{}", id(3)), busy)]));
    let done = fail(&store, &node_ids(&["n1"]), 1).unwrap();
    assert!(done.conflict.is_none() && done.report.left.partitions == 0);
    assert_eq!((leader(&store, &id(3)), leader(&store, &id(4))), ("n3".to_owned(), "n2".to_owned()));
    assert_eq!(done.report.moved.partitions, 100);
}

#[test]
fn an_operation_a_mark_and_a_lost_node_that_come_meanwhile_are_seen() {
    for (key, value, expected) in [
        (format!("migrations/{}", id(0)), "{}", "n1"),
        (format!("repair/{}/n2", id(0)), "{}", "n3"),
        ("nodes/n2".to_owned(), r#"{"state":"Down"}"#, "n3"),
        ("nodes/n2".to_owned(), r#"{"state":"Draining"}"#, "n3"),
    ] {
        let store = three(128, 2);
        store.at_commit(1, Fault::Before(vec![Op::put(format!("/otlp/{key}"), value)]));
        let done = fail(&store, &node_ids(&["n1"]), 1).unwrap();
        assert_eq!(leader(&store, &id(0)), expected, "{key}");
        assert_eq!(done.report.in_flight.partitions, u64::from(key.starts_with("migrations")), "{key}");
    }
    let store = three(128, 2);
    store.at_commit(1, Fault::Before(vec![Op::Delete { key: "/otlp/nodes/n2".into() }]));
    let _ = fail(&store, &node_ids(&["n1"]), 1).unwrap();
    assert_eq!(leader(&store, &id(0)), "n3", "a removed node never leads");
}

/// An operation that is past its cutover, or is being undone, sets no leader any more; one of a kind that is not known may.
#[test]
fn only_what_still_sets_the_leader_is_waited_for() {
    for (phase, kind, expected) in
        [("Copying", "move", "n1"), ("Cleanup", "move", "n2"), ("Aborting", "move", "n2"), ("Cleanup", "split", "n1")]
    {
        let store = three(128, 2);
        let journal = format!(
            r#"{{"kind":"{kind}","schema_version":1,"operation_id":"op-1","phase":"{phase}","from":"n4","to":"n1",
            "copy_from":"n2","copy_id":"c-1","old_copy_id":"first","slots":[],"original_nodes":["n4","n2"],
            "original_leader":"n2","original_copies":{{}},"target_nodes":["n1","n2"],"prior_state":"Active",
            "base_epoch":0,"started_at":"2025-11-05T14:50:00Z"}}"#
        );
        store.put(&format!("migrations/{}", id(0)), &journal);
        let done = fail(&store, &node_ids(&["n1"]), 1).unwrap();
        assert_eq!(leader(&store, &id(0)), expected, "{phase} of a {kind}");
        assert_eq!(done.report.in_flight.partitions, u64::from(expected == "n1"), "{phase} of a {kind}");
        assert_eq!(store.get(&format!("migrations/{}", id(0))), Some(journal));
    }
}

#[test]
fn two_operators_fail_two_nodes_at_once() {
    let store = three(10, 12);
    for n in 12..18 {
        store.put(&format!("partitions/{}", id(n)), &record(n, &["n2", "n1", "n3"], Some("n2"), "Active"));
    }
    let keys = Keys::default();
    // The other one finds n1 still up and plans; then ours runs whole between its plan and its writing.
    let (view, _) = wait(ClusterView::read(&store, &keys, None, &[])).unwrap();
    let other = wait(plan(&store, &keys, &view, node_ids(&["n2"]))).unwrap();
    assert_eq!(other.report().moved.partitions, 6);
    assert_eq!(fail(&store, &node_ids(&["n1"]), 1).unwrap().report.moved.partitions, 12);
    let done = wait(other.approve(Consent::Flag).run(&store, &keys, &audit(2), &mut |_, _| {})).unwrap();
    assert_eq!(done.report.moved.partitions, 18);
    assert!((0..18).all(|n| leader(&store, &id(n)) == "n3"));
}

#[test]
fn who_brings_a_node_back_meanwhile_is_not_overruled() {
    let store = three(10, 12);
    store.at_commit(2, Fault::Before(vec![Op::put("/otlp/nodes/n1".into(), r#"{"state":"Active"}"#)]));
    let error = fail(&store, &node_ids(&["n1"]), 1).unwrap_err();
    let OperationError::Partly { source, .. } = error else { panic!("{error}") };
    assert!(matches!(&*source, OperationError::Conflict { changed, .. } if changed.contains("Active")), "{source}");
    assert!((0..12).any(|n| leader(&store, &id(n)) == "n1"));
    assert_eq!(store.get("nodes/n1").unwrap(), r#"{"state":"Active"}"#);
}

#[test]
fn a_conflict_that_remains_is_told_and_leaves_the_rest_done() {
    let store = three(10, 9);
    // Somebody writes the same record before every commit of its batch.
    let faults = (0..40).map(|_| {
        let write = Op::put(format!("/otlp/partitions/{}", id(0)), record(0, &["n1", "n2"], Some("n1"), "Active"));
        Fault::Before(vec![write])
    });
    store.at_every_commit(faults);
    let done = fail(&store, &node_ids(&["n1"]), 1).unwrap();
    assert!(matches!(done.conflict, Some(OperationError::Conflict { .. })));
    assert!(done.report.left.named.contains(&id(0).parse::<PartitionId>().unwrap()));
    assert_eq!(done.report.left.partitions + done.report.moved.partitions, 9);
    assert!(done.report.moved.partitions >= 6);
    store.heal();
    assert_eq!(fail(&store, &node_ids(&["n1"]), 50).unwrap().report.left.partitions, 0);
    assert!((0..9).all(|n| leader(&store, &id(n)) == "n2"));
}

#[test]
fn what_cannot_be_read_is_named_and_never_written() {
    let store = three(128, 2);
    let twice = record(5, &["n1", "n2"], Some("n1"), "Active").replacen('{', r#"{"x":1,"x":2,"#, 1);
    let values = [
        (format!("partitions/{}", id(2)), "{}".to_owned()),
        (format!("partitions/{}", id(3)), record(3, &["n1", "n2"], Some("n1"), "Melting")),
        (format!("partitions/{}", id(5)), twice),
        (format!("ext/{}", id(1)), r#"{"epoch":-1}"#.to_owned()),
        ("partitions/other".to_owned(), "{}".to_owned()),
    ];
    for (key, value) in &values {
        store.put(key, value);
    }
    let done = fail(&store, &node_ids(&["n1"]), 1).unwrap();
    assert_eq!(done.report.corrupt.len(), values.len());
    for (key, value) in &values {
        assert_eq!(store.get(key).as_ref(), Some(value));
    }
    assert_eq!((leader(&store, &id(0)), leader(&store, &id(1))), ("n2".to_owned(), "n1".to_owned()));
}

#[derive(Clone, Debug)]
struct Generated {
    states: Vec<usize>,
    records: Vec<(Vec<usize>, Option<prop::sample::Index>, u8, bool)>,
    marks: Vec<(usize, usize)>,
    busy: Vec<usize>,
    lost: Vec<usize>,
}

const STATES: [&str; 4] = ["Active", "Cordoned", "Draining", "Down"];

fn generated() -> impl Strategy<Value = Generated> {
    (3_usize..7, 1_usize..25).prop_flat_map(|(nodes, partitions)| {
        let holders = prop::sample::subsequence((0..nodes).collect::<Vec<_>>(), 1..=nodes.min(4)).prop_shuffle();
        let leader = prop::option::weighted(0.9, any::<prop::sample::Index>());
        let record = (holders, leader, 0_u8..4, any::<bool>());
        (
            prop::collection::vec(prop::sample::select(vec![0, 0, 0, 1, 2, 3]), nodes),
            prop::collection::vec(record, partitions),
            prop::collection::vec((0..partitions, 0..nodes), 0..8),
            prop::collection::vec(0..partitions, 0..4),
            prop::sample::subsequence((0..nodes).collect::<Vec<_>>(), 1..nodes),
        )
            .prop_map(|(states, records, marks, busy, lost)| Generated { states, records, marks, busy, lost })
    })
}

impl Generated {
    fn name(node: usize) -> String {
        format!("n{node}")
    }

    fn leader(&self, n: usize) -> Option<usize> {
        let (nodes, leader, ..) = &self.records[n];
        leader.map(|leader| nodes[leader.index(nodes.len())])
    }

    fn fill(&self, store: &Faulty) {
        for (node, state) in self.states.iter().enumerate() {
            store.put(
                &format!("nodes/{}", Self::name(node)),
                &format!(r#"{{"rack":1.0,"state":"{}"}}"#, STATES[*state]),
            );
        }
        for (n, (nodes, _, state, extended)) in self.records.iter().enumerate() {
            let names: Vec<String> = nodes.iter().map(|node| Self::name(*node)).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let leader = self.leader(n).map(Self::name);
            let state = ["Active", "ReadOnly", "Rebalancing", "Active"][usize::from(*state)];
            store.put(&format!("partitions/{}", id(n)), &record(n, &names, leader.as_deref(), state));
            if *extended {
                store.put(&format!("ext/{}", id(n)), &format!(r#"{{"x":[1.50],"epoch":{n},"pinned":true}}"#));
            }
        }
        self.marks.iter().for_each(|(n, node)| store.put(&format!("repair/{}/{}", id(*n), Self::name(*node)), "{}"));
        self.busy.iter().for_each(|n| store.put(&format!("migrations/{}", id(*n)), "{}"));
    }

    /// Who leads afterwards, told in another way than the program does it.
    fn expected(&self, n: usize) -> Option<usize> {
        let leader = self.leader(n)?;
        if !self.lost.contains(&leader) || self.busy.contains(&n) {
            return Some(leader);
        }
        let mut best: Option<(usize, usize)> = None;
        for (place, node) in self.records[n].0.iter().enumerate() {
            if self.lost.contains(node) || self.states[*node] == 3 || self.marks.contains(&(n, *node)) {
                continue;
            }
            let rank = place + if self.states[*node] == 0 { 0 } else { 100 };
            if best.is_none_or(|(other, _)| rank < other) {
                best = Some((rank, *node));
            }
        }
        Some(best.map_or(leader, |(_, node)| node))
    }

    /// Everything that must hold for one partition, done or not; gives whether it was moved.
    fn check(&self, store: &Faulty, before: &BTreeMap<String, String>, n: usize) -> bool {
        let (record_key, ext_key) = (format!("partitions/{}", id(n)), format!("ext/{}", id(n)));
        let (old, new) = (&before[&record_key], store.get(&record_key).unwrap());
        let old_epoch = before.get(&ext_key).map_or(0, |e| field(e, "epoch").parse::<u64>().unwrap());
        let ext = store.get(&ext_key);
        if *old == new {
            assert_eq!(before.get(&ext_key), ext.as_ref(), "an epoch without a change of its record");
            return false;
        }
        let ext = ext.unwrap();
        assert_eq!(field(&ext, "epoch"), (old_epoch + 1).to_string());
        if let Some(old_ext) = before.get(&ext_key) {
            assert_eq!(
                old_ext.replace(&format!("\"epoch\":{old_epoch}"), &format!("\"epoch\":{}", old_epoch + 1)),
                ext
            );
        }
        let leader = Self::name(self.expected(n).unwrap());
        let expected = old
            .replace(&format!("\"leader\":{}", field(old, "leader")), &format!("\"leader\":\"{leader}\""))
            .replace("\"updated_at\":1762351200", "\"updated_at\":1762355400");
        assert_eq!(new, expected);
        true
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn after_any_stops_the_same_command_ends_as_one_run_does(
        cluster in generated(), operations_max in prop::sample::select(vec![9, 14, 128]),
        stops in prop::collection::vec((0_usize..5, any::<bool>()), 0..4)
    ) {
        let store = Faulty::new(operations_max);
        cluster.fill(&store);
        let before: BTreeMap<String, String> = (0..cluster.records.len())
            .flat_map(|n| [format!("partitions/{}", id(n)), format!("ext/{}", id(n))])
            .filter_map(|key| Some((key.clone(), store.get(&key)?)))
            .collect();
        let names: Vec<String> = cluster.lost.iter().map(|node| Generated::name(*node)).collect();
        let lost = node_ids(&names.iter().map(String::as_str).collect::<Vec<_>>());
        for (run, (commits, request)) in stops.iter().enumerate() {
            store.at_commit(*commits, if *request { Fault::Request } else { Fault::Reply });
            let _ = fail(&store, &lost, 1_000 * run as u64);
            store.heal();
            for n in 0..cluster.records.len() {
                cluster.check(&store, &before, n);
            }
        }
        let done = fail(&store, &lost, 1_000_000).unwrap();
        prop_assert!(done.conflict.is_none() && done.report.left.partitions == 0 && done.report.corrupt.is_empty());
        for (n, _) in cluster.records.iter().enumerate() {
            let moved = cluster.check(&store, &before, n);
            prop_assert_eq!(moved, cluster.expected(n) != cluster.leader(n), "partition {}", n);
            let lost_leader = cluster.leader(n).filter(|leader| cluster.lost.contains(leader));
            let pid: PartitionId = id(n).parse().unwrap();
            let busy = cluster.busy.contains(&n);
            prop_assert_eq!(done.report.in_flight.named.contains(&pid), lost_leader.is_some() && busy);
            prop_assert_eq!(done.report.leaderless.named.contains(&pid), lost_leader.is_some() && !busy && !moved);
        }
        for node in &names {
            let stored = store.get(&format!("nodes/{node}")).unwrap();
            prop_assert_eq!(stored, r#"{"rack":1.0,"state":"Down"}"#);
        }
        let revision = wait(store.inner.revision()).unwrap();
        let again = fail(&store, &lost, 2_000_000).unwrap();
        prop_assert_eq!(again.applied.transactions, 0);
        prop_assert_eq!(wait(store.inner.revision()).unwrap(), revision);
    }
}
