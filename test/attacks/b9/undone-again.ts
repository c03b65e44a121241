import { HOUR, MINUTE, NEXT_SWEEP } from '../../builders/open-app.ts';
import { PEOPLE } from '../../builders/people.ts';
import type { Attack } from '../attack.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';
import { victims } from '../world.ts';

const VAULT = 'kv-undone';
const TIMES = 3;

type Entries = { readonly entries: readonly { readonly kind: string; readonly detail: unknown }[] };

/** A cleaning pipeline, for example: it does not aim at the key, and the activity log does not show it. */
export const undoneAgain: Attack = {
  item: 'b9',
  sentence: 'a script deletes a key again each time that it was recovered',
  plan: { world: victims(VAULT), wake: 'sweep', settings: { ...PEOPLE } },
  play: async (app) => {
    const { keyVault } = app.cloud.world;
    await app.pass(NEXT_SWEEP);
    const writes = await writesDuring(app, async () => {
      for (let time = 0; time <= TIMES; time++) {
        keyVault.deleteKey(VAULT, 'cmk');
        await app.pass(HOUR / 2 + MINUTE);
      }
    });
    const path = `/api/ledger?key=https://${VAULT}.vault.azure.net/keys/cmk`;
    const { body } = await app.call({ method: 'GET', path });
    const said = JSON.stringify((body as Entries).entries.filter(({ kind }) => kind === 'decided'));
    const recoveries = writes.filter((write) => write.endsWith('/recover')).length;
    return outcome(
      { writes, verdict: await verdictOn(app, VAULT) },
      {
        'it is recovered three times a day, and then no more': recoveries === TIMES,
        'it is named from the second time on': said.includes('was done once within a day'),
        'who does it is said to be unknown, and why': said.includes('unknown: no audit source'),
      },
    );
  },
};
