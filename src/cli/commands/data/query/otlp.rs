//! Records as OTLP: what is stored in the encoding that is asked for goes through as it is.

use std::ops::ControlFlow;

use super::EncodingArg;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::operations::querying::{Group, Report, Sink};
use crate::otlp::{Encoding, LeftOut, json_of, protobuf_of};
use crate::output::{OutputError, Printer, escape_json};

/// What is collected before it is written.
const BUFFER_BYTES: usize = 64 << 10;

pub(super) fn print(
    session: &mut Session<'_, '_>,
    encoding: EncodingArg,
    run: impl FnOnce(Sink<'_>) -> Result<Report, CliError>,
) -> Result<Report, CliError> {
    let mut printer = session.printer()?;
    let mut buffer: Vec<u8> = Vec::new();
    let mut failed: Option<CliError> = None;
    let mut left_out = LeftOut::default();
    let report = run(&mut |group: Group<'_>| {
        let first = buffer.capacity() == 0;
        let done = add(encoding, group, &mut buffer, &mut left_out).and_then(|()| {
            // The first goes out at once; after it few large writes are cheaper.
            if first || buffer.len() >= BUFFER_BYTES { write(&mut printer, &mut buffer) } else { Ok(()) }
        });
        match done {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    write(&mut printer, &mut buffer)?;
    drop(printer);
    if let LeftOut { count, first: Some(first) } = left_out {
        session.talk().warn(&format!(
            "{count} field(s) of stored JSON are nothing that protobuf can say and were left out, the first: {first}; --encoding \
             jsonl gives everything"
        ));
    }
    Ok(report)
}

/// Appends a group's request.
fn add(encoding: EncodingArg, group: Group<'_>, buffer: &mut Vec<u8>, left_out: &mut LeftOut) -> Result<(), CliError> {
    match (encoding, group.encoding) {
        (EncodingArg::Jsonl, Encoding::Json) => buffer.extend_from_slice(group.request),
        (EncodingArg::Jsonl, Encoding::Protobuf) => {
            let Some(record) = group.records.first() else { return Ok(()) };
            let converted = json_of(record.signal, group.request, buffer);
            converted.map_err(|e| CliError::input(format!("a stored protobuf request: {e}")))?;
        }
        (EncodingArg::Proto, Encoding::Protobuf) => {
            return add_message(buffer, |buffer| {
                buffer.extend_from_slice(group.request);
                Ok(())
            });
        }
        (EncodingArg::Proto, Encoding::Json) => {
            let Some(record) = group.records.first() else { return Ok(()) };
            return add_message(buffer, |buffer| {
                let converted = protobuf_of(record.signal, group.request, buffer, left_out);
                converted.map_err(|e| CliError::input(format!("a stored JSON request: {e}")))
            });
        }
    }
    buffer.push(b'\n');
    Ok(())
}

/// Appends a message behind its length.
fn add_message(
    buffer: &mut Vec<u8>,
    message: impl FnOnce(&mut Vec<u8>) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let start = buffer.len();
    buffer.extend_from_slice(&[0; 4]);
    message(buffer)?;
    let length = u32::try_from(buffer.len() - start - 4)
        .map_err(|_| CliError::input("a request has 4 GiB or more, which 4 bytes of length cannot say"))?;
    buffer[start..start + 4].copy_from_slice(&length.to_be_bytes());
    Ok(())
}

fn write(printer: &mut Printer<'_>, buffer: &mut Vec<u8>) -> Result<(), CliError> {
    let written = match std::str::from_utf8(buffer) {
        // A terminal is not to be steered by what somebody stored.
        Ok(text) if printer.style().terminal => printer.raw().write_all(escape_json(text).as_bytes()),
        Ok(_) | Err(_) => printer.raw().write_all(buffer),
    };
    written.map_err(OutputError::from)?;
    printer.flush()?;
    buffer.clear();
    Ok(())
}
