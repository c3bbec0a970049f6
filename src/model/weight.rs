//! Node weights.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A node's weight in thousandths, so that everything computed from it is exact integer arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(u32);

/// Why a number is no weight.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("a weight lies between 0.001 and 1000 (1 is usual), this is {0}; to empty a node, drain it")]
pub struct WeightError(pub String);

impl Weight {
    /// The usual weight.
    pub const ONE: Self = Self(1000);
    const MILLIS_MAX: u32 = 1_000_000;

    /// From thousandths; `None` beyond 1 to 1,000,000.
    #[must_use]
    pub const fn from_millis(millis: u32) -> Option<Self> {
        if millis == 0 || millis > Self::MILLIS_MAX { None } else { Some(Self(millis)) }
    }

    /// From a number, rounded to thousandths.
    ///
    /// # Errors
    /// Zero, negative, above 1000 or not a number.
    pub fn new(weight: f64) -> Result<Self, WeightError> {
        let millis = (weight * 1000.0).round();
        if (1.0..=f64::from(Self::MILLIS_MAX)).contains(&millis) {
            Ok(Self(millis as u32))
        } else {
            Err(WeightError(weight.to_string()))
        }
    }

    /// Reads a decimal number.
    ///
    /// # Errors
    /// Not a number, or out of range.
    pub fn parse(text: &str) -> Result<Self, WeightError> {
        text.parse().map_err(|_| WeightError(format!("{text:?}"))).and_then(Self::new)
    }

    /// Thousandths, 1 to 1,000,000.
    #[must_use]
    pub const fn millis(self) -> u32 {
        self.0
    }

    /// `round(virtual_nodes · weight)`, halves up: the node's tokens on the ring.
    #[must_use]
    pub const fn tokens(self, virtual_nodes: u32) -> u32 {
        ((virtual_nodes as u64 * self.0 as u64 + 500) / 1000) as u32
    }

    /// As a number.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl std::fmt::Display for Weight {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_f64().fmt(f)
    }
}

/// Whole weights are written as integers, as people write them.
impl Serialize for Weight {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(1000) {
            serializer.serialize_u32(self.0 / 1000)
        } else {
            serializer.serialize_f64(self.as_f64())
        }
    }
}

impl<'de> Deserialize<'de> for Weight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).and_then(|w| Self::new(w).map_err(serde::de::Error::custom))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_rounded() {
        let tokens = |w: f64| Weight::new(w).unwrap().tokens(150);
        assert_eq!((tokens(1.0), tokens(0.5), tokens(1.01), tokens(0.001), tokens(2.0)), (150, 75, 152, 0, 300));
    }

    #[test]
    fn refuses_zero_negative_and_non_numbers() {
        for bad in ["0", "-1", "nan", "inf", "1e9", "", "one", "0.0001"] {
            assert!(Weight::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Weight::parse("1.5").unwrap().to_string(), "1.5");
        assert_eq!(serde_json::to_string(&Weight::ONE).unwrap(), "1");
    }
}
