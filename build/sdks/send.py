"""Sends traces, metrics and logs by the Python SDK, plain and gzip, and writes down what it sent.

python send.py ENDPOINT FILE
"""

import json
import logging
import sys

from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

endpoint, file = sys.argv[1:]
complaints = []


class Complaints(logging.Handler):
    """Exporters tell of what was refused by a line of log."""

    def emit(self, record):
        complaints.append(record.getMessage())


logging.getLogger("opentelemetry").addHandler(Complaints(logging.WARNING))
expected = {"spans": [], "metrics": [], "logs": []}

for name, compression in [("plain", Compression.NoCompression), ("gzip", Compression.Gzip)]:
    service = f"python-{name}"
    resource = Resource.create({"service.name": service, "run": 7})

    tracing = TracerProvider(resource=resource)
    exporter = OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces", compression=compression)
    tracing.add_span_processor(BatchSpanProcessor(exporter))
    tracer = tracing.get_tracer("check-sdks", "1.0")
    for n in range(50):
        of_parent, of_child = {"n": n, "text": "grün\n\x01", "ok": True}, {"ratio": n / 3, "list": ["a", "b"]}
        with tracer.start_as_current_span(f"parent {n}", attributes=of_parent) as parent:
            with tracer.start_as_current_span(f"child {n}", attributes=of_child) as child:
                child.add_event("halfway", {"n": n})
            for span, attributes in [(parent, of_parent), (child, of_child)]:
                context = span.get_span_context()
                expected["spans"].append({
                    "service": service, "name": span.name, "attributes": attributes,
                    "trace_id": f"{context.trace_id:032x}", "span_id": f"{context.span_id:016x}",
                })

    exporter = OTLPMetricExporter(endpoint=f"{endpoint}/v1/metrics", compression=compression)
    reader = PeriodicExportingMetricReader(exporter, export_interval_millis=3_600_000)
    metering = MeterProvider(resource=resource, metric_readers=[reader])
    meter = metering.get_meter("check-sdks")
    meter.create_counter("requests").add(3, {"route": "/a"})
    meter.create_histogram("latency", "ms").record(12.5, {"route": "/b"})
    meter.create_up_down_counter("open").add(-2)
    for metric, attributes in [("requests", {"route": "/a"}), ("latency", {"route": "/b"}), ("open", {})]:
        expected["metrics"].append({"service": service, "name": metric, "attributes": attributes})

    logs = LoggerProvider(resource=resource)
    exporter = OTLPLogExporter(endpoint=f"{endpoint}/v1/logs", compression=compression)
    logs.add_log_record_processor(BatchLogRecordProcessor(exporter))
    logger = logging.getLogger(service)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(LoggingHandler(logger_provider=logs))
    for n in range(20):
        logger.warning("line %d of %s", n, service, extra={"order": n})
        expected["logs"].append({"service": service, "body": f"line {n} of {service}", "attributes": {"order": n}})

    assert tracing.force_flush() and logs.force_flush() is not False
    # A flush of metrics would export them, and their end does so again.
    for provider in [tracing, metering, logs]:
        provider.shutdown()

# The SDK warns of its own old names too.
refused = [line for line in complaints if "export" in line.lower() or "partial" in line.lower()]
assert not refused, refused
with open(file, "w", encoding="utf-8") as out:
    json.dump(expected, out)
