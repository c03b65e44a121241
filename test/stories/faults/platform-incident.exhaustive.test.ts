import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../local/cloud/faults.ts';
import type { KeyUse } from '../../../local/cloud/service.ts';
import { type App, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { KINDS } from '../../builders/breaking/links.ts';
import { subjectsOf, worldOf } from '../../builders/breaking/subjects.ts';
import { isDown, productRequests, serves, writes } from '../../builders/incident.ts';
import { differences } from '../../builders/world/differences.ts';
import { worldState } from '../../builders/world/world-state.ts';

const SUBJECTS = KINDS.flatMap((kind) => subjectsOf(kind, kind === 'flexible' ? 'roles' : 'accessPolicies', [[]]));
const SERVERS = SUBJECTS.filter(({ kind }) => kind !== 'set').map(({ name }) => name);

const FORBIDDEN: KeyUse = { ok: false, status: 403, code: 'Forbidden', inner: 'ForbiddenByRbac', message: 'Forbidden' };
const UNREACHABLE: KeyUse = { ok: false, status: 404, code: 'VaultNotFound', message: 'getaddrinfo ENOTFOUND' };

/** Within the hour after which machines are shut down. */
const HALF_AN_HOUR = 30 * MINUTE;

const VAULTS = '*.vault.azure.net/*';
const EVERYTHING = '*https://*';

/** Key Vault answers every service and the product in this way, although nothing has changed. */
const INCIDENTS: readonly (readonly [string, KeyUse, Pick<Fault, 'route' | 'kind'>])[] = [
  ['refuses everybody on its data plane', FORBIDDEN, { route: VAULTS, kind: '403' }],
  ['refuses everybody, and so does Resource Manager', FORBIDDEN, { route: EVERYTHING, kind: '403' }],
  ['cannot be reached', UNREACHABLE, { route: VAULTS, kind: 'reset' }],
  ['never answers', UNREACHABLE, { route: VAULTS, kind: 'timeout' }],
];

/** Begins the incident; the returned function ends it. */
const strike = ({ cloud }: App, answer: KeyUse, fault: Pick<Fault, 'route' | 'kind'>): (() => void) => {
  const { use } = cloud.world.keyVault;
  cloud.world.keyVault.use = async () => answer;
  cloud.faults.add({ ...fault, rate: 1, caller: 'cmk-guardian' });
  return () => {
    cloud.world.keyVault.use = use;
    cloud.faults.clear();
  };
};

describe('an incident of the platform', () => {
  it.each(INCIDENTS)(
    'in which Key Vault %s changes nothing; what it stopped is revalidated after it',
    async (_what, answer, fault) => {
      const settings = { GUARDIAN_AUTO_REVERSE: 'all' };
      const app = await startApp({ world: worldOf(SUBJECTS), wake: 'sweep', settings });
      await app.pass(NEXT_SWEEP);
      const before = worldState(app.cloud.world);
      const end = strike(app, answer, fault);
      await app.until('the servers are down', () => SERVERS.every((name) => isDown(app, name)), 15 * MINUTE);
      await app.pass(HALF_AN_HOUR);
      expect(writes(app)).toEqual([]);
      expect(productRequests(app).filter((one) => one.fault !== undefined)).not.toEqual([]);

      end();
      await app.until('the servers serve again', () => SERVERS.every((name) => serves(app, name)), HOUR);
      await app.pass(2 * NEXT_SWEEP);
      expect(writes(app)).toHaveLength(SERVERS.length);
      expect(differences(before, worldState(app.cloud.world))).toEqual([]);
    },
  );
});
