import { keyInstanceId } from '../../../src/remediation/model/key-ref.ts';
import { control } from '../../builders/control.ts';
import { HOUR, NEXT_SWEEP } from '../../builders/open-app.ts';
import { signedIn } from '../../builders/people.ts';
import type { Attack } from '../attack.ts';
import { BOUNDED } from '../quiet-apps.ts';
import { outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-restored';

type Asked = { readonly asked: readonly { readonly planId: string }[] };

/**
 * Azure does not show the source of this restore: the server may be anybody's. One approval is for this server, and not for a
 * server that joins the key later.
 */
export const oneYesForARestoredServer: Attack = {
  item: 'b16',
  sentence:
    'a contributor restores a server, and another after a person has said yes to the first, to be let in as well',
  plan: BOUNDED,
  play: async (app) => {
    await app.pass(NEXT_SWEEP);
    const restore = (name: string) => control(app, 'break/restore-server', { server: 'restored', name });
    const unasked = await writesDuring(app, async () => {
      await restore('restored-first');
      await app.pass(HOUR);
    });
    const id = keyInstanceId({ host: `${VAULT}.vault.azure.net`, name: 'cmk' });
    const { body } = await app.door({ method: 'GET', path: `/api/reconciliations/${id}` }, 200);
    const [plan] = (body as Asked).asked;
    const path = `/api/plans/${plan?.planId}/approval`;
    let status = 0;
    const writes = await writesDuring(app, async () => {
      const headers = await signedIn(app, 'approver');
      ({ status } = await app.call({ method: 'POST', path, headers, body: {} }));
      await restore('restored-second');
      await app.pass(2 * HOUR);
    });
    const entra = app.cloud.world.entra;
    const second = app.cloud.world.mysql.servers.all().find(({ name }) => name === 'restored-second');
    const verdict = await verdictOn(app, VAULT);
    return outcome(
      { writes: unasked, verdict },
      {
        'nothing is written before the yes': unasked.length === 0,
        'one yes is taken': status === 202,
        'the first server is let in by it': writes.some((write) => write.endsWith('/accessPolicies/add')),
        'the second has no identity, and is asked about': verdict.startsWith('ask'),
        'nothing is written to the second':
          !writes.some((write) => write.includes('restored-second')) &&
          entra.managedIdentity(second?.id ?? '') === undefined,
      },
    );
  },
};
