//! Requests and replies that get lost, and requests that arrive too late.

use std::time::Duration;

use otlp_part::metadata::{EtcdConfig, EtcdStore};
use otlp_part::model::Revision;
use otlp_part::ports::metadata::{Compare, KeyRange, Op, Outcome, Transaction};
use otlp_part::ports::{MetadataRead, MetadataWatch, MetadataWrite, StoreError};

use super::support_etcd::lab::{Lab, LabOptions};
use super::support_etcd::relay::{Fault, Plan, Relay};
use super::{Random, edit, in_doubt, one, put, rounds, run};

struct Bench {
    lab: Lab,
    relay: Relay,
    /// Straight to the server, to see the truth.
    direct: EtcdStore,
}

impl Bench {
    async fn new() -> Self {
        let lab = Lab::start(LabOptions::default()).await;
        let relay = Relay::start(&format!("http://{}", lab.endpoint(0)));
        let direct = EtcdStore::connect(lab.config("/otlp")).await.unwrap();
        Self { lab, relay, direct }
    }

    fn through_the_relay(&self) -> EtcdConfig {
        EtcdConfig { endpoints: vec![self.relay.address().parse().unwrap()], ..self.lab.config("/otlp") }
    }
}

#[test]
fn a_write_without_a_reply_is_looked_for_and_never_sent_again() {
    run(async {
        let bench = Bench::new().await;
        let store = EtcdStore::connect(bench.through_the_relay()).await.unwrap();
        let mut random = Random(1);
        let mut hits = [0; 4];
        for round in 0..rounds(18, 400) {
            let key = "/otlp/nodes/n";
            let read = one(&bench.direct, key).await.map_or(Revision::NONE, |entry| entry.mod_revision);
            let (value, audit) = (format!("{{\"round\":{round}}}"), format!("{round:013}-a"));
            let kind = random.below(4);
            let late = Duration::from_millis(20 + random.below(200) as u64);
            let fault =
                [Fault::LostRequest, Fault::LostReply, Fault::LateRequest(late), Fault::LateRequest(4 * late)][kind];
            // Every third round somebody else was faster.
            let overtaken = round % 3 == 2 && read != Revision::NONE;
            if overtaken {
                put(&bench.direct, key, "{\"by\":\"another\"}").await;
            }
            bench.relay.plan(Some(Plan { path_end: "/Txn", number: 1, fault }));
            let answer = store.commit(edit(key, read, &value, &audit)).await;
            assert!(bench.relay.hit(), "round {round}: {fault:?} did not hit");
            let paths = bench.relay.paths();
            let sent = paths.iter().filter(|path| path.ends_with("/Txn")).count();
            hits[kind] += 1;
            bench.relay.plan(None);
            let now = one(&bench.direct, key).await.unwrap_or_else(|| {
                assert_eq!(kind, 0, "round {round}: {answer:?}");
                otlp_part::ports::metadata::Entry {
                    key: String::new(),
                    value: vec![],
                    create_revision: Revision::NONE,
                    mod_revision: Revision::NONE,
                    version: 0,
                    lease: None,
                }
            });
            let trail = one(&bench.direct, &format!("/otlp/audit/{audit}")).await;
            match &answer {
                Ok(Outcome::Committed { revision }) => {
                    assert!(!overtaken && kind != 0, "round {round}: {answer:?}");
                    assert_eq!((now.value, now.mod_revision), (value.into_bytes(), *revision), "round {round}");
                    assert_eq!(trail.unwrap().version, 1, "written once");
                }
                Ok(Outcome::Conflict { .. }) => {
                    assert!(overtaken, "round {round}: {answer:?}");
                    assert_eq!((now.value, trail), (b"{\"by\":\"another\"}".to_vec(), None), "round {round}");
                }
                Err(_) => {
                    assert!(
                        in_doubt(&answer) && kind == 0 && !overtaken,
                        "round {round}: {fault:?} {overtaken} {answer:?} {read} {now:?} {trail:?} {paths:?}"
                    );
                    assert_eq!((now.mod_revision, trail), (read, None), "round {round}");
                }
            }
            // Reads of several ranges are transactions too; a write is one, sent once.
            assert!(sent <= 1 + READS_OF_A_LOOK * LOOKS, "round {round}: {sent} transactions");
        }
        assert!(hits.iter().all(|n| *n > 0), "{hits:?}");
    });
}

/// Reads of several ranges in one look for a write.
const READS_OF_A_LOOK: usize = 2;
/// Looks for a write.
const LOOKS: usize = 4;

/// Applied after everybody has given up waiting: the answer was "nobody knows", which stays true.
#[test]
fn a_write_that_is_applied_much_later_was_in_doubt() {
    run(async {
        let bench = Bench::new().await;
        let store = EtcdStore::connect(bench.through_the_relay()).await.unwrap();
        for round in 0..rounds(1, 20) {
            let read = put(&bench.direct, "/otlp/nodes/n", "{}").await;
            let fault = Fault::LateRequest(Duration::from_secs(5));
            bench.relay.plan(Some(Plan { path_end: "/Txn", number: 1, fault }));
            let answer = store.commit(edit("/otlp/nodes/n", read, "\"late\"", &format!("{round:013}-b"))).await;
            assert!(bench.relay.hit() && in_doubt(&answer), "{answer:?}");
            assert_eq!(one(&bench.direct, "/otlp/nodes/n").await.unwrap().value, b"{}");
            for _ in 0..300 {
                tokio::time::sleep(Duration::from_millis(50)).await;
                if one(&bench.direct, "/otlp/nodes/n").await.unwrap().value == b"\"late\"" {
                    break;
                }
            }
            assert_eq!(one(&bench.direct, "/otlp/nodes/n").await.unwrap().value, b"\"late\"", "it was applied");
        }
    });
}

