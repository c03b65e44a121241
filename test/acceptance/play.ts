import { boot } from '../../local/boot.ts';
import { buildWorld } from '../../local/cloud/worlds/build-world.ts';
import { subscriptionId } from '../../local/cloud/worlds/product.ts';
import { worldOf } from '../builders/breaking/subjects.ts';
import { writesOf } from '../builders/breaking/write-names.ts';
import { MINUTE } from '../builders/durations.ts';
import { approveAll, PEOPLE, request } from './approve.ts';
import type { Played, Scenario, Stage } from './scenario.ts';

const NOW = new Date('2026-03-02T00:00:00Z');
const ONCE_A_YEAR = '0 0 0 1 1 *';
const NEXT_SWEEP = 6 * MINUTE;
const PATIENCE = 60 * MINUTE;

const settingsFor = (scenarios: readonly Scenario[]): Readonly<Record<string, string>> => ({
  GUARDIAN_MODE: 'auto',
  GUARDIAN_SCOPE: `/subscriptions/${subscriptionId}`,
  GUARDIAN_AUTO_REVERSE: 'all',
  // All break at once here, each for a reason of its own: what the fuse is for.
  GUARDIAN_FUSE_ROOT_CAUSES: '9999',
  GUARDIAN_DEDICATED_VAULTS: scenarios.map(({ subject }) => subject.vault).join(','),
  GUARDIAN_SWEEP_SCHEDULE: '0 */5 * * * *',
  GUARDIAN_PROBE_SCHEDULE: ONCE_A_YEAR,
  GUARDIAN_POSTURE_SCHEDULE: ONCE_A_YEAR,
  ...PEOPLE,
});

/** What people do: each asks once, and approves until nothing is asked any more. */
const actForPeople = async (stage: Stage, scenarios: readonly Scenario[]): Promise<readonly string[]> => {
  const refused: string[] = [];
  const asking = scenarios.filter(({ requests }) => requests !== undefined);
  for (const { subject, requests = [] } of asking) {
    for (const step of requests) refused.push(await request(stage, subject, step));
  }
  await stage.clock.advance(MINUTE);
  await approveAll(
    stage,
    asking.map(({ subject }) => subject),
  );
  return refused.filter((why) => why !== '');
};

type Outcome = { readonly played: readonly Played[]; readonly remarks: readonly string[] };

const play = async (stage: Stage, scenarios: readonly Scenario[]): Promise<Outcome> => {
  const { clock, cloud } = stage;
  await clock.advance(NEXT_SWEEP);
  const healthy = scenarios.filter(({ isHealed, subject }) => !isHealed(cloud.world, subject)).map(({ name }) => name);
  for (const { breakIt, subject } of scenarios) breakIt(cloud.world, subject);
  const brokenAt = clock.now();
  const since = cloud.requests.list().at(-1)?.n ?? 0;
  const seen = new Set<Scenario>();
  const healedAt = new Map<Scenario, number>();
  /** Whoever was seen ill and is well now; one that falls ill again has not been healed. */
  const look = (): boolean => {
    for (const scenario of scenarios) {
      const isWell = scenario.isHealed(cloud.world, scenario.subject);
      if (!isWell) {
        seen.add(scenario);
        healedAt.delete(scenario);
      } else if (seen.has(scenario) && !healedAt.has(scenario)) healedAt.set(scenario, clock.now());
    }
    return healedAt.size === scenarios.length;
  };
  look();
  await clock.advance(MINUTE, look);
  const refused = await actForPeople(stage, scenarios);
  await clock.advance(PATIENCE, look);
  await clock.advance(2 * NEXT_SWEEP, () => look() && false);
  const sent = cloud.requests.list({ since, caller: 'cmk-guardian', mutating: true });
  return {
    played: scenarios.map((scenario) => {
      const at = healedAt.get(scenario);
      const writes = writesOf(scenario.subject, sent);
      return {
        scenario,
        healed: at !== undefined,
        writes,
        ...(at !== undefined && { seconds: (at - brokenAt) / 1_000 }),
      };
    }),
    remarks: [...healthy.map((name) => `not healthy before it was broken: ${name}`), ...refused],
  };
};

/** Breaks every scenario in one world and lets the product heal them, on a local cloud. */
export const playAll = async (scenarios: readonly Scenario[], log: (line: string) => void): Promise<Outcome> => {
  const booted = await boot({
    now: NOW,
    settings: settingsFor(scenarios),
    switches: { inaccessibleAfterSeconds: 30, propagationSeconds: 120 },
    log,
  });
  try {
    buildWorld(booted.cloud.world, worldOf(scenarios.map(({ subject }) => subject)));
    return await play(booted, scenarios);
  } finally {
    await booted.close();
  }
};
