//! The same content gives the same units, in whatever encoding and framing it comes.

use proptest::prelude::*;

use super::oracle::{Twin, any_request};
use super::*;
use crate::otlp::Counts;

/// Units and counts without what depends on the encoding.
fn essence(outcome: &Outcome) -> (Vec<OwnedUnit>, Counts, u64) {
    let units = outcome.units.iter().map(|unit| OwnedUnit { bytes: 0, ..unit.clone() }).collect();
    (units, outcome.totals.counts, outcome.totals.bad)
}

/// Every way in which these requests may come.
fn inputs(twins: &[Twin]) -> Vec<(&'static str, Vec<u8>)> {
    let lines: Vec<String> = twins.iter().map(|twin| twin.json.to_string()).collect();
    let pretty: Vec<String> = twins.iter().map(|twin| serde_json::to_string_pretty(&twin.json).unwrap()).collect();
    let jsons: Vec<&[u8]> = lines.iter().map(String::as_bytes).collect();
    let protobufs: Vec<&[u8]> = twins.iter().map(|twin| twin.protobuf.as_slice()).collect();
    let text = lines.join("\n").into_bytes();
    let framed = frames(&protobufs);
    let halves = text.split_at(text.len() / 2);
    let skippable = b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec();
    vec![
        ("lines", text.clone()),
        ("concatenated", lines.concat().into_bytes()),
        ("pretty", pretty.join("\n").into_bytes()),
        ("array", format!("[{}]", lines.join(",")).into_bytes()),
        ("pretty array", format!("[\n{}\n]\n", pretty.join(",\n")).into_bytes()),
        ("gzip lines", gzip(&text)),
        ("gzip members", [gzip(halves.0), gzip(halves.1)].concat()),
        ("zstd frames", [zstd(halves.0), skippable.clone(), zstd(halves.1)].concat()),
        ("skippable frame first", [skippable, zstd(&text)].concat()),
        ("framed protobuf", framed.clone()),
        ("framed JSON", frames(&jsons)),
        ("framed zstd protobuf", frames(protobufs.iter().map(|message| zstd(message)))),
        ("framed zstd JSON", frames(jsons.iter().map(|message| zstd(message)))),
        ("framed gzip protobuf", frames(protobufs.iter().map(|message| gzip(message)))),
        ("framed, zstd as a whole", zstd(&framed)),
        ("framed, gzip as a whole", gzip(&framed)),
    ]
}

fn is_damaged_stream(outcome: &Outcome) -> bool {
    outcome.error.as_ref().is_some_and(|error| error.contains("stream is cut or damaged"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 4))]

    #[test]
    fn every_encoding_and_framing_gives_the_same(twins in prop::collection::vec(any_request(), 1..4)) {
        let inputs = inputs(&twins);
        let expected = essence(&read(&inputs[0].1));
        prop_assert_eq!((expected.1.requests, expected.2), (twins.len() as u64, 0));
        for (name, input) in inputs {
            let outcome = read(&input);
            prop_assert_eq!(&outcome.error, &None, "{}", name);
            prop_assert_eq!(&essence(&outcome), &expected, "{}", name);
        }
    }

    #[test]
    fn one_bare_message_gives_the_same(twin in any_request()) {
        let expected = essence(&read(twin.json.to_string()));
        prop_assert_eq!(&essence(&read(&twin.protobuf)), &expected);
        prop_assert_eq!(&essence(&read(gzip(&twin.protobuf))), &expected);
        prop_assert_eq!(&essence(&read(zstd(&twin.protobuf))), &expected);
    }

    #[test]
    fn the_size_of_reads_makes_no_difference(
        twins in prop::collection::vec(any_request(), 1..3),
        sizes in prop::collection::vec(1_usize..40, 1..4),
        damage in prop::option::of((any::<prop::sample::Index>(), any::<u8>())),
    ) {
        for (name, mut input) in inputs(&twins) {
            if let Some((at, byte)) = &damage {
                let at = at.index(input.len());
                input[at] = *byte;
            }
            let mut whole = read(&input);
            let mut pieces = read_with(Pieces { bytes: &input, sizes: &sizes, turn: 0 }, Options::default());
            if whole.error.is_some() {
                // How far ahead it had read when it stopped.
                (whole.totals.bytes_read, pieces.totals.bytes_read) = (0, 0);
            }
            if is_damaged_stream(&whole) {
                // When a decompressor notices damage, and what it calls it, depends on the pieces that it is fed.
                prop_assert!(is_damaged_stream(&pieces), "{}", name);
                continue;
            }
            prop_assert_eq!(whole, pieces, "{}", name);
        }
    }
}
