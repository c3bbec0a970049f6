//! The commands on a real etcd, through the command line.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]

mod support;
mod support_etcd;

use std::collections::BTreeMap;

use clap::CommandFactory as _;
use etcd_client::GetOptions;
use support::{Lab, record};
use support_etcd::Etcd;
use support_etcd::lab::{LabOptions, PASSWORD};

/// An etcd of its own, and a lab whose commands work on it.
struct World {
    runtime: tokio::runtime::Runtime,
    etcd: Etcd,
    lab: Lab,
}

/// Keys with value, revision of creation and of the last change.
type Contents = BTreeMap<String, (String, i64, i64)>;

impl World {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let etcd = runtime.block_on(Etcd::start());
        let mut lab = Lab::new();
        let host = etcd.endpoint().strip_prefix("http://").unwrap();
        lab.variables.insert("OTLP_PART_STORE".into(), format!("etcd://{host}"));
        Self { runtime, etcd, lab }
    }

    /// Everything in the etcd, and its revision.
    fn contents(&self) -> (Contents, i64) {
        self.runtime.block_on(async {
            let mut client = self.etcd.client().await;
            let all = client.get("\0", Some(GetOptions::new().with_from_key())).await.unwrap();
            let revision = all.header().unwrap().revision();
            let entry = |kv: &etcd_client::KeyValue| {
                let value = String::from_utf8_lossy(kv.value()).into_owned();
                (kv.key_str().unwrap().to_owned(), (value, kv.create_revision(), kv.mod_revision()))
            };
            (all.kvs().iter().map(entry).collect(), revision)
        })
    }

    fn put(&self, key: &str, value: &str) {
        self.runtime.block_on(async { self.etcd.client().await.put(key, value, None).await.unwrap() });
    }

    /// Puts the records of an existing cluster there, as its own writers would.
    fn existing(&self) {
        for (bucket, nodes) in [(489_541, ["old-1", "old-2"]), (489_542, ["old-2", "old-3"])] {
            for index in 0..4 {
                let id = format!("partition_{bucket}_{index:04}");
                self.put(&format!("/otlp/partitions/{id}"), &record(&id, &nodes, Some(nodes[0]), 2_000_000_000));
            }
        }
    }

    /// Runs a line and asserts that it changes nothing in the etcd.
    #[track_caller]
    fn unchanged(&self, line: &str) -> support::Done {
        let before = self.contents();
        let done = self.lab.run(line);
        assert_eq!(self.contents(), before, "{line} wrote: {done:#?}");
        done
    }
}

const TRACE: &str = "--trace-id 04a971f14b28f97dc6888f7bd33157cf --time 2025-11-05T14:43:44Z";

