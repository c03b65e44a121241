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

/** `version-trace-span-flags` in hexadecimal digits, as W3C has it. */
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** Longer texts are cut: names of resources are shorter. */
const LONGEST = 256;

/** What an attribute may be. Nobody puts a query string, a token, a body or the words of an error into one. */
export type SpanFacts = Readonly<Record<string, string | number | boolean | undefined>>;

const attributesOf = (told: SpanFacts): Attributes =>
  Object.fromEntries(
    Object.entries(told).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value.slice(0, LONGEST) : value]],
    ),
  );

/** Whose span it was that a text names; `undefined` where it names none. What is named is recorded: it was worth a wake-up. */
const named = (traceparent: string | undefined): SpanContext | undefined => {
  const [, traceId = '', spanId = ''] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  const read = { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
  return isSpanContextValid(read) ? read : undefined;
};

/** The span that this is a part of, so that what comes of it later can say so; `undefined` where nothing is traced. */
export const traceparent = (): string | undefined => {
  const span = trace.getActiveSpan();
  if (!span?.isRecording()) return undefined;
  const { traceId, spanId } = span.spanContext();
  return `00-${traceId}-${spanId}-01`;
};

export type Work = {
  /** Few different ones: what differs from one to the next is an attribute. */
  readonly name: string;
  /** What it goes on with, by the text that `traceparent` gave; it is a root where none is named. */
  readonly parent?: string | undefined;
  /** What it also belongs to. */
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
      // Its words are those of whoever has answered: they may be anything, and are in the log.
      span.setAttributes(attributesOf({ 'error.type': codeOf(error) }));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
};

/** Does this work as a span of its own: what a function was started for. */
export const traced = <Value>(work: Work, run: () => Promise<Value>): Promise<Value> => {
  const parent = named(work.parent);
  const from = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
  return inSpan(work, SpanKind.CONSUMER, from, run);
};

const ROUTINE = createContextKey('cmk-guardian routine');

/** Work of which the calls are not worth a span each: ten thousand keys are read every minute, and healthy. */
export const routinely = <Value>(run: () => Promise<Value>): Promise<Value> =>
  context.with(context.active().setValue(ROUTINE, true), run);

/** Does this call as a part of the span in which it is made; as no span where there is none, or that is a routine. */
export const tracedCall = <Value>(
  work: Pick<Work, 'name' | 'told'>,
  run: (tell: (told: SpanFacts) => void) => Promise<Value>,
): Promise<Value> => {
  const active = context.active();
  if (active.getValue(ROUTINE) === true || !trace.getSpan(active)?.isRecording()) return run(() => {});
  return inSpan(work, SpanKind.CLIENT, active, run);
};
