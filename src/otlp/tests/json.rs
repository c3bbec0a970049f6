//! What OTLP/JSON may look like.

use super::*;

/// One request with a list of spans, resource first or last.
fn request(spans: &str, resource_first: bool) -> String {
    let resource = r#""resource":{"attributes":[{"value":{"stringValue":"shop"},"key":"service.name"}]}"#;
    let scopes = format!(r#""scopeSpans":[{{"spans":[{spans}],"scope":{{}}}}]"#);
    let (a, b) = if resource_first { (resource, &*scopes) } else { (&*scopes, resource) };
    format!(r#"{{"resourceSpans":[{{{a},{b}}}]}}"#)
}

#[test]
fn fields_come_in_any_order() {
    let spans = format!(r#"{{"name":"x","startTimeUnixNano":"7","kind":1,"traceId":"{ID}"}}"#);
    for resource_first in [true, false] {
        let outcome = read(request(&spans, resource_first));
        assert_eq!(outcome.lines(), [format!("shop {ID} 7 1")]);
        assert_eq!(outcome.units[0].bytes, spans.len() as u64);
    }
}

#[test]
fn a_unit_is_a_trace_in_a_request_and_takes_the_service_of_its_earliest_span() {
    let other = "00000000000000000000000000000011";
    let span = |id: &str, start: u64| format!(r#"{{"traceId":"{id}","startTimeUnixNano":{start}}}"#);
    let resource = |service: &str, spans: &[String]| {
        format!(
            r#"{{"resource":{{"attributes":[{{"key":"service.name","value":{{"stringValue":"{service}"}}}}]}},"scopeSpans":[{{"spans":[{}]}}]}}"#,
            spans.join(",")
        )
    };
    let a = resource("a", &[span(ID, 9), span(other, 5), span(ID, 0)]);
    let b = resource("b", &[span(ID, 8), span(ID, 10)]);
    let line = format!(r#"{{"resourceSpans":[{a},{b}]}}"#);
    let outcome = read(format!("{line}\n{line}\n"));
    let one = [format!("b {ID} 8 4"), format!("a {other} 5 1")];
    assert_eq!(outcome.lines(), [one.clone(), one].concat());
    assert_eq!(outcome.totals.counts.spans, 10);
}

#[test]
fn names_are_camel_case_or_snake_case_or_old() {
    let start = r#""start_time_unix_nano":"7""#;
    for (list, scopes) in [
        ("resource_spans", "scope_spans"),
        ("batches", "instrumentationLibrarySpans"),
        ("resourceSpans", "instrumentation_library_spans"),
        ("resource\\u0053pans", "scope\\u0053pans"),
    ] {
        let text = format!(r#"{{"{list}":[{{"{scopes}":[{{"spans":[{{"trace_id":"{ID}",{start}}}]}}]}}]}}"#);
        assert_eq!(read(&text).lines(), [format!("unknown_service {ID} 7 1")], "{text}");
    }
}

#[test]
fn ids_are_hexadecimal_or_base64_and_bad_ones_are_counted() {
    let ids = [
        r#""S/kvNXezTaajzpKdDg5HNg==""#,
        r#""4BF92F3577B34DA6A3CE929D0E0E4736""#,
        r#""""#,
        r#""4bf9""#,
        r#""00000000000000000000000000000000""#,
        r#""AAAAAAAAAAAAAAAAAAAAAA==""#,
        "null",
        "17",
        r#""gbf92f3577b34da6a3ce929d0e0e4736""#,
    ];
    let spans: Vec<String> = ids.iter().map(|id| format!(r#"{{"traceId":{id},"startTimeUnixNano":7}}"#)).collect();
    let outcome = read(request(&format!("{},{{}}", spans.join(",")), true));
    assert_eq!(outcome.lines(), [format!("shop {ID} 7 2")]);
    assert_eq!((outcome.totals.counts.spans, outcome.totals.counts.without_id, outcome.totals.bad), (10, 8, 0));
}

#[test]
fn null_is_absent_everywhere() {
    for text in [
        r#"{"resourceSpans":null}"#,
        r#"{"resourceSpans":[null]}"#,
        r#"{"resourceSpans":[{"resource":null,"scopeSpans":null}],"resourceProfiles":null}"#,
        r#"{"resourceSpans":[{"resource":{"attributes":null},"scopeSpans":[{"spans":null}]}]}"#,
        r#"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[null]}]}],"resourceProfiles":[]}"#,
        "{}",
    ] {
        let outcome = read(text);
        assert_eq!((outcome.totals.counts.requests, outcome.units.len(), &outcome.error), (1, 0, &None), "{text}");
    }
    let text = r#"{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":null}]},"scopeLogs":[{"logRecords":[
        {"timeUnixNano":null,"observedTimeUnixNano":"5","severityNumber":null,"body":null},
        {"timeUnixNano":"6","body":{"stringValue":null}}]}]}]}"#;
    assert_eq!(
        read(text).lines(),
        ["unknown_service 9 30406ea523c53def 5 1", "unknown_service 9 30406ea523c53def 6 1"]
    );
}

/// The vectors of the system's definition, through whole requests.
#[test]
fn metric_and_log_key_vectors() {
    let text = r#"{"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout"}}]},
        "scopeMetrics":[{"metrics":[{"sum":{"aggregationTemporality":"AGGREGATION_TEMPORALITY_DELTA","dataPoints":[
        {"asInt":"1","attributes":[{"key":"zone","value":{"stringValue":"a"}},{"key":"http.method","value":{"stringValue":"GET"}},
        {"key":"host","value":{"stringValue":"host-0"}}],"timeUnixNano":"1760106600000000000"},{},{}]},
        "name":"http.requests"}]}]}],
        "resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout"}}]},"scopeLogs":[
        {"logRecords":[{"timeUnixNano":"1760106600000000000","severityNumber":"SEVERITY_NUMBER_ERROR2",
        "body":{"stringValue":"payment failed"}}]}]}]}"#;
    let outcome = read(text);
    assert_eq!(
        outcome.lines(),
        [
            "checkout http.requests bfbaef62c9a3dcb3 1760106600000000000 3",
            "checkout 17 52024c7cc722b391 1760106600000000000 1"
        ]
    );
    let hashes: Vec<u64> = outcome.units.iter().map(|unit| unit.key.hash(Default::default(), unit.time)).collect();
    assert_eq!(hashes, [0xf71f_06c3_b94d_c5af, 0x6ce0_2aca_e807_1014]);
}

