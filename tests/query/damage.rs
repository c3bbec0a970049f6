//! Copies that are damaged, gone or out of reach: others are read, and what none gives is said.

use std::fs;
use std::path::{Path, PathBuf};

use otlp_part::model::PartitionId;

use crate::world::{HOUR, NODES, SECOND, World, log, logs, span, spans, time_text};

/// Segments of three kinds in one partition of each hash bucket: of this tool, of others with and without a sidecar.
fn world() -> (World, PartitionId, Vec<String>) {
    let mut world = World::new();
    let input: String = (0..400).map(|n| spans("s", &[span(n, 1, HOUR + n * SECOND, "x", n)])).collect();
    let written = world.write(input.as_bytes());
    let (id, name) = written[0].clone();
    let lines: String = (0..50).map(|n| logs("foreign", &[log(HOUR + n * SECOND, 9, "said", 1000 + n)])).collect();
    let sidecar = serde_json::json!({
        "bytes": lines.len(), "crc32c": crc32c::crc32c(lines.as_bytes()), "records": 50, "signal": "logs", "framing": "jsonl",
        "min_time_unix_nano": HOUR, "max_time_unix_nano": HOUR + 49 * SECOND,
    });
    world.place(id, "0001.jsonl", lines.as_bytes());
    world.place(id, "0001.jsonl.sidecar.json", sidecar.to_string().as_bytes());
    let bare: String = (0..20).map(|n| logs("bare", &[log(HOUR + n * SECOND, 9, "said", 2000 + n)])).collect();
    world.place(id, "0002.jsonl", bare.as_bytes());
    world.save();
    (world, id, vec![name, "0001.jsonl".to_owned()])
}

fn range() -> String {
    format!("--from {} --for 1h", time_text(HOUR))
}

fn sorted(mut uids: Vec<u64>) -> Vec<u64> {
    uids.sort_unstable();
    uids
}

fn everything() -> Vec<u64> {
    (0..400).chain(1000..1050).chain(2000..2020).collect()
}

