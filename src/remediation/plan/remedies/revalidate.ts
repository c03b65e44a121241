import type { ConsumerFacts } from '../../model/facts.ts';
import { profileOf } from '../../model/profiles.ts';
import { userOf } from '../../observation/pins.ts';
import { stepIdOf } from '../../steps/make-step.ts';
import type { OfferedStep } from '../../steps/offered-step.ts';
import { pathChangedAfter } from '../../steps/path-changes.ts';
import type { StepSpec } from '../../steps/steps.ts';
import { attemptTimes } from '../../trust/attempt-times.ts';
import { instruct, offer, type Remedy, type RemedyContext, type RemedyOffer } from '../remedy.ts';
import { setKeyCommand } from './by-hand/consumer-commands.ts';

const timed = (spec: StepSpec, consumer: ConsumerFacts, context: RemedyContext): OfferedStep => {
  const attemptsAt = attemptTimes(consumer, context);
  return { spec, ...(attemptsAt && { attemptsAt }) };
};

/** The update that makes a consumer look at its key, when its access may have become effective. */
export const revalidation = (consumer: ConsumerFacts, context: RemedyContext): OfferedStep =>
  timed(
    {
      kind: 'revalidateConsumer',
      target: consumer.id.toLowerCase(),
      parameters: { consumerKind: consumer.kind, kid: consumer.pinned.kid },
    },
    consumer,
    context,
  );

/** The consumer is made to look at its key again. One that is given another key looks at that one. */
export const revalidate: Remedy = ({ target }, context) => {
  const consumer = userOf(context.observation, target);
  const isRepointed = context.before.some((step) => step.kind === 'repointConsumer' && step.target === target);
  if (consumer === undefined || isRepointed) return instruct();
  const { sameKeyUpdate } = profileOf(consumer.kind);
  if (sameKeyUpdate === 'never')
    return instruct(`How ${consumer.name} is made to look at its key again is not known here.`);
  const step = revalidation(consumer, context);
  const isIgnored = sameKeyUpdate !== 'looksAgain' && wasIgnored(stepIdOf(step.spec), context);
  return isIgnored ? byHand(consumer, sameKeyUpdate.mayBeIgnored) : offer(step);
};

/** One that tries by itself, every minute or so, is waited for; any other tries only when it is updated. */
export const prove: Remedy = (finding, context) => {
  const consumer = userOf(context.observation, finding.target);
  return consumer === undefined || profileOf(consumer.kind).triesByItself ? instruct() : revalidate(finding, context);
};

/** What rotates by itself does so again once it is updated with the key that it has. */
export const clearRotationError: Remedy = ({ target }, context) => {
  const consumer = userOf(context.observation, target);
  if (consumer === undefined || !profileOf(consumer.kind).rotatesByItself) return instruct();
  const spec: StepSpec = { kind: 'clearAutoRotationError', target, parameters: { kid: consumer.pinned.kid } };
  return offer(timed(spec, consumer, context));
};

/** Where an update without a change did not help, though nothing was repaired since, another will not either. */
const wasIgnored = (stepId: string, { attempts, known }: RemedyContext): boolean =>
  attempts.some(
    (attempt) =>
      attempt.stepId === stepId &&
      attempt.outcome === 'done' &&
      !pathChangedAfter(attempt.at, known.attempts ?? attempts),
  );

const byHand = (consumer: ConsumerFacts, inPortal: string): RemedyOffer => {
  const { name } = consumer;
  const update = setKeyCommand(consumer);
  return instruct(
    `Setting the same key again did not bring ${name} back: in the portal open ${name}, ${inPortal}${update === undefined ? '' : `; or run ${update}`}.`,
  );
};
