//! Writing HTML that is XML too: escaping, numbers, charts with a title and a description, tables.
//!
//! Invariant: text from outside comes into the page through [`Escaped`] alone.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use crate::output::escape::escape_text;

/// Text as it may stand between tags and in quoted attributes, without anything that is invisible or no XML.
pub(super) struct Escaped<'t>(pub(super) &'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in escape_text(self.0).chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                // These two are no characters of XML.
                '\u{fffe}' | '\u{ffff}' => f.write_str("\u{fffd}")?,
                _ => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// A part of the whole, for coordinates.
pub(super) fn percent(part: f64) -> String {
    // Two decimals are a tenth of a pixel; what is no number is nothing.
    let part = if part.is_finite() { part.clamp(0.0, 1.0) * 100.0 } else { 0.0 };
    let text = format!("{part:.2}");
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// `part ÷ whole`, 0 of nothing.
pub(super) fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A number with commas between thousands.
pub(super) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + 6);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with its word: `1 node`, `2 nodes`.
pub(super) fn counted(number: usize, word: &str) -> String {
    let number = number as u64;
    format!("{} {word}{}", count(number), if number == 1 { "" } else { "s" })
}

/// So many copies of data.
pub(super) fn copies_in_words(copies: u64) -> String {
    format!("{} {}", count(copies), if copies == 1 { "copy" } else { "copies" })
}

/// How long something takes, in its two largest units.
pub(super) fn duration(ms: u64) -> String {
    let seconds = ms / 1000;
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    match seconds {
        0 if ms > 0 => format!("{ms} ms"),
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{minutes} min {} s", seconds % 60),
        3600..86_400 => format!("{hours} h {minutes} min"),
        _ => format!("{} d {hours} h", count(days)),
    }
}

/// `+3.4 %`, or `-` where there is none.
pub(super) fn show_deviation(deviation: Option<f64>) -> String {
    match deviation {
        None => "-".to_owned(),
        Some(x) if x.is_infinite() => "to be empty".to_owned(),
        // The rounded number must not be a negative zero.
        Some(x) => format!("{:+.1} %", (x * 1000.0).round() / 10.0 + 0.0),
    }
}

/// The text cut to so many characters.
pub(super) fn cut(text: &str, room: usize) -> Cow<'_, str> {
    if text.chars().count() <= room {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().take(room.saturating_sub(1)).chain(['\u{2026}']).collect())
}

/// What a chart is called, to the eye and to a screen reader.
pub(super) struct Chart<'t> {
    /// Unique on the page.
    pub(super) id: &'t str,
    /// What it shows.
    pub(super) title: &'t str,
    /// What is to be seen in it.
    pub(super) description: &'t str,
    /// Pixels.
    pub(super) height: usize,
    /// Whether it keeps below the page's width.
    pub(super) narrow: bool,
}

impl Chart<'_> {
    /// Writes the figure with what `draw` puts inside. Horizontal places are percentages, so that text keeps its size.
    pub(super) fn write(&self, out: &mut String, draw: impl FnOnce(&mut String)) {
        let Self { id, title, description, height, narrow } = self;
        let class = if *narrow { " class=\"narrow\"" } else { "" };
        let _ = write!(
            out,
            "<figure{class}>\n<svg role=\"img\" aria-labelledby=\"{id}-t {id}-d\" width=\"100%\" height=\"{height}\">\n\
             <title id=\"{id}-t\">{}</title>\n<desc id=\"{id}-d\">{}</desc>\n",
            Escaped(title),
            Escaped(description)
        );
        draw(out);
        let _ = write!(out, "</svg>\n<figcaption>{}</figcaption>\n</figure>\n", Escaped(description));
    }
}

