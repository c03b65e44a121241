import { keyOf } from '../../remediation/model/key-ref.ts';
import { profileOf } from '../../remediation/model/profiles.ts';
import type { SpecOf } from '../../remediation/steps/steps.ts';
import { begun } from '../connection/begun.ts';
import { blocked, type NotWritable, readPinning, revalidationIn, type WritableConsumer } from './read-consumer.ts';
import { readMarks, whyUnread } from './read-marks.ts';
import { sendWrite } from './send-write.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

type RevalidateConsumer = SpecOf<'revalidateConsumer'>;

/** A consumer whose ready state proves its key needs no revalidation. For any other, only another try tells. */
const noDrift = ({ state, use, why }: WritableConsumer): NotWritable | undefined =>
  state === 'ready' && profileOf(use.kind).stateProvesKey ? { kind: 'noDrift', why } : undefined;

/**
 * Reads the consumer (2 ARM calls for a single server, 1 for any other) and the vault of its key beside it (one ARM call), and
 * then the key version (one of the data plane): the tags of each may forbid a revalidation. Sending is one PUT of the key that a
 * single server already has, or one PATCH of any other consumer's whole encryption. All are long-running.
 */
export const readRevalidation = async (
  { connection, ...sources }: TargetSources,
  { parameters, target }: RevalidateConsumer,
): Promise<Target> => {
  const { kid } = parameters;
  const readVault = begun(async () => sources.vaults.readOne(keyOf(kid).host));
  const read = await readPinning(sources.estate, { target, kid });
  if (read.kind !== 'writable') return read;
  const { use, why } = read;
  const held = noDrift(read);
  if (held) return held;
  const key = await readMarks(sources, use.pinned, { its: parameters, readVault });
  if (key.kind !== 'present') return blocked(whyUnread(key, use.pinned.kid));
  const subject = { what: `the revalidation of ${use.name}`, scope: use.id };
  return {
    kind: 'drift',
    why: profileOf(use.kind).stateProvesKey ? why : `${use.name} shows only in an update whether it can use its key`,
    tagged: [use, ...key.value.tagged],
    send: sendWrite(connection, revalidationIn(read, key.value.vault.id), subject),
  };
};
