//! Tables for people, in blocks of bounded size.

use comfy_table::{Attribute, Cell as TableCell, CellAlignment, Color, ContentArrangement, Table, presets};

use super::cell::{Column, Row, Tone};
use super::escape::escape_text;
use super::format::Style;

/// Spaces between columns.
const GAP: usize = 2;
/// So many rows that are too wide are shown one field a line; of more rows the last columns are left out.
const EXPANDED_ROWS_MAX: usize = 4;

/// How many of the first columns fit into a width.
fn columns_that_fit(widths: &[usize], width: usize) -> usize {
    let mut used = 0;
    let fits = |column: &&usize| {
        used += **column + GAP;
        used <= width + GAP
    };
    widths.iter().take_while(fits).count()
}

/// A column that shrinks keeps at least so many characters.
const SHRUNK_MIN: usize = 16;

/// What the other columns leave to the last one, if it shrinks and that is enough.
fn room_of_last(columns: &[(usize, Column)], widths: &[usize], width: usize) -> Option<usize> {
    let (last, others) = columns.split_last()?;
    let used = widths[..others.len()].iter().map(|w| w + GAP).sum::<usize>();
    width.checked_sub(used).filter(|room| last.1.shrinks && *room >= SHRUNK_MIN)
}

/// The last column's text goes on a line of its own below its row, cut to the width.
fn with_second_lines(
    columns: &[(usize, Column)],
    rows: &[Row],
    headings: bool,
    style: &Style,
    widths: &[usize],
) -> String {
    let (first, last) = columns.split_at(columns.len() - 1);
    let plain = Style { width: None, ..style.clone() };
    let text = render(first, rows, headings, &plain, &mut widths[..first.len()].to_vec());
    let room = style.width.map_or(usize::MAX, usize::from).saturating_sub(SECOND_INDENT);
    let mut lines = text.lines();
    let mut out = String::new();
    if headings {
        out.extend(lines.next().into_iter().flat_map(|line| [line, "\n"]));
    }
    for (line, row) in lines.zip(rows) {
        out.extend([line, "\n"]);
        let cut = cut_last(last, row, room);
        let human = last.first().and_then(|(at, _)| cut.cells.get(*at)).map_or("-", |cell| cell.human.as_str());
        if human != "-" {
            out.push_str(&format!("{:SECOND_INDENT$}{}\n", "", escape_text(human)));
        }
    }
    out
}

/// How far a second line is moved in.
const SECOND_INDENT: usize = 4;

/// The row with the text of its last column cut to `room` characters.
fn cut_last(columns: &[(usize, Column)], row: &Row, room: usize) -> Row {
    let mut row = row.clone();
    if let Some(cell) = columns.last().and_then(|(at, _)| row.cells.get_mut(*at)) {
        let text = escape_text(&cell.human).into_owned();
        if text.chars().count() > room {
            // What is escaped holds no harmful character any more and stays as it is.
            cell.human = text.chars().take(room - 3).chain("...".chars()).collect();
        }
    }
    row
}