/// A rectangle.
pub(super) fn rect(out: &mut String, class: &str, x: f64, y: usize, width: f64, height: usize) {
    let (x, width) = (percent(x), percent(width));
    let _ = writeln!(out, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>");
}

/// Text at a place.
pub(super) fn text(out: &mut String, class: &str, x: f64, y: usize, text: &str) {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let _ = writeln!(out, "<text{class} x=\"{}\" y=\"{y}\">{}</text>", percent(x), Escaped(text));
}

/// A straight line.
pub(super) fn line(out: &mut String, class: &str, from: (f64, usize), to: (f64, usize)) {
    let (x1, x2) = (percent(from.0), percent(to.0));
    let (y1, y2) = (from.1, to.1);
    let _ = writeln!(out, "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>");
}

/// Little pictures of what is in a chart, with their words.
pub(super) fn legend(out: &mut String, entries: &[(&str, &str)]) {
    out.push_str("<ul class=\"legend\">");
    for (class, word) in entries {
        let _ = write!(
            out,
            "<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect class=\"{class}\" width=\"12\" height=\"12\"/></svg>{}</li>",
            Escaped(word)
        );
    }
    out.push_str("</ul>\n");
}

/// A column of a table.
#[derive(Clone, Copy)]
pub(super) enum Head<'t> {
    /// Text.
    Text(&'t str),
    /// Long text, which may be broken anywhere.
    Long(&'t str),
    /// Numbers, aligned to the right.
    Number(&'t str),
}

/// Writes a table; it scrolls inside its own box where it is too wide.
pub(super) fn table<const N: usize>(
    out: &mut String,
    label: &str,
    heads: [Head<'_>; N],
    rows: impl Iterator<Item = [String; N]>,
) {
    let _ = write!(
        out,
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n<table>\n<thead><tr>",
        Escaped(label)
    );
    for head in heads {
        let _ = match head {
            Head::Text(name) | Head::Long(name) => write!(out, "<th scope=\"col\">{}</th>", Escaped(name)),
            Head::Number(name) => write!(out, "<th scope=\"col\" class=\"e\">{}</th>", Escaped(name)),
        };
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for (head, cell) in heads.iter().zip(&row) {
            let class = match head {
                Head::Text(_) => "",
                Head::Long(_) => " class=\"wrap\"",
                Head::Number(_) => " class=\"e\"",
            };
            let _ = write!(out, "<td{class}>{}</td>", Escaped(cell));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

/// A table behind a line that opens it: the chart's numbers as text.
pub(super) fn folded_table<const N: usize>(
    out: &mut String,
    summary: &str,
    heads: [Head<'_>; N],
    rows: impl Iterator<Item = [String; N]>,
) {
    let _ = writeln!(out, "<details>\n<summary>{}</summary>", Escaped(summary));
    table(out, summary, heads, rows);
    out.push_str("</details>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_is_markup() {
        let hostile = "<script>\"&'\u{202e}\u{0}\u{ffff}]]>-->";
        let safe = "&lt;script&gt;&quot;&amp;&#39;\\u{202e}\\u{0}\u{fffd}]]&gt;--&gt;";
        assert_eq!(Escaped(hostile).to_string(), safe);
    }

    #[test]
    fn numbers_for_people() {
        assert_eq!(
            ["0", "999", "1,000", "18,446,744,073,709,551,615"],
            [0, 999, 1000, u64::MAX].map(count).each_ref().map(String::as_str)
        );
        assert_eq!(
            [0.0, 0.123_456, 1.0, 7.0, f64::NAN].map(percent),
            ["0%", "12.35%", "100%", "100%", "0%"].map(String::from)
        );
        let times = [0, 900, 59_999, 61_000, 3_661_000, 90_000_000, u64::MAX].map(duration);
        assert_eq!(times[..6], ["0 s", "900 ms", "59 s", "1 min 1 s", "1 h 1 min", "1 d 1 h"].map(String::from));
        assert!(times[6].starts_with("213,503,982,334 d"), "{}", times[6]);
        assert_eq!((counted(1, "node"), counted(1200, "node")), ("1 node".into(), "1,200 nodes".into()));
    }

    #[test]
    fn deviations_for_people() {
        let shown = [Some(0.034), None, Some(f64::INFINITY), Some(-0.000_001), Some(-1.0)].map(show_deviation);
        assert_eq!(shown, ["+3.4 %", "-", "to be empty", "+0.0 %", "-100.0 %"].map(String::from));
    }

    #[test]
    fn long_names_are_cut() {
        assert_eq!((cut("node-1", 6), cut("node-10", 6)), ("node-1".into(), "node-\u{2026}".into()));
    }
}
