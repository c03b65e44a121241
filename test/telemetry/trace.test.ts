import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AlwaysOnSampler, InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { routinely, traced, tracedCall, traceparent } from '../../src/telemetry/trace.ts';

const A_SPAN = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-00`;

it('where nothing is traced, work is done as it is, and nothing is handed on', async () => {
  const handedOn = await traced({ name: 'work', parent: A_SPAN }, () =>
    tracedCall({ name: 'call' }, async () => traceparent()),
  );
  expect(handedOn).toBeUndefined();
});

describe('where something is traced', () => {
  const exporter = new InMemorySpanExporter();

  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const spanProcessors = [new SimpleSpanProcessor({ exporter })];
    trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors, sampler: new AlwaysOnSampler() }));
  });
  afterEach(() => exporter.reset());
  afterAll(() => {
    trace.disable();
    context.disable();
  });

  const spans = () => exporter.getFinishedSpans();

  it('work goes on with the span that its input names, however much later, and belongs to that of the host as well', async () => {
    const begun = await traced({ name: 'event' }, async () => traceparent());
    await traced({ name: 'assessKey', parent: begun, link: A_SPAN }, async () => undefined);
    const [event, assess] = spans();
    expect(assess?.spanContext().traceId).toBe(event?.spanContext().traceId);
    expect(assess?.parentSpanContext?.spanId).toBe(event?.spanContext().spanId);
    expect(assess?.links.map((link) => link.context.traceId)).toEqual(['ab'.repeat(16)]);
  });

  it('a call is a part of the work in which it is made, and no other call of any work that runs meanwhile is', async () => {
    await Promise.all(
      ['one', 'two'].map((name) =>
        traced({ name }, async () => {
          await Promise.resolve();
          await tracedCall({ name: `of ${name}` }, async (tell) => tell({ 'http.response.status_code': 200 }));
        }),
      ),
    );
    const named = new Map(spans().map((span) => [span.name, span]));
    for (const name of ['one', 'two']) {
      const call = named.get(`of ${name}`);
      expect(call?.parentSpanContext?.spanId).toBe(named.get(name)?.spanContext().spanId);
      expect(call?.kind).toBe(SpanKind.CLIENT);
      expect(call?.attributes).toEqual({ 'http.response.status_code': 200 });
    }
  });

  it('calls of what is routine are no spans, and what it wakes is a part of it', async () => {
    const woken = await traced({ name: 'probeKeys' }, () =>
      routinely(async () => {
        await tracedCall({ name: 'call' }, async () => undefined);
        return traceparent();
      }),
    );
    expect(spans().map(({ name }) => name)).toEqual(['probeKeys']);
    expect(woken).toContain(spans()[0]?.spanContext().spanId);
  });

  it('a call outside of any work is no span', async () => {
    await tracedCall({ name: 'call' }, async () => undefined);
    expect(spans()).toEqual([]);
  });

  it('what fails says by a code that it did, and nothing of what was said', async () => {
    const refused = Object.assign(new Error('https://vault/?sig=secret was refused'), { code: 'ECONNREFUSED' });
    await expect(traced({ name: 'work' }, () => Promise.reject(refused))).rejects.toBe(refused);
    const [span] = spans();
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(span?.attributes).toEqual({ 'error.type': 'ECONNREFUSED' });
    expect(span?.events).toEqual([]);
  });

  it('texts are cut, and what is not known is left out', async () => {
    await traced({ name: 'work', told: { long: 'x'.repeat(10_000), none: undefined } }, async () => undefined);
    expect(spans()[0]?.attributes).toEqual({ long: 'x'.repeat(256) });
  });

  it('what names no span is no parent: whoever sends it breaks nothing', async () => {
    const zeros = `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`;
    for (const parent of ['', zeros, `${A_SPAN}-01`, A_SPAN.toUpperCase(), 'x'.repeat(100_000)]) {
      await traced({ name: 'work', parent }, async () => undefined);
    }
    await fc.assert(
      fc.asyncProperty(fc.string(), async (parent) => traced({ name: 'work', parent }, async () => undefined)),
      { numRuns: 50 },
    );
    expect(spans().filter(({ parentSpanContext }) => parentSpanContext !== undefined)).toEqual([]);
  });
});
