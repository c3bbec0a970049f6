//! `route` of single keys, lists of ids, and OTLP.

use std::fmt::Write as _;

use serde_json::json;

use crate::support::{Lab, Session, record, snapshot};
use crate::{NODES, golden};

const TRACE: &str = "04a971f14b28f97dc6888f7bd33157cf";

#[test]
fn the_example_of_the_interface_is_answered_to_the_letter() {
    let line = format!("route {NODES} --trace-id {TRACE} --time 2025-11-05T14:43:44Z -o json");
    let done = Lab::new().run(&line).ok();
    let expected = r#"[{"schema":"otlp-part/route/v1","signal":"traces","trace_id":"04a971f14b28f97dc6888f7bd33157cf","time":"2025-11-05T14:43:44Z","time_source":"given","time_bucket":{"id":489542,"start":"2025-11-05T14:00:00Z","end":"2025-11-05T15:00:00Z"},"hash_bucket":51,"partition":"partition_489542_0051","owners":["node-4","node-2","node-3"],"leader":"node-4","nearest":null,"placement":"ring","state":null}]
"#;
    assert_eq!((done.out.as_str(), done.err.as_str()), (expected, ""));
}

#[test]
fn whole_keys_of_the_specification() {
    let lab = Lab::new();
    let metric = format!(
        "route {NODES} --metric http.requests --service checkout --label host=host-0 --label zone=a \
         --label http.method=GET --time 2025-10-10T14:00:00Z -o json"
    );
    let answer = lab.run(&metric).ok().json();
    assert_eq!((&answer[0]["label_hash"], &answer[0]["hash_bucket"]), (&json!("bfbaef62c9a3dcb3"), &json!(175)));
    let log = format!(
        "route {NODES} --log --service checkout --severity error --body 'payment failed' --time 2025-10-10T14:00:00Z -o json"
    );
    let answer = lab.run(&log).ok().json();
    assert_eq!((&answer[0]["content_hash"], &answer[0]["hash_bucket"]), (&json!("52024c7cc722b391"), &json!(20)));
    assert_eq!(answer[0]["severity_level"], 17);
}

#[test]
fn keys() {
    let mut s = Session::new();
    s.run(&format!("route {NODES} --trace-id {TRACE} --time 2025-11-05T14:43:44Z"));
    s.run(&format!("route {NODES} --trace-id 04A971F1-4B28-F97D-C688-8F7BD33157CF --time 1762353824 -o value=leader"));
    s.run(&format!("route {NODES} --trace-id {TRACE}"));
    s.run(&format!("route {NODES} --trace-id {TRACE} -q -o value=time_source"));
    s.run(&format!("route {NODES} --metric http.requests --service checkout --label zone=a --time now-2h"));
    s.run(&format!("route {NODES} --metric http.requests --service checkout --time now -o ndjson"));
    s.run(&format!("route {NODES} --log --service checkout --severity WARN2 --body 'slow' --time -90m -o json"));
    s.run(&format!("route {NODES} --log --service checkout --time now"));
    s.run(&format!("route {NODES} --trace-id {TRACE} --trace-id 4bf92f3577b34da6a3ce929d0e0e4736 --time 2025-11-05"));
    s.run("route --nodes solo --trace-id 4bf92f3577b34da6a3ce929d0e0e4736 --time now -o value=owners");
    golden!("route_keys", s);
}

#[test]
fn explained() {
    let mut s = Session::new();
    s.run(&format!("route {NODES} --trace-id {TRACE} --time 2025-11-05T14:43:44Z --explain"));
    s.run(&format!("route {NODES} --trace-id {TRACE} --time 2025-11-05T14:43:44Z --explain -o json"));
    s.run(&format!("route {NODES} --metric m --service s --label a=b --time 2025-11-05T14:43:44Z --explain"));
    s.run_stdin(
        &format!("--store snapshot:- route --trace-id {TRACE} --time 2025-11-05T14:43:44Z --explain"),
        &snapshot(&[("partitions/partition_489542_0051", &record("partition_489542_0051", &["a", "b"], Some("a"), 9))]),
    );
    golden!("route_explain", s);
}

