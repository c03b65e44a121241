import { type Figure, withGoal } from '../figure.ts';
import type { Shape } from '../scale/shape.ts';
import type { Watched } from './counts.ts';
import { monthOf } from './month.ts';
import type { Prices } from './prices.ts';

/** In however many subscriptions: in a single one is the limit. */
type Estate = Omit<Shape, 'subscriptions'>;

/** What an owner wants of the bill: figures with the most that each may be. */
type Goal = {
  readonly estate: Estate;
  readonly look: string;
  readonly name: string;
  readonly unit: string;
  readonly most: number;
  readonly of: (watched: Watched, prices: Prices, look: string) => number;
};

const BY = { dataPlaneList: 'by lists of vaults', resourceManagerList: "by Resource Manager's lists" } as const;

const callsOf = ({ probe }: Watched, _prices: Prices, look: string): number => probe[look]?.keyVaultCalls ?? Number.NaN;

const dollarsOf = (watched: Watched, prices: Prices, look: string): number => monthOf(prices, watched, look).dollars;

const MANY: Estate = { keys: 10_000, keysAVault: 200 };
const SCATTERED: Estate = { keys: 4_500, keysAVault: 3 };

const calls = (estate: Estate, look: keyof typeof BY, most: number): Goal => ({
  estate,
  look,
  name: `calls of Key Vault a minute, ${BY[look]}`,
  unit: 'calls',
  most,
  of: callsOf,
});

const dollars = (look: keyof typeof BY, most: number): Goal => ({
  estate: MANY,
  look,
  name: `a month of watching without instances that are always ready, ${BY[look]}`,
  unit: 'USD',
  most,
  of: dollarsOf,
});

const GOALS: readonly Goal[] = [
  calls(MANY, 'dataPlaneList', 450),
  calls(MANY, 'resourceManagerList', 20),
  calls(SCATTERED, 'dataPlaneList', 1_500),
  calls(SCATTERED, 'resourceManagerList', 20),
  dollars('dataPlaneList', 150),
  dollars('resourceManagerList', 60),
];

export type Judged = { readonly shape: Shape; readonly figure: Figure };

/** Every goal whose estate was measured, with what was measured of it. */
export const judge = (watched: readonly Watched[], prices: Prices): readonly Judged[] =>
  GOALS.flatMap(({ estate, look, name, unit, most, of }) =>
    watched
      .filter(
        (one) => one.shape.keys === estate.keys && one.shape.keysAVault === estate.keysAVault && look in one.probe,
      )
      .map((one) => ({ shape: one.shape, figure: withGoal(name, of(one, prices, look), unit, most) })),
  );
