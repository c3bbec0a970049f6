//! How an etcd is reached: TLS, login and time-outs, out of flags, contexts and variables.
//!
//! Invariant: user and password are held in types that no print shows; an error names where a secret came from, never
//! the secret.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::cli::Environment;
use crate::cli::error::CliError;
use crate::metadata::etcd::{EtcdConfig, Secret, TlsFiles};
use crate::model::time::parse_duration;

use super::file::Context;
use super::source::{Source, Sourced};

/// How an etcd is reached. Each also as OTLP_PART_CACERT, OTLP_PART_DIAL_TIMEOUT and so on, or in a context.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Connection")]
pub(in crate::cli) struct ConnectionArgs {
    /// TLS: certificates of the authorities that signed the servers' [default: the system's]
    #[arg(long, global = true, value_name = "FILE", hide_short_help = true)]
    cacert: Option<String>,
    /// TLS: the client's certificate, with its chain
    #[arg(long, global = true, value_name = "FILE", hide_short_help = true)]
    cert: Option<String>,
    /// TLS: the key of the client's certificate
    #[arg(long, global = true, value_name = "FILE", hide_short_help = true)]
    key: Option<String>,
    /// Log in as this user; without a password it is asked for on a terminal
    #[arg(
        long,
        global = true,
        value_name = "NAME[:PASSWORD]",
        hide_short_help = true,
        allow_hyphen_values = true,
        value_parser = secret
    )]
    user: Option<Secret>,
    /// The user's password; other users of this machine can see arguments: better use --password-file
    #[arg(
        long,
        global = true,
        value_name = "PASSWORD",
        hide_short_help = true,
        allow_hyphen_values = true,
        value_parser = secret,
        conflicts_with = "password_file"
    )]
    password: Option<Secret>,
    /// A file that holds the user's password; `-` = stdin
    #[arg(long, global = true, value_name = "FILE", hide_short_help = true)]
    password_file: Option<String>,
    /// How long connecting to one member may take [default: 3s]
    #[arg(long, global = true, value_name = "DURATION", hide_short_help = true)]
    dial_timeout: Option<String>,
    /// How long one call may take [default: 8s]
    #[arg(long, global = true, value_name = "DURATION", hide_short_help = true)]
    command_timeout: Option<String>,
    /// Send the password although the connection is not encrypted and leaves this machine
    #[arg(long, global = true, hide_short_help = true)]
    insecure: bool,
}

#[expect(clippy::unnecessary_wraps, reason = "the shape that clap takes")]
fn secret(text: &str) -> Result<Secret, std::convert::Infallible> {
    Ok(Secret::new(text.to_owned()))
}

/// One setting of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    Cacert,
    Cert,
    Key,
    User,
    Password,
    PasswordFile,
    DialTimeout,
    CommandTimeout,
    Insecure,
}

impl Setting {
    /// As a flag without its dashes.
    const fn word(self) -> &'static str {
        match self {
            Self::Cacert => "cacert",
            Self::Cert => "cert",
            Self::Key => "key",
            Self::User => "user",
            Self::Password => "password",
            Self::PasswordFile => "password-file",
            Self::DialTimeout => "dial-timeout",
            Self::CommandTimeout => "command-timeout",
            Self::Insecure => "insecure",
        }
    }

    fn variable(self, prefix: &str) -> String {
        format!("{prefix}{}", self.word().replace('-', "_").to_ascii_uppercase())
    }

    /// Whether etcdctl knows it, and so its variable.
    const fn is_etcdctls(self) -> bool {
        match self {
            Self::Cacert
            | Self::Cert
            | Self::Key
            | Self::User
            | Self::Password
            | Self::DialTimeout
            | Self::CommandTimeout => true,
            Self::PasswordFile | Self::Insecure => false,
        }
    }
}

/// One place that settings come from.
#[derive(Clone, Copy)]
enum Layer<'a> {
    Flags(&'a ConnectionArgs),
    Context(&'a Context),
    Variables,
    Etcdctl,
}

impl Layer<'_> {
    fn get(self, environment: &Environment<'_>, setting: Setting) -> Option<Sourced<Secret>> {
        let (text, source) = match self {
            Self::Flags(args) => (args.get(setting), Source::Flag(format!("--{}", setting.word()))),
            Self::Context(context) => (of_context(context, setting), Source::Context(context.name.clone())),
            Self::Variables => {
                let name = setting.variable("OTLP_PART_");
                (environment.variable(&name), Source::Variable(name))
            }
            Self::Etcdctl => {
                let name = setting.variable("ETCDCTL_");
                (environment.variable(&name).filter(|_| setting.is_etcdctls()), Source::Variable(name))
            }
        };
        text.map(|text| Sourced { value: Secret::new(text.to_owned()), source })
    }
}

