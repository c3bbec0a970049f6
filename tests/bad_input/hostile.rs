//! Text that would steer a terminal reaches none: 200 strings through everything that takes text from outside.

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::{Lab, record, snapshot};

/// Escape sequences, controls, bidirectional and invisible characters, alone and between words.
fn hostile() -> Vec<String> {
    let bad = [
        "\u{1b}[31m",
        "\u{1b}[2J",
        "\u{1b}]0;title\u{7}",
        "\u{1b}]8;;http://x\u{1b}\\",
        "\u{1b}P+q\u{1b}\\",
        "\u{1b}c",
        "\u{9b}31m",
        "\u{9d}0;t\u{9c}",
        "\r",
        "\n",
        "\t",
        "\u{8}",
        "\u{7}",
        "\u{b}",
        "\u{c}",
        "\u{e}",
        "\u{7f}",
        "\u{85}",
        "\u{202a}",
        "\u{202b}",
        "\u{202c}",
        "\u{202d}",
        "\u{202e}",
        "\u{2066}",
        "\u{2067}",
        "\u{2068}",
        "\u{2069}",
        "\u{200e}",
        "\u{200f}",
        "\u{61c}",
        "\u{2028}",
        "\u{2029}",
        "\u{feff}",
        "\u{200b}",
        "\u{200d}",
        "\u{ad}",
        "\u{fff9}",
        "\u{e0001}",
        "\u{e0041}",
        "\r\nerror: forged",
    ];
    let dress = [("", ""), ("a", ""), ("", "b"), ("node-", "-1"), ("{\"x\":\"", "\"}")];
    let all: BTreeSet<String> = bad.iter().flat_map(|b| dress.iter().map(move |(x, y)| format!("{x}{b}{y}"))).collect();
    assert_eq!(all.len(), 200);
    all.into_iter().collect()
}

/// Written down apart from the program's own list.
fn steers(text: &str) -> Option<char> {
    text.chars().find(|c| {
        let n = u32::from(*c);
        (n < 0x20 && *c != '\n')
            || (0x7f..0xa0).contains(&n)
            || [0xad, 0x61c, 0xfeff].contains(&n)
            || [0x200b..=0x200f, 0x2028..=0x202e, 0x2060..=0x206f, 0xfff9..=0xfffb, 0xe0000..=0xe007f]
                .iter()
                .any(|range| range.contains(&n))
    })
}

#[track_caller]
fn harmless(lab: &Lab, args: &[&str], stdin: &[u8]) {
    let done = lab.run_with(args, stdin);
    for (stream, text) in [("stdout", &done.out), ("stderr", &done.err)] {
        if let Some(c) = steers(text) {
            panic!("{c:?} on {stream} of {args:?}: {text:?}");
        }
        assert!(!text.lines().any(|line| line.starts_with("error: forged")), "{args:?}: {text:?}");
    }
}

fn terminal() -> Lab {
    let mut lab = Lab::new().on_terminal(80);
    lab.variables.insert("NO_COLOR".into(), "1".into());
    lab
}

