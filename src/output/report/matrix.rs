//! Where data goes: heat maps between zones and between nodes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::output::load::{LoadUnit, NODES_SHOWN_MAX};

use super::groups::Groups;
use super::markup::{Chart, Escaped, Head, copies_in_words, count, cut, folded_table, legend, ratio, rect, text};
use super::{ReportCopy, ReportData};

/// Where the cells begin; before it stand the names.
const CELLS: f64 = 0.3;
/// A longer name is cut to what fits on a narrow screen.
const NAME_MAX: usize = 15;
/// Up to so many columns have the bytes in their cells.
const WRITTEN_MAX: usize = 8;
/// Pixels above the rows.
const HEAD: usize = 34;
/// What is left free behind the cells, for the number of the last one.
const MARGIN: f64 = 0.015;
/// Shades of the heat map.
const SHADES: f64 = 6.0;
/// Rows of the table of pairs.
const PAIRS_MAX: usize = 200;

/// What went from one group to another; `None` = a new copy.
type Pairs = BTreeMap<(Option<usize>, usize), (u64, u64)>;

fn pairs(data: &ReportData, groups: &Groups) -> Pairs {
    let mut pairs = Pairs::new();
    for ReportCopy { from, to, load, .. } in &data.copies {
        let Some(to) = groups.of(*to) else { continue };
        let (sum, copies) = pairs.entry((from.and_then(|node| groups.of(node)), to)).or_default();
        *sum = sum.saturating_add(*load);
        *copies += 1;
    }
    pairs
}

pub(super) fn write(out: &mut String, data: &ReportData) {
    out.push_str("<h2>Movement</h2>\n");
    if data.copies.is_empty() {
        out.push_str("<p>No data moves.</p>\n");
        return;
    }
    legend(out, &[("h0", "nothing"), ("h1", "little"), ("h3", "more"), ("h6", "most")]);
    let zones = Groups::zones(data);
    let between_zones = pairs(data, &zones);
    if zones.len() > 1 {
        out.push_str("<h3>Between zones</h3>\n");
        map(out, "mz", data.unit, &zones, &between_zones);
    }
    if data.nodes.len() > NODES_SHOWN_MAX {
        numbers(out, data.unit, &zones, &between_zones);
        return;
    }
    let nodes = Groups::nodes(data);
    let between_nodes = pairs(data, &nodes);
    out.push_str("<h3>Between nodes</h3>\n");
    map(out, "mn", data.unit, &nodes, &between_nodes);
    numbers(out, data.unit, &nodes, &between_nodes);
}

/// How the cells of a map lie.
struct Grid<'g> {
    groups: &'g Groups,
    unit: LoadUnit,
    /// The largest number in a cell.
    most: u64,
    /// Pixels of a row.
    row: usize,
    /// Width of a column.
    width: f64,
}

/// The heat map: rows are the groups that give, new copies the last; columns are those that get.
fn map(out: &mut String, id: &str, unit: LoadUnit, groups: &Groups, pairs: &Pairs) {
    let mut sources: Vec<Option<usize>> = (0..groups.len()).map(Some).collect();
    if pairs.keys().any(|(from, _)| from.is_none()) {
        sources.push(None);
    }
    let columns = groups.len();
    let grid = Grid {
        groups,
        unit,
        most: pairs.values().map(|(load, _)| *load).max().unwrap_or(0),
        row: if columns > 20 { 16 } else { 24 },
        width: (1.0 - CELLS - MARGIN) / columns as f64,
    };
    let chart = Chart {
        id,
        title: &format!("Movement between {}s, {}", groups.word, unit.name()),
        description: &description(unit, groups, pairs),
        height: HEAD + sources.len() * grid.row,
        narrow: true,
    };
    let step = if columns > 20 { 5 } else { 1 };
    chart.write(out, |out| {
        text(out, "q", 0.0, 12, "from");
        text(out, "q", CELLS, 12, &format!("to {} number", groups.word));
        for n in (0..columns).filter(|n| *n == 0 || (n + 1) % step == 0) {
            text(out, "q m", CELLS + grid.width * (n as f64 + 0.5), 28, &(n + 1).to_string());
        }
        for (n, source) in sources.into_iter().enumerate() {
            grid.row(out, HEAD + n * grid.row, source, pairs);
        }
    });
}

