//! Three members, of which one is killed or frozen, or the leader changed, while others list, watch and edit.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use otlp_part::metadata::{EtcdConfig, EtcdStore};
use otlp_part::model::Revision;
use otlp_part::ports::metadata::{Entry, KeyRange, Outcome};
use otlp_part::ports::{MetadataRead, MetadataWatch, MetadataWrite, StoreError};

use super::compaction::{fill, partitions};
use super::support_etcd::lab::{Lab, LabOptions};
use super::{edit, in_doubt, one, put, rounds, run};

const RECORDS: usize = 60 * 256;
const COUNTER: &str = "/otlp/nodes/counter";

#[derive(Default)]
struct Tally {
    stop: AtomicBool,
    edits: AtomicUsize,
    doubts: AtomicUsize,
    lists: AtomicUsize,
    batches: AtomicUsize,
}

impl Tally {
    fn goes_on(&self) -> bool {
        !self.stop.load(Ordering::Relaxed)
    }
}

fn add(counter: &AtomicUsize) {
    counter.fetch_add(1, Ordering::Relaxed);
}

/// Edits one key again and again; gives the values that were acknowledged, with their revisions.
async fn edits(config: EtcdConfig, tally: Arc<Tally>) -> Vec<(Revision, String)> {
    let store = EtcdStore::connect(config).await.unwrap();
    let mut acknowledged = Vec::new();
    let mut n = 0;
    while tally.goes_on() {
        n += 1;
        let Ok(answer) = store.read(&[KeyRange::single(COUNTER)], None).await else { continue };
        let read = answer.ranges[0].first().map_or(Revision::NONE, |entry| entry.mod_revision);
        let value = n.to_string();
        let answer = store.commit(edit(COUNTER, read, &value, &format!("{n:013}-m"))).await;
        match &answer {
            Ok(Outcome::Committed { revision }) => {
                add(&tally.edits);
                acknowledged.push((*revision, value));
            }
            // Only its own late writes can be in its way.
            Ok(Outcome::Conflict { .. }) => assert!(tally.doubts.load(Ordering::Relaxed) > 0, "{answer:?}"),
            Err(StoreError::Unreachable { .. }) => {
                if in_doubt(&answer) {
                    add(&tally.doubts);
                }
            }
            Err(other) => panic!("{other}"),
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    acknowledged
}

/// Lists everything again and again: whole, or not at all.
async fn lists(config: EtcdConfig, tally: Arc<Tally>) {
    let store = EtcdStore::connect(config).await.unwrap();
    while tally.goes_on() {
        let mut seen = 0;
        let visit = &mut |_: &Entry| {
            seen += 1;
            ControlFlow::Continue(())
        };
        match store.scan(&partitions(), None, visit).await {
            Ok(_) => {
                assert_eq!(seen, RECORDS, "a list that is not whole");
                add(&tally.lists);
            }
            Err(StoreError::Unreachable { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }
}

/// Watches the edited key; gives every revision seen with its value.
async fn watches(
    config: EtcdConfig,
    from: Revision,
    tally: Arc<Tally>,
    until: Arc<AtomicUsize>,
) -> Vec<(Revision, String)> {
    let store = EtcdStore::connect(config).await.unwrap();
    let mut watch = store.watch(&KeyRange::single(COUNTER), from).await.unwrap();
    let mut seen = Vec::new();
    loop {
        match watch.next(Duration::from_millis(300)).await {
            Ok(Some(batch)) => {
                add(&tally.batches);
                for (_, entry) in batch.changes {
                    seen.push((batch.revision, String::from_utf8(entry.unwrap().value).unwrap()));
                }
            }
            Ok(None) | Err(StoreError::Unreachable { .. }) => {}
            Err(other) => panic!("{other}"),
        }
        let last = until.load(Ordering::Relaxed) as u64;
        if last > 0 && seen.last().is_some_and(|(revision, _)| revision.0 >= last) {
            return seen;
        }
    }
}

/// What happens to a member in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Harm {
    Kill,
    Freeze,
    Lead,
}

/// Does `harms` one after the other and checks, when all is over, what was seen against what is there.
async fn play(harms: Vec<Harm>) {
    let mut lab = Lab::start(LabOptions { members: 3, ..LabOptions::default() }).await;
    let store = EtcdStore::connect(lab.config("/otlp")).await.unwrap();
    fill(&store).await;
    let start = put(&store, COUNTER, "0").await;
    let (tally, until) = (Arc::<Tally>::default(), Arc::<AtomicUsize>::default());
    let config = lab.config("/otlp");
    let editor = tokio::spawn(edits(config.clone(), tally.clone()));
    let lister = tokio::spawn(lists(config.clone(), tally.clone()));
    let watcher = tokio::spawn(watches(config, Revision(start.0 + 1), tally.clone(), until.clone()));
    let mut led = 0;
    for (round, harm) in harms.into_iter().enumerate() {
        let leader = lab.leader().await;
        // Every other round the leader itself.
        let victim = if round % 2 == 0 { leader } else { (leader + 1 + round / 2 % 2) % 3 };
        led += usize::from(victim == leader);
        let before = tally.edits.load(Ordering::Relaxed);
        match harm {
            Harm::Kill => lab.kill(victim),
            Harm::Freeze => lab.freeze(victim),
            Harm::Lead => assert_ne!(lab.move_leader().await, leader),
        }
        // Two members are enough: edits go on before the third is back.
        progress(&tally, before, &format!("round {round}: {harm:?}")).await;
        match harm {
            Harm::Kill => {
                lab.restart(victim);
                lab.wait_for(victim).await.unwrap();
            }
            Harm::Freeze => lab.thaw(victim),
            Harm::Lead => {}
        }
    }
    assert!(led > 0);
    tally.stop.store(true, Ordering::Relaxed);
    let acknowledged = editor.await.unwrap();
    lister.await.unwrap();
    let last = put(&store, COUNTER, "end").await;
    until.store(usize::try_from(last.0).unwrap(), Ordering::Relaxed);
    let seen = tokio::time::timeout(Duration::from_secs(30), watcher).await.expect("the watch got stuck").unwrap();
    check(&store, &acknowledged, &seen).await;
    assert!(tally.lists.load(Ordering::Relaxed) > 0 && !acknowledged.is_empty());
    println!(
        "{} edits, {} in doubt, {} lists, {} changes watched",
        acknowledged.len(),
        tally.doubts.load(Ordering::Relaxed),
        tally.lists.load(Ordering::Relaxed),
        seen.len()
    );
}

async fn progress(tally: &Tally, before: usize, what: &str) {
    for _ in 0..1_500 {
        if tally.edits.load(Ordering::Relaxed) >= before + 3 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{what}: nothing was written for 30 s");
}

/// The watch saw every change of the key once and in order, and every acknowledged edit is among them.
async fn check(store: &EtcdStore, acknowledged: &[(Revision, String)], seen: &[(Revision, String)]) {
    let history = store.history(COUNTER, usize::MAX).await.unwrap();
    let mut there: Vec<(Revision, String)> = history
        .into_iter()
        .map(|change| (change.revision, String::from_utf8(change.entry.unwrap().value).unwrap()))
        .collect();
    there.reverse();
    assert_eq!(seen, &there[1..], "a gap or a repeat");
    for edit in acknowledged {
        assert!(there.contains(edit), "an acknowledged edit is lost: {edit:?}");
    }
    // Nothing was written twice.
    let version = one(store, COUNTER).await.unwrap().version as usize;
    assert_eq!(version, there.len());
    let mut values: Vec<&String> = there.iter().map(|(_, value)| value).collect();
    values.sort();
    values.dedup();
    assert_eq!(values.len(), there.len(), "an edit was applied twice");
}

#[test]
fn a_member_is_killed() {
    run(play(vec![Harm::Kill; rounds(3, 100)]));
}

#[test]
fn a_member_is_frozen() {
    run(play(vec![Harm::Freeze; rounds(2, 50)]));
}

#[test]
fn the_leader_changes() {
    run(play(vec![Harm::Lead; rounds(4, 100)]));
}
