import type { ConsumerFacts } from '../../remediation/model/facts.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';
import type { WantsCurrent } from '../key-vault/observe-ways-out.ts';
import type { Affected } from './observe-other-keys.ts';

/** What is known of a key before the observation. Where it leads to no consumer, the scopes are listed. */
export type ObserveHints = {
  /** Consumers that `listConsumers` has just read: they are not read again. */
  readonly consumers?: readonly ConsumerFacts[];
  /** The consumers as last seen: the facts of a consumer that is not found come from here. */
  readonly lastSeen?: readonly ConsumerFacts[];
  /** Lists of vaults and of role assignments may be up to a minute old. */
  readonly around?: 'asked';
  /** Lists of the scopes may be up to a minute old, where no consumer is known. */
  readonly listed?: 'lately';
  /** ARM ids of the consumers last seen, and of the consumer that woke the key. Each is read once. */
  readonly consumerIds?: readonly string[];
  /** Object ids (lower case) of the principals in the baseline: an access policy of one of these is not for a group. */
  readonly principals?: readonly string[];
  /** Every user-assigned identity is read, and not only those of consumers that are unwell or lack access. */
  readonly identities?: 'asked';
  /**
   * ARM ids of consumers of the baseline that do not use the key any more: for a single server it is asked once what
   * happened to it.
   */
  readonly formerIds?: readonly string[];
  /** The machines with disks of the disk encryption sets are read too. */
  readonly machines?: 'asked';
  /**
   * ARM id of the key's vault in the baseline: a process that never saw the vault searches there for the vault, or for
   * what happened to it.
   */
  readonly vaultId?: string;
  /** Versions in use at the time of the baseline: by them a rotated key is told from another key with the same name. */
  readonly recordedVersions?: readonly string[];
  /** Decides, by the observed pinned versions, whether the current version is read too. */
  readonly wantsCurrent?: WantsCurrent;
  /** Decides which consumers are affected. If such a consumer needs only one of several keys, its other keys are checked. */
  readonly affected?: Affected;
};

/** `cost`: of reading the versions in use, as last known; left out where nobody knows it. */
export type ObserveRequest = ObserveHints & { readonly key: KeyRef; readonly cost?: number };
