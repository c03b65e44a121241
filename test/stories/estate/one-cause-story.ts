/** A vault whose keys are lost with it, at once. */
import { expect } from 'vitest';
import { recordManualAct } from '../../../local/cloud/activity-log/record-manual-act.ts';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { type App, HOUR, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import type { Model } from '../../builders/breaking/links.ts';
import { serves, VAULT, writes } from '../../builders/incident.ts';

const oneVault = (permissions: Model, keys: readonly string[]): WorldPlan => ({
  vaults: [{ name: VAULT, permissions, keys: keys.map((name) => ({ name })) }],
  servers: keys.map((key) => ({ name: `on-${key}`, generation: 'single', vault: VAULT, key })),
});

/** The owner deletes the vault, as the activity log shows: its extensions were lost with it, and not removed before. */
const deleteVault = ({ cloud }: App): void => {
  const { id = '' } = cloud.world.keyVault.vault(VAULT) ?? {};
  cloud.world.keyVault.deleteVault(VAULT);
  recordManualAct(cloud.world, { target: id, operationName: 'Microsoft.KeyVault/vaults/delete', existed: true });
};

const servers = ({ cloud }: App): readonly string[] => cloud.world.mysql.servers.all().map(({ name }) => name);

export const verdicts = async (app: App): Promise<readonly string[]> => {
  const { body } = await app.door({ method: 'GET', path: '/api/reconciliations?verdict=all' }, 200);
  return (body as { value: { verdict: string }[] }).value.map(({ verdict }) => verdict);
};

const sent = (app: App, shape: RegExp): number => writes(app).filter((write) => shape.test(write)).length;

/** The vault is recovered once, and every server is healed without asking; under roles each needs its grant again. */
export const loseVault = async (count: number, model: Model): Promise<void> => {
  const keys = Array.from({ length: count }, (_, n) => `cmk-${n}`);
  const grants = model === 'roles' ? count : 0;
  const app = await startApp({ world: oneVault(model, keys), wake: 'sweep' });
  await app.pass(NEXT_SWEEP);
  deleteVault(app);
  const allServe = () => servers(app).every((name) => serves(app, name));
  await app.until('all are down', () => !servers(app).some((name) => serves(app, name)), HOUR);
  await app.until('all serve again', allServe, HOUR);
  await app.pass(2 * NEXT_SWEEP);

  expect(sent(app, /^PUT .*\/vaults\/[^/]+$/)).toBe(1);
  expect(sent(app, /roleAssignments/)).toBe(grants);
  expect(sent(app, /\/servers\/[^/]+\/keys\//)).toBe(count);
  expect(writes(app)).toHaveLength(1 + grants + count);
  expect(new Set(await verdicts(app))).toEqual(new Set(['healthy']));
};
