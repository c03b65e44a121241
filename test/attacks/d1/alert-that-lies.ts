import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { sendAlert, sentBy } from '../../builders/alerts.ts';
import { productRequests } from '../../builders/incident.ts';
import { MINUTE, NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { firedAbout, OPENED } from '../door-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const THEIRS = '/subscriptions/99999999-9999-9999-9999-999999999999/resourceGroups/theirs';
const VAULTS = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.KeyVault/vaults`;

const thousands = (count: number): readonly string[] =>
  Array.from({ length: count }, (_none, at) => `${VAULTS}/kv-invented-${at}`);

const TRICKS = [
  `${VAULTS}/../../../../../${THEIRS}/providers/Microsoft.KeyVault/vaults/kv-theirs`,
  `${VAULTS}/kv-told%2f..%2fkv-theirs`,
  `${VAULTS}/kv-told\u0000/keys/cmk`,
  `https://evil.example/${VAULTS}/kv-told`,
  `${VAULTS}/kv-told?api-version=2099-01-01`,
  { toString: 'kv-told' },
  `${VAULTS}/${'x'.repeat(3_000)}`,
];

/** All alerts have a valid token: a resource that they name is a reason to look at it, within the scope, and no more. */
export const alertThatLies: Attack = {
  item: 'd1',
  sentence:
    'the application of action groups tells of a key that is well, of ten thousand vaults, of somebody else’s, and of paths with tricks in them',
  plan: OPENED,
  play: async (app) => {
    await app.pass(NEXT_SWEEP);
    const group = await sentBy(app);
    const from = productRequests(app).length;
    const heard: string[] = [];
    const send = async (...targets: readonly unknown[]): Promise<void> => {
      const { status, body } = await sendAlert(app, firedAbout(...targets), group);
      heard.push(`${status} ${(body as { readonly heard?: string }).heard}`);
    };
    const writes = await writesDuring(app, async () => {
      await send(`${VAULTS}/kv-told/keys/cmk`);
      await send(...thousands(9_000));
      await send(...thousands(45));
      await send(`${THEIRS}/providers/Microsoft.KeyVault/vaults/kv-theirs`);
      await send(`${THEIRS}/providers/Microsoft.DBforMySQL/flexibleServers/theirs`);
      for (const trick of TRICKS) await send(trick);
      await app.pass(MINUTE);
    });
    const asked = productRequests(app)
      .slice(from)
      .map(({ url }) => decodeURIComponent(url));
    const verdict = await verdictOn(app, 'kv-told');
    return outcome(
      { writes, verdict: `${verdict}; ${[...new Set(heard)].join(', ')}` },
      {
        'all are accepted': heard.every((one) => one.startsWith('202 ')),
        'the key that is well is looked at': heard[0] === '202 named' && verdict === 'healthy',
        'nine thousand are not followed': heard[1] === '202 held',
        'nobody else’s resource is asked for': !asked.some((url) => /theirs|evil|2099/.test(url)),
        [`invented names cost few requests (${asked.length})`]: asked.length < 60,
        'nothing is written': writes.length === 0,
      },
    );
  },
};
