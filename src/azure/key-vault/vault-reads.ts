import type { DeletedVault as DeletedVaultItem, Vault } from '@azure/arm-keyvault';
import { type Fact, unknown, type VaultFacts, type VaultLoss } from '../../remediation/model/facts.ts';
import { formatResourceId, placeOf } from '../../remediation/model/resource-id.ts';
import type { Connection } from '../connection/connection.ts';
import { isWithin, outermost, parseScope, type Scope, subscriptionsIn } from '../connection/scope.ts';
import { AzureUnavailable, orUnavailable } from '../failure/azure-unavailable.ts';
import { type FactInGroup, readInGroup } from '../failure/missing-group.ts';
import { readFact } from '../failure/read-fact.ts';
import { answerOf } from '../http/another-answer.ts';
import { understand } from '../http/not-understood.ts';
import { ONLY_LISTS } from '../http/pages.ts';
import type { ManagementClients } from './management-clients.ts';
import { hostOf, vaultFacts } from './vault-facts.ts';
import { VAULT_API } from './vault-resource.ts';

/** A vault with the host of its data plane. */
export type HostedVault = { readonly host: string; readonly facts: VaultFacts };

/** An entry of a list that could not be parsed; without a name it may be any vault. */
export type StrangeVault = { readonly name?: string; readonly strange: string };

/** A deleted vault, with the name that it keeps. */
export type DeletedVault = Extract<VaultLoss, { kind: 'deleted' }> & {
  readonly name: string;
  /** Whether it is protected from purging; left out where it is not. */
  readonly purgeProtection?: true;
};

export type DeletedList = readonly (DeletedVault | StrangeVault)[];

/** The vaults of one scope, or the error where Azure does not answer for the scope now. */
export type ScopeList = {
  readonly scope: Scope;
  readonly vaults: FactInGroup<readonly (HostedVault | StrangeVault)[]> | AzureUnavailable;
};

/** Microsoft.KeyVault/vaults. A list shows as much of a vault as a GET. */
export type VaultReads = {
  /** Throws Azure's refusals. */
  get(vaultId: string): Promise<HostedVault>;
  /**
   * The vaults of each scope: one call per scope and page. Never throws: a scope that Azure refuses does not hide the
   * others.
   */
  list(): Promise<readonly ScopeList[]>;
  /** The same of one of these scopes, by its id. */
  listIn(scopeId: string): Promise<ScopeList>;
  /** The deleted vaults of one subscription that are not purged yet: one call per page. */
  listDeletedIn(subscriptionId: string): Promise<Fact<DeletedList>>;
  /** The same for each subscription of the scopes: one call each, and page. */
  listDeleted(): Promise<readonly Fact<DeletedList>[]>;
};

/** The client turns times into dates, but they are texts where the answer is read as sent. */
const timeOf = (time: Date | string | undefined): string => (time ? new Date(time).toISOString() : '');

const deletedVault = ({ id, name, properties }: DeletedVaultItem): DeletedVault =>
  understand(id ?? 'a deleted vault', () => {
    const { deletionDate, location = '', purgeProtectionEnabled, scheduledPurgeDate, tags, vaultId } = properties ?? {};
    if (!name || !vaultId) throw new TypeError('it has no name, or no id');
    return {
      kind: 'deleted',
      name: name.toLowerCase(),
      vaultId,
      location,
      deletedOn: timeOf(deletionDate),
      recoverableUntil: timeOf(scheduledPurgeDate),
      tags: tags ?? {},
      ...(purgeProtectionEnabled === true && { purgeProtection: true }),
    };
  });

/** A vault that cannot be parsed affects only its own keys. A vault without a name may be any vault. */
const orStrange = <Read>(
  vault: { readonly id?: string; readonly name?: string } | null | undefined,
  read: () => Read,
): Read | StrangeVault => {
  try {
    return read();
  } catch (error) {
    const name: unknown = vault?.name ?? vault?.id?.split('/').at(-1);
    return { strange: (error as Error).message, ...(typeof name === 'string' && { name: name.toLowerCase() }) };
  }
};

