//! The schedule over time: how fast data comes in, altogether and at each node.

use std::fmt::Write as _;

use crate::model::ByteSize;

use super::groups::Groups;
use super::markup::{Chart, Head, copies_in_words, count, cut, duration, folded_table, line, rect, text};
use super::{ReportCopy, ReportData};

/// Steps of time.
const STEPS: usize = 120;
/// Pixels of the picture of everything, and of one row.
const TOTAL: usize = 90;
const ROW: usize = 36;
const AXIS: usize = 28;
/// A longer name is cut.
const NAME_MAX: usize = 22;

/// What comes into one group.
#[derive(Clone)]
struct Inflow {
    /// Bytes per second in each step.
    rates: Vec<f64>,
    bytes: u64,
    copies: u64,
    start_ms: u64,
    end_ms: u64,
}

impl Inflow {
    fn new() -> Self {
        Self { rates: vec![0.0; STEPS], bytes: 0, copies: 0, start_ms: u64::MAX, end_ms: 0 }
    }

    /// Adds a copy whose bytes come evenly over its span.
    fn add(&mut self, bytes: u64, (start, end): (u64, u64), total_ms: u64) {
        self.bytes = self.bytes.saturating_add(bytes);
        self.copies += 1;
        (self.start_ms, self.end_ms) = (self.start_ms.min(start), self.end_ms.max(end));
        let step = total_ms as f64 / STEPS as f64;
        let (start, end) = (start as f64 / step, (end as f64 / step).max(start as f64 / step + 1e-6));
        let per_step = bytes as f64 / (end - start);
        let (first, last) = (start as usize, (end.ceil() as usize).min(STEPS));
        for (at, rate) in self.rates.iter_mut().enumerate().take(last).skip(first) {
            let covered = end.min(at as f64 + 1.0) - start.max(at as f64);
            *rate += per_step * covered.max(0.0) / (step / 1000.0);
        }
    }

    fn peak(&self) -> f64 {
        self.rates.iter().copied().fold(0.0, f64::max)
    }
}

fn rate(bytes_per_second: f64) -> String {
    format!("{}/s", ByteSize(bytes_per_second.round() as u64))
}

pub(super) fn write(out: &mut String, data: &ReportData) {
    let spans = || data.copies.iter().filter_map(|copy| copy.span_ms.map(|span| (copy, span)));
    let total_ms = spans().map(|(_, (_, end))| end).max().unwrap_or(0);
    if total_ms == 0 {
        return;
    }
    let groups = Groups::fitting(data);
    let (mut all, mut into) = (Inflow::new(), vec![Inflow::new(); groups.len()]);
    for (ReportCopy { to, load, .. }, (start, end)) in spans() {
        let span = (start.min(end), end);
        all.add(*load, span, total_ms);
        if let Some(group) = groups.of(*to) {
            into[group].add(*load, span, total_ms);
        }
    }
    out.push_str("<h2>Schedule</h2>\n");
    let word = groups.word;
    let busy: Vec<(&str, &Inflow)> =
        groups.names.iter().map(String::as_str).zip(&into).filter(|(_, i)| i.copies > 0).collect();
    let description = format!(
        "{} take {}; {} come in, at most {} at a time. Each row shows how fast data comes into one {word}, all on one scale.",
        copies_in_words(all.copies),
        duration(total_ms),
        ByteSize(all.bytes),
        rate(all.peak())
    );
    let chart = Chart {
        id: "time",
        title: &format!("Bytes in flight over time, altogether and into each {word}"),
        description: &description,
        height: TOTAL + AXIS + busy.len() * ROW,
        narrow: false,
    };
    chart.write(out, |out| draw(out, &all, &busy, total_ms));
    numbers(out, word, &busy);
}

fn draw(out: &mut String, all: &Inflow, busy: &[(&str, &Inflow)], total_ms: u64) {
    text(out, "", 0.0, 12, "all");
    text(out, "e q", 1.0, 12, &format!("at most {}", rate(all.peak())));
    rect(out, "g", 0.0, 17, 1.0, TOTAL - 17);
    area(out, all, all.peak(), 17, TOTAL - 17);
    for quarter in 0..=4 {
        let x = f64::from(quarter) / 4.0;
        line(out, "r", (x, 17), (x, TOTAL + 4));
        let class = ["", "m ", "m ", "m ", "e "][quarter as usize];
        let wide = if quarter % 2 == 1 { "wide" } else { "" };
        let label = if quarter == 0 { "0".to_owned() } else { duration((total_ms as f64 * x) as u64) };
        text(out, &format!("q {class}{wide}"), x, TOTAL + 16, &label);
    }
    let peak = busy.iter().map(|(_, inflow)| inflow.peak()).fold(0.0, f64::max);
    for (n, (name, inflow)) in busy.iter().enumerate() {
        let y = TOTAL + AXIS + n * ROW;
        text(out, "", 0.0, y + 12, &cut(name, NAME_MAX));
        let done = format!("{} until {}", ByteSize(inflow.bytes), duration(inflow.end_ms));
        text(out, "e q", 1.0, y + 12, &done);
        rect(out, "g", 0.0, y + 17, 1.0, 15);
        area(out, inflow, peak, y + 17, 15);
    }
}

/// The rates as an area of steps. Its own coordinates are stretched to the width that there is.
fn area(out: &mut String, inflow: &Inflow, peak: f64, y: usize, height: usize) {
    let _ = write!(
        out,
        "<svg x=\"0\" y=\"{y}\" width=\"100%\" height=\"{height}\" viewBox=\"0 0 {STEPS} 100\" preserveAspectRatio=\"none\">\
         <path class=\"a\" d=\"M0 100"
    );
    let mut at = 100;
    for (n, rate) in inflow.rates.iter().enumerate() {
        let level = if peak > 0.0 { 100 - (rate / peak * 100.0).round() as i32 } else { 100 };
        if level != at {
            let _ = write!(out, "H{n}V{level}");
            at = level;
        }
    }
    let _ = writeln!(out, "H{STEPS}V100Z\"/></svg>");
}

fn numbers(out: &mut String, word: &str, busy: &[(&str, &Inflow)]) {
    let head = if word == "node" { "Node" } else { "Zone" };
    let heads = [
        Head::Text(head),
        Head::Number("Copies"),
        Head::Number("Bytes in"),
        Head::Number("At most"),
        Head::Number("First starts"),
        Head::Number("Last ends"),
    ];
    let rows = busy.iter().map(|(name, inflow)| {
        [
            (*name).to_owned(),
            count(inflow.copies),
            ByteSize(inflow.bytes).to_string(),
            rate(inflow.peak()),
            duration(inflow.start_ms),
            duration(inflow.end_ms),
        ]
    });
    folded_table(out, &format!("Numbers of the schedule, by {word}"), heads, rows);
}
