import type { Checks } from '../check.ts';
import { newVault } from '../commands.ts';
import type { PathFacts } from '../facts.ts';
import { holds, notApplicable, unclear } from '../judgement.ts';
import { onVault } from './on-vault.ts';

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
  consumer.use === 'geoBackup'
    ? notApplicable(`the key of backups in another region, its vault in ${location}`)
    : holds(
        location.toLowerCase() === consumer.location.toLowerCase(),
        `vault in ${location}, ${consumer.name} in ${consumer.location}`,
        newVault(consumer.location),
      ),
);

export const VAULT_PLACE_CHECKS = {
  sameRegion: { judge: sameRegion, page: 'regionMismatch' },
  sameTenant: { judge: sameTenant, page: 'tenantMismatch' },
  vaultUnmoved: { judge: vaultAsBefore, page: 'tenantMismatch' },
} as const satisfies Checks<PathFacts>;
