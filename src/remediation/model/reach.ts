import { inScope } from './resource-id.ts';

/** The value of GUARDIAN_SCOPE: ids of subscriptions and resource groups, and names of management groups. */
export type ScopeSetting = {
  readonly named: readonly string[];
  readonly managementGroups: readonly string[];
  /** The product neither reads nor changes anything that lies in one of these scopes, whatever else names it. */
  readonly excluded: readonly string[];
};

/** A part of the estate whose resources are not known at the moment. */
export type Unread = { readonly id: string; readonly reason: string };

/** Where the product looks and writes at this moment: ids of subscriptions and resource groups, without the excluded ones. */
export type Reach = {
  /** The part of `scopes` that GUARDIAN_SCOPE names itself. The other scopes lie below a management group. */
  readonly named: readonly string[];
  readonly scopes: readonly string[];
  readonly excluded: readonly string[];
  /** Names of the management groups that the product follows: a resource that is out of reach now may come into reach by one. */
  readonly managementGroups: readonly string[];
  /** Management groups that have not answered which subscriptions lie below them. */
  readonly unread: readonly Unread[];
};

/** Whether a resource is, or lies in, one of the scopes, and in nothing that is excluded: an exclusion always wins. */
export const isReached = (id: string, { scopes, excluded }: Pick<Reach, 'scopes' | 'excluded'>): boolean =>
  inScope(id, scopes) && !inScope(id, excluded);

/**
 * Why the product cannot say whether a resource is out of scope: the resource may lie below a management group that does not
 * answer. `undefined` where the product can say it.
 */
export const whyUnknown = (id: string, { scopes, excluded, unread }: Reach): string | undefined =>
  isReached(id, { scopes, excluded }) || inScope(id, excluded) ? undefined : unread[0]?.reason;
