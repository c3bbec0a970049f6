//! Metrics.

use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::metrics::v1::exponential_histogram_data_point::Buckets;
use opentelemetry_proto::tonic::metrics::v1::summary_data_point::ValueAtQuantile;
use opentelemetry_proto::tonic::metrics::v1::{
    AggregationTemporality, Exemplar, ExponentialHistogram, ExponentialHistogramDataPoint, Gauge, Histogram,
    HistogramDataPoint, Metric, NumberDataPoint, ResourceMetrics, ScopeMetrics, Sum, Summary, SummaryDataPoint,
    exemplar, metric::Data, number_data_point,
};
use serde_json::Value;

use super::LeftOut;
use super::common::{SCOPE, attributes, resource, scope};
use super::fields::{Fields, double, integer, message};

pub(super) fn request(value: Value, left_out: &mut LeftOut) -> ExportMetricsServiceRequest {
    message("ExportMetricsServiceRequest", value, left_out, |fields| ExportMetricsServiceRequest {
        resource_metrics: fields.list(&["resourceMetrics"], resource_metrics),
    })
}

fn resource_metrics(value: Value, left_out: &mut LeftOut) -> ResourceMetrics {
    message("ResourceMetrics", value, left_out, |fields| ResourceMetrics {
        resource: fields.nested(&["resource"], resource),
        scope_metrics: fields.list(&["scopeMetrics", "instrumentationLibraryMetrics"], scope_metrics),
        schema_url: fields.text("schemaUrl"),
    })
}

fn scope_metrics(value: Value, left_out: &mut LeftOut) -> ScopeMetrics {
    message("ScopeMetrics", value, left_out, |fields| ScopeMetrics {
        scope: fields.nested(&SCOPE, scope),
        metrics: fields.list(&["metrics"], metric),
        schema_url: fields.text("schemaUrl"),
    })
}

fn metric(value: Value, left_out: &mut LeftOut) -> Metric {
    message("Metric", value, left_out, |fields| {
        let data = fields.nested(&["gauge"], gauge).map(Data::Gauge);
        let data = data
            .or_else(|| fields.nested(&["sum"], sum).map(Data::Sum))
            .or_else(|| fields.nested(&["histogram"], histogram).map(Data::Histogram))
            .or_else(|| fields.nested(&["exponentialHistogram"], exponential).map(Data::ExponentialHistogram))
            .or_else(|| fields.nested(&["summary"], summary).map(Data::Summary));
        Metric {
            name: fields.text("name"),
            description: fields.text("description"),
            unit: fields.text("unit"),
            metadata: attributes(fields, "metadata"),
            data,
        }
    })
}

fn temporality(fields: &mut Fields<'_>) -> i32 {
    let number = |name: &str| Some(AggregationTemporality::from_str_name(name)? as i32);
    fields.one_of("aggregationTemporality", number)
}

fn gauge(value: Value, left_out: &mut LeftOut) -> Gauge {
    message("Gauge", value, left_out, |fields| Gauge { data_points: fields.list(&["dataPoints"], number_point) })
}

fn sum(value: Value, left_out: &mut LeftOut) -> Sum {
    message("Sum", value, left_out, |fields| Sum {
        data_points: fields.list(&["dataPoints"], number_point),
        aggregation_temporality: temporality(fields),
        is_monotonic: fields.boolean("isMonotonic").unwrap_or_default(),
    })
}

fn histogram(value: Value, left_out: &mut LeftOut) -> Histogram {
    message("Histogram", value, left_out, |fields| Histogram {
        data_points: fields.list(&["dataPoints"], histogram_point),
        aggregation_temporality: temporality(fields),
    })
}

fn exponential(value: Value, left_out: &mut LeftOut) -> ExponentialHistogram {
    message("ExponentialHistogram", value, left_out, |fields| ExponentialHistogram {
        data_points: fields.list(&["dataPoints"], exponential_point),
        aggregation_temporality: temporality(fields),
    })
}

fn summary(value: Value, left_out: &mut LeftOut) -> Summary {
    message("Summary", value, left_out, |fields| Summary { data_points: fields.list(&["dataPoints"], summary_point) })
}

