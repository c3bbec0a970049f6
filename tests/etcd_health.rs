//! What a real etcd says of itself: members, sizes, alarms; also with one of them down, and to a user with few rights.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

mod support_etcd;

use otlp_part::metadata::EtcdStore;
use otlp_part::model::{Revision, Timestamp};
use otlp_part::operations::OperationError;
use otlp_part::operations::doctor::examine;
use otlp_part::operations::doctor::finding::Code;
use otlp_part::operations::history::{Facet, Origin, past};
use otlp_part::operations::watch::{WatchFilter, watch};
use otlp_part::ports::metadata::{Op, Transaction};
use otlp_part::ports::{Keys, MetadataRead, MetadataWrite, StoreError};
use support_etcd::lab::{Lab, LabOptions};
use support_etcd::{other_server, server};

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

async fn put(store: &EtcdStore, key: &str, value: impl Into<Vec<u8>>) {
    let ops = vec![Op::put(key.to_owned(), value)];
    let _ = store.commit(Transaction { compares: vec![], ops }).await.unwrap();
}

async fn codes(store: &EtcdStore) -> Vec<Code> {
    let report = examine(store, &Keys::default(), None, Timestamp::EPOCH, 9).await.unwrap();
    report.findings.groups().map(|(_, code, _)| code).collect()
}

#[test]
fn three_members_and_then_two() {
    run(async {
        let mut lab = Lab::start(LabOptions { members: 3, ..LabOptions::default() }).await;
        let store = EtcdStore::connect(lab.config("/otlp")).await.unwrap();
        put(&store, "/otlp/nodes/n1", "{}").await;
        let health = store.health().await.unwrap();
        assert_eq!((health.members.len(), health.unknown.len()), (3, 0), "{health:#?}");
        assert_eq!(health.members.iter().filter(|m| m.is_leader == Some(true)).count(), 1, "{health:#?}");
        assert!(health.members.iter().all(|m| m.fault.is_none() && m.version.is_some() && m.size_bytes.is_some()));
        assert!(health.size_bytes >= health.in_use_bytes && health.in_use_bytes > Some(0), "{health:#?}");
        assert_eq!((health.oldest_revision, health.alarms.len(), health.is_copy), (Some(Revision(1)), 0, false));
        lab.kill(2);
        let health = store.health().await.unwrap();
        let down: Vec<&str> = health.members.iter().filter(|m| m.fault.is_some()).map(|m| m.name.as_str()).collect();
        assert_eq!(down, ["m2"], "{health:#?}");
        assert!(codes(&store).await.contains(&Code::MemberFault));
    });
}

#[test]
fn a_full_store_says_so() {
    run(async {
        let lab = Lab::start(LabOptions { quota_bytes: Some(2 << 20), ..LabOptions::default() }).await;
        let store = EtcdStore::connect(lab.config("/otlp")).await.unwrap();
        put(&store, "/otlp/nodes/n1", "{}").await;
        let mut is_full = false;
        for n in 0..200 {
            let ops = vec![Op::put(format!("/otlp/what/{n}"), vec![b'x'; 200 << 10])];
            let outcome = store.commit(Transaction { compares: vec![], ops }).await;
            is_full = matches!(outcome, Err(StoreError::OutOfSpace { .. }));
            if is_full {
                break;
            }
        }
        assert!(is_full);
        let health = store.health().await.unwrap();
        assert_eq!(health.alarms, ["NOSPACE"], "{health:#?}");
        assert!(codes(&store).await.contains(&Code::StoreAlarm));
    });
}

#[test]
fn a_user_with_few_rights_gets_what_there_is() {
    run(async {
        for server in [server(), other_server()] {
            let lab = Lab::start(LabOptions { server, ..LabOptions::default() }).await;
            lab.enable_users("/otlp").await;
            let mut config = lab.config("/otlp");
            config.login = Some(Lab::login("operator"));
            let store = EtcdStore::connect(config).await.unwrap();
            put(&store, "/otlp/nodes/n1", "{}").await;
            let health = store.health().await.unwrap();
            // What a version keeps to its root is said to be not known; the rest is there.
            assert!(health.alarms.is_empty() && health.members.iter().all(|m| m.fault.is_none()), "{health:#?}");
            assert!(codes(&store).await.contains(&Code::NoSpec));
        }
    });
}

#[test]
fn history_and_watch_of_a_real_etcd() {
    run(async {
        let lab = Lab::start(LabOptions::default()).await;
        let store = EtcdStore::connect(lab.config("/otlp")).await.unwrap();
        let keys = Keys::default();
        for weight in 1..4 {
            put(&store, "/otlp/nodes/n1", format!(r#"{{"weight":{weight}}}"#)).await;
        }
        let _ = store
            .commit(Transaction { compares: vec![], ops: vec![Op::Delete { key: "/otlp/nodes/n1".into() }] })
            .await
            .unwrap();
        let newest = store.revision().await.unwrap();
        let facets = [Facet { key: "/otlp/nodes/n1".into(), prefix: "" }];
        let past = past(&store, &keys, "node n1", &facets, None, None).await.unwrap();
        let weights: Vec<String> = past
            .changes
            .iter()
            .map(|c| format!("{} {} {:?}", newest.0 - c.revision.0, c.kind.name(), c.fields[0].after))
            .collect();
        assert_eq!(
            weights,
            ["0 deleted None", "1 updated Some(\"3\")", "2 updated Some(\"2\")", "3 created Some(\"1\")"]
        );
        assert!(past.changes.iter().all(|c| c.origin == Origin::Outside && c.at.is_none()));
        let mut seen = Vec::new();
        let visit = |changes: Vec<otlp_part::operations::watch::WatchedChange>| {
            seen.extend(changes.into_iter().map(|c| (c.kind.name(), c.fields.map(|f| f.len()))));
            Ok::<_, OperationError>(std::ops::ControlFlow::Continue(()))
        };
        let length = Some(std::time::Duration::from_millis(500));
        watch(&store, &keys, Revision(newest.0 - 2), &WatchFilter::default(), length, visit).await.unwrap();
        assert_eq!(seen, [("updated", Some(1)), ("updated", Some(1)), ("deleted", Some(1))]);
    });
}
