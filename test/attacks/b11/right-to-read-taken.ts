import { NEXT_SWEEP } from '../../builders/open-app.ts';
import { takeActions } from '../../builders/rights.ts';
import type { Attack } from '../attack.ts';
import { BLINDED } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-unread';
const KEY = `https://${VAULT}.vault.azure.net/keys/cmk`;

/** A server that was healthy at the last look may be down now. */
export const rightToReadTaken: Attack = {
  item: 'b11',
  sentence: 'somebody takes the right to read servers from the product, so that it goes on saying what it saw before',
  plan: BLINDED,
  play: async (app) => {
    await app.pass(NEXT_SWEEP);
    const from = app.said.length;
    let blind = '';
    const writes = await writesDuring(app, async () => {
      const giveBack = takeActions('Microsoft.DBforMySQL/servers/read')(app);
      await app.pass(NEXT_SWEEP);
      blind = await verdictOn(app, VAULT);
      giveBack();
      await app.pass(2 * NEXT_SWEEP);
    });
    const verdict = await verdictOn(app, VAULT);
    const told = app.said.slice(from).filter((line) => line.includes(`${KEY}: `));
    return outcome(
      { writes, verdict: `${blind}; then ${verdict}` },
      {
        'it is out of sight within one sweep': blind.startsWith('unseen'),
        'people are told once, and once when it is over': told.length === 2,
        'the command that opens the way is told': told[0]?.includes('az role assignment create') === true,
        'it is well again once it is seen': verdict.startsWith('healthy'),
        'nothing is written': writes.length === 0,
      },
    );
  },
};
