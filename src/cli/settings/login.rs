//! Everything that connecting to an etcd needs, the password included.
//!
//! Invariant: a password is read here and goes into the configuration of the connection, nowhere else.

use std::io::Read as _;

use crate::cli::Environment;
use crate::cli::error::CliError;
use crate::cli::input;
use crate::cli::store::EtcdAddress;
use crate::metadata::etcd::{EtcdConfig, Login, Secret};
use crate::output::escape_text;

use super::connection::{Connection, PasswordPlace, User, fault};

/// The longest password.
const PASSWORD_BYTES_MAX: u64 = 4096;

/// The configuration of the connection; the password is read, or asked for where there is a terminal.
pub(in crate::cli) fn etcd_config(
    address: &EtcdAddress,
    connection: &Connection,
    environment: &mut Environment<'_>,
) -> Result<EtcdConfig, CliError> {
    let login = match &connection.user {
        None => None,
        Some(user) => {
            let password = password(user, address, environment)?;
            Some(Login { user: user.name.value.clone(), password })
        }
    };
    Ok(EtcdConfig {
        endpoints: address.endpoints.clone(),
        tls: address.tls.then(|| connection.tls_files()),
        login,
        dial_timeout: connection.dial_timeout.value,
        command_timeout: connection.command_timeout.value,
        prefix: address.prefix.clone(),
        insecure: connection.insecure.value,
    })
}

fn password(user: &User, address: &EtcdAddress, environment: &mut Environment<'_>) -> Result<Secret, CliError> {
    let name = &user.name.value;
    match &user.password.value {
        PasswordPlace::Given(secret) => Ok(secret.clone()),
        PasswordPlace::File(path) => read_password(path, environment).map_err(|reason| {
            let message = format!("{}: cannot take the password from {path}: {reason}", user.password.source);
            CliError::input_hint(message, "the file holds the password and nothing else")
        }),
        PasswordPlace::Ask if environment.stdin_terminal && environment.stderr_terminal => {
            let place = address.endpoints.first().map(ToString::to_string).unwrap_or_default();
            let prompt = format!("password of {name} at {place}: ");
            let typed = (environment.ask_secret)(&escape_text(&prompt))
                .map_err(|error| CliError::input(format!("cannot ask for the password of {name}: {error}")))?;
            if typed.is_empty() { Err(CliError::Declined) } else { Ok(Secret::new(typed)) }
        }
        PasswordPlace::Ask => Err(fault(
            &user.name.source,
            &format!("no password is given for user {name}, and there is no terminal to ask at"),
            "name a file that holds it with --password-file",
        )),
    }
}

/// The content of the file without the line break at its end.
fn read_password(path: &str, environment: &mut Environment<'_>) -> Result<Secret, String> {
    let input = input::open(environment, path).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    input.reader.take(PASSWORD_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > PASSWORD_BYTES_MAX {
        return Err(format!("it is longer than {PASSWORD_BYTES_MAX} bytes"));
    }
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.is_empty() {
        return Err("it is empty".to_owned());
    }
    if text.contains(['\n', '\r', '\0']) {
        return Err("it has more than one line".to_owned());
    }
    Ok(Secret::new(text.to_owned()))
}
