import type { HostCall } from '../../../local/call-host.ts';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { server } from '../../builders/incident.ts';
import type { App } from '../../builders/open-app.ts';
import { signedIn } from '../../builders/people.ts';
import type { Attack } from '../attack.ts';
import { OPENED } from '../door-apps.ts';
import { functionKey, outcome, verdictOn, writesDuring } from '../witness.ts';

const VAULT = 'kv-traced';
const GROUP = `/subscriptions/${subscriptionId}/resourcegroups/data`;
const URL = `https://${VAULT}.vault.azure.net`;
const SOON = '2026-12-01T00:00:00Z';
const put = (scope: string | undefined, until?: string): HostCall => ({
  method: 'PUT',
  path: '/api/pause',
  body: { why: 'migration', ...(scope !== undefined && { scope }), ...(until !== undefined && { until }) },
});
const lifted = (scope?: string): HostCall => ({
  method: 'DELETE',
  path: `/api/pause?why=over${scope === undefined ? '' : `&scope=${encodeURIComponent(scope)}`}`,
});

/**
 * Texts that are no scope of this product, or more than one: each would hold back steps that nobody has named, or be a pause
 * without effect.
 */
const NO_SCOPES = (app: App): readonly string[] => [
  '/',
  '/subscriptions',
  '/subscriptions/*',
  '/providers/Microsoft.Management/managementGroups/root',
  '/subscriptions/99999999-9999-9999-9999-999999999999',
  `${GROUP}/../../..`,
  `${URL}/keys/cmk`,
  server(app, 'traced').id,
  'https://kv-traced.vault.azure.net.evil.example',
  'traced',
];

type Overrides = { readonly pauses: readonly { readonly scope?: string; readonly until?: string }[] };

export const pauseOfAScope: Attack = {
  item: 'd3',
  sentence:
    'the holder of a function key, and a requester, lift or shorten the pause of a scope by that of another, and pause what is none',
  plan: OPENED,
  play: async (app) => {
    const headers = await signedIn(app, 'approver');
    const requester = await signedIn(app, 'requester');
    for (const scope of [GROUP, URL]) await app.door({ ...put(scope), headers }, 200);
    const statuses: number[] = [];
    const send = async (call: HostCall): Promise<void> => {
      for (const by of [functionKey(app), requester]) statuses.push((await app.call({ ...call, headers: by })).status);
    };
    const writes = await writesDuring(app, async () => {
      for (const scope of [GROUP, GROUP.toUpperCase(), `${GROUP}/`, URL, VAULT, `${URL}:443/`]) {
        await send(put(scope, SOON));
        await send(lifted(scope));
      }
      await send(lifted());
      for (const scope of NO_SCOPES(app)) await send(put(scope));
    });
    const { body } = await app.door({ method: 'GET', path: '/api/overrides', headers }, 200);
    const standing = (body as Overrides).pauses.map(({ scope = 'all', until = '' }) => `${scope} ${until}`.trim());
    for (const scope of [GROUP, URL]) await app.door({ ...lifted(scope), headers }, 204);
    return outcome(
      { writes, verdict: `${[...new Set(statuses)].toSorted().join(' ')}; ${await verdictOn(app, VAULT)}` },
      {
        'every way is closed': statuses.every((one) => one >= 400 && one < 500),
        [`what stood stands as it was (${standing.join()})`]: standing.toSorted().join() === [GROUP, URL].join(),
        'nothing is written': writes.length === 0,
      },
    );
  },
};