#[test]
fn a_cluster_from_its_init_on() {
    let world = World::new();
    let lab = &world.lab;
    // Nothing there yet is an error, never an empty answer.
    assert_eq!(world.unchanged("node list").code, 1);
    let dry = world.unchanged("init --nodes n1,n2,n3 --dry-run");
    assert!(dry.err.contains("create a cluster in etcd://") && dry.err.contains("(OTLP_PART_STORE)"), "{dry:?}");
    let made = lab.run("init --nodes n1,n2,n3 --yes").ok();
    assert!(made.err.contains("done: 4 key(s) in 1 transaction(s)"), "{made:?}");
    assert!(made.err.contains("next: otlp-part partition create"), "{made:?}");
    for again in ["init --nodes n1,n2,n3 --yes", "init --nodes other --yes", "init --adopt --yes"] {
        let done = world.unchanged(again);
        assert_eq!((done.code, done.err.contains("exists already")), (1, true), "{again}: {done:?}");
    }
    assert_eq!(lab.run("node add n4 --zone z1 --yes").ok().code, 0);
    lab.run("partition create --from 2025-11-05T14:00Z --for 1h --yes").ok();
    let routed = world.unchanged(&format!("route {TRACE} -o json")).ok().json();
    assert_eq!(
        (&routed[0]["placement"], &routed[0]["partition"]),
        (&"metadata".into(), &"partition_489542_0051".into())
    );
    let export = lab.run("snapshot export $DIR/s.json").ok();
    assert!(export.err.contains("keys of revision"), "{export:?}");
    // Everything is under the prefix, as plain JSON.
    for (key, (value, ..)) in world.contents().0 {
        assert!(key.starts_with("/otlp/"), "{key}");
        assert!(serde_json::from_str::<serde_json::Value>(&value).unwrap().is_object(), "{key}: {value}");
    }
    // The same answers out of the snapshot, and out of an embedded store and another prefix made of it.
    lab.run("--store file:$DIR/s.db snapshot import $DIR/s.json --yes").ok();
    let other = format!("{}/team-b/x", lab.variables["OTLP_PART_STORE"]);
    lab.run(&format!("--store {other} snapshot import $DIR/s.json --yes")).ok();
    for line in [format!("route {TRACE} -o csv"), "partition list -o csv --columns partition,nodes,leader".to_owned()] {
        let here = lab.run(&line).ok().out;
        for store in ["snapshot:$DIR/s.json", "file:$DIR/s.db", &other] {
            assert_eq!(lab.run(&format!("--store {store} {line}")).ok().out, here, "{store} {line}");
        }
    }
    assert!(world.contents().0.keys().any(|key| key.starts_with("/team-b/x/partitions/")));
    // The other prefix is a cluster of its own.
    lab.run(&format!("--store {other} node set n1 --zone only-there --yes")).ok();
    assert!(!lab.run("node get n1").ok().out.contains("only-there"));
}

/// Every command that does something, with its whole name.
fn commands() -> Vec<String> {
    let (mut found, mut waiting) = (Vec::new(), vec![(String::new(), otlp_part::cli::Cli::command())]);
    while let Some((name, command)) = waiting.pop() {
        if !name.is_empty() && !command.has_subcommands() {
            found.push(name.clone());
        }
        let below = command.get_subcommands().filter(|sub| sub.get_name() != "help");
        waiting.extend(below.map(|sub| (format!("{name} {}", sub.get_name()).trim_start().to_owned(), sub.clone())));
    }
    assert!(found.len() > 30, "{found:?}");
    found
}

/// A `--move` of a partition from its first node to one that does not hold it.
fn a_move(lab: &Lab, id: &str) -> String {
    let nodes = lab.run(&format!("partition get {id} -o value=nodes")).ok().out;
    let nodes: Vec<&str> = nodes.trim().split(';').collect();
    let to = ["n1", "n2", "n3", "n4"].into_iter().find(|node| !nodes.contains(node)).unwrap();
    format!("--move {id},from={},to={to}", nodes[0])
}

/// A plan is recorded under its id and found by it, from any host and out of a snapshot.
#[test]
fn plans_are_recorded_and_found() {
    let world = World::new();
    let lab = &world.lab;
    lab.run("init --nodes n1,n2,n3,n4 --yes").ok();
    lab.run("partition create --from 2025-11-05T13:00Z --for 1h --yes").ok();
    let id = "partition_489541_0051";
    let chosen = a_move(lab, id);
    let before = world.contents();
    let made = lab.run(&format!("plan-rebalance {chosen} -o json --reason why")).ok();
    let (plan, document) = (made.json()["plan_id"].as_str().unwrap().to_owned(), made.json());
    let after = world.contents();
    assert_eq!(after.1, before.1 + 1, "one transaction");
    let new: Vec<&String> = after.0.keys().filter(|key| !before.0.contains_key(*key)).collect();
    let part = |name: &str| format!("/otlp/plans/{plan}/{name}");
    assert!(new[0].starts_with("/otlp/audit/"), "{new:?}");
    assert_eq!(new[1..], [&part("000000"), &part("000001"), &part("head")]);
    for (key, entry) in &before.0 {
        assert_eq!(after.0.get(key), Some(entry), "{key} was changed");
    }
    assert_eq!(lab.run(&format!("plan get {plan} -o json")).ok().json(), document);
    assert_eq!(lab.run("plan list -o name").ok().out, format!("{plan}\n"));
    lab.run(&format!("plan verify {plan}")).ok();
    let doctor = lab.run("doctor --severity info -o value=code").out;
    assert!(!doctor.contains("plan"), "{doctor}");
    lab.run("snapshot export $DIR/s.json").ok();
    assert_eq!(lab.run(&format!("--store snapshot:$DIR/s.json plan get {plan} -o json")).ok().json(), document);
    // Somebody changes the partition: the plan is stale.
    lab.run(&format!("partition set {id} --state readonly --yes")).ok();
    let stale = world.unchanged(&format!("plan verify {plan}"));
    assert_eq!((stale.code, stale.out.contains("its state was Active and is ReadOnly")), (4, true), "{stale:?}");
    // Half of one is none, and is cleared away.
    world.put("/otlp/plans/plan-0123456789ab/000000", "{}");
    assert_eq!(lab.run("plan get plan-0123456789ab").code, 1);
    assert!(lab.run("doctor -o value=code").out.contains("plan_without_head"));
    lab.run("plan prune --yes").ok();
    lab.run(&format!("plan delete {plan} --yes")).ok();
    assert!(world.contents().0.keys().all(|key| !key.contains("/plans/")));
}

