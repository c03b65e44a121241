import type { SpecOf } from '../../remediation/steps/steps.ts';
import type { Sources } from '../observe/observe-shared.ts';
import { readVersion } from './read-version.ts';
import type { Target } from './target.ts';

type EnableKey = SpecOf<'enableKey'>;

/** Reads the vault and the pinned version. Sending is one PATCH that enables it. */
export const readEnabling = async (sources: Sources, step: EnableKey): Promise<Target> => {
  const read = await readVersion(sources, step.parameters);
  if (read.kind === 'blocked') return read;
  const { facts, patch, tagged } = read;
  if (facts.enabled) return { kind: 'noDrift', why: `${facts.kid} is enabled` };
  return {
    kind: 'drift',
    why: `${facts.kid} is disabled`,
    tagged,
    send: (signal) => patch({ enabled: true }, 'is enabled', signal),
  };
};