/// The text of a block of rows. `widths` carries the widths of earlier blocks on, so that columns stay in line.
pub(super) fn render(
    columns: &[(usize, Column)],
    rows: &[Row],
    headings: bool,
    style: &Style,
    widths: &mut Vec<usize>,
) -> String {
    // Only a whole listing may take another form: its first block is then its only one.
    let first = widths.is_empty();
    grow_widths(columns, rows, headings, widths);
    let total = widths.iter().sum::<usize>() + GAP * columns.len().saturating_sub(1);
    if let Some(width) = style.width.map(usize::from).filter(|width| total > *width) {
        let kept = columns_that_fit(widths, width);
        let alone = first && rows.len() <= EXPANDED_ROWS_MAX;
        if alone {
            return expanded(columns, rows);
        }
        if let Some(room) = room_of_last(columns, widths, width) {
            let cut: Vec<Row> = rows.iter().map(|row| cut_last(columns, row, room)).collect();
            let mut cut_widths = widths.clone();
            cut_widths[columns.len() - 1] = 0;
            return render(columns, &cut, headings, &Style { width: None, ..style.clone() }, &mut cut_widths);
        }
        if kept + 1 == columns.len() && columns[kept].1.shrinks {
            return with_second_lines(columns, rows, headings, style, widths);
        }
        if kept < 2 {
            return expanded(columns, rows);
        }
        let (kept, left_out) = columns.split_at(kept);
        let mut text =
            render(kept, rows, headings, &Style { width: None, ..style.clone() }, &mut widths[..kept.len()].to_vec());
        if headings {
            let names: Vec<&str> = left_out.iter().map(|(_, c)| c.name).collect();
            text.insert_str(0, &format!("(too narrow for {}; see --columns)\n", names.join(", ")));
        }
        return text;
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Disabled);
    if style.color {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    if headings {
        table.set_header(columns.iter().enumerate().map(|(i, (_, column))| {
            let cell = TableCell::new(pad(&column.heading(), widths[i], column.numeric));
            align(if style.color { cell.add_attribute(Attribute::Bold) } else { cell }, column.numeric)
        }));
    }
    for row in rows {
        table.add_row(columns.iter().enumerate().map(|(i, (at, column))| {
            let source = &row.cells[*at];
            let cell = TableCell::new(pad(&escape_text(&source.human), widths[i], column.numeric));
            let cell = match source.tone {
                Tone::Plain => cell,
                Tone::Good => cell.fg(Color::Green),
                Tone::Warn => cell.fg(Color::Yellow),
                Tone::Bad => cell.fg(Color::Red),
            };
            align(cell, column.numeric)
        }));
    }
    for i in 0..columns.len() {
        if let Some(column) = table.column_mut(i) {
            column.set_padding((0, if i + 1 == columns.len() { 0 } else { GAP as u16 }));
        }
    }
    let mut out = String::new();
    for line in table.lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Rows that are too wide for the terminal, one field a line, as psql's `\\x auto` does it.
fn expanded(columns: &[(usize, Column)], rows: &[Row]) -> String {
    let width = columns.iter().map(|(_, c)| c.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for (i, row) in rows.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        for (at, column) in columns {
            let human = &row.cells[*at].human;
            out.push_str(&format!("{:<width$}  {}\n", column.heading(), escape_text(human)));
        }
    }
    out
}

fn align(cell: TableCell, numeric: bool) -> TableCell {
    if numeric { cell.set_alignment(CellAlignment::Right) } else { cell }
}

fn grow_widths(columns: &[(usize, Column)], rows: &[Row], headings: bool, widths: &mut Vec<usize>) {
    widths.resize(columns.len(), 0);
    for (width, (at, column)) in widths.iter_mut().zip(columns) {
        if headings {
            *width = (*width).max(column.heading().len());
        }
        let widest = rows.iter().map(|row| escape_text(&row.cells[*at].human).chars().count()).max();
        *width = (*width).max(widest.unwrap_or(0));
    }
}

/// Fills up to the width of earlier blocks.
fn pad(text: &str, width: usize, right: bool) -> String {
    if right { format!("{text:>width$}") } else { format!("{text:<width$}") }
}

#[cfg(test)]
mod tests {
    use super::super::Cell;
    use super::*;

    fn table(width: u16, names: usize) -> String {
        let columns = [(0, Column::text("node")), (1, Column::text("changed").shrinks())];
        let row = |n: usize| {
            Row::new(
                "x",
                vec![
                    Cell::text(format!("{n}{}", "n".repeat(names))),
                    Cell::text(format!("{n}\u{1b}{}", "c".repeat(60))),
                ],
            )
        };
        let rows: Vec<Row> = (0..5).map(row).collect();
        render(&columns, &rows, true, &Style { width: Some(width), ..Style::default() }, &mut Vec::new())
    }

    #[test]
    fn a_last_column_that_shrinks_is_cut_or_goes_below() {
        let (wide, cut, below) = (table(120, 5), table(40, 5), table(40, 30));
        assert!(wide.lines().all(|line| !line.ends_with("...")) && wide.lines().count() == 6, "{wide}");
        assert!(cut.lines().skip(1).all(|line| line.chars().count() == 40 && line.ends_with("...")), "{cut}");
        assert_eq!(below.lines().count(), 11, "{below}");
        assert!(below.lines().skip(2).step_by(2).all(|line| line.starts_with("    ") && line.chars().count() == 40));
        for text in [wide, cut, below] {
            assert!(!text.contains('\u{1b}') && text.contains("0\\u{1b}c"), "{text}");
        }
    }
}
