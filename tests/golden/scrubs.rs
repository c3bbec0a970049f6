//! `data scrub` over small directories.

use std::fs;
use std::path::PathBuf;

use crate::golden;
use crate::support::{Lab, Session, record, snapshot};

const STORE: &str = "--store file:$DIR/c.db";
const NODES: [&str; 3] = ["n1", "n2", "n3"];
const FIRST: &str = "partition_489540_0000";

fn copy(s: &Session, node: &str, id: &str) -> PathBuf {
    s.lab.path("data").join(node).join(id).join("first")
}

/// Three partitions of two segments, each on two of three nodes.
fn cluster(lab: Lab) -> Session {
    let s = Session::on(lab);
    let mut entries = vec![(
        "cluster".to_owned(),
        r#"{"schema":"otlp-part/cluster/v1","cluster_id":"c","replication_factor":2,"partitioning":[{"hash_buckets":8}]}"#.to_owned(),
    )];
    for node in NODES {
        let path = s.lab.path("data").join(node);
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join(".otlp-part-node.json"), format!(r#"{{"cluster_id":"c","node_id":"{node}"}}"#)).unwrap();
        entries.push((format!("nodes/{node}"), format!(r#"{{"data_url":"file://{}"}}"#, path.display())));
    }
    for (index, holders) in [["n1", "n2"], ["n2", "n3"], ["n3", "n1"]].iter().enumerate() {
        let id = format!("partition_489540_{index:04}");
        for name in ["a.jsonl.zst", "b.jsonl.zst"] {
            let bytes = format!("{id} {name}").repeat(15).into_bytes();
            let (length, crc) = (bytes.len(), crc32c::crc32c(&bytes));
            for node in holders {
                let path = copy(&s, node, &id);
                fs::create_dir_all(&path).unwrap();
                fs::write(path.join(name), &bytes).unwrap();
                let sidecar = format!(r#"{{"bytes":{length},"crc32c":{crc},"records":1}}"#);
                fs::write(path.join(format!("{name}.sidecar.json")), sidecar).unwrap();
            }
        }
        entries.push((format!("partitions/{id}"), record(&id, holders, Some(holders[0]), 990)));
    }
    let pairs: Vec<(&str, &str)> = entries.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    s.lab.file("s.json", snapshot(&pairs));
    s.lab.run(&format!("{STORE} snapshot import $DIR/s.json --yes -q")).ok();
    s
}

fn flip(s: &Session, node: &str, id: &str, name: &str) {
    let path = copy(s, node, id).join(name);
    let mut bytes = fs::read(&path).unwrap();
    bytes[3] ^= 1;
    fs::write(path, bytes).unwrap();
}

/// A flipped bit, a damaged sidecar, and a directory that is gone.
fn damage(s: &Session) {
    flip(s, "n1", FIRST, "a.jsonl.zst");
    fs::write(copy(s, "n3", "partition_489540_0001").join("b.jsonl.zst.sidecar.json"), "{").unwrap();
    fs::remove_dir_all(copy(s, "n3", "partition_489540_0002")).unwrap();
}

#[test]
fn found_and_repaired() {
    let mut s = cluster(Lab::new());
    s.run(&format!("{STORE} data scrub"));
    damage(&s);
    s.run(&format!("{STORE} data scrub"));
    for format in ["json", "ndjson", "csv --partition partition_489540_0001", "name", "value=what"] {
        s.run(&format!("{STORE} data scrub -q -o {format}"));
    }
    s.say("flipped bits are not seen without reading them");
    s.run(&format!("{STORE} data scrub --quick --columns partition,node,what,segment"));
    s.run(&format!("{STORE} data scrub --after partition_489540_0001 --columns partition,node,what"));
    s.run(&format!("{STORE} data scrub --sample 50% --columns partition,node,what"));
    s.run(&format!("{STORE} data scrub --repair --dry-run"));
    s.run(&format!("{STORE} data scrub --repair"));
    s.run(&format!("{STORE} data scrub --repair --yes --reason 'disk of n3'"));
    s.run(&format!("{STORE} data scrub -o json"));
    s.run(&format!("{STORE} audit list --columns command,reason,summary -q"));
    s.run(&format!("{STORE} data scrub --repair --yes"));
    golden!("scrub", s);
}

#[test]
fn on_a_terminal() {
    let mut s = cluster(Lab::new().on_terminal(80));
    damage(&s);
    s.run(&format!("{STORE} data scrub --progress none"));
    s.run_stdin(&format!("{STORE} data scrub --repair --progress none"), "n");
    s.run_stdin(&format!("{STORE} data scrub --repair --progress none --partition {FIRST}"), "y");
    golden!("scrub_80", s);
}

#[test]
fn what_stays() {
    let mut s = cluster(Lab::new());
    s.say("no good copy");
    flip(&s, "n1", FIRST, "a.jsonl.zst");
    flip(&s, "n2", FIRST, "a.jsonl.zst");
    s.run(&format!("{STORE} data scrub"));
    s.run(&format!("{STORE} data scrub --repair --yes -o json"));
    flip(&s, "n2", FIRST, "a.jsonl.zst");
    s.say("a disk that is not mounted");
    let marker = s.lab.path("data/n2/.otlp-part-node.json");
    let bytes = fs::read(&marker).unwrap();
    fs::remove_file(&marker).unwrap();
    s.run(&format!("{STORE} data scrub"));
    s.run(&format!("{STORE} data scrub --repair --yes --columns node,what,result,reason"));
    fs::write(&marker, bytes).unwrap();
    s.say("what nothing vouches for");
    fs::write(copy(&s, "n1", FIRST).join("c.parquet"), "whose?").unwrap();
    fs::write(copy(&s, "n1", FIRST).join("notes of mine"), "what?").unwrap();
    s.run(&format!("{STORE} data scrub --repair --yes"));
    s.say("values that cannot be read, and states");
    s.lab.run(&format!("{STORE} partition set partition_489540_0002 --state readonly --yes -q")).ok();
    s.run(&format!("{STORE} data scrub --partition partition_489540_0002"));
    s.run(&format!("{STORE} data scrub --partition partition_489540_0007"));
    s.run(&format!("{STORE} data scrub --node n9"));
    s.run(&format!("{STORE} data scrub --yes"));
    s.run(&format!("{STORE} data scrub --sample 5"));
    s.run(&format!("{STORE} data scrub --at 1"));
    s.say("others write to it by rules of their own");
    s.lab.run(&format!("{STORE} cluster set foreign_writers=true --yes -q"));
    s.run(&format!("{STORE} data scrub --repair --yes"));
    golden!("scrub_stays", s);
}
