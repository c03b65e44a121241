import { absent, type Fact, present, unknown, type VaultFacts } from '../../remediation/model/facts.ts';
import { isHsmHost } from '../../remediation/model/key-ref.ts';
import { placeOf, sameResource } from '../../remediation/model/resource-id.ts';
import type { Connection } from '../connection/connection.ts';
import { lazily, onceIn } from '../connection/once.ts';
import { isWithin, outermost, type Scope } from '../connection/scope.ts';
import { type FactInGroup, readInGroup } from '../failure/missing-group.ts';
import { readFact } from '../failure/read-fact.ts';
import { hostAnswers } from './host-answers.ts';
import type { ManagementClients } from './management-clients.ts';
import {
  inManagedHsm,
  livesElsewhere,
  lossOf,
  type MissingVault,
  nameOfHost,
  outOfScope,
  strangeness,
  type VaultReading,
} from './vault-loss.ts';
import { type DeletedVault, type HostedVault, openVaultReads, type VaultReads } from './vault-reads.ts';

/*
 * How a vault is found. A consumer names the host of its vault, and ARM knows a vault by its id. The product tries in turn:
 * 1. what this process has seen: the vault's id at any time, and where it is for ten minutes;
 * 2. one GET by that id, or by the id that the baseline names;
 * 3. instead of the GETs one list per scope, where an id is not known or the lists take fewer calls;
 * 4. where the vault is not found, one list of deleted vaults per subscription;
 * 5. where the vault is not deleted either, one list per scope: a vault that was moved has another id;
 * 6. where no list shows it, its host: one that answers has a vault, which was moved out of the scopes, or is somebody else's.
 */

/** A vault by its data-plane host. `vaultId`: the ARM id that it is known to have had, as the baseline names it. */
export type VaultQuery = { readonly host: string; readonly vaultId?: string };

/** Each of the vaults that were asked for; the first that is not found has the deleted ones listed, once for all. */
export type VaultLook = (host: string) => Promise<VaultReading>;

/** The vaults of the configured scopes, by data-plane host, through the control plane. */
export type Vaults = {
  /**
   * Reads vaults now: one GET each where their ids are known and that takes fewer calls than one list per scope. Where one
   * is not found, one list of deleted vaults per subscription tells what became of all of them, also in a process that
   * never saw them; and where it is not deleted either, one list per scope whether it was moved.
   */
  read(queries: readonly VaultQuery[]): Promise<VaultLook>;
  /** The same for the parts of one sweep: a list of all vaults, and one of the deleted, serves them for a minute. */
  readAround(queries: readonly VaultQuery[]): Promise<VaultLook>;
  /** The same of lists alone, however few the vaults are: for keys that may be many, each of which is asked for by itself. */
  readListed(queries: readonly VaultQuery[]): Promise<VaultLook>;
  /** One vault now: one GET where its id is known, else one list per scope. Does not tell what became of it. */
  readOne(host: string): Promise<Fact<VaultFacts>>;
  /** The deleted vault of this ARM id. Reading one needs its location, which only the list tells: one call per page. */
  readDeleted(vaultId: string): Promise<Fact<DeletedVault>>;
  /** Where vaults are, not how they are: without a call if that was asked in the last ten minutes, else as `read`. */
  locate(hosts: readonly string[]): Promise<VaultLook>;
  /** The same to share out requests: what is not found is not looked for again in ten minutes. */
  whereabouts(hosts: readonly string[]): Promise<VaultLook>;
  /** The same where their hosts are silent: asks as `read`, in ten minutes once for one that is there all the same. */
  locateSilent(hosts: readonly string[]): Promise<VaultLook>;
  /** The host of a vault named by its ARM id. `unknown` outside the scopes. At most one ARM call. */
  hostOf(vaultId: string): Promise<Fact<string>>;
};

const MINUTE = 60_000;

