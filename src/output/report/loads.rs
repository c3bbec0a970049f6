//! Load per node: before, target and after.

use std::fmt::Write as _;

use crate::output::load::{Collapsed, HistogramStep, LoadUnit, NODES_SHOWN_MAX, NodeLoadChange, collapse, deviation};

use super::ReportData;
use super::markup::{
    Chart, Head, count, counted, cut, folded_table, legend, line, percent, ratio, rect, show_deviation, text,
};

/// Pixels of one row: a line of text, then the bar.
const ROW: usize = 36;
/// So many rows are in one chart before a second one stands beside it.
const ROWS_OF_ONE_CHART: usize = 12;
/// A longer name is cut.
const NAME_MAX: usize = 22;
/// Where the bars of the histogram begin, and how wide the longest is.
const HISTOGRAM_BARS: (f64, f64) = (0.36, 0.42);

pub(super) fn write(out: &mut String, data: &ReportData) {
    let loads: Vec<NodeLoadChange> = data.nodes.iter().map(|node| node.load.clone()).collect();
    out.push_str("<h2>Load per node</h2>\n");
    let mut entries = vec![("b", "before"), ("a", "after"), ("t", "target")];
    if loads.iter().any(NodeLoadChange::has_band) {
        entries.push(("n", "band round the target"));
    }
    legend(out, &entries);
    if loads.len() <= NODES_SHOWN_MAX {
        rows(out, "nodes", &format!("Load per node, {}", data.unit.name()), &loads, data.unit);
    } else {
        let Collapsed { zones, furthest, histogram } = collapse(&loads);
        let _ = writeln!(
            out,
            "<p>{}: shown by zone, and those that are furthest from their targets.</p>",
            counted(loads.len(), "node")
        );
        rows(out, "zones", &format!("Load per zone, {}", data.unit.name()), &zones, data.unit);
        out.push_str("<h3>Furthest from their targets</h3>\n");
        rows(out, "far", "Nodes furthest from their targets", &furthest, data.unit);
        out.push_str("<h3>How many nodes deviate how far</h3>\n");
        steps(out, &histogram);
    }
    numbers(out, data);
}

/// What is to be seen, in words.
fn description(loads: &[NodeLoadChange], unit: LoadUnit) -> String {
    let outside = loads.iter().filter(|load| load.ends_outside()).count();
    let largest = |side: fn(&NodeLoadChange) -> u64| loads.iter().map(side).max().unwrap_or(0);
    let mut words = format!(
        "The largest load is {} before and {} after.",
        unit.show(largest(|l| l.before)),
        unit.show(largest(|l| l.after))
    );
    if loads.iter().any(NodeLoadChange::has_band) {
        let _ = match outside {
            0 => write!(words, " All end inside their bands."),
            _ => write!(words, " {outside} of {} end outside their bands.", loads.len()),
        };
    }
    words
}

/// One bar a node, in one chart or two side by side.
fn rows(out: &mut String, id: &str, title: &str, loads: &[NodeLoadChange], unit: LoadUnit) {
    let scale = loads.iter().map(NodeLoadChange::largest).max().unwrap_or(0);
    let charts = if loads.len() > ROWS_OF_ONE_CHART { 2 } else { 1 };
    let size = loads.len().div_ceil(charts).max(1);
    let _ = writeln!(out, "<div class=\"charts\">");
    for (i, part) in loads.chunks(size).enumerate() {
        let part_title = if charts == 1 { title.to_owned() } else { format!("{title}, part {} of {charts}", i + 1) };
        let chart = Chart {
            id: &format!("{id}{i}"),
            title: &part_title,
            description: &description(part, unit),
            height: part.len() * ROW,
            narrow: charts == 1,
        };
        chart.write(out, |out| {
            for (n, load) in part.iter().enumerate() {
                row(out, n * ROW, load, scale, unit);
            }
        });
    }
    out.push_str("</div>\n");
}

