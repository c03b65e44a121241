import { attemptsOf } from '../../model/attempts-by.ts';
import { command } from '../../model/command.ts';
import type { ConsumerFacts } from '../../model/facts.ts';
import { profileOf } from '../../model/profiles.ts';
import { isFitting } from '../../observation/fitting-key.ts';
import { keyOfConsumer } from '../../observation/key-of-consumer.ts';
import { stateSpeaksOf } from '../../observation/key-use.ts';
import { pinsOfConsumer, userOf } from '../../observation/pins.ts';
import { whyUntold } from '../../observation/versions-in-use.ts';
import { stepIdOf } from '../../steps/make-step.ts';
import type { OfferedStep } from '../../steps/offered-step.ts';
import { pathChangedAfter } from '../../steps/path-changes.ts';
import type { StepSpec } from '../../steps/steps.ts';
import { triesOf } from '../../trust/attempt-times.ts';
import { instruct, offer, type Remedy, type RemedyContext, type RemedyOffer } from '../remedy.ts';
import { setKeyCommand } from './manual/consumer-commands.ts';

const timed = (spec: StepSpec, consumer: ConsumerFacts, context: RemedyContext): OfferedStep => ({
  spec,
  ...triesOf(consumer, context),
});

/** The step that makes a consumer try its key, at the times when its access may have become effective. */
export const revalidation = (consumer: ConsumerFacts, context: RemedyContext): OfferedStep =>
  timed(
    {
      kind: 'revalidateConsumer',
      target: consumer.id.toLowerCase(),
      parameters: { ...keyOfConsumer(consumer, context), consumerKind: consumer.kind },
    },
    consumer,
    context,
  );

/**
 * Whether the key is of a type that the kind of the consumer does not accept: no revalidation helps then, and another finding
 * says what does.
 */
const isOfUnknownType = ({ kind, id }: ConsumerFacts, { observation }: RemedyContext): boolean =>
  pinsOfConsumer(observation, id).some(
    ({ fact, consumers }) =>
      fact.kind === 'present' &&
      consumers.some(stateSpeaksOf) &&
      isFitting(kind, { keyType: fact.value.keyType }) === false,
  );

/** The consumer names no version, and an update with the same key would name none either: a person has to choose one. */
const nameVersion = (consumer: ConsumerFacts): RemedyOffer => {
  const { name, pinned } = consumer;
  const versions = command('az keyvault key list-versions', { id: pinned.kid });
  const update = setKeyCommand({ ...consumer, pinned: { ...pinned, kid: `${pinned.kid}/<version>` } });
  return instruct(
    `Set the key of ${name} with its version: see which there are by ${versions}${update === undefined ? '' : `, then run ${update}`}.`,
  );
};

/**
 * Makes the consumer try its key again. A consumer that is pointed at another version in this plan tries that version by itself.
 */
export const revalidate: Remedy = ({ target }, context) => {
  const consumer = userOf(context.observation, target);
  const isRepointed = context.before.some((step) => step.kind === 'repointConsumer' && step.target === target);
  if (consumer === undefined || isRepointed) return instruct();
  if (whyUntold(consumer) !== undefined) return nameVersion(consumer);
  if (isOfUnknownType(consumer, context)) return instruct();
  const { sameKeyUpdate } = profileOf(consumer.kind);
  if (sameKeyUpdate === 'never')
    return instruct(`How ${consumer.name} is made to look at its key again is not known here.`);
  const step = revalidation(consumer, context);
  const isIgnored = sameKeyUpdate !== 'looksAgain' && wasIgnored(stepIdOf(step.spec), context);
  return isIgnored ? manually(consumer, sameKeyUpdate.mayBeIgnored) : offer(step);
};

/** A consumer that tries its key by itself, about every minute, is waited for; any other tries only when it is updated. */
export const prove: Remedy = (finding, context) => {
  const consumer = userOf(context.observation, finding.target);
  return consumer === undefined || profileOf(consumer.kind).triesByItself ? instruct() : revalidate(finding, context);
};

/** A consumer that rotates by itself does so again after an update with the key that it has. */
export const clearRotationError: Remedy = ({ target }, context) => {
  const consumer = userOf(context.observation, target);
  if (consumer === undefined || !profileOf(consumer.kind).rotatesByItself) return instruct();
  if (whyUntold(consumer) !== undefined) return nameVersion(consumer);
  const spec: StepSpec = { kind: 'clearAutoRotationError', target, parameters: keyOfConsumer(consumer, context) };
  return offer(timed(spec, consumer, context));
};

/**
 * Whether an update without a change did not help, and nothing was repaired since: then another update would not help either.
 */
const wasIgnored = (stepId: string, { attempts, known }: RemedyContext): boolean =>
  attemptsOf(attempts, stepId).some(
    (attempt) => attempt.outcome === 'done' && !pathChangedAfter(attempt.at, known.attempts ?? attempts),
  );

const manually = (consumer: ConsumerFacts, inPortal: string): RemedyOffer => {
  const { name } = consumer;
  const update = setKeyCommand(consumer);
  return instruct(
    `Setting the same key again did not bring ${name} back: in the portal open ${name}, ${inPortal}${update === undefined ? '' : `; or run ${update}`}.`,
  );
};