#[test]
fn in_arguments() {
    let lab = terminal();
    let trace = "04a971f14b28f97dc6888f7bd33157cf";
    for text in hostile() {
        let t = text.as_str();
        let label = format!("{t}={t}");
        for args in [
            vec!["route", "--nodes", "a", "--trace-id", t, "--time", "now"],
            vec!["route", "--nodes", "a", "--trace-id", trace, "--time", t],
            vec!["route", "--nodes", "a", "--metric", t, "--service", t, "--label", &label, "--time", "now"],
            vec![
                "route",
                "--nodes",
                "a",
                "--metric",
                t,
                "--service",
                t,
                "--label",
                &label,
                "--time",
                "now",
                "-o",
                "json",
                "--explain",
            ],
            vec!["route", "--nodes", "a", "--log", "--service", t, "--body", t, "--time", "now", "--explain"],
            vec!["route", "--nodes", "a", "--log", "--service", t, "--body", t, "--time", "now", "-o", "csv"],
            vec!["route", "--nodes", "a", "--last", "1h", "--service", t, "--bucket", "1"],
            vec!["route", "--nodes", t, "--last", "1h"],
            vec!["route", "--nodes", "a", "--otlp", t],
            vec!["route", "--nodes", "a", "--last", "1h", "--near", t],
            vec!["ring", "owners", "--nodes", "a", "--", t],
            vec!["ring", "owners", "--nodes", "a", "-o", "csv", "--", t],
            vec!["ring", "owners", "--nodes", "a", "-o", "value=key", "--", t],
            vec!["ring", "owners", "--nodes", "a", "-o", "name", "--", t],
            vec!["ring", "get", "--nodes", "a", "--columns", t],
            vec!["ring", "get", "--nodes", "a", "-o", t],
            vec!["--store", t, "status"],
            vec!["partition", "boundaries", "--", t],
            vec!["partition", "edit", "--", t],
            vec!["partition", "delete", "--yes", "--", t],
            vec!["partition", "pin", "--yes", "--", t],
            vec!["partition", "list", "--zone", t],
            vec!["partition", "list", "--node", t],
            vec!["partition", "list", "--max-size", t],
            vec!["cluster", "diff", "--", t],
            vec!["snapshot", "diff", "--", t, t],
            vec![t],
            vec!["-o", "json", t],
            vec!["node", t],
            vec!["node", "history", "--", t],
            vec!["partition", "history", "--", t],
            vec!["audit", "list", "--partition", t],
            vec!["audit", "list", "--from", t],
            vec!["audit", "prune", "--older-than", t],
            vec!["watch", "--family", t],
            vec!["watch", "--from", t],
            vec!["watch", "--for", t],
            vec!["doctor", "--severity", t],
            vec!["plan", "get", "--", t],
            vec!["plan", "verify", "--", t],
            vec!["plan", "diff", "--", t, t],
            vec!["plan", "delete", "--yes", "--", t],
            vec!["plan-rebalance", "--out", t],
            vec!["plan-rebalance", "--dry-run", "--move", t],
            vec!["plan-rebalance", "--dry-run", "--leader", t],
            vec!["plan-rebalance", "--dry-run", "--drain", t],
            vec!["plan-rebalance", "--dry-run", "--exclude-partition", t],
            vec!["plan-rebalance", "--dry-run", "--band", t],
            vec!["plan-rebalance", "--dry-run", "--max-bytes", t],
        ] {
            harmless(&lab, &args, b"");
        }
    }
}

#[test]
fn in_colours_too() {
    let mut lab = terminal();
    lab.variables.remove("NO_COLOR");
    for text in hostile() {
        let done = lab.run_with(&["ring", "get", "--nodes", "a", "--color", &text], b"");
        let mut told = done.err.clone();
        for colour in ["0", "1", "4", "31", "32", "33"] {
            told = told.replace(&format!("\u{1b}[{colour}m"), "");
        }
        assert_eq!(steers(&told), None, "{text:?}: {:?}", done.err);
        assert_eq!(text.contains('\u{1b}'), told.contains("\\u{1b}"), "{text:?}: {told:?}");
    }
    // Colours of the parser's own are colours, not their escaped names.
    let plain = lab.run("node frobnicate");
    assert!(plain.err.contains("\u{1b}[") && !plain.err.contains("\\u{1b}"), "{plain:#?}");
}

