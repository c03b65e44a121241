import { setTimeout } from 'node:timers/promises';
import { context, metrics, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { beginMeasuring } from './measures.ts';

/** Bounds of what one span may hold, whatever it is given. */
const LIMITS = {
  attributeCountLimit: 32,
  attributeValueLengthLimit: 256,
  eventCountLimit: 4,
  linkCountLimit: 4,
  attributePerLinkCountLimit: 4,
};

/** Spans wait so long for company: an instance that is idle may be gone soon. */
const SPANS_WAIT_MS = 2_000;
const METRICS_EVERY_MS = 60_000;
const LAST_SENDING_MS = 4_000;

/** Sends what still waits, and nothing after that. Never throws. */
export type EndExport = () => Promise<void>;

/**
 * Sends spans and metrics by OTLP over HTTP, as JSON, to where the variables `OTEL_EXPORTER_OTLP_…` of OpenTelemetry say. This file is
 * loaded only where one is set. Every span is recorded, whatever the host says of its own: what is routine makes few.
 * @returns what ends it, for the end of this process
 */
export const openExport = (): EndExport => {
  const named = resourceFromAttributes({ 'service.name': 'cmk-guardian' });
  const resource = named.merge(detectResources({ detectors: [envDetector] }));
  const spans = new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), scheduledDelayMillis: SPANS_WAIT_MS });
  const sampler = new AlwaysOnSampler();
  const tracing = new TracerProvider({ resource, sampler, spanLimits: LIMITS, spanProcessors: [spans] });
  const exporter = new OTLPMetricExporter();
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: METRICS_EVERY_MS });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(tracing);
  const measuring = new MeterProvider({ resource, readers: [reader] });
  metrics.setGlobalMeterProvider(measuring);
  beginMeasuring();
  return async () => {
    // The host kills a worker that takes too long to end: a collector that does not answer may keep nobody longer than this.
    const late = setTimeout(LAST_SENDING_MS, undefined, { ref: false });
    await Promise.race([Promise.allSettled([tracing.shutdown(), measuring.shutdown()]), late]);
  };
};
