//! The HTML page in a real browser: it loads without a complaint and without a request, and nothing is cut off.
//!
//! Where there is no Chromium this says so and ends; `build/check-report` runs it where there must be one, and keeps
//! pictures of what was seen.

// Helpers of tests are outside what clippy sees as tests.
#![allow(clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "switches of this test program")]

#[path = "report/browser.rs"]
mod browser;
#[path = "report/samples.rs"]
mod samples;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use browser::{Browser, View};
use otlp_part::output::report::html;
use samples::{hostile, many, plan, simulation};

const WIDTHS: [u32; 2] = [1280, 420];

fn start(directory: &Path) -> Option<Browser> {
    let Some(program) = browser::find() else {
        // Not by println!, which a test that passes keeps to itself.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: the pages of --report were not looked at: there is no Chromium (OTLP_PART_CHROMIUM names one)"
        );
        return None;
    };
    Some(Browser::start(&program, &directory.join("profile")))
}

fn file(directory: &Path, name: &str, page: &str) -> String {
    let path = directory.join(format!("{name}.html"));
    std::fs::write(&path, page).unwrap();
    format!("file://{}", path.display())
}

#[test]
fn pages_fit_and_ask_for_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let Some(mut browser) = start(directory.path()) else { return };
    let pictures = std::env::var_os("OTLP_PART_PICTURES").map(PathBuf::from);
    let keep = |name: String, bytes: Vec<u8>| {
        if let Some(pictures) = &pictures {
            std::fs::write(pictures.join(name), bytes).unwrap();
        }
    };
    let pages = [
        ("plan", plan()),
        ("simulation", simulation()),
        ("hostile", hostile()),
        ("fifty-nodes", many(50, 5, 2_000)),
        ("thousand-nodes", many(1000, 12, 100_000)),
    ];
    for (name, data) in pages {
        let address = file(directory.path(), name, &html(&data));
        for width in WIDTHS {
            for (look, dark, print) in [("light", false, false), ("dark", true, false), ("print", false, true)] {
                let seen = browser.look(&address, View { width, dark, print });
                let what = format!("{name} at {width}, {look}: {seen:#?}");
                assert_eq!(seen.requests, [address.as_str()], "{what}");
                assert!(seen.complaints.is_empty() && seen.misfits.is_empty(), "{what}");
                keep(format!("{name}-{width}-{look}.png"), browser.picture());
            }
        }
        keep(format!("{name}.pdf"), browser.paper());
    }
}

/// The checks see what they look for.
#[test]
fn bad_pages_are_seen() {
    let directory = tempfile::tempdir().unwrap();
    let Some(mut browser) = start(directory.path()) else { return };
    let page = "<!DOCTYPE html><html><body><div style='width:2000px'>wide</div><img src='http://example.invalid/a.png'>\
                <svg role='img' width='100' height='20'><text x='0' y='12'>one</text><text x='4' y='12'>two</text>\
                <text x='90' y='12'>cut off</text></svg></body></html>";
    let address = file(directory.path(), "bad", page);
    let seen = browser.look(&address, View { width: 420, dark: false, print: false });
    assert_eq!(seen.requests.len(), 2, "{seen:#?}");
    for words in ["out of the window: DIV wide", "cut off: text cut off", "one over the other: text one / text two"] {
        assert!(seen.misfits.iter().any(|found| found.contains(words)), "{words}: {seen:#?}");
    }
    // The policy of our pages stops it, which the browser says.
    let ours = html(&plan()).replace("<main>", "<main><img src='http://example.invalid/a.png'>");
    let seen = browser.look(&file(directory.path(), "ours", &ours), View { width: 420, dark: false, print: false });
    assert!(seen.complaints.iter().any(|text| text.contains("Content Security Policy")), "{seen:#?}");
}
