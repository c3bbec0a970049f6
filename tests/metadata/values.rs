//! Checks of keys and values of every kind.

use otlp_part::ports::MetadataWrite;
use otlp_part::ports::metadata::{KEY_BYTES_MAX, KeyRange, Op, VALUE_BYTES_MAX};

use super::{Stage, scanned};

pub async fn values_are_bytes<S: MetadataWrite>(stage: Stage<S>) {
    let all_bytes: Vec<u8> = (0..=255).collect();
    let largest: Vec<u8> =
        (0..stage.store.limits().value_bytes_max.min(VALUE_BYTES_MAX)).map(|i| (i % 251) as u8).collect();
    for value in [&b""[..], b"\0", b"\xff\xfe", b"{\"a\": 1}\n", &all_bytes, &largest] {
        stage.apply(vec![Op::put(stage.key("v"), value)]).await;
        assert!(stage.get("v").await.unwrap().value == value, "{} bytes", value.len());
    }
    let changes = stage.store.history(&stage.key("v"), 10).await.unwrap();
    assert_eq!(changes[5].entry.as_ref().unwrap().value, b"");
}

pub async fn odd_keys_are_keys<S: MetadataWrite>(stage: Stage<S>) {
    let longest = "k".repeat(KEY_BYTES_MAX - stage.prefix.len() - 1);
    let names =
        ["", " ", "'", "\"", "%", "\0", "a", "a\0", "a\0b", "a/", "A", "é", "e\u{301}", "\u{10ffff}", "\n", &longest];
    for (i, name) in names.iter().enumerate() {
        stage.put(name, &i.to_string()).await;
    }
    for (i, name) in names.iter().enumerate() {
        assert_eq!(stage.get(name).await.unwrap().value, i.to_string().into_bytes(), "{name:?}");
    }
    let mut sorted: Vec<_> = names.iter().map(|name| stage.key(name)).collect();
    sorted.sort();
    let found: Vec<_> = scanned(&stage.store, &stage.all(), None).await.into_iter().map(|entry| entry.key).collect();
    assert_eq!(found, sorted, "in the order of bytes");
    let one = stage.store.read(&[KeyRange::single(&stage.key("a"))], None).await.unwrap();
    assert_eq!(one.ranges[0].len(), 1);
}
