import type { ConsumerFacts } from '../model/facts.ts';
import { type Effect, type FaultEffect, type FindingKind, faultOf } from '../model/faults.ts';
import { profileOf } from '../model/profiles.ts';
import { livesOnAnother, mayLiveOnAnother } from '../observation/key-use.ts';

/** The effect of a fault on this kind of consumer: a profile may state another effect than the table of faults. */
const ownEffect = (kind: FindingKind, consumerKind: string): FaultEffect => {
  const { effects, withoutKey } = profileOf(consumerKind);
  const exception = effects[kind];
  if (exception) return exception;
  const { effect, because } = faultOf(kind);
  return { effect, because: effect === 'stops' && withoutKey !== '' ? `${because}: ${withoutKey}` : because };
};

const WEIGHED: Readonly<Record<Effect, Effect>> = {
  stops: 'weakens',
  willStop: 'weakens',
  weakens: 'weakens',
  stopped: 'stopped',
  none: 'none',
  unclear: 'unclear',
};

type Hurt = Pick<ConsumerFacts, 'kind' | 'use' | 'otherKeyWorks' | 'state'>;

/**
 * Whether the fault may leave the consumer working: the consumer may work with another of its keys, and the fault is only one of
 * this key.
 */
const mayBeSpared = (kind: FindingKind, consumer: Hurt): boolean =>
  mayLiveOnAnother(consumer) && !faultOf(kind).ofWholeConsumer;

/** Why a fault of this key does not stop the consumer; `undefined` where the fault does stop it. */
const whySpared = (kind: FindingKind, consumer: Hurt): string | undefined => {
  if (consumer.use === 'geoBackup') return 'only its backups in the paired region need this key';
  return mayBeSpared(kind, consumer) && livesOnAnother(consumer) ? 'another of its keys works' : undefined;
};

/** What the product knows of the other keys of a consumer that could work with one of them. */
const ofOthers = ({ otherKeyWorks }: Hurt): string =>
  otherKeyWorks?.kind === 'present' && !otherKeyWorks.value
    ? ', and none of its other keys works'
    : ', and none of its other keys is known to work';

/**
 * The effect of a fault on a consumer in its use of the key. A server goes on without the key of its backups. A consumer that
 * needs only one of several keys goes on while another of them is known to work.
 */
export const effectOn = (kind: FindingKind, consumer: Hurt): FaultEffect => {
  const { effect, because } = ownEffect(kind, consumer.kind);
  if (WEIGHED[effect] === effect) return { effect, because };
  const spared = whySpared(kind, consumer);
  return spared === undefined
    ? { effect, because: `${because}${mayBeSpared(kind, consumer) ? ofOthers(consumer) : ''}` }
    : { effect: WEIGHED[effect], because: `${spared}, but ${because}` };
};

/** Whether this fault takes the key from the consumer, now or soon. The state that the consumer shows does not count here. */
export const takesKeyFrom = (kind: FindingKind, consumer: Hurt): boolean => effectOn(kind, consumer).effect === 'stops';
