import type { ConsumerIdentity } from '../consumer-identity.ts';
import type { FaultEffect, FaultThatEachAnswers, FindingKind } from '../faults.ts';
import type { KeyPermission } from '../key-permission.ts';

/** A consumer and its key, as a command needs them. */
export type UseOfKey = {
  readonly id: string;
  readonly kid: string;
  /** ARM id of the user-assigned identity; empty where there is none, or where it is not known. */
  readonly userAssigned: string;
  readonly isReplica?: true;
};

/** Groups of consumers to which the rows of the posture report apply. */
export type PostureRows = 'every' | 'servers' | 'singles' | 'disks';

/**
 * Whether a kind of consumer names its key with a version. `lag` (ISO 8601 duration, where Azure documents one): how long a
 * consumer may still use the former version after a new one was made.
 */
export type NamesVersion =
  | { readonly names: 'always' }
  | { readonly names: 'optional' | 'never'; readonly lag?: string };

/**
 * The traits of a kind of consumer. Each trait answers a question, and a profile must answer all of them; "the consumer" below is
 * any consumer of that kind. "No", "none" and "unsaid" are the careful answers: where the answer is not known, the product writes
 * nothing and gives no access.
 */
export type Profile = {
  /** The name of the kind in a sentence, after "a". */
  readonly noun: string;
  /** ARM type of the consumer, lower-cased. */
  readonly resourceType: string;
  /** ARM types that are parts of the consumer, lower-cased: a write to such a part is a write to the consumer. */
  readonly parts: readonly string[];
  /**
   * To which ARM type without the key has Azure migrated such consumers, without asking their owners? Lower-cased; `never` where
   * Azure has not.
   */
  readonly migratesTo: string;
  /**
   * Which property of the consumer (the path below `properties`) shows, by which value in any casing, that it has a key of the
   * customer? `always`: every resource of this type has one.
   */
  readonly hasKey: { readonly property: string; readonly is: string } | 'always' | 'unsaid';

  /** Which permissions does the consumer need on its key, sorted? The product grants exactly these. */
  readonly needs: readonly [KeyPermission, ...KeyPermission[]] | 'unsaid';
  /** Which keys does the consumer take? `types`: as Key Vault names them, in capitals. `sizes`: in bits. */
  readonly keys: { readonly types: readonly string[]; readonly sizes: readonly number[] } | 'unsaid';
  /** For how many days must the vault keep a deleted key? 0 where no document states it. */
  readonly retentionDays: number;
  /** With which kinds of identity can the consumer use its key? The first is assumed where nothing shows the kind. */
  readonly identities: readonly ConsumerIdentity['kind'][];
  /** Does the consumer read its vault as a resource, so that its identity needs the role Reader? */
  readonly readsVault: boolean;
  /**
   * Does the consumer pass the firewall of a vault as a trusted service? `docSays`: the documentation of the consumer says so,
   * but Microsoft's list of trusted services does not name it.
   */
  readonly trusted: 'yes' | 'docSays' | 'no';

  /**
   * Does a copy of the consumer state its source? `mayHideSource`: a restored copy does not. `none`: the consumer is never
   * copied.
   */
  readonly copies: 'stateSource' | 'mayHideSource' | 'none';
  /** Does Azure create the consumer only with a key that it can use? */
  readonly isMadeWithKey: boolean;
  /** Does the state `ready` prove that the consumer can use its key? */
  readonly stateProvesKey: boolean;
  /** Does the consumer try its key by itself, so that its state shows within a quarter of an hour whether it has access? */
  readonly triesByItself: boolean;
  /** Does the consumer move to new versions of its key by itself, and stop doing so at an error until it is updated? */
  readonly rotatesByItself: boolean;
  /**
   * Does the consumer name its key with a version? If not, for how long may it still use the version before the current one?
   */
  readonly namesVersion: NamesVersion;
  /**
   * Do virtual machines depend on the consumer, by disks that name it as their disk encryption set? They shut down without its
   * key.
   */
  readonly hasMachines: boolean;
  /** Does Resource Health check the consumer? */
  readonly hasHealth: boolean;

  /**
   * What does an update do that sets the key that the consumer has already? `looksAgain`: the consumer tries that key.
   * `mayBeIgnored`: no document says so; the text is what a person chooses in the portal where the update changed nothing.
   * `never`: such an update must not be sent.
   */
  readonly sameKeyUpdate: 'looksAgain' | { readonly mayBeIgnored: string } | 'never';
  /** May the product point the consumer at another version of its key? */
  readonly mayBeRepointed: boolean;
  /**
   * Which Azure actions does the product need to read the consumer, to set its key (beside `read`), and to give it an identity
   * (beside both)?
   */
  readonly actions: {
    readonly read: readonly string[];
    readonly setKey: readonly string[];
    readonly assignIdentity: readonly string[];
  };
  /** With which commands does a person set the key of the consumer, or give it an identity? In back-quotes. */
  readonly commands:
    | {
        readonly setKey: (use: UseOfKey) => string;
        readonly assignIdentity: (use: Omit<UseOfKey, 'kid'>) => string;
      }
    | 'unsaid';

  /**
   * Which effects do faults have on the consumer, where they differ from those in `FAULTS`? Some faults must be answered here.
   */
  readonly effects: Readonly<Record<FaultThatEachAnswers, FaultEffect> & Partial<Record<FindingKind, FaultEffect>>>;
  /** What else follows where a fault takes the key? Half a sentence; empty: nothing more than the row in `FAULTS` says. */
  readonly withoutKey: string;
  /** Which rows of the acceptance table does a fault of the consumer answer, where they are not those of the rule? */
  readonly acceptanceRows: Readonly<Partial<Record<FindingKind, readonly string[]>>>;
  /** Which rows of the posture report apply to the consumer? */
  readonly postureRows: readonly PostureRows[];
};
