/** Many consumers, each with some of its links broken, healed side by side by one app; and the conditions that must hold then. */
import { expect } from 'vitest';
import { type App, type AppPlan, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { breakLinks } from '../../builders/breaking/break-link.ts';
import { expectedWorld } from '../../builders/breaking/expected-world.ts';
import { closeFirewalls } from '../../builders/breaking/firewall.ts';
import { leastWrites } from '../../builders/breaking/least-writes.ts';
import type { Kind, Link, Model } from '../../builders/breaking/links.ts';
import { KEY_NAME, type Subject, subjectsOf, worldOf } from '../../builders/breaking/subjects.ts';
import { writesOf } from '../../builders/breaking/write-names.ts';
import { ledgerOf, linesOf, productRequests } from '../../builders/incident.ts';
import { differences } from '../../builders/world/differences.ts';
import { worldState } from '../../builders/world/world-state.ts';
import { saidOfSubject } from '../said-of-subject.ts';

export type Healed = {
  readonly subject: Subject;
  readonly writes: readonly string[];
  /** How often its key was looked at from the loss to healthy. */
  readonly rounds: number;
};

export type Told = {
  readonly healed: readonly Healed[];
  /** The differences from the world as it must be; empty when everything is healthy. */
  readonly differences: readonly string[];
  /** The product's texts about the consumers that differ; empty when everything is healthy. */
  readonly said: readonly string[];
  /** Virtual minutes from the break to the last write. */
  readonly minutes: number;
};

/** Every repair that is going to succeed does so within this time; the waits after grants are most of it. */
const PATIENCE = 90 * MINUTE;

/** The story needs many keys to break at once: their breaks are independent on purpose. */
const SETTINGS = { GUARDIAN_AUTO_REVERSE: 'all', GUARDIAN_FUSE_ROOT_CAUSES: '9999' };

/** The requests of the product that changed something, or were refused; throttled requests never arrived. */
const sentWrites = (app: App) => productRequests(app).filter(({ mutating, status }) => mutating && status !== 429);

const healedOf = async (app: App, subject: Subject): Promise<Healed> => {
  const chain = await ledgerOf(app, `https://${subject.vault}.vault.azure.net/keys/${KEY_NAME}`);
  const lines = linesOf(chain);
  return {
    subject,
    writes: writesOf(subject, sentWrites(app)),
    rounds: lines.filter((line) => line === 'seen').length,
  };
};

const saidOfThose = async (app: App, subjects: readonly Subject[], left: readonly string[]) => {
  const concerned = subjects.filter(({ name }) => left.some((one) => new RegExp(`[-/]${name}\\b`).test(one)));
  const said: string[] = [];
  for (const subject of concerned) said.push(await saidOfSubject(app, subject));
  return said;
};

export type BreakAll = (app: App, subjects: readonly Subject[]) => Promise<void>;

const atOneInstant: BreakAll = async ({ cloud }, subjects) => {
  for (const subject of subjects) breakLinks(cloud.world, subject);
};

/** Lets time pass until nothing is left to be done. `unhealed`: what differs from the world as it must be. */
export type Wait = (app: App, unhealed: () => readonly string[]) => Promise<void>;

const untilHealed: Wait = async (app, unhealed) => {
  const end = app.clock.now() + PATIENCE;
  while (app.clock.now() < end && unhealed().length > 0) await app.pass(NEXT_SWEEP);
};

/** Longer than any repair pauses between two writes: after a grant, four minutes; after a step that did not help, fifteen. */
const QUIET = 20 * MINUTE;

/** For worlds in which some consumers wait for a person, and are never healed. */
export const untilQuiet: Wait = async (app) => {
  const begun = app.clock.now();
  const lastWrite = (): number => Math.max(begun, Date.parse(sentWrites(app).at(-1)?.at ?? new Date(0).toISOString()));
  while (app.clock.now() < Math.min(begun + PATIENCE, lastWrite() + QUIET)) await app.pass(NEXT_SWEEP);
};

/** The way of breaking, at one instant unless the story says otherwise, and the time of watching. */
export type Course = { readonly breakAll?: BreakAll; readonly wait?: Wait };

/** Plays it on an app of its own: a healthy first sweep, every break, then time passes. */
export const play = async (
  subjects: readonly Subject[],
  plan: Partial<AppPlan> = {},
  { breakAll = atOneInstant, wait = untilHealed }: Course = {},
): Promise<Told> => {
  const app = await startApp({ world: worldOf(subjects), wake: 'sweep', settings: SETTINGS, ...plan });
  const { world } = app.cloud;
  closeFirewalls(world, subjects);
  await app.pass(NEXT_SWEEP);
  const before = worldState(world);
  const brokenAt = app.clock.now();
  await breakAll(app, subjects);
  const broken = worldState(world);
  const unhealed = (): readonly string[] => {
    const after = worldState(world);
    return differences(expectedWorld({ before, broken, after, brokenAt, now: app.clock.now() }, subjects), after);
  };
  await wait(app, unhealed);
  await app.pass(2 * NEXT_SWEEP);
  const healed: Healed[] = [];
  for (const subject of subjects) healed.push(await healedOf(app, subject));
  const last = sentWrites(app).at(-1)?.at;
  const left = unhealed();
  const said = await saidOfThose(app, subjects, left);
  await app.close();
  return {
    healed,
    differences: left,
    said,
    minutes: last === undefined ? 0 : (new Date(last).getTime() - brokenAt) / MINUTE,
  };
};

const nameOf = ({ links, name }: Subject): string => `${name}: ${links.join(' + ')}`;

/** There are no differences, and no more writes than needed. */
export const expectHealed = ({ healed, said, differences: left }: Told): void => {
  expect({ said, left }).toEqual({ said: [], left: [] });
  const written = healed.map(({ subject, writes }) => `${nameOf(subject)}: ${[...writes].sort().join(', ')}`);
  expect(written).toEqual(healed.map(({ subject }) => `${nameOf(subject)}: ${leastWrites(subject).join(', ')}`));
};

/** More subsets at once would make the storage emulator slow: it looks through all rows of a table. */
const MOST_AT_ONCE = 64;

/** Every subset on a consumer and a vault of its own. */
export const playSubsets = async (
  kind: Kind,
  model: Model,
  subsets: readonly (readonly Link[])[],
  plan?: Partial<AppPlan>,
  course?: Course,
): Promise<Told> => {
  const told: Told[] = [];
  for (let at = 0; at < subsets.length; at += MOST_AT_ONCE)
    told.push(await play(subjectsOf(kind, model, subsets.slice(at, at + MOST_AT_ONCE)), plan, course));
  return {
    healed: told.flatMap(({ healed }) => healed),
    differences: told.flatMap((one) => one.differences),
    said: told.flatMap(({ said }) => said),
    minutes: Math.max(...told.map(({ minutes }) => minutes)),
  };
};
