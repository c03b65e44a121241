import type { Surroundings } from './surroundings.ts';

/** Work that ends sooner than this shows no bar. */
const SOON_MS = 2_000;

export type Progress = { readonly advance: () => void; readonly stop: () => void };

/** A bar on a terminal, once the work has taken two seconds; without a terminal nothing. */
const progressOf = async (
  { progress, now }: Pick<Surroundings, 'progress' | 'now'>,
  what: string,
  total: number,
): Promise<Progress> => {
  if (!progress) return { advance: () => {}, stop: () => {} };
  const { SingleBar } = await import('cli-progress');
  const bar = new SingleBar({
    stream: progress,
    format: `${what} [{bar}] {value} of {total}`,
    barCompleteChar: '=',
    barIncompleteChar: ' ',
    clearOnComplete: true,
    hideCursor: true,
  });
  const began = now();
  let done = 0;
  return {
    advance: () => {
      done += 1;
      if (bar.isActive) bar.update(done);
      else if (now() - began >= SOON_MS) bar.start(total, done);
    },
    stop: () => bar.stop(),
  };
};

/** Does the work with a bar for its parts, and removes the bar also after an error. */
export const withProgress = async <Made>(
  surroundings: Pick<Surroundings, 'progress' | 'now'>,
  { what, total }: { readonly what: string; readonly total: number },
  work: (advance: () => void) => Promise<Made>,
): Promise<Made> => {
  const { advance, stop } = await progressOf(surroundings, what, total);
  try {
    return await work(advance);
  } finally {
    stop();
  }
};
