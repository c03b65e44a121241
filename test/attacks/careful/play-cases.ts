import { keyInstanceId } from '../../../src/remediation/model/key-ref.ts';
import { expectedWorld } from '../../builders/breaking/expected-world.ts';
import { closeFirewalls } from '../../builders/breaking/firewall.ts';
import { KEY_NAME, type Subject, worldOf } from '../../builders/breaking/subjects.ts';
import { writesOf } from '../../builders/breaking/write-names.ts';
import { productRequests } from '../../builders/incident.ts';
import { type App, HOUR, NEXT_SWEEP, openApp } from '../../builders/open-app.ts';
import { differences } from '../../builders/world/differences.ts';
import { type WorldState, worldState } from '../../builders/world/world-state.ts';
import type { Case } from './cases.ts';

/**
 * `healed`: without asking. `asked` and `reported`: the product's verdict on the key at the end. `nothing`: the key is healthy as
 * it is.
 */
export const FATES = ['healed', 'asked', 'reported', 'nothing'] as const;

export type Fate = (typeof FATES)[number];

/** The result of a case. `steps`: the steps that were written, or that the product asks for. */
export type Fared = { readonly fate: Fate; readonly steps: readonly string[] };

const PATIENCE = 90 * (HOUR / 60);

/**
 * The settings of a product that is deployed with a mode and a scope alone. Only the fuse is wider, because everything breaks at
 * once here: a single break never reaches its five causes.
 */
const DEFAULTS = { GUARDIAN_MODE: 'auto', GUARDIAN_DEDICATED_VAULTS: '', GUARDIAN_FUSE_ROOT_CAUSES: '9999' };

type Status = {
  readonly verdict?: string;
  readonly decision?: {
    readonly verdicts: readonly { readonly verdict: string; readonly step: { readonly kind: string } }[];
  };
};

const statusOf = async (app: App, { vault }: Subject): Promise<Status> => {
  const id = keyInstanceId({ host: `${vault}.vault.azure.net`, name: KEY_NAME });
  const { body } = await app.call({ method: 'GET', path: `/api/reconciliations/${id}` });
  return (body ?? {}) as Status;
};

type Moment = { readonly before: WorldState; readonly broken: WorldState; readonly brokenAt: number };

/** Names of the subjects with links that differ from the wanted state. */
const leftOf = (app: App, moment: Moment, subjects: readonly Subject[]): readonly string[] => {
  const after = worldState(app.cloud.world);
  return differences(expectedWorld({ ...moment, after, now: app.clock.now() }, subjects), after);
};

const isOf = (left: string, { name }: Subject): boolean => new RegExp(`[-/]${name}\\b`).test(left);

const faredOf = async (app: App, { subject }: Case, isWell: boolean): Promise<Fared> => {
  const sent = productRequests(app).filter(({ mutating, status }) => mutating && status !== 429);
  const written = writesOf(subject, sent);
  const { verdict, decision } = await statusOf(app, subject);
  if (isWell && verdict !== 'ask') return { fate: written.length > 0 ? 'healed' : 'nothing', steps: written };
  const asked = (decision?.verdicts ?? []).filter((one) => one.verdict === verdict).map(({ step }) => step.kind);
  return { fate: verdict === 'ask' ? 'asked' : 'reported', steps: [...new Set(asked)] };
};

const playOn = async (app: App, cases: readonly Case[]): Promise<readonly Fared[]> => {
  const { world } = app.cloud;
  const subjects = cases.map(({ subject }) => subject);
  closeFirewalls(world, subjects);
  await app.pass(NEXT_SWEEP);
  const [before, brokenAt] = [worldState(world), app.clock.now()];
  for (const { breakIt, subject } of cases) breakIt(world, subject);
  const moment = { before, broken: worldState(world), brokenAt };
  await app.pass(PATIENCE);
  const linked = subjects.filter(({ links }) => links.length > 0);
  const left = leftOf(app, moment, linked);
  const fared: Fared[] = [];
  for (const one of cases) {
    const isWell = one.isHealed?.(world, one.subject) ?? !left.some((name) => isOf(name, one.subject));
    fared.push(await faredOf(app, one, isWell));
  }
  return fared;
};

/** Breaks everything at once in one world, waits, and returns the result of each case, in order. */
export const playCases = async (cases: readonly Case[], storage: string): Promise<readonly Fared[]> => {
  const world = worldOf(cases.map(({ subject }) => subject));
  const app = await openApp({ world, wake: 'sweep', settings: DEFAULTS }, storage);
  try {
    return await playOn(app, cases);
  } finally {
    await app.close();
  }
};
