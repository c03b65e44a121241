import type { ConsumerFacts, ConsumerKind } from '../model/facts.ts';
import { type Effect, type FaultEffect, type FindingKind, faultOf } from '../model/faults.ts';

const NO_WRAP =
  'Microsoft keeps it accessible by design, as Key Vault still unwraps, but no restore, replica or key change can wrap a data key (learn.microsoft.com/azure/mysql/flexible-server/security-customer-managed-key)';
const NEEDS_WRAP =
  'a single server needs wrapKey, which Key Vault refuses outside the validity of the version (learn.microsoft.com/azure/mysql/single-server/concepts-data-encryption-mysql)';
const NEXT_START =
  'its disks lose their key within the hour, and no machine with such a disk starts (learn.microsoft.com/azure/virtual-machines/disk-encryption)';
const NO_NEW_WRAP = 'running machines go on, but none with such a disk starts again (azure-docs issue 121652)';

const stops = (because: string): FaultEffect => ({ effect: 'stops', because });
const weakens = (because: string): FaultEffect => ({ effect: 'weakens', because });

/** Where a kind of consumer is hurt otherwise than the fault's row says. */
const EXCEPTIONS: Readonly<Record<ConsumerKind, Partial<Readonly<Record<FindingKind, FaultEffect>>>>> = {
  mysqlSingleServer: {
    keyNotYetActive: stops(NEEDS_WRAP),
    keyExpired: stops(NEEDS_WRAP),
    keyNearExpiry: { effect: 'willStop', because: NEEDS_WRAP },
  },
  mysqlFlexibleServer: {
    keyNotYetActive: weakens(NO_WRAP),
    keyExpired: weakens(NO_WRAP),
    keyNearExpiry: weakens(`after the expiry ${NO_WRAP}`),
  },
  diskEncryptionSet: {
    keyNotYetActive: weakens(NO_NEW_WRAP),
    keyExpired: weakens(NO_NEW_WRAP),
    keyNearExpiry: weakens(`after the expiry ${NO_NEW_WRAP}`),
    consumerInaccessible: faultOf('consumerInaccessible'),
  },
};

/** What it means to a kind to be without its key, where that is said: a server stops within minutes, disks at the next start. */
const WITHOUT_KEY: Partial<Readonly<Record<ConsumerKind, string>>> = { diskEncryptionSet: NEXT_START };

/** The same fault does not hurt every consumer. */
const ownEffect = (kind: FindingKind, consumerKind: ConsumerKind): FaultEffect => {
  const exception = EXCEPTIONS[consumerKind][kind];
  if (exception) return exception;
  const { effect, because } = faultOf(kind);
  const follows = effect === 'stops' ? WITHOUT_KEY[consumerKind] : undefined;
  return { effect, because: follows === undefined ? because : `${because}: ${follows}` };
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
): FaultEffect => {
  const { effect, because } = ownEffect(kind, consumerKind);
  return use === 'geoBackup' && WEIGHED[effect] !== effect
    ? { effect: WEIGHED[effect], because: `only its backups in the paired region need this key, but ${because}` }
    : { effect, because };
};

/** Whether this fault is enough to take the key from such a consumer, now or soon, whatever its state says yet. */
export const takesKeyFrom = (kind: FindingKind, consumer: Pick<ConsumerFacts, 'kind' | 'use'>): boolean =>
  effectOn(kind, consumer).effect === 'stops';
