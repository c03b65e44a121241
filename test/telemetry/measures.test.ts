import { metrics } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Guardian } from '../../src/loop/guardian.ts';
import type { RecordInput } from '../../src/loop/messages.ts';
import { measureIncident } from '../../src/loop/reconcile/measure-incident.ts';
import { recordAssessment } from '../../src/loop/reconcile/record-assessment.ts';
import { takeMeasures } from '../../src/loop/schedule/take-measures.ts';
import { toldCauses } from '../../src/remediation/diagnosis/root-causes.ts';
import { keyId } from '../../src/remediation/model/key-ref.ts';
import { emptyChain } from '../../src/remediation/protocol/ledger.ts';
import type { Store } from '../../src/store/store.ts';
import * as measures from '../../src/telemetry/measures.ts';
import { assessed } from '../builders/assessed.ts';
import { useAzurite } from '../builders/azurite.ts';
import { anObservation, aSingleServer, aVersion, inaccessible, inDays, NOW, V1 } from '../builders/observation.ts';

const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });

beforeAll(() => {
  // Before telemetry is set up, a measure is not counted, and does not fail.
  measures.measureOpenIncidents(9);
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  measures.beginMeasuring();
});
afterAll(async () => {
  await reader.shutdown();
  metrics.disable();
});

type Point = { readonly attributes: object; readonly value: unknown };

/** By its name, what each measure says now. */
const measured = async (): Promise<Readonly<Record<string, readonly Point[]>>> => {
  exporter.reset();
  await reader.forceFlush();
  const [all] = exporter.getMetrics();
  const metricsOf = (all?.scopeMetrics ?? []).flatMap((scope) => scope.metrics);
  return Object.fromEntries(
    metricsOf.map(({ descriptor, dataPoints }) => [
      descriptor.name,
      dataPoints.map(({ attributes, value }) => ({
        attributes,
        value: typeof value === 'object' && 'sum' in value ? value.sum : value,
      })),
    ]),
  );
};

const ill = anObservation(
  [aVersion(V1, { expiresOn: inDays(-1) })],
  [aSingleServer('orders', { state: inaccessible })],
);
const decision = assessed(ill);
const KEY = keyId(ill.key);
const later = (ms: number): string => new Date(NOW.getTime() + ms).toISOString();

const recorded = (at: string, assessment: object): RecordInput =>
  ({
    keyId: KEY,
    number: 1,
    round: 0,
    at,
    assessment: { decision, openedAt: NOW.toISOString(), ...assessment },
  }) as never;

it('an incident is measured by its cause: from the loss that Azure names to its opening, and from that to its end', async () => {
  measureIncident(recorded(NOW.toISOString(), { opens: true, closes: false }));
  const toldBefore = toldCauses(decision.findings, ill.key);
  measureIncident(recorded(later(90_000), { opens: false, closes: true, toldBefore }));
  measureIncident(recorded(later(120_000), { opens: false, closes: false }));
  const {
    'guardian.time_to_detect': detect,
    'guardian.time_to_heal': heal,
    'guardian.time_to_decide': decide,
  } = await measured();
  expect(detect).toEqual([{ attributes: { cause: 'keyExpired' }, value: 86_400 }]);
  expect(heal).toEqual([{ attributes: { cause: 'keyExpired' }, value: 90 }]);
  expect(decide).toEqual([{ attributes: { cause: 'keyExpired' }, value: expect.any(Number) }]);
});

describe('Whatever runs twice', () => {
  const storage = useAzurite();

  const guardianWith = (store: Store): Guardian =>
    ({
      store,
      settings: { hasWebhook: false, schedules: {} },
      notify: async () => {},
      publish: async () => {},
      log: () => {},
    }) as unknown as Guardian;

  it('measures an incident once, when it opens and when it closes', async () => {
    const cause = 'vaultDeleted';
    const findings = decision.findings.map((one) => ({ ...one, kind: cause }));
    const store = storage.newStore();
    const id = { incident: 'incident-1', fingerprint: 'f', head: emptyChain, said: [], dead: [], changed: true };
    const opened = recorded(NOW.toISOString(), {
      ...id,
      decision: { ...decision, findings },
      opens: true,
      closes: false,
    });
    const toldBefore = [`${cause} contoso`];
    const closed = recorded(later(60_000), { ...id, opens: false, closes: true, toldBefore });
    for (const input of [opened, opened, closed, closed]) await recordAssessment(guardianWith(store), input);
    const all = await measured();
    expect(all['guardian.time_to_heal']).toContainEqual({ attributes: { cause }, value: 60 });
    expect(
      all['guardian.time_to_decide']?.filter(({ attributes }) => 'cause' in attributes && attributes.cause === cause),
    ).toHaveLength(1);
  });

  it('is measured with what waits for the webhook, and with what waits for the topic', async () => {
    const store = storage.newStore();
    const counting = {
      ...store,
      waitingNotices: { ...store.waitingNotices, count: async () => ({ count: 11 }) },
      waitingEvents: { ...store.waitingEvents, count: async () => ({ count: 12 }) },
    };
    await takeMeasures(guardianWith(counting as unknown as Store), 'probe');
    expect(await measured()).toMatchObject({
      'guardian.waiting_notices': [{ value: 11 }],
      'guardian.waiting_events': [{ value: 12 }],
    });
  });
});

it('what is open, waits, is old or is throttled is measured, and an interval that cannot be is not', async () => {
  measures.measureOpenIncidents(3);
  measures.measureWaitingNotices(7);
  measures.measureWaitingEvents(8);
  measures.measureLookAge('sweep', NOW.toISOString(), later(300_000));
  measures.measureLookAge('probe', later(1), NOW.toISOString());
  measures.measureLookAge('posture', 'never', NOW.toISOString());
  measures.countThrottled('management');
  measures.countThrottled('management');
  expect(await measured()).toMatchObject({
    'guardian.open_incidents': [{ attributes: {}, value: 3 }],
    'guardian.waiting_notices': [{ attributes: {}, value: 7 }],
    'guardian.waiting_events': [{ attributes: {}, value: 8 }],
    'guardian.look_age': [{ attributes: { look: 'sweep' }, value: 300 }],
    'guardian.throttled_calls': [{ attributes: { host: 'management' }, value: 2 }],
  });
});
