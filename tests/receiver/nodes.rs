//! Nodes that are away, and partitions that take nothing.

use std::fs;
use std::time::Duration;

use otlp_part::model::Signal;
use otlp_part::otlp::Encoding;

use crate::client::{JSON, PROTOBUF, Request};
use crate::sample::{self, Records, add, records};
use crate::world::Cluster;

const LOGS: Signal = Signal::Logs;

#[test]
fn a_copy_that_is_away_gets_its_mark_before_the_answer() {
    let cluster = Cluster::new();
    let mut receiver = cluster.listen(&["--linger", "0"]);
    let before = sample::protobuf(LOGS, 1, 20);
    receiver.send(&Request::post("/v1/logs", PROTOBUF, &before)).ok();
    cluster.take_away("n2");
    let body = sample::protobuf(LOGS, 2, 20);
    let answer = receiver.send(&Request::post("/v1/logs", PROTOBUF, &body)).ok();
    assert_eq!(answer.text(), "", "it is safe");
    let marks = cluster.marks();
    assert!(!marks.is_empty() && marks.iter().all(|(_, node)| node == "n2"), "{marks:?}");
    receiver.wait_for("node n2 missed writes of");
    let mut sent = records(&before, Encoding::Protobuf, LOGS);
    add(&mut sent, &records(&body, Encoding::Protobuf, LOGS));
    assert_eq!(cluster.stored(), sent);
}

#[test]
fn without_a_quorum_the_answer_is_503_until_it_is_back() {
    let cluster = Cluster::new();
    let mut receiver = cluster.listen(&["--quorum-wait", "200ms"]);
    for node in ["n2", "n3"] {
        cluster.take_away(node);
    }
    let body = sample::protobuf(LOGS, 1, 20);
    let request = Request::post("/v1/logs", PROTOBUF, &body);
    let mut client = receiver.client();
    for _ in 0..2 {
        let answer = client.send(&request).unwrap();
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("2")), "{}", answer.text());
        assert!(answer.text().contains("has no quorum"), "{}", answer.text());
    }
    receiver.wait_for("answered 503");
    cluster.put_back("n3");
    // What did not answer is left alone for three seconds.
    let answer = (0..20)
        .map(|_| {
            std::thread::sleep(std::time::Duration::from_millis(500));
            client.send(&request).unwrap()
        })
        .find(|answer| answer.status != 503);
    assert_eq!(answer.unwrap().ok().text(), "");
    receiver.wait_for("all requests are written again");
    // Of what was refused nothing is left.
    assert_eq!(cluster.stored(), records(&body, Encoding::Protobuf, LOGS));
    assert_eq!(cluster.on("n1"), cluster.stored());
}

/// Two partitions of one group: one takes nothing, the other's senders do not suffer.
#[test]
fn who_has_nothing_in_a_partition_that_takes_nothing_is_written() {
    type Stop = fn(&Cluster, &str);
    let ways: [(&str, Stop); 2] = [
        ("is ReadOnly", |cluster, id| drop(cluster.run(&["partition", "set", id, "--state", "readonly", "--yes"]))),
        ("is corrupt", |cluster, id| cluster.put(&format!("/otlp/partitions/{id}"), "{")),
    ];
    for (says, stop) in ways {
        let cluster = Cluster::with(&["--strategy", "time-range", "--boundaries", "alphabetic:2"]);
        let receiver = cluster.listen(&["--linger", "1s"]);
        let first = [of_service("alpha"), of_service("zulu")];
        for body in &first {
            receiver.send(&Request::post("/v1/logs", JSON, body.as_bytes())).ok();
        }
        let partitions = cluster.json(&["partition", "list"]);
        let ids: Vec<_> = partitions.as_array().unwrap().iter().map(|row| row["partition"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), 2, "{ids:?}");
        stop(&cluster, ids[0]);
        let second = [of_service("alpha"), of_service("zulu"), of_service("bravo"), of_service("yankee")];
        let mut clients = Vec::new();
        for body in &second {
            let mut client = receiver.client();
            client.begin(&Request::post("/v1/logs", JSON, body.as_bytes())).unwrap();
            clients.push(client);
        }
        let answers: Vec<_> = clients.iter_mut().map(|client| client.answer().unwrap()).collect();
        let codes: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        assert_eq!(codes, [503, 200, 503, 200], "{says}: {answers:?}");
        assert!(answers[0].text().contains(says), "{}", answers[0].text());
        let mut sent = Records::new();
        for body in first.iter().chain([&second[1], &second[3]]) {
            add(&mut sent, &records(body.as_bytes(), Encoding::Json, LOGS));
        }
        for node in ["n1", "n2", "n3"] {
            assert_eq!(cluster.on(node), sent, "{says}");
        }
    }
}

