//! Export requests in OTLP/JSON, down to their records.

use super::fields::{is_one_of, list_names};
use super::metric::metric;
use super::record::{log, span};
use super::value::service_name;
use super::{Refusal, entries, list, wrong_type};
use crate::model::Signal;
use crate::model::json::{Cursor, JsonStr, Kind};
use crate::otlp::batch::{Batch, ResourceIndex};
use crate::otlp::layout::Level;

/// What an object turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// An export request; an empty object is one too.
    Otlp,
    /// It has keys, but none of OTLP's.
    Unrecognised,
}

enum Section {
    Resources(Signal),
    Profiles,
    Other,
}

impl Section {
    fn of(key: JsonStr<'_>) -> Self {
        if is_one_of(key, &["resourceSpans", "resource_spans", "batches"]) {
            Self::Resources(Signal::Traces)
        } else if is_one_of(key, &["resourceMetrics", "resource_metrics"]) {
            Self::Resources(Signal::Metrics)
        } else if is_one_of(key, &["resourceLogs", "resource_logs"]) {
            Self::Resources(Signal::Logs)
        } else if is_one_of(key, &["resourceProfiles", "resource_profiles"]) {
            Self::Profiles
        } else {
            Self::Other
        }
    }
}

/// Takes an export request. Several signals in one are fine.
pub(super) fn request(cursor: &mut Cursor<'_>, batch: &mut Batch) -> Result<Outcome, Refusal> {
    if cursor.peek()? != Kind::Object {
        return Err(wrong_type(cursor));
    }
    batch.layout_mut().open(Level::Request, 0, cursor.position());
    let mut outcome = Outcome::Otlp;
    let mut known = false;
    cursor.object(|cursor, key| match Section::of(key) {
        Section::Resources(signal) => {
            known = true;
            entries(cursor, batch, Level::Request, |cursor, batch| resource(cursor, batch, signal))
        }
        Section::Profiles => {
            known = true;
            list(cursor, |_| Err(Refusal::Profiles))
        }
        Section::Other => {
            outcome = Outcome::Unrecognised;
            Ok(cursor.skip_value().map(drop)?)
        }
    })?;
    batch.layout_mut().close(Level::Request, cursor.position());
    Ok(if known { Outcome::Otlp } else { outcome })
}

/// Takes the entry of one resource.
fn resource(cursor: &mut Cursor<'_>, batch: &mut Batch, signal: Signal) -> Result<(), Refusal> {
    let names = list_names(signal);
    let index = batch.open_resource();
    cursor.peek()?;
    batch.layout_mut().open(Level::Resource, 0, cursor.position());
    cursor.object(|cursor, key| {
        if is_one_of(key, &names.scopes) {
            entries(cursor, batch, Level::Resource, |cursor, batch| scope(cursor, batch, signal, index))
        } else if is_one_of(key, &["resource"]) {
            if let Some(service) = service_name(cursor)? {
                batch.name_service(index, &service);
            }
            Ok(())
        } else {
            Ok(cursor.skip_value().map(drop)?)
        }
    })?;
    batch.layout_mut().close(Level::Resource, cursor.position());
    Ok(())
}

/// Takes the entry of one scope.
fn scope(cursor: &mut Cursor<'_>, batch: &mut Batch, signal: Signal, index: ResourceIndex) -> Result<(), Refusal> {
    let names = list_names(signal);
    cursor.peek()?;
    batch.layout_mut().open(Level::Scope, 0, cursor.position());
    cursor.object(|cursor, key| {
        if !is_one_of(key, &names.records) {
            return Ok(cursor.skip_value().map(drop)?);
        }
        entries(cursor, batch, Level::Scope, |cursor, batch| match signal {
            Signal::Traces => span(cursor, batch, index),
            Signal::Metrics => metric(cursor, batch, index),
            Signal::Logs => log(cursor, batch, index),
        })
    })?;
    batch.layout_mut().close(Level::Scope, cursor.position());
    Ok(())
}
