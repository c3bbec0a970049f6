//! `auto-rebalance`, as it runs by itself.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Child;

use serde_json::Value;

use crate::history;
use crate::lab::{Cluster, Ran};
use crate::operators::{signal, until};

/// Rounds with little between them, and without waiting for readers' caches.
const QUICK: [&str; 9] = ["auto-rebalance", "run", "--yes", "--interval", "1s", "--grace", "0", "-o", "ndjson"];

fn start(cluster: &Cluster, more: &[&str]) -> Child {
    start_slow(cluster, "0", more)
}

/// The same, with a time in which moves are in flight.
fn start_slow(cluster: &Cluster, settle: &str, more: &[&str]) -> Child {
    let mut args = QUICK.to_vec();
    args.extend(["--threshold", "5%", "--settle", settle]);
    args.extend(more);
    cluster.spawn(&args)
}

fn status(cluster: &Cluster) -> Value {
    cluster.run(&["auto-rebalance", "status", "-o", "json", "-q"]).ok().json()
}

/// A round after those that are over ends so.
fn until_ends(cluster: &Cluster, what: &str, wanted: &str, holds: impl Fn() -> bool) {
    let last = |status: &Value| status["status"]["last_round"].clone();
    let over = last(&status(cluster))["number"].as_u64().unwrap_or_default();
    until(what, || {
        let round = last(&status(cluster));
        round["result"] == wanted && round["number"].as_u64().is_some_and(|number| number > over) && holds()
    });
}

fn last_result(cluster: &Cluster) -> String {
    status(cluster)["status"]["last_round"]["result"].as_str().unwrap_or_default().to_owned()
}

fn stop(cluster: &Cluster, running: Child) -> Ran {
    signal(running.id(), "TERM");
    let ended = Cluster::ended(running).code(143);
    assert_eq!(status(cluster)["state"], "stopped");
    ended
}

