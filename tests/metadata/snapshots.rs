//! The snapshot: what any store exports reads back equal.

use std::ops::ControlFlow;

use otlp_part::metadata::snapshot::{self, SnapshotHeader, SnapshotStore, SnapshotWriter};
use otlp_part::model::{Revision, Timestamp};
use otlp_part::ports::metadata::{Entry, KeyRange, Op, VALUE_BYTES_MAX};
use otlp_part::ports::{MetadataRead, MetadataWrite, StoreError};
use proptest::prelude::*;

use super::metadata::{Memory, Sqlite, Stage, entry, run, scanned};

fn header(revision: Revision) -> SnapshotHeader {
    let exported_at = Timestamp::from_seconds(1_762_353_824);
    SnapshotHeader { prefix: "/check".into(), revision, exported_at, source: "file:/a \"b\".db".into() }
}

fn parse(text: &[u8]) -> Result<SnapshotStore, StoreError> {
    SnapshotStore::parse("snapshot:test".into(), text)
}

/// Deep, spaced, broken, empty, binary, large.
fn awkward_values() -> Vec<Vec<u8>> {
    let deep = |n: usize| [vec![b'['; n], vec![b']'; n]].concat();
    let texts = [
        "",
        " ",
        "1",
        " 1",
        "1 ",
        "1\n",
        "{\"a\": 1, \"b\":\t[1.50,2e1]}",
        "{\n}",
        "{}\r",
        "nul",
        "\"\u{2028}é\\ud83d\"",
        "[1",
        "{\"a\":1,\"a\":2}",
        "1 2",
        "\"[[[{{{\"",
    ];
    let mut values: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    values.extend((120..132).map(deep));
    values.extend([vec![0xff, 0], b"\"\xff\"".to_vec(), vec![b' '; VALUE_BYTES_MAX]]);
    values
}

async fn export<S: MetadataWrite>(stage: &Stage<S>) -> Vec<u8> {
    let revision = stage.store.revision().await.unwrap();
    let mut writer = SnapshotWriter::new(Vec::new(), &header(revision)).unwrap();
    let visit = &mut |entry: &Entry| {
        writer.entry(entry).unwrap();
        ControlFlow::Continue(())
    };
    stage.store.scan(&stage.all(), None, visit).await.unwrap();
    writer.finish().unwrap()
}

async fn an_export_reads_as_its_store<S: MetadataWrite>(stage: Stage<S>) -> Vec<u8> {
    for (i, value) in awkward_values().into_iter().enumerate() {
        stage.apply(vec![Op::put(stage.key(&format!("{i:03}\"\n")), value)]).await;
    }
    stage.put("twice", "1").await;
    let at = stage.put("twice", "2").await;
    let text = export(&stage).await;
    let snapshot = parse(&text).unwrap();
    assert_eq!(snapshot.header(), &header(at));
    let ranges = [stage.all(), KeyRange::single(&stage.key("twice")), KeyRange::new("b".into(), "a".into())];
    for at in [None, Some(at)] {
        assert!(snapshot.read(&ranges, at).await.unwrap() == stage.store.read(&ranges, at).await.unwrap());
    }
    assert!(scanned(&snapshot, &stage.all(), None).await == scanned(&stage.store, &stage.all(), None).await);
    let past = snapshot.read(&[], Some(Revision(at.0 - 1))).await;
    assert!(matches!(past, Err(StoreError::Compacted { .. })), "{past:?}");
    assert!(matches!(snapshot.read(&[], Some(Revision(at.0 + 1))).await, Err(StoreError::FutureRevision { .. })));
    assert!(matches!(snapshot.watch(&stage.all(), at).await, Err(StoreError::Unsupported { .. })));
    let history = snapshot.history(&stage.key("twice"), 5).await.unwrap();
    assert_eq!((history.len(), history[0].revision), (1, at));
    let made_at = header(at).exported_at;
    assert_eq!(snapshot.revision_at(made_at).await.unwrap().revision, at);
    assert!(matches!(snapshot.revision_at(made_at.plus_nanos(-1)).await, Err(StoreError::BeforeHistory { .. })));
    let mut again = Vec::new();
    snapshot::write(&mut again, snapshot.header(), snapshot.entries()).unwrap();
    assert!(text == again, "equal content, equal bytes");
    text
}