const hosted = (vault: Vault): HostedVault =>
  understand(vault.id ?? 'a vault', () => {
    const facts = vaultFacts(vault);
    const host = hostOf(vault);
    if (host === '' || facts.id === '') throw new TypeError('it has no host, or no id');
    return { host, facts };
  });

const listedVault = (vault: Vault): HostedVault | StrangeVault => orStrange(vault, () => hosted(vault));

/** The client discards a whole page because of one vault that it cannot parse: then the page is read as sent. */
const asSent = async <Answer>(read: () => Promise<Answer>, plain: () => Promise<unknown>): Promise<Answer> => {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return (await plain()) as Answer;
  }
};

/**
 * A name for which Azure does not answer now is unknown, as long as Azure answers for another name. Where it answers
 * for none, the error is thrown.
 */
const eachOrUnknown = async <T>(
  names: readonly string[],
  read: (name: string) => Promise<Fact<T>>,
): Promise<readonly Fact<T>[]> => {
  const all = await Promise.all(names.map((name) => read(name).catch(orUnavailable)));
  const failed = all.find((one) => one instanceof AzureUnavailable);
  if (failed !== undefined && all.every((one) => one instanceof AzureUnavailable)) throw failed;
  return all.map((one) => (one instanceof AzureUnavailable ? unknown(one.message) : one));
};

type VaultSources = { readonly connection: Connection; readonly clients: ManagementClients };

const listScope = async (
  { connection: { arm, scopes }, clients }: VaultSources,
  { id, subscriptionId, resourceGroup }: Scope,
): Promise<readonly (HostedVault | StrangeVault)[]> => {
  const { vaults } = await clients(subscriptionId);
  const shown = await asSent<readonly Vault[]>(
    () =>
      Array.fromAsync(
        resourceGroup ? vaults.listByResourceGroup(resourceGroup, ONLY_LISTS) : vaults.listBySubscription(ONLY_LISTS),
      ),
    async () => (await arm()).list(`${id}/providers/Microsoft.KeyVault/vaults`, VAULT_API),
  );
  return shown.filter((vault) => !vault?.id || isWithin(vault.id, scopes())).map(listedVault);
};

/** The list of one scope, or why it has no answer now: the lists of the other scopes do not wait for it. */
const listApart = async (sources: VaultSources, scope: Scope): Promise<ScopeList> => {
  const about = { what: `the vaults of ${scope.id}`, scope: scope.id };
  const vaults = await readInGroup(about, () => listScope(sources, scope)).catch(orUnavailable);
  return { scope, vaults };
};

const listDeletedIn = (
  { connection: { arm }, clients }: VaultSources,
  subscriptionId: string,
): Promise<Fact<DeletedList>> => {
  const scope = formatResourceId({ subscriptionId });
  return readFact({ what: `the deleted vaults of ${scope}`, scope }, async () => {
    const { vaults } = await clients(subscriptionId);
    const shown = await asSent<readonly DeletedVaultItem[]>(
      () => Array.fromAsync(vaults.listDeleted(ONLY_LISTS)),
      async () => (await arm()).list(`${scope}/providers/Microsoft.KeyVault/deletedVaults`, VAULT_API),
    );
    return shown.map((vault) => orStrange(vault, () => deletedVault(vault)));
  });
};

export const openVaultReads = (connection: Connection, clients: ManagementClients): VaultReads => {
  const { arm, scopes } = connection;
  const sources = { connection, clients };
  const deletedIn = (subscriptionId: string) => listDeletedIn(sources, subscriptionId);
  return {
    get: async (vaultId) => {
      const { subscriptionId, resourceGroup, name } = placeOf(vaultId);
      const { vaults } = await clients(subscriptionId);
      const vault = await asSent<Vault>(
        () => vaults.get(resourceGroup, name),
        async () => (await arm()).get(vaultId, VAULT_API),
      );
      return hosted(answerOf(vaultId, vault));
    },
    listIn: (scopeId) => listApart(sources, parseScope(scopeId)),
    list: () => Promise.all(outermost(scopes()).map((scope) => listApart(sources, scope))),
    listDeletedIn: deletedIn,
    listDeleted: () => eachOrUnknown(subscriptionsIn(scopes()), deletedIn),
  };
};