fn rounds(ran: &Ran) -> Vec<Value> {
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn holds(cluster: &Cluster, node: &str) -> bool {
    cluster.owners().values().any(|(nodes, _)| nodes.contains(node))
}

fn leads(cluster: &Cluster, node: &str) -> bool {
    cluster.owners().values().any(|(_, leader)| leader == node)
}

#[test]
fn it_balances_fails_over_repairs_and_takes_the_node_back() {
    let cluster = Cluster::on_etcd(18);
    let running =
        start(&cluster, &["--fail-after", "2s", "--repair-after", "3s", "--allow-mass-repair", "--reason", "night"]);
    until("it is balanced", || last_result(&cluster) == "balanced");
    assert!(holds(&cluster, "n5") && leads(&cluster, "n2"));
    // Its disk goes.
    fs::rename(cluster.node("n2"), cluster.path("away")).unwrap();
    until("it is declared lost", || status(&cluster)["status"]["last_fail_over"]["nodes"][0] == "n2");
    until("nobody follows it", || !leads(&cluster, "n2"));
    let seen = cluster.run(&["auto-rebalance", "status"]).ok();
    assert!(seen.err.contains("n2 does not answer since"), "{}", seen.err);
    until_ends(&cluster, "its copies are made anew", "balanced", || !holds(&cluster, "n2"));
    // It comes back.
    fs::rename(cluster.path("away"), cluster.node("n2")).unwrap();
    until("it is seen again", || status(&cluster)["status"]["away"].as_object().is_some_and(|away| away.is_empty()));
    cluster.run(&["node", "activate", "n2", "--yes"]).ok();
    until_ends(&cluster, "it is filled again", "balanced", || holds(&cluster, "n2"));
    let ended = stop(&cluster, running);
    let rounds = rounds(&ended);
    let executed = rounds.iter().filter(|round| round["result"] == "executed").count();
    assert!(executed >= 3, "{rounds:#?}");
    assert!(rounds.iter().any(|round| round["result"] == "repair_waits"), "{rounds:#?}");
    for line in
        ["leading", "n2 does not answer", "n2 declared lost", "repairing by plan-", "n2 answers again and is Down"]
    {
        assert!(ended.err.contains(line), "{line} is not in {}", ended.err);
    }
    cluster.check_rest_but(&["rebalance/auto-status"]);
    assert!(history::check(&cluster) > 20);
    let audit = cluster.run(&["audit", "list", "-o", "ndjson", "-q"]).ok().out;
    let failed = audit.lines().find(|line| line.contains("no answer for --fail-after")).unwrap();
    assert!(failed.contains("night; no answer for --fail-after") && failed.contains("auto-rebalance run"), "{failed}");
}

#[test]
fn another_takes_over_from_one_that_is_killed() {
    let cluster = Cluster::embedded(9);
    let first = start_slow(&cluster, "60s", &[]);
    let in_flight = || cluster.stored().keys().any(|key| key.starts_with("migrations/"));
    until("moves are in flight", in_flight);
    let holder = status(&cluster)["holder"].as_str().unwrap().to_owned();
    assert!(holder.contains(&format!("process {}", first.id())), "{holder}");
    let second = start(&cluster, &[]);
    let pid = second.id();
    signal(first.id(), "KILL");
    assert_eq!(Cluster::ended(first).signal, Some(9));
    until("the other one leads", || status(&cluster)["holder"].as_str().is_some_and(|h| h.contains(&pid.to_string())));
    until("it is balanced", || last_result(&cluster) == "balanced");
    let ended = stop(&cluster, second);
    assert!(ended.err.contains("standing by: led by ann@desk"), "{}", ended.err);
    let results: BTreeSet<String> =
        rounds(&ended).iter().map(|round| round["result"].as_str().unwrap().to_owned()).collect();
    assert!(results.contains("recovered"), "{results:?}");
    cluster.check_rest_but(&["rebalance/auto-status"]);
    history::check(&cluster);
}

#[test]
fn it_is_paused_from_elsewhere_and_goes_on() {
    let cluster = Cluster::embedded(9);
    cluster.run(&["auto-rebalance", "pause", "--yes"]).ok();
    let before = cluster.owners();
    let running = start(&cluster, &[]);
    until("it does nothing", || last_result(&cluster) == "paused" && status(&cluster)["state"] == "paused");
    assert_eq!(cluster.owners(), before);
    cluster.run(&["auto-rebalance", "resume", "--yes"]).ok();
    until("it goes on", || last_result(&cluster) == "balanced");
    assert_ne!(cluster.owners(), before);
    stop(&cluster, running);
    cluster.check_rest_but(&["rebalance/auto-status", "rebalance/control"]);
}

#[test]
fn a_pause_in_the_middle_finishes_what_is_in_flight() {
    let cluster = Cluster::embedded(18);
    let running = start_slow(&cluster, "4s", &["--max-concurrent", "1"]);
    until("moves are in flight", || cluster.stored().keys().any(|key| key.starts_with("migrations/")));
    cluster.run(&["auto-rebalance", "pause", "--yes"]).ok();
    until("the round ends", || ["partly", "paused"].contains(&last_result(&cluster).as_str()));
    cluster.check_rest_but(&["rebalance/auto-leader", "rebalance/auto-status", "rebalance/control"]);
    let ended = stop(&cluster, running);
    let rounds = rounds(&ended);
    let partly = &rounds[0];
    assert_eq!(partly["result"], "partly", "{partly}");
    assert!(partly["message"].as_str().unwrap().contains("paused by ann@desk"), "{partly}");
    assert!(partly["moves_done"].as_u64().unwrap() > 0 && partly["moves_left"].as_u64().unwrap() > 0, "{partly}");
}

/// One round, by its result.
fn one_round(cluster: &Cluster, more: &[&str], code: i32) -> Value {
    let mut args = QUICK.to_vec();
    args.extend(["--settle", "0", "--rounds", "1"]);
    args.extend(more);
    cluster.run(&args).code(code).json()
}

#[test]
fn what_is_asked_for_holds_it_back() {
    let cluster = Cluster::embedded(9);
    let before = cluster.owners();
    for (more, result) in [
        (["--bytes-per-day", "1B"], "budget_spent"),
        (["--window", &closed_window()], "outside_window"),
        (["--threshold", "1000%"], "balanced"),
    ] {
        let round = one_round(&cluster, &more, 0);
        assert_eq!(round["result"], result, "{round}");
        assert_eq!(cluster.owners(), before, "{more:?}");
    }
    // Bytes are counted over rounds and restarts.
    let round = one_round(&cluster, &["--threshold", "5%", "--bytes-per-day", "7kB"], 0);
    assert_eq!(round["result"], "executed", "{round}");
    let verified = round["verified_bytes"].as_u64().unwrap();
    assert!((1..=7000).contains(&verified), "{round}");
    assert_eq!(status(&cluster)["status"]["today"]["bytes"].as_u64(), Some(verified));
    assert_eq!(one_round(&cluster, &["--threshold", "5%", "--bytes-per-day", "7kB"], 0)["result"], "budget_spent");
    // A repair is not held back by them, and waits for its time.
    cluster.run(&["node", "fail", "n3", "--yes", "-q"]).ok();
    let spent = ["--bytes-per-day", "7kB", "--window", &closed_window(), "--allow-mass-repair", "--repair-after"];
    let with = |after| [&spent[..], &[after]].concat();
    assert_eq!(one_round(&cluster, &with("1h"), 0)["result"], "repair_waits");
    assert_eq!(one_round(&cluster, &with("never"), 0)["result"], "held");
    assert_eq!(one_round(&cluster, &["--repair-after", "0"], 0)["result"], "held", "one of six is more than a tenth");
    assert_eq!(one_round(&cluster, &with("0"), 0)["result"], "executed");
    assert!(!holds(&cluster, "n3"));
    assert_eq!(status(&cluster)["status"]["today"]["bytes"].as_u64(), Some(verified));
}

/// Two hours from now, for an hour.
#[expect(clippy::disallowed_methods, reason = "the program compares it with its own clock")]
fn closed_window() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let minutes = |hours: u64| (now / 60 + hours * 60) % (24 * 60);
    let text = |minutes: u64| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    format!("{}-{}", text(minutes(2)), text(minutes(3)))
}