export const openVaults = (connection: Connection, clients: ManagementClients): Vaults => {
  const scopes = outermost(connection.scopes);
  const seen: SeenVaults = {
    reads: openVaultReads(connection, clients),
    answers: (host) => hostAnswers(connection, host),
    scopes,
    vaults: new Map(),
    silent: new Map(),
  };
  const within = (ms: number): SeenVaults => {
    const { list, listDeleted } = seen.reads;
    return { ...seen, reads: { ...seen.reads, list: onceIn(ms, list), listDeleted: onceIn(ms, listDeleted) } };
  };
  const [around, roughly] = [within(MINUTE), within(KEPT_MS)];
  return {
    read: besideHsms((queries) => lookForVaults(seen, queries)),
    readAround: besideHsms((queries) => lookForVaults(around, queries)),
    readListed: besideHsms((queries) => lookForVaults({ ...around, isListedAnyway: true }, queries)),
    whereabouts: besideHsms((hosts) => locateVaults(roughly, hosts)),
    readDeleted: (vaultId) => readDeleted(seen, vaultId),
    readOne: async (host) => (isHsmHost(host) ? inManagedHsm(host) : readOne(seen, host)),
    locate: besideHsms((hosts) => locateVaults(seen, hosts)),
    locateSilent: besideHsms((hosts) => locateSilentVaults(seen, hosts)),
    hostOf: (vaultId) => hostOf(seen, vaultId),
  };
};

/** No vault is looked for in the place of a Managed HSM: it may bear the name of one that is there, or was deleted. */
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

/** Reads vaults, and only where one is not found what became of it. One that was moved is found in the lists. */
const lookForVaults = async (seen: SeenVaults, queries: readonly VaultQuery[]): Promise<VaultLook> => {
  const wanted = new Map(queries.map((query) => [query.host, missingVault(seen, query)]));
  const { found, isListed } = await findVaults(seen, [...wanted.values()]);
  const deleted = lazily(seen.reads.listDeleted);
  const anywhere = lazily(async () => (isListed ? found : listVaults(seen, [...found.keys()])));
  return async (host) => {
    const vault = found.get(host) ?? outOfScope(`the vault of ${host}`);
    if (vault.kind !== 'absent' && !('groupMissing' in vault)) return { vault };
    const lost = lossOf(wanted.get(host) ?? { host }, await deleted(), seen.scopes);
    if (lost.vaultLoss?.kind === 'present' && lost.vaultLoss.value.kind === 'deleted') return lost;
    const moved = (await anywhere()).get(host) ?? absent;
    if (moved.kind !== 'absent') return { vault: moved.kind === 'unknown' ? unknown(moved.reason) : moved };
    const isGone = lost.vaultLoss?.kind === 'present';
    return isGone && (await seen.answers(host)) ? { vault: livesElsewhere(host) } : lost;
  };
};

type FoundVaults = ReadonlyMap<string, FactInGroup<VaultFacts>>;

/** One fact per vault, with the fewest calls. `isListed`: what is absent is in none of the scopes, under no id. */
const findVaults = async (
  seen: SeenVaults,
  wanted: readonly MissingVault[],
): Promise<{ readonly found: FoundVaults; readonly isListed: boolean }> => {
  const ids = wanted.flatMap(({ host, vaultId }) => (vaultId === undefined ? [] : [{ host, vaultId }]));
  if (seen.isListedAnyway || wanted.length > seen.scopes.length || ids.length < wanted.length) {
    const hosts = wanted.map(({ host }) => host);
    return { found: await listVaults(seen, hosts), isListed: true };
  }
  const gotten = ids.map(async ({ host, vaultId }) => [host, await getVault(seen, host, vaultId)] as const);
  return { found: new Map(await Promise.all(gotten)), isListed: false };
};

const getVault = async (seen: SeenVaults, host: string, vaultId: string): Promise<FactInGroup<VaultFacts>> => {
  const name = nameOfHost(host);
  const fact = await readInGroup({ what: `vault ${name}`, vaultName: name, scope: vaultId }, () =>
    seen.reads.get(vaultId),
  );
  if (fact.kind === 'absent') return forget(seen, host);
  return fact.kind === 'present' ? present(keep(seen, fact.value)) : fact;
};

