//! Opening inputs: files and standard input.

use std::fs::File;
use std::io::Read;

use super::Environment;
use super::error::CliError;

/// An input with its name.
pub(super) struct Input<'a> {
    pub(super) name: String,
    pub(super) reader: Box<dyn Read + 'a>,
}

/// Opens a file, or standard input for `-`.
pub(super) fn open<'a>(environment: &'a mut Environment<'_>, path: &str) -> Result<Input<'a>, CliError> {
    open_with(&mut *environment.stdin, path)
}

/// Opens a file, or the given standard input for `-`.
pub(super) fn open_with<'a>(stdin: &'a mut dyn Read, path: &str) -> Result<Input<'a>, CliError> {
    let name = shown_name(path).to_owned();
    if path == "-" {
        return Ok(Input { name, reader: Box::new(stdin) });
    }
    Ok(Input { name, reader: open_file(path)? })
}

/// Opens a file.
pub(super) fn open_file(path: &str) -> Result<Box<dyn Read>, CliError> {
    let cannot = |e: std::io::Error| CliError::input(format!("cannot read {path}: {e}"));
    let file = File::open(path).map_err(cannot)?;
    let metadata = file.metadata().map_err(cannot)?;
    if metadata.is_dir() {
        return Err(CliError::input(format!("cannot read {path}: it is a directory")));
    }
    Ok(Box::new(file))
}

/// What an input is called in messages.
pub(super) fn shown_name(path: &str) -> &str {
    if path == "-" { "stdin" } else { path }
}

/// The size in bytes of a file, for progress; `None` for standard input and what is no plain file.
pub(super) fn size_of(path: &str) -> Option<u64> {
    std::fs::metadata(path).ok().filter(|m| path != "-" && m.is_file()).map(|m| m.len())
}

/// The largest file that is read whole: a snapshot of a million partitions has about 0.5 GB.
const WHOLE_BYTES_MAX: u64 = 4 << 30;

/// Reads a file, or standard input for `-`, whole.
pub(super) fn read_bytes(environment: &mut Environment<'_>, path: &str) -> Result<Vec<u8>, CliError> {
    let input = open(environment, path)?;
    let name = input.name.clone();
    let mut bytes = Vec::new();
    let limited = &mut input.reader.take(WHOLE_BYTES_MAX + 1);
    limited.read_to_end(&mut bytes).map_err(|e| CliError::input(format!("cannot read {name}: {e}")))?;
    if bytes.len() as u64 > WHOLE_BYTES_MAX {
        return Err(CliError::input(format!("{name} is larger than 4 GiB")));
    }
    Ok(bytes)
}

/// Reads a file, or standard input for `-`, as text; a byte order mark is left out.
pub(super) fn read_text(environment: &mut Environment<'_>, path: &str) -> Result<String, CliError> {
    let bytes = read_bytes(environment, path)?;
    let text = String::from_utf8(bytes).map_err(|_| CliError::input(format!("{path} is not UTF-8 text")))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
