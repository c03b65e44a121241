import { serves } from '../../builders/incident.ts';
import { HOUR, MINUTE } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { grantsIn, manually, REVOKING, SETTLED, takeRole } from '../revoking.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-retaken';

/** The product gave access back with the recovery; access that is taken later is an act of the owner. */
export const takenAfterTheRecovery: Attack = {
  item: '2b',
  sentence:
    'somebody waits for the incident of a deleted vault, in which what an owner takes looks as if the vault had lost it',
  plan: REVOKING,
  play: async (app) => {
    await app.pass(SETTLED);
    manually(app, 'delete-vault', { vault: VAULT });
    await app.until('the server serves again', () => !serves(app, 'retaken'), HOUR);
    await app.until('the server serves again', () => serves(app, 'retaken'), 2 * HOUR);
    await app.pass(MINUTE);
    const writes = await writesDuring(app, async () => {
      takeRole(app, VAULT);
      await app.pass(2 * HOUR);
    });
    const verdict = await verdictOn(app, VAULT);
    return outcome(
      { writes: grantsIn(VAULT, writes), verdict },
      {
        'the access is not given back': grantsIn(VAULT, writes).length === 0,
        'a person is asked': verdict.startsWith('ask'),
      },
    );
  },
};
