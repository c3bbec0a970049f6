//! Bars of text: each node's load before and after a change, against its target.
//!
//! One line a node: what stays, what it gains or gives up, and a mark where it should be.

use super::escape::escape_text;
use super::format::Style;
use super::load::{Collapsed, HistogramStep, LoadUnit, NODES_SHOWN_MAX, NodeLoadChange, collapse};

/// The width where there is no terminal.
const WIDTH_DEFAULT: usize = 80;
/// A wider terminal is not filled.
const WIDTH_MAX: usize = 160;
/// A bar has at least so many cells; other columns go before it does.
const BAR_MIN: usize = 16;
/// The bars of a histogram have at most so many cells.
const HISTOGRAM_BAR_MAX: usize = 40;
/// Spaces between columns.
const GAP: usize = 2;

/// What bars are drawn with.
#[derive(Clone, Copy)]
struct Glyphs {
    stays: char,
    gained: char,
    given_up: char,
    target: char,
}

const UNICODE: Glyphs = Glyphs { stays: '█', gained: '▓', given_up: '░', target: '┃' };
const ASCII: Glyphs = Glyphs { stays: '#', gained: '+', given_up: '-', target: '|' };

/// Lines of bars for `loads`; nothing for no nodes. Every line is safe for a terminal.
#[must_use]
pub fn load_bars(loads: &[NodeLoadChange], unit: LoadUnit, style: &Style) -> Vec<String> {
    let pen = Pen {
        glyphs: if style.unicode { UNICODE } else { ASCII },
        color: style.color,
        width: style.width.map_or(WIDTH_DEFAULT, |width| usize::from(width).min(WIDTH_MAX)),
        unit,
    };
    if loads.is_empty() {
        return Vec::new();
    }
    let mut lines = Vec::new();
    if loads.len() <= NODES_SHOWN_MAX {
        lines.extend(pen.table("NODE", loads, true));
    } else {
        let Collapsed { zones, furthest, histogram } = collapse(loads);
        lines.extend(pen.table("ZONE", &zones, false));
        lines.push(String::new());
        lines.extend(pen.table("FURTHEST FROM TARGET", &furthest, true));
        lines.push(String::new());
        lines.extend(pen.histogram(&histogram));
    }
    lines.extend(pen.legend(loads));
    lines
}

struct Pen {
    glyphs: Glyphs,
    color: bool,
    width: usize,
    unit: LoadUnit,
}

/// How wide the columns are.
struct Widths {
    name: usize,
    zone: Option<usize>,
    target: bool,
    number: usize,
    bar: usize,
}

/// The text made harmless and cut to so many characters.
fn cut(text: &str, room: usize) -> String {
    let text = escape_text(text);
    if text.chars().count() <= room {
        return text.into_owned();
    }
    text.chars().take(room.saturating_sub(3)).chain("...".chars()).collect()
}

fn longest<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    texts.map(|text| escape_text(text).chars().count()).max().unwrap_or(0)
}

impl Pen {
    fn widths(&self, heading: &str, loads: &[NodeLoadChange], with_zone: bool) -> Widths {
        let numbers = loads.iter().flat_map(|l| [l.before, l.target, l.after]).map(|n| self.unit.show(n).len());
        let mut widths = Widths {
            name: longest(loads.iter().map(|l| l.node.as_str()).chain([heading])).min(self.width / 4),
            zone: Some(longest(loads.iter().map(|l| l.zone.as_str())).min(self.width / 8).max("ZONE".len())),
            target: true,
            number: numbers.max().unwrap_or(0).max("BEFORE".len()),
            bar: 0,
        };
        if !with_zone || loads.iter().all(|l| l.zone.is_empty()) {
            widths.zone = None;
        }
        // One more for the mark of a node that ends outside its band, one cell more for the target of the longest bar.
        let room = |w: &Widths| {
            let numbers = (2 + usize::from(w.target)) * (w.number + GAP) + 1;
            self.width.saturating_sub(w.name + w.zone.map_or(0, |zone| zone + GAP) + numbers + GAP + 1)
        };
        if room(&widths) < BAR_MIN {
            widths.zone = None;
        }
        if room(&widths) < BAR_MIN {
            widths.target = false;
        }
        widths.bar = room(&widths).max(BAR_MIN / 2);
        widths
    }

