//! Stores and inputs that are not there, not ours, empty, damaged or newer; writes that nobody agreed to.

use crate::check;
use crate::support::{Lab, snapshot};

const READS: [&str; 18] = [
    "status",
    "cluster get",
    "node list",
    "node get node-1",
    "node safe-to-remove node-1",
    "partition list",
    "partition get partition_489542_0051",
    "ring get",
    "simulate",
    "doctor",
    "plan-rebalance --dry-run",
    "plan-rebalance --curve",
    "plan list",
    "plan get plan-0123456789ab",
    "audit list",
    "node history node-1",
    "route --last 1h",
    "route --trace-id 04a971f14b28f97dc6888f7bd33157cf --time now",
];

#[test]
fn stores_that_cannot_be_used() {
    let lab = Lab::new();
    lab.init("good.db");
    let good = lab.read("good.db");
    lab.file("text.db", "a text that is no store, longer than any header of a file".repeat(100));
    lab.file("empty.db", "");
    lab.file("cut.db", &good[..good.len() / 2]);
    let mut damaged = good.clone();
    damaged[4096..].iter_mut().for_each(|b| *b = 0xa5);
    lab.file("damaged.db", &damaged);
    let mut newer = good.clone();
    // SQLite keeps `user_version`, our schema, at byte 60.
    newer[60..64].copy_from_slice(&9_u32.to_be_bytes());
    lab.file("newer.db", &newer);
    for read in READS {
        let line = |name: &str| format!("--store file:$DIR/{name} {read}");
        check(
            &lab,
            b"",
            &[
                (&line("none.db"), 1, "none.db", "init"),
                (&line("text.db"), 1, "text.db", ""),
                (&line("empty.db"), 1, "empty.db", ""),
                (&line("cut.db"), 1, "cut.db", ""),
                (&line("damaged.db"), 1, "damaged.db", ""),
                (&line("newer.db"), 1, "newer.db", "newer version"),
                (&line(""), 1, "$DIR", ""),
            ],
        );
        let default = lab.run(read);
        assert_eq!(default.code, 1, "{default:#?}");
        assert!(default.err.contains("home/.local/share/otlp-part/cluster.db"), "{default:#?}");
    }
    for name in ["none.db", "text.db", "cut.db", "damaged.db", "newer.db"] {
        let write = format!("--store file:$DIR/{name} node set node-1 --weight 2 --yes");
        check(&lab, b"", &[(&write, 1, name, "")]);
    }
    for name in ["good.db", "text.db", "empty.db"] {
        let write = format!("--store file:$DIR/{name} init --nodes a --yes");
        check(&lab, b"", &[(&write, 1, "exists already", "another path")]);
    }
}

#[test]
fn an_empty_store_is_an_error_and_no_empty_answer() {
    let lab = Lab::new();
    let empty = snapshot(&[]);
    lab.file("empty.json", &empty);
    lab.run("--store file:$DIR/empty.db snapshot import $DIR/empty.json --yes").ok();
    for read in READS {
        check(
            &lab,
            empty.as_bytes(),
            &[
                (&format!("--store snapshot:$DIR/empty.json {read}"), 1, "holds nothing", "right store and prefix"),
                (&format!("--store snapshot:- {read}"), 1, "holds nothing", "right store and prefix"),
                (&format!("--store file:$DIR/empty.db {read}"), 1, "holds nothing", "right store and prefix"),
            ],
        );
    }
}

#[test]
fn snapshots_that_cannot_be_read() {
    let lab = Lab::new();
    let whole = snapshot(&[("nodes/n1", "{}")]);
    for (text, error) in [
        ("", "snapshot"),
        ("{}", "schema"),
        ("[]", "snapshot"),
        (&whole[..whole.len() - 5], "snapshot"),
        (&whole.replace("snapshot/v1", "snapshot/v9"), "snapshot"),
        (&whole.replace("/otlp/nodes", "/elsewhere/nodes"), "/elsewhere/nodes/n1"),
        (&whole.replace("\"revision\":7", "\"revision\":0"), "revision"),
        (&whole.replace("\"mod_revision\":7", "\"mod_revision\":8"), "revisions"),
    ] {
        lab.file("s.json", text);
        check(
            &lab,
            text.as_bytes(),
            &[
                ("--store snapshot:$DIR/s.json status", 1, error, ""),
                ("--store snapshot:- node list", 1, error, ""),
                ("--store file:$DIR/new.db snapshot import $DIR/s.json --yes", 1, error, ""),
            ],
        );
    }
    check(
        &lab,
        b"",
        &[
            ("--store snapshot:$DIR/none.json status", 1, "none.json", ""),
            ("--store snapshot:$DIR status", 1, "directory", ""),
            ("--store snapshot: status", 2, "the path is missing", "file:PATH, or snapshot:PATH"),
            ("--store file: status", 2, "the path is missing", "file:PATH, or snapshot:PATH"),
            ("--store nonsense status", 2, "\"nonsense\"", "file:PATH, or snapshot:PATH"),
            ("--store '' status", 2, "--store \"\"", "file:PATH, or snapshot:PATH"),
        ],
    );
}

