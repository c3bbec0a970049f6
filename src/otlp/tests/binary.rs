//! Protobuf messages, length prefixes and compression.

use super::*;
use crate::model::Signal;
use crate::otlp::Encoding;

/// A field of the kind bytes.
fn field(number: u8, content: &[u8]) -> Vec<u8> {
    assert!(content.len() < 128);
    [&[number << 3 | 2, content.len() as u8], content].concat()
}

/// A request that holds this record.
fn request(record: &[u8]) -> Vec<u8> {
    field(1, &field(2, &field(2, record)))
}

fn fixed64(number: u8, value: u64) -> Vec<u8> {
    [&[number << 3 | 1][..], &value.to_le_bytes()].concat()
}

fn span() -> Vec<u8> {
    [field(1, &[7; 16]), fixed64(7, 5)].concat()
}

#[test]
fn the_records_tell_the_signal() {
    let counts = |record: &[u8]| {
        let counts = read(request(record)).totals.counts;
        (counts.spans, counts.metrics, counts.logs, counts.unrecognised)
    };
    assert_eq!(counts(&span()), (1, 0, 0, 0));
    assert_eq!(counts(&[field(1, &[7; 16]), field(2, &[7; 8])].concat()), (1, 0, 0, 0));
    assert_eq!(counts(&field(1, b"cpu")), (0, 1, 0, 0));
    assert_eq!(counts(&[field(1, b"http.server.time"), field(2, b"duration")].concat()), (0, 1, 0, 0));
    assert_eq!(counts(&[field(1, b"cpu"), field(7, b"")].concat()), (0, 1, 0, 0));
    assert_eq!(counts(&fixed64(11, 5)), (0, 0, 1, 0));
    assert_eq!(counts(&field(5, &field(1, b"text"))), (0, 0, 1, 0));
    assert_eq!(counts(&[0x30, 1]), (0, 0, 0, 1));
}

#[test]
fn a_hint_overrides_what_the_records_tell() {
    let options = Options { signal: Some(Signal::Logs), ..Options::default() };
    let outcome = read_with(&request(&field(6, b""))[..], options);
    assert_eq!((outcome.totals.counts.logs, outcome.totals.counts.without_time), (1, 1));
}

#[test]
fn profiles_are_refused_by_name() {
    for message in [request(&fixed64(3, 5)), field(2, &field(1, b""))] {
        let error = read(&message).error.unwrap();
        assert!(error.starts_with("message 1: these are OTLP profiles"), "{error}");
        let error = read(frames([request(&span()), message])).error.unwrap();
        assert!(error.starts_with("message 2: these are OTLP profiles"), "{error}");
    }
}

#[test]
fn a_bad_message_costs_itself_only() {
    let mut bad = request(&span());
    *bad.last_mut().unwrap() = 0;
    bad[1] -= 1;
    let outcome = read(frames([request(&span()), bad.clone(), request(&span())]));
    assert_eq!((outcome.units.len(), outcome.totals.bad), (2, 1));
    assert!(
        outcome.problems()[0].starts_with("message 2: not valid OTLP protobuf at byte "),
        "{:?}",
        outcome.problems()
    );
    let error = read(&bad).error.unwrap();
    assert!(error.starts_with("not OTLP: message 1: not valid OTLP protobuf at byte "), "{error}");
}

#[test]
fn cut_messages_are_bad() {
    let whole = frames([request(&span()), request(&span())]);
    let first = whole.len() / 2;
    for cut in first + 1..whole.len() {
        let outcome = read(&whole[..cut]);
        assert_eq!((outcome.units.len(), outcome.totals.bad), (1, 1), "cut at {cut}");
        let found = cut - first;
        let expected = if found < 4 { 4 } else { first };
        assert_eq!(outcome.problems(), [format!("message 2: it is cut: {found} of {expected} bytes are there")]);
    }
}

#[test]
fn empty_messages_are_empty_requests() {
    let outcome = read(frames([vec![], request(&span()), vec![]]));
    assert_eq!((outcome.totals.counts.requests, outcome.units.len(), outcome.totals.bad), (3, 1, 0));
    // Nothing but zeros is no such thing.
    assert!(read([0; 400]).error.unwrap().starts_with("not OTLP"));
}

#[test]
fn a_broken_message_compression_costs_that_message_only() {
    let good = zstd(&request(&span()));
    let mut bad = good.clone();
    bad.truncate(good.len() - 2);
    let outcome = read(frames([&good, &bad, &good]));
    assert_eq!((outcome.units.len(), outcome.totals.bad), (2, 1));
    assert!(outcome.problems()[0].starts_with("message 2: its compression is broken: "), "{:?}", outcome.problems());
}

