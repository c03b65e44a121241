import { boot } from '../../local/boot.ts';
import { buildWorld } from '../../local/cloud/worlds/build-world.ts';
import { subscriptionId } from '../../local/cloud/worlds/product.ts';
import { worldOf } from '../builders/breaking/subjects.ts';
import { writesOf } from '../builders/breaking/write-names.ts';
import { byKey } from '../builders/by-key.ts';
import { MINUTE } from '../builders/durations.ts';
import { acceptMove, approveAsked, PEOPLE, request } from './approve.ts';
import { failingLines, isAbout } from './failing-lines.ts';
import type { Played, Scenario, Stage } from './scenario.ts';
import { watchHealing } from './watch.ts';

const NOW = new Date('2026-03-02T00:00:00Z');
const ONCE_A_YEAR = '0 0 0 1 1 *';
const NEXT_SWEEP = 6 * MINUTE;
const PATIENCE = 60 * MINUTE;

const settingsFor = (scenarios: readonly Scenario[]): Readonly<Record<string, string>> => ({
  GUARDIAN_MODE: 'auto',
  GUARDIAN_SCOPE: `/subscriptions/${subscriptionId}`,
  GUARDIAN_AUTO_REVERSE: 'all',
  // Everything breaks at once here, each thing for a reason of its own: the default fuse would blow.
  GUARDIAN_FUSE_ROOT_CAUSES: '9999',
  GUARDIAN_DEDICATED_VAULTS: scenarios.map(({ subject }) => subject.vault).join(','),
  GUARDIAN_SWEEP_SCHEDULE: '0 */5 * * * *',
  GUARDIAN_PROBE_SCHEDULE: ONCE_A_YEAR,
  GUARDIAN_POSTURE_SCHEDULE: ONCE_A_YEAR,
  GUARDIAN_SUMMARY_SCHEDULE: ONCE_A_YEAR,
  ...PEOPLE,
});

/**
 * The acts of people: one requests each repair or accepts a move, another approves the plan that follows. Resolves with the
 * refusals.
 */
const actForPeople = async (stage: Stage, scenarios: readonly Scenario[]): Promise<readonly string[]> => {
  const refused: string[] = [];
  const asking = scenarios.filter(({ requests, movedFrom }) => requests !== undefined || movedFrom !== undefined);
  for (const { subject, requests = [], movedFrom } of asking) {
    if (movedFrom !== undefined) refused.push(await acceptMove(stage, subject, movedFrom));
    for (const step of requests) refused.push(await request(stage, subject, step));
  }
  await stage.clock.advance(MINUTE);
  for (const { subject } of asking) await approveAsked(stage, subject);
  return refused.filter((why) => why !== '');
};

type Outcome = { readonly played: readonly Played[]; readonly remarks: readonly string[] };

/** Everything is broken at once; a healed consumer must stay healthy for two further sweeps. */
const breakAndWait = async (stage: Stage, scenarios: readonly Scenario[]) => {
  const { clock, cloud } = stage;
  for (const { breakIt, subject } of scenarios) breakIt(cloud.world, subject);
  const watch = watchHealing(stage, scenarios);
  watch.look();
  await clock.advance(MINUTE, watch.look);
  const refused = await actForPeople(stage, scenarios);
  await clock.advance(PATIENCE, watch.look);
  await clock.advance(2 * NEXT_SWEEP, () => watch.look() && false);
  return { watch, refused };
};

const play = async (stage: Stage, scenarios: readonly Scenario[]): Promise<Outcome> => {
  const { clock, cloud } = stage;
  await clock.advance(NEXT_SWEEP);
  const unwell = scenarios.filter(({ isHealed, subject }) => !isHealed(cloud.world, subject));
  const since = cloud.requests.list().at(-1)?.n ?? 0;
  const brokenAt = clock.now();
  const { watch, refused } = await breakAndWait(stage, scenarios);
  const sent = cloud.requests.list({ since, caller: 'cmk-guardian', mutating: true });
  const failing = await failingLines(stage);
  const played = scenarios.map((scenario): Played => {
    const at = watch.healedAt(scenario);
    const stillFails = failing.filter((line) => scenario.rows.includes(line.row) && isAbout(line, scenario.subject));
    return {
      scenario,
      healed: at !== undefined,
      writes: writesOf(scenario.subject, sent),
      stillFails: [...new Set(stillFails.map(({ row }) => row))],
      ...(at !== undefined && { seconds: (at - brokenAt) / 1_000 }),
    };
  });
  return { played, remarks: [...unwell.map(({ name }) => `not healthy before it was broken: ${name}`), ...refused] };
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
    return await play({ ...booted, call: (call) => booted.call(byKey(call)) }, scenarios);
  } finally {
    await booted.close();
  }
};
