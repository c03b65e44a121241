import { command } from '../../model/command.ts';
import type { ConsumerFacts } from '../../model/facts.ts';
import { userOf } from '../../observation/pins.ts';
import { stepIdOf } from '../../steps/make-step.ts';
import type { OfferedStep } from '../../steps/offered-step.ts';
import { pathChangedAfter } from '../../steps/path-changes.ts';
import type { StepSpec } from '../../steps/steps.ts';
import { attemptTimes } from '../../trust/attempt-times.ts';
import { instruct, offer, type Remedy, type RemedyContext, type RemedyOffer } from '../remedy.ts';

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
  const step = revalidation(consumer, context);
  return isIgnored(consumer, stepIdOf(step.spec), context) ? byHand(consumer) : offer(step);
};

/** A server that is ready tries by itself, every minute or so; a set only when it is updated. */
export const prove: Remedy = (finding, context) => {
  const consumer = userOf(context.observation, finding.target);
  return consumer?.kind === 'diskEncryptionSet' ? revalidate(finding, context) : instruct();
};

/** A disk encryption set rotates by itself again once it is updated with the key that it has. */
export const clearRotationError: Remedy = ({ target }, context) => {
  const consumer = userOf(context.observation, target);
  if (consumer === undefined) return instruct();
  const spec: StepSpec = { kind: 'clearAutoRotationError', target, parameters: { kid: consumer.pinned.kid } };
  return offer(timed(spec, consumer, context));
};

/**
 * No document says that an unchanged PATCH revalidates a flexible server. Where it did not, though nothing was repaired
 * since, another will not either.
 */
const isIgnored = ({ kind }: ConsumerFacts, stepId: string, { attempts, known }: RemedyContext): boolean =>
  kind === 'mysqlFlexibleServer' &&
  attempts.some(
    (attempt) =>
      attempt.stepId === stepId &&
      attempt.outcome === 'done' &&
      !pathChangedAfter(attempt.at, known.attempts ?? attempts),
  );

const byHand = ({ id, name, pinned, identity }: ConsumerFacts): RemedyOffer => {
  const update = command('az mysql flexible-server update', {
    ids: id,
    key: pinned.kid,
    identity: identity?.kind === 'user' ? identity.id : '',
  });
  return instruct(
    `Setting the same key again did not bring ${name} back: in the portal open ${name}, Data encryption, and choose Revalidate; or run ${update}.`,
  );
};
