import { sha256 } from '../../remediation/model/canonical.ts';
import type { ConsumerFacts } from '../../remediation/model/facts.ts';
import type { KeyState } from '../../store/key-state.ts';

/** Up to this many single servers are read in every sweep: ARM's bucket holds 250 reads, and a read is the surest. */
const FEW = 200;

/**
 * No list shows the key of a single server. It is read for each server within six hours, and at once for a server that
 * is new, changed or ill. For 5,000 servers a sweep then makes a hundred calls instead of 5,000, which would empty
 * ARM's bucket for three minutes.
 */
const LONGEST_MS = 6 * 3_600_000;

/** Between half of that time and all of it, so that servers that were first read together are not read together again. */
const keptMs = (id: string): number => {
  const spread = Number.parseInt(sha256(id.toLowerCase()).slice(0, 8), 16) / 16 ** 8;
  return (LONGEST_MS * (1 + spread)) / 2;
};

const isReady = ({ state }: ConsumerFacts): boolean => state.kind === 'present' && state.value.state === 'ready';

type Known = KeyState['consumers'];

/** The consumers that may be taken to pin what they pinned, if nothing else of them has changed. Of all others nothing is kept. */
export const recallable = async (
  known: AsyncIterable<Known> | Iterable<Known>,
  now: Date,
): Promise<readonly ConsumerFacts[]> => {
  const recalled: ConsumerFacts[] = [];
  let count = 0;
  for await (const one of known)
    for (const facts of one?.consumers ?? []) {
      const readAt = one?.pinsReadAt?.[facts.id.toLowerCase()];
      if (readAt === undefined) continue;
      count += 1;
      const isOld = now.getTime() - Date.parse(readAt) >= keptMs(facts.id);
      if (!isOld && isReady(facts)) recalled.push(facts);
    }
  return count <= FEW ? [] : recalled;
};
