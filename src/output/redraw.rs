//! A few lines of a terminal that are drawn anew in their place.

/// The lines that stand there now.
#[derive(Debug, Default)]
pub struct Redraw {
    lines: usize,
}

impl Redraw {
    /// What replaces the last frame by these lines. None of them may be wider than the terminal.
    #[must_use]
    pub fn frame(&mut self, lines: &[String]) -> String {
        let mut text = match self.lines {
            0 => String::new(),
            // Up to where the last frame began, then everything below is cleared.
            above => format!("\u{1b}[{above}A\r\u{1b}[J"),
        };
        self.lines = lines.len();
        lines.iter().for_each(|line| text.extend([line, "\n"]));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_frame_replaces_the_one_before() {
        let mut redraw = Redraw::default();
        let lines = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(redraw.frame(&lines(&["a", "b"])), "a\nb\n");
        assert_eq!(redraw.frame(&lines(&["c"])), "\u{1b}[2A\r\u{1b}[Jc\n");
        assert_eq!(redraw.frame(&[]), "\u{1b}[1A\r\u{1b}[J");
        assert_eq!(redraw.frame(&lines(&["d"])), "d\n");
    }
}
