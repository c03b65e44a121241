import type { ConsumerFacts } from '../model/facts.ts';
import type { Effect, FindingKind } from '../model/faults.ts';
import type { Impact, ImpactLevel } from '../model/findings.ts';
import { effectOn } from './effects.ts';

/** The impact of one fault to one consumer in its present state. A consumer that was stopped on purpose is not affected. */
export const impactOf = (kind: FindingKind, consumer: ConsumerFacts, deadline?: string): Impact => {
  const { effect, because } = effectOn(kind, consumer);
  const level = levelOf(effect, consumer);
  return {
    consumerId: consumer.id,
    consumerKind: consumer.kind,
    level,
    ...(level === 'latent' && effect !== 'weakens' && deadline !== undefined ? { deadline } : {}),
    ...(level === 'latent' && effect === 'weakens' && { weakens: true as const }),
    sentence: `${consumer.name} ${outlook(level, effect, deadline)}: ${because}.`,
  };
};

/** The impact on a stranger: none, since the product does nothing for it. */
export const harmless = ({ consumerId, consumerKind }: Impact): Impact => ({
  consumerId,
  consumerKind,
  level: 'none',
  sentence: `${consumerId} is not known to belong here, and nothing is done for it.`,
});

const levelOf = (effect: Effect, { state }: ConsumerFacts): ImpactLevel => {
  if (effect === 'unclear' || effect === 'none') return 'none';
  if (effect === 'stopped') return 'active';
  const now = state.kind === 'present' ? state.value.state : undefined;
  if (now === 'stopped') return 'none';
  return effect === 'stops' && now === 'inaccessible' ? 'active' : 'latent';
};

const outlook = (level: ImpactLevel, effect: Effect, deadline: string | undefined): string => {
  if (effect === 'unclear') return 'may or may not be affected';
  if (effect === 'none') return 'goes on';
  if (effect === 'stopped') return 'has machines that are shut down';
  if (level === 'none') return 'is stopped and affected only once it starts';
  if (level === 'active') return 'refuses all connections';
  if (effect === 'weakens') return 'is not stopped by it';
  return deadline === undefined ? 'is about to lose its key' : `loses its key by ${deadline}`;
};
