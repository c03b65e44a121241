import type { VaultFacts } from '../remediation/model/facts.ts';
import { profileOf } from '../remediation/model/profiles.ts';
import { subscriptionOf, within } from '../remediation/model/resource-id.ts';
import { isJoiningSubnets } from '../remediation/model/subnet-join.ts';
import { STEPS, type StepKind } from '../remediation/steps/steps.ts';
import { deleteLock, privateEndpoint, subnetRule } from './commands.ts';
import type { OwnRights, VaultReach } from './coverage-facts.ts';
import { missingActions, missingPermissions } from './missing-rights.ts';
import { type Obstacle, unsure } from './obstacle.ts';
import { needsOf, placeOfStep } from './step-needs.ts';
import { unreadAt } from './unread-at.ts';

/**
 * Azure Functions is no trusted service of Key Vault: where the firewall is closed, the product needs a network path of
 * its own.
 */
const shutNetwork = ({ dataPlane }: VaultReach, { id, network }: VaultFacts): readonly Obstacle[] => {
  if (dataPlane.kind === 'unknown' || dataPlane.kind === 'denied')
    return [unsure(`The data plane did not let the product look: ${dataPlane.reason}.`)];
  if (dataPlane.kind !== 'shut') return [];
  const isPublic = network.publicNetworkAccess === 'Enabled';
  return [
    {
      certain: true,
      why: `The firewall keeps the product out, which is no trusted service: ${dataPlane.reason}.`,
      commands: isPublic ? [subnetRule(id), privateEndpoint(id)] : [privateEndpoint(id)],
    },
  ];
};

/** Read-only locks on a resource or above it. A lock that only forbids deletion does not block a step. */
const readOnlyLocks = ({ locks, unreadLocks }: VaultReach, ids: readonly string[]): readonly Obstacle[] => {
  if (locks.kind === 'unknown') return [unsure(locks.reason)];
  const all = locks.kind === 'present' ? locks.value : [];
  const found = all
    .filter(({ level, scope }) => level === 'ReadOnly' && ids.some((id) => within(id, scope)))
    .map(({ id }) => ({ certain: true, why: `The lock ${id} makes it read-only.`, commands: [deleteLock(id)] }));
  const hidden = new Set(ids.flatMap((id) => unreadAt(unreadLocks, id) ?? []));
  return [...found, ...[...hidden].map(unsure)];
};

type Consumer = VaultReach['consumers'][number];

/** The consumers that a step could be for, by kind: each kind needs its own actions. */
const groupsOf = (step: StepKind, consumers: readonly Consumer[]): readonly (readonly Consumer[])[] => {
  const all = consumers.filter(({ kind }) => STEPS[step].isFor(profileOf(kind)));
  return [...Map.groupBy(all, ({ kind }) => kind).values()];
};

/**
 * A write of network rules needs the right to join every subnet in the rules. The product sees its rights only in the
 * subscription of the vault: for a subnet in another subscription the obstacle is not certain.
 */
const unjoined = (actions: readonly string[], { id, network }: VaultFacts, own: OwnRights): readonly Obstacle[] =>
  network.virtualNetworkRules.flatMap((subnet) => {
    const missing = missingActions(actions.filter(isJoiningSubnets), [subnet], own);
    if (subscriptionOf(subnet).toLowerCase() === subscriptionOf(id).toLowerCase()) return missing;
    return missing.map(({ why }) =>
      unsure(`${why} It lies in another subscription: a role with this one action at the subnet is enough.`),
    );
  });

const onConsumers = (step: StepKind, reach: VaultReach, vault: VaultFacts, own: OwnRights): readonly Obstacle[] =>
  groupsOf(step, reach.consumers).flatMap((group) => {
    const [consumer] = group;
    if (!consumer) return [];
    const ids = placeOfStep(step) === 'vault' ? [vault.id] : group.map(({ id }) => id);
    const { actions } = needsOf(step, { vault, key: reach.key, consumer });
    const onThem = actions.filter((action) => !isJoiningSubnets(action));
    return [...missingActions(onThem, ids, own), ...unjoined(actions, vault, own), ...readOnlyLocks(reach, ids)];
  });

const onKeys = (step: StepKind, reach: VaultReach, vault: VaultFacts, own: OwnRights): readonly Obstacle[] => {
  const { actions, permissions } = needsOf(step, { vault, key: reach.key });
  return [
    ...missingActions(actions, [vault.id], own),
    ...missingPermissions(permissions, vault, own),
    ...shutNetwork(reach, vault),
  ];
};

/** All obstacles between the product and a step, with the commands that remove them. */
export const obstaclesTo = (step: StepKind, reach: VaultReach): readonly Obstacle[] => {
  const { own, vault } = reach;
  if (vault.kind === 'unknown') return [{ certain: true, why: vault.reason, commands: [] }];
  if (own.kind !== 'present') return [unsure(own.kind === 'unknown' ? own.reason : 'the product has no identity')];
  if (vault.kind === 'absent') return [unsure(`${reach.key.host} is not there: its rules are seen when it is`)];
  return placeOfStep(step) === 'key'
    ? onKeys(step, reach, vault.value, own.value)
    : onConsumers(step, reach, vault.value, own.value);
};