/// What is being moved is waited for once; then those who are concerned hear of it at once, and the others are not held up.
#[test]
fn who_must_wait_keeps_nobody_else_waiting() {
    let cluster = Cluster::with(&["--strategy", "time-range", "--boundaries", "alphabetic:2"]);
    let receiver = cluster.listen(&["--hold-wait", "3s"]);
    let send = |service: &str| {
        let before = sample::now();
        let body = of_service(service);
        let answer = receiver.send(&Request::post("/v1/logs", JSON, body.as_bytes()));
        (answer, Duration::from_nanos(sample::now() - before))
    };
    for service in ["alpha", "zulu"] {
        send(service).0.ok();
    }
    let record = cluster.json(&["partition", "list"])[0].clone();
    let id = record["partition"].as_str().unwrap();
    let key = format!("/otlp/partitions/{id}");
    let snapshot = cluster.json(&["snapshot", "export"]);
    let entry = snapshot["entries"].as_array().unwrap().iter().find(|entry| entry["key"] == key.as_str()).unwrap();
    let active = entry["value"].to_string();
    cluster.put(&key, &active.replace("\"Active\"", "\"Migrating\""));
    let (answer, took) = send("alpha");
    assert!(answer.status == 503 && took >= Duration::from_secs(3), "{took:?}: {}", answer.text());
    assert!(answer.text().contains(&format!("{id} is Migrating")), "{}", answer.text());
    for _ in 0..3 {
        let (answer, took) = send("alpha");
        assert!(answer.status == 503 && took < Duration::from_secs(2), "{took:?}: {}", answer.text());
        let (answer, took) = send("zulu");
        assert!(took < Duration::from_secs(2), "{took:?}");
        answer.ok();
    }
    cluster.put(&key, &active);
    send("alpha").0.ok();
}

/// A log record of this moment.
fn of_service(service: &str) -> String {
    let now = sample::now();
    let body = format!(r#"{{"timeUnixNano":"{now}","body":{{"stringValue":"x{now}"}}}}"#);
    let service = format!(r#"{{"key":"service.name","value":{{"stringValue":"{service}"}}}}"#);
    format!(
        r#"{{"resourceLogs":[{{"resource":{{"attributes":[{service}]}},"scopeLogs":[{{"logRecords":[{body}]}}]}}]}}"#
    )
}

/// An exchanged disk is a copy that is away; a record that cannot be read stops its own partition alone.
#[test]
fn a_foreign_marker_is_never_written_behind() {
    let cluster = Cluster::new();
    let receiver = cluster.listen(&["--quorum-wait", "100ms"]);
    let before = sample::protobuf(LOGS, 1, 2);
    receiver.send(&Request::post("/v1/logs", PROTOBUF, &before)).ok();
    let spec = cluster.node("n1").join(".otlp-part-node.json");
    let marker = fs::read(&spec).unwrap();
    fs::write(&spec, "{}").unwrap();
    let body = sample::protobuf(LOGS, 2, 2);
    receiver.send(&Request::post("/v1/logs", PROTOBUF, &body)).ok();
    assert!(cluster.marks().iter().all(|(_, node)| node == "n1"));
    fs::write(&spec, marker).unwrap();
    let mut sent = records(&before, Encoding::Protobuf, LOGS);
    add(&mut sent, &records(&body, Encoding::Protobuf, LOGS));
    assert_eq!(cluster.stored(), sent);
}
