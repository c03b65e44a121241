import { setTimeout } from 'node:timers/promises';
import { context, metrics, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { beginMeasuring } from './measures.ts';

/** Limits of one span, whatever the code puts into it. */
const LIMITS = {
  attributeCountLimit: 32,
  attributeValueLengthLimit: 256,
  eventCountLimit: 4,
  linkCountLimit: 4,
  attributePerLinkCountLimit: 4,
};

/** Spans are sent in batches after this time at most, because an idle instance may be removed soon. */
const SPANS_WAIT_MS = 2_000;
const METRICS_EVERY_MS = 60_000;
const LAST_SENDING_MS = 4_000;

/** Sends the spans and metrics that still wait, and nothing after that. Never throws. */
export type EndExport = () => Promise<void>;

/**
 * Sends spans and metrics by OTLP over HTTP, as JSON, to the destination in OpenTelemetry's variables
 * `OTEL_EXPORTER_OTLP_…`. This file is loaded only where one of them is set. Every span is recorded, whatever the host
 * has decided about its own span: routine work makes few spans.
 * @returns the function that ends the export at the end of this process
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
    // The host kills a worker that takes too long to end: a collector that does not answer must not delay the end for
    // longer than this.
    const late = setTimeout(LAST_SENDING_MS, undefined, { ref: false });
    await Promise.race([Promise.allSettled([tracing.shutdown(), measuring.shutdown()]), late]);
  };
};
