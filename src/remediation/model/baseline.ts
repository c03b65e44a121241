import type { Json } from './canonical.ts';
import type { ConsumerIdentity } from './consumer-identity.ts';
import type { KeyUse, NetworkRules } from './facts.ts';
import type { KeyPermission } from './key-permission.ts';
import type { KeyRef } from './key-ref.ts';
import { oncePer } from './once-per.ts';
import type { ConsumerKind } from './profiles.ts';

/** One consumer's way to the key, as it stood when it was healthy. */
export type BaselineConsumer = {
  /** ARM id, lower-cased. */
  readonly id: string;
  readonly kind: ConsumerKind;
  readonly use: KeyUse;
  readonly kid: string;
  /** Of one of several keys of which any is enough: identifiers of the others. */
  readonly otherKeys?: readonly string[];
  /** Lower-cased. */
  readonly principalId: string;
  readonly identity?: ConsumerIdentity;
  /** What its identity could do with the key; empty where nobody could tell. */
  readonly permissions: readonly KeyPermission[];
  readonly reader?: boolean;
  /** ARM ids, lower-cased, of the machines on its disks that ran. */
  readonly machines?: readonly string[];
};

/**
 * The last healthy snapshot of a key's access paths: what a repair may restore, and whom it may let in again. It counts
 * only if its hash is in the ledger.
 */
export type Baseline = {
  readonly key: KeyRef;
  readonly vault: {
    /** ARM id, lower-cased. */
    readonly id: string;
    readonly tenantId: string;
    readonly location: string;
    readonly permissionModel: 'accessPolicies' | 'rbac';
    readonly network: NetworkRules;
  };
  /** Sorted by id and use. */
  readonly consumers: readonly BaselineConsumer[];
  /** By key identifier with version, of those in use that had any: in a deleted vault nobody can read them. */
  readonly tags?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** A baseline is written by the product's own code and hashed into the ledger: its shape need not be checked again. */
export const asBaseline = (document: unknown): Baseline | undefined =>
  typeof document === 'object' && document !== null && 'consumers' in document && 'vault' in document
    ? (document as Baseline)
    : undefined;

export const baselineJson = (baseline: Baseline): Json => baseline as unknown as Json;

const waysIn = oncePer((baseline: Baseline) => Map.groupBy(baseline.consumers, ({ id }) => id));

/** What the baseline says of a consumer, in its active use of the key where it has one. */
export const ofConsumer = (baseline: Baseline | undefined, id: string): BaselineConsumer | undefined =>
  inBaseline(baseline, { id }) ?? (baseline && waysIn(baseline).get(id.toLowerCase())?.[0]);

/** What the baseline says of a consumer in this use of the key. */
export const inBaseline = (
  baseline: Baseline | undefined,
  { id, use = 'active' }: { readonly id: string; readonly use?: KeyUse },
): BaselineConsumer | undefined =>
  baseline &&
  waysIn(baseline)
    .get(id.toLowerCase())
    ?.find((one) => one.use === use);
