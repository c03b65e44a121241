import type { Row } from './row.ts';

/** Azure locks users out within this time of the loss. */
const TEN_MINUTES = 10 * 60_000;

type Loss = { readonly at: number; readonly lockedOutAt?: number };

/** `9:05` */
export const minutesAndSeconds = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

const say = ({ at, lockedOutAt }: Loss, now: number): string =>
  lockedOutAt === undefined
    ? `${minutesAndSeconds(at + TEN_MINUTES - now)} left`
    : `${minutesAndSeconds(now - lockedOutAt)} down`;

const byImpact = (a: Loss, b: Loss): number => {
  if ((a.lockedOutAt === undefined) !== (b.lockedOutAt === undefined)) return a.lockedOutAt === undefined ? 1 : -1;
  return (a.lockedOutAt ?? a.at) - (b.lockedOutAt ?? b.at);
};

/** Follows rows in order: the rest of the ten minutes, or the time that a server has been down, of the worst server. */
export const createCountdown = (): ((row: Row) => string) => {
  const losses = new Map<string, Loss>();
  const turn = ({ at, turn: turned }: Row): void => {
    if (turned?.to === 'newWorld') losses.clear();
    if (turned?.to === 'lost') losses.set(turned.server, { at });
    if (turned?.to === 'lockedOut') losses.set(turned.server, { at, ...losses.get(turned.server), lockedOutAt: at });
  };
  return (row) => {
    turn(row);
    const [worst] = [...losses.values()].sort(byImpact);
    if (row.turn?.to === 'back') losses.delete(row.turn.server);
    return worst ? say(worst, row.at) : '';
  };
};
