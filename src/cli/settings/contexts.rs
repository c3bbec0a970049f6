//! The contexts there are, and the one that was chosen.

use std::path::PathBuf;

use crate::cli::Environment;
use crate::cli::args::GlobalArgs;
use crate::cli::error::CliError;

use super::connection::fault;
use super::file::{ConfigFile, Context};
use super::source::{Source, Sourced};

/// The largest configuration file.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// The configuration file, and the context that was chosen.
#[derive(Clone, Debug, Default)]
pub(in crate::cli) struct Contexts {
    /// Where the file is, or would be; `None` without a home directory.
    pub(in crate::cli) path: Option<Sourced<PathBuf>>,
    /// What it says; empty if there is none.
    pub(in crate::cli) file: ConfigFile,
    /// The name of the chosen context, which may not be there.
    pub(in crate::cli) chosen: Option<Sourced<String>>,
}

/// Where the configuration file is, or would be.
pub(in crate::cli) fn config_path(global: &GlobalArgs, environment: &Environment<'_>) -> Option<Sourced<PathBuf>> {
    if let Some(path) = &global.config {
        return Some(Sourced { value: path.clone(), source: Source::Flag("--config".to_owned()) });
    }
    if let Some(path) = environment.variable("OTLP_PART_CONFIG") {
        let source = Source::Variable("OTLP_PART_CONFIG".to_owned());
        return Some(Sourced { value: PathBuf::from(path), source });
    }
    let base = environment.variable("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let base = base.or_else(|| environment.variable("HOME").map(|home| PathBuf::from(home).join(".config")))?;
    Some(Sourced::default(base.join("otlp-part").join("config.toml")))
}

/// The text of the configuration file; `None` if there is none, which is an error if it was named.
pub(in crate::cli) fn read_config(path: &Sourced<PathBuf>) -> Result<Option<String>, CliError> {
    use std::io::Read as _;
    let Sourced { value, source } = path;
    let cannot = |reason: &str| {
        let message = format!("cannot read the configuration file {}: {reason}", value.display());
        CliError::input(if *source == Source::Default { message } else { format!("{source}: {message}") })
    };
    let file = match std::fs::File::open(value) {
        Ok(file) => file,
        Err(error) if *source == Source::Default && error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot(&error.to_string())),
    };
    let mut bytes = Vec::new();
    file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|error| cannot(&error.to_string()))?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(cannot("it is larger than 1 MiB"));
    }
    let text = String::from_utf8(bytes).map_err(|_| cannot("it is not UTF-8 text"))?;
    Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
}

impl Contexts {
    /// Reads the file and looks who names a context: `--context`, `OTLP_PART_CONTEXT`, the file itself.
    pub(in crate::cli) fn load(global: &GlobalArgs, environment: &Environment<'_>) -> Result<Self, CliError> {
        let mut contexts = Self { path: config_path(global, environment), ..Self::default() };
        if let Some(path) = &contexts.path
            && let Some(text) = read_config(path)?
        {
            contexts.file = ConfigFile::parse(&text, &path.value, environment.variable("HOME")).map_err(|error| {
                let message = format!("configuration file {}, {error}", path.value.display());
                CliError::Input { message, hint: error.hint }
            })?;
        }
        contexts.chosen = match (&global.context, environment.variable("OTLP_PART_CONTEXT"), &contexts.file.current) {
            (Some(name), _, _) => Some(Sourced { value: name.clone(), source: Source::Flag("--context".to_owned()) }),
            (None, Some(name), _) => {
                let source = Source::Variable("OTLP_PART_CONTEXT".to_owned());
                Some(Sourced { value: name.to_owned(), source })
            }
            (None, None, Some(name)) => Some(Sourced { value: name.clone(), source: Source::ConfigFile }),
            (None, None, None) => None,
        };
        Ok(contexts)
    }

    /// The chosen context and whether the command line names it.
    pub(in crate::cli) fn context(&self) -> Result<Option<(&Context, bool)>, CliError> {
        let Some(chosen) = &self.chosen else { return Ok(None) };
        let on_command_line = matches!(chosen.source, Source::Flag(_));
        match self.file.context(&chosen.value) {
            Some(context) => Ok(Some((context, on_command_line))),
            None => Err(self.no_such(&chosen.value, &chosen.source)),
        }
    }

    /// The error about a context that is not there.
    pub(in crate::cli) fn no_such(&self, name: &str, source: &Source) -> CliError {
        let names: Vec<&str> = self.file.contexts.iter().map(|context| context.name.as_str()).collect();
        let place = self.path.as_ref().map_or_else(
            || "no configuration file".to_owned(),
            |path| format!("configuration file {}", path.value.display()),
        );
        let hint = if names.is_empty() {
            format!("{place} has no contexts")
        } else {
            format!("{place} has {}", names.join(", "))
        };
        fault(source, &format!("there is no context {name:?}"), &hint)
    }
}
