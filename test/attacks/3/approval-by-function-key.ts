import { keyInstanceId } from '../../../src/remediation/model/key-ref.ts';
import { breakLinks } from '../../builders/breaking/break-link.ts';
import { HOUR, MINUTE } from '../../builders/open-app.ts';
import type { Attack } from '../attack.ts';
import { LISTENING } from '../quiet-apps.ts';
import { answered, functionKey, outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-approved';
const SUBJECT = {
  kind: 'single',
  name: 'approved',
  vault: VAULT,
  model: 'accessPolicies',
  links: ['accessRemoved'],
} as const;
const KEY = `https://${VAULT}.vault.azure.net/keys/cmk`;

type Asked = { readonly asked: readonly { readonly planId: string }[] };

/** An owner took the server's access: giving it back undoes that act, so the product asks first. */
export const approvalByFunctionKey: Attack = {
  item: '3',
  sentence: 'the holder of a function key approves what people are asked for',
  plan: LISTENING,
  play: async (app) => {
    const door = (path: string) =>
      app.call({
        method: 'POST',
        path,
        headers: functionKey(app),
        body: path.endsWith('approval') ? {} : { key: KEY },
      });
    await door('/api/reconciliations');
    await app.pass(MINUTE);
    breakLinks(app.cloud.world, SUBJECT);
    await app.pass(HOUR);
    const id = keyInstanceId({ host: `${VAULT}.vault.azure.net`, name: 'cmk' });
    const { body } = await app.door({ method: 'GET', path: `/api/reconciliations/${id}` }, 200);
    const [plan] = (body as Asked).asked;
    let status = '';
    const writes = await writesDuring(app, async () => {
      status = answered(await door(`/api/plans/${plan?.planId}/approval`));
      await app.pass(HOUR);
    });
    const claims = {
      'it was asked': plan !== undefined,
      'the door refuses': status.startsWith('401'),
      'nothing is written': writes.length === 0,
    };
    return outcome({ writes, verdict: `${status}; ${await verdictOn(app, VAULT)}` }, claims);
  },
};
