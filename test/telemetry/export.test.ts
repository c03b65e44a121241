import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { context, metrics, trace } from '@opentelemetry/api';
import { afterEach, expect, it } from 'vitest';
import { openExport } from '../../src/telemetry/export.ts';
import { measureOpenIncidents } from '../../src/telemetry/measures.ts';
import { traced } from '../../src/telemetry/trace.ts';

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
  for (const name of ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TIMEOUT']) delete process.env[name];
  trace.disable();
  metrics.disable();
  context.disable();
});

/** A collector on this machine, and its requests: path and body. */
const openCollector = async (): Promise<Map<string, string>> => {
  const sent = new Map<string, string>();
  const server = createServer(async (request, answer) => {
    sent.set(request.url ?? '', await text(request));
    answer.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return sent;
};

it('what waits when the worker ends is sent before it does: spans, and metrics whose minute has not passed', async () => {
  const sent = await openCollector();
  const endExport = openExport();
  await traced({ name: 'a last event' }, async () => measureOpenIncidents(3));
  await endExport();
  expect([...sent.keys()].toSorted()).toEqual(['/v1/metrics', '/v1/traces']);
  expect(sent.get('/v1/traces')).toContain('a last event');
  expect(sent.get('/v1/metrics')).toContain('guardian.open_incidents');
});

it('a collector that is gone keeps no worker from its end', async () => {
  await openCollector();
  process.env['OTEL_EXPORTER_OTLP_TIMEOUT'] = '50';
  const endExport = openExport();
  for (const close of closing.splice(0)) close();
  await traced({ name: 'nobody hears of it' }, async () => measureOpenIncidents(4));
  await expect(endExport()).resolves.toBeUndefined();
});
