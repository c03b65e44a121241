import type { Baseline, BaselineConsumer } from '../../src/remediation/model/baseline.ts';
import type { ConsumerFacts, VaultFacts } from '../../src/remediation/model/facts.ts';
import { neededBy } from '../../src/remediation/observation/needed-permissions.ts';
import { aVault, KEY } from './observation.ts';

/** A consumer in its healthy state, with all its access. */
export const wasWell = (consumer: ConsumerFacts, changes: Partial<BaselineConsumer> = {}): BaselineConsumer => ({
  id: consumer.id.toLowerCase(),
  kind: consumer.kind,
  use: consumer.use ?? 'active',
  kid: consumer.pinned.kid,
  principalId: consumer.principalId.kind === 'present' ? consumer.principalId.value : 'p-before',
  ...(consumer.identity && { identity: consumer.identity }),
  permissions: neededBy(consumer.kind) ?? [],
  ...changes,
});

/** The last healthy state: a healthy vault, and these consumers. */
export const aBaseline = (
  consumers: readonly (ConsumerFacts | BaselineConsumer)[],
  vault: Partial<VaultFacts> = {},
): Baseline => {
  const { id, tenantId, location, permissionModel, network } = aVault(vault);
  return {
    key: KEY,
    vault: { id: id.toLowerCase(), tenantId, location, permissionModel, network },
    consumers: consumers.map((one) => ('pinned' in one ? wasWell(one) : one)),
  };
};