impl ConnectionArgs {
    fn get(&self, setting: Setting) -> Option<&str> {
        match setting {
            Setting::Cacert => self.cacert.as_deref(),
            Setting::Cert => self.cert.as_deref(),
            Setting::Key => self.key.as_deref(),
            Setting::User => self.user.as_ref().map(Secret::reveal),
            Setting::Password => self.password.as_ref().map(Secret::reveal),
            Setting::PasswordFile => self.password_file.as_deref(),
            Setting::DialTimeout => self.dial_timeout.as_deref(),
            Setting::CommandTimeout => self.command_timeout.as_deref(),
            Setting::Insecure => self.insecure.then_some("true"),
        }
    }

    /// The flags that a further command on the same store needs too, secrets left out.
    pub(in crate::cli) fn repeated(&self) -> String {
        let mut text = String::new();
        for setting in [
            Setting::Cacert,
            Setting::Cert,
            Setting::Key,
            Setting::User,
            Setting::PasswordFile,
            Setting::DialTimeout,
            Setting::CommandTimeout,
        ] {
            if let Some(value) = self.get(setting) {
                let is_user = setting == Setting::User;
                let value = if is_user { value.split(':').next().unwrap_or_default() } else { value };
                text.push_str(&format!(" --{} {value}", setting.word()));
            }
        }
        if self.insecure {
            text.push_str(" --insecure");
        }
        text
    }
}

fn of_context(context: &Context, setting: Setting) -> Option<&str> {
    match setting {
        Setting::Cacert => context.cacert.as_deref(),
        Setting::Cert => context.cert.as_deref(),
        Setting::Key => context.key.as_deref(),
        Setting::User => context.user.as_deref(),
        Setting::PasswordFile => context.password_file.as_deref(),
        Setting::DialTimeout => context.dial_timeout.as_deref(),
        Setting::CommandTimeout => context.command_timeout.as_deref(),
        Setting::Password | Setting::Insecure => None,
    }
}

/// Where the user's password is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum PasswordPlace {
    /// Given as it is.
    Given(Secret),
    /// In a file, or `-`.
    File(String),
    /// With the operator.
    Ask,
}

/// A user, and where its password is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct User {
    pub(in crate::cli) name: Sourced<String>,
    pub(in crate::cli) password: Sourced<PasswordPlace>,
}

/// Everything about a connection but the endpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Connection {
    pub(in crate::cli) cacert: Option<Sourced<String>>,
    pub(in crate::cli) cert: Option<Sourced<String>>,
    pub(in crate::cli) key: Option<Sourced<String>>,
    pub(in crate::cli) user: Option<User>,
    pub(in crate::cli) dial_timeout: Sourced<Duration>,
    pub(in crate::cli) command_timeout: Sourced<Duration>,
    pub(in crate::cli) insecure: Sourced<bool>,
}

/// The places in their order, the first wins.
pub(in crate::cli) struct Layers<'a, 'io> {
    environment: &'a Environment<'io>,
    layers: Vec<Layer<'a>>,
}

