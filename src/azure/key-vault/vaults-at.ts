import { isHsmHost } from '../../remediation/model/key-ref.ts';
import { inScope, parseResourceId } from '../../remediation/model/resource-id.ts';
import { onceIn } from '../connection/once.ts';
import { isWithin, outermost, type Scope, type Scopes } from '../connection/scope.ts';
import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import { KEPT_MS, keep, type SeenVaults } from './seen-vaults.ts';
import { nameOfHost } from './vault-loss.ts';
import type { DeletedList, ScopeList } from './vault-reads.ts';

type Sources = Pick<SeenVaults, 'vaults' | 'scopes'> & {
  readonly reads: Pick<SeenVaults['reads'], 'listIn' | 'listDeletedIn'>;
};

/** Keeps one answer for each name, for ten minutes. */
const onceInEach = <T>(make: (name: string) => Promise<T>, isKept: (made: T) => boolean) => {
  const kept = new Map<string, () => Promise<T>>();
  return (name: string): Promise<T> => {
    const ask = kept.get(name) ?? onceIn(KEPT_MS, () => make(name), isKept);
    kept.set(name, ask);
    return ask();
  };
};

const orThrown = ({ vaults }: ScopeList) => {
  if (vaults instanceof AzureUnavailable) throw vaults;
  return vaults.kind === 'present' ? vaults.value : [];
};

/** The scopes of the product that lie at the place, or around it. */
const scopesAt = (place: string, scopes: Scopes): readonly Scope[] =>
  outermost(scopes).filter(({ id }) => inScope(id, [place]) || inScope(place, [id]));

const deletedAt = (listed: DeletedList, isThere: (id: string) => boolean): ReadonlySet<string> =>
  new Set(listed.flatMap((one) => ('strange' in one || !isThere(one.vaultId) ? [] : [one.name])));

/**
 * Tells which of these hosts belong to vaults, deleted or not, at a place (a subscription or a resource group). It asks
 * Azure at that place alone, so no other subscription can delay or prevent the answer. A host of a Managed HSM is never
 * among them. No call where this process has seen all of the vaults before; else one call for each scope at the place
 * in ten minutes, and one for the deleted vaults. Throws `AzureUnavailable` where Azure does not answer at the place.
 */
export const openVaultsAt = (
  seen: Sources,
): ((place: string, hosts: readonly string[]) => Promise<readonly string[]>) => {
  const idOf = (host: string): string | undefined => seen.vaults.get(host)?.facts.id;
  const isUnseen = (host: string): boolean => !isHsmHost(host) && idOf(host) === undefined;
  const list = onceInEach(
    async (id) => seen.reads.listIn(id),
    ({ vaults }) => !(vaults instanceof AzureUnavailable) && vaults.kind === 'present',
  );
  const listDeleted = onceInEach(seen.reads.listDeletedIn, ({ kind }) => kind === 'present');
  return async (place, hosts) => {
    const scopes = seen.scopes();
    const isThere = (id: string): boolean => inScope(id, [place]) && isWithin(id, scopes);
    const asked = hosts.some(isUnseen) ? scopesAt(place, scopes) : [];
    const lists = await Promise.all(asked.map(({ id }) => list(id)));
    for (const one of lists.flatMap(orThrown)) if (!('strange' in one)) keep(seen, one);
    const { subscriptionId } = parseResourceId(place) ?? {};
    const isAsked = asked.length > 0 && subscriptionId !== undefined && hosts.some(isUnseen);
    const deleted = isAsked ? await listDeleted(subscriptionId) : undefined;
    const names = deletedAt(deleted?.kind === 'present' ? deleted.value : [], isThere);
    return hosts.filter((host) => isThere(idOf(host) ?? '') || (isUnseen(host) && names.has(nameOfHost(host))));
  };
};
