//! Ranges of time on the command line.

use clap::Args;

use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::model::TimeRange;
use crate::model::time::parse_duration;

/// `--from --to --for --last`
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Range of time")]
pub(in crate::cli) struct RangeArgs {
    /// Start of the range; alone it ends now
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
    /// End of the range, itself outside
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, requires = "from", conflicts_with = "for")]
    to: Option<String>,
    /// Length of the range, from --from on
    #[arg(long, value_name = "DURATION", requires = "from")]
    r#for: Option<String>,
    /// The range that ends now and is so long
    #[arg(long, value_name = "DURATION", conflicts_with_all = ["from", "to", "for"])]
    last: Option<String>,
}

/// A range that may not be given.
pub(in crate::cli) enum Span {
    /// `[from, to)`
    Given(TimeRange),
    /// None of the options is there.
    NotGiven,
}

impl RangeArgs {
    pub(in crate::cli) fn is_given(&self) -> bool {
        self.from.is_some() || self.last.is_some()
    }

    pub(in crate::cli) fn span(&self, session: &Session<'_, '_>) -> Result<Span, CliError> {
        let duration = |name: &str, text: &str| match parse_duration(text) {
            Ok(nanos) if nanos > 0 => Ok(nanos),
            Ok(_) | Err(_) => {
                Err(CliError::usage_hint(format!("{name} {text:?} is no duration"), "use 90m, 6h, 1h30m, 30d"))
            }
        };
        let now = session.now();
        let (from, to) = match (&self.from, &self.to, &self.r#for, &self.last) {
            (None, _, _, None) => return Ok(Span::NotGiven),
            (None, _, _, Some(last)) => (now.plus_nanos(-duration("--last", last)?), now),
            (Some(from), Some(to), _, _) => (session.time("--from", from)?, session.time("--to", to)?),
            (Some(from), None, Some(length), _) => {
                let from = session.time("--from", from)?;
                (from, from.plus_nanos(duration("--for", length)?))
            }
            (Some(from), None, None, _) => (session.time("--from", from)?, now),
        };
        let turned = |e: crate::model::time::EmptyRange| {
            CliError::usage_hint(e.to_string(), "the start comes first, and the end itself is outside the range")
        };
        TimeRange::new(from, to).map(Span::Given).map_err(turned)
    }
}