impl<'a, 'io> Layers<'a, 'io> {
    /// Flags, the context if it was named on the command line, variables, the context if it was not, etcdctl's variables.
    pub(in crate::cli) fn new(
        flags: &'a ConnectionArgs,
        context: Option<(&'a Context, bool)>,
        etcdctl: bool,
        environment: &'a Environment<'io>,
    ) -> Self {
        let context = |on_command_line: bool| {
            context.filter(|(_, named)| *named == on_command_line).map(|(context, _)| Layer::Context(context))
        };
        let first = std::iter::once(Layer::Flags(flags)).chain(context(true));
        let last = context(false).into_iter().chain(etcdctl.then_some(Layer::Etcdctl));
        Self { environment, layers: first.chain([Layer::Variables]).chain(last).collect() }
    }

    fn get(&self, setting: Setting) -> Option<Sourced<Secret>> {
        self.layers.iter().find_map(|layer| layer.get(self.environment, setting))
    }

    fn text(&self, setting: Setting) -> Option<Sourced<String>> {
        self.get(setting).map(|found| found.with(found.value.reveal().to_owned()))
    }

    /// Everything together.
    pub(in crate::cli) fn connection(&self) -> Result<Connection, CliError> {
        let connection = Connection {
            cacert: self.text(Setting::Cacert),
            cert: self.text(Setting::Cert),
            key: self.text(Setting::Key),
            user: self.user()?,
            dial_timeout: self.duration(Setting::DialTimeout, EtcdConfig::DIAL_TIMEOUT_DEFAULT)?,
            command_timeout: self.duration(Setting::CommandTimeout, EtcdConfig::COMMAND_TIMEOUT_DEFAULT)?,
            insecure: self.insecure()?,
        };
        match (&connection.cert, &connection.key) {
            (Some(cert), None) => Err(lonely(cert, "certificate", "key", "--key")),
            (None, Some(key)) => Err(lonely(key, "key", "certificate", "--cert")),
            (Some(_), Some(_)) | (None, None) => Ok(connection),
        }
    }

    /// The user of the first place that names one, with a password behind its name after a colon, or the first that
    /// is given by itself.
    fn user(&self) -> Result<Option<User>, CliError> {
        let Some((rank, user)) = self
            .layers
            .iter()
            .enumerate()
            .find_map(|(rank, layer)| Some((rank, layer.get(self.environment, Setting::User)?)))
        else {
            return self.password().map_or(Ok(None), |(_, password)| Err(no_user(&password.source)));
        };
        let whole = user.value.reveal();
        let (name, behind) = whole.split_once(':').map_or((whole, None), |(name, behind)| (name, Some(behind)));
        let behind = behind.map(|text| user.with(PasswordPlace::Given(Secret::new(text.to_owned()))));
        let password = match (behind, self.password()) {
            (Some(_), Some((found, by_itself))) if found == rank => {
                let message = "the password is given twice, behind the user too";
                return Err(fault(&by_itself.source, message, "a user's name holds no colon"));
            }
            (Some(behind), Some((found, _))) if found > rank => behind,
            (_, Some((_, by_itself))) => by_itself,
            (Some(behind), None) => behind,
            (None, None) => Sourced::default(PasswordPlace::Ask),
        };
        if name.is_empty() {
            return Err(fault(&user.source, "the user's name is empty", "name one as --user NAME"));
        }
        if matches!(&password.value, PasswordPlace::Given(secret) if secret.reveal().is_empty()) {
            return Err(fault(&password.source, "the password is empty", "leave it out to be asked for it"));
        }
        Ok(Some(User { name: user.with(name.to_owned()), password }))
    }

    /// The password of the first place that gives one, and the rank of the place.
    fn password(&self) -> Option<(usize, Sourced<PasswordPlace>)> {
        self.layers.iter().enumerate().find_map(|(rank, layer)| {
            let given =
                layer.get(self.environment, Setting::Password).map(|p| p.with(PasswordPlace::Given(p.value.clone())));
            let file = || {
                let file = layer.get(self.environment, Setting::PasswordFile)?;
                Some(file.with(PasswordPlace::File(file.value.reveal().to_owned())))
            };
            given.or_else(file).map(|password| (rank, password))
        })
    }

    fn duration(&self, setting: Setting, default: Duration) -> Result<Sourced<Duration>, CliError> {
        let Some(found) = self.text(setting) else { return Ok(Sourced::default(default)) };
        let nanos = parse_duration(&found.value).ok().and_then(|nanos| u64::try_from(nanos).ok());
        match nanos.map(Duration::from_nanos) {
            Some(duration) if (TIMEOUT_MIN..=TIMEOUT_MAX).contains(&duration) => Ok(found.with(duration)),
            Some(_) | None => Err(fault(
                &found.source,
                &format!("{} {:?} is no time-out", setting.word(), found.value),
                "use a duration from 10ms to 10m, such as 5s",
            )),
        }
    }

    fn insecure(&self) -> Result<Sourced<bool>, CliError> {
        let Some(found) = self.text(Setting::Insecure) else { return Ok(Sourced::default(false)) };
        match found.value.as_str() {
            "true" | "1" => Ok(found.with(true)),
            "false" | "0" => Ok(found.with(false)),
            other => Err(fault(&found.source, &format!("{other:?} is neither true nor false"), "use true or false")),
        }
    }
}

/// Less than this no network answers in.
const TIMEOUT_MIN: Duration = Duration::from_millis(10);
/// More than this nobody waits.
const TIMEOUT_MAX: Duration = Duration::from_secs(600);

impl Connection {
    /// Whether anything asks for TLS.
    pub(in crate::cli) fn asks_for_tls(&self) -> Option<&Source> {
        [&self.cacert, &self.cert, &self.key].into_iter().flatten().map(|found| &found.source).next()
    }

    /// The files of TLS.
    pub(in crate::cli) fn tls_files(&self) -> TlsFiles {
        let path = |file: &Option<Sourced<String>>| file.as_ref().map(|file| PathBuf::from(&file.value));
        TlsFiles { ca: path(&self.cacert), cert: path(&self.cert), key: path(&self.key) }
    }
}

fn lonely(found: &Sourced<String>, one: &str, other: &str, flag: &str) -> CliError {
    fault(
        &found.source,
        &format!("a client's {one} without its {other}"),
        &format!("name the {other} too, with {flag}"),
    )
}

fn no_user(source: &Source) -> CliError {
    fault(source, "a password without a user", "name the user with --user")
}

/// The error of a setting that cannot be: a wrong command line or environment, or a wrong file.
pub(in crate::cli) fn fault(source: &Source, message: &str, hint: &str) -> CliError {
    told(source, format!("{source}: {message}"), hint)
}

/// The same about a value that may be shown.
pub(in crate::cli) fn fault_in(source: &Source, value: &str, reason: &str, hint: &str) -> CliError {
    told(source, format!("{source} {value:?}: {reason}"), hint)
}

fn told(source: &Source, message: String, hint: &str) -> CliError {
    match source {
        Source::Context(_) | Source::ConfigFile => CliError::input_hint(message, hint),
        Source::Flag(_) | Source::Variable(_) | Source::Default => CliError::usage_hint(message, hint),
    }
}
