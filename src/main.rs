//! The program: hands the real environment to the library and ends with its exit code.

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::sync::Arc;

use otlp_part::cli::{self, Environment, SystemClock};

#[expect(clippy::disallowed_methods, reason = "arguments and environment are read here, once")]
fn main() -> ExitCode {
    let (stdin, stdout, stderr) = (io::stdin(), io::stdout(), io::stderr());
    let random = || getrandom::u64().unwrap_or_else(|_| std::process::id().into());
    let mut environment = Environment {
        variables: std::env::vars_os()
            .filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?)))
            .collect(),
        clock: Arc::new(SystemClock),
        ask_secret: &mut |prompt| rpassword::prompt_password(prompt),
        stdin_terminal: stdin.is_terminal(),
        stdout_terminal: stdout.is_terminal(),
        stderr_terminal: stderr.is_terminal(),
        width: terminal_size::terminal_size().map(|(width, _)| width.0),
        stdin: &mut stdin.lock(),
        stdout: &mut io::BufWriter::with_capacity(1 << 16, stdout.lock()),
        stderr: &mut stderr.lock(),
        random,
    };
    let code = cli::run(std::env::args_os(), &mut environment);
    let flushed = environment.stdout.flush();
    match flushed {
        Err(error) if code == 0 && error.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        Ok(()) | Err(_) => ExitCode::from(code),
    }
}
