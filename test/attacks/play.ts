import { type App, type AppPlan, faultsOf, openApp } from '../builders/open-app.ts';
import type { Attack, Outcome } from './attack.ts';

export type Played = { readonly attack: Attack; readonly outcome: Outcome };

/** An attack that fails with an error has shown nothing: it counts as not held off. */
export const playOne = async (app: App, attack: Attack): Promise<Played> => {
  try {
    return { attack, outcome: await attack.play(app) };
  } catch (error) {
    const [whyNot = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return { attack, outcome: { writes: [], verdict: 'could not be played', held: false, whyNot } };
  }
};

/** No result of an app counts as held off where the app itself did a forbidden act. */
const judged = (played: readonly Played[], [fault]: readonly string[]): readonly Played[] =>
  fault === undefined
    ? played
    : played.map(({ attack, outcome }) => ({ attack, outcome: { ...outcome, held: false, whyNot: fault } }));

const playOn = async (plan: AppPlan, attacks: readonly Attack[], storage: string): Promise<readonly Played[]> => {
  const app = await openApp(plan, storage);
  try {
    const played: Played[] = [];
    for (const attack of attacks) played.push(await playOne(app, attack));
    return judged(played, await faultsOf(app));
  } finally {
    await app.close();
  }
};

/**
 * The number of apps at a time: the fewest cores that a machine has. The processes of one app wait for each other, and leave a
 * core idle.
 */
const AT_ONCE = 2;

type Group = readonly [AppPlan, readonly Attack[]];

/** Takes one group after the other from the remaining ones, until none is left. */
const playRest = async (
  left: Iterator<Group>,
  storage: string,
  tell: (played: readonly Played[]) => void,
): Promise<readonly Played[]> => {
  const all: Played[] = [];
  for (let next = left.next(); !next.done; next = left.next()) {
    const [plan, sharing] = next.value;
    const played = await playOn(plan, sharing, storage);
    all.push(...played);
    tell(played);
  }
  return all;
};

/** Plays all attacks, an app for each plan, on the storage of this connection string; reports each finished app. */
export const playAll = async (
  attacks: readonly Attack[],
  storage: string,
  tell: (played: readonly Played[]) => void = () => {},
): Promise<readonly Played[]> => {
  const left = Map.groupBy(attacks, (attack) => attack.plan).entries();
  const all = await Promise.all(Array.from({ length: AT_ONCE }, () => playRest(left, storage, tell)));
  return attacks.flatMap((attack) => all.flat().find((played) => played.attack === attack) ?? []);
};
