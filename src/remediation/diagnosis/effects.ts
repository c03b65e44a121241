import type { ConsumerFacts } from '../model/facts.ts';
import { type Effect, type FaultEffect, type FindingKind, faultOf } from '../model/faults.ts';
import { profileOf } from '../model/profiles.ts';
import { livesOnAnother, mayLiveOnAnother } from '../observation/key-use.ts';

/** The same fault does not hurt every kind of consumer. */
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

/** Whether it hurts a consumer that could live on another key only where it does not. */
const mayBeSpared = (kind: FindingKind, consumer: Hurt): boolean =>
  mayLiveOnAnother(consumer) && !faultOf(kind).ofWholeConsumer;

/** Why a fault of this key does not stop the consumer; `undefined` where it does what it says. */
const whySpared = (kind: FindingKind, consumer: Hurt): string | undefined => {
  if (consumer.use === 'geoBackup') return 'only its backups in the paired region need this key';
  return mayBeSpared(kind, consumer) && livesOnAnother(consumer) ? 'another of its keys works' : undefined;
};

/** What is known of the other keys of a consumer that could live on one of them. */
const ofOthers = ({ otherKeyWorks }: Hurt): string =>
  otherKeyWorks?.kind === 'present' && !otherKeyWorks.value
    ? ', and none of its other keys works'
    : ', and none of its other keys is known to work';

/**
 * What a fault does to a consumer in its use of the key: without the key of its backups a server goes on, and so does a
 * consumer that lives on any one of several keys while another is known to work.
 */
export const effectOn = (kind: FindingKind, consumer: Hurt): FaultEffect => {
  const { effect, because } = ownEffect(kind, consumer.kind);
  if (WEIGHED[effect] === effect) return { effect, because };
  const spared = whySpared(kind, consumer);
  return spared === undefined
    ? { effect, because: `${because}${mayBeSpared(kind, consumer) ? ofOthers(consumer) : ''}` }
    : { effect: WEIGHED[effect], because: `${spared}, but ${because}` };
};

/** Whether this fault is enough to take the key from such a consumer, now or soon, whatever its state says yet. */
export const takesKeyFrom = (kind: FindingKind, consumer: Hurt): boolean => effectOn(kind, consumer).effect === 'stops';
