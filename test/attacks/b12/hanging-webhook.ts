import { WEBHOOK_HOST } from '../../../local/cloud/webhook/webhook.ts';
import { HOUR, MINUTE, NEXT_SWEEP } from '../../builders/open-app.ts';
import { PEOPLE } from '../../builders/people.ts';
import type { Attack } from '../attack.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';
import { victims } from '../world.ts';

const VAULT = 'kv-unheard';
const VERDICT = 'healthy';

/** The owner of the webhook's host wants no message to arrive, and the repair to wait. */
export const hangingWebhook: Attack = {
  item: 'b12',
  sentence: 'the owner of the host of the webhook lets every message hang while a vault is deleted',
  plan: {
    world: victims(VAULT),
    wake: 'sweep',
    settings: { ...PEOPLE, GUARDIAN_NOTIFICATION_WEBHOOK: `https://${WEBHOOK_HOST}/T0/B0/fedcba9876543210` },
  },
  play: async (app) => {
    const { keyVault, mysql, webhook } = app.cloud.world;
    const isReady = (): boolean => mysql.servers.all().every(({ availability }) => availability.condition === 'ready');
    await app.pass(NEXT_SWEEP);
    webhook.behave('hangs');
    const writes = await writesDuring(app, async () => {
      keyVault.deleteVault(VAULT);
      await app.until('the server is down', () => !isReady(), HOUR);
      await app.until('the server serves', isReady, 20 * MINUTE);
      await app.pass(NEXT_SWEEP);
    });
    webhook.behave('answers');
    await app.pass(HOUR);
    const told = webhook.received().map(({ body }) => (body as { verdict: string }).verdict);
    return outcome(
      { writes, verdict: await verdictOn(app, VAULT) },
      {
        'the vault came back though nobody heard of it': writes.length === 2,
        'people were told afterwards, in the order in which it happened':
          told[0] === 'run' && told.at(-1) === VERDICT && told.length < 5,
      },
    );
  },
};
