import { absent, type Fact, present, unknown, type VaultFacts } from '../../remediation/model/facts.ts';
import { isHsmHost } from '../../remediation/model/key-ref.ts';
import { placeOf, sameResource } from '../../remediation/model/resource-id.ts';
import type { Connection } from '../connection/connection.ts';
import { lazily, onceIn } from '../connection/once.ts';
import { isWithin } from '../connection/scope.ts';
import { readFact } from '../failure/read-fact.ts';
import { asRemembered } from './as-remembered.ts';
import { findVaults, listVaults, orThrown, unreadIn } from './find-vaults.ts';
import { hostAnswers } from './host-answers.ts';
import type { ManagementClients } from './management-clients.ts';
import { rememberingAnswers } from './remembered-answers.ts';
import {
  idOf,
  isRecent,
  KEPT_MS,
  keep,
  openVaultMemory,
  type SeenVaults,
  type VaultMemory,
  type VaultQuery,
} from './seen-vaults.ts';
import { isBeingRecovered } from './vault-facts.ts';
import {
  inManagedHsm,
  isOutOfScope,
  livesElsewhere,
  lossOf,
  type MissingVault,
  ofAnotherTenant,
  outOfScope,
  strangeness,
  type VaultReading,
} from './vault-loss.ts';
import { type DeletedVault, openVaultReads } from './vault-reads.ts';
import { openVaultsAt } from './vaults-at.ts';

/**
 * How a vault is found. A consumer names the host of its vault, while ARM knows a vault by its id. The product tries in
 * turn: 1. the memory of this process: the vault's id for ever, and its place for ten minutes; 2. one GET by that id,
 * or by the id in the baseline; 3. instead of the GETs one list per scope, where an id is not known or the lists take
 * fewer calls; 4. where the vault is not found, one list of deleted vaults per subscription; 5. where the vault is not
 * deleted either, one list per scope: a vault that was moved has another id; 6. where no list shows it, its host: if it
 * answers, the vault was moved out of the scopes, or belongs to somebody else.
 */

/**
 * Returns the reading of each requested vault. Throws `AzureUnavailable` where Azure does not answer for that vault
 * now, even if it answers for other vaults. The first vault that is not found causes one list of the deleted vaults,
 * which serves the other vaults too.
 */
export type VaultLook = (host: string) => Promise<VaultReading>;

/** The vaults of the configured scopes, by data-plane host, through the control plane. */
export type Vaults = {
  /**
   * Reads vaults now: one GET each, where their ids are known and the GETs take fewer calls than one list per scope.
   * Where a vault is not found, one list of deleted vaults per subscription tells what happened to all missing vaults,
   * even in a process that never saw them. Where a vault is not deleted either, one list per scope tells whether it was
   * moved.
   */
  read(queries: readonly VaultQuery[]): Promise<VaultLook>;
  /**
   * Like `read`, for the parts of one sweep: one list of all vaults and one of the deleted vaults serve all parts for a
   * minute.
   */
  readAround(queries: readonly VaultQuery[]): Promise<VaultLook>;
  /**
   * Like `readAround`, but always by lists, even for a small number of vaults: for many keys of which each is asked for
   * separately.
   */
  readListed(queries: readonly VaultQuery[]): Promise<VaultLook>;
  /**
   * Reads one vault now: one GET where its id is known, else one list per scope. It does not tell what happened to a
   * missing vault.
   */
  readOne(host: string): Promise<Fact<VaultFacts>>;
  /**
   * The deleted vault with this ARM id. A direct read would need its location, which only the list tells: one call per
   * page.
   */
  readDeleted(vaultId: string): Promise<Fact<DeletedVault>>;
  /**
   * Where vaults are, without their present facts: no call for a vault that was asked for within ten minutes, else like
   * `read`.
   */
  locate(hosts: readonly string[]): Promise<VaultLook>;
  /** Which of these hosts are of vaults at a place, as `openVaultsAt` describes it. */
  vaultsAt(place: string, hosts: readonly string[]): Promise<readonly string[]>;
  /** Like `locate`, for sharing out requests: a vault that is not found is not searched again within ten minutes. */
  whereabouts(hosts: readonly string[]): Promise<VaultLook>;
  /**
   * Like `locate`, for vaults whose hosts do not answer: reads the vault like `read`, and once in ten minutes only
   * where the vault exists all the same.
   */
  locateSilent(hosts: readonly string[]): Promise<VaultLook>;
  /** The host of the vault with this ARM id. `unknown` outside the scopes. At most one ARM call. */
  hostOf(vaultId: string): Promise<Fact<string>>;
};

