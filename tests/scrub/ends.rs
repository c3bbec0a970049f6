//! How a scrub ends where not all can be done, and how it goes on.

use std::fs;

use otlp_part::operations::executing::CrashAt;
use serde_json::Value;

use crate::lab::Cluster;
use crate::stage::{A, ID, REPAIR, check_clean, cluster, copy, everything, flip, repair, scrub, told};

/// The last line of stderr: the error.
fn error(ran: &crate::lab::Ran) -> Value {
    serde_json::from_str(ran.err.lines().last().unwrap()).unwrap_or_else(|e| panic!("{e}: {ran:#?}"))
}

/// Takes the marker of a node away, and gives what brings it back.
fn unmark(cluster: &Cluster, node: &str) -> impl Fn() {
    let marker = cluster.node(node).join(".otlp-part-node.json");
    let bytes = fs::read(&marker).unwrap();
    fs::remove_file(&marker).unwrap();
    move || fs::write(&marker, &bytes).unwrap()
}

/// An unmounted disk is no empty node: told once for all of its copies, and nothing is written there.
#[test]
fn an_unmarked_directory_is_unreachable() {
    let cluster = cluster();
    flip(&copy(&cluster, "n3").join(A));
    let back = unmark(&cluster, "n1");
    let before = everything(&cluster);
    let ran = scrub(&cluster, &[]).code(5);
    assert_eq!(told(&ran), ["n3 a-0001.jsonl corrupt repairable", "n1 - unreachable waits"]);
    assert_eq!(ran.err.matches("on n1 not looked at: ").count(), 1, "{}", ran.err);
    assert!(everything(&cluster) == before);
    // n2 is sound and unmarked, and so holds everything: n3 can be repaired by it to the end.
    let ran = repair(&cluster, &[]).code(5);
    assert_eq!(told(&ran), ["n3 a-0001.jsonl corrupt repaired", "n1 - unreachable waits"]);
    assert!(cluster.stored().keys().all(|key| !key.starts_with("repair/")));
    back();
    check_clean(&cluster);
}

/// Who looked at nothing does not say that nothing is wrong.
#[test]
fn no_copy_looked_at_is_not_called_sound() {
    let cluster = cluster();
    let back: Vec<_> = ["n1", "n2", "n3"].map(|node| unmark(&cluster, node)).into();
    let message = error(&scrub(&cluster, &["--partition", ID]).code(5))["error"].as_str().unwrap().to_owned();
    assert_eq!(message, "looked at 1 partition(s), 0 copies: nothing is known; 3 copies not looked at");
    back[1]();
    let message = error(&scrub(&cluster, &["--partition", ID]).code(5))["error"].as_str().unwrap().to_owned();
    assert_eq!(message, "looked at 1 partition(s), 1 copies: nothing is wrong with them; 2 copies not looked at");
    back.iter().for_each(|back| back());
    check_clean(&cluster);
}

#[test]
fn a_copy_is_not_called_whole_while_nobody_knows() {
    let cluster = cluster();
    flip(&copy(&cluster, "n2").join(A));
    let killed = CrashAt::number_of("scrub-quarantined").unwrap().to_string();
    cluster.run_to(&killed, &REPAIR);
    // What is left of the only good copies does not answer.
    let back = [unmark(&cluster, "n1"), unmark(&cluster, "n3")];
    let ran = repair(&cluster, &["--partition", ID]).code(5);
    let rows = told(&ran);
    assert!(rows.contains(&"n2 a-0001.jsonl missing waits".to_owned()), "{ran:?}");
    assert!(cluster.stored().contains_key(&format!("repair/{ID}/n2")));
    back.iter().for_each(|back| back());
    repair(&cluster, &[]).ok();
    check_clean(&cluster);
}

#[test]
fn what_is_in_flight_is_passed_over() {
    let cluster = cluster();
    let plan = cluster.plan(&["--move", "partition_489540_0001,from=n2,to=n5"]);
    let killed = CrashAt::number_of("copy-begun").unwrap().to_string();
    cluster.run_to(&killed, &crate::lab::execution(&plan, &[]));
    for ran in [scrub(&cluster, &[]).code(5), repair(&cluster, &[]).code(5)] {
        assert!(ran.err.contains("partition_489540_0001 is passed over: an operation is in flight"), "{}", ran.err);
        let hint = error(&ran)["hint"].as_str().unwrap().to_owned();
        assert!(hint.contains("--partition partition_489540_0001"), "{hint}");
    }
    assert!(cluster.end_lease());
    cluster.execute(&plan, &[]).ok();
    check_clean(&cluster);
}

