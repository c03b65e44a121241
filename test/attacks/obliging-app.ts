import { subscriptionId } from '../../local/cloud/worlds/product.ts';
import { type App, type AppPlan, HOUR } from '../builders/open-app.ts';
import { PEOPLE, signedIn } from '../builders/people.ts';
import type { Outcome } from './attack.ts';
import { outcome, verdictOn, writesDuring } from './witness.ts';
import { victims } from './world.ts';

/** The most permissive settings; every attack on them has one of these vaults. */
export const OBLIGING: AppPlan = {
  world: victims('kv-elsewhere', 'kv-same', 'kv-rekeyed', 'kv-approvedthen'),
  wake: 'sweep',
  settings: {
    ...PEOPLE,
    GUARDIAN_AUTO_REVERSE: 'all',
    GUARDIAN_TRUSTED_RESTORES: `/subscriptions/${subscriptionId}`,
    GUARDIAN_FUSE_ROOT_CAUSES: '99',
  },
};

const REPAIRS = ['recoverKey', 'restoreKeyFromBackup', 'enableKey', 'grantKeyAccess', 'revalidateConsumer'];

/** A person asks for every repair of the key. */
const requestAll = async (app: App, vault: string): Promise<void> => {
  const headers = await signedIn(app, 'requester');
  const body = { key: `https://${vault}.vault.azure.net/keys/cmk` };
  for (const step of REPAIRS) await app.call({ method: 'POST', path: `/api/orchestrators/${step}`, headers, body });
};

/** Everything is healthy; then a person puts another vault or key in its place, and a person requests every repair. */
export const replaced = async (
  app: App,
  vault: string,
  finding: string,
  replace: () => void | Promise<void>,
): Promise<Outcome> => {
  await app.pass(HOUR);
  const before = await verdictOn(app, vault);
  const writes = await writesDuring(app, async () => {
    await replace();
    await app.pass(HOUR);
    await requestAll(app, vault);
    await app.pass(HOUR);
  });
  const verdict = await verdictOn(app, vault);
  return outcome(
    { writes, verdict },
    {
      'it was well before': before.startsWith('healthy'),
      'people are told': verdict.startsWith('report') && verdict.includes(finding),
      'nothing is written': writes.length === 0,
    },
  );
};