const MINUTE = 60_000;

/** `memory`: other readers may use the same memory, so that a vault which one of them saw costs the others no call. */
export const openVaults = (
  connection: Connection,
  clients: ManagementClients,
  memory: VaultMemory = openVaultMemory(),
): Vaults => {
  const reads = openVaultReads(connection, clients);
  const seen: SeenVaults = {
    reads: { ...reads, list: async () => (await reads.list()).map((one) => asRemembered(memory, one)) },
    answers: (host) => hostAnswers(connection, host),
    ownTenant: async () => (await connection.ownIdentity()).tenantId,
    scopes: connection.scopes,
    ...memory,
  };
  const within = (ms: number): SeenVaults => {
    const { list, listDeleted } = seen.reads;
    return {
      ...seen,
      reads: {
        ...seen.reads,
        list: onceIn(ms, list, (lists) => unreadIn(lists).length === 0),
        listDeleted: onceIn(ms, listDeleted),
      },
    };
  };
  const stranger = rememberingAnswers(seen.answers);
  const [around, roughly] = [within(MINUTE), within(KEPT_MS)];
  return {
    read: besideHsms((queries) => lookForVaults({ ...seen, stranger }, queries)),
    readAround: besideHsms((queries) => lookForVaults(around, queries)),
    readListed: besideHsms((queries) => lookForVaults({ ...around, isListedAnyway: true }, queries)),
    whereabouts: besideHsms((hosts) => locateVaults(roughly, hosts)),
    vaultsAt: openVaultsAt(seen),
    readDeleted: (vaultId) => readDeleted(seen, vaultId),
    readOne: async (host) => (isHsmHost(host) ? inManagedHsm(host) : readOne(seen, host)),
    locate: besideHsms((hosts) => locateVaults(seen, hosts)),
    locateSilent: besideHsms((hosts) => locateSilentVaults(seen, hosts)),
    hostOf: (vaultId) => hostOf(seen, vaultId),
  };
};

/** No vault is searched for in place of a Managed HSM: an HSM may have the same name as an existing or deleted vault. */
const besideHsms =
  <Asked extends string | VaultQuery>(look: (asked: readonly Asked[]) => Promise<VaultLook>) =>
  async (all: readonly Asked[]): Promise<VaultLook> => {
    const found = await look(all.filter((one) => !isHsmHost(typeof one === 'string' ? one : one.host)));
    return async (host) => (isHsmHost(host) ? { vault: inManagedHsm(host) } : found(host));
  };

const missingVault = (seen: SeenVaults, query: VaultQuery): MissingVault => {
  const vaultId = idOf(seen, query);
  return { host: query.host, ...(vaultId !== undefined && { vaultId }) };
};

/**
 * Reads vaults. What happened to a vault is read only where the vault is not found. The lists find a vault that was
 * moved.
 */
const lookForVaults = async (seen: SeenVaults, queries: readonly VaultQuery[]): Promise<VaultLook> => {
  const wanted = new Map(queries.map((query) => [query.host, missingVault(seen, query)]));
  const { found, isListed } = await findVaults(seen, [...wanted.values()]);
  const deleted = lazily(seen.reads.listDeleted);
  const anywhere = lazily(async () => (isListed ? found : listVaults(seen, [...wanted.values()])));
  return async (host) => {
    const vault = orThrown(found.get(host) ?? outOfScope(`the vault of ${host}`));
    if (vault.kind !== 'absent' && !('groupMissing' in vault)) return { vault };
    const lost = lossOf(wanted.get(host) ?? { host }, await deleted(), seen.scopes());
    if (lost.vaultLoss?.kind === 'present' && lost.vaultLoss.value.kind === 'deleted') return lost;
    const moved = orThrown((await anywhere()).get(host) ?? absent);
    if (moved.kind !== 'absent') return { vault: moved.kind === 'unknown' ? unknown(moved.reason) : moved };
    return (await elsewhere(seen, host, lost)) ?? lost;
  };
};

