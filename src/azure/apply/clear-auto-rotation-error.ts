import type { SpecOf } from '../../remediation/steps/steps.ts';
import { blocked, readPinning, revalidationIn } from './read-consumer.ts';
import { readMarks, whyUnread } from './read-marks.ts';
import { sendWrite } from './send-write.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

type ClearAutoRotationError = SpecOf<'clearAutoRotationError'>;

/**
 * Reads the disk encryption set and, where its rotation has stopped, its vault and key version: 2 ARM calls, one of the
 * data plane. Sending is one PATCH with the key that it already has: "please update the resource … to re-enable
 * auto-key rotation".
 */
export const readClearAutoRotationError = async (
  { connection, ...sources }: TargetSources,
  { parameters, target }: ClearAutoRotationError,
): Promise<Target> => {
  const read = await readPinning(sources.estate, { target, kid: parameters.kid });
  if (read.kind !== 'writable') return read;
  const { use } = read;
  const error = use.rotation?.error;
  if (!error) return { kind: 'noDrift', why: `the automatic rotation of ${use.name} has not failed` };
  const key = await readMarks(sources, use.pinned, { its: parameters });
  if (key.kind !== 'present') return blocked(whyUnread(key, use.pinned.kid));
  return {
    kind: 'drift',
    why: `the automatic rotation of ${use.name} has stopped: ${error.code}`,
    tagged: [use, ...key.value.tagged],
    send: sendWrite(connection, revalidationIn(read, key.value.vault.id), {
      what: `the update of ${use.name}`,
      scope: use.id,
    }),
  };
};
