//! The HTML page of a plan or a simulation: golden pages, and what must hold of every page.
//!
//! A change that is meant: `OTLP_PART_UPDATE=1 cargo test --test report`, then look at the pages of `tests/report` with
//! `build/check-report`.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "a switch of this test program")]

#[path = "report/samples.rs"]
mod samples;

use std::collections::BTreeSet;
use std::path::Path;

use otlp_part::output::report::{ReportData, html};
use roxmltree::{Document, Node, ParsingOptions};
use samples::{hostile, many, plan, simulation};

/// The page, which must be XML.
#[track_caller]
fn parse(page: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(page, options).unwrap_or_else(|e| panic!("{e}:\n{page}"))
}

fn all() -> Vec<ReportData> {
    vec![plan(), simulation(), hostile(), many(120, 3, 400), many(100, 80, 400), ReportData::default()]
}

#[test]
fn golden_pages() {
    for (name, data) in [("plan", plan()), ("simulation", simulation()), ("many", many(70, 3, 60))] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/report/{name}.html"));
        let page = html(&data);
        if std::env::var_os("OTLP_PART_UPDATE").is_some() {
            std::fs::write(&path, &page).unwrap();
        }
        let golden = std::fs::read_to_string(&path).unwrap();
        assert!(page == golden, "{name}.html is another one: OTLP_PART_UPDATE=1 cargo test --test report");
    }
}

#[test]
fn every_chart_can_be_read_aloud() {
    for data in all() {
        let page = html(&data);
        let document = parse(&page);
        let mut ids = BTreeSet::new();
        for node in document.descendants() {
            if let Some(id) = node.attribute("id") {
                assert!(ids.insert(id.to_owned()), "the id {id} stands there twice");
            }
        }
        let pictures = |node: &Node<'_, '_>| {
            node.has_tag_name("svg") && !node.ancestors().skip(1).any(|above| above.has_tag_name("svg"))
        };
        let mut charts = 0;
        for svg in document.descendants().filter(pictures) {
            if svg.attribute("aria-hidden") == Some("true") {
                continue;
            }
            charts += 1;
            assert_eq!(svg.attribute("role"), Some("img"));
            let texts: Vec<&str> = ["title", "desc"]
                .into_iter()
                .map(|name| svg.children().find(|child| child.has_tag_name(name)).and_then(|c| c.text()).unwrap())
                .collect();
            assert!(texts.iter().all(|text| !text.trim().is_empty()), "{texts:?}");
            for id in svg.attribute("aria-labelledby").unwrap().split(' ') {
                assert!(ids.contains(id), "{id}");
            }
        }
        let tables = document.descendants().filter(|node| node.has_tag_name("table")).count();
        assert!(data.nodes.is_empty() || charts >= 2 && tables >= 2, "{charts} charts, {tables} tables");
    }
}

#[test]
fn nothing_is_fetched_and_nothing_runs() {
    for data in all() {
        let page = html(&data);
        let document = parse(&page);
        for node in document.descendants().filter(Node::is_element) {
            let name = node.tag_name().name();
            assert!(
                !["script", "link", "img", "iframe", "object", "embed", "image", "use", "a"].contains(&name),
                "{name}"
            );
            for attribute in node.attributes() {
                let name = attribute.name();
                assert!(
                    !["src", "href", "style", "srcset", "action"].contains(&name) && !name.starts_with("on"),
                    "{name}"
                );
            }
        }
        let style = document.descendants().find(|node| node.has_tag_name("style")).unwrap().text().unwrap();
        assert!(!style.contains("url(") && !style.contains("@import"));
        assert!(!page.to_ascii_lowercase().replace("etcd://", "").contains("://"), "an address");
        let policy = document.descendants().find(|node| node.has_attribute("http-equiv")).unwrap();
        assert!(policy.attribute("content").unwrap().starts_with("default-src 'none'; style-src 'sha256-"));
    }
}

#[test]
fn names_that_mean_harm_stay_text() {
    let data = hostile();
    let page = html(&data);
    let document = parse(&page);
    assert!(!page.contains("<script") && !page.contains("<img"), "markup from outside");
    assert!(!page.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}'));
    let heading = document.descendants().find(|node| node.has_tag_name("h1")).unwrap().text().unwrap();
    assert!(heading.starts_with("</title></style><script>alert(1)</script>"), "it is shown, and all of it: {heading}");
    let cells: Vec<&str> = document.descendants().filter(|n| n.has_tag_name("td")).filter_map(|n| n.text()).collect();
    assert!(cells.iter().any(|cell| cell.contains("\\u{202e}") && cell.ends_with(&"w".repeat(200))));
}

#[test]
fn a_page_is_the_same_every_time_and_never_large() {
    let data = many(1000, 3, 100_000);
    let page = html(&data);
    assert_eq!(page, html(&data));
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    for (nodes, zones) in [(1000, 3), (1000, 1000), (61, 61), (60, 60), (1, 1)] {
        let mut data = many(nodes.max(10), zones, 5_000);
        data.nodes.truncate(nodes);
        let page = html(&data);
        assert!(page.len() < 2_000_000, "{} bytes", page.len());
        parse(&page);
    }
}

#[test]
fn what_is_left_out_is_said() {
    let page = html(&many(1000, 100, 100_000));
    for words in [
        "1,000 nodes: shown by zone",
        "41 other zones",
        "76 more zones",
        "The first 200 of 10,000 are shown",
        "pinned 10,000",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(html(&ReportData::default()).contains("No data moves."));
}
