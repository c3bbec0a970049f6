//! Records that are put into new requests.

use proptest::prelude::*;
use prost::Message as _;

use super::oracle::{Twin, any_request};
use super::*;
use crate::otlp::{Encoding, RecordNo};

/// What a reading with its layout gave.
#[derive(Default)]
struct Regrouped {
    /// The new requests, each with the group that it was made for.
    requests: Vec<(usize, Vec<u8>)>,
    /// Sums of the records that are in a unit, and of their sums.
    records: u64,
    sum: u64,
    bytes: Vec<Vec<u8>>,
    encoding: Encoding,
}

/// Divides every request of an input into as many groups by the units' numbers.
fn regroup(input: &[u8], groups: usize) -> Regrouped {
    let mut out = Regrouped::default();
    let options = Options { layout: true, ..Options::default() };
    let mut reader = Reader::open(input, options).unwrap();
    while let Some(batch) = reader.next_batch().unwrap() {
        let layout = batch.layout();
        out.encoding = layout.encoding();
        let requests = layout.records().map(|record| layout.request(record)).max().map_or(0, |last| last + 1);
        for request in 0..requests {
            for group in 0..groups {
                let is_in = |record: &RecordNo| {
                    layout.request(*record) == request && layout.unit(*record).is_some_and(|u| u % groups == group)
                };
                let records: Vec<RecordNo> = layout.records().filter(is_in).collect();
                out.records += records.len() as u64;
                for &record in &records {
                    out.sum = out.sum.wrapping_add(layout.record_sum(record));
                    out.bytes.push(layout.record_bytes(record).to_vec());
                }
                if !records.is_empty() {
                    let mut text = Vec::new();
                    layout.write_request(&records, &mut text);
                    assert!(layout.encoding() == Encoding::Protobuf || !text.contains(&b'\n'), "it stays on its line");
                    out.requests.push((group, text));
                }
            }
        }
    }
    out.bytes.sort();
    out
}

/// The requests as an input in the framing of their encoding.
fn framed(requests: &[(usize, Vec<u8>)], encoding: Encoding) -> Vec<u8> {
    let texts = requests.iter().map(|(_, text)| text.as_slice());
    match encoding {
        Encoding::Json => texts.flat_map(|text| [text, b"\n"].concat()).collect(),
        Encoding::Protobuf => frames(texts),
    }
}

fn sorted(mut units: Vec<OwnedUnit>) -> Vec<OwnedUnit> {
    units.sort_by_key(|unit| format!("{unit:?}"));
    units
}

/// The encodings of some requests that keep their records' bytes.
fn inputs(twins: &[Twin]) -> [Vec<u8>; 3] {
    let lines: Vec<String> = twins.iter().map(|twin| twin.json.to_string()).collect();
    let pretty: Vec<String> = twins.iter().map(|twin| serde_json::to_string_pretty(&twin.json).unwrap()).collect();
    let protobufs: Vec<&[u8]> = twins.iter().map(|twin| twin.protobuf.as_slice()).collect();
    [lines.join("\n").into_bytes(), pretty.join("\r\n").into_bytes(), frames(protobufs)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases / 2))]

    /// Whatever the records are divided by, all of them come out, each with what stood around it.
    #[test]
    fn divided_requests_hold_what_there_was(twins in prop::collection::vec(any_request(), 1..4), groups in 1_usize..5) {
        for input in inputs(&twins) {
            let before = read(&input);
            let divided = regroup(&input, groups);
            if divided.requests.is_empty() {
                prop_assert!(before.units.is_empty());
                continue;
            }
            let text = framed(&divided.requests, divided.encoding);
            let after = read(&text);
            prop_assert_eq!(&after.error, &None);
            prop_assert_eq!(after.totals.bad, 0);
            prop_assert_eq!(sorted(after.units), sorted(before.units), "{}", String::from_utf8_lossy(&text));
            // Dividing again changes nothing that counts.
            let again = regroup(&text, groups + 1);
            prop_assert_eq!((again.records, again.sum), (divided.records, divided.sum));
            prop_assert_eq!(&again.bytes, &divided.bytes);
        }
    }

    /// One group of everything is the request itself, but for records and entries without any record.
    #[test]
    fn one_group_is_the_whole_request(twin in any_request()) {
        let divided = regroup(&frames([&twin.protobuf]), 1);
        let everything = read(&twin.protobuf);
        let counts = everything.totals.counts;
        let empty = counts.without_id + counts.without_time > 0;
        if !empty && divided.requests.len() == 1 {
            prop_assert_eq!(&divided.requests[0].1, &twin.protobuf);
            let json = regroup(twin.json.to_string().as_bytes(), 1);
            prop_assert_eq!(String::from_utf8_lossy(&json.requests[0].1), twin.json.to_string());
        }
    }
}

