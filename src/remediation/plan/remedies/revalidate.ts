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
import { setKeyCommand } from './by-hand/consumer-commands.ts';

const timed = (spec: StepSpec, consumer: ConsumerFacts, context: RemedyContext): OfferedStep => ({
  spec,
  ...triesOf(consumer, context),
});

/** The update that makes a consumer look at its key, when its access may have become effective. */
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

/** No look again makes a consumer take a key of a type that its kind does not know; another finding says what does. */
const isOfUnknownType = ({ kind, id }: ConsumerFacts, { observation }: RemedyContext): boolean =>
  pinsOfConsumer(observation, id).some(
    ({ fact, consumers }) =>
      fact.kind === 'present' &&
      consumers.some(stateSpeaksOf) &&
      isFitting(kind, { keyType: fact.value.keyType }) === false,
  );

/** The update with the key that it has would name no version either, so a person has to choose one. */
const nameVersion = (consumer: ConsumerFacts): RemedyOffer => {
  const { name, pinned } = consumer;
  const versions = command('az keyvault key list-versions', { id: pinned.kid });
  const update = setKeyCommand({ ...consumer, pinned: { ...pinned, kid: `${pinned.kid}/<version>` } });
  return instruct(
    `Set the key of ${name} with its version: see which there are by ${versions}${update === undefined ? '' : `, then run ${update}`}.`,
  );
};

/** The consumer is made to look at its key again. One that is given another key looks at that one. */
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
  if (whyUntold(consumer) !== undefined) return nameVersion(consumer);
  const spec: StepSpec = { kind: 'clearAutoRotationError', target, parameters: keyOfConsumer(consumer, context) };
  return offer(timed(spec, consumer, context));
};

/** Where an update without a change did not help, though nothing was repaired since, another will not either. */
const wasIgnored = (stepId: string, { attempts, known }: RemedyContext): boolean =>
  attemptsOf(attempts, stepId).some(
    (attempt) => attempt.outcome === 'done' && !pathChangedAfter(attempt.at, known.attempts ?? attempts),
  );

const byHand = (consumer: ConsumerFacts, inPortal: string): RemedyOffer => {
  const { name } = consumer;
  const update = setKeyCommand(consumer);
  return instruct(
    `Setting the same key again did not bring ${name} back: in the portal open ${name}, ${inPortal}${update === undefined ? '' : `; or run ${update}`}.`,
  );
};
