//! What evenness costs: the least bytes for each band.

use std::fmt::Write as _;

use crate::model::ByteSize;

use super::markup::{Chart, Head, folded_table, line, percent, ratio, rect, text};
use super::{ReportCurvePoint, ReportData};

/// Pixels of the plot, above its labels.
const PLOT: usize = 180;
/// Room for the label of the largest value above the plot.
const TOP: usize = 22;
/// Room left and right of the plot.
const SIDE: f64 = 0.06;
/// Labels that fit below the plot on a narrow screen.
const LABELS_MAX: usize = 7;

fn band(ppm: u32) -> String {
    let text = format!("{:.4}", f64::from(ppm) / 10_000.0);
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

pub(super) fn write(out: &mut String, data: &ReportData) {
    let points = &data.curve;
    if points.len() < 2 {
        return;
    }
    out.push_str("<h2>What a narrower band costs</h2>\n");
    let (first, last) = (points[0], points[points.len() - 1]);
    let mut description = format!(
        "The least bytes that bring every node into its band: {} for \u{b1}{}, {} for \u{b1}{}.",
        ByteSize(first.bytes),
        band(first.band_ppm),
        ByteSize(last.bytes),
        band(last.band_ppm)
    );
    if let Some(chosen) = data.chosen {
        let _ = write!(description, " This plan: \u{b1}{}, {}.", band(chosen.band_ppm), ByteSize(chosen.bytes));
    }
    let chart = Chart {
        id: "curve",
        title: "Lower bound of the bytes to move, by band",
        description: &description,
        height: TOP + PLOT + 24,
        narrow: true,
    };
    chart.write(out, |out| draw(out, points, data.chosen));
    let heads = [Head::Text("Band"), Head::Number("Least bytes")];
    let rows =
        points.iter().map(|point| [format!("\u{b1}{}", band(point.band_ppm)), ByteSize(point.bytes).to_string()]);
    folded_table(out, "Numbers of the curve", heads, rows);
}

/// Points stand at even distances; a band between two of them lies between their places.
fn place(points: &[ReportCurvePoint], ppm: u32) -> f64 {
    let last = points.len() - 1;
    let after = points.iter().position(|point| point.band_ppm >= ppm);
    let at = match after {
        None => last as f64,
        Some(0) => 0.0,
        Some(after) => {
            let (low, high) = (points[after - 1].band_ppm, points[after].band_ppm);
            (after - 1) as f64 + f64::from(ppm - low) / f64::from((high - low).max(1))
        }
    };
    SIDE + (1.0 - 2.0 * SIDE) * at / last as f64
}

fn draw(out: &mut String, points: &[ReportCurvePoint], chosen: Option<ReportCurvePoint>) {
    let most = points.iter().chain(&chosen).map(|point| point.bytes).max().unwrap_or(0);
    let height = |bytes: u64| TOP + PLOT - (ratio(bytes, most) * PLOT as f64).round() as usize;
    rect(out, "g", 0.0, TOP, 1.0, PLOT);
    for (part, label) in [(most, ByteSize(most).to_string()), (most / 2, ByteSize(most / 2).to_string())] {
        line(out, "r", (0.0, height(part)), (1.0, height(part)));
        text(out, "q e", 1.0, height(part) - 4, &label);
    }
    let _ = write!(
        out,
        "<svg x=\"0\" y=\"{TOP}\" width=\"100%\" height=\"{PLOT}\" viewBox=\"0 0 10000 {PLOT}\" preserveAspectRatio=\"none\">\
         <path class=\"k\" d=\""
    );
    for (n, point) in points.iter().enumerate() {
        let x = (place(points, point.band_ppm) * 10_000.0).round();
        let _ = write!(out, "{}{x} {}", if n == 0 { 'M' } else { 'L' }, height(point.bytes) - TOP);
    }
    out.push_str("\"/></svg>\n");
    let every = points.len().div_ceil(LABELS_MAX);
    for (n, point) in points.iter().enumerate() {
        let x = place(points, point.band_ppm);
        let (cx, cy) = (percent(x), height(point.bytes));
        let _ = writeln!(out, "<circle class=\"a\" cx=\"{cx}\" cy=\"{cy}\" r=\"3.5\"/>");
        if n % every == 0 {
            text(out, "q m", x, TOP + PLOT + 16, &band(point.band_ppm));
        }
    }
    if let Some(chosen) = chosen {
        let x = place(points, chosen.band_ppm);
        line(out, "v", (x, TOP), (x, TOP + PLOT));
        let (cx, cy) = (percent(x), height(chosen.bytes));
        let _ = writeln!(out, "<circle class=\"t\" cx=\"{cx}\" cy=\"{cy}\" r=\"5\"/>");
        let class = if x > 0.5 { "e" } else { "" };
        let side = if x > 0.5 { x - 0.015 } else { x + 0.015 };
        text(out, class, side, TOP + PLOT - 8, &format!("this plan: {}", ByteSize(chosen.bytes)));
    }
}
