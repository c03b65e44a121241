import type { ConsumerIdentity } from '../../remediation/model/consumer-identity.ts';
import type { ConsumerFacts, ConsumerState, Fact } from '../../remediation/model/facts.ts';
import type { Scope } from '../connection/scope.ts';
import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import type { ArmWrite } from '../http/arm-client.ts';

/** A resource with a customer-managed key. */
export type Consumer = {
  readonly kind: 'consumer';
  /** In its use of the key that is active. */
  readonly facts: ConsumerFacts;
  /** The same resource in every other use that it makes of a key. */
  readonly others: readonly ConsumerFacts[];
  /** In a listing: the key that it pins took a call of its own. */
  readonly pinRead?: true;
  /**
   * The write that makes it check its keys again: all of them, never half. `vaultId`: the ARM id of the vault of the key that is
   * active, as just read; what the resource says of that may be from before the vault was moved.
   */
  revalidation(vaultId: string | undefined): ArmWrite;
  /** The write that points this use at another key version; whatever else it has stays as it was read. */
  repointing(use: ConsumerFacts, to: NewKey): ArmWrite;
  /** The write that gives it this identity to use its key with; none where it cannot have that beside what it has. */
  assigning(use: ConsumerFacts, identity: ConsumerIdentity): ArmWrite | undefined;
};

/** A key version that a consumer is to use, with the ARM id of its vault. */
export type NewKey = { readonly kid: string; readonly vaultId: string };

/** What one resource turned out to be. `notEncrypted`: it uses no customer-managed key. */
export type ConsumerReading =
  | Consumer
  | { readonly kind: 'notEncrypted'; readonly id: string }
  | { readonly kind: 'gone'; readonly id: string }
  | Unreadable;

/**
 * `unavailable`: Azure did not answer; a later try may. Else it will not let us, until somebody changes something.
 * `namesNoKey`: it was read, and what it names is no key version of a vault (a Managed HSM, say): it uses none of those that
 * are looked at, and is to be told of all the same.
 */
export type Unreadable = {
  readonly kind: 'unknown';
  readonly id: string;
  readonly reason: string;
  readonly unavailable?: true;
  readonly namesNoKey?: true;
  /** Azure answers that its group is not found. */
  readonly groupMissing?: true;
};

/** What may use any key, for all that is known of it. What names no key of a vault uses none, and keeps none waiting. */
export const mayUseAny = ({ namesNoKey }: Unreadable): boolean => namesNoKey !== true;

/** In a listing, what Azure does not answer for now is unknown: one resource keeps no other from being seen. */
export const orUnavailable = <Reading>(id: string, reading: Promise<Reading>): Promise<Reading | Unreadable> =>
  reading.catch((error: unknown) => {
    if (error instanceof AzureUnavailable) return { kind: 'unknown', id, reason: error.message, unavailable: true };
    throw error;
  });

/** A resource in each of its uses of a key, the active one first. */
export const usesOf = ({ facts, others }: Consumer): readonly [ConsumerFacts, ...ConsumerFacts[]] => [facts, ...others];

/** What was last seen of a consumer that has been well since its key was read, which is not long ago. */
export type Recall = (id: string) => ConsumerFacts | undefined;

/** One kind of Azure resource that is encrypted with a customer-managed key. */
export type ConsumerType = {
  /**
   * Reads every resource of this kind in the scope. `unknown` where Azure does not let us list them. May throw
   * `AzureUnavailable`. Where a list does not show the key, one that is recalled and shows all else unchanged keeps it.
   */
  list(scope: Scope, recall: Recall): Promise<Fact<readonly ConsumerReading[]>>;
  /** A list shows as much of a resource as a read of it. */
  readonly showsAll?: true;
  /** Reads one resource by its ARM id, with the write that makes it check its key again. */
  read(id: string): Promise<ConsumerReading>;
};

/** The product's word for a state of Azure; one that no document lists is `unfamiliar`. */
export const stateIn = (states: Readonly<Record<string, ConsumerState>>, raw: string): ConsumerState =>
  states[raw.toLowerCase()] ?? 'unfamiliar';

/** Words for a sentence on a server of which nothing but its state is known, where that is that it serves nobody. */
export const whileDown = (raw: string | undefined): string =>
  raw?.toLowerCase() === 'inaccessible' ? ' is Inaccessible, and' : '';