    fn table(&self, heading: &str, loads: &[NodeLoadChange], with_zone: bool) -> Vec<String> {
        let widths = self.widths(heading, loads, with_zone);
        let scale = loads.iter().map(NodeLoadChange::largest).max().unwrap_or(0);
        let Widths { name, number, bar, .. } = widths;
        let row = |cells: [&str; 5], mark: char| {
            let [node, zone, before, target, after] = cells;
            let mut line = format!("{:<name$}", cut(node, name));
            if let Some(width) = widths.zone {
                line.push_str(&format!("  {:<width$}", cut(zone, width)));
            }
            line.push_str(&format!("  {before:>number$}"));
            if widths.target {
                line.push_str(&format!("  {target:>number$}"));
            }
            line.push_str(&format!("  {after:>number$}{mark}  "));
            line
        };
        let end = format!("{:>bar$}", self.unit.show(scale));
        let mut lines = vec![format!("{}0{}", row([heading, "ZONE", "BEFORE", "TARGET", "AFTER"], ' '), end)];
        lines.extend(loads.iter().map(|load| {
            let numbers = [load.before, load.target, load.after].map(|n| self.unit.show(n));
            let mark = if load.ends_outside() { '!' } else { ' ' };
            let line = row([&load.node, &load.zone, &numbers[0], &numbers[1], &numbers[2]], mark);
            format!("{line}{}", self.bar(load, scale, bar)).trim_end().to_owned()
        }));
        lines
    }

    /// A bar of up to `width` cells, and one more where the target lies at the end.
    fn bar(&self, load: &NodeLoadChange, scale: u64, width: usize) -> String {
        let cells = |n: u64| match u128::from(scale) {
            0 => 0,
            scale => ((u128::from(n) * width as u128 + scale / 2) / scale) as usize,
        };
        let (stays, end) = (cells(load.before.min(load.after)), cells(load.before.max(load.after)));
        let (changed, tone) =
            if load.after > load.before { (self.glyphs.gained, "32") } else { (self.glyphs.given_up, "33") };
        let target = cells(load.target);
        let glyph = |at: usize| match at {
            _ if at == target => (self.glyphs.target, Some("1")),
            _ if at < stays => (self.glyphs.stays, None),
            _ if at < end => (changed, Some(tone)),
            _ => (' ', None),
        };
        let mut line = String::new();
        let mut toned = None;
        for at in 0..end.max(target + 1) {
            let (glyph, tone) = glyph(at);
            if self.color && tone != toned {
                line.push_str(&tone.map_or_else(|| "\u{1b}[0m".to_owned(), |tone| format!("\u{1b}[0;{tone}m")));
                toned = tone;
            }
            line.push(glyph);
        }
        if toned.is_some() {
            line.push_str("\u{1b}[0m");
        }
        line
    }

    /// Before and after side by side.
    fn histogram(&self, steps: &[HistogramStep]) -> Vec<String> {
        const HEADING: &str = "FROM TARGET";
        let label = longest(steps.iter().map(|s| s.label.as_str())).max(HEADING.len());
        let most = steps.iter().map(|s| s.before.max(s.after)).max().unwrap_or(0);
        let number = most.to_string().len().max("BEFORE".len());
        let room = self.width.saturating_sub(label + 2 * (number + GAP)) / 2;
        let bar = room.saturating_sub(GAP).clamp(1, HISTOGRAM_BAR_MAX);
        let side = |nodes: u64| {
            // A single node among many is seen too.
            let cells = (u128::from(nodes) * bar as u128).div_ceil(u128::from(most).max(1)) as usize;
            format!("  {nodes:>number$}  {:<bar$}", self.glyphs.stays.to_string().repeat(cells))
        };
        let heading = format!("{HEADING:<label$}  {:>number$}  {:<bar$}  {:>number$}", "BEFORE", "", "AFTER");
        let row = |step: &HistogramStep| format!("{:<label$}{}{}", step.label, side(step.before), side(step.after));
        std::iter::once(heading).chain(steps.iter().map(|step| row(step).trim_end().to_owned())).collect()
    }

