//! Where a setting came from.

use std::fmt;

/// Where a setting came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Source {
    /// A flag of the command line: `--store`.
    Flag(String),
    /// A context of the configuration file, by its name.
    Context(String),
    /// An environment variable.
    Variable(String),
    /// The configuration file itself, outside its contexts.
    ConfigFile,
    /// Nobody said anything.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) | Self::Variable(name) => f.write_str(name),
            Self::Context(name) => write!(f, "context {name}"),
            Self::ConfigFile => f.write_str("config file"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A setting's value and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Sourced<T> {
    pub(in crate::cli) value: T,
    pub(in crate::cli) source: Source,
}

impl<T> Sourced<T> {
    /// What a default is.
    pub(in crate::cli) fn default(value: T) -> Self {
        Self { value, source: Source::Default }
    }

    /// Another value from the same source.
    pub(in crate::cli) fn with<U>(&self, value: U) -> Sourced<U> {
        Sourced { value, source: self.source.clone() }
    }
}
