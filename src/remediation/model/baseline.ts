import type { Json } from './canonical.ts';
import type { ConsumerIdentity } from './consumer-identity.ts';
import type { HeldRole, KeyUse, NetworkRules } from './facts.ts';
import type { KeyPermission } from './key-permission.ts';
import { type KeyRef, parseKeyId } from './key-ref.ts';
import { oncePer } from './once-per.ts';
import type { ConsumerKind } from './profiles.ts';

export type RecordedVersion = { readonly material?: string };

/** The access path of one consumer to the key at the last healthy look. */
export type BaselineConsumer = {
  /** ARM id, lower-cased. */
  readonly id: string;
  readonly kind: ConsumerKind;
  readonly use: KeyUse;
  readonly kid: string;
  /** When the consumer was made (ISO 8601). Left out where Azure did not show it, and in older records. */
  readonly birth?: string;
  /** Identifiers of the other keys, where the consumer needs only one of several keys. */
  readonly otherKeys?: readonly string[];
  /** Lower-cased. */
  readonly principalId: string;
  readonly identity?: ConsumerIdentity;
  /** The permissions of the consumer's identity on the key; empty where the product could not read them. */
  readonly permissions: readonly KeyPermission[];
  readonly reader?: boolean;
  /**
   * The roles that gave the identity these permissions, sorted; left out where roles were not asked for, and in older records.
   */
  readonly roles?: readonly HeldRole[];
  /** ARM ids, lower-cased, of the machines on the disks of the consumer that ran. */
  readonly machines?: readonly string[];
};

/**
 * The last healthy snapshot of the access paths of a key: what a repair may restore, and which consumers may get access again. It
 * counts only if its hash is in the ledger.
 */
export type Baseline = {
  readonly key: KeyRef;
  readonly vault: {
    /** ARM id, lower-cased. */
    readonly id: string;
    /** When the vault was made (ISO 8601). Left out where Azure did not show it, and in older records. */
    readonly birth?: string;
    readonly tenantId: string;
    readonly location: string;
    readonly permissionModel: 'accessPolicies' | 'rbac';
    readonly network: NetworkRules;
  };
  /** Sorted by id and use. */
  readonly consumers: readonly BaselineConsumer[];
  /**
   * The versions in use, each with the SHA-256 of its public part where Key Vault showed that. Older baselines have no such list:
   * then the versions that the key identifiers of consumers name are the known ones.
   */
  readonly versions?: Readonly<Record<string, RecordedVersion>>;
  /**
   * When the versions that consumers state expire (ISO 8601), by key identifier with version, lower-cased. A version whose expiry
   * somebody may have set on purpose to end its use is left out. Older records have no such list.
   */
  readonly expiries?: Readonly<Record<string, string | 'never'>>;
  /**
   * Tags of the versions in use that had any, by key identifier with version: while a vault is deleted nobody can read them.
   */
  readonly tags?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/**
 * Takes a document as a baseline. The product's own code wrote the document and entered its hash into the ledger, so its shape is
 * not checked in full.
 */
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

/** The versions that were in use at the last healthy look, with the facts of the baseline about each. */
export const recordedVersions = (baseline: Baseline | undefined): ReadonlyMap<string, RecordedVersion> =>
  baseline === undefined ? new Map() : versionsIn(baseline);

const waysIn = oncePer((baseline: Baseline) => Map.groupBy(baseline.consumers, ({ id }) => id));

/** The record of a consumer in the baseline: that of its active use of the key where there is one, else the first. */
export const ofConsumer = (baseline: Baseline | undefined, id: string): BaselineConsumer | undefined =>
  inBaseline(baseline, { id }) ?? (baseline && waysIn(baseline).get(id.toLowerCase())?.[0]);

/** The record of a consumer in the baseline in this use of the key. */
export const inBaseline = (
  baseline: Baseline | undefined,
  { id, use = 'active' }: { readonly id: string; readonly use?: KeyUse },
): BaselineConsumer | undefined =>
  baseline &&
  waysIn(baseline)
    .get(id.toLowerCase())
    ?.find((one) => one.use === use);

/** The records of all consumers in the baseline that used the key as this principal. */
export const ofPrincipal = (baseline: Baseline | undefined, principalId: string): readonly BaselineConsumer[] =>
  baseline === undefined ? [] : (principalsIn(baseline).get(principalId.toLowerCase()) ?? []);

const principalsIn = oncePer((baseline: Baseline) => Map.groupBy(baseline.consumers, (one) => one.principalId));
