import { absent, type Fact, type VaultFacts } from '../../remediation/model/facts.ts';
import { placeOf } from '../../remediation/model/resource-id.ts';
import { isWithin, type Scope } from '../connection/scope.ts';
import { nameOfHost } from './vault-loss.ts';
import type { HostedVault, VaultReads } from './vault-reads.ts';

/** A vault by its data-plane host. `vaultId`: the ARM id that it is known to have had, as the baseline names it. */
export type VaultQuery = { readonly host: string; readonly vaultId?: string };

/** What this process has seen of the vaults in the scopes. */
export type SeenVaults = {
  readonly reads: VaultReads;
  readonly scopes: readonly Scope[];
  /** A vault that is gone stays: its id tells that apart from one that is out of scope. */
  readonly vaults: Map<string, { readonly facts: VaultFacts; readonly at: number }>;
  /** When hosts were found silent though their vaults are there. */
  readonly silent: Map<string, number>;
};

const KEPT_MS = 600_000;

/** Whether that was seen in the last ten minutes. */
export const isRecent = (at: number | undefined): boolean => at !== undefined && Date.now() - at < KEPT_MS;

export const keep = ({ vaults }: SeenVaults, { host, facts }: HostedVault): VaultFacts => {
  vaults.set(host, { facts, at: Date.now() });
  return facts;
};

export const forget = ({ vaults }: SeenVaults, host: string): Fact<never> => {
  const known = vaults.get(host);
  if (known) vaults.set(host, { facts: known.facts, at: 0 });
  return absent;
};

/** A vault that another process has seen lies where the query says, if that is in scope and can be its own. */
export const idOf = ({ scopes, vaults }: SeenVaults, { host, vaultId }: VaultQuery): string | undefined => {
  const seen = vaults.get(host)?.facts.id;
  if (seen !== undefined || vaultId === undefined) return seen;
  return isWithin(vaultId, scopes) && placeOf(vaultId).name === nameOfHost(host) ? vaultId : undefined;
};
