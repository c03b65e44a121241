import type { ConsumerFacts } from '../model/facts.ts';
import { type Effect, type FaultEffect, type FindingKind, faultOf } from '../model/faults.ts';
import { profileOf } from '../model/profiles.ts';

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
