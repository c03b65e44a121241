import type { ConsumerIdentity } from '../consumer-identity.ts';
import type { FaultEffect, FaultThatEachAnswers, FindingKind } from '../faults.ts';
import type { KeyPermission } from '../key-permission.ts';

/** A use of a key in a command. `userAssigned`: ARM id of its user-assigned identity; empty where it has none. */
export type UseOfKey = {
  readonly id: string;
  readonly kid: string;
  /** Id of the identity; empty where it is not known. */
  readonly userAssigned: string;
  readonly isReplica?: true;
};

/** The rows of the posture report that are about consumers, by whom they are about. */
export type PostureRows = 'every' | 'servers' | 'singles' | 'disks';

/**
 * Whether a kind of consumer names its key with a version. `lag` (ISO 8601 duration, where Azure documents one): how long the
 * version before may still be in use after a new one was made.
 */
export type NamesVersion =
  | { readonly names: 'always' }
  | { readonly names: 'optional' | 'never'; readonly lag?: string };

/**
 * What is true of every consumer of a kind: each trait answers a question, and all of them are to be answered. "No", "none"
 * and "unsaid" are the careful answers: nothing is written, and nobody is let in, on a trait of which nothing is known.
 */
export type Profile = {
  /** What is such a resource called, after "a"? */
  readonly noun: string;
  /** Of which ARM type is it? Lower-cased. */
  readonly resourceType: string;
  /** Which ARM types are parts of it, so that a write to such a part is a write to it? Lower-cased. */
  readonly parts: readonly string[];
  /** Has Azure made such resources, by force, ones of another ARM type without the key? Which? Lower-cased; else `never`. */
  readonly migratesTo: string;
  /**
   * Which of its properties (the path below `properties`) tells, by which value in whatever casing, that it has a key of the
   * customer? `always`: every resource of this type has one.
   */
  readonly hasKey: { readonly property: string; readonly is: string } | 'always' | 'unsaid';

  /** What does it need of its key, sorted? Exactly this is ever granted. */
  readonly needs: readonly [KeyPermission, ...KeyPermission[]] | 'unsaid';
  /** Which keys does it take? `types`: as Key Vault names them, in capitals. `sizes`: in bits. */
  readonly keys: { readonly types: readonly string[]; readonly sizes: readonly number[] } | 'unsaid';
  /** For how many days must its vault keep what was deleted? 0 where no document says. */
  readonly retentionDays: number;
  /** With which identities can it use its key? First that which it has where nothing tells. */
  readonly identities: readonly ConsumerIdentity['kind'][];
  /** Does it read its vault as a resource, for which its identity needs the role Reader? */
  readonly readsVault: boolean;
  /** Does it pass the firewall of a vault as a trusted service? `docSays`: its own page says so, the list of those does not. */
  readonly trusted: 'yes' | 'docSays' | 'no';

  /** Does a copy of it state what it is a copy of? `mayHideSource`: a restored one does not. `none`: it is never copied. */
  readonly copies: 'stateSource' | 'mayHideSource' | 'none';
  /** Does Azure make one only with a key that it can use? */
  readonly isMadeWithKey: boolean;
  /** Does the state `ready` prove that it can use its key? */
  readonly stateProvesKey: boolean;
  /** Does it try its key by itself, so that its state tells within a quarter of an hour whether it was let in? */
  readonly triesByItself: boolean;
  /** Does it follow its key to new versions by itself, and stop at an error until it is updated? */
  readonly rotatesByItself: boolean;
  /** Does it name its key with a version, and if not, for how long may it still be using the one before the current? */
  readonly namesVersion: NamesVersion;
  /** Do virtual machines hang on it, by disks that name it as their disk encryption set, and are shut down without its key? */
  readonly hasMachines: boolean;
  /** Does Resource Health have checks of it? */
  readonly hasHealth: boolean;

  /**
   * What does an update with the key that it has do? `looksAgain`: it makes it look at that key. `mayBeIgnored`: no document
   * says so; what a person chooses in the portal where it did not. `never`: such an update must not be sent.
   */
  readonly sameKeyUpdate: 'looksAgain' | { readonly mayBeIgnored: string } | 'never';
  /** May the product point it at another version of its key? */
  readonly mayBeRepointed: boolean;
  /** Which Azure actions does it take to read it, to set its key besides, and to give it an identity besides that? */
  readonly actions: {
    readonly read: readonly string[];
    readonly setKey: readonly string[];
    readonly assignIdentity: readonly string[];
  };
  /** With which commands does a person set its key, or give it an identity? In back-quotes. */
  readonly commands:
    | {
        readonly setKey: (use: UseOfKey) => string;
        readonly assignIdentity: (use: Omit<UseOfKey, 'kid'>) => string;
      }
    | 'unsaid';

  /** How does a fault hurt it, where that is not what the fault's row says? Of some faults each kind must say it. */
  readonly effects: Readonly<Record<FaultThatEachAnswers, FaultEffect> & Partial<Record<FindingKind, FaultEffect>>>;
  /** What follows where a fault takes its key, beside what the fault's row says? Half a sentence; empty: nothing more. */
  readonly withoutKey: string;
  /** Which rows of the acceptance table does a fault of it answer, where those are not the rule's own? */
  readonly acceptanceRows: Readonly<Partial<Record<FindingKind, readonly string[]>>>;
  /** Which rows of the posture report judge it? */
  readonly postureRows: readonly PostureRows[];
};
