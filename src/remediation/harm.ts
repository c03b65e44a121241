import type { ConsumerFacts, ConsumerKind } from './facts.ts';
import type { FindingKind, Harm, HarmLevel } from './findings.ts';

/**
 * `stops`: it makes the consumer inaccessible. `willStop`: it does so at the deadline. `weakens`: it takes away what
 * the consumer needs only now and then. `unclear`: nothing can be said.
 */
type Effect = 'stops' | 'willStop' | 'weakens' | 'unclear';
type Entry = { readonly effect: Effect; readonly because: string };

const NO_WRAP =
  'Microsoft keeps it accessible by design, as Key Vault still unwraps, but no restore, replica or key change can wrap a data key (learn.microsoft.com/azure/mysql/flexible-server/security-customer-managed-key)';
const NEEDS_WRAP =
  'a single server needs wrapKey, which Key Vault refuses outside the validity of the version (learn.microsoft.com/azure/mysql/single-server/concepts-data-encryption-mysql)';
const stops = (because: string): Entry => ({ effect: 'stops', because });
const both = (entry: Entry): Record<ConsumerKind, Entry> => ({ mysqlSingleServer: entry, mysqlFlexibleServer: entry });

/** The same fault does not hurt every consumer. */
const EFFECTS: Readonly<Record<FindingKind, Readonly<Record<ConsumerKind, Entry>>>> = {
  observationIncomplete: both({ effect: 'unclear', because: 'what it depends on could not be read' }),
  keyMissing: both(stops('its key version is gone')),
  keyDeleted: both(stops('Key Vault refuses every use of a deleted key, until it is recovered')),
  keyPurged: both(stops('nothing but a backup of its key can decrypt its data')),
  keyVersionMissing: both(stops('another version cannot unwrap what its own has wrapped')),
  keyDisabled: both(stops('Key Vault refuses every use of a disabled version')),
  keyNotYetActive: {
    mysqlSingleServer: stops(NEEDS_WRAP),
    mysqlFlexibleServer: { effect: 'weakens', because: NO_WRAP },
  },
  keyExpired: { mysqlSingleServer: stops(NEEDS_WRAP), mysqlFlexibleServer: { effect: 'weakens', because: NO_WRAP } },
  keyNearExpiry: {
    mysqlSingleServer: { effect: 'willStop', because: NEEDS_WRAP },
    mysqlFlexibleServer: { effect: 'weakens', because: `after the expiry ${NO_WRAP}` },
  },
  identityMissing: both(stops('it has no identity to use the key with')),
  consumerInaccessible: both(stops('it must be revalidated to come back')),
};

/** The harm of one fault to one consumer, in the state that it is in. A stopped server is not an incident. */
export const harmOf = (kind: FindingKind, consumer: ConsumerFacts, deadline?: string): Harm => {
  const { effect, because } = EFFECTS[kind][consumer.kind];
  const level = levelOf(effect, consumer);
  return {
    consumerId: consumer.id,
    consumerKind: consumer.kind,
    level,
    ...(level === 'latent' && effect !== 'weakens' && deadline !== undefined ? { deadline } : {}),
    sentence: `${consumer.name} ${outlook(level, effect, deadline)}: ${because}.`,
  };
};

const levelOf = (effect: Effect, { state }: ConsumerFacts): HarmLevel => {
  if (effect === 'unclear') return 'none';
  const now = state.kind === 'present' ? state.value.state : undefined;
  if (now === 'stopped') return 'none';
  return effect === 'stops' && now === 'inaccessible' ? 'active' : 'latent';
};

const outlook = (level: HarmLevel, effect: Effect, deadline: string | undefined): string => {
  if (effect === 'unclear') return 'may or may not be harmed';
  if (level === 'none') return 'is stopped and harmed only once it starts';
  if (level === 'active') return 'refuses all connections';
  if (effect === 'weakens') return 'is not stopped by it';
  return deadline === undefined ? 'is about to lose its key' : `loses its key by ${deadline}`;
};
