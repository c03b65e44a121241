import type { Line } from './line.ts';

/** The clock beside a line. `down` counts up, `lockOut` down to zero, and `overdue` up again from there. */
export type Countdown = { readonly kind: 'down' | 'lockOut' | 'overdue'; readonly seconds: number };

/** By the server's clock. `undefined` where no consumer is affected. */
export const countdownOf = ({ impact }: Pick<Line, 'impact'>, now: number): Countdown | undefined => {
  if (impact.kind === 'down') return { kind: 'down', seconds: Math.max(0, (now - Date.parse(impact.since)) / 1_000) };
  if (impact.kind !== 'losesKey') return undefined;
  const left = (Date.parse(impact.by) - now) / 1_000;
  return left >= 0 ? { kind: 'lockOut', seconds: left } : { kind: 'overdue', seconds: -left };
};
