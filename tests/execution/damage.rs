//! Bytes that are not what they should be, and nodes that are not there.

use std::fs;

use crate::lab::Cluster;

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
