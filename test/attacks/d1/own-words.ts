import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { webhookUrl } from '../../../local/host-process.ts';
import { sendAlert, sentBy } from '../../builders/alerts.ts';
import { productRequests } from '../../builders/incident.ts';
import { type App, SECOND } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { OPENED } from '../door-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const FOLDER = path.join(import.meta.dirname, '..', '..', '..', 'docs', 'events');

/** The published examples, about a key that the product knows. */
const ownEvents = (): readonly unknown[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.example.json'))
    .map((file) => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8').replaceAll('kv-orders', 'kv-told')));

const deliver = async (app: App, name: string, event: unknown): Promise<number> => {
  const { pathname, search } = new URL(webhookUrl(app.host(), name));
  const headers = { 'aeg-event-type': 'Notification' };
  return (await app.call({ method: 'POST', path: `${pathname}${search}`, headers, body: [event] })).status;
};

export const ownWords: Attack = {
  item: 'd1',
  sentence:
    'a publisher to the product’s own topic says in its words that a key was lost and approved, and subscribes every door to that topic',
  plan: OPENED,
  play: async (app) => {
    const group = await sentBy(app);
    const statuses: number[] = [];
    const from = productRequests(app).length;
    let asked = 0;
    const writes = await writesDuring(app, async () => {
      for (const event of ownEvents()) {
        statuses.push(await deliver(app, 'on-key-vault-event', event));
        statuses.push(await deliver(app, 'on-resource-event', event));
        statuses.push((await sendAlert(app, event, group)).status);
      }
      await app.pass(SECOND);
      asked = productRequests(app).length - from;
    });
    return outcome(
      { writes, verdict: `${[...new Set(statuses)].join(' ')}; ${await verdictOn(app, 'kv-told')}` },
      {
        'all are taken, and none comes again': statuses.length > 0 && statuses.every((one) => one < 300),
        [`Azure is asked nothing (${asked})`]: asked === 0,
        'nothing is written': writes.length === 0,
      },
    );
  },
};
