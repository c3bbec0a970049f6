//! The hours of the day in which data may be moved for balance.

use crate::model::Timestamp;

pub(super) const DAY_SECONDS: i64 = 86_400;

/// From one minute of the day to another, UTC; over midnight where the end comes before the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailyWindow {
    start_seconds: i64,
    end_seconds: i64,
}

/// A text that is no window.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a window is HH:MM-HH:MM in UTC, such as 22:00-06:00, and does not end where it begins")]
pub struct WindowError;

impl DailyWindow {
    /// Reads `22:00-06:00`.
    ///
    /// # Errors
    /// The text is not of that form, a time is none, or both are the same.
    pub fn parse(text: &str) -> Result<Self, WindowError> {
        let (start, end) = text.split_once('-').ok_or(WindowError)?;
        let (start_seconds, end_seconds) = (second_of_day(start)?, second_of_day(end)?);
        if start_seconds == end_seconds {
            return Err(WindowError);
        }
        Ok(Self { start_seconds, end_seconds })
    }

    /// When the window ends that is open at a time; `None` if it is not.
    #[must_use]
    pub fn open_until(self, now: Timestamp) -> Option<Timestamp> {
        let since_start = (now.seconds() - self.start_seconds).rem_euclid(DAY_SECONDS);
        let length = (self.end_seconds - self.start_seconds).rem_euclid(DAY_SECONDS);
        (since_start < length).then(|| Timestamp::from_seconds(now.seconds() - since_start + length))
    }

    /// When it opens next; `now` if it is open.
    #[must_use]
    pub fn opens_at(self, now: Timestamp) -> Timestamp {
        match self.open_until(now) {
            Some(_) => now,
            None => now.plus_seconds((self.start_seconds - now.seconds()).rem_euclid(DAY_SECONDS)),
        }
    }
}

/// "22:00" as seconds; 24:00 is the next day's 00:00.
fn second_of_day(text: &str) -> Result<i64, WindowError> {
    let two = |text: &str| match text.as_bytes() {
        [a, b] if a.is_ascii_digit() && b.is_ascii_digit() => text.parse::<i64>().map_err(|_| WindowError),
        _ => Err(WindowError),
    };
    let (hours, minutes) = text.split_once(':').ok_or(WindowError)?;
    match (two(hours)?, two(minutes)?) {
        (24, 0) => Ok(0),
        (hours @ 0..=23, minutes @ 0..=59) => Ok(hours * 3600 + minutes * 60),
        _ => Err(WindowError),
    }
}

/// `22:00-06:00`
impl std::fmt::Display for DailyWindow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { start_seconds, end_seconds } = self;
        let hours = |seconds: i64| (seconds / 3600, seconds / 60 % 60);
        let ((a, b), (c, d)) = (hours(*start_seconds), hours(*end_seconds));
        write!(f, "{a:02}:{b:02}-{c:02}:{d:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of 2026-11-05, which begins at this second.
    fn at(hours: i64, minutes: i64) -> Timestamp {
        Timestamp::from_seconds(20_762 * DAY_SECONDS + hours * 3600 + minutes * 60)
    }

    #[test]
    fn over_midnight_and_within_a_day() {
        let night = DailyWindow::parse("22:00-06:00").unwrap();
        assert_eq!(night.open_until(at(23, 0)), Some(at(30, 0)));
        assert_eq!(night.open_until(at(5, 59)), Some(at(6, 0)));
        assert_eq!((night.open_until(at(6, 0)), night.opens_at(at(6, 0))), (None, at(22, 0)));
        assert_eq!(night.opens_at(at(1, 0)), at(1, 0));
        let noon = DailyWindow::parse("12:00-13:30").unwrap();
        assert_eq!((noon.open_until(at(12, 0)), noon.open_until(at(13, 30))), (Some(at(13, 30)), None));
        assert_eq!(noon.opens_at(at(14, 0)), at(36, 0));
        assert_eq!(DailyWindow::parse("20:00-24:00").unwrap().open_until(at(23, 59)), Some(at(24, 0)));
        assert_eq!(night.to_string(), "22:00-06:00");
    }

    #[test]
    fn what_is_no_window_is_refused() {
        for bad in [
            "",
            "22:00",
            "22:00-22:00",
            "00:00-24:00",
            "24:30-01:00",
            "22-6",
            "1:00-02:00",
            "+1:00-02:00",
            "22:00-06:60",
        ] {
            assert_eq!(DailyWindow::parse(bad), Err(WindowError), "{bad}");
        }
    }
}