#[test]
fn slack_ranges_and_times_in_ids() {
    let mut s = Session::new();
    s.say("neighbouring hours, for spans that began in another");
    s.run(&format!("route {NODES} --trace-id {TRACE} --time 2025-11-05T14:43:44Z --slack 1"));
    s.run(&format!("route {NODES} --trace-id {TRACE} --time 1970-01-01T00:10:00Z --slack 1 -o name"));
    s.say("every partition that could hold it; the last hour is outside");
    s.run(&format!("route {NODES} --trace-id {TRACE} --from 2025-11-05T12:30Z --to 2025-11-05T15:00Z"));
    s.run(&format!("route {NODES} --trace-id {TRACE} --last 2h -o name"));
    s.run(&format!("route {NODES} --metric m --service s --from now-2h --for 2h -o csv"));
    s.say("times that ids carry");
    s.run(&format!("route {NODES} --trace-id 690b6360e3b0c44298fc1c149afbf4c8 --time-from-id xray -o csv"));
    s.run(&format!("route {NODES} --trace-id 019a5457-f600-7a3b-9c4d-5e6f70819203 --time-from-id uuidv7 -o csv"));
    s.run(&format!("route {NODES} --trace-id {TRACE} --time-from-id uuidv7"));
    golden!("route_times", s);
}

#[test]
fn lists_of_ids() {
    let ids = format!(
        "{TRACE}\n\nnot an id\n4bf92f3577b34da6a3ce929d0e0e4736,2025-11-05T13:00:00Z\r\n{}\n{TRACE},yesterday\n0AF76519-16CD-43DD-8448-EB211C80319C\n",
        "0".repeat(32)
    );
    let mut s = Session::new();
    for format in ["table", "csv", "ndjson", "name"] {
        s.run_stdin(&format!("route {NODES} --trace-ids-from - --time 2025-11-05T14:43:44Z -o {format}"), &ids);
    }
    s.run_stdin(&format!("route {NODES} --trace-ids-from - --time now --strict"), &ids);
    s.run_stdin(&format!("route {NODES} --trace-ids-from - --time now"), "no\nid\n");
    s.run_stdin(&format!("route {NODES} --trace-ids-from - --time now"), "");
    s.run_stdin(
        &format!("route {NODES} --trace-ids-from - --time now --limit 1 -o csv"),
        &format!("{TRACE}\n{TRACE}\n"),
    );
    s.run_stdin(
        &format!("route {NODES} --trace-ids-from - --time-from-id xray -o csv"),
        "690b6360e3b0c44298fc1c149afbf4c8\n",
    );
    s.run_stdin(&format!("route {NODES} --trace-ids-from - --last 1h"), TRACE);
    s.say("a time in each line needs no --time, and then there is nothing to warn of");
    s.run_stdin(&format!("route {NODES} --trace-ids-from - -o csv"), &format!("{TRACE},2025-11-05T14:43:44Z\n"));
    s.run_stdin(
        &format!("route {NODES} --trace-ids-from - -o json"),
        &format!("{TRACE},2025-11-05T14:43:44Z\n{TRACE}"),
    );
    let mut many = String::new();
    for line in 0..14 {
        let _ = writeln!(many, "bad line {line}");
    }
    s.run_stdin(&format!("route {NODES} --trace-ids-from - --time now -o name"), &(many + TRACE));
    golden!("route_lists", s);
}

