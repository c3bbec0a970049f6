//! Times and durations as people and scripts write them.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use super::{NANOS_PER_SECOND, Timestamp};

/// Why a text is no time or duration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not a form that is known.
    #[error("not a time")]
    Form,
    /// Before 1970.
    #[error("it lies before 1970-01-01T00:00:00Z, where OTLP's times begin")]
    BeforeEpoch,
    /// After what unsigned 64-bit nanoseconds can express.
    #[error("it lies after 2554-07-21T23:34:33Z, where OTLP's times end")]
    TooLate,
    /// Not a duration such as `90m`, `1h30m`, `30d`.
    #[error("not a duration")]
    Duration,
}

/// Reads a time: RFC 3339, `2025-11-05T14:43Z`, a date alone, Unix seconds, milliseconds, microseconds or nanoseconds
/// told apart by magnitude, `now`, `now-2h`, `now+1d`, `-90m`. Without a zone it is UTC.
///
/// # Errors
/// The form is unknown, or the time is one that OTLP cannot express.
pub fn parse_time(text: &str, now: Timestamp) -> Result<Timestamp, TimeError> {
    let time = parse_any_time(text, now)?;
    if time < Timestamp::EPOCH {
        Err(TimeError::BeforeEpoch)
    } else if time > Timestamp::OTLP_MAX {
        Err(TimeError::TooLate)
    } else {
        Ok(time)
    }
}

/// Reads a stored time: one of the absolute forms of [`parse_time`], of any year that chrono knows.
///
/// # Errors
/// The form is unknown.
pub fn parse_absolute(text: &str) -> Result<Timestamp, TimeError> {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse::<i128>().map(by_magnitude).map_err(|_| TimeError::Form);
    }
    parse_calendar(text).ok_or(TimeError::Form)
}

fn parse_any_time(text: &str, now: Timestamp) -> Result<Timestamp, TimeError> {
    if text == "now" {
        return Ok(now);
    }
    let relative = text.strip_prefix("now").unwrap_or(text);
    if let Some(back) = relative.strip_prefix('-')
        && let Ok(nanos) = parse_duration(back)
    {
        return Ok(now.plus_nanos(-nanos));
    }
    if text.len() > relative.len()
        && let Some(on) = relative.strip_prefix('+')
        && let Ok(nanos) = parse_duration(on)
    {
        return Ok(now.plus_nanos(nanos));
    }
    if text.strip_prefix('-').unwrap_or(text).bytes().all(|b| b.is_ascii_digit()) {
        return text.parse::<i128>().map(by_magnitude).map_err(|_| TimeError::Form);
    }
    parse_calendar(text).ok_or(TimeError::Form)
}

/// Unix time by magnitude: below 10^11 seconds (until the year 5138), below 10^14 ms, below 10^17 µs, else ns.
fn by_magnitude(n: i128) -> Timestamp {
    let scale = match n.unsigned_abs() {
        0..100_000_000_000 => NANOS_PER_SECOND,
        100_000_000_000..100_000_000_000_000 => 1_000_000,
        100_000_000_000_000..100_000_000_000_000_000 => 1_000,
        _ => 1,
    };
    Timestamp::from_nanos(n.saturating_mul(scale))
}

fn parse_calendar(text: &str) -> Option<Timestamp> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc().into());
    }
    if let Ok(time) = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z") {
        return Some(time.to_utc().into());
    }
    let local = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    for form in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"] {
        if let Ok(time) = NaiveDateTime::parse_from_str(local, form) {
            return Some(time.and_utc().into());
        }
    }
    let day = NaiveDate::parse_from_str(local, "%Y-%m-%d").ok()?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc().into())
}

