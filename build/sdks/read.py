"""Reads segment files and compares what lies there with what was sent: on every node, each thing once, and nothing else.

python read.py DIRECTORY-OF-NODES EXPECTED...

Knows nothing of the program: zstd frames, then either lines of OTLP/JSON, or OTLP/protobuf behind its length.
"""

import collections
import json
import pathlib
import struct
import sys

import zstandard
from google.protobuf import json_format
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

KINDS = {"t": ExportTraceServiceRequest, "m": ExportMetricsServiceRequest, "l": ExportLogsServiceRequest}


def requests(path):
    """The requests of a segment, as JSON in which ids are hexadecimal."""
    with path.open("rb") as file:
        raw = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True).read()
    if path.name.endswith(".jsonl.zst"):
        yield from (json.loads(line) for line in raw.splitlines())
        return
    kind = KINDS[path.name.rsplit("-", 1)[1][0]]
    while raw:
        (length,) = struct.unpack(">I", raw[:4])
        message = kind.FromString(raw[4 : 4 + length])
        raw = raw[4 + length :]
        request = json_format.MessageToDict(message)
        for number, resource in enumerate(request.get("resourceSpans", [])):
            for place, scope in enumerate(resource["scopeSpans"]):
                for index, span in enumerate(scope["spans"]):
                    sent = message.resource_spans[number].scope_spans[place].spans[index]
                    span["traceId"], span["spanId"] = sent.trace_id.hex(), sent.span_id.hex()
        yield request


def attributes(record):
    # The Python SDK adds where a line was logged.
    entries = (entry for entry in record.get("attributes", []) if not entry["key"].startswith("code."))
    return comparable({entry["key"]: plain(entry["value"]) for entry in entries})


def plain(value):
    """A value of OTLP as one of Python."""
    ((kind, content),) = value.items()
    match kind:
        case "intValue" | "doubleValue":
            return float(content)
        case "arrayValue":
            return [plain(one) for one in content["values"]]
        case _:
            return content


def comparable(sent):
    """Attributes as one value, in which a number is a number however it was written."""
    number = lambda value: float(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return json.dumps({key: number(value) for key, value in sent.items()}, sort_keys=True)


def things(request):
    """What a request holds: spans, metrics and logs, each as one value."""
    for resource in request.get("resourceSpans", []):
        for span in (span for scope in resource["scopeSpans"] for span in scope["spans"]):
            yield "span", service(resource), span["name"], span["traceId"], span["spanId"], attributes(span)
    for resource in request.get("resourceMetrics", []):
        for metric in (metric for scope in resource["scopeMetrics"] for metric in scope["metrics"]):
            points = next(metric[kind]["dataPoints"] for kind in ("sum", "histogram", "gauge") if kind in metric)
            yield "metric", service(resource), metric["name"], attributes(points[0])
    for resource in request.get("resourceLogs", []):
        for log in (log for scope in resource["scopeLogs"] for log in scope["logRecords"]):
            yield "log", service(resource), log["body"]["stringValue"], attributes(log)


def service(resource):
    names = [entry["value"]["stringValue"] for entry in resource["resource"]["attributes"] if entry["key"] == "service.name"]
    assert len(names) == 1, resource["resource"]
    return names[0]


def main():
    directory, *files = map(pathlib.Path, sys.argv[1:])
    expected = collections.Counter()
    for file in files:
        sent = json.loads(file.read_text(encoding="utf-8"))
        for span in sent["spans"]:
            ids = span["trace_id"], span["span_id"]
            expected["span", span["service"], span["name"], *ids, comparable(span["attributes"])] += 1
        for metric in sent["metrics"]:
            expected["metric", metric["service"], metric["name"], comparable(metric["attributes"])] += 1
        for log in sent["logs"]:
            expected["log", log["service"], log["body"], comparable(log["attributes"])] += 1
    assert expected
    nodes = sorted(directory.iterdir())
    assert len(nodes) == 3, nodes
    for node in nodes:
        found = collections.Counter()
        for path in sorted(node.glob("partition_*/*/*.zst")):
            for request in requests(path):
                found.update(things(request))
        lost, more = expected - found, found - expected
        assert not lost and not more, f"{node.name}: not there {list(lost)[:3]}, nobody sent {list(more)[:3]}"
    kinds = collections.Counter(thing[0] for thing in expected.elements())
    print(f"{len(nodes)} nodes hold " + ", ".join(f"{count} {kind}s" for kind, count in sorted(kinds.items())))


main()
