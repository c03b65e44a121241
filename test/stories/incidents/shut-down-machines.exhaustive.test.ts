import { describe, expect, it } from 'vitest';
import { type App, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { KEY_NAME } from '../../builders/breaking/subjects.ts';
import { control } from '../../builders/control.ts';
import { EXTENSION, ledgerOf, linesOf, orders, VAULT, writes } from '../../builders/incident.ts';
import { disableKey } from '../../builders/key-loss.ts';
import { approve, askedPlan, liftPause, PEOPLE, statusOf } from '../../builders/people.ts';

const START = /^POST .*\/virtualMachines\/[^/]+\/start$/i;

const DISKS = {
  ...orders(undefined),
  sets: [{ name: 'disks', vault: VAULT, key: KEY_NAME, machines: 2 }],
};

const powers = ({ cloud }: App): readonly string[] => cloud.world.compute.machines.all().map(({ power }) => power);

/** The key is disabled for so long that Azure shuts the machines down; a person who disabled it on purpose would set a mark. */
const withMachinesDown = async (): Promise<App> => {
  const settings = { GUARDIAN_AUTO_REVERSE: 'all', ...PEOPLE };
  const app = await startApp({ world: DISKS, wake: 'sweep', settings });
  await app.pass(NEXT_SWEEP);
  await app.door({ method: 'PUT', path: '/api/pause', body: { why: 'nobody is at home' } }, 200);
  disableKey(app);
  await app.until('the machines are down', () => !powers(app).includes('running'), 3 * HOUR);
  await liftPause(app, 'approver');
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

describe('nodes of a scale set on disks that lost the key', () => {
  const NODES = { ...DISKS, clusters: [{ name: 'shop', set: 'disks', pools: [{ name: 'system' }] }] };
  const nodes = ({ cloud }: App): readonly string[] =>
    cloud.world.compute.scaleSets.all().flatMap((set) => set.nodes.map(({ power }) => power));

  it('never go down where the key is given back within the hour', async () => {
    const app = await startApp({ world: NODES, wake: 'sweep', settings: { GUARDIAN_AUTO_REVERSE: 'all' } });
    await app.pass(NEXT_SWEEP);
    disableKey(app);
    await app.pass(3 * HOUR);
    expect(new Set(nodes(app))).toEqual(new Set(['running']));
  });

  it('are started by nobody one by one when the key is back: that is for the owner of the cluster', async () => {
    const app = await startApp({ world: NODES, wake: 'sweep', settings: { GUARDIAN_AUTO_REVERSE: 'all', ...PEOPLE } });
    await app.pass(NEXT_SWEEP);
    await app.door({ method: 'PUT', path: '/api/pause', body: { why: 'nobody is at home' } }, 200);
    disableKey(app);
    await app.until('the nodes are down', () => !nodes(app).includes('running'), 3 * HOUR);
    await liftPause(app, 'approver');
    await app.pass(HOUR);
    expect(new Set(nodes(app))).toEqual(new Set(['stopped']));
    expect(writes(app).filter((one) => /virtualMachineScaleSets/i.test(one))).toEqual([]);
    await control(app, 'repair/start-nodes', { scaleSet: 'aks-system-vmss' });
    expect(new Set(nodes(app))).toEqual(new Set(['running']));
  });
});
