import type { Fact, VaultFacts } from '../remediation/model/facts.ts';
import type { KeyRef } from '../remediation/model/key-ref.ts';
import type { ConsumerKind } from '../remediation/model/profiles.ts';
import type { Unread } from '../remediation/model/reach.ts';
import type { Lock } from './facts.ts';

/** The answer of a vault's data plane to a request for one of its keys. */
export type DataPlane =
  /** The data plane gave access to the product. */
  | { readonly kind: 'open' }
  /** A firewall blocks the product: `ForbiddenByFirewall`, `ForbiddenByConnection`. */
  | { readonly kind: 'shut'; readonly reason: string }
  /** The data plane can be reached, but refused the product. */
  | { readonly kind: 'denied'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** A role assignment of the product's own identity. */
export type OwnGrant = {
  /** ARM id, lower-cased. */
  readonly scope: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  /** ARM id of the assignment. */
  readonly assignmentId?: string;
  readonly condition?: string;
};

/**
 * The identity and the rights of the product in Azure. `unread`: the scopes whose list was refused; there the grants are only
 * some of those that it has. Left out in a report that an earlier version of the product began.
 */
export type OwnRights = {
  readonly objectId: string;
  readonly grants: Fact<readonly OwnGrant[]>;
  readonly unread?: readonly Unread[];
};

/** One vault, and the product's access to it. */
export type VaultReach = {
  readonly key: KeyRef;
  readonly vault: Fact<VaultFacts>;
  readonly dataPlane: DataPlane;
  /** Whether the pinned versions of its keys were read, on either plane. */
  readonly keysSeen: Fact<true>;
  /** Every lock of the vault's subscription. */
  readonly locks: Fact<readonly Lock[]>;
  /** The scopes whose list of locks was refused. */
  readonly unreadLocks?: readonly Unread[];
  readonly own: Fact<OwnRights>;
  readonly consumers: readonly { readonly id: string; readonly kind: ConsumerKind }[];
};
