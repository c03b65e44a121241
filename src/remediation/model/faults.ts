/**
 * What a fault does to a consumer. `stops`: it makes the consumer inaccessible. `willStop`: it does so at the deadline.
 * `weakens`: it takes away what the consumer needs only now and then. `stopped`: what hangs on it is down already. `none`:
 * nothing stops; a recommendation. `unclear`: nothing can be said.
 */
export type Effect = 'stops' | 'willStop' | 'weakens' | 'stopped' | 'none' | 'unclear';

/** `because`: half a sentence for a human, after the name of the consumer and a colon. */
export type FaultEffect = { readonly effect: Effect; readonly because: string };

/** All that is decided about a fault beside its rule and its remedy. What a row leaves out is answered with "no". */
export type Fault = FaultEffect & {
  /**
   * What counts as one root cause of it at the fuse, however many keys and consumers suffer: its own target, or the vault
   * that its evidence names. Where a row leaves it out, every key counts.
   */
  readonly countsBy?: 'target' | 'vault';
  /** Whether a look at the pinned versions alone can find it, or their vault does not answer. */
  readonly showsInVersions?: true;
  /** Whether it stands for what could not be seen: it is no fault then, and no health either. */
  readonly saysNothing?: true;
  /** Whether what is there only bears the name of what was known: nothing at all is done about it, nor recorded as well. */
  readonly isAnother?: true;
  /** Whether the identity of its consumer is not let in to the key. */
  readonly keepsOut?: true;
  /** Whether it is the consumer's, and not one of this key: whatever other keys it has do not help. */
  readonly ofWholeConsumer?: true;
  /** Whether it says of the consumer itself, or of what hangs on it, that it is down: others say why it will be. */
  readonly showsDown?: true;
  /** Whether it hurts every kind of consumer in its own way: each profile must say how. */
  readonly eachAnswers?: true;
};

const lost = { effect: 'none', because: 'its key could be lost for good' } as const;

/**
 * Every fault of an access path, from the vault to the consumer, and last what harms nobody yet: with its effect on a
 * consumer whose profile says nothing else. A new fault is one row here, its rule, and its remedy.
 */
