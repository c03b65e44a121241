import { isDeepStrictEqual } from 'node:util';
import type { NetworkRules } from '../../remediation/model/facts.ts';
import { isInPerimeter } from '../../remediation/observation/trusted-services-pass.ts';
import type { SpecOf } from '../../remediation/steps/steps.ts';
import type { NetworkAcls, VaultResource } from '../key-vault/vault-resource.ts';
import { readReadyVault } from './read-vault.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';
import { patchVault } from './write-vault.ts';

type RestoreNetworkRules = SpecOf<'restoreNetworkRules'>;

/** Network rules in a comparable form: Azure answers in the casing in which they were written. */
const comparable = ({ bypass, defaultAction, publicNetworkAccess, ...rules }: NetworkRules): NetworkRules => ({
  ...rules,
  bypass: bypass.toLowerCase(),
  defaultAction: defaultAction.toLowerCase(),
  publicNetworkAccess: publicNetworkAccess.toLowerCase(),
});

const equal = (one: NetworkRules, other: NetworkRules): boolean =>
  isDeepStrictEqual(comparable(one), comparable(other));

/** The wanted rules. A wanted rule that the vault still has keeps the vault's spelling. */
const aclsOf = (wanted: NetworkRules, now: NetworkAcls = {}): NetworkAcls => ({
  ...now,
  bypass: wanted.bypass,
  defaultAction: wanted.defaultAction,
  ipRules: wanted.ipRules.map((value) => now.ipRules?.find((rule) => rule.value === value) ?? { value }),
  virtualNetworkRules: wanted.virtualNetworkRules.map(
    (id) => now.virtualNetworkRules?.find((rule) => rule.id.toLowerCase() === id) ?? { id },
  ),
});

/**
 * Reads the vault: one ARM call. Sending is one PATCH of its network rules to the rules of the baseline, and one read.
 * If the vault follows a network security perimeter since, the PATCH changes the vault's own setting for that. A
 * perimeter in enforced mode still overrides the setting, and the state of the consumers shows that
 * (private-link/network-security-perimeter-transition).
 */
export const readRestoreNetworkRules = async (
  { connection }: TargetSources,
  step: RestoreNetworkRules,
): Promise<Target> => {
  const vault = await readReadyVault(connection, step.parameters);
  if (vault.kind !== 'vault') return vault;
  const { network } = step.parameters;
  const { facts, networkAcls } = vault;
  if (equal(facts.network, network)) return { kind: 'noDrift', why: `${facts.name} has these network rules` };
  if (isInPerimeter(network)) {
    const why = `${facts.name} was secured by a network security perimeter: only the owner of that one can associate it`;
    return { kind: 'blocked', why };
  }
  const access = network.publicNetworkAccess;
  const isOther = access.toLowerCase() !== facts.network.publicNetworkAccess.toLowerCase();
  const change = {
    properties: {
      networkAcls: aclsOf(network, networkAcls),
      ...(isOther && { publicNetworkAccess: access }),
    },
    becomes: 'has the network rules of its baseline',
    isIn: (after: VaultResource) => equal(after.facts.network, network),
  };
  const why = `the network rules of ${facts.name} are others than those of its baseline`;
  return { kind: 'drift', why, tagged: [facts], send: (signal) => patchVault(connection, vault, change, signal) };
};
