import { productRequests } from '../../builders/incident.ts';
import { type App, HOUR, MINUTE, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { BOUNDED } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-denied';
const HOURS = 3;

/** When the recovery was sent, in the order of the requests. */
const sentAt = (app: App): readonly number[] =>
  productRequests(app)
    .filter(({ method, url }) => method === 'PUT' && new URL(url).pathname.endsWith(`/vaults/${VAULT}`))
    .map(({ at }) => Date.parse(at));

/** The product sends a recovery a second time with the properties that policies judge; the two requests are one attempt. */
const triesIn = (times: readonly number[]): readonly number[] =>
  times.filter((at, n) => n === 0 || at - (times[n - 1] ?? 0) > MINUTE);

export const recoveryThatAPolicyDenies: Attack = {
  item: 'b8',
  sentence: 'the owner of a subscription has a policy deny every write of vaults, and deletes the vault of our key',
  plan: BOUNDED,
  play: async (app) => {
    const { keyVault, policies } = app.cloud.world;
    await app.pass(NEXT_SWEEP);
    const scope = keyVault.vault(VAULT)?.id ?? '';
    let denied = '';
    const writes = await writesDuring(app, async () => {
      policies.assign({
        scope,
        name: 'nobody-writes',
        type: 'Microsoft.KeyVault/vaults',
        demands: { 'tags.never': '*' },
      });
      keyVault.deleteVault(VAULT);
      await app.pass(HOURS * HOUR);
      denied = await verdictOn(app, VAULT);
    });
    const times = sentAt(app);
    const tries = triesIn(times);
    policies.unassign(scope, 'nobody-writes');
    await app.pass(HOUR + 20 * MINUTE);
    const verdict = await verdictOn(app, VAULT);
    return outcome(
      { writes, verdict: `${denied}; then ${verdict}` },
      {
        'it is tried': tries.length >= 2,
        'not faster than every five minutes': tries.every((at, n) => n === 0 || at - (tries[n - 1] ?? 0) >= 5 * MINUTE),
        'nor more than at once, after 5 and 15 minutes, and every hour': tries.length <= 3 + HOURS,
        'each try is one write, and one more with what policies judge': times.length <= 2 * tries.length,
        'nothing else is written': writes.every((write) => write.endsWith(`/vaults/${VAULT}`)),
        'the vault is back when the policy is gone': keyVault.vault(VAULT) !== undefined,
      },
    );
  },
};
