//! Commands that edit and compare the cluster spec.

use crate::golden;
use crate::records::{editor, left_files, on_terminal, with_editors};
use crate::support::Session;

const STORE: &str = "--store file:$DIR/c.db";

fn started() -> Session {
    let s = Session::new();
    s.lab.init("c.db");
    with_editors(s)
}

#[test]
fn editing_the_spec() {
    let mut s = started();
    editor(&mut s, "sed -i 's/\"replication_factor\": 3/\"replication_factor\": 2/' $1");
    s.run(&format!("{STORE} cluster edit --dry-run"));
    s.run(&format!("{STORE} cluster edit --yes"));
    s.run(&format!("{STORE} cluster edit --yes"));
    s.say("a version of the partitioning that begins later");
    let version = r#",\n    {"from": "2025-11-05T18:00:00Z", "hash_buckets": 512}"#;
    editor(&mut s, &format!("sed -i '/^  \"partitioning\"/,/^  ]/ s/^    }}$/    }}{version}/' $1"));
    s.run(&format!("{STORE} cluster edit --yes"));
    s.run(&format!("{STORE} cluster get -o value=partitioning"));
    s.say("what has begun stays");
    for change in [
        "s/\"hash_buckets\": 256/\"hash_buckets\": 128/",
        "s/\"retention_days\": 30/\"retention_days\": 7/",
        "s/2025-11-05T18:00:00Z/2025-11-05T15:00:00Z/",
        "s/2025-11-05T18:00:00Z/2025-11-05T18:30:00Z/",
        "s/\"cluster_id\": \"0/\"cluster_id\": \"1/",
        "s/\"virtual_nodes\": 150/\"virtual_nodes\": 0/",
    ] {
        editor(&mut s, &format!("sed -i '{change}' $1"));
        let kept = left_files(&s.lab);
        let done = s.run(&format!("{STORE} cluster edit --yes"));
        assert_ne!(done.code, 0, "{}", s.log());
        assert_eq!(left_files(&s.lab), kept + 1);
    }
    s.say("most likely a typing error");
    editor(&mut s, "sed -i 's/\"signal\"/\"signel\"/' $1");
    s.run(&format!("{STORE} cluster edit --dry-run"));
    on_terminal(&mut s);
    editor(&mut s, "sed -i 's/\"hash_buckets\": 512/\"hash_buckets\": 1024/' $1");
    s.run_stdin(&format!("{STORE} cluster edit"), "y\n");
    golden!("edit_spec", s);
}

#[test]
fn a_spec_that_is_not_recorded() {
    let mut s = with_editors(Session::new());
    let id = "partition_489542_0051";
    let record = crate::support::record(id, &["a"], Some("a"), 1);
    s.lab.file("s.json", crate::support::snapshot(&[(&format!("partitions/{id}"), &record)]));
    s.lab.run(&format!("{STORE} snapshot import $DIR/s.json --yes")).ok();
    editor(&mut s, "true");
    s.run(&format!("{STORE} cluster edit --yes"));
    s.lab.file("want.json", r#"{"cluster":{"replication_factor":3},"nodes":[{"id":"a"}]}"#);
    s.run(&format!("{STORE} cluster diff $DIR/want.json"));
    golden!("edit_spec_absent", s);
}

#[test]
fn a_new_partitioning_leaves_no_record_behind() {
    let mut s = started();
    s.run(&format!("{STORE} partition create --from now --for 3h --yes -q"));
    s.run(&format!("{STORE} cluster set hash_buckets=512 --yes"));
    s.run(&format!("{STORE} cluster set hash_buckets=512 --from 2025-11-05T17:00Z --yes"));
    s.run(&format!("{STORE} cluster set hash_buckets=512 granularity_hours=4 --yes"));
    s.run(&format!("{STORE} cluster set retention_days=7 --yes"));
    s.run(&format!("{STORE} cluster set hash_buckets=512 --from 2025-11-05T19:00Z --yes"));
    s.say("nothing new");
    s.run(&format!("{STORE} cluster set hash_buckets=512 --yes"));
    s.run(&format!("{STORE} cluster set replication_factor=3 rebalance.threshold=0.20 --yes"));
    s.say("the operator's word");
    s.run(&format!("{STORE} cluster set hash_buckets=8 --from 2025-11-05T20:00Z --force --yes"));
    golden!("recorded_hours", s);
}

/// Each bucket is recorded by the partitioning of its time; what has begun is recorded where it is, whatever its nodes do.
#[test]
fn recording_across_a_change_of_partitioning() {
    let mut s = Session::new();
    s.lab.init("c.db");
    s.lab.run(&format!("{STORE} cluster set hash_buckets=4 --from 2025-11-05T16:00Z --yes")).ok();
    s.lab.run(&format!("{STORE} cluster set hash_buckets=2 granularity_hours=4 --from 2025-11-06T00:00Z --yes")).ok();
    s.lab.run(&format!("{STORE} node set node-1 --state down --yes")).ok();
    s.run(&format!("{STORE} partition create --from 2025-11-05T23:30Z --to 2025-11-06T05:00Z --yes"));
    s.run(&format!("{STORE} partition create --from 2025-11-05T22:00Z --to 2025-11-06T05:00Z --dry-run"));
    s.run(&format!("{STORE} partition create --from 2025-11-05T15:00Z --to 2025-11-05T17:00Z --yes -q"));
    let list = |range: &str| s.lab.run(&format!("{STORE} partition list {range} -o value=nodes")).ok().out;
    let (begun, later) = (list("--from 2025-11-05T15:00Z --for 1h"), list("--from 2025-11-05T16:00Z --for 1h"));
    assert_eq!((begun.lines().count(), later.lines().count()), (256, 4));
    assert!(begun.contains("node-1") && !later.contains("node-1"), "{later}");
    golden!("create_versions", s);
}

#[test]
fn comparing_with_a_file() {
    let mut s = started();
    let want = r#"{"nodes":[{"id":"node-1","weight":2,"location":{"az":"eu-1"}},{"id":"node-2"},{"id":"node-3","state":"Down"},{"id":"node-9"}],
        "cluster":{"replication_factor":2,"placement":{"algorithm":"rendezvous"},"partitioning":{"hash_buckets":512}}}"#;
    s.lab.file("want.json", want);
    s.run(&format!("{STORE} cluster diff $DIR/want.json"));
    s.run(&format!("{STORE} cluster diff $DIR/want.json -o json"));
    s.run(&format!("{STORE} cluster diff $DIR/want.json -o value=field -q"));
    let spec = s.lab.run(&format!("{STORE} cluster get -o json")).ok().out;
    s.lab.file("spec.json", &spec);
    s.run(&format!("{STORE} cluster diff $DIR/spec.json"));
    s.lab.run(&format!("{STORE} cluster set replication_factor=2 --force --yes")).ok();
    s.run_stdin(&format!("{STORE} cluster diff - -o csv"), &spec);
    s.run(&format!("{STORE} cluster diff $DIR/spec.json --at 1"));
    for wrong in [
        "{}",
        "[]",
        "{",
        r#"{"cluster":{"colour":1}}"#,
        r#"{"nodes":[{"name":"x"}]}"#,
        r#"{"cluster":{"replication_factor":99}}"#,
    ] {
        s.lab.file("wrong.json", wrong);
        s.say(wrong);
        s.run(&format!("{STORE} cluster diff $DIR/wrong.json"));
    }
    s.run(&format!("{STORE} cluster diff $DIR/none.json"));
    golden!("cluster_diff", s);
}