    fn legend(&self, loads: &[NodeLoadChange]) -> Vec<String> {
        let Glyphs { stays, gained, given_up, target } = self.glyphs;
        let mut lines = vec![format!("{stays} stays  {gained} gained  {given_up} given up  {target} target")];
        let outside = loads.iter().filter(|load| load.ends_outside()).count();
        if outside > 0 {
            lines.push(format!("! outside its band: {outside} of {} nodes", loads.len()));
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares with a file under `tests/snapshots`.
    macro_rules! shown {
        ($name:literal, $text:expr) => {
            insta::with_settings!({
                snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots"),
                prepend_module_to_snapshot => false,
                omit_expression => true
            }, { insta::assert_snapshot!($name, $text); })
        };
    }

    fn loads() -> Vec<NodeLoadChange> {
        let load = |node: &str, zone: &str, before, after, target| NodeLoadChange {
            node: node.to_owned(),
            zone: zone.to_owned(),
            before,
            after,
            target,
            low: target * 98 / 100,
            high: target * 102 / 100,
        };
        vec![
            load("node-1", "eu-1a", 5_120_000_000_000, 4_010_000_000_000, 4_000_000_000_000),
            load("node-2", "eu-1b", 3_020_000_000_000, 3_990_000_000_000, 4_000_000_000_000),
            load("node-3", "eu-1c", 3_860_000_000_000, 3_860_000_000_000, 4_000_000_000_000),
            load("node-4", "eu-1c", 1_000_000_000_000, 0, 0),
            load("node-5", "eu-1c", 0, 4_000_000_000_000, 4_000_000_000_000),
        ]
    }

    fn text(loads: &[NodeLoadChange], style: &Style) -> String {
        load_bars(loads, LoadUnit::Bytes, style).join("\n")
    }

    #[test]
    fn a_bar_shows_what_stays_comes_and_goes() {
        let narrow = text(&loads(), &Style { width: Some(80), ..Style::default() });
        let unicode = text(&loads(), &Style { width: Some(120), terminal: true, unicode: true, ..Style::default() });
        shown!("bars_ascii", narrow);
        shown!("bars_unicode", unicode);
        assert_eq!(narrow, text(&loads(), &Style::default()), "80 columns where there is no terminal");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let mut hostile = loads();
        hostile[0].node = "n\u{1b}[2J\u{202e}".repeat(40);
        hostile[1].zone = "z\r\n".repeat(50);
        let many: Vec<_> =
            (0..1000).map(|n| NodeLoadChange { node: format!("storage-{n}"), ..loads()[n % 5].clone() }).collect();
        for width in [50, 60, 80, 100, 120, 300] {
            for (loads, unicode) in [(&hostile, false), (&hostile, true), (&many, true)] {
                let style = Style { width: Some(width), unicode, ..Style::default() };
                for line in load_bars(loads, LoadUnit::Bytes, &style) {
                    assert!(line.chars().count() <= usize::from(width), "{width}: {line}");
                    assert!(!line.chars().any(char::is_control), "{line:?}");
                    assert!(unicode || line.is_ascii(), "{line}");
                }
            }
        }
    }

    #[test]
    fn a_thousand_nodes_fit_on_a_screen() {
        let many: Vec<_> = (0..1000)
            .map(|n: u64| {
                let zone = ["a", "b", "c"][n as usize % 3].to_owned();
                let before = 4_000_000 + (n * 7919 % 1000) * 1000;
                let (low, high) = (4_312_000, 4_488_000);
                NodeLoadChange { node: format!("n{n}"), zone, before, after: 4_400_000, target: 4_400_000, low, high }
            })
            .collect();
        let shown = text(&many, &Style::default());
        assert!(shown.lines().count() <= 30, "{shown}");
        shown!("bars_thousand_nodes", shown);
    }

    #[test]
    fn colours_only_when_asked_for() {
        let plain = text(&loads(), &Style::default());
        let colored = text(&loads(), &Style { color: true, ..Style::default() });
        assert!(!plain.contains('\u{1b}') && colored.contains("\u{1b}[0;32m") && colored.contains("\u{1b}[0;33m"));
        let mut stripped = colored;
        for tone in ["\u{1b}[0;32m", "\u{1b}[0;33m", "\u{1b}[0;1m", "\u{1b}[0m"] {
            stripped = stripped.replace(tone, "");
        }
        assert_eq!(stripped.lines().map(str::trim_end).collect::<Vec<_>>(), plain.lines().collect::<Vec<_>>());
    }

    #[test]
    fn empty_and_extreme_loads() {
        assert!(text(&[], &Style::default()).is_empty());
        let zero = vec![NodeLoadChange { node: "a".into(), ..NodeLoadChange::default() }; 70];
        assert!(text(&zero, &Style::default()).contains("no zone (70 nodes)"));
        assert!(text(&zero[..1], &Style::default()).contains("a"));
        let huge = NodeLoadChange { before: u64::MAX, after: u64::MAX, target: u64::MAX, ..zero[0].clone() };
        assert!(text(&[huge], &Style::default()).contains("18.4 EB"));
    }
}