fn row(out: &mut String, y: usize, load: &NodeLoadChange, scale: u64, unit: LoadUnit) {
    let name = match load.zone.as_str() {
        "" => load.node.clone(),
        zone if load.node.starts_with(zone) => load.node.clone(),
        zone => format!("{} \u{b7} {zone}", load.node),
    };
    let _ = writeln!(out, "<g><title>{}</title>", super::markup::Escaped(&row_title(load, unit)));
    text(out, "", 0.0, y + 12, &cut(&name, NAME_MAX));
    let change = format!("{} \u{2192} {}", unit.show(load.before), unit.show(load.after));
    let off = show_deviation(deviation(load.after, load.target).filter(|x| x.is_finite()));
    let (class, change) = match load.ends_outside() {
        true => ("e x", format!("{change} ({off}, outside)")),
        false if off == "-" => ("e", change),
        false => ("e", format!("{change} ({off})")),
    };
    text(out, class, 1.0, y + 12, &change);
    let at = |load: u64| ratio(load, scale);
    rect(out, "g", 0.0, y + 17, 1.0, 14);
    if load.has_band() {
        rect(out, "n", at(load.low), y + 17, at(load.high) - at(load.low), 14);
    }
    rect(out, "b", 0.0, y + 19, at(load.before), 3);
    rect(out, "a", 0.0, y + 23, at(load.after), 6);
    let target = percent(at(load.target).min(0.997));
    let _ = writeln!(out, "<rect class=\"t\" x=\"{target}\" y=\"{}\" width=\"2\" height=\"16\"/>\n</g>", y + 16);
}

fn row_title(load: &NodeLoadChange, unit: LoadUnit) -> String {
    let NodeLoadChange { node, before, after, target, .. } = load;
    let [before, target, after] = [before, target, after].map(|load| unit.show(*load));
    format!("{node}: before {before}, target {target}, after {after}")
}

fn steps(out: &mut String, steps: &[HistogramStep]) {
    let most = steps.iter().map(|step| step.before.max(step.after)).max().unwrap_or(0);
    let inside = steps.iter().find(|step| step.label == "-2 % to +2 %");
    let description = inside.map_or_else(String::new, |step| {
        format!("{} nodes lie within 2 % of their targets before, {} after.", count(step.before), count(step.after))
    });
    let chart = Chart {
        id: "steps",
        title: "Histogram of the deviation from the target",
        description: &description,
        height: steps.len() * 26,
        narrow: true,
    };
    chart.write(out, |out| {
        let (begin, width) = HISTOGRAM_BARS;
        line(out, "r", (begin, 0), (begin, steps.len() * 26));
        for (n, step) in steps.iter().enumerate() {
            let y = n * 26;
            text(out, "q", 0.0, y + 16, &step.label);
            rect(out, "b", begin, y + 3, width * ratio(step.before, most), 8);
            rect(out, "a", begin, y + 12, width * ratio(step.after, most), 8);
            let end = begin + width * ratio(step.before.max(step.after), most);
            text(out, "", end + 0.01, y + 16, &format!("{} \u{2192} {}", step.before, step.after));
        }
    });
}

fn numbers(out: &mut String, data: &ReportData) {
    let heads = [
        Head::Text("Node"),
        Head::Text("Zone"),
        Head::Number("Weight"),
        Head::Number("Before"),
        Head::Number("Target"),
        Head::Number("After"),
        Head::Number("From target"),
        Head::Text("Band"),
        Head::Number("Leaders before"),
        Head::Number("Leaders after"),
    ];
    let unit = data.unit;
    let rows = data.nodes.iter().map(|node| {
        let load = &node.load;
        let band = match (load.has_band(), load.ends_outside()) {
            (_, true) => "outside",
            (true, false) => "inside",
            (false, false) => "-",
        };
        [
            load.node.clone(),
            load.zone.clone(),
            node.weight.clone(),
            unit.show(load.before),
            unit.show(load.target),
            unit.show(load.after),
            show_deviation(deviation(load.after, load.target)),
            band.to_owned(),
            count(node.leaders.0),
            count(node.leaders.1),
        ]
    });
    folded_table(out, &format!("Numbers of {}", counted(data.nodes.len(), "node")), heads, rows);
}
