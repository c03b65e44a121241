/**
 * The effect of a fault on a consumer. `stops`: the consumer becomes inaccessible. `willStop`: the consumer becomes inaccessible
 * at the deadline. `weakens`: the consumer loses something that it needs only now and then. `stopped`: machines on its disks are
 * down already. `none`: nothing stops, the finding is a recommendation. `unclear`: the product cannot tell.
 */
export type Effect = 'stops' | 'willStop' | 'weakens' | 'stopped' | 'none' | 'unclear';

/** `because`: half a sentence for a person, written after the name of the consumer and a colon. */
export type FaultEffect = { readonly effect: Effect; readonly because: string };

/** All traits of a fault beside its rule and its remedy. A trait that a row leaves out is "no". */
export type Fault = FaultEffect & {
  /**
   * The unit that the fuse counts as one root cause of the fault, however many keys and consumers suffer: the target of the
   * finding, or the vault that its evidence names. Left out: every key counts.
   */
  readonly countsBy?: 'target' | 'vault';
  /** Whether a look at the pinned versions alone can find the fault, or can at least find that their vault does not answer. */
  readonly showsInVersions?: true;
  /** Whether the fault stands for facts that could not be read: the key is then neither broken nor healthy. */
  readonly saysNothing?: true;
  /**
   * Whether another vault or key has taken the name of the known one: the product repairs nothing there, and does not record the
   * key as healthy.
   */
  readonly isAnother?: true;
  /** Whether the fault means that the identity of the consumer has no access to the key. */
  readonly keepsOut?: true;
  /** Whether the fault belongs to the consumer and not to this key: other keys of the consumer then do not help. */
  readonly ofWholeConsumer?: true;
  /**
   * Whether the fault shows that the consumer, or a machine on its disks, is down. Other faults say why a consumer will be down.
   */
  readonly showsDown?: true;
  /** Whether the fault hurts every kind of consumer in another way: each profile must state its effect. */
  readonly eachAnswers?: true;
};

const lost = { effect: 'none', because: 'its key could be lost for good' } as const;

/**
 * Every fault of an access path, from the vault to the consumer, and last the faults of posture, which affect no consumer yet. Each
 * row has the effect on a consumer whose profile states no other. A new fault needs a row here, a rule and a remedy.
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

/**
 * The row of a fault. A stored finding may come from another release of the product: nothing is decided on a fault that this
 * release does not know.
 */
export const faultOf = (kind: string): Fault => (Object.hasOwn(FAULTS, kind) ? FAULTS[kind as FindingKind] : UNKNOWN);
