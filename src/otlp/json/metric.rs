//! Metrics in OTLP/JSON.

use std::borrow::Cow;

use super::fields::{is_one_of, string, unix_nano};
use super::value::attribute;
use super::{Refusal, list, wrong_type};
use crate::model::json::{Cursor, JsonStr, Kind};
use crate::model::routing_key::{LABEL_HASH_NO_POINT, label_hash};
use crate::otlp::batch::{Batch, MetricFacts, RecordPlace, ResourceIndex};

/// The kinds of metric data; each holds a list of data points.
pub(super) const DATA_NAMES: [&str; 6] =
    ["gauge", "sum", "histogram", "exponentialHistogram", "exponential_histogram", "summary"];

/// The data points of a metric.
#[derive(Clone, Copy)]
struct Points {
    count: u64,
    /// Of the first one.
    time_unix_nano: u64,
    label_hash: u64,
}

/// Takes a metric.
pub(super) fn metric(cursor: &mut Cursor<'_>, batch: &mut Batch, resource: ResourceIndex) -> Result<(), Refusal> {
    let mut name = Cow::Borrowed("");
    let mut points = Points { count: 0, time_unix_nano: 0, label_hash: LABEL_HASH_NO_POINT };
    cursor.peek()?;
    let start = cursor.position();
    cursor.object(|cursor, key| {
        if is_one_of(key, &["name"]) {
            name = string(cursor)?.map(JsonStr::decode).unwrap_or_default();
            Ok(())
        } else if is_one_of(key, &DATA_NAMES) {
            data(cursor, &mut points)
        } else {
            Ok(cursor.skip_value().map(drop)?)
        }
    })?;
    batch.metric(
        resource,
        MetricFacts {
            name: &name,
            label_hash: points.label_hash,
            time_unix_nano: points.time_unix_nano,
            data_points: points.count,
            place: RecordPlace { range: start..cursor.position(), field: 0 },
        },
    );
    Ok(())
}

/// Takes a gauge, sum, histogram or summary.
fn data(cursor: &mut Cursor<'_>, points: &mut Points) -> Result<(), Refusal> {
    if cursor.null()? {
        return Ok(());
    }
    if cursor.peek()? != Kind::Object {
        return Err(wrong_type(cursor));
    }
    cursor.object(|cursor, key| {
        if !is_one_of(key, &["dataPoints", "data_points"]) {
            return Ok(cursor.skip_value().map(drop)?);
        }
        list(cursor, |cursor| {
            if cursor.peek()? != Kind::Object {
                return Err(wrong_type(cursor));
            }
            points.count += 1;
            if points.count == 1 { first_point(cursor, points) } else { Ok(cursor.skip_value().map(drop)?) }
        })
    })
}

/// Takes the data point that a metric is routed by.
fn first_point(cursor: &mut Cursor<'_>, points: &mut Points) -> Result<(), Refusal> {
    let mut labels: Vec<(Cow<'_, str>, Cow<'_, str>)> = Vec::new();
    cursor.object(|cursor, key| {
        if is_one_of(key, &["timeUnixNano", "time_unix_nano"]) {
            points.time_unix_nano = unix_nano(cursor)?;
            Ok(())
        } else if is_one_of(key, &["attributes"]) {
            list(cursor, |cursor| {
                let (name, value) = attribute(cursor)?;
                labels.push((name, value.into_text()));
                Ok(())
            })
        } else {
            Ok(cursor.skip_value().map(drop)?)
        }
    })?;
    points.label_hash = label_hash(&mut labels);
    Ok(())
}
