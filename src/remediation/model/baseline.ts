import type { Json } from './canonical.ts';
import type { ConsumerIdentity } from './consumer-identity.ts';
import type { HeldRole, KeyUse, NetworkRules } from './facts.ts';
import type { KeyPermission } from './key-permission.ts';
import { type KeyRef, parseKeyId } from './key-ref.ts';
import { oncePer } from './once-per.ts';
import type { ConsumerKind } from './profiles.ts';

export type RecordedVersion = { readonly material?: string };

/** One consumer's way to the key, as it stood when it was healthy. */
export type BaselineConsumer = {
  /** ARM id, lower-cased. */
  readonly id: string;
  readonly kind: ConsumerKind;
  readonly use: KeyUse;
  readonly kid: string;
  /** When it was made (ISO 8601). Left out where Azure did not show it, and in older records. */
  readonly birth?: string;
  /** Of one of several keys of which any is enough: identifiers of the others. */
  readonly otherKeys?: readonly string[];
  /** Lower-cased. */
  readonly principalId: string;
  readonly identity?: ConsumerIdentity;
  /** What its identity could do with the key; empty where nobody could tell. */
  readonly permissions: readonly KeyPermission[];
  readonly reader?: boolean;
  /** The roles by which its identity could do that, sorted; left out where none was asked for, and in older records. */
  readonly roles?: readonly HeldRole[];
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
    /** When it was made (ISO 8601). Left out where Azure did not show it, and in a baseline from before it was kept. */
    readonly birth?: string;
    readonly tenantId: string;
    readonly location: string;
    readonly permissionModel: 'accessPolicies' | 'rbac';
    readonly network: NetworkRules;
  };
  /** Sorted by id and use. */
  readonly consumers: readonly BaselineConsumer[];
  /**
   * By version, of those in use: SHA-256 of the public part, where that was told. A baseline from before has none: then the
   * versions that consumers name in their key identifiers are known.
   */
  readonly versions?: Readonly<Record<string, RecordedVersion>>;
  /**
   * When the versions that consumers state expire (ISO 8601), by key identifier with version, lower-cased. Not of one whose
   * expiry somebody may have set to end it. None in older records.
   */
  readonly expiries?: Readonly<Record<string, string | 'never'>>;
  /** By key identifier with version, of those in use that had any: in a deleted vault nobody can read them. */
  readonly tags?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** A baseline is written by the product's own code and hashed into the ledger: its shape need not be checked again. */
export const asBaseline = (document: unknown): Baseline | undefined =>
  typeof document === 'object' && document !== null && 'consumers' in document && 'vault' in document
    ? (document as Baseline)
    : undefined;

export const baselineJson = (baseline: Baseline): Json => baseline as unknown as Json;

const versionsIn = oncePer(
  ({ consumers, versions = {} }: Baseline): ReadonlyMap<string, RecordedVersion> =>
    new Map([
      ...consumers.flatMap(({ kid }) => {
        const version = parseKeyId(kid)?.version;
        return version === undefined ? [] : [[version, {}] as const];
      }),
      ...Object.entries(versions),
    ]),
);

/** The versions that were in use when all was well, with what is known of each. */
export const recordedVersions = (baseline: Baseline | undefined): ReadonlyMap<string, RecordedVersion> =>
  baseline === undefined ? new Map() : versionsIn(baseline);

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

/** What the baseline says of all that used the key as this principal. */
export const ofPrincipal = (baseline: Baseline | undefined, principalId: string): readonly BaselineConsumer[] =>
  baseline === undefined ? [] : (principalsIn(baseline).get(principalId.toLowerCase()) ?? []);

const principalsIn = oncePer((baseline: Baseline) => Map.groupBy(baseline.consumers, (one) => one.principalId));
