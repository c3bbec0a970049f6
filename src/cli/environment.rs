//! Everything outside the program: variables, clock, randomness, standard streams.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

use crate::model::Timestamp;
use crate::ports::Clock;

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_nanos(i128::try_from(since.as_nanos()).unwrap_or(0))
    }
}

/// The editor of an operator who names none.
pub(super) const EDITOR_DEFAULT: &str = "vi";

/// What the program stands in.
pub struct Environment<'io> {
    /// Environment variables; those that are not UTF-8 are left out.
    pub variables: BTreeMap<String, String>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Standard input.
    pub stdin: &'io mut dyn Read,
    /// Standard output.
    pub stdout: &'io mut dyn Write,
    /// Standard error.
    pub stderr: &'io mut dyn Write,
    /// Asks at the terminal for something that is not shown while it is typed.
    pub ask_secret: &'io mut dyn FnMut(&str) -> std::io::Result<String>,
    /// Whether standard input is a terminal.
    pub stdin_terminal: bool,
    /// Whether standard output is a terminal.
    pub stdout_terminal: bool,
    /// Whether standard error is a terminal.
    pub stderr_terminal: bool,
    /// The terminal's width in columns.
    pub width: Option<u16>,
    /// A random number, for ids.
    pub random: fn() -> u64,
}

impl Environment<'_> {
    /// A variable that is set and not empty.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The editor that the operator names: `VISUAL`, else `EDITOR`.
    #[must_use]
    pub fn editor(&self) -> Option<&str> {
        self.variable("VISUAL").or_else(|| self.variable("EDITOR"))
    }

    /// Runs an editor on a file, waits for it, and says whether it ended well. The command is words of a shell, as git
    /// takes it: `code --wait`.
    pub(super) fn run_editor(&mut self, command: &str, file: &Path) -> std::io::Result<bool> {
        self.stdout.flush()?;
        self.stderr.flush()?;
        let mut shell = std::process::Command::new("sh");
        let ended = shell.arg("-c").arg(format!("{command} \"$@\"")).arg(command).arg(file).status()?;
        Ok(ended.success())
    }

    fn colors_allowed(&self) -> bool {
        self.variable("NO_COLOR").is_none() && self.variable("TERM") != Some("dumb")
    }

    /// Whether stdout takes colours unless told otherwise.
    #[must_use]
    pub fn color_stdout(&self) -> bool {
        self.stdout_terminal && self.colors_allowed()
    }

    /// Whether pictures on stdout may use characters beyond ASCII: on a terminal that takes colours, unless the locale
    /// names another character set. No locale at all says nothing about the terminal.
    #[must_use]
    pub fn unicode_stdout(&self) -> bool {
        self.color_stdout() && self.locale_is_utf8()
    }

    /// The same of stderr.
    #[must_use]
    pub fn unicode_stderr(&self) -> bool {
        self.color_stderr() && self.locale_is_utf8()
    }

    fn locale_is_utf8(&self) -> bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| self.variable(name));
        let is_utf8 = |locale: &str| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        };
        locale.is_none_or(is_utf8)
    }

    /// Whether what stands on stdout can be drawn anew.
    #[must_use]
    pub fn redraws_stdout(&self) -> bool {
        self.stdout_terminal && self.variable("TERM") != Some("dumb")
    }

    /// Whether stderr takes colours unless told otherwise.
    #[must_use]
    pub fn color_stderr(&self) -> bool {
        self.stderr_terminal && self.colors_allowed()
    }
}
