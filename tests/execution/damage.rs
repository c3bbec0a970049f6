//! Bytes that are not what they should be, and nodes that are not there.

use std::fs;

use crate::lab::{Cluster, Metadata, Setting};

#[test]
fn a_source_with_a_flipped_byte_is_marked_and_another_holder_is_read() {
    let cluster = Cluster::embedded(6);
    // One holder of every partition that n2 leads or follows is damaged there.
    let mut damaged = 0;
    for id in cluster.content.keys() {
        let segment = cluster.node("n2").join(id).join("first/a-0001.jsonl");
        if segment.exists() {
            let mut bytes = fs::read(&segment).unwrap();
            bytes[7] ^= 0x20;
            fs::write(&segment, bytes).unwrap();
            damaged += 1;
        }
    }
    assert!(damaged > 0);
    let plan = cluster.plan(&[]);
    let ran = cluster.execute(&plan, &[]);
    let marks: Vec<String> = cluster.stored().into_keys().filter(|key| key.starts_with("repair/")).collect();
    // No damaged copy was taken for whole: whatever n4 to n6 hold is right.
    for (id, files) in &cluster.content {
        for node in ["n4", "n5", "n6"] {
            for copy in fs::read_dir(cluster.node(node).join(id)).into_iter().flatten() {
                let found = fs::read(copy.unwrap().path().join("a-0001.jsonl")).unwrap();
                assert!(found == files["a-0001.jsonl"], "{node} holds damaged data of {id}");
            }
        }
    }
    assert!(marks.iter().all(|mark| mark.ends_with("/n2")), "{marks:?}");
    assert!(!marks.is_empty(), "no copy was read from n2: {ran:?}");
}

#[test]
fn a_target_without_marker_gets_nothing() {
    let cluster = Cluster::embedded(6);
    let plan = cluster.plan(&[]);
    fs::remove_file(cluster.node("n4").join(".otlp-part-node.json")).unwrap();
    let before = cluster.stored();
    let ran = cluster.execute(&plan, &[]).code(1);
    assert!(ran.err.contains("n4") && ran.err.contains("marker"), "{}", ran.err);
    assert_eq!(cluster.stored(), before, "something was written");
}

#[test]
fn an_old_copy_stays_while_the_new_one_is_not_whole() {
    let cluster = Cluster::embedded(3);
    let plan = cluster.plan(&[]);
    // Killed after the cutover, before the listed copies are looked at again.
    let number = otlp_part::operations::executing::CrashAt::number_of("graced").unwrap();
    let ran = cluster.run_to(&number.to_string(), &crate::lab::execution(&plan, &[]));
    assert_eq!(ran.signal, Some(9), "{ran:?}");
    let stored = cluster.stored();
    let (key, journal) =
        stored.iter().find(|(key, j)| key.starts_with("migrations/") && j["phase"] == "Cleanup").unwrap();
    let id = key.strip_prefix("migrations/").unwrap();
    let (to, copy) = (journal["to"].as_str().unwrap(), journal["copy_id"].as_str().unwrap());
    let segment = cluster.node(to).join(id).join(copy).join("b-0002.jsonl");
    let whole = fs::read(&segment).unwrap();
    let mut bytes = whole.clone();
    bytes[3] ^= 1;
    fs::write(&segment, bytes).unwrap();
    let stuck = cluster.execute(&plan, &[]).code(7);
    assert!(stuck.err.contains(to), "{}", stuck.err);
    let from = journal["from"].as_str().unwrap();
    assert!(cluster.node(from).join(id).join("first").exists(), "the old copy is gone");
    // Mended, the same command goes on.
    fs::write(&segment, whole).unwrap();
    cluster.execute(&plan, &[]).ok();
    cluster.check_rest();
}

/// A listed node that only does not answer holds nothing bad: the work is left, and goes on when the node is back.
#[test]
fn an_old_copy_stays_while_a_listed_node_does_not_answer() {
    let cluster = Cluster::embedded(3);
    let plan = cluster.plan(&[]);
    let number = otlp_part::operations::executing::CrashAt::number_of("graced").unwrap();
    let ran = cluster.run_to(&number.to_string(), &crate::lab::execution(&plan, &[]));
    assert_eq!(ran.signal, Some(9), "{ran:?}");
    assert!(cluster.end_lease());
    let stored = cluster.stored();
    let (key, journal) =
        stored.iter().find(|(key, j)| key.starts_with("migrations/") && j["phase"] == "Cleanup").unwrap();
    let id = key.strip_prefix("migrations/").unwrap();
    let (from, to) = (journal["from"].as_str().unwrap(), journal["to"].as_str().unwrap());
    let stays = journal["target_nodes"].as_array().unwrap().iter().find(|node| **node != to).unwrap();
    for away in [to, stays.as_str().unwrap()] {
        let marker = cluster.node(away).join(".otlp-part-node.json");
        fs::rename(&marker, cluster.path("marker")).unwrap();
        let left = cluster.run(&["migration", "abort", id, "--yes", "--grace", "0"]).code(5);
        assert!(left.err.contains(away), "{}", left.err);
        // Nothing new goes there, so that what is in flight is all that the plan could not do.
        let left = cluster.execute(&plan, &["--only", id]).code(5).json();
        let failure = &left["failures"][0];
        assert_eq!((&failure["partition"], &failure["damage"]), (&id.into(), &false.into()), "{away}: {left}");
        assert!(failure["reason"].as_str().unwrap().contains(away), "{left}");
        assert!(cluster.node(from).join(id).join("first").exists(), "the old copy is gone");
        fs::rename(cluster.path("marker"), &marker).unwrap();
    }
    cluster.execute(&plan, &[]).ok();
    cluster.check_rest();
}

#[test]
fn a_target_without_a_place_is_named_with_the_command_that_gives_it_one() {
    let node = ("nodes/n7".to_owned(), r#"{"location":{"availability_zone":"a"},"later": {"x": 1.50}}"#.to_owned());
    let setting = Setting { room: None, holders: vec![&["n1", "n2"]], bytes: 3000, more: vec![node] };
    let cluster = Cluster::set(Metadata::File, setting);
    let plan = cluster.plan(&["--move", "partition_489540_0000,from=n1,to=n7"]);
    let refused = cluster.execute(&plan, &[]).code(1);
    let error: serde_json::Value = serde_json::from_str(refused.err.lines().last().unwrap()).unwrap();
    let expected = "refused to execute: node n7 has no data URL: `otlp-part node set n7 --data-url URL` records where its \
                    data is";
    assert_eq!(error["error"], expected, "{}", refused.err);
    fs::create_dir(cluster.node("n7")).unwrap();
    let place = format!("file://{}", cluster.node("n7").display());
    cluster.run(&["node", "set", "n7", "--data-url", &place, "--yes"]).ok();
    cluster.run(&["node", "claim", "n7", "--yes"]).ok();
    cluster.execute(&plan, &[]).ok();
    cluster.check_rest();
}