#[test]
fn writes_that_nobody_agreed_to() {
    let lab = Lab::new();
    lab.init("c.db");
    lab.file("s.json", snapshot(&[("nodes/n1", "{}")]));
    for write in [
        "node set node-1 --weight 2",
        "node add x",
        "node cordon node-1",
        "node drain node-1",
        "node activate node-1",
        "node fail node-1",
        "node remove node-1",
        "node remove node-1 --force",
        "cluster set replication_factor=2",
        "partition create --from now --for 1h",
        "partition set partition_489542_0051 --state readonly",
        "store compact",
        "audit prune",
        "doctor --fix",
        "init --nodes a",
        "snapshot import $DIR/s.json",
    ] {
        check(
            &lab,
            b"y\n",
            &[
                (&format!("--store file:$DIR/c.db {write}"), 2, "needs --yes", "--dry-run"),
                (&format!("{write} --yes"), 2, "needs a store that is named", "--store file:"),
                (&format!("--store snapshot:$DIR/s.json {write} --yes"), 2, "read-only", "snapshot import"),
                (&format!("--store file:$DIR/c.db --at 1 {write} --yes"), 2, "--at", ""),
            ],
        );
    }
    // A dry run shows and leaves every byte.
    let before = lab.read("c.db");
    for write in ["node set node-1 --weight 2", "cluster set replication_factor=2", "store compact"] {
        let done = lab.run(&format!("--store file:$DIR/c.db {write} --dry-run")).ok();
        assert!(done.err.contains("dry run: nothing was written"), "{done:#?}");
    }
    assert_eq!(before, lab.read("c.db"));
}

#[test]
fn the_past_and_the_future() {
    let lab = Lab::new();
    lab.init("c.db");
    let node = "--store file:$DIR/c.db node list --at";
    check(
        &lab,
        b"",
        &[
            (&format!("{node} 2"), 1, "revision 2 does not exist yet, the newest is 1", ""),
            (&format!("{node} 999999999"), 1, "does not exist yet", ""),
            (&format!("{node} 2025-11-05T15:09:59Z"), 1, "2025-11-05T15:10:00Z", ""),
            (&format!("{node} 2025-11-05T15:10:01Z"), 1, "--at 2025-11-05T15:10:01Z lies in the future", ""),
            (&format!("{node} yesterday"), 2, "--at \"yesterday\"", "use RFC 3339"),
            (&format!("{node} ''"), 2, "--at \"\"", "use RFC 3339"),
            ("--store file:$DIR/c.db store compact --before 2 --yes", 1, "does not exist yet", ""),
        ],
    );
}

#[test]
fn otlp_that_is_none() {
    let lab = Lab::new();
    let line = r#"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"04a971f14b28f97dc6888f7bd33157cf","startTimeUnixNano":"1762353824000000000"}]}]}]}"#;
    lab.file("cut.gz", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b]);
    lab.file("cut.zst", [0x28, 0xb5, 0x2f, 0xfd, 0x24]);
    lab.file("garbage", (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<_>>());
    lab.file("text", "the quick brown fox\njumps over the lazy dog\n");
    lab.file("profiles.json", r#"{"resourceProfiles":[{"scopeProfiles":[{"profiles":[]}]}]}"#);
    lab.file("empty", "");
    lab.file("cut.json", &line[..line.len() - 9]);
    let route = "route --nodes a,b --otlp";
    check(
        &lab,
        b"",
        &[
            (&format!("{route} $DIR/none"), 1, "cannot read $DIR/none", ""),
            (&format!("{route} $DIR"), 1, "directory", ""),
            (&format!("{route} $DIR/cut.gz"), 1, "$DIR/cut.gz", ""),
            (&format!("{route} $DIR/cut.zst"), 1, "$DIR/cut.zst", ""),
            (&format!("{route} $DIR/garbage"), 1, "$DIR/garbage", ""),
            (&format!("{route} $DIR/text"), 1, "$DIR/text", ""),
            (&format!("{route} $DIR/profiles.json"), 1, "rofiles", ""),
            (&format!("{route} $DIR/empty"), 1, "$DIR/empty", ""),
            (&format!("{route} $DIR/cut.json"), 1, "$DIR/cut.json", ""),
            (&format!("{route} $DIR/cut.json --strict"), 1, "$DIR/cut.json", ""),
            ("partition boundaries --otlp $DIR/text --count 2", 1, "$DIR/text", ""),
            ("partition boundaries --otlp $DIR/cut.json", 2, "--count", ""),
            ("route --nodes a,b --time now --trace-ids-from $DIR/empty", 1, "holds no trace id", ""),
            ("route --nodes a,b --time now --trace-ids-from $DIR/none", 1, "cannot read $DIR/none", ""),
            ("route --nodes a,b --time now --trace-ids-from $DIR/garbage", 1, "holds no trace id", ""),
        ],
    );
}
