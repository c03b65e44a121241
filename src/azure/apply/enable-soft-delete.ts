import type { SpecOf } from '../../remediation/steps/steps.ts';
import { readReadyVault } from './read-vault.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';
import { patchVault } from './write-vault.ts';

type EnableSoftDelete = SpecOf<'enableSoftDelete'>;

/** Reads the vault: one ARM call. Sending is one PATCH of this one property, which cannot be undone, and one read. */
export const readEnableSoftDelete = async ({ connection }: TargetSources, step: EnableSoftDelete): Promise<Target> => {
  const vault = await readReadyVault(connection, step.parameters);
  if (vault.kind !== 'vault') return vault;
  const { facts } = vault;
  if (facts.softDelete.enabled) return { kind: 'noDrift', why: `${facts.name} keeps what is deleted` };
  const change = {
    properties: { enableSoftDelete: true },
    becomes: 'keeps what is deleted from now on',
    isIn: ({ facts: after }: { facts: typeof facts }) => after.softDelete.enabled,
  };
  const why = `${facts.name} has no soft delete`;
  return { kind: 'drift', why, tagged: [facts], send: (signal) => patchVault(connection, vault, change, signal) };
};