#[test]
fn a_dry_run_says_what_it_would_do_and_writes_nothing() {
    let cluster = Cluster::on_etcd(9);
    let before = cluster.stored();
    let args = ["auto-rebalance", "run", "--dry-run", "--rounds", "2", "--interval", "1s", "-o", "ndjson"];
    let ran = cluster.run(&args).ok();
    let rounds = rounds(&ran);
    assert_eq!(rounds.len(), 2, "{}", ran.out);
    for round in rounds {
        assert_eq!(round["result"], "dry_run", "{round}");
        assert!(round["message"].as_str().unwrap().contains("would be made to balance"), "{round}");
    }
    assert_eq!(cluster.stored(), before);
}

#[test]
fn metrics_are_served() {
    let cluster = Cluster::embedded(9);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let text = address.to_string();
    let running = start(&cluster, &["--metrics", &text]);
    until("it is balanced", || last_result(&cluster) == "balanced");
    let answer = get(&text, "/metrics");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("openmetrics-text"), "{answer}");
    assert!(answer.contains("otlp_part_auto_rebalance_leads 1"), "{answer}");
    assert!(answer.contains(r#"otlp_part_auto_rebalance_rounds_total{result="executed"} 1"#), "{answer}");
    assert!(get(&text, "/other").starts_with("HTTP/1.1 404"));
    // A second one cannot have the address, and says so before it does anything.
    let other = cluster.run(&["auto-rebalance", "run", "--yes", "--metrics", &text]).code(1);
    assert!(other.err.contains(&format!("cannot serve metrics at {text}")), "{}", other.err);
    stop(&cluster, running);
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn what_it_cannot_work_on_is_told_at_once() {
    let cluster = Cluster::embedded(3);
    cluster.run(&["cluster", "set", "foreign_writers=true", "--yes"]).ok();
    let refused = cluster.run(&["auto-rebalance", "run", "--yes", "--rounds", "1"]).code(1);
    assert!(refused.err.contains("cluster set foreign_writers=false"), "{}", refused.err);
    let usage = cluster.run(&["auto-rebalance", "run", "--rounds", "1"]).code(2);
    assert!(usage.err.contains("--yes"), "{}", usage.err);
    assert_eq!(status(&cluster)["state"], "stopped");
}