/// Unknown fields, old names, two lists of one kind and null entries stay or go as they should.
#[test]
fn what_stands_around_a_record_stays() {
    let span = |id: &str, n: u32| format!(r#"{{"traceId":"{id}","startTimeUnixNano":"{n}","x":{n}}}"#);
    let (a, b) = (ID, "0af7651916cd43dd8448eb211c80319c");
    let input = format!(
        r#"{{"z":[1],"resource_spans":[{{"scopeSpans":[null,{{"scope":{{"name":"s"}},"spans":[{0}, {1} ],"u":"é"}},{{"spans":[{1}]}}],"resource":{{"k":1}},
        "instrumentationLibrarySpans":[{{"spans":[{0}]}},{{"spans":[]}}],"schemaUrl":"r"}},{{"scopeSpans":[]}}],"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{{"timeUnixNano":5}}]}}]}}]}}"#,
        span(a, 1),
        span(b, 2),
    );
    let divided = regroup(input.as_bytes(), 3);
    let texts: Vec<String> = divided.requests.into_iter().map(|(_, text)| String::from_utf8(text).unwrap()).collect();
    let (log, a, b) = (&texts[0], &texts[1], &texts[2]);
    assert_eq!(
        a,
        r#"{"z":[1],"resource_spans":[{"scopeSpans":[{"scope":{"name":"s"},"spans":[{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","startTimeUnixNano":"1","x":1}],"u":"é"}],"resource":{"k":1},         "instrumentationLibrarySpans":[{"spans":[{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","startTimeUnixNano":"1","x":1}]}],"schemaUrl":"r"}],"resourceLogs":[]}"#
    );
    assert_eq!(
        b,
        r#"{"z":[1],"resource_spans":[{"scopeSpans":[{"scope":{"name":"s"},"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","startTimeUnixNano":"2","x":2}],"u":"é"},{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","startTimeUnixNano":"2","x":2}]}],"resource":{"k":1},         "instrumentationLibrarySpans":[],"schemaUrl":"r"}],"resourceLogs":[]}"#
    );
    assert_eq!(
        log,
        r#"{"z":[1],"resource_spans":[],"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":5}]}]}]}"#
    );
}

/// Fields between the entries, and the old field of scopes.
#[test]
fn protobuf_keeps_fields_that_it_does_not_know() {
    let field = |number: u32, content: &[u8]| {
        let mut out = Vec::new();
        prost::encoding::encode_varint(u64::from(number) << 3 | 2, &mut out);
        prost::encoding::encode_varint(content.len() as u64, &mut out);
        out.extend_from_slice(content);
        out
    };
    let span = |id: u8| {
        let span = opentelemetry_proto::tonic::trace::v1::Span {
            trace_id: vec![id; 16],
            span_id: vec![id; 8],
            start_time_unix_nano: 7,
            ..Default::default()
        };
        field(2, &span.encode_to_vec())
    };
    let scope = |number, ids: &[u8]| {
        let spans: Vec<Vec<u8>> = ids.iter().map(|id| span(*id)).collect();
        field(number, &[field(9, b"in scope"), spans.concat()].concat())
    };
    let resource = [scope(2, &[1, 2]), field(77, b"between"), scope(1000, &[1]), field(3, b"url")].concat();
    let request = [field(1, &resource), field(99, b"after")].concat();
    let divided = regroup(&frames([&request]), 2);
    let expected = |id: u8, rest: &[u8]| {
        let resource = [scope(2, &[id]), field(77, b"between"), rest.to_vec(), field(3, b"url")].concat();
        [field(1, &resource), field(99, b"after")].concat()
    };
    assert_eq!(divided.requests[0].1, expected(1, &scope(1000, &[1])));
    assert_eq!(divided.requests[1].1, expected(2, b""));
}
