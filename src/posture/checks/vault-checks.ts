import type { VaultFacts } from '../../remediation/facts.ts';
import type { Checks } from '../check.ts';
import { newVault, protectFromPurge, recoverVault, softDelete as softDeleteOn } from '../commands.ts';
import type { PathFacts } from '../facts.ts';
import { holds, type Judgement, judged, pass, unclear } from '../judgement.ts';
import { vaultIdOf } from '../path.ts';

const onVault =
  (judge: (vault: VaultFacts, path: PathFacts) => Judgement) =>
  (path: PathFacts): Judgement =>
    judged(
      path.observation.vault,
      (vault) => judge(vault, path),
      () => unclear(`there is no vault ${path.observation.key.host} to judge`),
    );

/** The vault answers, or what became of it: deleted is a failure, out of sight is not. */
const vaultThere = (path: PathFacts): Judgement => {
  const { vault, vaultLoss, key } = path.observation;
  return judged(
    vault,
    ({ id }) => pass(id),
    () =>
      judged(
        vaultLoss,
        (loss) =>
          holds(
            false,
            loss.kind === 'deleted' ? `deleted on ${loss.deletedOn}` : 'neither there nor among the deleted vaults',
            ...(loss.kind === 'deleted' ? [recoverVault(key)] : []),
          ),
        () => unclear(`${key.host} is not there, and nobody knows whether it was deleted`),
      ),
  );
};

const softDelete = onVault(({ softDelete: { enabled } }, path) =>
  holds(enabled, `soft delete is ${enabled ? 'on' : 'off'}`, softDeleteOn(vaultIdOf(path))),
);

/** `null` and `false` both mean off (cloud-custodian 6627). */
const purgeProtection = onVault(({ softDelete: { purgeProtection: on }, id }) =>
  holds(on, `purge protection is ${on ? 'on' : 'off'}`, protectFromPurge(id)),
);

/** Fixed when the vault is made: another one means another vault, another key, and every consumer pointed at it. */
const retention = onVault(({ softDelete: { enabled, retentionDays }, location }) =>
  retentionDays === undefined
    ? unclear('the vault does not state its retention')
    : holds(
        enabled && retentionDays === 90,
        `soft delete ${enabled ? 'on' : 'off'}, ${retentionDays} days`,
        newVault(location),
      ),
);

const bothInOrder = onVault(({ softDelete: { enabled, purgeProtection: on }, id }) =>
  holds(
    enabled && on,
    `soft delete ${enabled ? 'on' : 'off'}, purge protection ${on ? 'on' : 'off'}`,
    ...(enabled ? [] : [softDeleteOn(id)]),
    protectFromPurge(id),
  ),
);

const sameTenant = onVault(({ tenantId }, { consumer }) =>
  consumer.tenantId === undefined
    ? unclear(`${consumer.name} states no tenant of its identity`)
    : holds(
        consumer.tenantId.toLowerCase() === tenantId.toLowerCase(),
        `vault ${tenantId}, identity ${consumer.tenantId}`,
      ),
);

const vaultAsBefore = onVault(({ id, tenantId }, { baseline }) =>
  baseline === undefined
    ? unclear('there is no healthy snapshot to compare with yet')
    : holds(
        baseline.vault.id === id.toLowerCase() && baseline.vault.tenantId === tenantId,
        `now ${id} in ${tenantId}, when healthy ${baseline.vault.id} in ${baseline.vault.tenantId}`,
      ),
);

const sameRegion = onVault(({ location }, { consumer }) =>
  holds(
    location.toLowerCase() === consumer.location.toLowerCase(),
    `vault in ${location}, ${consumer.name} in ${consumer.location}`,
    newVault(consumer.location),
  ),
);

export const VAULT_CHECKS = {
  vaultPresent: { judge: vaultThere, page: 'vaultDeleted' },
  softDeleteOn: { judge: softDelete, page: 'softDeleteOff' },
  purgeProtectionOn: { judge: purgeProtection, page: 'purgeProtectionOff' },
  sameRegion: { judge: sameRegion, page: 'regionMismatch' },
  sameTenant: { judge: sameTenant, page: 'tenantMismatch' },
  vaultUnmoved: { judge: vaultAsBefore, page: 'tenantMismatch' },
  retentionNinetyDays: { judge: retention, page: 'retentionShort' },
  protectionInOrder: { judge: bothInOrder, page: 'purgeProtectionOff' },
} as const satisfies Checks<PathFacts>;
