import { makeVault, purgeVault, vaultIdOf } from '../../builders/another-vault.ts';
import { HOUR } from '../../builders/open-app.ts';
import { signedIn } from '../../builders/people.ts';
import type { Attack } from '../attack.ts';
import { OBLIGING } from '../obliging-app.ts';
import { answered, functionKey, outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-approvedthen';

/** The attacker who made the other vault may hold a function key, or the role that can only request. */
export const moveByFunctionKey: Attack = {
  item: '1',
  sentence:
    'a person who made another vault of the name says with a function key, then as a requester, that it was moved',
  plan: OBLIGING,
  play: async (app) => {
    await app.pass(HOUR);
    const from = vaultIdOf(app, VAULT);
    const answers: string[] = [];
    const writes = await writesDuring(app, async () => {
      purgeVault(app, VAULT);
      makeVault(app, VAULT, 'attackers');
      await app.pass(HOUR);
      const body = { from, to: vaultIdOf(app, VAULT), why: 'it was moved' };
      for (const headers of [functionKey(app), { 'x-functions-key': '', ...(await signedIn(app, 'requester')) }])
        answers.push(answered(await app.call({ method: 'POST', path: '/api/vault-moves', headers, body })));
      await app.pass(HOUR);
    });
    const verdict = `${answers.join(', ')}; ${await verdictOn(app, VAULT)}`;
    return outcome(
      { writes, verdict },
      {
        'the door refuses both': answers[0]?.startsWith('401') === true && answers[1]?.startsWith('403') === true,
        'it stays another vault': verdict.includes('vaultForeign'),
        'nothing is written': writes.length === 0,
      },
    );
  },
};
