/** Links that break one after the other while the product repairs earlier ones; and the conditions that must hold in the end. */

import fc from 'fast-check';
import { expect } from 'vitest';
import type { FullWorld } from '../../../local/cloud/create-world.ts';
import { phase } from '../../../local/cloud/key-vault/key-life.ts';
import { HOUR, NEXT_SWEEP, SECOND, startApp } from '../../builders/app.ts';
import { breakLink } from '../../builders/breaking/break-link.ts';
import { expectedWorld } from '../../builders/breaking/expected-world.ts';
import { principalOf } from '../../builders/breaking/find-subject.ts';
import { closeFirewalls } from '../../builders/breaking/firewall.ts';
import { KINDS, LINKS, type Link, linksOf } from '../../builders/breaking/links.ts';
import { KEY_NAME, type Subject, subjectsOf, worldOf } from '../../builders/breaking/subjects.ts';
import { ledgerOf, linesOf } from '../../builders/incident.ts';
import { differences } from '../../builders/world/differences.ts';
import { worldState } from '../../builders/world/world-state.ts';
import { saidOfSubject } from '../said-of-subject.ts';

type Act = { readonly link: Link; readonly afterSeconds: number };
export type Course = { readonly subject: Subject; readonly acts: readonly Act[] };

const subjects = KINDS.flatMap((kind) =>
  (['accessPolicies', 'roles'] as const).flatMap((model) => subjectsOf(kind, model, [linksOf(kind)])),
);

/** A consumer of any kind in a vault of either model, of which some links break once each, in any order. */
export const anyCourse: fc.Arbitrary<Course> = fc.record({
  subject: fc.constantFrom(...subjects),
  acts: fc.uniqueArray(fc.record({ link: fc.constantFrom(...LINKS), afterSeconds: fc.nat({ max: 240 }) }), {
    minLength: 2,
    maxLength: LINKS.length,
    selector: ({ link }) => link,
  }),
});

/** The links that can be broken in the present state: for example no key of a deleted vault can be deleted. */
const canBreak = (world: FullWorld, subject: Subject, link: Link): boolean => {
  if (!subject.links.includes(link)) return false;
  const vault = world.keyVault.vault(subject.vault);
  if (link === 'copyFresh') return principalOf(world, subject) !== '';
  if (link === 'identityRemoved') return principalOf(world, subject) !== '';
  if (!vault) return false;
  if (link === 'accessRemoved') return principalOf(world, subject) !== '';
  if (link === 'vaultDeleted' || link === 'networkClosed') return true;
  const key = vault.keys.get(KEY_NAME);
  return key !== undefined && phase(vault, key, world.clock.now()) === 'active';
};

/** The longest possible time: after a failed attempt a step pauses, and longer after each further one. */
const PATIENCE = 6 * HOUR;

const SETTINGS = { GUARDIAN_AUTO_REVERSE: 'all', GUARDIAN_FUSE_ROOT_CAUSES: '9999' };

/** Plays a course on an app of its own: at the end the world is as if these links were healed, without any other difference. */
export const heals = async ({ subject, acts }: Course): Promise<void> => {
  const app = await startApp({ world: worldOf([subject]), wake: 'sweep', settings: SETTINGS });
  const { world } = app.cloud;
  closeFirewalls(world, [subject]);
  await app.pass(NEXT_SWEEP);
  const [before, brokenAt] = [worldState(world), app.clock.now()];
  let broken = before;
  const links: Link[] = [];
  for (const { link, afterSeconds } of acts) {
    await app.pass(afterSeconds * SECOND);
    if (!canBreak(world, subject, link)) continue;
    breakLink(world, subject, link);
    links.push(link);
    if (link === 'copyFresh') broken = worldState(world);
  }
  const left = (): readonly string[] => {
    const after = worldState(world);
    const moments = { before, broken, after, brokenAt, now: app.clock.now() };
    return differences(expectedWorld(moments, [{ ...subject, links }]), after);
  };
  const end = app.clock.now() + PATIENCE;
  while (app.clock.now() < end && left().length > 0) await app.pass(NEXT_SWEEP);
  await app.pass(2 * NEXT_SWEEP);
  const unhealed = left();
  const said = unhealed.length > 0 ? await saidOfSubject(app, { ...subject, links }) : '';
  expect({ said, left: unhealed }).toEqual({ said: '', left: [] });
  const lines = linesOf(await ledgerOf(app, `https://${subject.vault}.vault.azure.net/keys/${KEY_NAME}`));
  if (lines.includes('opened')) expect(lines.at(-1)).toBe('closed');
  await app.close();
};
