import type { ConsumerIdentity } from '../../remediation/model/consumer-identity.ts';
import type { ConsumerFacts, ConsumerState, Fact } from '../../remediation/model/facts.ts';
import type { Scope } from '../connection/scope.ts';
import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import type { ArmWrite } from '../http/arm-client.ts';

/** A resource with a customer-managed key. */
export type Consumer = {
  readonly kind: 'consumer';
  /** The facts of the use with the active key. */
  readonly facts: ConsumerFacts;
  /** The facts of every other use of a key by the same resource. */
  readonly others: readonly ConsumerFacts[];
  /** In a listing: reading the pinned key took a call of its own. */
  readonly pinRead?: true;
  /**
   * The write that makes the consumer check its keys again; it always names all keys. `vaultId`: the ARM id of the
   * active key's vault, as just read, since the id that the resource shows may be older than a move of the vault.
   */
  revalidation(vaultId: string | undefined): ArmWrite;
  /** The write that points this use at another key version. All else stays as it was read. */
  repointing(use: ConsumerFacts, to: NewKey): ArmWrite;
  /**
   * The write that gives the consumer this identity for its key; `undefined` where its present identities do not allow
   * it.
   */
  assigning(use: ConsumerFacts, identity: ConsumerIdentity): ArmWrite | undefined;
};

/** The key version that a consumer is to use, with the ARM id of its vault. */
export type NewKey = { readonly kid: string; readonly vaultId: string };

/** The result of reading one resource. `notEncrypted`: it uses no customer-managed key. */
export type ConsumerReading =
  | Consumer
  | { readonly kind: 'notEncrypted'; readonly id: string }
  | { readonly kind: 'gone'; readonly id: string }
  | Unreadable;

/**
 * `unavailable`: Azure did not answer, and a later try may succeed. Otherwise Azure refuses the read until somebody
 * changes something. `namesNoKey`: the resource was read, but names no key version of a vault (a Managed HSM, for
 * example). It then uses none of the product's keys, and people are told of it.
 */
export type Unreadable = {
  readonly kind: 'unknown';
  readonly id: string;
  readonly reason: string;
  readonly unavailable?: true;
  readonly namesNoKey?: true;
  /** Azure answers that the resource group is not found. */
  readonly groupMissing?: true;
};

/**
 * Whether the unreadable resource may use any key. A resource that names no key of a vault uses none, so no key waits
 * for it.
 */
export const mayUseAny = ({ namesNoKey }: Unreadable): boolean => namesNoKey !== true;

/** In a listing, a resource for which Azure does not answer now is unknown: one resource does not hide the others. */
export const orUnavailable = <Reading>(id: string, reading: Promise<Reading>): Promise<Reading | Unreadable> =>
  reading.catch((error: unknown) => {
    if (error instanceof AzureUnavailable) return { kind: 'unknown', id, reason: error.message, unavailable: true };
    throw error;
  });

/** A consumer of a list: its writes are made of a read of its own, so that a list holds no resource as Azure has sent it. */
export type ListedConsumer = Omit<Consumer, 'revalidation' | 'repointing' | 'assigning'>;

/** A resource of a list. */
export type ListedReading = ListedConsumer | Exclude<ConsumerReading, Consumer>;

export const listedOf = (reading: ConsumerReading): ListedReading => {
  if (reading.kind !== 'consumer') return reading;
  const { revalidation: _, repointing: _to, assigning: _identity, ...listed } = reading;
  return listed;
};

/** A resource in each of its uses of a key, the active use first. */
export const usesOf = ({ facts, others }: ListedConsumer): readonly [ConsumerFacts, ...ConsumerFacts[]] => [
  facts,
  ...others,
];

/** The last facts of a consumer that was healthy when its pin was read, a short time ago. */
export type Recall = (id: string) => ConsumerFacts | undefined;

/** One kind of Azure resource that is encrypted with a customer-managed key. */
export type ConsumerType = {
  /**
   * Reads every resource of this kind in the scope. `unknown` where Azure refuses the list. May throw
   * `AzureUnavailable`. Where a list does not show the key, a recalled consumer without any other change keeps its key.
   */
  list(scope: Scope, recall: Recall): Promise<Fact<readonly ListedReading[]>>;
  /** A list shows as much of a resource as a read of the resource. */
  readonly showsAll?: true;
  /** Reads one resource by its ARM id, with its revalidation write. */
  read(id: string): Promise<ConsumerReading>;
};

/** The product's name for a state of Azure. A state that no document lists is `unfamiliar`. */
export const stateIn = (states: Readonly<Record<string, ConsumerState>>, raw: string): ConsumerState =>
  states[raw.toLowerCase()] ?? 'unfamiliar';

/** The end of a sentence about a server, where its state is known and means that it serves nobody. */
export const whileDown = (raw: string | undefined): string =>
  raw?.toLowerCase() === 'inaccessible' ? ' is Inaccessible, and' : '';