/// A kind of damage, done to a segment of a copy.
type Harm = (&'static str, fn(PathBuf));

fn sidecar_of(path: &Path) -> PathBuf {
    PathBuf::from(format!("{}.sidecar.json", path.display()))
}

const HARMS: [Harm; 8] = [
    ("a byte is flipped", |path| {
        let mut bytes = fs::read(&path).unwrap();
        let at = bytes.len() / 2;
        bytes[at] ^= 1;
        fs::write(path, bytes).unwrap();
    }),
    ("it is cut", |path| {
        let bytes = fs::read(&path).unwrap();
        fs::write(path, &bytes[..bytes.len() - 9]).unwrap();
    }),
    ("it is empty", |path| fs::write(path, b"").unwrap()),
    ("it is gone, its sidecar is there", |path| fs::remove_file(path).unwrap()),
    ("both are gone", |path| {
        fs::remove_file(sidecar_of(&path)).unwrap();
        fs::remove_file(path).unwrap();
    }),
    ("its sidecar is no JSON", |path| fs::write(sidecar_of(&path), b"{\"frames\":").unwrap()),
    ("its sidecar is gone", |path| fs::remove_file(sidecar_of(&path)).unwrap()),
    ("it is a directory", |path| {
        fs::remove_file(&path).unwrap();
        fs::create_dir(path).unwrap();
    }),
];

#[test]
fn what_one_or_two_copies_lost_comes_from_another() {
    for (what, harm) in HARMS {
        for count in [1, 2] {
            let (world, id, names) = world();
            assert_eq!(sorted(world.uids(&range())), everything());
            for node in NODES.iter().take(count) {
                names.iter().for_each(|name| harm(world.copy(node, id).join(name)));
            }
            for near in NODES {
                let line = format!("{} --near {near}", range());
                let done = world.query(&format!("{line} --encoding jsonl"));
                assert_eq!(done.code, 0, "{what} on {count}: {}", done.err);
                assert_eq!(sorted(crate::world::uids_in(&done.out)), everything(), "{what} on {count}");
                let is_hit = near == "n1" || (near == "n2" && count == 2);
                if is_hit && what != "both are gone" {
                    assert!(done.err.contains("warning: partition"), "{what} on {count}: {}", done.err);
                    assert!(done.err.contains("data scrub --partition"), "{what}: {}", done.err);
                }
            }
        }
    }
}

#[test]
fn what_no_copy_gives_is_said() {
    for (what, harm) in HARMS {
        let (world, id, names) = world();
        for node in NODES {
            names.iter().for_each(|name| harm(world.copy(node, id).join(name)));
        }
        let done = world.query(&format!("{} --encoding jsonl", range()));
        let uids = sorted(crate::world::uids_in(&done.out));
        let rest: Vec<u64> = uids.iter().copied().filter(|uid| !(1000..1050).contains(uid)).collect();
        assert!(rest.len() >= 200, "{what}: the other partitions and segments are there: {}", rest.len());
        match what {
            // Nobody knows that they were there; or nothing says what they should be, and they are read as they are.
            "both are gone" | "its sidecar is gone" => assert_eq!(done.code, 0, "{what}: {}", done.err),
            _ => {
                assert_eq!(done.code, 7, "{what}: {}", done.err);
                assert!(
                    done.err.contains("missing from the answer") && done.err.contains(&id.to_string()),
                    "{}",
                    done.err
                );
            }
        }
        if what.starts_with("its sidecar") {
            assert_eq!(uids, everything(), "{what}: its records are read all the same");
        }
    }
}

#[test]
fn nodes_that_do_not_answer_are_left_out() {
    let far: [Harm; 3] = [
        ("no such directory", |place| fs::remove_dir_all(place).unwrap()),
        ("holds no marker", |place| fs::remove_file(place.join(".otlp-part-node.json")).unwrap()),
        ("is the data of node nX", |place| {
            fs::write(place.join(".otlp-part-node.json"), r#"{"cluster_id":"c1","node_id":"nX"}"#).unwrap();
        }),
    ];
    for (what, harm) in far {
        let (mut world, ..) = world();
        harm(world.lab.path("nodes/n1"));
        let line = format!("{} --near n1 --encoding jsonl", range());
        let done = world.query(&line).ok();
        assert_eq!(sorted(crate::world::uids_in(&done.out)), everything(), "{what}");
        assert!(done.err.contains("node n1 is left out") && done.err.contains(what), "{}", done.err);
        assert_eq!(done.err.matches("node n1 is left out").count(), 1, "{}", done.err);
        // The rest are down: nothing is there, and it is not the answer.
        world.states.extend([("n2", "Down"), ("n3", "Down")]);
        world.save();
        let done = world.query(&line);
        assert_eq!((done.code, done.out.as_str()), (5, ""), "{what}: {}", done.err);
        assert!(done.err.contains("node n2 is down"), "{}", done.err);
        let error = world.query(&format!("{} -o json", range()));
        assert!(error.err.contains("\"kind\":\"work_left\""), "{}", error.err);
    }
}

#[test]
fn a_marked_copy_helps_out_but_is_no_proof() {
    let (mut world, id, names) = world();
    for node in ["n1", "n2"] {
        fs::remove_file(world.copy(node, id).join(&names[0])).unwrap();
    }
    world.marks.insert((id, "n3"));
    world.save();
    assert_eq!(sorted(world.uids(&range())), everything(), "the marked copy has what the others lost");
    world.marks.extend([(id, "n1"), (id, "n2")]);
    world.save();
    let done = world.query(&format!("{} --encoding jsonl", range()));
    assert_eq!(done.code, 7, "no copy is known to be whole: {}", done.err);
    assert_eq!(sorted(crate::world::uids_in(&done.out)), everything());
}

#[test]
fn what_is_no_otlp_is_told() {
    let (mut world, id, _) = world();
    world.place(id, "0003.parquet", b"PAR1 and so on PAR1");
    world.save();
    let done = world.query(&format!("{} --count -o json", range()));
    assert_eq!(done.code, 1, "{}", done.err);
    assert!(done.err.contains("0003.parquet") && done.json()["complete"] == false, "{}", done.err);
    assert_eq!(done.json()["spans"], 400);
}