#[test]
fn reads_and_dry_runs_change_nothing() {
    let mut world = World::new();
    let script = world.lab.file("edit.sh", "sed -i s/Active/ReadOnly/ \"$1\"");
    world.lab.variables.insert("EDITOR".into(), format!("sh {script}"));
    let lab = &world.lab;
    lab.run("init --nodes n1,n2,n3,n4 --yes").ok();
    lab.run("partition create --from 2025-11-05T14:00Z --for 2h --yes").ok();
    lab.run("snapshot export $DIR/s.json").ok();
    lab.file("nodes.json", r#"[{"id":"n9"}]"#);
    let otlp = lab.file("traces.json", r#"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","startTimeUnixNano":"1762353824000000000"}]}]}]}"#);
    let id = "partition_489542_0051";
    let chosen = format!("--include-open {}", a_move(lab, id));
    lab.run(&format!("plan-rebalance {chosen}")).ok();
    let plan = lab.run("plan list -o name").ok().out.trim().to_owned();
    let lines = [
        "status".to_owned(),
        format!("route {TRACE} --explain"),
        "route --from 2025-11-05T14:00Z --for 2h".into(),
        "route --metric m --service s --time 2025-11-05T14:43:44Z".into(),
        "data query --last 2h".into(),
        format!("data query {TRACE} --explain"),
        "cluster get".into(),
        "cluster diff $DIR/s.json".into(),
        "node list".into(),
        "node get n1".into(),
        "node history n1".into(),
        "node safe-to-remove n1".into(),
        "partition list".into(),
        format!("partition get {id}"),
        format!("partition history {id}"),
        "partition expire --dry-run".into(),
        format!("partition split {id} --dry-run"),
        "data compact --dry-run".into(),
        "ring get".into(),
        "ring owners key".into(),
        "simulate --fail node=n1".into(),
        "snapshot export -".into(),
        "snapshot diff $DIR/s.json".into(),
        "audit list".into(),
        "doctor".into(),
        format!("data write {otlp} --dry-run --accept-old"),
        "data scrub".into(),
        "data scrub --repair --dry-run".into(),
        "plan-rebalance --dry-run".into(),
        "plan-rebalance --curve".into(),
        format!("plan-rebalance --out $DIR/p.json {chosen}"),
        "plan list".into(),
        format!("plan get {plan}"),
        format!("plan get {plan} --inverse"),
        format!("plan verify {plan}"),
        "plan verify $DIR/p.json".into(),
        format!("plan diff {plan} $DIR/p.json"),
        // Known already: recorded once is enough.
        format!("plan-rebalance {chosen}"),
        format!("plan delete {plan} --dry-run"),
        format!("execute-rebalance {plan} --dry-run"),
        "auto-rebalance run --dry-run --rounds 1".into(),
        "auto-rebalance run --dry-run --rounds 1 --expire --split --compact".into(),
        "data write --listen 127.0.0.1:0 --dry-run".into(),
        "auto-rebalance status".into(),
        "auto-rebalance pause --dry-run".into(),
        "auto-rebalance resume --dry-run".into(),
        "migration list".into(),
        format!("migration get {id} --ignore-not-found"),
        "migration watch".into(),
        "migration pause --dry-run".into(),
        "migration resume --dry-run".into(),
        "migration set --max-concurrent 3 --dry-run".into(),
        "migration abort --all --dry-run".into(),
        "plan prune --keep 0 --dry-run".into(),
        "context get".into(),
        "context list".into(),
        "watch --for 10ms".into(),
        "partition boundaries alphabetic:4".into(),
        "cluster edit --dry-run".into(),
        format!("partition edit {id} --dry-run"),
        "init --nodes a --dry-run".into(),
        "init --adopt --dry-run".into(),
        "cluster set replication_factor=2 --dry-run".into(),
        "node add n5 --dry-run".into(),
        "node add --file $DIR/nodes.json --dry-run".into(),
        "node set n1 --zone z --dry-run".into(),
        "node claim n1 --dry-run".into(),
        "node cordon n1 --dry-run".into(),
        "node drain n1 --dry-run".into(),
        "node fail n1 --dry-run".into(),
        "node activate n1 --dry-run".into(),
        "node remove n1 --force --dry-run".into(),
        "partition create --from 2025-11-05T20:00Z --for 1h --dry-run".into(),
        format!("partition set {id} --state readonly --dry-run"),
        format!("partition delete {id} --force --dry-run"),
        format!("partition pin {id} --dry-run"),
        format!("partition unpin {id} --dry-run"),
        "snapshot import $DIR/s.json --dry-run".into(),
        "audit prune --older-than 0s --dry-run".into(),
        "store compact --dry-run".into(),
    ];
    for command in commands() {
        // These look at no store.
        let elsewhere = ["completions", "man", "demo", "context use"].contains(&command.as_str());
        assert!(elsewhere || lines.iter().any(|line| line.starts_with(&command)), "nobody tries {command}");
    }
    for line in lines {
        let done = world.unchanged(&line);
        assert_ne!(done.code, 6, "{line}: {done:?}");
        // A line that the parser refuses would prove nothing.
        let refused_by_parser = done.code == 2 && done.err.contains("Usage:");
        assert!(!refused_by_parser, "{line}: {done:?}");
    }
}

#[test]
fn an_existing_cluster_is_adopted() {
    let world = World::new();
    let lab = &world.lab;
    world.existing();
    let (records, _) = world.contents();
    assert_eq!(world.unchanged("init --nodes n1 --yes").code, 1, "it holds records");
    let before = world.unchanged(&format!("route {TRACE} -o json")).ok();
    let dry = world.unchanged("init --adopt --replication-factor 2 --dry-run").ok();
    assert!(dry.err.contains("8 partition records") && dry.err.contains("3 nodes: old-1, old-2, old-3"), "{dry:?}");
    let done = lab.run("init --adopt --replication-factor 2 --yes").ok();
    assert!(done.err.contains("next:") && done.err.contains("partition create --from now-30d --to now"), "{done:?}");
    // Spec and nodes came in one transaction with their audit entry; no record was touched, not even its revisions.
    let (after, revision) = world.contents();
    let added: Vec<&String> = after.keys().filter(|key| !records.contains_key(*key)).collect();
    let audit = added.iter().filter(|key| key.starts_with("/otlp/audit/")).count();
    let named = ["/otlp/cluster", "/otlp/nodes/old-1", "/otlp/nodes/old-2", "/otlp/nodes/old-3"];
    assert!(named.iter().all(|key| after[*key].1 == revision) && added.len() == 5 && audit == 1, "{added:?}");
    assert!(records.iter().all(|(key, entry)| after[key] == *entry));
    assert_eq!(lab.run("cluster get -o value=foreign_writers").ok().out.trim(), "true");
    assert_eq!(lab.run(&format!("route {TRACE} -o value=owners")).ok().out.lines().count(), 1);
    assert_eq!(before.json()[0]["partition"], lab.run(&format!("route {TRACE} -o json")).ok().json()[0]["partition"]);
    // A record is edited with its eight fields first and in their order.
    lab.run("partition set partition_489542_0003 --state readonly --yes").ok();
    let record = &world.contents().0["/otlp/partitions/partition_489542_0003"].0;
    let fields: Vec<String> = serde_json::from_str::<serde_json::Map<_, _>>(record).unwrap().keys().cloned().collect();
    let eight = ["partition_id", "nodes", "leader", "state", "size_bytes", "record_count", "created_at", "updated_at"];
    assert_eq!(fields, eight);
}

#[test]
fn a_large_init_is_no_cluster_before_its_end_and_goes_on() {
    let world = World::new();
    let lab = &world.lab;
    let ids: Vec<String> = (0..300).map(|i| format!("n{i}")).collect();
    let line = format!("init --nodes {} --yes", ids.join(","));
    // What an interrupted init leaves: some nodes and no spec.
    for id in &ids[..100] {
        world.put(&format!("/otlp/nodes/{id}"), r#"{"weight":1,"state":"Active"}"#);
    }
    world.put("/otlp/nodes/n100", r#"{"weight":2,"state":"Active"}"#);
    let other = world.unchanged(&line);
    assert!(other.code == 1 && other.err.contains("node n100 is recorded already, and otherwise"), "{other:?}");
    world.put("/otlp/nodes/n100", r#"{"weight":1,"state":"Active"}"#);
    let fewer = world.unchanged("init --nodes n0,n1 --yes");
    assert!(fewer.code == 1 && fewer.err.contains("not asked for"), "{fewer:?}");
    let done = lab.run(&line).ok();
    assert!(done.err.contains("101 nodes are there already"), "{done:?}");
    assert!(done.err.contains("done: 200 key(s) in 2 transaction(s)"), "{done:?}");
    let (contents, revision) = world.contents();
    assert_eq!(contents["/otlp/cluster"].1, revision, "the spec comes last");
    assert_eq!(lab.run("node list -o name").ok().out.lines().count(), 300);
    assert_eq!(contents.keys().filter(|key| key.starts_with("/otlp/audit/")).count(), 2);
}

#[test]
fn a_context_names_its_cluster() {
    let world = World::new();
    let mut lab = Lab::new();
    let store = world.lab.variables["OTLP_PART_STORE"].clone();
    world.lab.run("init --nodes n1,n2,n3 --yes").ok();
    let id = world.lab.run("cluster get -o value=cluster_id").ok().out.trim().to_owned();
    let config = |id: &str| {
        format!("current_context = 'prod'\n[contexts.prod]\nstore = '{store}'\nprotected = true\ncluster_id = '{id}'\n")
    };
    lab.file("config.toml", config(&id));
    lab.variables.insert("OTLP_PART_CONFIG".into(), lab.text("config.toml"));
    lab.run("node list").ok();
    let refused = lab.run("node set n1 --zone z --yes");
    assert!(refused.code == 2 && refused.err.contains("--confirm prod"), "{refused:?}");
    lab.run("node set n1 --zone z --confirm prod").ok();
    lab.file("config.toml", config("another"));
    for line in ["node list", "node set n1 --zone y --confirm prod", "status"] {
        let done = world.lab.run(line);
        assert_ne!(done.code, 6);
        let done = lab.run(line);
        let named = done.err.contains("context prod is about cluster another") && done.err.contains(&id);
        assert!(done.code == 1 && named, "{line}: {done:?}");
    }
    let made = lab.run("init --nodes n1 --confirm prod");
    assert!(made.code == 2 && made.err.contains("made already"), "{made:?}");
}

/// Three members with TLS that let in users alone, as a cluster for production is; every way to say so.
#[test]
fn tls_and_a_login_through_flags_a_context_and_etcdctls_variables() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let options = LabOptions { members: 3, tls: true, client_certificates: true, ..LabOptions::default() };
    let etcd = runtime.block_on(async {
        let etcd = support_etcd::lab::Lab::start(options).await;
        etcd.enable_users("/otlp").await;
        etcd
    });
    let mut lab = Lab::new();
    let endpoints = [0, 1, 2].map(|member| etcd.endpoint(member).to_string());
    let hosts = endpoints.join(",");
    let [ca, cert, key] = [&etcd.certificates.ca, &etcd.certificates.client_cert, &etcd.certificates.client_key]
        .map(|path| path.display().to_string());
    lab.file("secret", format!("{PASSWORD}\n"));
    let tls = format!("--cacert {ca} --cert {cert} --key {key}");
    let login = "--user operator --password-file $DIR/secret";
    let flags = format!("--store etcds://{hosts} {tls} {login}");
    let mut said = Vec::new();
    let made = lab.run(&format!("{flags} init --nodes n1,n2,n3 --yes")).ok();
    let again = "next: otlp-part --store etcds://";
    assert!(made.err.contains(again) && made.err.contains("--user operator --password-file"), "{made:?}");
    said.push(made);
    let nodes = |done: support::Done| done.ok().out;
    let listed = nodes(lab.run(&format!("{flags} node list -o name")));
    assert_eq!(listed, "n1\nn2\nn3\n");
    // A TLS flag is enough; the password behind the user.
    let words = ["--store", &format!("etcd://{hosts}"), "--cacert", &ca, "--cert", &cert, "--key", &key];
    let user = format!("operator:{PASSWORD}");
    let line: Vec<&str> = words.into_iter().chain(["--user", &user, "node", "list", "-o", "name"]).collect();
    assert_eq!(nodes(lab.run_with(&line, b"")), listed);
    // The certificate alone: its common name is the user.
    assert_eq!(nodes(lab.run(&format!("--store etcd://{hosts} {tls} node list -o name"))), listed);
    // As a context.
    lab.file(
        "config.toml",
        format!(
            "[contexts.prod]\nstore = 'etcds://{hosts}'\ncacert = '{ca}'\ncert = '{cert}'\nkey = '{key}'\n\
             user = 'operator'\npassword_file = 'secret'\n"
        ),
    );
    assert_eq!(nodes(lab.run("--config $DIR/config.toml --context prod node list -o name")), listed);
    said.push(lab.run("--config $DIR/config.toml --context prod context get").ok());
    // Asked for at a terminal, once for the reader and the writer.
    lab.password = Some(PASSWORD.to_owned());
    lab = lab.on_terminal(100);
    said.push(lab.run(&format!("--store etcds://{hosts} {tls} --user operator node set n1 --zone z --yes")).ok());
    lab.password = None;
    (lab.stdin_terminal, lab.stdout_terminal, lab.stderr_terminal) = (false, false, false);
    // What goes wrong is told with its mend, and without the password.
    lab.file("wrong", "s3cr3t-and-wrong");
    for (args, code, named) in [
        (format!("{tls} --user operator --password-file $DIR/wrong"), 6, "the user or the password is wrong"),
        (format!("{tls} --user operator"), 2, "--password-file"),
        (format!("--cacert {ca} {login}"), 6, "certificate"),
        (
            format!("--cacert {} --cert {cert} --key {key} {login}", etcd.certificates.foreign_ca.display()),
            6,
            "--cacert",
        ),
    ] {
        let done = lab.run(&format!("--store etcds://{hosts} --dial-timeout 2s {args} node list"));
        assert!(done.code == code && done.err.contains(named), "{args}: {done:?}");
        said.push(done);
    }
    // etcdctl's variables, for `etcd:` alone.
    let all = endpoints.map(|endpoint| format!("https://{endpoint}")).join(",");
    for (name, value) in [
        ("ENDPOINTS", all.as_str()),
        ("CACERT", &ca),
        ("CERT", &cert),
        ("KEY", &key),
        ("USER", "operator"),
        ("PASSWORD", PASSWORD),
        ("DIAL_TIMEOUT", "2s"),
    ] {
        lab.variables.insert(format!("ETCDCTL_{name}"), value.to_owned());
    }
    said.push(lab.run("--store etcd: context get").ok());
    assert_eq!(nodes(lab.run("--store etcd: node list -o name")), listed);
    said.push(lab.run("--store etcd: node list -o json").ok());
    for done in said {
        let all = format!("{}{}", done.out, done.err);
        assert!(!all.contains(PASSWORD) && !all.contains("s3cr3t"), "{done:?}");
    }
}

/// Ids that try to leave their place among the keys: 200 of them.
fn injections() -> Vec<String> {
    let roots = ["n1", "partition_489542_0003", "", "..", "cluster", "*"];
    let tails = [
        "/../cluster",
        "/../../nodes/n1",
        "/",
        "//",
        "/.",
        "%2fcluster",
        "%2e%2e%2fcluster",
        "\u{2215}cluster",
        "\u{ff0f}x",
        "\0cluster",
        "\n/otlp/cluster",
        "\r\nx",
        "\tx",
        " x",
        ";rm",
        "$(id)",
        "`id`",
        "'; --",
        "\" OR 1",
        "\\..\\cluster",
        "\u{202e}1n",
        "\u{feff}",
        ".0/../..",
        "?prefix",
        "#x",
        "@host",
        ":/otlp",
        "\u{1b}[2J",
        "{}",
        "\u{301}",
        "\u{0}",
        "/otlp/nodes/",
        "0",
        "\u{7f}",
    ];
    let all = roots.iter().flat_map(|root| tails.iter().map(move |tail| format!("{root}{tail}")));
    all.chain(["/".repeat(300), "a".repeat(5000), "../".repeat(50)]).collect()
}

/// Whatever an id says, no key is read as another or written beside its place.
#[test]
fn no_id_leaves_its_place() {
    let world = World::new();
    world.lab.run("init --nodes n1,n2,n3 --hash-buckets 8 --yes").ok();
    world.lab.run("partition create --from 2025-11-05T14:00Z --for 1h --yes").ok();
    world.put("/otlp-other/nodes/n1", "{}");
    let before = world.contents();
    let injections = injections();
    assert!(injections.len() >= 200, "{}", injections.len());
    let commands: [&[&str]; 12] = [
        &["node", "get", "@"],
        &["node", "history", "@"],
        &["node", "set", "@", "--weight", "2", "--yes"],
        &["node", "fail", "@", "--yes"],
        &["node", "remove", "@", "--force", "--yes"],
        &["partition", "get", "@"],
        &["partition", "history", "@"],
        &["partition", "pin", "@", "--yes"],
        &["partition", "set", "@", "--state", "readonly", "--yes"],
        &["partition", "delete", "@", "--force", "--yes"],
        &["route", "--last", "1h", "--near", "@"],
        &["partition", "list", "--node", "@"],
    ];
    for id in &injections {
        for command in commands {
            let words: Vec<&str> = command.iter().map(|word| if *word == "@" { id.as_str() } else { word }).collect();
            let done = world.lab.run_with(&words, b"");
            assert!([1, 2].contains(&done.code), "{words:?}: {done:#?}");
        }
        // A new node of such a name, or a cluster under such a prefix, is refused, or lies where it belongs.
        let done = world.lab.run_with(&["node", "add", id, "--dry-run"], b"");
        let plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || b"._:@-".contains(&b));
        assert!([1, 2].contains(&done.code) || plain, "{id:?}: {done:#?}");
        let store = format!("{}/{id}", world.lab.variables["OTLP_PART_STORE"]);
        let done = world.lab.run_with(&["--store", &store, "init", "--nodes", "x", "--dry-run"], b"");
        assert!([0, 1, 2].contains(&done.code), "{store:?}: {done:#?}");
    }
    assert_eq!(world.contents(), before);
}
