import { describe, expect, it } from 'vitest';
import { type App, HOUR, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { breakLinks } from '../../builders/breaking/break-link.ts';
import { leastWrites } from '../../builders/breaking/least-writes.ts';
import type { Link, Model } from '../../builders/breaking/links.ts';
import { addStrangers, type Stranger } from '../../builders/breaking/strangers.ts';
import { type Subject, subjectsOf, worldOf } from '../../builders/breaking/subjects.ts';
import { writesOf } from '../../builders/breaking/write-names.ts';
import { isDown, productRequests, serves, writes } from '../../builders/incident.ts';
import { worldState } from '../../builders/world/world-state.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';

const SETTINGS = { GUARDIAN_AUTO_REVERSE: 'all' };

/** A healthy flexible server of the owner, and strangers who have bound themselves to its key since. */
const besieged = async (model: Model, links: readonly Link[]) => {
  const [ours] = subjectsOf('flexible', model, [links]) as [Subject];
  const app = await startApp({ world: worldOf([ours]), wake: 'sweep', settings: SETTINGS });
  await app.pass(NEXT_SWEEP);
  return { app, ours, strangers: addStrangers(app.cloud.world, ours) };
};

/** Nothing that was written names them, and nowhere in the world does anything allow them more than before. */
const expectShutOut = (app: App, strangers: readonly Stranger[]): void => {
  for (const { name, principalId } of strangers) {
    expect(writes(app).filter((write) => write.includes(name))).toEqual([]);
    if (!principalId) continue;
    const { assignments, vaults } = worldState(app.cloud.world);
    expect(JSON.stringify([assignments, Object.values(vaults ?? {})])).not.toContain(principalId);
  }
  const servers = strangers.filter(({ name }) => name !== 'strange-set');
  expect(servers.filter(({ name }) => serves(app, name))).toEqual([]);
};

const RESCUES: readonly (readonly [string, Model, readonly Link[]])[] = [
  ['the key is recovered', 'roles', ['keyDeleted']],
  ['access is given back', 'accessPolicies', ['accessRemoved']],
  ['the vault is recovered', 'roles', ['vaultDeleted']],
  ['our identity is assigned again', 'accessPolicies', ['identityRemoved', 'accessRemoved']],
];

describe('strangers who are bound to our key', () => {
  repeated('are reported, and nothing at all is written', async () => {
    const { app, strangers } = await besieged('accessPolicies', []);
    await app.pass(HOUR);
    expectShutOut(app, strangers);
    expect(writes(app)).toEqual([]);
  });

  it.each(sampled(RESCUES, 1))('do not come in with us when %s (%s)', async (_what, model, links) => {
    const { app, ours, strangers } = await besieged(model, links);
    breakLinks(app.cloud.world, ours);
    await app.until('ours is down', () => isDown(app, ours.name), HOUR);
    await app.until('ours serves again', () => serves(app, ours.name), HOUR);
    await app.pass(2 * NEXT_SWEEP);
    expectShutOut(app, strangers);
    const sent = productRequests(app).filter(({ mutating }) => mutating);
    expect([...writesOf(ours, sent)].sort()).toEqual(leastWrites(ours));
    expect(sent).toHaveLength(leastWrites(ours).length);
  });
});
