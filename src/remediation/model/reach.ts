import { inScope } from './resource-id.ts';

/** What GUARDIAN_SCOPE says: ids of subscriptions and resource groups, and names of management groups. */
export type ScopeSetting = {
  readonly named: readonly string[];
  readonly managementGroups: readonly string[];
  /** Nothing that lies in one of these is read or touched, whatever else names it. */
  readonly excluded: readonly string[];
};

/** A part of the estate of which nobody knows now what lies in it. */
export type Unread = { readonly id: string; readonly reason: string };

/** Where the product looks and writes at this moment: ids of subscriptions and resource groups, without those that it must not. */
export type Reach = {
  /** Those of `scopes` that GUARDIAN_SCOPE names itself, whatever lies below a management group. */
  readonly named: readonly string[];
  readonly scopes: readonly string[];
  readonly excluded: readonly string[];
  /** Names of the management groups below which it is followed: what is not in reach may yet come into it. */
  readonly managementGroups: readonly string[];
  /** Those of them that have not said what lies below them. */
  readonly unread: readonly Unread[];
};

/** Whether a resource is, or lies in, one of the scopes, and in nothing that is excluded: an exclusion always wins. */
export const isReached = (id: string, { scopes, excluded }: Pick<Reach, 'scopes' | 'excluded'>): boolean =>
  inScope(id, scopes) && !inScope(id, excluded);

/**
 * Why nobody knows whether a resource is out of scope: it may lie below a management group that does not say what does. `undefined` where
 * that is known.
 */
export const whyUnknown = (id: string, { scopes, excluded, unread }: Reach): string | undefined =>
  isReached(id, { scopes, excluded }) || inScope(id, excluded) ? undefined : unread[0]?.reason;
