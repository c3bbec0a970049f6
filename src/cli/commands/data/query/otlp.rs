//! Records as OTLP: what is stored in the encoding that is asked for goes through as it is.

use std::ops::ControlFlow;

use super::EncodingArg;
use crate::cli::error::CliError;
use crate::cli::session::Session;
use crate::operations::querying::{Group, Report, Sink};
use crate::otlp::{Encoding, json_of};
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
    let report = run(&mut |group: &Group| {
        let first = buffer.capacity() == 0;
        let done = add(encoding, group, &mut buffer).and_then(|()| {
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
    Ok(report)
}

/// Appends a group's request.
fn add(encoding: EncodingArg, group: &Group, buffer: &mut Vec<u8>) -> Result<(), CliError> {
    match (encoding, group.encoding) {
        (EncodingArg::Jsonl, Encoding::Json) => buffer.extend_from_slice(&group.request),
        (EncodingArg::Jsonl, Encoding::Protobuf) => {
            let Some(record) = group.records.first() else { return Ok(()) };
            let converted = json_of(record.signal, &group.request, buffer);
            converted.map_err(|e| CliError::input(format!("a stored protobuf request: {e}")))?;
        }
        (EncodingArg::Proto, Encoding::Protobuf) => {
            let length = u32::try_from(group.request.len())
                .map_err(|_| CliError::input("a request has 4 GiB or more, which 4 bytes of length cannot say"))?;
            buffer.extend_from_slice(&length.to_be_bytes());
            buffer.extend_from_slice(&group.request);
            return Ok(());
        }
        (EncodingArg::Proto, Encoding::Json) => {
            return Err(CliError::input_hint(
                "what is stored there is OTLP/JSON, which is not converted to protobuf: it may hold more than that can say",
                "--encoding jsonl gives everything, in whichever encoding it is stored",
            ));
        }
    }
    buffer.push(b'\n');
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
