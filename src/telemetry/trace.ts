import {
  type Attributes,
  context,
  createContextKey,
  isSpanContextValid,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';

/** The name of the instrumentation, for traces and for metrics. */
export const SCOPE = 'cmk-guardian';

/** `version-trace-span-flags` in hexadecimal digits (W3C Trace Context). */
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** Longer texts are cut. Names of resources are shorter. */
const LONGEST = 256;

/** The values of an attribute. An attribute must never hold a query string, a token, a body or the text of an error. */
export type SpanFacts = Readonly<Record<string, string | number | boolean | undefined>>;

const attributesOf = (told: SpanFacts): Attributes =>
  Object.fromEntries(
    Object.entries(told).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value.slice(0, LONGEST) : value]],
    ),
  );

/**
 * The span context in a traceparent; `undefined` where the text has none. A span with a parent is always recorded,
 * because the parent was worth a wake-up.
 */
const named = (traceparent: string | undefined): SpanContext | undefined => {
  const [, traceId = '', spanId = ''] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  const read = { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
  return isSpanContextValid(read) ? read : undefined;
};

/** The traceparent of the present span, for work that continues it later; `undefined` where nothing is traced. */
export const traceparent = (): string | undefined => {
  const span = trace.getActiveSpan();
  if (!span?.isRecording()) return undefined;
  const { traceId, spanId } = span.spanContext();
  return `00-${traceId}-${spanId}-01`;
};

export type Work = {
  /** One of few names: a part that differs from call to call is an attribute. */
  readonly name: string;
  /** The traceparent of the span that this work continues; without it the span is a root. */
  readonly parent?: string | undefined;
  /** The traceparent of another span that the work also belongs to. */
  readonly link?: string | undefined;
  readonly told?: SpanFacts;
};

const codeOf = (error: unknown): string => {
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  return [code, name].find((one) => typeof one === 'string' && one.length > 0)?.toString() ?? typeof error;
};

const inSpan = <Value>(
  { name, link, told = {} }: Work,
  kind: SpanKind,
  from: ReturnType<typeof context.active>,
  work: (tell: (told: SpanFacts) => void) => Promise<Value>,
): Promise<Value> => {
  const linked = named(link);
  const links = linked ? [{ context: linked }] : [];
  const options = { kind, attributes: attributesOf(told), links };
  return trace.getTracer(SCOPE).startActiveSpan(name, options, from, async (span) => {
    try {
      return await work((more) => span.setAttributes(attributesOf(more)));
    } catch (error) {
      // The text of an error comes from whichever service answered, and may hold anything. It is only in the log.
      span.setAttributes(attributesOf({ 'error.type': codeOf(error) }));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
};

/** Runs the work as a span of its own, named after the function that was started. */
export const traced = <Value>(work: Work, run: () => Promise<Value>): Promise<Value> => {
  const parent = named(work.parent);
  const from = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
  return inSpan(work, SpanKind.CONSUMER, from, run);
};

const ROUTINE = createContextKey('cmk-guardian routine');

/** Runs work whose calls get no span each: ten thousand healthy keys are read every minute. */
export const routinely = <Value>(run: () => Promise<Value>): Promise<Value> =>
  context.with(context.active().setValue(ROUTINE, true), run);

/** Runs a call as a child of the present span; without a span where there is none, or within routine work. */
export const tracedCall = <Value>(
  work: Pick<Work, 'name' | 'told'>,
  run: (tell: (told: SpanFacts) => void) => Promise<Value>,
): Promise<Value> => {
  const active = context.active();
  if (active.getValue(ROUTINE) === true || !trace.getSpan(active)?.isRecording()) return run(() => {});
  return inSpan(work, SpanKind.CLIENT, active, run);
};
