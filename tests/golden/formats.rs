//! One listing in every format, and what shapes it.

use crate::golden;
use crate::support::{Lab, Session};

#[test]
fn every_format_of_one_listing() {
    let mut s = Session::new();
    s.lab.init("c.db");
    let store = "--store file:$DIR/c.db";
    s.lab
        .run(&format!("{store} node add node-10 --location region=eu,az=eu-1,dc=d1 --capacity 4TB --weight 2.5 --yes"))
        .ok();
    let list = format!("{store} -q node list");
    for format in ["table", "json", "ndjson", "csv", "name", "value=state"] {
        s.run(&format!("{list} -o {format}"));
    }
    s.run(&format!("{list} -o value=location.region"));
    s.run(&format!("{list} --columns zone,node,weight --sort weight:desc --limit 2"));
    s.run(&format!("{list} --columns zone,node --sort node -o json"));
    s.run(&format!("{list} --columns node,capacity_bytes --no-headers"));
    s.run(&format!("{list} --columns node,capacity_bytes --no-headers -o csv"));
    s.run(&format!("{list} --sort node:desc -o name"));
    s.run(&format!("{list} --limit 0"));
    s.run(&format!("{list} --limit 0 -o json"));
    s.run(&format!("{list} --columns colour"));
    s.run(&format!("{list} --sort colour:desc"));
    s.run(&format!("{list} --sort node:up"));
    s.run(&format!("{list} -o value=colour"));
    s.run(&format!("{list} -o yaml"));
    s.run(&format!("{store} -q cluster get -o csv --limit 2"));
    s.run(&format!("{store} -q cluster get -o name"));
    golden!("formats", s);
}

#[test]
fn colours_only_where_they_belong() {
    let mut s = Session::new();
    s.lab.init("c.db");
    let store = "--store file:$DIR/c.db";
    s.lab.run(&format!("{store} node set node-1 --state down --yes")).ok();
    let list = format!("{store} -q node list --columns node,state");
    let colours = |text: &str| text.contains('\u{1b}');
    assert!(!colours(&s.lab.run(&list).ok().out));
    assert!(colours(&s.lab.run(&format!("{list} --color always")).ok().out));
    s.lab.stdout_terminal = true;
    assert!(colours(&s.lab.run(&list).ok().out));
    assert!(!colours(&s.lab.run(&format!("{list} --color never")).ok().out));
    assert!(!colours(&s.lab.run(&format!("{list} -o csv")).ok().out));
    s.lab.variables.insert("NO_COLOR".into(), "1".into());
    assert!(!colours(&s.lab.run(&list).ok().out));
    s.lab.variables.remove("NO_COLOR");
    s.lab.variables.insert("TERM".into(), "dumb".into());
    assert!(!colours(&s.lab.run(&list).ok().out));
}

/// A reader that goes away is no error, whatever the command and wherever it happens.
#[test]
fn a_closed_output_ends_every_command_quietly() {
    let lab = Lab::new();
    let store = lab.init("c.db");
    lab.run("--store file:$DIR/c.db partition create --from 2025-11-05T15:00Z --for 1h --yes").ok();
    let trace = "04a971f14b28f97dc6888f7bd33157cf";
    let ids = lab.file("ids", format!("{trace}\n").repeat(50));
    let commands = [
        vec!["status"],
        vec!["cluster", "get"],
        vec!["node", "list"],
        vec!["partition", "list"],
        vec!["partition", "get", "partition_489543_0001"],
        vec!["ring", "get"],
        vec!["ring", "owners", "k"],
        vec!["route", "--last", "10m"],
        vec!["route", "--last", "10m", "--each"],
        vec!["route", "--trace-id", trace, "--time", "now", "--explain"],
        vec!["route", "--trace-ids-from", &ids, "--time", "now"],
        vec!["snapshot", "export"],
        vec!["completions", "fish"],
        vec!["man"],
        vec!["--help"],
    ];
    for command in &commands {
        for format in ["table", "json", "csv"] {
            let args: Vec<&str> = ["--store", &store, "-q", "-o", format].into_iter().chain(command.clone()).collect();
            let whole = lab.run_with(&args, b"");
            for bytes in [0, 1, 40] {
                let done = lab.run_closed(&args, bytes);
                assert_eq!(
                    (done.code, done.err.as_str()),
                    (whole.code, whole.err.as_str()),
                    "{args:?} after {bytes} bytes"
                );
            }
        }
    }
}