export const FAULTS = {
  observationIncomplete: { effect: 'unclear', because: 'what it depends on could not be read', saysNothing: true },
  vaultForeign: {
    effect: 'stops',
    because: 'the vault that bears the name is another than the one whose key it uses, or is elsewhere',
    countsBy: 'target',
    isAnother: true,
  },
  vaultDeleted: {
    effect: 'stops',
    because: 'every key of a deleted vault is refused, until the vault is recovered',
    countsBy: 'target',
    showsInVersions: true,
  },
  vaultPurged: {
    effect: 'stops',
    because: 'its key went with the vault',
    countsBy: 'target',
    showsInVersions: true,
  },
  vaultUnreachable: { effect: 'unclear', because: 'its vault could not be read', saysNothing: true },
  keyInManagedHsm: {
    effect: 'unclear',
    because: 'its key is in a Managed HSM, of which nothing is read',
    saysNothing: true,
  },
  vaultFirewallBlocks: {
    effect: 'stops',
    because: 'the firewall of its vault does not let trusted services pass',
    countsBy: 'target',
  },
  permissionModelChanged: {
    effect: 'none',
    because: 'what counts is whether the present model gives it access',
    countsBy: 'target',
  },
  tenantMismatch: {
    effect: 'stops',
    because: 'its identity and its vault are in different tenants, which Key Vault refuses',
    countsBy: 'target',
  },
  keyForeign: {
    effect: 'stops',
    because: 'the key that bears the name is another than the one that it uses',
    isAnother: true,
  },
  keyMissing: { effect: 'stops', because: 'its key version is gone', showsInVersions: true },
  keyDeleted: {
    effect: 'stops',
    because: 'Key Vault refuses every use of a deleted key, until it is recovered',
    showsInVersions: true,
  },
  keyPurged: {
    effect: 'stops',
    because: 'nothing but a backup of its key can decrypt its data',
    showsInVersions: true,
  },
  keyVersionMissing: {
    effect: 'stops',
    because: 'another version cannot unwrap what its own has wrapped',
    showsInVersions: true,
  },
  keyDisabled: {
    effect: 'stops',
    because: 'Key Vault refuses every use of a disabled version',
    showsInVersions: true,
  },
  keyNotYetActive: {
    effect: 'stops',
    because: 'Key Vault refuses to wrap with a version that is not active yet',
    showsInVersions: true,
    eachAnswers: true,
  },
  keyExpired: {
    effect: 'stops',
    because: 'Key Vault refuses to wrap with an expired version',
    showsInVersions: true,
    eachAnswers: true,
  },
  keyNearExpiry: {
    effect: 'willStop',
    because: 'Key Vault refuses to wrap with an expired version',
    showsInVersions: true,
    eachAnswers: true,
  },
  keyCannotUnwrap: {
    effect: 'stops',
    because: 'Key Vault refuses to unwrap with a version whose operations leave that out',
    showsInVersions: true,
  },
  keyCannotWrap: {
    effect: 'stops',
    because: 'Key Vault refuses to wrap with a version whose operations leave that out',
    showsInVersions: true,
    eachAnswers: true,
  },
  identityMissing: {
    effect: 'stops',
    because: 'it has no identity to use the key with',
    countsBy: 'target',
    keepsOut: true,
    ofWholeConsumer: true,
  },
  copyAwaitingAccess: {
    effect: 'stops',
    because: 'a copy is not let in before it is revalidated with access of its own',
    keepsOut: true,
  },
  accessMissing: {
    effect: 'stops',
    because: 'its identity may not use the key',
    countsBy: 'vault',
    keepsOut: true,
  },
  readerMissing: {
    effect: 'weakens',
    because: 'its identity could read the vault as a resource, and cannot now',
    countsBy: 'vault',
  },
  autoKeyRotationFailed: { effect: 'weakens', because: 'it goes on with the old version until it is updated' },
  accessUnproven: { effect: 'weakens', because: 'that it can use the key again shows only when it tries' },
  consumerInaccessible: {
    effect: 'stops',
    because: 'it must be revalidated to come back',
    countsBy: 'vault',
    ofWholeConsumer: true,
    showsDown: true,
  },
  machinesShutDown: {
    effect: 'stopped',
    because: 'machines on its disks ran before the key was lost',
    showsDown: true,
  },
  vaultNotRebuilt: { effect: 'weakens', because: 'what hung on its vault was lost with it', countsBy: 'target' },
  keyTypeUnsupported: { effect: 'none', because: 'Azure does not support such a key here' },
  keyExportable: { effect: 'none', because: 'a copy of its key may be elsewhere, which nobody can lock' },
  consumerPinnedToOldVersion: { effect: 'none', because: 'it does not use the current version' },
  migratedWithoutKey: { effect: 'none', because: 'its data is encrypted with a key of Microsoft now' },
  regionMismatch: { effect: 'none', because: 'its vault is in another region than itself' },
  recoveryLevelInsufficient: lost,
  softDeleteOff: lost,
  retentionShort: { effect: 'none', because: 'its key could be lost for good sooner than after 90 days' },
  purgeProtectionOff: lost,
} as const satisfies Readonly<Record<string, Fault>>;

export type FindingKind = keyof typeof FAULTS;

export type FaultThatEachAnswers = {
  [Kind in FindingKind]: (typeof FAULTS)[Kind] extends { readonly eachAnswers: true } ? Kind : never;
}[FindingKind];

const UNKNOWN: Fault = { effect: 'unclear', because: 'this version of the product does not know this fault' };

/** The row of a fault. A stored finding may be of another version of the product: nothing is decided on that one. */
export const faultOf = (kind: string): Fault => (Object.hasOwn(FAULTS, kind) ? FAULTS[kind as FindingKind] : UNKNOWN);
