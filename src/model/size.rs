//! Sizes in bytes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A number of bytes. Prints for people, in decimal units (MB = 10^6); JSON carries the plain number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ByteSize(pub u64);

/// A text is no size.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a size such as 500MB, 2GiB or 1048576 (MB = 10^6, MiB = 2^20 bytes)")]
pub struct SizeError;

const UNITS: [(&str, u64); 6] = [
    ("EB", 1_000_000_000_000_000_000),
    ("PB", 1_000_000_000_000_000),
    ("TB", 1_000_000_000_000),
    ("GB", 1_000_000_000),
    ("MB", 1_000_000),
    ("kB", 1_000),
];

impl ByteSize {
    /// Reads a size: a number, optionally with a unit (`kB MB GB TB PB EB` = powers of 1000, `KiB MiB …` = of 1024, any
    /// case), optionally with decimals.
    ///
    /// # Errors
    /// Not of that form, or beyond 64 bits.
    pub fn parse(text: &str) -> Result<Self, SizeError> {
        let text = text.trim();
        let digits = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        let (number, unit) = text.split_at(digits);
        let scale: u128 = match unit.trim_start().to_ascii_lowercase().as_str() {
            "" | "b" => 1,
            "k" | "kb" => 1_000,
            "m" | "mb" => 1_000_000,
            "g" | "gb" => 1_000_000_000,
            "t" | "tb" => 1_000_000_000_000,
            "p" | "pb" => 1_000_000_000_000_000,
            "e" | "eb" => 1_000_000_000_000_000_000,
            "ki" | "kib" => 1 << 10,
            "mi" | "mib" => 1 << 20,
            "gi" | "gib" => 1 << 30,
            "ti" | "tib" => 1 << 40,
            "pi" | "pib" => 1 << 50,
            "ei" | "eib" => 1 << 60,
            _ => return Err(SizeError),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() || fraction.len() > 18 || (number.contains('.') && fraction.is_empty()) {
            return Err(SizeError);
        }
        let whole: u64 = whole.parse().map_err(|_| SizeError)?;
        let mut bytes = u128::from(whole).checked_mul(scale).ok_or(SizeError)?;
        if !fraction.is_empty() {
            let digits: u64 = fraction.parse().map_err(|_| SizeError)?;
            bytes += u128::from(digits) * scale / 10_u128.pow(fraction.len() as u32);
        }
        u64::try_from(bytes).map(Self).map_err(|_| SizeError)
    }
}

impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match UNITS.iter().find(|(_, scale)| self.0 >= *scale) {
            None => format!("{} B", self.0),
            Some((unit, scale)) => {
                let value = self.0 as f64 / *scale as f64;
                let decimals = if value < 10.0 { 2 } else { usize::from(value < 100.0) };
                format!("{value:.decimals$} {unit}")
            }
        };
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_decimal_and_binary_units() {
        for (text, bytes) in [
            ("0", 0),
            ("512", 512),
            ("1MB", 1_000_000),
            ("1MiB", 1 << 20),
            ("2.5 GB", 2_500_000_000),
            ("3ki", 3072),
            ("7B", 7),
        ] {
            assert_eq!(ByteSize::parse(text), Ok(ByteSize(bytes)), "{text}");
        }
        for bad in ["", "MB", "-1", "1.", ".5", "1XB", "1e3", "99999999999999999999", "20EB", "1.2.3"] {
            assert_eq!(ByteSize::parse(bad), Err(SizeError), "{bad}");
        }
    }

    #[test]
    fn prints_three_digits() {
        let text = |n| ByteSize(n).to_string();
        assert_eq!((text(999), text(1_000), text(44_276_162)), ("999 B".into(), "1.00 kB".into(), "44.3 MB".into()));
        assert_eq!(text(184_320_000_000), "184 GB");
    }
}
