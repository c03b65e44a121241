import { type Fact, type KeyVersionFacts, present, unknown } from '../remediation/model/facts.ts';
import { formatResourceId, groupOf, subscriptionOf } from '../remediation/model/resource-id.ts';
import { versionFact } from '../remediation/observation/pins.ts';
import { versionsInUse, whyUntold } from '../remediation/observation/versions-in-use.ts';
import type { PathFacts } from './facts.ts';

/** The versions that the consumer uses or may use. All of them must pass. `absent`: one of them does not exist. */
export const pinnedVersions = ({
  consumer,
  observation,
}: Pick<PathFacts, 'consumer' | 'observation'>): Fact<readonly KeyVersionFacts[]> => {
  const untold = whyUntold(consumer);
  if (untold !== undefined) return unknown(`it ${untold}`);
  const { versions, gap } = versionsInUse([consumer], observation);
  const facts = [...versions.map((version) => versionFact(observation, version)), ...(gap ? [gap] : [])];
  return (
    facts.find((fact) => fact.kind === 'absent') ??
    facts.find((fact) => fact.kind === 'unknown') ??
    present(facts.flatMap((fact) => (fact.kind === 'present' ? [fact.value] : [])))
  );
};

/** The vault's ARM id in lower case, like all observed ids; derived from its host where the id is not known. */
export const vaultIdOf = ({ observation: { vault }, consumer }: PathFacts): string => {
  if (vault.kind === 'present') return vault.value.id;
  return formatResourceId({
    subscriptionId: subscriptionOf(consumer.id),
    resourceGroup: groupOf(consumer.id),
    type: 'Microsoft.KeyVault/vaults',
    names: [consumer.pinned.key.host.split('.')[0] ?? ''],
  });
};
