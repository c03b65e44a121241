import type { Fact, VaultFacts } from '../remediation/model/facts.ts';
import type { KeyRef } from '../remediation/model/key-ref.ts';
import type { ConsumerKind } from '../remediation/model/profiles.ts';
import type { Lock } from './facts.ts';

/** What a vault's data plane answered when it was asked for one of its keys. */
export type DataPlane =
  /** It let us in. */
  | { readonly kind: 'open' }
  /** A firewall stands in our way: `ForbiddenByFirewall`, `ForbiddenByConnection`. */
  | { readonly kind: 'shut'; readonly reason: string }
  /** It can be reached, and refused us. */
  | { readonly kind: 'denied'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Something that the product's own identity was given. */
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

/** What the product is in Azure. */
export type OwnRights = { readonly objectId: string; readonly grants: Fact<readonly OwnGrant[]> };

/** One vault, and how the product stands to it. */
export type VaultReach = {
  readonly key: KeyRef;
  readonly vault: Fact<VaultFacts>;
  readonly dataPlane: DataPlane;
  /** Whether the pinned versions of its keys were read, by whatever plane. */
  readonly keysSeen: Fact<true>;
  /** Every lock of its subscription. */
  readonly locks: Fact<readonly Lock[]>;
  readonly own: Fact<OwnRights>;
  readonly consumers: readonly { readonly id: string; readonly kind: ConsumerKind }[];
};
