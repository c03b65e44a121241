import { describe, expect, it } from '@jest/globals';
import { type App, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../builders/app.ts';
import { KEY_NAME } from '../builders/breaking/subjects.ts';
import { EXTENSION, ledgerOf, linesOf, orders, VAULT, writes } from '../builders/incident.ts';
import { disableKey } from '../builders/key-loss.ts';
import { approve, askedPlan, PEOPLE, statusOf } from '../builders/people.ts';

const START = /^POST .*\/virtualMachines\/[^/]+\/start$/i;

const DISKS = {
  ...orders(undefined),
  sets: [{ name: 'disks', vault: VAULT, key: KEY_NAME, machines: 2 }],
};

const powers = ({ cloud }: App): readonly string[] => cloud.world.compute.machines.all().map(({ power }) => power);

/** The key is off for so long that Azure shuts the machines down; whoever switched it off on purpose would say so. */
const withMachinesDown = async (): Promise<App> => {
  const settings = { GUARDIAN_AUTO_REVERSE: 'all', ...PEOPLE };
  const app = await startApp({ world: DISKS, wake: 'sweep', settings });
  await app.pass(NEXT_SWEEP);
  await app.door({ method: 'PUT', path: '/api/pause', body: { why: 'nobody is at home' } }, 200);
  disableKey(app);
  await app.until('the machines are down', () => !powers(app).includes('running'), 3 * HOUR);
  await app.door({ method: 'DELETE', path: '/api/pause' }, 204);
  await app.pass(30 * MINUTE);
  return app;
};

describe('machines that Azure shut down because their disks lost the key', () => {
  it('stay down when the key is back, though the settings name every step, until a person says yes', async () => {
    const app = await withMachinesDown();
    expect(writes(app)[0]).toMatch(EXTENSION);
    expect(writes(app).filter((one) => START.test(one))).toEqual([]);
    const { verdict, decision } = await statusOf(app);
    expect(verdict).toBe('ask');
    expect(decision.findings).toContainEqual(expect.objectContaining({ kind: 'machinesShutDown' }));
    expect(decision.plan.steps.map(({ kind }) => kind)).toEqual(['startVirtualMachines', 'startVirtualMachines']);

    expect(await approve(app, await askedPlan(app), 'approver')).toMatchObject({ status: 202 });
    await app.until('they run again', () => powers(app).every((power) => power === 'running'), 30 * MINUTE);
    await app.pass(2 * NEXT_SWEEP);
    expect(writes(app).filter((one) => START.test(one))).toHaveLength(2);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });
});
