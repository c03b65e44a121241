import type { HostCall } from '../../local/call-host.ts';
import { type App, HOUR, NEXT_SWEEP } from '../builders/open-app.ts';
import type { Outcome } from './attack.ts';
import { functionKey, outcome, verdictOn, writesDuring } from './witness.ts';

const URL_OF = (vault: string): string => `https://${vault}.vault.azure.net/keys/cmk`;

const lift = (target: string): HostCall => ({
  method: 'DELETE',
  path: `/api/do-not-heal?target=${encodeURIComponent(target)}&why=over`,
});

const put = (body: Record<string, string>): HostCall => ({ method: 'PUT', path: '/api/do-not-heal', body });

/** All requests that are tried against one override, in every spelling of its target. */
const triesOn = (app: App, vault: string): readonly HostCall[] => {
  const target = URL_OF(vault);
  const vaultId = app.cloud.world.keyVault.vault(vault)?.id ?? '';
  return [`${target}/`, target.replace('.net', '.net:443'), `${vaultId}/keys/CMK`].flatMap((spelt) => [
    lift(spelt),
    put({ target: spelt, why: 'over', until: '2020-01-01T00:00:00Z' }),
    put({ target: spelt, why: 'over', until: '2026-03-02T00:30:00Z' }),
    put({ target: spelt, why: 'legal hold', until: '2026-12-01T00:00:00Z' }),
  ]);
};

/**
 * The override is given, everything is tried, then the key is deleted: the product would bring the key back if the override had
 * been lifted.
 */
export const tryToLift = async (app: App, vault: string, giver: Record<string, string>): Promise<Outcome> => {
  await app.pass(NEXT_SWEEP);
  await app.door({ ...put({ target: URL_OF(vault), why: 'legal hold' }), headers: giver }, 200);
  const statuses: number[] = [];
  const writes = await writesDuring(app, async () => {
    for (const call of triesOn(app, vault))
      statuses.push((await app.call({ ...call, headers: functionKey(app) })).status);
    app.cloud.world.keyVault.deleteKey(vault, 'cmk');
    await app.pass(HOUR);
  });
  const verdict = await verdictOn(app, vault);
  return outcome(
    { writes, verdict },
    {
      [`every door refuses (${statuses.join(' ')})`]: statuses.every((one) => one >= 400 && one < 500),
      'it is reported': verdict.startsWith('report'),
      'nothing is written': writes.length === 0,
    },
  );
};
