import type { SpecOf } from '../../remediation/steps/steps.ts';
import { readReadyVault } from './read-vault.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';
import { patchVault } from './write-vault.ts';

type EnablePurgeProtection = SpecOf<'enablePurgeProtection'>;

/**
 * Reads the vault: one ARM call. Sending is one PATCH of this one property, which cannot be undone, and one read. Azure
 * refuses it without soft delete (Key Vault, soft-delete overview): soft delete must be enabled first.
 */
export const readEnablePurgeProtection = async (
  { connection }: TargetSources,
  step: EnablePurgeProtection,
): Promise<Target> => {
  const vault = await readReadyVault(connection, step.parameters);
  if (vault.kind !== 'vault') return vault;
  const { facts } = vault;
  if (facts.softDelete.purgeProtection) return { kind: 'noDrift', why: `${facts.name} is protected from purges` };
  if (!facts.softDelete.enabled)
    return { kind: 'blocked', why: `${facts.name} has no soft delete; that comes first: enableSoftDelete` };
  const change = {
    properties: { enablePurgeProtection: true },
    becomes: 'is protected from purges for good',
    isIn: ({ facts: after }: { facts: typeof facts }) => after.softDelete.purgeProtection,
  };
  const why = `${facts.name} is not protected from purges`;
  return { kind: 'drift', why, tagged: [facts], send: (signal) => patchVault(connection, vault, change, signal) };
};
