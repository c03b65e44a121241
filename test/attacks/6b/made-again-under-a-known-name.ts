import { theServer } from '../../builders/breaking/find-subject.ts';
import { HOUR } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { REVERSING, SETTLED } from '../revoking.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-remade';

/** By the name alone the product would assign an identity, and open the key to it. */
export const madeAgainUnderAKnownName: Attack = {
  item: '6b',
  sentence: 'a contributor deletes a known server and makes one of its name, without an identity, on the same key',
  plan: REVERSING,
  play: async (app) => {
    await app.pass(SETTLED);
    const { entra, mysql } = app.cloud.world;
    const { id, name, subscription, group, location } = theServer(app.cloud.world, 'remade');
    const keyUri = app.cloud.world.keyVault.key(VAULT, 'cmk')?.versions.at(-1)?.kid ?? '';
    const writes = await writesDuring(app, async () => {
      mysql.servers.remove(id);
      entra.deleteIdentity(id);
      const { identity: _made, ...made } = mysql.addSingleServer({ subscription, group, location, name, keyUri });
      entra.deleteIdentity(id);
      mysql.put(made);
      await app.pass(2 * HOUR);
    });
    const ofIt = writes.filter((write) => write.endsWith('/servers/remade') || /accessPolicies/.test(write));
    return outcome(
      { writes: ofIt, verdict: await verdictOn(app, VAULT) },
      {
        'it is given no identity, and no access': ofIt.length === 0,
        'nobody is its principal': entra.managedIdentity(id) === undefined,
      },
    );
  },
};
