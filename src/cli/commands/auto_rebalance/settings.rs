//! What automatic rebalancing is asked for, as words of the command line.

use std::net::SocketAddr;
use std::time::Duration;

use clap::Args;

use crate::cli::commands::execute_rebalance::request::duration;
use crate::cli::error::CliError;
use crate::model::ByteSize;
use crate::model::ratio::parse_ratio;
use crate::operations::auto_rebalance::{AutoSettings, DailyWindow};
use crate::operations::executing::ExecutionSettings;
use crate::planner::settings::PPM;

/// When and how much.
#[derive(Debug, Args)]
#[command(next_help_heading = "When it acts")]
pub(super) struct WhenArgs {
    /// From the end of one round to the beginning of the next [default: what the cluster spec says]
    #[arg(long, value_name = "TIME")]
    interval: Option<String>,
    /// Balance nothing while no node deviates by more than this from its target, or is more than 85 % full [default: what the
    /// cluster spec says]
    #[arg(long, value_name = "RATIO")]
    threshold: Option<String>,
    /// Move data for balance in these hours of the day alone, UTC; repairs are made at any time
    #[arg(long, value_name = "HH:MM-HH:MM")]
    window: Option<String>,
    /// Move at most so many bytes for balance in a day (UTC)
    #[arg(long, value_name = "SIZE")]
    bytes_per_day: Option<String>,
    /// Declare a node lost whose data does not answer for so long: others lead what it led
    #[arg(long, value_name = "TIME")]
    fail_after: Option<String>,
    /// Make the copies of a node anew that is Down for so long; `never`
    #[arg(long, value_name = "TIME", default_value = "10m")]
    repair_after: String,
    /// Rebuild copies even while a whole zone or more than a tenth of the nodes is down
    #[arg(long)]
    allow_mass_repair: bool,
    /// Delete partitions past their retention behind each round, as `partition expire` does
    #[arg(long)]
    expire: bool,
    /// Split partitions larger than the cluster spec allows behind each round, as `partition split` does; in the hours of --window
    /// alone
    #[arg(long)]
    split: bool,
    /// Merge the small segments of closed time buckets behind each round, as `data compact` does; in the hours of --window alone
    #[arg(long)]
    compact: bool,
    /// End after so many rounds
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    rounds: Option<u64>,
    /// Serve metrics for Prometheus at this address, path /metrics
    #[arg(long, value_name = "IP:PORT")]
    metrics: Option<String>,
}

impl WhenArgs {
    /// Reads everything that needs no store, and where metrics are served.
    pub(super) fn read(
        self,
        execution: ExecutionSettings,
        dry_run: bool,
    ) -> Result<(AutoSettings, Option<SocketAddr>), CliError> {
        let Self {
            interval,
            threshold,
            window,
            bytes_per_day,
            fail_after,
            repair_after,
            allow_mass_repair,
            expire,
            split,
            compact,
            rounds,
            metrics,
        } = self;
        let metrics = metrics.as_deref().map(address).transpose()?;
        let settings = AutoSettings {
            interval: interval.as_deref().map(|text| some_time("--interval", text)).transpose()?,
            threshold_ppm: threshold.as_deref().map(ppm).transpose()?,
            window: window.as_deref().map(parse_window).transpose()?,
            bytes_per_day: bytes_per_day.as_deref().map(bytes).transpose()?,
            fail_after: fail_after.as_deref().map(|text| some_time("--fail-after", text)).transpose()?,
            repair_after: match repair_after.as_str() {
                "never" => None,
                text => Some(duration("--repair-after", text)?),
            },
            allow_mass_repair,
            expire,
            split,
            compact,
            dry_run,
            rounds,
            execution,
        };
        Ok((settings, metrics))
    }
}

/// A time of at least a second: what comes round without a pause would do nothing else.
fn some_time(name: &str, text: &str) -> Result<Duration, CliError> {
    let time = duration(name, text)?;
    if time < Duration::from_secs(1) {
        return Err(CliError::usage(format!("{name} {text:?}: it is 1s at least")));
    }
    Ok(time)
}

fn ppm(text: &str) -> Result<u32, CliError> {
    let wrong = |e: &dyn std::fmt::Display| CliError::usage(format!("--threshold {text:?}: {e}"));
    let ratio = parse_ratio(text).map_err(|e| wrong(&e))?;
    if !(0.0..=10.0).contains(&ratio) {
        return Err(wrong(&"it lies between 0% and 1000%"));
    }
    Ok((ratio * PPM as f64).round() as u32)
}

fn parse_window(text: &str) -> Result<DailyWindow, CliError> {
    DailyWindow::parse(text).map_err(|e| CliError::usage(format!("--window {text:?}: {e}")))
}

fn bytes(text: &str) -> Result<u64, CliError> {
    ByteSize::parse(text).map(|size| size.0).map_err(|e| CliError::usage(format!("--bytes-per-day {text:?}: {e}")))
}

fn address(text: &str) -> Result<SocketAddr, CliError> {
    text.parse().map_err(|_| {
        CliError::usage_hint(
            format!("--metrics {text:?} is no address"),
            "an address is IP:PORT, such as 127.0.0.1:9464",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_is_refused_by_name() {
        for (error, names) in [
            (some_time("--interval", "0").unwrap_err(), "--interval"),
            (some_time("--fail-after", "900ms").unwrap_err(), "--fail-after"),
            (ppm("20").unwrap_err(), "--threshold"),
            (ppm("1100%").unwrap_err(), "--threshold"),
            (parse_window("22:00").unwrap_err(), "--window"),
            (bytes("many").unwrap_err(), "--bytes-per-day"),
            (address("localhost:9").unwrap_err(), "--metrics"),
        ] {
            assert!(error.exit_code() == 2 && error.to_string().contains(names), "{error}");
        }
        assert_eq!((ppm("20%").unwrap(), ppm("0.2").unwrap()), (200_000, 200_000));
        assert_eq!(some_time("--interval", "90s").unwrap().as_secs(), 90);
    }
}
