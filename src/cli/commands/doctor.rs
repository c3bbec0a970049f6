//! `doctor`
use crate::cli::error::CliError;
use crate::cli::session::Session;
use clap::Args;
/// Doctor.
#[derive(Debug, Args)]
pub(in crate::cli) struct DoctorArgs {}
pub(in crate::cli) fn run(_session: &mut Session<'_, '_>, args: DoctorArgs) -> Result<(), CliError> {
    let DoctorArgs {} = args;
    Ok(())
}
