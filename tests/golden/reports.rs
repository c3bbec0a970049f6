//! `--report`: the page of plans and simulations.

use roxmltree::{Document, Node, ParsingOptions};

use super::plans;
use crate::golden;
use crate::support::{Lab, Session};

const STORE: &str = "--store file:$DIR/c.db";

/// Six exactly chosen moves of the skewed cluster.
fn chosen() -> String {
    let chosen = |n: usize| format!("--move partition_489540_{n:04},from=n{},to=n{}", n % 2 + 1, n % 2 + 3);
    (0..6).map(chosen).collect::<Vec<_>>().join(" ")
}

/// The texts of a page, one a line.
fn texts(lab: &Lab, file: &str) -> String {
    let page = String::from_utf8(lab.read(file)).unwrap();
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&page, options).unwrap();
    let is_shown = |node: &Node<'_, '_>| node.is_text() && !node.ancestors().any(|above| above.has_tag_name("style"));
    let shown = document.descendants().filter(is_shown).filter_map(|node| node.text());
    shown.map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_page_of_a_plan() {
    let chosen = chosen();
    let mut s = plans::lab(&plans::skewed());
    s.run(&format!("{STORE} plan-rebalance {chosen} --out $DIR/p.json --report $DIR/p.html -o name"));
    let page = texts(&s.lab, "p.html");
    s.say(&page);
    for heading in ["Load per node", "Between zones", "Between nodes", "Schedule", "What a narrower band costs"] {
        assert!(page.contains(heading), "{heading}");
    }
    let bytes = s.lab.read("p.html");
    s.say("the same plan is the same page; a file that is there stays");
    s.run(&format!("{STORE} plan-rebalance {chosen} --out $DIR/p.json --report $DIR/p.html -o name"));
    s.run(&format!("{STORE} plan-rebalance {chosen} --out $DIR/p2.json --report $DIR/p.html -o name"));
    assert!(!s.lab.path("p2.json").exists(), "it is refused before anything is written");
    s.run(&format!("{STORE} plan-rebalance {chosen} --out $DIR/p.json --report $DIR/p.html --force -o name -q"));
    assert!(bytes == s.lab.read("p.html"));
    s.say("of a file, without a store; it knows no curve");
    s.run("plan get $DIR/p.json --report $DIR/get.html -o name");
    let get = texts(&s.lab, "get.html");
    assert!(get.contains("Schedule") && !get.contains("What a narrower band costs"));
    s.say("recorded");
    s.run(&format!("{STORE} plan-rebalance {chosen} --report $DIR/recorded.html -o name"));
    assert!(texts(&s.lab, "recorded.html").contains("Schedule"));
    golden!("report_plan", s);
}

#[test]
fn a_page_that_cannot_be_written() {
    let mut s = plans::lab(&plans::skewed());
    s.run(&format!("{STORE} plan-rebalance --dry-run --report $DIR/p.html"));
    s.run(&format!("{STORE} plan-rebalance --curve --report $DIR/p.html"));
    s.run(&format!("{STORE} plan-rebalance --out $DIR/p.json --report -"));
    s.run(&format!("{STORE} plan-rebalance --force"));
    s.run(&format!("{STORE} plan-rebalance {} --report $DIR/none/p.html -o name", chosen()));
    s.run("simulate --nodes a,b --force");
    s.run("simulate --nodes a,b --compare-placements --report $DIR/p.html");
    s.run("plan get $DIR/p.json --force");
    assert!(!s.lab.path("p.html").exists());
    golden!("report_refused", s);
}

#[test]
fn a_page_of_a_simulation() {
    let mut s = Session::new();
    let nodes = "--nodes n1,n2,n3,n4,n5,n6 --zones eu-1,eu-2,eu-3 --partitions 2048 --size 1GB";
    s.run(&format!(
        "simulate {nodes} --add n7,zone=eu-1 --remove n2 --require max-skew=50% --report $DIR/s.html -o name"
    ));
    s.say(&texts(&s.lab, "s.html"));
    let bytes = s.lab.read("s.html");
    s.run(&format!("simulate {nodes} --add n7,zone=eu-1 --report $DIR/s.html -o name"));
    assert!(bytes == s.lab.read("s.html"));
    s.say("nothing is known of sizes: partitions are counted");
    s.run("simulate --nodes n1,n2,n3 --partitions 512 --size 0 --add n4 --report $DIR/none.html --columns node,partitions_after");
    assert!(texts(&s.lab, "none.html").contains("Load per node, partitions"));
    s.say("a plan");
    let mut plan = plans::lab(&plans::skewed());
    plan.lab.run(&format!("{STORE} plan-rebalance {} --out $DIR/p.json -q", chosen())).ok();
    plan.run(&format!("{STORE} simulate --plan $DIR/p.json --report $DIR/s.html -o name"));
    assert!(texts(&plan.lab, "s.html").contains("Between nodes"));
    s.say("the bars of a change; of a cluster that nothing changes there are none");
    s.run(&format!("simulate {nodes} --add n7,zone=eu-1"));
    assert!(!s.run(&format!("simulate {nodes}")).out.contains("given up"));
    golden!("report_simulation", s);
}

/// Bars on a terminal are of block elements, unless the locale or `NO_COLOR` forbids them.
#[test]
fn bars_fit_the_terminal() {
    let line = "simulate --nodes n1,n2,n3,n4 --partitions 512 --add n5 -q";
    let run = |variables: &[(&str, &str)], width: u16| {
        let mut lab = Lab::new().on_terminal(width);
        lab.variables.extend(variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
        lab.run(line).ok().out
    };
    let is_block = |text: &str| text.contains('\u{2588}');
    assert!(is_block(&run(&[], 120)) && is_block(&run(&[("LANG", "de_DE.UTF-8")], 80)));
    for ascii in [[("LANG", "C")], [("LC_ALL", "en_US.ISO-8859-1")], [("NO_COLOR", "1")], [("TERM", "dumb")]] {
        let text = run(&ascii, 80);
        assert!(!is_block(&text) && text.contains("###"), "{ascii:?}: {text}");
    }
    assert!(!is_block(&Lab::new().run(line).ok().out), "piped");
}
