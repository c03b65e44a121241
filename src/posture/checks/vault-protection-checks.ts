import type { Checks } from '../check.ts';
import { newVault, protectFromPurge, softDelete as softDeleteOn } from '../commands.ts';
import type { PathFacts } from '../facts.ts';
import { holds, unclear } from '../judgement.ts';
import { vaultIdOf } from '../path.ts';
import { onVault } from './on-vault.ts';

const softDelete = onVault(({ softDelete: { enabled } }, path) =>
  holds(enabled, `soft delete is ${enabled ? 'on' : 'off'}`, softDeleteOn(vaultIdOf(path))),
);

/** `null` and `false` both mean off (cloud-custodian 6627). */
const purgeProtection = onVault(({ softDelete: { purgeProtection: on }, id }) =>
  holds(on, `purge protection is ${on ? 'on' : 'off'}`, protectFromPurge(id)),
);

/**
 * The retention is fixed when the vault is created. Another value needs a new vault, a new key, and a change of every
 * consumer.
 */
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

export const VAULT_PROTECTION_CHECKS = {
  softDeleteOn: { judge: softDelete, page: 'softDeleteOff' },
  purgeProtectionOn: { judge: purgeProtection, page: 'purgeProtectionOff' },
  retentionNinetyDays: { judge: retention, page: 'retentionShort' },
  protectionInOrder: { judge: bothInOrder, page: 'purgeProtectionOff' },
} as const satisfies Checks<PathFacts>;
