import type { PipelineRequest, SendRequest } from '@azure/core-rest-pipeline';
import { hostKind } from './host-kind.ts';
import { openNamedSlots, openSlots, type Slots } from './slots.ts';

/** The most requests that are under way at the same moment: to one vault, and to all hosts together. */
export type Most = { readonly ofVault: number; readonly ofAll: number };

/**
 * Node opens a connection for each request that is under way, and keeps it for the next request. A connection takes 100
 * KB outside of the heap, and each garbage collection copies what thousands of them hold. A vault answers within some
 * 20 ms, so a small number of requests at a time is done soon.
 */
const MOST: Most = { ofVault: 2, ofAll: 64 };

/**
 * A request occupies its slots no longer than this. So a request that hangs does not keep other requests from being
 * sent. A slow vault still gets eight reads a second, which is more than its keys need.
 */
const COUNTS_MS = 250;

/** Takes one of each of these slots, and frees them when the work has ended, or after `COUNTS_MS`. */
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

/**
 * Sends a limited number of requests at the same moment, and a smaller number to the same vault. Other requests wait;
 * the timeout of a request begins only when it is sent.
 */
export const fewAtOnce = (send: SendRequest, most = MOST): SendRequest => {
  const all = openSlots(most.ofAll);
  const vaults = openNamedSlots(most.ofVault);
  const slotsOf = ({ url }: PipelineRequest): readonly Slots[] => {
    const { hostname } = new URL(url);
    return hostKind(hostname) === 'vault' ? [vaults.of(hostname), all] : [all];
  };
  return (request) => within(slotsOf(request), () => send(request));
};
