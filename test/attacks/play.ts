import { type App, type AppPlan, faultsOf, openApp } from '../builders/open-app.ts';
import type { Attack, Outcome } from './attack.ts';

export type Played = { readonly attack: Attack; readonly outcome: Outcome };

/** An attack that breaks down has shown nothing: it does not hold. */
export const playOne = async (app: App, attack: Attack): Promise<Played> => {
  try {
    return { attack, outcome: await attack.play(app) };
  } catch (error) {
    const [whyNot = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return { attack, outcome: { writes: [], verdict: 'could not be played', held: false, whyNot } };
  }
};

/** Nothing that was played on an app holds where the app itself did what no app may do. */
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

/** Plays them all, an app for each plan, on the storage of this connection string; tells of each app when it is done. */
export const playAll = async (
  attacks: readonly Attack[],
  storage: string,
  tell: (played: readonly Played[]) => void = () => {},
): Promise<readonly Played[]> => {
  const all: Played[] = [];
  for (const [plan, sharing] of Map.groupBy(attacks, (attack) => attack.plan)) {
    const played = await playOn(plan, sharing, storage);
    all.push(...played);
    tell(played);
  }
  return attacks.flatMap((attack) => all.find((played) => played.attack === attack) ?? []);
};