#[test]
fn in_stored_values() {
    let lab = terminal();
    for (i, text) in hostile().into_iter().enumerate() {
        let id = format!("partition_489543_{i:04}");
        let quoted = json!(text);
        let place = json!({"region": text, "availability_zone": text, "data_center": text});
        let node = json!({"location": place, "data_url": text, "weight": 1.0}).to_string();
        let spec = format!(r#"{{"schema":"otlp-part/cluster/v1","cluster_id":{quoted},"x":{quoted}}}"#);
        let good = record(&id, &["n1"], Some("n1"), 1);
        let bad = good.replace("\"Active\"", &quoted.to_string());
        let odd = format!("partitions/{}", text.replace('/', "_"));
        let file = snapshot(&[
            ("cluster", &spec),
            ("nodes/n1", &node),
            ("rebalance/lock", &json!({"user": text, "host": text, "started_at": text}).to_string()),
            ("rebalance/control", &json!({"paused": text}).to_string()),
            ("rebalance/status", &quoted.to_string()),
            (&format!("migrations/{id}"), &json!({"phase": text}).to_string()),
            (&format!("partitions/{id}"), &good),
            ("partitions/partition_489543_0999", &bad.replace(&id, "partition_489543_0999")),
            (&odd, &quoted.to_string()),
        ]);
        for args in [
            vec!["status"],
            vec!["status", "-o", "json"],
            vec!["cluster", "get"],
            vec!["cluster", "get", "-o", "value=cluster_id"],
            vec!["node", "list"],
            vec!["node", "list", "--load"],
            vec!["node", "safe-to-remove", "n1"],
            vec!["node", "safe-to-remove", "n1", "-o", "csv"],
            vec!["node", "safe-to-remove", "--zone", &text],
            vec!["node", "get", "n1", "-o", "csv"],
            vec!["node", "get", "n1", "-o", "value=data_url"],
            vec!["ring", "get"],
            vec!["partition", "list"],
            vec!["partition", "get", "partition_489543_0999"],
            vec!["route", "--last", "5m"],
            vec!["doctor", "--each", "--severity", "info"],
            vec!["doctor", "--each", "-o", "csv"],
            vec!["doctor", "-o", "json"],
            vec!["plan-rebalance", "--dry-run"],
            vec!["plan-rebalance", "--dry-run", "-o", "json"],
            vec!["plan", "list"],
        ] {
            let args: Vec<&str> = ["--store", "snapshot:-"].into_iter().chain(args).collect();
            harmless(&lab, &args, file.as_bytes());
        }
    }
}

/// Commands that compare, edit and delete stored values, which show them in differences and refusals.
#[test]
fn in_values_that_are_changed() {
    let mut lab = terminal();
    lab.variables.insert("TMPDIR".into(), lab.root());
    let editor = lab.file("editor.sh", "sed -i 's/\"size_bytes\": .*/\"size_bytes\": 2,/' $1\n");
    let breaking = lab.file("breaking.sh", "sed -i 's/\"state\": .*/\"state\": \"Melting\",/' $1\n");
    let id = "partition_489543_0001";
    for text in hostile() {
        let quoted = json!(text);
        let spec = format!(r#"{{"schema":"otlp-part/cluster/v1","cluster_id":{quoted},"x":{quoted},{quoted}:1}}"#);
        let good = record(id, &["n1"], Some("n1"), 1).replacen('{', &format!("{{{quoted}:{quoted},"), 1);
        let key = format!("partitions/{id}");
        let odd = format!("odd/{}", text.replace('/', "_"));
        let entries = [("cluster", spec.as_str()), ("nodes/n1", "{}"), (&key, &good), (&odd, quoted.as_str().unwrap())];
        let file = lab.file("s.json", snapshot(&entries));
        let other = lab.file("t.json", snapshot(&[("cluster", &spec.replace(":1}", ":2}")), (&key, "{}")]));
        for format in ["table", "json", "csv", "name"] {
            harmless(&lab, &["snapshot", "diff", &file, &other, "-o", format], b"");
        }
        let wanted = lab.file("w.json", json!({"cluster": {"cluster_id": text, "signal": text}}).to_string());
        let store = format!("snapshot:{file}");
        harmless(&lab, &["--store", &store, "cluster", "diff", &wanted], b"");
        let wanted = lab.file("w.json", json!({"cluster": {(&text): text}}).to_string());
        harmless(&lab, &["--store", &store, "cluster", "diff", &wanted], b"");
        let _ = std::fs::remove_file(lab.path("c.db"));
        let store = lab.store("c.db");
        lab.run_with(&["--store", &store, "snapshot", "import", &file, "--yes"], b"").ok();
        for script in [&editor, &breaking] {
            lab.variables.insert("EDITOR".into(), format!("sh {script}"));
            harmless(&lab, &["--store", &store, "partition", "edit", id], b"y\n");
        }
        lab.variables.insert("EDITOR".into(), format!("false '{text}'"));
        harmless(&lab, &["--store", &store, "partition", "edit", id], b"");
        harmless(&lab, &["--store", &store, "partition", "pin", id, "--dry-run"], b"");
        harmless(&lab, &["--store", &store, "partition", "delete", id, "--force"], text.as_bytes());
    }
}

#[test]
fn in_the_trail_and_in_what_changes() {
    let lab = terminal();
    for text in hostile() {
        let store = lab.store("trail.db");
        lab.run_with(&["--store", &store, "init", "--nodes", "n1", "--yes"], b"").ok();
        let set =
            ["--store", &store, "node", "set", "n1", "--zone", &text, "--yes", "--reason", &text, "--actor", &text];
        harmless(&lab, &set, b"");
        for args in [
            vec!["audit", "list"],
            vec!["audit", "list", "-o", "json"],
            vec!["audit", "list", "-o", "csv"],
            vec!["audit", "list", "-o", "value=reason"],
            vec!["audit", "list", "--actor", &text, "--command", &text, "--key", &text],
            vec!["node", "history", "n1"],
            vec!["node", "history", "n1", "-o", "ndjson"],
            vec!["node", "history", "n1", "-o", "value=changed"],
            vec!["watch", "--from", "1", "--for", "0s"],
            vec!["watch", "--from", "1", "--for", "0s", "-o", "ndjson"],
            vec!["watch", "--from", "1", "--for", "0s", "-o", "csv", "--id", &text],
            vec!["doctor"],
            vec!["status"],
        ] {
            let args: Vec<&str> = ["--store", &store].into_iter().chain(args).collect();
            harmless(&lab, &args, b"");
        }
        std::fs::remove_file(lab.path("trail.db")).unwrap();
        for companion in ["trail.db-wal", "trail.db-shm"] {
            let _ = std::fs::remove_file(lab.path(companion));
        }
    }
}

#[test]
fn in_inputs() {
    let lab = terminal();
    for text in hostile() {
        let attribute = json!([{"key": "service.name", "value": {"stringValue": text}}]);
        let point = json!({"timeUnixNano": "1762353824000000000", "attributes": attribute});
        let metric = json!({"name": text, "gauge": {"dataPoints": [point]}});
        let otlp = json!({"resourceMetrics": [{"resource": {"attributes": attribute}, "scopeMetrics": [{"metrics": [metric]}]}]});
        let otlp = format!("{otlp}\n{{\"resourceSpans\": {}}}\n{text}\n", json!(text));
        for format in ["table", "json", "csv", "name"] {
            harmless(&lab, &["route", "--nodes", "a", "--otlp", "-", "--each", "-o", format], otlp.as_bytes());
            harmless(&lab, &["route", "--nodes", "a", "--otlp", "-", "-o", format], otlp.as_bytes());
            harmless(
                &lab,
                &["route", "--nodes", "a", "--time", "now", "--trace-ids-from", "-", "-o", format],
                text.as_bytes(),
            );
        }
        harmless(&lab, &["partition", "boundaries", "--otlp", "-", "--count", "1"], otlp.as_bytes());
        let boundaries = lab.file("b", format!("a\nb{text}\n"));
        harmless(&lab, &["partition", "boundaries", &boundaries], b"");
        let nodes = lab.file("n.json", json!([{"id": text}]).to_string());
        harmless(&lab, &["--store", &lab.store("x.db"), "node", "add", "--file", &nodes, "--dry-run"], b"");
        let ids = lab.file("ids", &text);
        harmless(&lab, &["--store", &lab.store("x.db"), "node", "fail", "--file", &ids, "--dry-run"], b"");
        harmless(&lab, &["--store", &lab.store("x.db"), "node", "drain", "--region", &text, "--dry-run"], b"");
    }
}
