import { absent, type Fact, type VaultFacts } from '../../remediation/model/facts.ts';
import { placeOf } from '../../remediation/model/resource-id.ts';
import { isWithin, type Scopes } from '../connection/scope.ts';
import type { HostAnswer } from './host-answers.ts';
import { nameOfHost } from './vault-loss.ts';
import type { HostedVault, VaultReads } from './vault-reads.ts';

/**
 * A vault by its data-plane host. `vaultId`: the ARM id that the vault is known to have had, for example in the
 * baseline.
 */
export type VaultQuery = { readonly host: string; readonly vaultId?: string };

/** The memory of this process about the vaults in the scopes, for all its callers. */
export type VaultMemory = {
  /** A vault that is gone stays in memory: its id distinguishes it from a vault that is out of scope. */
  readonly vaults: Map<string, { readonly facts: VaultFacts; readonly at: number }>;
  /** When hosts were found silent although their vaults exist. */
  readonly silent: Map<string, number>;
};

export const openVaultMemory = (): VaultMemory => ({ vaults: new Map(), silent: new Map() });

/** The vaults in the scopes, and how they are read. */
export type SeenVaults = VaultMemory & {
  readonly isListedAnyway?: true;
  readonly reads: VaultReads;
  readonly scopes: () => Scopes;
  /** The answer of this host. */
  readonly answers: (host: string) => Promise<HostAnswer | undefined>;
  /**
   * The answer of the host of a vault that was never seen in scope: asked once in ten minutes, and only for a limited
   * number of vaults.
   */
  readonly stranger?: (host: string) => Promise<HostAnswer | undefined>;
  readonly ownTenant: () => Promise<string>;
};

/** How long the place of a vault is remembered. */
export const KEPT_MS = 600_000;

/** Whether the time is within the last ten minutes. */
export const isRecent = (at: number | undefined): boolean => at !== undefined && Date.now() - at < KEPT_MS;

/** Remembers a vault that was just seen. */
export const keep = ({ vaults }: Pick<VaultMemory, 'vaults'>, { host, facts }: HostedVault): VaultFacts => {
  vaults.set(host, { facts, at: Date.now() });
  return facts;
};

/** Forgets where a vault was. Its id stays known. */
export const forget = ({ vaults }: SeenVaults, host: string): Fact<never> => {
  const known = vaults.get(host);
  if (known) vaults.set(host, { facts: known.facts, at: 0 });
  return absent;
};

/**
 * The ARM id of a vault, if it is in scope now. This process may have seen the vault in a subscription that has left
 * the scope meanwhile: that place does not count. Otherwise the id of the query counts, if it is in scope and fits the
 * host.
 */
export const idOf = ({ scopes, vaults }: SeenVaults, { host, vaultId }: VaultQuery): string | undefined => {
  const seen = vaults.get(host)?.facts.id;
  if (seen !== undefined && isWithin(seen, scopes())) return seen;
  if (vaultId === undefined) return undefined;
  return isWithin(vaultId, scopes()) && placeOf(vaultId).name === nameOfHost(host) ? vaultId : undefined;
};
