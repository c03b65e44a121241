import { isDown, serves } from '../../builders/incident.ts';
import { HOUR, MINUTE } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { ORDERED } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-operations';
const SERVER = 'operations';
const ALL = ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'];

/** Vault, access and version are all right: a product that looks only at these would revalidate for ever. */
export const operationTakenAway: Attack = {
  item: 'b10',
  sentence: 'an operator takes wrapKey and unwrapKey from the operations of a key, and its server is locked out',
  plan: ORDERED,
  play: async (app) => {
    const { keyVault } = app.cloud.world;
    const writes = await writesDuring(app, async () => {
      keyVault.setAttributes(VAULT, 'cmk', undefined, { keyOps: ['sign', 'verify'] });
      await app.until('it is down', () => isDown(app, SERVER), 15 * MINUTE);
      await app.pass(HOUR / 2);
    });
    const verdict = await verdictOn(app, VAULT);
    keyVault.setAttributes(VAULT, 'cmk', undefined, { keyOps: ALL });
    await app.pass(HOUR / 2);
    const claims = {
      'it is reported': verdict === 'report: keyCannotUnwrap, consumerInaccessible',
      'nothing is written, and nothing revalidated': writes.length === 0,
      'it serves again once somebody has permitted them': serves(app, SERVER),
    };
    return outcome({ writes, verdict }, claims);
  },
};