/// Reads a duration: one or more of number and unit, `ns us ms s m h d w`, such as `90m`, `1h30m`, `30d`.
/// Gives nanoseconds.
///
/// # Errors
/// Not of that form, or longer than 10,000 years.
pub fn parse_duration(text: &str) -> Result<i128, TimeError> {
    const LIMIT: i128 = 10_000 * 366 * 86_400 * NANOS_PER_SECOND;
    let mut rest = text;
    let mut total: i128 = 0;
    if rest.is_empty() {
        return Err(TimeError::Duration);
    }
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: i128 = rest[..digits].parse().map_err(|_| TimeError::Duration)?;
        rest = &rest[digits..];
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let unit: i128 = match &rest[..letters] {
            "ns" => 1,
            "us" => 1_000,
            "ms" => 1_000_000,
            "s" => NANOS_PER_SECOND,
            "m" => 60 * NANOS_PER_SECOND,
            "h" => 3_600 * NANOS_PER_SECOND,
            "d" => 86_400 * NANOS_PER_SECOND,
            "w" => 7 * 86_400 * NANOS_PER_SECOND,
            _ => return Err(TimeError::Duration),
        };
        rest = &rest[letters..];
        total = number.checked_mul(unit).and_then(|n| n.checked_add(total)).ok_or(TimeError::Duration)?;
        if total > LIMIT {
            return Err(TimeError::Duration);
        }
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_762_353_824);

    #[test]
    fn reads_the_forms_that_operators_write() {
        for (text, expected) in [
            ("2025-11-05T14:43:44Z", "2025-11-05T14:43:44Z"),
            ("2025-11-05T15:43:44+01:00", "2025-11-05T14:43:44Z"),
            ("2025-11-05T14:43:44.25Z", "2025-11-05T14:43:44.250Z"),
            ("2025-11-05T14:43Z", "2025-11-05T14:43:00Z"),
            ("2025-11-05T16:43+02:00", "2025-11-05T14:43:00Z"),
            ("2025-11-05T14:43", "2025-11-05T14:43:00Z"),
            ("2025-11-05 14:43:44", "2025-11-05T14:43:44Z"),
            ("2025-11-05", "2025-11-05T00:00:00Z"),
            ("1762353824", "2025-11-05T14:43:44Z"),
            ("1762353824123", "2025-11-05T14:43:44.123Z"),
            ("1762353824123456", "2025-11-05T14:43:44.123456Z"),
            ("1762353824123456789", "2025-11-05T14:43:44.123456789Z"),
            ("now", "2025-11-05T14:43:44Z"),
            ("now-2h", "2025-11-05T12:43:44Z"),
            ("now+1d", "2025-11-06T14:43:44Z"),
            ("-90m", "2025-11-05T13:13:44Z"),
            ("now-1h30m", "2025-11-05T13:13:44Z"),
            ("0", "1970-01-01T00:00:00Z"),
        ] {
            assert_eq!(parse_time(text, NOW).map(|t| t.to_string()), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_time_or_not_otlps() {
        for text in ["", "yesterday", "2025-13-01", "2025-11-05T25:00Z", "now-", "now-2", "+2h", "14:43", "2025"] {
            if text == "2025" {
                // A bare year is Unix seconds, as every bare number is.
                assert_eq!(parse_time(text, NOW).unwrap().seconds(), 2025);
            } else {
                assert_eq!(parse_time(text, NOW), Err(TimeError::Form), "{text:?}");
            }
        }
        assert_eq!(parse_time("1969-12-31T23:59:59Z", NOW), Err(TimeError::BeforeEpoch));
        assert_eq!(parse_time("-5", NOW), Err(TimeError::BeforeEpoch));
        assert_eq!(parse_time("2600-01-01", NOW), Err(TimeError::TooLate));
        assert_eq!(parse_time("99999999999999999999", NOW), Err(TimeError::TooLate));
        assert_eq!(parse_time(&"9".repeat(60), NOW), Err(TimeError::Form));
    }

    #[test]
    fn durations() {
        assert_eq!(parse_duration("1h30m"), Ok(5_400 * NANOS_PER_SECOND));
        assert_eq!(parse_duration("30d"), Ok(30 * 86_400 * NANOS_PER_SECOND));
        for bad in ["", "h", "5", "5x", "1h-", "é", "99999999999999999999999999w", "1.5h"] {
            assert_eq!(parse_duration(bad), Err(TimeError::Duration), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(nanos: u64) {
            let time = Timestamp::from_unix_nanos(nanos);
            prop_assert_eq!(parse_time(&time.to_string(), NOW), Ok(time));
        }

        #[test]
        fn no_text_panics(text in ".*") {
            let _ = parse_time(&text, NOW);
            let _ = parse_duration(&text);
        }
    }
}
