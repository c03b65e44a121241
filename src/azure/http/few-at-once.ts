import type { PipelineRequest, SendRequest } from '@azure/core-rest-pipeline';
import { hostKind } from './host-kind.ts';
import { openNamedSlots, openSlots, type Slots } from './slots.ts';

/** The most requests that are under way at the same moment: to one vault, and to all hosts together. */
export type Most = { readonly ofVault: number; readonly ofAll: number };

/**
 * Every request under way takes a connection of its own, of 100 KB outside of the heap, which is kept for the next one; and what
 * thousands of them hold is copied by each collection of the heap. Vaults answer within some 20 ms, so that so few are soon done.
 */
const MOST: Most = { ofVault: 2, ofAll: 64 };

/**
 * A request counts for so long at most: one that hangs does not keep others from being sent, and a vault that is slow gets eight reads a second
 * all the same, more than its keys take.
 */
const COUNTS_MS = 250;

/** Takes a slot of each, and leaves them when the work has ended, or counts no longer. */
const within = async <Done>(slots: readonly Slots[], work: () => Promise<Done>): Promise<Done> => {
  for (const one of slots) await one.take();
  let isLeft = false;
  const leave = (): void => {
    if (!isLeft) for (const one of slots) one.leave();
    isLeft = true;
  };
  const late = setTimeout(leave, COUNTS_MS);
  try {
    return await work();
  } finally {
    clearTimeout(late);
    leave();
  }
};

/** Sends few requests at the same moment, and fewer to the same vault. The others wait, before their timeout begins. */
export const fewAtOnce = (send: SendRequest, most = MOST): SendRequest => {
  const all = openSlots(most.ofAll);
  const vaults = openNamedSlots(most.ofVault);
  const slotsOf = ({ url }: PipelineRequest): readonly Slots[] => {
    const { hostname } = new URL(url);
    return hostKind(hostname) === 'vault' ? [vaults.of(hostname), all] : [all];
  };
  return (request) => within(slotsOf(request), () => send(request));
};
