//! What a terminal shows of an execution: a bar for the whole, then one for each of the first running moves.

use super::whole::Whole;
use crate::migration::RunningMove;
use crate::model::{ByteSize, NodeId};
use crate::operations::executing::MovePhase;
use crate::operations::executing::tally::percent_before_the_end;
use crate::output::escape::escape_text;

/// Running moves that have a line of their own.
pub(super) const MOVES_SHOWN_MAX: usize = 8;
/// The bar of the whole is at most so wide; a wider terminal is not filled.
const WHOLE_BAR_MAX: usize = 50;
/// A move's bar is at most so wide.
const MOVE_BAR_MAX: usize = 24;
/// A bar that would be shorter is left out.
const BAR_MIN: usize = 5;

/// The lines, none wider than `width`, each safe for a terminal. `running` are the first of all that run.
pub(super) fn screen(whole: &Whole, running: &[RunningMove], width: usize, unicode: bool) -> Vec<String> {
    let mut lines = whole_lines(whole, width, unicode);
    let shown = &running[..running.len().min(MOVES_SHOWN_MAX)];
    let names: Vec<[String; 2]> = shown.iter().map(|m| [m.partition.to_string(), route(m, unicode)]).collect();
    let longest = |at: usize| names.iter().map(|name| name[at].chars().count()).max().unwrap_or(0);
    let (name_width, route_width) = (longest(0), longest(1));
    lines.extend(shown.iter().zip(&names).map(|(m, [name, route])| {
        let start = format!("{name:<name_width$}  {route:<route_width$}  ");
        let room = width.saturating_sub(start.chars().count());
        format!("{start}{}", state(m, room, unicode))
    }));
    let more = whole.running.saturating_sub(shown.len() as u64);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines.iter().map(|line| fitting(line, width)).collect()
}

/// The bar of the whole, and what more there is to say of it; no line is wider than `width`.
#[must_use]
pub fn whole_lines(whole: &Whole, width: usize, unicode: bool) -> Vec<String> {
    let mut lines = vec![whole_line(whole, width, unicode)];
    let below = [whole.pace_in_words(unicode), Some(whole.moves_in_words())];
    lines.push(format!("       {}", below.into_iter().flatten().collect::<Vec<_>>().join("; ")));
    lines.extend(whole.waits_for.as_ref().map(|on| format!("       waits for {on}")));
    lines.iter().map(|line| fitting(line, width)).collect()
}

fn whole_line(whole: &Whole, width: usize, unicode: bool) -> String {
    let percent = whole.percent;
    let size = match whole.bytes {
        0 => String::new(),
        bytes => format!("  {} of {}", ByteSize(whole.verified_bytes), ByteSize(bytes)),
    };
    let (start, end) = ("moving", format!("{percent:>3} %{size}"));
    let room = width.saturating_sub(start.len() + 2 + end.chars().count()).min(WHOLE_BAR_MAX);
    format!("{start} {} {end}", bar(percent, room, unicode))
}

/// What a move does or waits for, in so many characters.
fn state(m: &RunningMove, room: usize, unicode: bool) -> String {
    let RunningMove { phase, waits_for, verified_bytes, bytes, .. } = m;
    if let Some(on) = waits_for {
        return format!("{phase}: {on}");
    }
    if *bytes == 0 || phase != MovePhase::Copying.name() {
        return phase.clone();
    }
    let percent = percent_before_the_end(*verified_bytes, *bytes);
    let (start, end) = (format!("{phase}  "), format!("{percent:>3} % of {}", ByteSize(*bytes)));
    let width = room.saturating_sub(start.chars().count() + end.chars().count() + 1).min(MOVE_BAR_MAX);
    if width < BAR_MIN { format!("{start}{end}") } else { format!("{start}{} {end}", bar(percent, width, unicode)) }
}

fn route(m: &RunningMove, unicode: bool) -> String {
    let arrow = if unicode { "→" } else { "->" };
    let name = |node: &Option<NodeId>| node.as_ref().map(|node| fitting(node.as_str(), NODE_MAX));
    match (name(&m.from), name(&m.to)) {
        (Some(from), Some(to)) => format!("{from}{arrow}{to}"),
        (None, Some(to)) => format!("{arrow}{to}"),
        (Some(from), None) => format!("{from}{arrow}"),
        (None, None) => String::new(),
    }
}

