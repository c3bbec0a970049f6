//! No bytes in a node's directories make a query fall over.

use std::fs;

use proptest::prelude::*;

use crate::world::{HOUR, NODES, SECOND, World, log, logs, span, spans, time_text, trace_id};

/// How bytes are changed.
#[derive(Clone, Debug)]
enum Change {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Replace(Vec<u8>),
    Insert(prop::sample::Index, Vec<u8>),
}

fn change() -> impl Strategy<Value = Change> {
    let bytes = prop::collection::vec(any::<u8>(), 0..40);
    let index = any::<prop::sample::Index>;
    prop_oneof![
        (index(), 1_u8..).prop_map(|(at, flip)| Change::Flip(at, flip)),
        index().prop_map(Change::Cut),
        bytes.clone().prop_map(Change::Replace),
        prop::sample::select(vec!["{}", "[]", "null", "{\"bytes\":1,\"crc32c\":1}", "{\"frames\":[]}", "\u{feff}{"])
            .prop_map(|text| Change::Replace(text.as_bytes().to_vec())),
        (index(), bytes).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        (index(), "[0-9]{1,25}").prop_map(|(at, digits)| Change::Insert(at, digits.into_bytes())),
    ]
}

fn changed(mut bytes: Vec<u8>, change: &Change) -> Vec<u8> {
    match change {
        Change::Flip(at, flip) if !bytes.is_empty() => {
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
        }
        Change::Flip(..) => {}
        Change::Cut(at) => bytes.truncate(at.index(bytes.len() + 1)),
        Change::Replace(new) => bytes.clone_from(new),
        Change::Insert(at, new) => {
            let at = at.index(bytes.len() + 1);
            bytes.splice(at..at, new.iter().copied());
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_end_in_an_answer_or_one_error(
        changes in prop::collection::vec((change(), any::<prop::sample::Index>(), any::<bool>()), 1..5),
    ) {
        let mut world = World::new();
        let input: String = (0..30).map(|n| spans("s", &[span(n, 1, HOUR + n * SECOND, "x", n)])).collect();
        let written = world.write(input.as_bytes());
        let lines: String = (0..5).map(|n| logs("l", &[log(HOUR, 9, "x", 100 + n)])).collect();
        world.place(written[0].0, "0001.jsonl", lines.as_bytes());
        world.save();
        let mut files: Vec<_> = written.iter().flat_map(|(id, name)| [(*id, name.clone()), (*id, format!("{name}.sidecar.json"))]).collect();
        files.push((written[0].0, "0001.jsonl".to_owned()));
        for (change, file, everywhere) in &changes {
            let (id, name) = &files[file.index(files.len())];
            for node in NODES.iter().take(if *everywhere { 3 } else { 1 }) {
                let path = world.copy(node, *id).join(name);
                fs::write(&path, changed(fs::read(&path).unwrap(), change)).unwrap();
            }
        }
        for words in [
            format!("--from {} --for 1h --encoding jsonl", time_text(HOUR)),
            format!("--from {} --for 1h -o json --near n1", time_text(HOUR)),
            format!("--trace-id {} --time {} --explain -o json --near n1", trace_id(3), time_text(HOUR)),
            "--last 1000h --signal logs --severity 1 --attribute uid=100 --count".to_owned(),
        ] {
            let done = world.query(&words);
            prop_assert!([0, 1, 5, 7].contains(&done.code), "{}: {:?}", words, done);
            prop_assert!(done.code == 0 || done.err.contains("error: ") || done.err.contains("\"kind\":"), "{}: {:?}", words, done);
            prop_assert!(!done.err.contains("panicked"), "{}: {:?}", words, done);
        }
    }
}
