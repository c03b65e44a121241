import type { SpecOf } from '../../remediation/steps/steps.ts';
import type { Sources } from '../observe/observe-shared.ts';
import { readVersion } from './read-version.ts';
import type { Target } from './target.ts';

type SetActivationDate = SpecOf<'setActivationDate'>;

/**
 * Reads the vault and the pinned version. Sending is one PATCH of the version's activation date to the time of its
 * creation, which is in the past by Key Vault's own clock.
 */
export const readActivation = async (sources: Sources, step: SetActivationDate): Promise<Target> => {
  const read = await readVersion(sources, step.parameters);
  if (read.kind === 'blocked') return read;
  const { facts, patch, tagged } = read;
  const { createdOn, notBefore } = facts;
  if (notBefore === undefined || new Date(notBefore) <= new Date())
    return { kind: 'noDrift', why: `${facts.kid} is active since ${notBefore ?? createdOn}` };
  if (!facts.enabled) return { kind: 'blocked', why: `${facts.kid} is disabled; that comes first` };
  return {
    kind: 'drift',
    why: `${facts.kid} is not active before ${notBefore}`,
    tagged,
    send: (signal) => patch({ notBefore: new Date(createdOn) }, `is active since ${createdOn}`, signal),
  };
};