#[test]
fn bombs_are_stopped_at_the_limit() {
    let options = Options { message_bytes_max: 1 << 20, ..Options::default() };
    let bomb = vec![b' '; 64 << 20];
    for packed in [zstd(&bomb), gzip(&bomb)] {
        let outcome = read_with(&frames([&packed])[..], options);
        let error = "message 1: larger than the limit of 1048576 bytes for one message";
        assert_eq!(outcome.error.as_deref(), Some(error));
    }
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(64 << 20));
    for packed in [zstd(long.as_bytes()), gzip(long.as_bytes())] {
        let outcome = read_with(&packed[..], options);
        assert_eq!(outcome.error.as_deref(), Some("line 1: larger than the limit of 1048576 bytes for one message"));
    }
}

#[test]
fn a_length_beyond_the_limit_is_an_error() {
    let input = [frames([request(&span())]), vec![0xff; 8]].concat();
    let outcome = read(input);
    assert_eq!(outcome.units.len(), 1);
    assert_eq!(outcome.error.as_deref(), Some("message 2: larger than the limit of 268435456 bytes for one message"));
}

#[test]
fn cut_compressed_streams_give_what_was_whole_and_an_error() {
    // Lines that do not compress to nothing, so that the stream has several blocks.
    let line = |number: u64| span_line(&format!("{:032x}", u128::from(number + 1).wrapping_pow(9)), "7");
    let text: String = (0..9000).map(|number| line(number) + "\n").collect();
    for (packed, name) in [(gzip(text.as_bytes()), "gzip"), (zstd(text.as_bytes()), "zstd")] {
        let outcome = read(&packed[..packed.len() - 9]);
        assert!(outcome.totals.counts.requests > 1000, "{name}: {}", outcome.totals.counts.requests);
        let error = outcome.error.unwrap();
        assert!(error.starts_with(&format!("the {name} stream is cut or damaged: ")), "{error}");
    }
}

#[test]
fn compressing_twice_is_refused() {
    let twice = gzip(&zstd(&request(&span())));
    assert_eq!(read(twice).error.as_deref(), Some("not OTLP: it is compressed twice"));
}

#[test]
fn deep_values_are_refused() {
    let mut value = field(1, b"x");
    // Each level is an array (5) of values (1); lengths above 127 take more bytes, so it stays below.
    while value.len() < 110 {
        value = field(5, &field(1, &value));
    }
    let record = [fixed64(1, 5), field(5, &value)].concat();
    let long = |number: u8, content: &[u8]| {
        let length = content.len() as u64;
        let mut out = vec![number << 3 | 2];
        prost::encoding::encode_varint(length, &mut out);
        out.extend_from_slice(content);
        out
    };
    assert_eq!(read(long(1, &long(2, &long(2, &record)))).units.len(), 1);
    let mut deep = field(1, b"x");
    for _ in 0..100_000 {
        deep = long(5, &long(1, &deep));
        if deep.len() > 3000 {
            break;
        }
    }
    let record = [fixed64(1, 5), long(5, &deep)].concat();
    let error = read(long(1, &long(2, &long(2, &record)))).error.unwrap();
    assert!(error.ends_with("nested too deep"), "{error}");
}

/// Found by the receiver's tests: what a sender names as protobuf may begin with a field that nobody knows, which no first bytes
/// tell; where the encoding is known it is read all the same.
#[test]
fn a_known_encoding_needs_no_telling_bytes() {
    // A field 4 in the resource's entry, before anything else; and a field 5 that looks like zstd's magic.
    for message in [&[0x0a, 0x02, 0x22, 0x00][..], &[0x28, 0xb5, 0x2f, 0xfd, 0x01, 0, 0, 0, 0]] {
        let mut frame = (message.len() as u32).to_be_bytes().to_vec();
        frame.extend_from_slice(message);
        let known = Options { signal: Some(Signal::Logs), encoding: Some(Encoding::Protobuf), ..Options::default() };
        let mut reader = Reader::open(frame.as_slice(), known).unwrap();
        assert_eq!(reader.next_batch().unwrap().unwrap().counts().requests, 1, "{message:x?}");
        assert!(reader.next_batch().unwrap().is_none());
        let mut guessing = Reader::open(frame.as_slice(), Options::default()).unwrap();
        assert!(guessing.next_batch().is_err(), "{message:x?}");
    }
}
