import type { ConsumerFacts, ConsumerKind } from '../model/facts.ts';
import type { FindingKind } from '../model/findings.ts';

/**
 * `stops`: it makes the consumer inaccessible. `willStop`: it does so at the deadline. `weakens`: it takes away what
 * the consumer needs only now and then. `stopped`: what hangs on it is down already. `none`: nothing stops; a
 * recommendation. `unclear`: nothing can be said.
 */
export type Effect = 'stops' | 'willStop' | 'weakens' | 'stopped' | 'none' | 'unclear';
export type Entry = { readonly effect: Effect; readonly because: string };

const NO_WRAP =
  'Microsoft keeps it accessible by design, as Key Vault still unwraps, but no restore, replica or key change can wrap a data key (learn.microsoft.com/azure/mysql/flexible-server/security-customer-managed-key)';
const NEEDS_WRAP =
  'a single server needs wrapKey, which Key Vault refuses outside the validity of the version (learn.microsoft.com/azure/mysql/single-server/concepts-data-encryption-mysql)';
const NEXT_START =
  'its disks lose their key within the hour, and no machine with such a disk starts (learn.microsoft.com/azure/virtual-machines/disk-encryption)';
const NO_NEW_WRAP = 'running machines go on, but none with such a disk starts again (azure-docs issue 121652)';
const stops = (because: string): Entry => ({ effect: 'stops', because });
const none = (because: string): Entry => ({ effect: 'none', because });
const all = (entry: Entry): Record<ConsumerKind, Entry> => ({
  mysqlSingleServer: entry,
  mysqlFlexibleServer: entry,
  diskEncryptionSet: entry,
});
/** Without its key every consumer stops: a server within minutes, disks at the next start or within the hour. */
const withoutKey = (because: string): Record<ConsumerKind, Entry> => ({
  ...all(stops(because)),
  diskEncryptionSet: stops(`${because}: ${NEXT_START}`),
});

/** The same fault does not hurt every consumer. */
const EFFECTS: Readonly<Record<FindingKind, Readonly<Record<ConsumerKind, Entry>>>> = {
  observationIncomplete: all({ effect: 'unclear', because: 'what it depends on could not be read' }),
  vaultUnreachable: all({ effect: 'unclear', because: 'its vault could not be read' }),
  vaultDeleted: withoutKey('every key of a deleted vault is refused, until the vault is recovered'),
  vaultPurged: withoutKey('its key went with the vault'),
  vaultFirewallBlocks: withoutKey('the firewall of its vault does not let trusted services pass'),
  permissionModelChanged: all(none('what counts is whether the present model gives it access')),
  tenantMismatch: withoutKey('its identity and its vault are in different tenants, which Key Vault refuses'),
  keyMissing: withoutKey('its key version is gone'),
  keyDeleted: withoutKey('Key Vault refuses every use of a deleted key, until it is recovered'),
  keyPurged: withoutKey('nothing but a backup of its key can decrypt its data'),
  keyVersionMissing: withoutKey('another version cannot unwrap what its own has wrapped'),
  keyDisabled: withoutKey('Key Vault refuses every use of a disabled version'),
  keyNotYetActive: {
    mysqlSingleServer: stops(NEEDS_WRAP),
    mysqlFlexibleServer: { effect: 'weakens', because: NO_WRAP },
    diskEncryptionSet: { effect: 'weakens', because: NO_NEW_WRAP },
  },
  keyExpired: {
    mysqlSingleServer: stops(NEEDS_WRAP),
    mysqlFlexibleServer: { effect: 'weakens', because: NO_WRAP },
    diskEncryptionSet: { effect: 'weakens', because: NO_NEW_WRAP },
  },
  keyNearExpiry: {
    mysqlSingleServer: { effect: 'willStop', because: NEEDS_WRAP },
    mysqlFlexibleServer: { effect: 'weakens', because: `after the expiry ${NO_WRAP}` },
    diskEncryptionSet: { effect: 'weakens', because: `after the expiry ${NO_NEW_WRAP}` },
  },
  keyTypeUnsupported: all(none('Azure does not support such a key here')),
  identityMissing: withoutKey('it has no identity to use the key with'),
  copyAwaitingAccess: withoutKey('a copy is not let in before it is revalidated with access of its own'),
  accessMissing: withoutKey('its identity may not use the key'),
  readerMissing: all({ effect: 'weakens', because: 'its identity could read the vault as a resource, and cannot now' }),
  autoKeyRotationFailed: all({ effect: 'weakens', because: 'it goes on with the old version until it is updated' }),
  accessUnproven: all({ effect: 'weakens', because: 'that it can use the key again shows only when it tries' }),
  consumerInaccessible: all(stops('it must be revalidated to come back')),
  machinesShutDown: all({ effect: 'stopped', because: 'machines on its disks ran before the key was lost' }),
  vaultNotRebuilt: all({ effect: 'weakens', because: 'what hung on its vault was lost with it' }),
  consumerPinnedToOldVersion: all(none('it does not use the current version')),
  migratedWithoutKey: all(none('its data is encrypted with a key of Microsoft now')),
  regionMismatch: all(none('its vault is in another region than itself')),
  recoveryLevelInsufficient: all(none('its key could be lost for good')),
  softDeleteOff: all(none('its key could be lost for good')),
  retentionShort: all(none('its key could be lost for good sooner than after 90 days')),
  purgeProtectionOff: all(none('its key could be lost for good')),
};

const WEIGHED: Readonly<Record<Effect, Effect>> = {
  stops: 'weakens',
  willStop: 'weakens',
  weakens: 'weakens',
  stopped: 'stopped',
  none: 'none',
  unclear: 'unclear',
};

/** What a fault does to a consumer in its use of the key: without the key of its backups a server goes on. */
export const effectOn = (
  kind: FindingKind,
  { kind: consumerKind, use = 'active' }: Pick<ConsumerFacts, 'kind' | 'use'>,
): Entry => {
  const { effect, because } = EFFECTS[kind][consumerKind];
  return use === 'geoBackup' && WEIGHED[effect] !== effect
    ? { effect: WEIGHED[effect], because: `only its backups in the paired region need this key, but ${because}` }
    : { effect, because };
};

/** Whether this fault is enough to take the key from such a consumer, now or soon, whatever its state says yet. */
export const takesKeyFrom = (kind: FindingKind, consumer: Pick<ConsumerFacts, 'kind' | 'use'>): boolean =>
  effectOn(kind, consumer).effect === 'stops';
