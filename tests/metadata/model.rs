//! Random play on both backends and on a model so simple that it cannot be wrong; every revision is compared.

use std::collections::BTreeMap;

use otlp_part::model::Revision;
use otlp_part::ports::metadata::{Compare, Entry, KeyRange, Op, Outcome, Transaction};
use otlp_part::ports::{MetadataRead, MetadataWatch, MetadataWrite, StoreError};
use proptest::prelude::*;

use super::metadata::{Memory, Sqlite, one, run, scanned};

/// All keys at every revision.
struct Model {
    oldest: usize,
    worlds: Vec<BTreeMap<String, Entry>>,
}

#[derive(Clone, Debug)]
enum Step {
    Commit { compares: Vec<(u8, Guess)>, ops: Vec<(u8, Option<Vec<u8>>)> },
    Compact { share: f64 },
}

/// What is expected of a key.
#[derive(Clone, Copy, Debug)]
enum Guess {
    Right,
    Absent,
    At(u64),
    CreatedAt(u64),
}

fn key(number: u8) -> String {
    format!("/check/{}", ["a", "a/", "a.b", "ab", "b", "é"][usize::from(number) % 6])
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let guess = prop_oneof![
        6 => Just(Guess::Right),
        1 => Just(Guess::Absent),
        1 => (0..20_u64).prop_map(Guess::At),
        1 => (0..20_u64).prop_map(Guess::CreatedAt),
    ];
    let compares = prop::collection::vec((0..6_u8, guess), 0..3);
    let ops = prop::collection::btree_map(
        0..6_u8,
        prop::option::weighted(0.7, prop::collection::vec(any::<u8>(), 0..9)),
        0..4,
    );
    let commit = (compares, ops).prop_map(|(compares, ops)| Step::Commit { compares, ops: ops.into_iter().collect() });
    let compact = (0.0..1.0).prop_map(|share| Step::Compact { share });
    prop::collection::vec(prop_oneof![12 => commit, 1 => compact], 1..25)
}

impl Model {
    fn newest(&self) -> usize {
        self.worlds.len() - 1
    }

    fn now(&self) -> &BTreeMap<String, Entry> {
        &self.worlds[self.newest()]
    }

    fn compare(&self, number: u8, guess: Guess) -> (Compare, bool) {
        let key = key(number);
        let (created, changed) = self.now().get(&key).map_or((0, 0), |e| (e.create_revision.0, e.mod_revision.0));
        let mod_is = |key, is| Compare::ModRevision { key, is: Revision(is) };
        match guess {
            Guess::Right => (mod_is(key, changed), true),
            Guess::Absent => (Compare::absent(key), changed == 0),
            Guess::At(is) => (mod_is(key, is), changed == is),
            Guess::CreatedAt(is) => (Compare::CreateRevision { key, is: Revision(is) }, created == is),
        }
    }

    fn apply(&mut self, ops: &[(u8, Option<Vec<u8>>)]) {
        let revision = Revision(self.worlds.len() as u64);
        let (mut world, mut changed) = (self.now().clone(), false);
        for (number, value) in ops {
            let key = key(*number);
            let before = world.remove(&key);
            changed |= before.is_some() || value.is_some();
            if let Some(value) = value {
                let create_revision = before.as_ref().map_or(revision, |e| e.create_revision);
                let version = before.as_ref().map_or(1, |e| e.version + 1);
                let value = value.clone();
                let entry =
                    Entry { key: key.clone(), value, create_revision, mod_revision: revision, version, lease: None };
                world.insert(key, entry);
            }
        }
        if changed {
            self.worlds.push(world);
        }
    }

    /// The states of a key, newest first, as far as they are kept.
    fn history(&self, key: &str) -> Vec<(usize, Option<Entry>)> {
        let mut states: Vec<(usize, Option<Entry>)> = Vec::new();
        for at in self.oldest..self.worlds.len() {
            let entry = self.worlds[at].get(key).cloned();
            let known = states.last().and_then(|(_, entry)| entry.clone());
            if entry != known {
                let revision = entry.as_ref().map_or(at, |entry| entry.mod_revision.0 as usize);
                states.push((revision, entry));
            }
        }
        states.reverse();
        states
    }
}

