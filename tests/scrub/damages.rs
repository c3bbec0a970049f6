//! Each kind of damage is found, told without a write, repaired byte for byte, and then gone.

use std::fs;

use crate::lab::Cluster;
use crate::stage::{
    A, B, HOLDERS, ID, OTHERS, check_clean, cluster, copy, everything, flip, repair, scrub, sidecar, told,
};

type Damage = (&'static str, fn(&Cluster), &'static [&'static str]);

fn cut(cluster: &Cluster) {
    let path = copy(cluster, "n1").join(A);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
}

fn remove(cluster: &Cluster, node: &str, names: &[String]) {
    names.iter().for_each(|name| fs::remove_file(copy(cluster, node).join(name)).unwrap());
}

/// As a kill between the two renames leaves it.
fn half_quarantined(cluster: &Cluster) {
    let path = copy(cluster, "n1");
    fs::rename(path.join(A), path.join(format!("{A}.0123456789abcdef00000000.quarantined"))).unwrap();
}

/// What is damaged, how, and what is then told.
const DAMAGES: [Damage; 13] = [
    ("a flipped bit", |c| flip(&copy(c, "n1").join(A)), &["n1 a-0001.jsonl corrupt"]),
    ("a cut file", cut, &["n1 a-0001.jsonl length"]),
    ("a missing segment", |c| remove(c, "n1", &[A.into()]), &["n1 a-0001.jsonl missing"]),
    ("a missing sidecar", |c| remove(c, "n1", &[sidecar(A)]), &["n1 a-0001.jsonl sidecar_missing"]),
    (
        "a garbage sidecar",
        |c| fs::write(copy(c, "n1").join(sidecar(A)), b"\xff{]").unwrap(),
        &["n1 a-0001.jsonl sidecar_corrupt"],
    ),
    ("both gone", |c| remove(c, "n1", &[A.into(), sidecar(A)]), &["n1 a-0001.jsonl lacking"]),
    (
        "no sidecar, and a flipped bit",
        |c| {
            remove(c, "n1", &[sidecar(A)]);
            flip(&copy(c, "n1").join(A));
        },
        &["n1 a-0001.jsonl corrupt"],
    ),
    ("a flipped bit in what others wrote", |c| flip(&copy(c, "n1").join(OTHERS)), &["n1 c-others.parquet corrupt"]),
    ("a lost file of others", |c| remove(c, "n3", &[OTHERS.into()]), &["n3 c-others.parquet lacking"]),
    (
        "a directory gone",
        |c| fs::remove_dir_all(c.node("n2").join(ID)).unwrap(),
        &["n2 a-0001.jsonl lacking", "n2 b-0002.jsonl lacking", "n2 c-others.parquet lacking"],
    ),
    (
        "each copy another damage",
        |c| {
            flip(&copy(c, "n1").join(A));
            remove(c, "n2", &[B.into()]);
            remove(c, "n3", &[sidecar(B)]);
        },
        &["n1 a-0001.jsonl corrupt", "n2 b-0002.jsonl missing", "n3 b-0002.jsonl sidecar_missing"],
    ),
    (
        "sidecars are left beside damaged segments only",
        |c| {
            flip(&copy(c, "n1").join(A));
            remove(c, "n2", &[sidecar(A)]);
            remove(c, "n3", &[A.into(), sidecar(A)]);
        },
        &["n1 a-0001.jsonl corrupt", "n2 a-0001.jsonl sidecar_missing", "n3 a-0001.jsonl lacking"],
    ),
    ("a kill while it was quarantined", half_quarantined, &["n1 a-0001.jsonl missing"]),
];

fn with(lines: &[&str], result: &str) -> Vec<String> {
    lines.iter().map(|line| format!("{line} {result}")).collect()
}

#[test]
fn each_is_found_and_repaired() {
    for (what, damage, expected) in DAMAGES {
        println!("{what}");
        let cluster = cluster();
        damage(&cluster);
        let (files, stored) = (everything(&cluster), cluster.stored());
        for more in [&[][..], &["--repair", "--dry-run"]] {
            let ran = scrub(&cluster, more).code(3);
            assert_eq!(told(&ran), with(expected, "repairable"), "{what}: {ran:?}");
            assert!(everything(&cluster) == files && cluster.stored() == stored, "{what}: something was written");
        }
        let ran = repair(&cluster, &[]).ok();
        assert_eq!(told(&ran), with(expected, "repaired"), "{what}: {ran:?}");
        check_clean(&cluster);
    }
}

#[test]
fn a_quick_look_sees_all_but_flipped_bits() {
    for (what, damage, expected) in DAMAGES {
        let cluster = cluster();
        damage(&cluster);
        let is_unseen = expected.len() == 1 && expected[0] == "n1 a-0001.jsonl corrupt" && what == "a flipped bit";
        let ran = scrub(&cluster, &["--quick"]).code(if is_unseen { 0 } else { 3 });
        let seen = |line: &&&str| !line.ends_with("a-0001.jsonl corrupt") || what.starts_with("no sidecar");
        let expected: Vec<&str> = expected.iter().filter(seen).copied().collect();
        let told = told(&ran);
        assert!(expected.iter().all(|line| told.iter().any(|told| told.starts_with(line))), "{what}: {told:?}");
    }
}

/// A segment that reached one replica alone is completed.
#[test]
fn a_sound_segment_of_one_copy_is_rolled_forward() {
    let mut cluster = cluster();
    let bytes = b"one more".to_vec();
    let crc = crc32c::crc32c(&bytes);
    let beside = format!(r#"{{"bytes":8,"crc32c":{crc},"records":1,"later":[1, 2]}}"#).into_bytes();
    let new = "d-0003.jsonl";
    fs::write(copy(&cluster, "n2").join(new), &bytes).unwrap();
    fs::write(copy(&cluster, "n2").join(sidecar(new)), &beside).unwrap();
    let ran = repair(&cluster, &[]).ok();
    assert_eq!(told(&ran), ["n1 d-0003.jsonl lacking repaired", "n3 d-0003.jsonl lacking repaired"]);
    let files = cluster.content.get_mut(ID).unwrap();
    files.insert(new.to_owned(), bytes);
    files.insert(sidecar(new), beside);
    check_clean(&cluster);
    // What others wrote says nothing of its records; the size is known.
    let record = &cluster.stored()[&format!("partitions/{ID}")];
    assert_eq!(record["size_bytes"], 3003 + 8, "{record}");
    assert!(ran.err.contains("its record said"), "{}", ran.err);
}

#[test]
fn counts_of_a_sound_partition_are_corrected_by_a_repair_alone() {
    let cluster = cluster();
    let key = format!("partitions/{ID}");
    HOLDERS.iter().for_each(|node| fs::remove_file(copy(&cluster, node).join(OTHERS)).unwrap());
    let before = cluster.stored();
    scrub(&cluster, &[]).ok();
    assert_eq!(cluster.stored(), before);
    let audited = before.keys().filter(|key| key.starts_with("audit/")).count();
    let ran = repair(&cluster, &[]).ok();
    assert!(ran.err.contains(&format!("{ID}: its record said")), "{}", ran.err);
    let after = cluster.stored();
    assert_eq!((&after[&key]["size_bytes"], &after[&key]["record_count"]), (&2001.into(), &21.into()));
    assert_eq!(after[&key]["later"], before[&key]["later"]);
    assert_eq!(after.keys().filter(|key| key.starts_with("audit/")).count(), audited, "counts are not audited");
    let again = repair(&cluster, &[]).ok();
    assert!(!again.err.contains("its record said"), "{}", again.err);
}

#[test]
fn what_has_no_good_copy_is_left_as_it_is() {
    let cases: [Damage; 4] = [
        (
            "all are damaged",
            |c| HOLDERS.iter().for_each(|node| flip(&copy(c, node).join(A))),
            &["n1 a-0001.jsonl corrupt", "n2 a-0001.jsonl corrupt", "n3 a-0001.jsonl corrupt"],
        ),
        (
            "two against one",
            |c| {
                let bytes = b"other".to_vec();
                let crc = crc32c::crc32c(&bytes);
                let path = copy(c, "n2");
                fs::write(path.join(A), &bytes).unwrap();
                fs::write(path.join(sidecar(A)), format!(r#"{{"bytes":5,"crc32c":{crc},"records":1}}"#)).unwrap();
            },
            &["n1 a-0001.jsonl differs", "n2 a-0001.jsonl differs", "n3 a-0001.jsonl differs"],
        ),
        (
            "what others wrote differs everywhere",
            |c| HOLDERS.iter().for_each(|node| fs::write(copy(c, node).join(OTHERS), node).unwrap()),
            &["n1 c-others.parquet differs", "n2 c-others.parquet differs", "n3 c-others.parquet differs"],
        ),
        (
            "all directories are gone",
            |c| HOLDERS.iter().for_each(|node| fs::remove_dir_all(c.node(node).join(ID)).unwrap()),
            &["n1 - empty", "n2 - empty", "n3 - empty"],
        ),
    ];
    for (what, damage, expected) in cases {
        let cluster = cluster();
        damage(&cluster);
        let (files, stored) = (everything(&cluster), cluster.stored());
        for ran in [scrub(&cluster, &[]).code(7), repair(&cluster, &[]).code(7)] {
            assert_eq!(told(&ran), with(expected, "no_good_copy"), "{what}: {ran:?}");
            assert!(ran.err.contains("not_verified"), "{}", ran.err);
        }
        assert!(everything(&cluster) == files && cluster.stored() == stored, "{what}: something was written");
    }
}

#[test]
fn what_nothing_vouches_for_is_told_and_left() {
    let cluster = cluster();
    fs::write(copy(&cluster, "n1").join("new.parquet"), b"whose?").unwrap();
    fs::write(copy(&cluster, "n1").join("a b"), b"what?").unwrap();
    let files = everything(&cluster);
    for ran in [scrub(&cluster, &[]).code(3), repair(&cluster, &[]).code(3)] {
        assert_eq!(told(&ran), ["n1 a b stranger reported", "n1 new.parquet extra reported"]);
    }
    assert!(everything(&cluster) == files);
}

#[test]
fn a_copy_that_cannot_be_listed_is_told() {
    let cluster = cluster();
    fs::remove_dir_all(copy(&cluster, "n1")).unwrap();
    fs::write(copy(&cluster, "n1"), b"no directory").unwrap();
    flip(&copy(&cluster, "n2").join(A));
    for (ran, result) in [(scrub(&cluster, &[]), "repairable"), (repair(&cluster, &[]), "repaired")] {
        let expected = ["n2 a-0001.jsonl corrupt".to_owned() + " " + result, "n1 - unreadable reported".to_owned()];
        assert_eq!(told(&ran.code(3)), expected);
    }
    // n3 is sound and unmarked, so nothing can be lacking on n2.
    assert!(cluster.stored().keys().all(|key| !key.starts_with("repair/")));
    fs::remove_file(copy(&cluster, "n1")).unwrap();
    repair(&cluster, &[]).ok();
    check_clean(&cluster);
}

/// One bad segment keeps no good one of the same copy from being repaired.
#[test]
fn what_can_be_repaired_is_beside_what_cannot() {
    let cluster = cluster();
    HOLDERS.iter().for_each(|node| flip(&copy(&cluster, node).join(A)));
    flip(&copy(&cluster, "n1").join(B));
    let ran = repair(&cluster, &[]).code(7);
    assert!(told(&ran).contains(&"n1 b-0002.jsonl corrupt repaired".to_owned()), "{ran:?}");
    // The copy is not whole: its mark stays, and so does what was found damaged.
    assert!(cluster.stored().contains_key(&format!("repair/{ID}/n1")));
    let names = crate::lab::names(&copy(&cluster, "n1"));
    assert_eq!(names.iter().filter(|name| name.ends_with(".quarantined")).count(), 2, "{names:?}");
    // Once a good one is back, the same command ends it.
    flip(&copy(&cluster, "n2").join(A));
    repair(&cluster, &[]).ok();
    check_clean(&cluster);
}