fn number_point(value: Value, left_out: &mut LeftOut) -> NumberDataPoint {
    message("NumberDataPoint", value, left_out, |fields| {
        let whole = fields.integer("asInt").map(number_data_point::Value::AsInt);
        NumberDataPoint {
            attributes: attributes(fields, "attributes"),
            start_time_unix_nano: fields.time("startTimeUnixNano"),
            time_unix_nano: fields.time("timeUnixNano"),
            exemplars: fields.list(&["exemplars"], exemplar),
            flags: fields.integer("flags").unwrap_or_default(),
            value: whole.or_else(|| fields.double("asDouble").map(number_data_point::Value::AsDouble)),
        }
    })
}

fn histogram_point(value: Value, left_out: &mut LeftOut) -> HistogramDataPoint {
    message("HistogramDataPoint", value, left_out, |fields| HistogramDataPoint {
        attributes: attributes(fields, "attributes"),
        start_time_unix_nano: fields.time("startTimeUnixNano"),
        time_unix_nano: fields.time("timeUnixNano"),
        count: fields.integer("count").unwrap_or_default(),
        sum: fields.double("sum"),
        bucket_counts: fields.scalars("bucketCounts", integer),
        explicit_bounds: fields.scalars("explicitBounds", double),
        exemplars: fields.list(&["exemplars"], exemplar),
        flags: fields.integer("flags").unwrap_or_default(),
        min: fields.double("min"),
        max: fields.double("max"),
    })
}

fn exponential_point(value: Value, left_out: &mut LeftOut) -> ExponentialHistogramDataPoint {
    message("ExponentialHistogramDataPoint", value, left_out, |fields| ExponentialHistogramDataPoint {
        attributes: attributes(fields, "attributes"),
        start_time_unix_nano: fields.time("startTimeUnixNano"),
        time_unix_nano: fields.time("timeUnixNano"),
        count: fields.integer("count").unwrap_or_default(),
        sum: fields.double("sum"),
        scale: fields.integer("scale").unwrap_or_default(),
        zero_count: fields.integer("zeroCount").unwrap_or_default(),
        positive: fields.nested(&["positive"], buckets),
        negative: fields.nested(&["negative"], buckets),
        flags: fields.integer("flags").unwrap_or_default(),
        exemplars: fields.list(&["exemplars"], exemplar),
        min: fields.double("min"),
        max: fields.double("max"),
        zero_threshold: fields.double("zeroThreshold").unwrap_or_default(),
    })
}

fn buckets(value: Value, left_out: &mut LeftOut) -> Buckets {
    message("Buckets", value, left_out, |fields| Buckets {
        offset: fields.integer("offset").unwrap_or_default(),
        bucket_counts: fields.scalars("bucketCounts", integer),
    })
}

fn summary_point(value: Value, left_out: &mut LeftOut) -> SummaryDataPoint {
    message("SummaryDataPoint", value, left_out, |fields| SummaryDataPoint {
        attributes: attributes(fields, "attributes"),
        start_time_unix_nano: fields.time("startTimeUnixNano"),
        time_unix_nano: fields.time("timeUnixNano"),
        count: fields.integer("count").unwrap_or_default(),
        sum: fields.double("sum").unwrap_or_default(),
        quantile_values: fields.list(&["quantileValues"], quantile),
        flags: fields.integer("flags").unwrap_or_default(),
    })
}

fn quantile(value: Value, left_out: &mut LeftOut) -> ValueAtQuantile {
    message("ValueAtQuantile", value, left_out, |fields| ValueAtQuantile {
        quantile: fields.double("quantile").unwrap_or_default(),
        value: fields.double("value").unwrap_or_default(),
    })
}

fn exemplar(value: Value, left_out: &mut LeftOut) -> Exemplar {
    message("Exemplar", value, left_out, |fields| {
        let whole = fields.integer("asInt").map(exemplar::Value::AsInt);
        Exemplar {
            filtered_attributes: attributes(fields, "filteredAttributes"),
            time_unix_nano: fields.time("timeUnixNano"),
            span_id: fields.id("spanId", 8),
            trace_id: fields.id("traceId", 16),
            value: whole.or_else(|| fields.double("asDouble").map(exemplar::Value::AsDouble)),
        }
    })
}
