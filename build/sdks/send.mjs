// Sends traces, metrics and logs by the JavaScript SDK, in protobuf and in JSON, plain and gzip, and writes down what it sent.
//   node send.mjs ENDPOINT FILE

import { writeFileSync } from "node:fs";
import { context, diag, DiagLogLevel, trace } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { OTLPTraceExporter as ProtoTraces } from "@opentelemetry/exporter-trace-otlp-proto";
import { OTLPTraceExporter as JsonTraces } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPMetricExporter as ProtoMetrics } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPMetricExporter as JsonMetrics } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPLogExporter as ProtoLogs } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPLogExporter as JsonLogs } from "@opentelemetry/exporter-logs-otlp-http";

const [endpoint, file] = process.argv.slice(2);
const complaints = [];
const complain = (...what) => complaints.push(what.join(" "));
const silent = () => {};
diag.setLogger({ error: complain, warn: complain, info: silent, debug: silent, verbose: silent }, DiagLogLevel.WARN);

const expected = { spans: [], metrics: [], logs: [] };
const kinds = [
    ["proto", ProtoTraces, ProtoMetrics, ProtoLogs],
    ["json", JsonTraces, JsonMetrics, JsonLogs],
];
for (const [encoding, Traces, Metrics, Logs] of kinds) {
    for (const compression of ["none", "gzip"]) {
        const service = `node-${encoding}-${compression}`;
        const resource = resourceFromAttributes({ "service.name": service, run: 7 });
        const to = (path) => ({ url: `${endpoint}/v1/${path}`, compression });

        const tracing = new NodeTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(new Traces(to("traces")))] });
        const tracer = tracing.getTracer("check-sdks", "1.0");
        for (let n = 0; n < 50; n++) {
            const [ofParent, ofChild] = [{ n, text: "grün\n\u0001", ok: true }, { ratio: n / 3, list: ["a", "b"] }];
            const parent = tracer.startSpan(`parent ${n}`, { attributes: ofParent });
            const inside = trace.setSpan(context.active(), parent);
            const child = tracer.startSpan(`child ${n}`, { attributes: ofChild }, inside);
            child.addEvent("halfway", { n });
            child.end();
            parent.end();
            for (const [span, attributes] of [[parent, ofParent], [child, ofChild]]) {
                const { traceId, spanId } = span.spanContext();
                expected.spans.push({ service, name: span.name, attributes, trace_id: traceId, span_id: spanId });
            }
        }

        const reader = new PeriodicExportingMetricReader({ exporter: new Metrics(to("metrics")), exportIntervalMillis: 3_600_000 });
        const metering = new MeterProvider({ resource, readers: [reader] });
        const meter = metering.getMeter("check-sdks");
        meter.createCounter("requests").add(3, { route: "/a" });
        meter.createHistogram("latency", { unit: "ms" }).record(12.5, { route: "/b" });
        meter.createUpDownCounter("open").add(-2);
        for (const [name, attributes] of [["requests", { route: "/a" }], ["latency", { route: "/b" }], ["open", {}]]) {
            expected.metrics.push({ service, name, attributes });
        }

        const logging = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter: new Logs(to("logs")) })] });
        const logger = logging.getLogger("check-sdks");
        for (let n = 0; n < 20; n++) {
            const body = `line ${n} of ${service}`;
            logger.emit({ body, severityNumber: 13, attributes: { order: n } });
            expected.logs.push({ service, body, attributes: { order: n } });
        }

        // Each exports what is left at its end.
        for (const provider of [tracing, metering, logging]) {
            await provider.shutdown();
        }
    }
}
if (complaints.length > 0) {
    console.error(complaints.join("\n"));
    process.exit(1);
}
writeFileSync(file, JSON.stringify(expected));