/** The vaults with these hosts in all the scopes: one call per scope and page. */
const listVaults = async (seen: SeenVaults, hosts: readonly string[]): Promise<FoundVaults> => {
  const scope = seen.scopes[0]?.id ?? '';
  const listed = await readInGroup({ what: `the vaults of ${scope}`, scope }, seen.reads.list);
  if (listed.kind !== 'present') return new Map(hosts.map((host) => [host, listed]));
  const found = new Map(
    listed.value.flatMap((one) => ('strange' in one ? [] : [[one.host, keep(seen, one)] as const])),
  );
  const strange = listed.value.filter((one) => 'strange' in one);
  const factOf = (host: string): Fact<VaultFacts> => {
    const facts = found.get(host);
    if (facts) return present(facts);
    const one = strange.find(({ name }) => name === undefined || name === nameOfHost(host));
    return one ? unknown(one.strange) : forget(seen, host);
  };
  return new Map(hosts.map((host) => [host, factOf(host)]));
};

const readOne = async (seen: SeenVaults, host: string): Promise<Fact<VaultFacts>> => {
  const vaultId = idOf(seen, { host });
  const { found } = await findVaults(seen, [{ host, ...(vaultId !== undefined && { vaultId }) }]);
  const vault = found.get(host) ?? absent;
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
  if (!isWithin(vaultId, seen.scopes)) return outOfScope(vaultId);
  const known = [...seen.vaults].find(([, { facts }]) => sameResource(facts.id, vaultId));
  if (known) return present(known[0]);
  const fact = await readFact({ what: vaultId, scope: vaultId }, () => seen.reads.get(vaultId));
  if (fact.kind !== 'present') return fact;
  keep(seen, fact.value);
  return present(fact.value.host);
};

/** Where vaults are: what was seen in the last ten minutes is not asked. */
const locateVaults = async (seen: SeenVaults, hosts: readonly string[]): Promise<VaultLook> => {
  const kept = new Map(
    hosts.flatMap((host) => {
      const vault = seen.vaults.get(host);
      return vault && isRecent(vault.at) ? [[host, present(vault.facts)] as const] : [];
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
 * Where vaults are whose hosts are silent: what was seen of them earlier is not believed. A host that is silent though
 * its vault is there is not asked about again for ten minutes.
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

/** What this process has seen of the vaults in the scopes. */
type SeenVaults = {
  readonly isListedAnyway?: true;
  readonly reads: VaultReads;
  readonly scopes: readonly Scope[];
  /** Whether any vault answers at this host. */
  readonly answers: (host: string) => Promise<boolean>;
  /** A vault that is gone stays: its id tells that apart from one that is out of scope. */
  readonly vaults: Map<string, { readonly facts: VaultFacts; readonly at: number }>;
  /** When hosts were found silent though their vaults are there. */
  readonly silent: Map<string, number>;
};

const KEPT_MS = 600_000;

/** Whether that was seen in the last ten minutes. */
const isRecent = (at: number | undefined): boolean => at !== undefined && Date.now() - at < KEPT_MS;

const keep = ({ vaults }: SeenVaults, { host, facts }: HostedVault): VaultFacts => {
  vaults.set(host, { facts, at: Date.now() });
  return facts;
};

const forget = ({ vaults }: SeenVaults, host: string): Fact<never> => {
  const known = vaults.get(host);
  if (known) vaults.set(host, { facts: known.facts, at: 0 });
  return absent;
};

/** A vault that another process has seen lies where the query says, if that is in scope and can be its own. */
const idOf = ({ scopes, vaults }: SeenVaults, { host, vaultId }: VaultQuery): string | undefined => {
  const seen = vaults.get(host)?.facts.id;
  if (seen !== undefined || vaultId === undefined) return seen;
  return isWithin(vaultId, scopes) && placeOf(vaultId).name === nameOfHost(host) ? vaultId : undefined;
};
