import type { HostCall } from '../../../local/call-host.ts';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { server } from '../../builders/incident.ts';
import { type App, MINUTE, NEXT_SWEEP } from '../../builders/open-app.ts';
import { signedIn } from '../../builders/people.ts';
import type { Attack } from '../attack.ts';
import { OPENED } from '../door-apps.ts';
import { answered, outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-squatted';
const NAME = 'squatted';
const forbidding = (target: string): HostCall => ({
  method: 'PUT',
  path: '/api/do-not-heal',
  body: { target, why: 'legal hold' },
});
const lifted = (target: string): HostCall => ({
  method: 'DELETE',
  path: `/api/do-not-heal?target=${encodeURIComponent(target)}&why=over`,
});

/**
 * Sets of the strangers, in their own group and on a key of their own: one has the name of the owner's server, one that of the
 * owner's vault.
 */
const squat = ({ cloud }: App): void => {
  const { compute, keyVault, subscriptions } = cloud.world;
  const place = { subscription: subscriptionId, group: 'theirs' };
  subscriptions.addGroup({ subscription: subscriptionId, name: 'theirs', location: 'koreacentral' });
  const keyUrl = keyVault.key('kv-told', 'cmk')?.versions.at(-1)?.kid ?? '';
  for (const name of [NAME, VAULT]) compute.addSet({ ...place, name, keyUrl });
};

type Overrides = { readonly doNotHeal: readonly { readonly target: string }[] };

export const nameOfOurs: Attack = {
  item: 'd3',
  sentence:
    'a contributor names resources of their own as our server and our vault are named, so that what people forbid or start by a name hits theirs',
  plan: OPENED,
  play: async (app) => {
    await app.pass(NEXT_SWEEP);
    const headers = await signedIn(app, 'approver');
    const ours = server(app, NAME).id.toLowerCase();
    await app.door({ ...forbidding(NAME), headers }, 200);
    squat(app);
    await app.pass(NEXT_SWEEP);
    const statuses: string[] = [];
    const send = async (call: HostCall): Promise<void> => {
      statuses.push(answered(await app.call({ ...call, headers })));
    };
    const writes = await writesDuring(app, async () => {
      for (const name of [NAME, VAULT, NAME.toUpperCase()]) {
        await send(forbidding(name));
        await send(lifted(name));
        await send({ method: 'POST', path: '/api/reconciliations', body: { key: name } });
        await send({ method: 'POST', path: '/api/orchestrators/enableKey', body: { key: name } });
      }
      await app.pass(MINUTE);
    });
    const { body } = await app.door({ method: 'GET', path: '/api/overrides', headers }, 200);
    const targets = (body as Overrides).doNotHeal.map(({ target }) => target);
    await app.door({ ...lifted(ours), headers }, 204);
    return outcome(
      { writes, verdict: `${[...new Set(statuses)].join(', ')}; ${await verdictOn(app, VAULT)}` },
      {
        'every name is asked back': statuses.every((one) => one === '409 Ambiguous'),
        [`what was forbidden before stands, for ours (${targets.join()})`]: targets.join() === ours,
        'nothing is written': writes.length === 0,
      },
    );
  },
};
