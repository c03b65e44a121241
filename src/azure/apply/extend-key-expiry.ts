import { newExpiry } from '../../remediation/observation/extend-expiry.ts';
import type { Seen, Step } from '../../remediation/steps/step.ts';
import type { SpecOf } from '../../remediation/steps/steps.ts';
import type { Sources } from '../observe/observe-shared.ts';
import { readVersion } from './read-version.ts';
import type { Target } from './target.ts';

type ExtendKeyExpiry = SpecOf<'extendKeyExpiry'> & Pick<Step, 'seen'>;

/**
 * Whether somebody has set another expiry since the step was decided. A step of an earlier version does not hold the
 * expiry that was seen.
 */
const isOther = (expiresOn: string | undefined, seen: Seen | undefined): boolean =>
  seen !== undefined && expiresOn !== seen.expiresOn;

/** Reads the vault and the pinned version. Sending is one PATCH of the version's expiry. */
export const readExtension = async (sources: Sources, step: ExtendKeyExpiry): Promise<Target> => {
  const read = await readVersion(sources, step.parameters);
  if (read.kind === 'blocked') return read;
  const { facts, patch, tagged } = read;
  const expiry = newExpiry(facts, step.parameters, new Date());
  const why = `${facts.kid} expires ${facts.expiresOn ?? 'never'}`;
  if (expiry.kind === 'noDrift') return { kind: 'noDrift', why };
  if (isOther(facts.expiresOn, step.seen))
    return { kind: 'changed', why: `${why}, and ${step.seen?.expiresOn} when it was decided to extend it` };
  if (expiry.kind === 'blocked') return expiry;
  const { expiresOn } = expiry;
  return {
    kind: 'drift',
    why,
    tagged,
    send: (signal) => patch({ expiresOn }, `is valid until ${expiresOn.toISOString()}`, signal),
  };
};
