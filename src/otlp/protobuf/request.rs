//! Export requests on the wire, down to their records.

use super::record::{log, metric, span};
use super::value::service_name;
use super::wire::{Message, WireError};
use crate::model::Signal;
use crate::otlp::batch::{Batch, ResourceIndex};

/// Reads an export request of this signal: its resources are field 1.
pub(super) fn request(message: Message<'_>, signal: Signal, batch: &mut Batch) -> Result<(), WireError> {
    let mut message = message;
    while let Some((number, field)) = message.field()? {
        if number == 1 {
            resource(field.message(message)?, signal, batch)?;
        }
    }
    Ok(())
}

/// Reads the entry of one resource: the resource is field 1, its scopes are field 2, or 1000 in the old form.
fn resource(message: Message<'_>, signal: Signal, batch: &mut Batch) -> Result<(), WireError> {
    let mut message = message;
    let index = batch.open_resource();
    while let Some((number, field)) = message.field()? {
        match number {
            1 => {
                if let Some(service) = service_name(field.message(message)?)? {
                    batch.name_service(index, &service);
                }
            }
            2 | 1000 => scope(field.message(message)?, signal, batch, index)?,
            _ => {}
        }
    }
    Ok(())
}

/// Reads the entry of one scope: its records are field 2.
fn scope(message: Message<'_>, signal: Signal, batch: &mut Batch, index: ResourceIndex) -> Result<(), WireError> {
    let mut message = message;
    while let Some((number, field)) = message.field()? {
        if number != 2 {
            continue;
        }
        let record = field.message(message)?;
        match signal {
            Signal::Traces => span(record, batch, index)?,
            Signal::Metrics => metric(record, batch, index)?,
            Signal::Logs => log(record, batch, index)?,
        }
    }
    Ok(())
}