#[test]
fn every_kind_of_metric_is_routed_by_its_first_data_point() {
    let point = r#"{"dataPoints":[{"timeUnixNano":7},{"timeUnixNano":3,"attributes":[{"key":"a"}]}]}"#;
    for kind in ["gauge", "sum", "histogram", "exponentialHistogram", "exponential_histogram", "summary"] {
        let text = format!(
            r#"{{"resource_metrics":[{{"scope_metrics":[{{"metrics":[{{"{kind}":{point},"name":"m"}}]}}]}}]}}"#
        );
        assert_eq!(read(text).lines(), ["unknown_service m d1fba762150c532c 7 2"], "{kind}");
    }
}

#[test]
fn units_without_time_are_counted_and_not_given_out() {
    let text = format!(
        r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{{"traceId":"{ID}"}},{{"traceId":"{ID}","startTimeUnixNano":"0"}}]}}]}}],
        "resourceMetrics":[{{"scopeMetrics":[{{"metrics":[{{"name":"m"}},{{"name":"n","gauge":{{"dataPoints":[{{}}]}}}}]}}]}}],
        "resourceLogs":[{{"scopeLogs":[{{"logRecords":[{{}}]}}]}}]}}"#
    );
    let outcome = read(text);
    let counts = outcome.totals.counts;
    assert_eq!(outcome.units, []);
    assert_eq!((counts.spans, counts.metrics, counts.data_points, counts.logs, counts.without_time), (2, 2, 1, 1, 4));
}

#[test]
fn log_bodies_other_than_strings_are_compact_json() {
    let body = r#"{"kvlistValue":{"values":[{"key":"z","value":{"doubleValue":1}},{"key":"a","value":{"arrayValue":{"values":[
        {"intValue":"1"},{"bytesValue":"AP8="},{"boolValue":true},{},{"doubleValue":"NaN"}]}}}]}}"#;
    let text =
        format!(r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{{"body":{body},"timeUnixNano":7}}]}}]}}]}}"#);
    let expected = crate::model::routing_key::content_hash(r#"{"a":[1,"AP8=",true,null,null],"z":1.0}"#);
    assert_eq!(read(text).lines(), [format!("unknown_service 9 {expected:x} 7 1")]);
}

#[test]
fn the_service_is_a_string_and_the_first_of_its_name() {
    let service = |attributes: &str| {
        let spans = format!(r#"[{{"spans":[{{"traceId":"{ID}","startTimeUnixNano":7}}]}}]"#);
        let text =
            format!(r#"{{"resourceSpans":[{{"resource":{{"attributes":[{attributes}]}},"scopeSpans":{spans}}}]}}"#);
        read(text).units[0].service.clone()
    };
    let named = |value: &str| format!(r#"{{"key":"service.name","value":{value}}}"#);
    assert_eq!(service(&named(r#"{"intValue":3}"#)), "unknown_service");
    assert_eq!(service(r#"{"key":"service.name"}"#), "unknown_service");
    assert_eq!(service(&named(r#"{"stringValue":"caf\u00e9 \"x\""}"#)), "café \"x\"");
    let two = [named(r#"{"string_value":"a"}"#), named(r#"{"stringValue":"b"}"#)].join(",");
    assert_eq!(service(&two), "a");
}

#[test]
fn profiles_are_refused_by_name() {
    let text = format!("{}\n{{\"resourceProfiles\":[{{}}]}}\n", span_line(ID, "7"));
    let outcome = read(text);
    assert_eq!(outcome.units.len(), 1);
    let error = outcome.error.unwrap();
    assert!(error.starts_with("line 2: these are OTLP profiles, a fourth signal"), "{error}");
}

#[test]
fn wrong_types_are_bad_lines_and_leave_nothing_behind() {
    for text in [
        r#"{"resourceSpans":{}}"#,
        r#"{"resourceSpans":[{"scopeSpans":"x"}]}"#,
        r#"{"resourceSpans":[3]}"#,
        r#"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":7},{"body":"text"}]}]}]}"#,
        r#"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"-7.5"}]}]}]}"#,
        r#"{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"gauge":{"dataPoints":[7]}}]}]}]}"#,
    ] {
        let outcome = read(format!("{text}\n{{}}\n"));
        assert_eq!((outcome.totals.bad, outcome.totals.counts.logs, outcome.units.len()), (1, 0, 0), "{text}");
        assert_eq!(outcome.totals.counts.requests, 1);
    }
}