#[test]
fn exports_of_both_backends_read_as_their_stores_and_are_equal() {
    let memory = run(an_export_reads_as_its_store(Memory::stage()));
    assert!(memory == run(an_export_reads_as_its_store(Sqlite::stage())));
}

const EXAMPLE: &str = r#"{"new":[1],"schema":"otlp-part/snapshot/v1","prefix":"/check","revision":7,"exported_at":"2025-11-05T14:43:44Z","source":"x","entries":[
{"key":"/check/b","create_revision":2,"mod_revision":7,"version":2,"value":{"a": 1},"new":{}},
{"key":"/check/a","create_revision":2,"mod_revision":3,"version":2,"value_base64":"AP8="}
],"later":null}"#;

#[test]
fn unknown_fields_are_passed_over_and_entries_sorted() {
    let snapshot = parse(EXAMPLE.as_bytes()).unwrap();
    let values: Vec<_> = snapshot.entries().iter().map(|entry| (entry.key.as_str(), entry.value.as_slice())).collect();
    assert_eq!(values, [("/check/a", &b"\0\xff"[..]), ("/check/b", br#"{"a": 1}"#)]);
}

#[test]
fn what_is_no_snapshot_is_refused_with_a_reason() {
    for (from, to, reason) in [
        ("snapshot/v1", "other/v1", "schema"),
        ("\"schema\"", "\"scheme\"", "\"schema\" is missing"),
        ("/check/a", "/check/b", "twice"),
        ("/check/a", "/checked/a", "prefix"),
        ("\"/check\",", "\"\",", "prefix"),
        ("\"mod_revision\":7", "\"mod_revision\":8", "revisions"),
        ("\"version\":2", "\"version\":-2", "version"),
        ("\"value_base64\":\"AP8=\"", "\"value_base64\":\"AP8\"", "base64"),
        ("\"value\":{\"a\": 1},", "", "value"),
        ("2025-11-05T", "2025-11-05", "exported_at"),
        ("\"revision\":7", "\"revision\":7,\"revision\":7", "twice"),
        (",\"later\":null}", "", "JSON"),
        ("{\"new\":[1],", "[", "JSON"),
    ] {
        assert!(EXAMPLE.contains(from), "{from}");
        match parse(EXAMPLE.replace(from, to).as_bytes()) {
            Err(StoreError::NotAStore { reason: given, .. }) => {
                assert!(given.contains(reason), "{given}, not {reason}")
            }
            other => panic!("{from} -> {to}: {other:?}"),
        }
    }
    let newer = parse(EXAMPLE.replace("/v1", "/v2").replace("entries", "items").as_bytes());
    assert!(matches!(newer, Err(StoreError::NewerSchema { found: 2, known: 1, .. })), "{newer:?}");
    for other in [&b""[..], b"{}", b"[]", b"null", b"\xff", b"SQLite format 3\0"] {
        assert!(matches!(parse(other), Err(StoreError::NotAStore { .. })));
    }
    for cut in 0..EXAMPLE.len() {
        assert!(parse(&EXAMPLE.as_bytes()[..cut]).is_err(), "cut at {cut}");
    }
}

proptest! {
    #[test]
    fn any_value_survives(values in prop::collection::vec(prop_oneof![
        prop::collection::vec(any::<u8>(), 0..40),
        "[ \\[\\]{}\",:0-9a\\\\\n]{0,12}".prop_map(String::into_bytes),
    ], 1..5)) {
        let entries: Vec<_> = values.iter().enumerate().map(|(i, v)| entry(&format!("/check/{i}"), v)).collect();
        let mut text = Vec::new();
        snapshot::write(&mut text, &header(Revision(1)), &entries).unwrap();
        let snapshot = parse(&text).unwrap();
        prop_assert_eq!(snapshot.entries(), &entries[..]);
        prop_assert!(serde_json::from_slice::<serde::de::IgnoredAny>(&text).is_ok());
    }
}
