import { profileOf } from '../../remediation/model/profiles.ts';
import type { SpecOf } from '../../remediation/steps/steps.ts';
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
 * Reads the consumer (2 ARM calls for a single server, 1 for any other), then the vault and the key version, whose tags may
 * forbid a revalidation: one ARM call, one of the data plane. They are not read beside the consumer: a tag that is put on while
 * the consumer's answer is late must be seen. Sending is one PUT of the key that a single server already has, or one PATCH of any
 * other consumer's whole encryption. All are long-running.
 */
export const readRevalidation = async (
  { connection, ...sources }: TargetSources,
  { parameters, target }: RevalidateConsumer,
): Promise<Target> => {
  const read = await readPinning(sources.estate, { target, kid: parameters.kid });
  if (read.kind !== 'writable') return read;
  const { use, why } = read;
  const held = noDrift(read);
  if (held) return held;
  const key = await readMarks(sources, use.pinned, { its: parameters });
  if (key.kind !== 'present') return blocked(whyUnread(key, use.pinned.kid));
  const subject = { what: `the revalidation of ${use.name}`, scope: use.id };
  return {
    kind: 'drift',
    why: profileOf(use.kind).stateProvesKey ? why : `${use.name} shows only in an update whether it can use its key`,
    tagged: [use, ...key.value.tagged],
    send: sendWrite(connection, revalidationIn(read, key.value.vault.id), subject),
  };
};