#[test]
fn interrupted_it_names_the_command_that_goes_on() {
    let cluster = cluster();
    for id in ["partition_489540_0001", "partition_489540_0002"] {
        flip(&cluster.node("n3").join(id).join("first").join(A));
    }
    let second = format!("{}:2:INT", CrashAt::number_of("scrub-marked").unwrap());
    let ran = cluster.run_to(&second, &REPAIR).code(130);
    assert_eq!(told(&ran), ["n3 a-0001.jsonl corrupt repaired"]);
    let hint = error(&ran)["hint"].as_str().unwrap().to_owned();
    let command = hint.split('`').nth(1).unwrap();
    assert!(command.ends_with("data scrub --repair --after partition_489540_0001"), "{hint}");
    let words: Vec<&str> = command.split(' ').skip(1).chain(["--yes", "-o", "json"]).collect();
    let ran = cluster.run(&words[2..]).ok();
    assert_eq!(told(&ran), ["n3 a-0001.jsonl corrupt repaired"]);
    check_clean(&cluster);
}

#[test]
fn a_part_can_be_chosen() {
    let cluster = cluster();
    for id in cluster.content.keys() {
        flip(&cluster.node("n3").join(id).join("first").join(A));
    }
    let ids = |more: &[&str]| {
        let ran = scrub(&cluster, &[&["--columns", "partition"], more].concat());
        let rows: Value = serde_json::from_str(&ran.out).unwrap();
        let id = |row: &Value| row["partition"].as_str().unwrap().trim_start_matches("partition_489540_000").to_owned();
        rows.as_array().unwrap().iter().map(id).collect::<Vec<_>>().join("")
    };
    assert_eq!(ids(&[]), "012");
    assert_eq!(ids(&["--node", "n2"]), "01");
    assert_eq!(ids(&["--node", "n1", "--node", "n2"]), "012");
    assert_eq!(ids(&["--after", "partition_489540_0000"]), "12");
    assert_eq!(ids(&["--partition", "partition_489540_0002", "--partition", ID]), "02");
    assert_eq!(ids(&["--from", "2025-11-05T12:00Z", "--to", "2025-11-05T13:00Z"]), "012");
    assert_eq!(ids(&["--from", "2025-11-05T13:00Z", "--to", "2025-11-05T14:00Z"]), "");
    let some: Vec<String> = (0..20_u32).map(|seed| ids(&["--sample", "50%", "--seed", &seed.to_string()])).collect();
    assert!(some.iter().any(|ids| ids != &some[0]) && some.iter().all(|ids| ids.len() <= 3), "{some:?}");
    assert_eq!(ids(&["--sample", "50%", "--seed", "7"]), ids(&["--sample", "50%", "--seed", "7"]));
    let ran = scrub(&cluster, &["--partition", "partition_489540_0063"]).code(1);
    assert_eq!(error(&ran)["kind"], "not_found");
    scrub(&cluster, &["--node", "n9"]).code(1);
}

#[test]
fn a_mass_repair_is_asked_for() {
    let cluster = cluster();
    flip(&copy(&cluster, "n1").join(A));
    cluster.run(&["node", "fail", "n6", "--yes"]).ok();
    let ran = repair(&cluster, &[]).code(1);
    assert!(error(&ran)["error"].as_str().unwrap().contains("--allow-mass-repair"), "{}", ran.err);
    scrub(&cluster, &[]).code(3);
    repair(&cluster, &["--allow-mass-repair"]).ok();
    cluster.run(&["node", "activate", "n6", "--yes"]).ok();
    check_clean(&cluster);
}

/// A copy on a node that is down by its record is nobody's fault and no work that is left.
#[test]
fn nodes_that_are_down_are_not_asked() {
    let cluster = cluster();
    cluster.run(&["node", "fail", "n1", "--yes"]).ok();
    let back = unmark(&cluster, "n1");
    let ran = scrub(&cluster, &[]).ok();
    assert!(ran.err.contains("2 copies on n1 not looked at: it is down by its record"), "{}", ran.err);
    back();
}

#[test]
fn wrong_command_lines() {
    let cluster = cluster();
    for line in [
        "data scrub --yes",
        "data scrub --repair",
        "data scrub --sample 5",
        "data scrub --sample 0%",
        "data scrub --seed 5",
        "data scrub --allow-mass-repair",
        "data scrub --streams 9",
        "data scrub --at 3",
        "data scrub --partition x",
        "data scrub --bandwidth 0",
    ] {
        cluster.run(&line.split(' ').collect::<Vec<_>>()).code(2);
    }
}
