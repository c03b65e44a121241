import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { keyInstanceId } from '../../../src/remediation/model/key-ref.ts';
import { NEXT_SWEEP } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { BOUNDED } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-printed';
/** Azure takes parentheses in the names of groups; a shell runs what stands between them. */
const GROUP = '(reboot)';

/** Whether the name appears in any other way than as one argument of a shell, or outside of commands. */
const isRun = (text: string): boolean =>
  [...text.matchAll(/\baz [a-z][^\n]*/g)].some(([command]) => command.replaceAll(/'[^']*'/g, '').includes(GROUP));

export const nameThatAShellRuns: Attack = {
  item: 'b17',
  sentence: 'a contributor names a resource group so that a printed command does something else when it is copied',
  plan: BOUNDED,
  play: async (app) => {
    const { compute, keyVault } = app.cloud.world;
    await app.pass(NEXT_SWEEP);
    const keyUrl = keyVault.key(VAULT, 'cmk')?.versions.at(-1)?.kid ?? '';
    const from = app.said.length;
    const writes = await writesDuring(app, async () => {
      const set = compute.addSet({ subscription: subscriptionId, group: GROUP, name: 'printed', keyUrl });
      await app.pass(2 * NEXT_SWEEP);
      app.cloud.world.subscriptions.hide(set.id);
      await app.pass(2 * NEXT_SWEEP);
    });
    const id = keyInstanceId({ host: `${VAULT}.vault.azure.net`, name: 'cmk' });
    const { body } = await app.door({ method: 'GET', path: `/api/reconciliations/${id}` }, 200);
    const { decision } = body as { readonly decision?: unknown };
    const sentences = JSON.stringify(decision)
      .replaceAll('\\"', '"')
      .split(/","|\n/);
    const lines = [...app.said.slice(from), ...sentences].filter((line) => line.includes(GROUP));
    return outcome(
      { writes, verdict: await verdictOn(app, VAULT) },
      {
        'the set is named': lines.length > 0,
        'a command is printed that names its group': lines.some((line) => /\baz [a-z]/.test(line)),
        'as a word that a shell does not run': !lines.some(isRun),
        'nothing is written': writes.length === 0,
      },
    );
  },
};
