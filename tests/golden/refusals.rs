//! What `execute-rebalance` refuses before it begins anything.

use crate::golden;
use crate::plans::{lab, skewed};
use crate::support::Session;

const STORE: &str = "--store file:$DIR/c.db";

/// The skewed cluster with a plan in a file; the data of its nodes lies in these places.
fn planned(url_of: impl Fn(&str) -> Option<String>, foreign_writers: bool) -> Session {
    let mut entries = skewed();
    for (key, value) in &mut entries {
        if let Some(url) = key.strip_prefix("nodes/").and_then(&url_of) {
            *value = value.replacen('{', &format!(r#"{{"data_url":"{url}","#), 1);
        }
        if key == "cluster" {
            *value = value.replacen('{', &format!(r#"{{"foreign_writers":{foreign_writers},"#), 1);
        }
    }
    let s = lab(&entries);
    s.lab.run(&format!("{STORE} plan-rebalance --out $DIR/p.json -q")).ok();
    s
}

fn logs(sessions: &[Session]) -> String {
    sessions.iter().map(Session::log).collect::<Vec<_>>().join("\n\n")
}

/// Runs it; the store's file stays as it was, byte for byte.
fn refused(s: &mut Session, line: &str) {
    let before = s.lab.read("c.db");
    s.run(&format!("{STORE} {line}"));
    assert!(before == s.lab.read("c.db"), "{line} wrote");
}

#[test]
fn places_that_cannot_take_data() {
    let mut s = planned(|_| None, false);
    refused(&mut s, "execute-rebalance $DIR/p.json --yes");
    let mut unmarked = planned(|node| Some(format!("file:///no/such/place/{node}")), false);
    refused(&mut unmarked, "execute-rebalance $DIR/p.json --yes");
    let mut shared = planned(|node| Some(format!("file:///data/{}", if node == "n4" { "n3" } else { node })), false);
    refused(&mut shared, "execute-rebalance $DIR/p.json --yes");
    refused(&mut shared, "auto-rebalance run --rounds 1 --yes");
    let mut nested = planned(|node| Some(format!("file:///data/{}", if node == "n4" { "n3/n4" } else { node })), false);
    refused(&mut nested, "execute-rebalance $DIR/p.json --yes");
    golden!("execute_refuses_places", text: logs(&[s, unmarked, shared, nested]));
}

#[test]
fn plans_and_clusters_that_do_not_fit() {
    let mut s = planned(|node| Some(format!("file:///no/such/place/{node}")), false);
    refused(&mut s, "execute-rebalance $DIR/other.json --yes");
    refused(&mut s, "execute-rebalance plan-000000000000 --yes");
    refused(&mut s, "execute-rebalance $DIR/p.json");
    let text = String::from_utf8(s.lab.read("p.json")).unwrap();
    s.lab.file("edited.json", text.replacen(r#""to":"n3""#, r#""to":"n2""#, 1));
    refused(&mut s, "execute-rebalance $DIR/edited.json --yes");
    refused(&mut s, "execute-rebalance $DIR/p.json --yes --until 2020-01-01");
    refused(&mut s, "execute-rebalance $DIR/p.json --yes --bandwidth 0");
    refused(&mut s, "auto-rebalance run --yes --window 22:00");
    refused(&mut s, "auto-rebalance run --yes --interval 0");
    // A partition of it is led by another now.
    s.lab.run(&format!("{STORE} partition set partition_489540_0000 --leader n2 --yes -q")).ok();
    s.lab.run(&format!("{STORE} partition set partition_489540_0001 --leader n2 --yes -q")).ok();
    refused(&mut s, "execute-rebalance $DIR/p.json --yes");
    refused(&mut s, "execute-rebalance $DIR/p.json --yes -o json");
    let mut foreign = planned(|node| Some(format!("file:///no/such/place/{node}")), true);
    refused(&mut foreign, "execute-rebalance $DIR/p.json --yes");
    golden!("execute_refuses_plans", text: logs(&[s, foreign]));
}