/** The facts about a vault that no list shows, by the answer of its host; unknown where no host answers. */
const elsewhere = async (
  seen: SeenVaults,
  host: string,
  { vault, vaultLoss }: VaultReading,
): Promise<VaultReading | undefined> => {
  const wasOurs = vaultLoss?.kind === 'present';
  const isStranger = seen.stranger !== undefined && isOutOfScope(host, vault);
  if (!wasOurs && !isStranger) return undefined;
  const answer = await (wasOurs ? seen.answers(host) : seen.stranger?.(host));
  if (answer === undefined) return undefined;
  const ours = await seen.ownTenant();
  const { tenantId: theirs = ours } = answer;
  if (theirs !== ours) return { vault: ofAnotherTenant(host, { theirs, ours }) };
  return wasOurs ? { vault: livesElsewhere(host) } : undefined;
};

const readOne = async (seen: SeenVaults, host: string): Promise<Fact<VaultFacts>> => {
  const vaultId = idOf(seen, { host });
  const { found } = await findVaults(seen, [{ host, ...(vaultId !== undefined && { vaultId }) }]);
  const vault = orThrown(found.get(host) ?? absent);
  return vault.kind === 'absent' && vaultId === undefined ? outOfScope(`the vault of ${host}`) : vault;
};

const readDeleted = async ({ reads }: SeenVaults, vaultId: string): Promise<Fact<DeletedVault>> => {
  const listed = await reads.listDeletedIn(placeOf(vaultId).subscriptionId);
  if (listed.kind !== 'present') return listed;
  const found = listed.value.find((one) => !('strange' in one) && sameResource(one.vaultId, vaultId));
  if (found && !('strange' in found)) return present(found);
  const reason = strangeness(listed.value, placeOf(vaultId).name.toLowerCase());
  return reason === undefined ? absent : unknown(reason);
};

const hostOf = async (seen: SeenVaults, vaultId: string): Promise<Fact<string>> => {
  if (!isWithin(vaultId, seen.scopes())) return outOfScope(vaultId);
  const known = [...seen.vaults].find(([, { facts }]) => sameResource(facts.id, vaultId));
  if (known) return present(known[0]);
  const fact = await readFact({ what: vaultId, scope: vaultId }, () => seen.reads.get(vaultId));
  if (fact.kind !== 'present') return fact;
  keep(seen, fact.value);
  return present(fact.value.host);
};

/** Where vaults are: a vault that was seen within the last ten minutes takes no call, unless it was being recovered then. */
const locateVaults = async (seen: SeenVaults, hosts: readonly string[]): Promise<VaultLook> => {
  const kept = new Map(
    hosts.flatMap((host) => {
      const vault = seen.vaults.get(host);
      return vault && isRecent(vault.at) && !isBeingRecovered(vault.facts) && isWithin(vault.facts.id, seen.scopes())
        ? [[host, present(vault.facts)] as const]
        : [];
    }),
  );
  const asked = await lookForHosts(
    seen,
    hosts.filter((host) => !kept.has(host)),
  );
  return async (host) => {
    const vault = kept.get(host);
    if (vault) return { vault };
    return asked ? asked(host) : { vault: outOfScope(`the vault of ${host}`) };
  };
};

/**
 * Where vaults are whose hosts do not answer: their remembered places do not count. For a vault that exists although
 * its host does not answer, the product does not ask again within ten minutes.
 */
const locateSilentVaults = async (seen: SeenVaults, hosts: readonly string[]): Promise<VaultLook> => {
  const doubted = hosts.filter((host) => !isRecent(seen.silent.get(host)));
  const asked = await lookForHosts(seen, doubted);
  const believed = await locateVaults(
    seen,
    hosts.filter((host) => !doubted.includes(host)),
  );
  return async (host) => {
    if (!asked || !doubted.includes(host)) return believed(host);
    const reading = await asked(host);
    if (reading.vault.kind === 'present') seen.silent.set(host, Date.now());
    return reading;
  };
};

const lookForHosts = (seen: SeenVaults, hosts: readonly string[]): Promise<VaultLook> | undefined =>
  hosts.length === 0
    ? undefined
    : lookForVaults(
        seen,
        hosts.map((host) => ({ host })),
      );