impl Grid<'_> {
    fn row(&self, out: &mut String, y: usize, source: Option<usize>, pairs: &Pairs) {
        let name = source.map_or("new copy", |group| self.groups.names[group].as_str());
        let label = source.map_or_else(|| name.to_owned(), |group| format!("{} {name}", group + 1));
        let _ = writeln!(out, "<g><title>{}</title>", Escaped(name));
        text(out, "", 0.0, y + self.row / 2 + 4, &cut(&label, NAME_MAX));
        out.push_str("</g>\n");
        rect(out, "h0", CELLS, y, 1.0 - CELLS - MARGIN, self.row - 1);
        for ((_, to), (load, copies)) in pairs.range((source, 0)..=(source, usize::MAX)) {
            let to_name = Escaped(&self.groups.names[*to]);
            let (load_shown, copies) = (self.unit.show(*load), copies_in_words(*copies));
            let _ = writeln!(out, "<g><title>{} to {to_name}: {load_shown} in {copies}</title>", Escaped(name));
            self.cell(out, y, *to, *load);
            out.push_str("</g>\n");
        }
    }

    fn cell(&self, out: &mut String, y: usize, to: usize, load: u64) {
        let columns = self.groups.len();
        let x = CELLS + self.width * to as f64;
        // By the root, so that what is small is seen.
        let shade = (ratio(load, self.most).sqrt() * SHADES).ceil().clamp(1.0, SHADES) as usize;
        rect(out, &format!("h{shade}"), x, y, self.width * 0.97, self.row - 1);
        if columns <= WRITTEN_MAX {
            let on = if shade > 4 { "o2" } else { "o1" };
            let wide = if columns > 4 { " wide" } else { "" };
            text(out, &format!("m {on}{wide}"), x + self.width * 0.485, y + self.row / 2 + 4, &self.unit.show(load));
        }
    }
}

fn description(unit: LoadUnit, groups: &Groups, pairs: &Pairs) -> String {
    let total = pairs.values().fold(0_u64, |sum, (load, _)| sum.saturating_add(*load));
    let inside = pairs.iter().filter(|((from, to), _)| *from == Some(*to));
    let inside = inside.fold(0_u64, |sum, (_, (load, _))| sum.saturating_add(*load));
    let mut words = format!("{} move", unit.show(total));
    if groups.word == "zone" {
        let _ = write!(words, ", {} of them inside a zone", unit.show(inside));
    }
    // The first of the largest, so that the same data gives the same words.
    let largest = pairs.iter().rev().max_by_key(|(_, (load, _))| *load);
    if let Some(((from, to), (load, _))) = largest {
        let from = from.map_or("new copies", |group| groups.names[group].as_str());
        let _ = write!(words, "; the most, {}, from {from} to {}", unit.show(*load), groups.names[*to]);
    }
    words + ". The deeper the colour, the more."
}

fn numbers(out: &mut String, unit: LoadUnit, groups: &Groups, pairs: &Pairs) {
    let mut order: Vec<_> = pairs.iter().collect();
    order.sort_by_key(|(pair, (load, _))| (std::cmp::Reverse(*load), **pair));
    let beyond = order.len().saturating_sub(PAIRS_MAX);
    let summary = match beyond {
        0 => format!("Numbers of the movement between {}s", groups.word),
        _ => format!(
            "Numbers of the movement between {}s: the first {PAIRS_MAX} of {} pairs",
            groups.word,
            count(order.len() as u64)
        ),
    };
    let heads = [
        Head::Text("From"),
        Head::Text("To"),
        Head::Number(match unit {
            LoadUnit::Bytes => "Bytes",
            LoadUnit::Partitions => "Partitions",
        }),
        Head::Number("Copies"),
    ];
    let rows = order.into_iter().take(PAIRS_MAX).map(|((from, to), (load, copies))| {
        let from = from.map_or_else(|| "(new copy)".to_owned(), |group| groups.names[group].clone());
        [from, groups.names[*to].clone(), unit.show(*load), count(*copies)]
    });
    folded_table(out, &summary, heads, rows);
}