/// The same deletion, made by somebody else while our fence was down, is not ours.
#[test]
fn what_somebody_else_deleted_was_not_deleted_by_us() {
    run(async {
        let bench = Bench::new().await;
        let fence = put(&bench.direct, "/otlp/rebalance/lock", "ours").await;
        let journal = put(&bench.direct, "/otlp/migrations/p", "{}").await;
        let mod_is = |key: &str, is| Compare::ModRevision { key: key.to_owned(), is };
        let finish = Transaction {
            compares: vec![mod_is("/otlp/rebalance/lock", fence), mod_is("/otlp/migrations/p", journal)],
            ops: vec![Op::Delete { key: "/otlp/migrations/p".to_owned() }],
        };
        for (fault, overtaken) in [(Fault::LostReply, false), (Fault::LostRequest, true)] {
            let store = EtcdStore::connect(bench.through_the_relay()).await.unwrap();
            let mut transaction = finish.clone();
            if overtaken {
                let journal = put(&bench.direct, "/otlp/migrations/p", "{}").await;
                store.revision().await.unwrap();
                transaction.compares[1] = mod_is("/otlp/migrations/p", journal);
                put(&bench.direct, "/otlp/rebalance/lock", "theirs").await;
                let ops = transaction.ops.clone();
                let _ = bench.direct.commit(Transaction { compares: vec![], ops }).await.unwrap();
            }
            bench.relay.plan(Some(Plan { path_end: "/Txn", number: 1, fault }));
            let answer = store.commit(transaction).await;
            assert!(bench.relay.hit());
            bench.relay.plan(None);
            let expected = matches!(
                (&answer, overtaken),
                (Ok(Outcome::Committed { .. }), false) | (Ok(Outcome::Conflict { .. }), true)
            );
            assert!(expected, "{fault:?}: {answer:?}");
        }
    });
}

/// What one visit to the store does, call by call; stops at the first error.
async fn visit(bench: &Bench, round: usize) -> Result<Vec<Revision>, StoreError> {
    let store = EtcdStore::connect(bench.through_the_relay()).await?;
    let mut committed = Vec::new();
    let mut commit = |outcome| match outcome {
        Outcome::Committed { revision } => committed.push(revision),
        other @ Outcome::Conflict { .. } => panic!("{other:?}"),
    };
    let key = format!("/otlp/visits/{round:06}");
    let read = store.read(&[KeyRange::single(&key), KeyRange::prefix("/otlp/nodes/")], None).await?.revision;
    commit(store.commit(edit(&key, Revision::NONE, "1", &format!("{round:013}-c"))).await?);
    let mut watch = store.watch(&KeyRange::single(&key), Revision(read.0 + 1)).await?;
    let seen = watch.next(Duration::from_secs(8)).await?.expect("the change");
    assert_eq!(seen.changes.len(), 1);
    let lease = store.grant_lease(Duration::from_secs(60)).await?;
    let held = Op::Put { key: format!("{key}/held"), value: b"1".to_vec(), lease: Some(lease) };
    commit(store.commit(Transaction { compares: vec![], ops: vec![held] }).await?);
    store.keep_alive(lease).await?;
    let mut all = 0;
    store
        .scan(&KeyRange::prefix("/otlp/visits/"), None, &mut |_| {
            all += 1;
            std::ops::ControlFlow::Continue(())
        })
        .await?;
    assert!(all > 1);
    assert_eq!(store.history(&key, 9).await?.len(), 1);
    store.revoke_lease(lease).await?;
    assert!(one(&bench.direct, &format!("{key}/held")).await.is_none());
    store.compact(read).await?;
    Ok(committed)
}

#[test]
fn every_call_survives_the_loss_of_its_request_or_its_reply() {
    run(async {
        let bench = Bench::new().await;
        bench.relay.plan(None);
        visit(&bench, 0).await.unwrap();
        let calls = bench.relay.paths().len();
        assert!(calls >= 12, "{:?}", bench.relay.paths());
        let (mut round, mut hits, mut doubts) = (0, 0, 0);
        for _ in 0..rounds(1, 12) {
            for fault in [Fault::LostRequest, Fault::LostReply, Fault::LateRequest(Duration::from_millis(150))] {
                for number in 1..=calls {
                    round += 1;
                    bench.relay.plan(Some(Plan { path_end: "", number, fault }));
                    let answer = visit(&bench, round).await;
                    assert!(bench.relay.hit(), "{fault:?} of call {number} did not hit");
                    hits += 1;
                    bench.relay.plan(None);
                    match answer {
                        Ok(committed) => assert_eq!(committed.len(), 2),
                        Err(StoreError::Unreachable { applied_unknown: true, .. }) => {
                            assert_eq!(fault, Fault::LostRequest, "call {number} was answered or applied");
                            doubts += 1;
                        }
                        Err(other) => panic!("{fault:?} of call {number}: {other}"),
                    }
                }
            }
        }
        println!("{hits} faults, {doubts} writes in doubt");
        // Two commits and the compaction and revocation are writes; all other calls are asked again.
        assert!(doubts * 10 <= hits, "{doubts} of {hits}");
    });
}
