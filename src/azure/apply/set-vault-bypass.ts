import { isInPerimeter } from '../../remediation/observation/trusted-services-pass.ts';
import type { SpecOf } from '../../remediation/steps/steps.ts';
import { type ReadyVault, readReadyVault } from './read-vault.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';
import { patchVault } from './write-vault.ts';

type SetVaultBypass = SpecOf<'setVaultBypass'>;

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Why the bypass would not help, or must not be changed. */
const obstacle = ({ facts }: ReadyVault): string | undefined =>
  isInPerimeter(facts.network)
    ? `${facts.name} is secured by a network security perimeter, which overrides the bypass: let trusted services in there`
    : undefined;

/**
 * Reads the vault: one ARM call. Sending is one PATCH of its firewall, with every rule exactly as just read and only
 * the bypass changed, and one read.
 */
export const readSetVaultBypass = async ({ connection }: TargetSources, step: SetVaultBypass): Promise<Target> => {
  const vault = await readReadyVault(connection, step.parameters);
  if (vault.kind !== 'vault') return vault;
  const { bypass } = step.parameters;
  const { facts, networkAcls } = vault;
  const why = `the firewall of ${facts.name} has the bypass ${facts.network.bypass}`;
  const held = obstacle(vault);
  if (held !== undefined) return { kind: 'blocked', why: held };
  if (same(facts.network.bypass, bypass)) return { kind: 'noDrift', why };
  const change = {
    properties: { networkAcls: { ...networkAcls, bypass } },
    becomes: `lets ${bypass} pass its firewall`,
    isIn: ({ facts: after }: { facts: typeof facts }) => same(after.network.bypass, bypass),
  };
  return { kind: 'drift', why, tagged: [facts], send: (signal) => patchVault(connection, vault, change, signal) };
};