async fn play<S: MetadataWrite>(store: &S, steps: &[Step]) -> Result<(), TestCaseError> {
    let mut model = Model { oldest: 1, worlds: vec![BTreeMap::new(); 2] };
    for step in steps {
        match step {
            Step::Commit { compares, ops } => {
                let (compares, hold): (Vec<_>, Vec<_>) =
                    compares.iter().map(|&(k, guess)| model.compare(k, guess)).unzip();
                let found = compares.iter().map(|compare| model.now().get(compare.key()).cloned()).collect();
                let op = |(k, value): &(u8, Option<Vec<u8>>)| match value {
                    Some(value) => Op::put(key(*k), value.clone()),
                    None => Op::Delete { key: key(*k) },
                };
                let transaction = Transaction { compares, ops: ops.iter().map(op).collect() };
                let outcome = store.commit(transaction).await.unwrap();
                let all_hold = hold.iter().all(|holds| *holds);
                if all_hold {
                    model.apply(ops);
                }
                let revision = Revision(model.newest() as u64);
                let expected =
                    if all_hold { Outcome::Committed { revision } } else { Outcome::Conflict { revision, found } };
                prop_assert_eq!(outcome, expected);
            }
            Step::Compact { share } => {
                let before = 1 + (share * model.newest() as f64) as usize;
                store.compact(Revision(before as u64)).await.unwrap();
                model.oldest = model.oldest.max(before);
            }
        }
    }
    compare_all(store, &model).await
}

async fn compare_all<S: MetadataRead>(store: &S, model: &Model) -> Result<(), TestCaseError> {
    let range = KeyRange::prefix("/check/");
    let in_range = |world: &BTreeMap<String, Entry>| world.values().cloned().collect::<Vec<_>>();
    prop_assert_eq!(scanned(store, &range, None).await, in_range(model.now()));
    for at in 0..model.oldest {
        let answer = store.read(&[], Some(Revision(at as u64))).await;
        prop_assert!(matches!(answer, Err(StoreError::Compacted { .. })), "{at}: {answer:?}");
    }
    let mut watch = store.watch(&range, Revision(model.oldest as u64)).await.unwrap();
    for at in model.oldest..model.worlds.len() {
        let (revision, world) = (Revision(at as u64), &model.worlds[at]);
        prop_assert_eq!(scanned(store, &range, Some(revision)).await, in_range(world));
        for number in 0..6 {
            prop_assert_eq!(
                &one(store, &key(number), Some(revision)).await.unwrap(),
                &world.get(&key(number)).cloned()
            );
        }
        let changed = |k: &String| model.worlds[at - 1].get(k) != world.get(k);
        let mut keys: Vec<_> =
            model.worlds[at - 1].keys().chain(world.keys()).filter(|k| changed(k)).cloned().collect();
        keys.sort();
        keys.dedup();
        if !keys.is_empty() {
            let batch = watch.next(std::time::Duration::ZERO).await.unwrap().unwrap();
            let expected: Vec<_> = keys.into_iter().map(|k| (k.clone(), world.get(&k).cloned())).collect();
            prop_assert_eq!((batch.revision, batch.changes), (revision, expected));
        }
    }
    prop_assert_eq!(watch.next(std::time::Duration::ZERO).await.unwrap(), None);
    for number in 0..6 {
        let found = store.history(&key(number), usize::MAX).await.unwrap();
        let found: Vec<_> = found.into_iter().map(|change| (change.revision.0 as usize, change.entry)).collect();
        prop_assert_eq!(found, model.history(&key(number)));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn memory_is_as_the_model(steps in steps()) {
        run(play(&Memory::stage().store, &steps))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sqlite_is_as_the_model(steps in steps()) {
        let stage = Sqlite::stage();
        run(play(&stage.store, &steps))?;
        stage.store.verify().unwrap();
    }
}