/// A longer node id is cut.
const NODE_MAX: usize = 16;

fn bar(percent: u64, width: usize, unicode: bool) -> String {
    let (full, empty) = if unicode { ('█', '░') } else { ('#', '.') };
    let filled = usize::try_from(percent).unwrap_or(0).min(100) * width / 100;
    (0..width).map(|at| if at < filled { full } else { empty }).collect()
}

/// A line made harmless, and cut to so many characters.
#[must_use]
pub fn fitting(text: &str, room: usize) -> String {
    let text = escape_text(text);
    if text.chars().count() <= room {
        return text.into_owned();
    }
    text.chars().take(room.saturating_sub(3)).chain("...".chars()).take(room).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PartitionId;

    fn moving(phase: &str, verified_bytes: u64, waits_for: Option<&str>) -> RunningMove {
        let node = |id: &str| Some(NodeId::parse(id).unwrap());
        RunningMove {
            partition: PartitionId::parse("partition_489542_0051").unwrap(),
            kind: "replica".to_owned(),
            phase: phase.to_owned(),
            from: node("node-1"),
            to: node("node-12"),
            copy_from: node("node-3"),
            bytes: 2_000_000_000,
            verified_bytes,
            bytes_per_second: None,
            waits_for: waits_for.map(str::to_owned),
        }
    }

    fn whole() -> Whole {
        Whole {
            percent: 30,
            verified_bytes: 12_300_000_000,
            bytes: 40_100_000_000,
            bytes_per_second: Some(210_000_000),
            eta_seconds: Some((245, 350)),
            moves: 2000,
            moves_done: 120,
            moves_failed: 1,
            running: 11,
            waits_for: None,
        }
    }

    fn running() -> Vec<RunningMove> {
        let mut all = vec![
            moving("copying", 500, Some("data from node-3, none for 34 s")),
            moving("copying", 900_000_000, None),
            moving("copying", 2_000_000_000, None),
            moving("cutting_over", 2_000_000_000, None),
        ];
        all.extend((0..7).map(|_| moving("grace", 2_000_000_000, Some("readers' caches, 43 s left"))));
        all
    }

    #[test]
    fn a_terminal_of_eighty_columns() {
        let lines = screen(&whole(), &running(), 80, true);
        assert_eq!(
            lines[..7],
            [
                "moving ██████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  30 %  12.3 GB of 40.1 GB",
                "       210 MB/s, 4–6 min left; 120 of 2000 moves done, 11 running, 1 failed",
                "partition_489542_0051  node-1→node-12  copying: data from node-3, none for 34 s",
                "partition_489542_0051  node-1→node-12  copying  ██████░░░░░░░░░  45 % of 2.00 GB",
                "partition_489542_0051  node-1→node-12  copying  ██████████████░  99 % of 2.00 GB",
                "partition_489542_0051  node-1→node-12  cutting_over",
                "partition_489542_0051  node-1→node-12  grace: readers' caches, 43 s left",
            ]
            .map(str::to_owned)
        );
        assert_eq!(lines.last().map(String::as_str), Some("and 3 more"));
        assert_eq!(lines.len(), 2 + MOVES_SHOWN_MAX + 1);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let mut hostile = running();
        hostile[0].waits_for = Some("\u{1b}[2J\u{202e}\r\n".repeat(50));
        hostile[1].phase = "\u{7}".repeat(90);
        let mut whole = whole();
        whole.waits_for = Some("x\n".repeat(100));
        for width in [0, 1, 10, 40, 60, 80, 120, 400] {
            for unicode in [false, true] {
                for line in screen(&whole, &hostile, width, unicode) {
                    assert!(line.chars().count() <= width, "{width}: {line}");
                    assert!(!line.chars().any(char::is_control), "{line:?}");
                    assert!(unicode || line.is_ascii(), "{line}");
                }
            }
        }
    }

    #[test]
    fn a_bar_is_full_only_at_the_end() {
        for width in 1..200 {
            assert!(bar(99, width, false).contains('.'), "{width}");
            assert!(!bar(100, width, false).contains('.'));
        }
        let nothing = Whole { bytes: 0, running: 0, ..whole() };
        assert_eq!(screen(&nothing, &[], 80, false).len(), 2);
    }
}
