import { afterEach, expect, it } from 'vitest';
import { MINUTE, startApp } from '../../builders/app.ts';
import { attributeOf, type Collector, openCollector, type SentSpan } from '../../builders/collector.ts';
import { ledgerOf, linesOf, loseOrders, orders, ordersServes, single } from '../../builders/incident.ts';

const open: Collector[] = [];
afterEach(async () => {
  for (const collector of open.splice(0)) await collector.close();
});

const collecting = async (): Promise<Collector> => {
  const collector = await openCollector();
  open.push(collector);
  return collector;
};

const called = (span: SentSpan): string =>
  [attributeOf(span, 'http.request.method'), attributeOf(span, 'server.address')].join(' ');

it('one incident is one trace: the event, what it decided, each step, and every call of Azure', async () => {
  const collector = await collecting();
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, GUARDIAN_SWEEP_SCHEDULE: '0 */15 * * * *' };
  // Event Grid is slow, so that the server is down when the event comes: there are two steps to take.
  const switches = { eventDelaySeconds: 180 };
  const app = await startApp({ world: orders([single('orders')]), wake: 'event', settings, switches });
  await loseOrders(app);
  await ordersServes(app);
  // Two sweeps, of which the second sees how old the first is.
  await app.pass(32 * MINUTE);

  const { entries } = await ledgerOf(app);
  const incident = entries.find(({ kind }) => kind === 'opened')?.incident;
  const spans = collector.spans();
  const [write] = spans.filter((span) => span.name === 'writeStep');
  const own = spans.filter(({ traceId }) => traceId === write?.traceId);
  const [event] = own.filter(({ name }) => name === 'event key-vault');
  const activities = own.filter(({ parentSpanId }) => parentSpanId === event?.spanId);

  expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  for (const name of ['assessKey', 'recordAssessment', 'beginStep', 'writeStep', 'pollStep', 'endStep', 'settleKey'])
    expect(activities.map((one) => one.name)).toContain(name);
  expect(new Set(activities.flatMap((one) => attributeOf(one, 'guardian.step') ?? []))).toEqual(
    new Set(['extendKeyExpiry', 'revalidateConsumer']),
  );
  expect(new Set(activities.flatMap((one) => attributeOf(one, 'guardian.incident') ?? []))).toEqual(
    new Set([incident]),
  );
  const calls = own.filter(({ parentSpanId }) => activities.some(({ spanId }) => spanId === parentSpanId));
  expect(calls.map(called)).toEqual(
    expect.arrayContaining(['PATCH kv-orders.vault.azure.net', 'PUT management.azure.com', 'GET management.azure.com']),
  );
  // No other trace has a part of it.
  expect(spans.filter(({ name, traceId }) => name.endsWith('Step') && traceId !== write?.traceId)).toEqual([]);

  expect(collector.metricNames()).toEqual(
    expect.arrayContaining([
      'guardian.time_to_decide',
      'guardian.time_to_heal',
      'guardian.look_age',
      'guardian.open_incidents',
    ]),
  );
  for (const body of collector.bodies) expect(body).not.toMatch(/api-version|code=|Bearer|eyJ|\?/);
});
