import { webhookUrl } from '../../../local/host-process.ts';
import { sendAlert, sentBy } from '../../builders/alerts.ts';
import { MINUTE } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { firedAbout, OPENED } from '../door-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-traced';
const GARBAGE = `00-${'zq'.repeat(5_000)}-01`;
const TRACES = [
  GARBAGE,
  '00-00000000000000000000000000000000-0000000000000000-01',
  `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01\u00a0`,
];

const eventOf = (topic: string, traceparent: string) => ({
  id: 'traced',
  topic,
  subject: 'cmk',
  eventType: 'Microsoft.KeyVault.KeyNearExpiry',
  eventTime: '2026-03-02T00:00:00Z',
  data: { VaultName: VAULT, ObjectType: 'Key', ObjectName: 'cmk', Version: '0'.repeat(32), traceparent },
  dataVersion: '1',
  metadataVersion: '1',
  traceparent,
  tracestate: traceparent,
});

export const traceOfTenKilobytes: Attack = {
  item: 'd4',
  sentence:
    'the sender of events and of alerts names as what caused them ten kilobytes of garbage, in headers and in bodies',
  plan: OPENED,
  play: async (app) => {
    const topic = app.cloud.world.keyVault.vault(VAULT)?.id ?? '';
    const { pathname, search } = new URL(webhookUrl(app.host(), 'on-key-vault-event'));
    const from = app.said.length;
    const statuses: number[] = [];
    const writes = await writesDuring(app, async () => {
      for (const trace of TRACES) {
        const traced = {
          traceparent: trace,
          tracestate: `x=${trace.slice(0, 500)}`,
          'x-correlation-id': trace.slice(0, 200),
        };
        const notified = { 'aeg-event-type': 'Notification', ...traced };
        const body = [eventOf(topic, trace)];
        statuses.push(
          (await app.call({ method: 'POST', path: `${pathname}${search}`, headers: notified, body })).status,
        );
        const group = { ...(await sentBy(app)), ...traced };
        statuses.push((await sendAlert(app, firedAbout(topic), group)).status);
      }
      await app.pass(MINUTE);
    });
    const verdict = await verdictOn(app, VAULT);
    return outcome(
      { writes, verdict: `${[...new Set(statuses)].join(' ')}; ${verdict}` },
      {
        'all are heard': statuses.every((one) => one < 300),
        'the key is looked at': verdict === 'healthy',
        'nothing of it is in the log': !app.said.slice(from).some((line) => line.includes('zqzq')),
        'nothing is written': writes.length === 0,
      },
    );
  },
};
