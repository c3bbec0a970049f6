//! Ratios as people give them: `20%` or `0.2`, never a bare `20`.

/// A text is no ratio.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RatioError {
    /// Not a number.
    #[error("not a ratio such as 20% or 0.2")]
    Form,
    /// A bare number above 1.
    #[error("write {0}% or a fraction such as 0.2; a bare {0} could mean either")]
    Bare(String),
}

/// Reads `20%` or `0.2`; the result lies between 0 and 10 (1000 %).
///
/// # Errors
/// Not a ratio, or a bare number above 1.
pub fn parse_ratio(text: &str) -> Result<f64, RatioError> {
    let text = text.trim();
    let (number, scale) = text.strip_suffix('%').map_or((text, 1.0), |n| (n.trim_end(), 100.0));
    if !number.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return Err(RatioError::Form);
    }
    let value: f64 = number.parse().map_err(|_| RatioError::Form)?;
    if scale == 1.0 && value > 1.0 {
        return Err(RatioError::Bare(number.to_owned()));
    }
    let ratio = value / scale;
    if (0.0..=10.0).contains(&ratio) { Ok(ratio) } else { Err(RatioError::Form) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_twenty_is_an_error() {
        assert_eq!(parse_ratio("20%"), Ok(0.2));
        assert_eq!(parse_ratio("0.2"), Ok(0.2));
        assert_eq!(parse_ratio("20"), Err(RatioError::Bare("20".into())));
        for bad in ["", "%", "-5%", "nan", "1e2%", "5%%"] {
            assert_eq!(parse_ratio(bad), Err(RatioError::Form), "{bad}");
        }
    }
}
