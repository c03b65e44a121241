import type { ConsumerFacts } from '../../remediation/model/facts.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';
import type { WantsCurrent } from '../key-vault/observe-ways-out.ts';
import type { Harmed } from './observe-other-keys.ts';

/** What is known of a key before it is observed. Where that leads to no consumer, the scopes are listed. */
export type ObserveHints = {
  /** As `listConsumers` has just read them: they are not read again. */
  readonly consumers?: readonly ConsumerFacts[];
  /** Those who were last seen: of one that is not found they tell who it was. */
  readonly lastSeen?: readonly ConsumerFacts[];
  /** Lists of vaults and of role assignments that are at most a minute old will do. */
  readonly around?: 'asked';
  /** Lists of the scopes that are at most a minute old will do, where no consumer is known. */
  readonly listed?: 'lately';
  /** ARM ids of those last seen, and of the one that woke the key. Each is read once. */
  readonly consumerIds?: readonly string[];
  /** Object ids, lower-cased, of those who used the key when all was well: an entry of theirs is no group's. */
  readonly principals?: readonly string[];
  /** Whether every user-assigned identity is read, and not only those of consumers that are unwell or lack access. */
  readonly identities?: 'asked';
  /** ARM ids of those of its baseline that are not among them any more: what became of a single server is asked, once each. */
  readonly formerIds?: readonly string[];
  /** Whether the machines on the disks of disk encryption sets are asked for too. */
  readonly machines?: 'asked';
  /** ARM id of its vault in the baseline: where a process that never saw the vault looks for it, or for what became of it. */
  readonly vaultId?: string;
  /** Versions that were in use when all was well: by one of them a key that was rotated is told from another of its name. */
  readonly recordedVersions?: readonly string[];
  /** By what was seen of the pinned versions, whether the current one is asked for too. */
  readonly wantsCurrent?: WantsCurrent;
  /** Who is harmed: of those among them that live on any one of several keys it is asked whether another works. */
  readonly harmed?: Harmed;
};

export type ObserveRequest = ObserveHints & { readonly key: KeyRef };
