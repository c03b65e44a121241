import type { Line } from './line.ts';

const isAbout = ({ key, vault, consumer }: Line, target: string | undefined): boolean =>
  target === undefined || [key, vault, consumer?.id].some((one) => one?.toLowerCase() === target.toLowerCase());

/**
 * What an order about a key, a vault or a consumer keeps from being written, and what may be written once it is lifted: the steps of
 * every key that it is about, since an order about one consumer holds the whole repair of its key. Without a target, of all.
 */
export const stepsHeldBack = (lines: readonly Line[], target: string | undefined) => {
  const keys = new Set(lines.filter((line) => isAbout(line, target)).map(({ key }) => key));
  return lines.filter(({ key }) => keys.has(key)).flatMap(({ plan }) => plan?.steps ?? []);
};