/// OTLP JSON lines of three signals; the last two lines are bad.
fn otlp() -> String {
    let resource = json!({"attributes": [{"key": "service.name", "value": {"stringValue": "checkout"}}]});
    let span = |id: &str, start: &str| json!({"traceId": id, "spanId": "00f067aa0ba902b7", "name": "pay", "startTimeUnixNano": start});
    let spans = json!([
        span(TRACE, "1762353824000000000"),
        span(TRACE, "1762353825000000000"),
        span("4bf92f3577b34da6a3ce929d0e0e4736", "1762350000000000000"),
        span("", "1762350000000000000"),
    ]);
    let traces = json!({"resourceSpans": [{"resource": resource, "scopeSpans": [{"spans": spans}]}]});
    let points = json!([
        {"timeUnixNano": "1762353824000000000", "asInt": "1", "attributes": [{"key": "zone", "value": {"stringValue": "a"}}]},
        {"timeUnixNano": "1762353884000000000", "asInt": "2"},
    ]);
    let metrics = json!([{"name": "http.requests", "gauge": {"dataPoints": points}}, {"name": "empty"}]);
    let metrics = json!({"resourceMetrics": [{"resource": resource, "scopeMetrics": [{"metrics": metrics}]}]});
    let records = json!([
        {"timeUnixNano": "1762353824000000000", "severityNumber": 17, "body": {"stringValue": "payment failed"}},
        {"observedTimeUnixNano": "1762353824000000000", "severityNumber": 9, "body": {"stringValue": "paid"}},
    ]);
    let logs = json!({"resourceLogs": [{"resource": resource, "scopeLogs": [{"logRecords": records}]}]});
    format!("{traces}\n{metrics}\n{logs}\n{{\"resourceSpans\":[{{\"scopeSpans\":5}}]}}\n{{\"cut\":\n")
}

#[test]
fn whole_otlp() {
    let mut s = Session::new();
    let file = format!("route {NODES} --otlp $DIR/sample.jsonl");
    s.lab.file("sample.jsonl", otlp());
    s.run(&file);
    s.run(&format!("{file} -o json"));
    s.run(&format!("{file} -o csv"));
    s.run(&format!("{file} --each"));
    s.run(&format!("{file} --each -o ndjson -q"));
    s.run(&format!("{file} --strict -o name"));
    s.run(&format!("{file} -o value=traces -q"));
    golden!("route_otlp", s);
    let stdin = s.lab.run_stdin(&format!("route {NODES} --otlp - -o json -q"), otlp()).ok();
    assert_eq!(stdin.out, s.lab.run(&format!("{file} -o json -q")).ok().out);
}

#[test]
fn split_partitions() {
    let ids = ["partition_489542_0051", "partition_489542_0051.0", "partition_489542_0051.1"];
    let records = ids.map(|id| record(id, &["node-1", "node-2"], Some("node-1"), 5_000_000_000));
    let keys = ids.map(|id| format!("partitions/{id}"));
    let ext = format!("ext/{}", ids[0]);
    let mut entries: Vec<(&str, &str)> = keys.iter().zip(&records).map(|(k, r)| (k.as_str(), r.as_str())).collect();
    let extension = r#"{"epoch":1,"split_bits":1}"#;
    entries.push((&ext, extension));
    let mut s = Session::new();
    s.lab.file("split.json", snapshot(&entries));
    let store = "--store snapshot:$DIR/split.json";
    s.run(&format!("{store} route --trace-id {TRACE} --time 2025-11-05T14:43:44Z -o json"));
    s.run(&format!("{store} route --trace-id {TRACE} --time 2025-11-05T14:43:44Z --explain"));
    s.run(&format!("{store} route --from 2025-11-05T14:00Z --to 2025-11-05T15:00Z --bucket 51 --each"));
    s.run(&format!("{store} partition list --columns partition,split_bits,size_bytes"));
    s.lab.file("cut.json", snapshot(&entries[1..]));
    s.run(&format!("--store snapshot:$DIR/cut.json route --trace-id {TRACE} --time 2025-11-05T14:43:44Z -o name"));
    golden!("route_split", s);
}

#[test]
fn service_ranges() {
    let mut s = Session::new();
    s.run("--store file:$DIR/c.db init --nodes a,b,c --boundaries alphabetic:4 --yes");
    let store = "--store file:$DIR/c.db";
    s.run(&format!("{store} cluster get -o value=partitioning.0.boundaries"));
    s.run(&format!("{store} route --trace-id {TRACE} --time now --service checkout -o json"));
    s.run(&format!("{store} route --metric m --service Zebra --time now"));
    s.run(&format!("{store} route --metric m --service zebra --time now"));
    s.run(&format!("{store} route --trace-id {TRACE} --time now"));
    s.run(&format!("{store} route --last 1h --service-from h --service-to n --each"));
    s.run(&format!("{store} route --last 1h --service checkout -o json"));
    s.run_stdin(&format!("{store} route --trace-ids-from - --time now"), TRACE);
    golden!("route_service_ranges", s);
}
