//! The page: its head with the policy, the figures, and the charts in their order.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::markup::{Escaped, Head, count, table};
use super::{ReportData, curve, loads, matrix, schedule};

const STYLE: &str = include_str!("style.css");

/// Remarks shown one by one.
const REMARKS_MAX: usize = 200;

/// The whole page.
#[must_use]
pub fn html(data: &ReportData) -> String {
    let mut out = String::with_capacity(64 * 1024);
    head(&mut out, data);
    figures(&mut out, data);
    comparisons(&mut out, data);
    if !data.nodes.is_empty() {
        loads::write(&mut out, data);
    }
    matrix::write(&mut out, data);
    schedule::write(&mut out, data);
    curve::write(&mut out, data);
    remarks(&mut out, data);
    out.push_str("<footer>Made by otlp-part. This page is whole by itself: it fetches nothing.</footer>\n</main>\n</body>\n</html>\n");
    out
}

/// The style sheet is allowed by its hash, everything else is forbidden.
fn head(out: &mut String, data: &ReportData) {
    let style = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let title = Escaped(&data.title);
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{style}'; \
         base-uri 'none'; form-action 'none'\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    if !data.lead.is_empty() {
        let _ = writeln!(out, "<p>{}</p>", Escaped(&data.lead));
    }
    if !data.facts.is_empty() {
        out.push_str("<dl class=\"facts\">\n");
        for (name, value) in &data.facts {
            let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", Escaped(name), Escaped(value));
        }
        out.push_str("</dl>\n");
    }
}

fn figures(out: &mut String, data: &ReportData) {
    if data.figures.is_empty() {
        return;
    }
    out.push_str("<ul class=\"figures\">\n");
    for figure in &data.figures {
        let _ = write!(out, "<li><span>{}</span><b>{}</b>", Escaped(&figure.name), Escaped(&figure.value));
        if !figure.detail.is_empty() {
            let _ = write!(out, "<span>{}</span>", Escaped(&figure.detail));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
}

fn comparisons(out: &mut String, data: &ReportData) {
    if data.comparisons.is_empty() {
        return;
    }
    let heads = [Head::Text(""), Head::Number("Before"), Head::Number("After")];
    let rows = data.comparisons.iter().map(|c| [c.name.clone(), c.before.clone(), c.after.clone()]);
    table(out, "Before and after", heads, rows);
}

fn remarks(out: &mut String, data: &ReportData) {
    if data.remarks.is_empty() {
        return;
    }
    let total = count(data.remarks.len() as u64);
    let _ = writeln!(out, "<h2>{} ({total})</h2>", Escaped(&data.remarks_title));
    let mut by_reason: BTreeMap<&str, u64> = BTreeMap::new();
    for remark in &data.remarks {
        *by_reason.entry(&remark.reason).or_default() += 1;
    }
    let words: Vec<String> = by_reason.iter().map(|(reason, n)| format!("{reason} {}", count(*n))).collect();
    let _ = writeln!(out, "<p>By reason: {}.</p>", Escaped(&words.join(", ")));
    if data.remarks.len() > REMARKS_MAX {
        let _ = writeln!(out, "<p class=\"quiet\">The first {REMARKS_MAX} of {total} are shown.</p>");
    }
    let heads = [Head::Text("Partition"), Head::Text("Node"), Head::Text("Reason"), Head::Long("What")];
    let or_none = |text: &String| if text.is_empty() { "-".to_owned() } else { text.clone() };
    let rows = data.remarks.iter().take(REMARKS_MAX).map(|remark| {
        [or_none(&remark.partition), or_none(&remark.node), remark.reason.clone(), remark.message.clone()]
    });
    table(out, &data.remarks_title, heads, rows);
}
