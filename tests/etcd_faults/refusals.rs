//! What the store refuses: leases that are gone, data when no space is left.

use std::time::Duration;

use otlp_part::metadata::EtcdStore;
use otlp_part::model::Revision;
use otlp_part::ports::metadata::{KeyRange, Op, Transaction};
use otlp_part::ports::{MetadataRead, MetadataWatch, MetadataWrite, StoreError};

use super::support_etcd::lab::{Lab, LabOptions};
use super::{one, put, rounds, run};

#[test]
fn a_lease_revoked_by_somebody_else_is_gone() {
    run(async {
        let lab = Lab::start(LabOptions::default()).await;
        let store = EtcdStore::connect(lab.config("/otlp")).await.unwrap();
        let another = EtcdStore::connect(lab.config("/otlp")).await.unwrap();
        for round in 0..rounds(3, 50) {
            let lease = store.grant_lease(Duration::from_secs(30)).await.unwrap();
            let key = format!("/otlp/rebalance/lock/{round}");
            let held = |value: &str| Op::Put { key: key.clone(), value: value.into(), lease: Some(lease) };
            let _ = store.commit(Transaction { compares: vec![], ops: vec![held("1")] }).await.unwrap();
            store.keep_alive(lease).await.unwrap();
            let entry = one(&store, &key).await.unwrap();
            let mut watch = store.watch(&KeyRange::single(&key), Revision(entry.mod_revision.0 + 1)).await.unwrap();
            another.revoke_lease(lease).await.unwrap();
            let batch = watch.next(Duration::from_secs(5)).await.unwrap().expect("the end");
            assert_eq!(batch.changes, [(key.clone(), None)]);
            let gone = |answer: Result<(), StoreError>| matches!(answer, Err(StoreError::LeaseGone(id)) if id == lease);
            assert!(gone(store.keep_alive(lease).await));
            let late = Transaction { compares: vec![], ops: vec![held("2")] };
            assert!(gone(store.commit(late).await.map(drop)));
            assert!(gone(store.revoke_lease(lease).await));
        }
    });
}

#[test]
fn a_full_store_says_so_and_takes_deletions() {
    run(async {
        let lab = Lab::start(LabOptions { quota_bytes: Some(2 << 20), ..LabOptions::default() }).await;
        let store = EtcdStore::connect(lab.config("/otlp")).await.unwrap();
        let kept = put(&store, "/otlp/kept", "1").await;
        let large = vec![b'x'; 200 << 10];
        let mut full = None;
        // The size grows when the server writes its batch out, every 100 ms.
        for n in 0..120 {
            tokio::time::sleep(Duration::from_millis(10)).await;
            let ops = vec![Op::put(format!("/otlp/large/{n}"), large.clone())];
            if let Err(error) = store.commit(Transaction { compares: vec![], ops }).await {
                full = Some((n, error));
                break;
            }
        }
        let (written, error) = full.expect("the quota was never met");
        assert!(matches!(error, StoreError::OutOfSpace { .. }), "{error:?}");
        let small = Transaction { compares: vec![], ops: vec![Op::put("/otlp/small".into(), "1")] };
        assert!(matches!(store.commit(small.clone()).await, Err(StoreError::OutOfSpace { .. })));
        let lease = store.grant_lease(Duration::from_secs(9)).await;
        assert!(matches!(lease, Err(StoreError::OutOfSpace { .. })), "{lease:?}");
        assert_eq!(one(&store, "/otlp/kept").await.unwrap().mod_revision, kept, "it still reads");

        let ops: Vec<Op> = (0..written).map(|n| Op::Delete { key: format!("/otlp/large/{n}") }).collect();
        let mut client = lab.client(0, None).await.unwrap();
        match store.commit(Transaction { compares: vec![], ops }).await {
            Ok(_) => {}
            // The first releases of 3.5 refuse transactions that only delete as well, but no plain deletion.
            Err(StoreError::OutOfSpace { .. }) => {
                let options = etcd_client::DeleteOptions::new().with_prefix();
                client.delete("/otlp/large/", Some(options)).await.unwrap();
            }
            Err(other) => panic!("{other}"),
        }
        let now = store.revision().await.unwrap();
        store.compact(now).await.unwrap();
        client.defragment().await.unwrap();
        let alarms = client.alarm(etcd_client::AlarmAction::Get, etcd_client::AlarmType::None, None).await.unwrap();
        assert!(!alarms.alarms().is_empty());
        for alarm in alarms.alarms() {
            let mut of = etcd_client::AlarmOptions::new();
            of.with_member(alarm.member_id());
            client
                .alarm(etcd_client::AlarmAction::Deactivate, etcd_client::AlarmType::Nospace, Some(of))
                .await
                .unwrap();
        }
        let _ = store.commit(small).await.unwrap();
    });
}
