//! `data write` into small directories.

use std::fs;

use crate::golden;
use crate::support::{Lab, Session};

const STORE: &str = "--store file:$DIR/c.db";

/// A trace of two services in the hour of the tests' now, a log record, a metric, and lines that are none of it.
const INPUT: &str = r#"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout"}}]},"scopeSpans":[{"spans":[{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7","name":"pay","startTimeUnixNano":"1762355000000000000","endTimeUnixNano":"1762355000100000000"}]}]},{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}}]},"scopeSpans":[{"spans":[{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b8","name":"total","startTimeUnixNano":"1762355000010000000","endTimeUnixNano":"1762355000020000000"}]}]}]}
{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1762355000000000000","severityNumber":17,"body":{"stringValue":"payment failed"}}]}]}],"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"orders","sum":{"dataPoints":[{"timeUnixNano":"1762355000000000000","asInt":"3"}]}}]}]}]}
{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"","startTimeUnixNano":"1762355000000000000"},{"traceId":"0af7651916cd43dd8448eb211c80319c","startTimeUnixNano":"1483355000000000000"}]}]}]}
{cut
"#;

#[test]
fn written_and_written_again() {
    let mut s = Session::on(Lab::new());
    s.lab.file("in.jsonl", INPUT);
    s.run(&format!("{STORE} init --nodes n1,n2,n3,n4 --hash-buckets 2 --data-root $DIR/data --yes"));
    s.run(&format!("{STORE} data write $DIR/in.jsonl"));
    s.run(&format!("{STORE} data write $DIR/in.jsonl --dry-run"));
    s.run(&format!("{STORE} data write $DIR/in.jsonl --yes"));
    s.say("the same again, and what is older than the retention");
    s.run(&format!("{STORE} data write $DIR/in.jsonl --yes --accept-old -q"));
    for format in ["json", "ndjson", "csv", "name", "value=spans"] {
        s.run(&format!("{STORE} data write $DIR/in.jsonl --yes -q -o {format}"));
    }
    s.run(&format!("{STORE} data write $DIR/in.jsonl --yes --strict -q"));
    s.run(&format!("{STORE} partition list"));
    s.run(&format!("{STORE} data scrub"));
    golden!("data_write", s);
}

#[test]
fn refused() {
    let mut s = Session::on(Lab::new());
    s.lab.file("in.jsonl", INPUT);
    s.run(&format!("{STORE} init --nodes n1,n2,n3 --hash-buckets 2 --yes -q"));
    s.run(&format!("{STORE} data write $DIR/in.jsonl --yes"));
    s.lab.file("n.json", r#"{"nodes":[{"id":"n1"},{"id":"n2"},{"id":"n3"}]}"#);
    s.run("--store file:$DIR/d.db init --file $DIR/n.json --hash-buckets 2 --data-root $DIR/data --yes");
    for node in ["n1", "n3"] {
        fs::remove_dir_all(s.lab.path("data").join(node)).unwrap();
    }
    s.run("--store file:$DIR/d.db data write $DIR/in.jsonl --yes --quorum-wait 0");
    s.run("--store file:$DIR/d.db data write $DIR/in.jsonl --yes --quorum-wait 0 -o json");
    s.run("--store file:$DIR/d.db data write $DIR/absent.jsonl --yes");
    s.run("--store file:$DIR/d.db data write --quorum none --yes");
    golden!("data_write_refused", s);
}

#[test]
fn receiving() {
    let mut s = Session::on(Lab::new());
    s.run(&format!("{STORE} init --nodes n1,n2,n3,n4 --hash-buckets 2 --data-root $DIR/data --yes -q"));
    s.run(&format!("{STORE} data write --listen 127.0.0.1:0 --dry-run"));
    s.run(&format!("{STORE} data write --listen 127.0.0.1:0"));
    for refused in [
        "--listen 0.0.0.0:4318",
        "--listen localhost:4318",
        "--listen 127.0.0.1:0 in.jsonl",
        "--listen 127.0.0.1:0 --linger 1m",
        "--listen 127.0.0.1:0 --max-body 1GB",
        "--listen 127.0.0.1:0 --queue-size 0",
        "--linger 1s",
    ] {
        s.run(&format!("{STORE} data write {refused} --yes"));
    }
    golden!("data_listen", s);
}
