import type { Access, Fact, KeyVersionFacts } from '../remediation/model/facts.ts';
import { unknown } from '../remediation/model/facts.ts';
import { formatResourceId, groupOf, subscriptionOf } from '../remediation/model/resource-id.ts';
import { versionFact } from '../remediation/observation/pins.ts';
import type { PathFacts } from './facts.ts';

/** The version that the consumer uses. */
export const pinnedVersion = ({ consumer, observation }: PathFacts): Fact<KeyVersionFacts> =>
  versionFact(observation, consumer.pinned.version);

/** What the consumer's identity may do with its key; `absent` where it has no identity. */
export const accessOf = ({ consumer: { principalId }, observation: { access } }: PathFacts): Fact<Access> =>
  principalId.kind === 'present'
    ? (access?.[principalId.value.toLowerCase()] ?? unknown('what the identity may do was not asked for'))
    : principalId;

/** The vault's ARM id, lower-cased as everything that was observed elsewhere; a guess from its host where it is not known. */
export const vaultIdOf = ({ observation: { vault }, consumer }: PathFacts): string => {
  if (vault.kind === 'present') return vault.value.id;
  return formatResourceId({
    subscriptionId: subscriptionOf(consumer.id),
    resourceGroup: groupOf(consumer.id),
    type: 'Microsoft.KeyVault/vaults',
    names: [consumer.pinned.key.host.split('.')[0] ?? ''],
  });
};
