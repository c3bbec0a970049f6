//! Export requests on the wire, down to their records.

use super::record::{log, metric, span};
use super::value::service_name;
use super::wire::{Message, WireError};
use crate::model::Signal;
use crate::otlp::batch::{Batch, ResourceIndex};
use crate::otlp::layout::Level;

/// The field of resources in a request.
const RESOURCES: u32 = 1;
/// The field of records in a scope.
pub(super) const RECORDS: u32 = 2;

/// Reads an export request of this signal: its resources are field 1.
pub(super) fn request(message: Message<'_>, signal: Signal, batch: &mut Batch) -> Result<(), WireError> {
    let mut message = message;
    let mut at = message.position();
    batch.layout_mut().open(Level::Request, 0, at);
    while let Some((number, field)) = message.field()? {
        if number == RESOURCES {
            batch.layout_mut().begin_hole(Level::Request, at);
            resource(field.message(message)?, signal, batch)?;
        } else {
            batch.layout_mut().end_hole(Level::Request, at);
        }
        at = message.position();
    }
    batch.layout_mut().close(Level::Request, at);
    Ok(())
}

/// Reads the entry of one resource: the resource is field 1, its scopes are field 2, or 1000 in the old form.
fn resource(message: Message<'_>, signal: Signal, batch: &mut Batch) -> Result<(), WireError> {
    let mut message = message;
    let index = batch.open_resource();
    let mut at = message.position();
    batch.layout_mut().open(Level::Resource, RESOURCES, at);
    while let Some((number, field)) = message.field()? {
        if let 2 | 1000 = number {
            batch.layout_mut().begin_hole(Level::Resource, at);
            scope(field.message(message)?, number, signal, batch, index)?;
        } else {
            batch.layout_mut().end_hole(Level::Resource, at);
        }
        if number == 1
            && let Some(service) = service_name(field.message(message)?)?
        {
            batch.name_service(index, &service);
        }
        at = message.position();
    }
    batch.layout_mut().close(Level::Resource, at);
    Ok(())
}

/// Reads the entry of one scope, field `number` of its resource: its records are field 2.
fn scope(
    message: Message<'_>,
    number: u32,
    signal: Signal,
    batch: &mut Batch,
    index: ResourceIndex,
) -> Result<(), WireError> {
    let mut message = message;
    let mut at = message.position();
    batch.layout_mut().open(Level::Scope, number, at);
    while let Some((number, field)) = message.field()? {
        if number == RECORDS {
            batch.layout_mut().begin_hole(Level::Scope, at);
            let record = field.message(message)?;
            match signal {
                Signal::Traces => span(record, batch, index)?,
                Signal::Metrics => metric(record, batch, index)?,
                Signal::Logs => log(record, batch, index)?,
            }
        } else {
            batch.layout_mut().end_hole(Level::Scope, at);
        }
        at = message.position();
    }
    batch.layout_mut().close(Level::Scope, at);
    Ok(())
}
