import { attemptsOf } from '../../model/attempts-by.ts';
import { ofConsumer } from '../../model/baseline.ts';
import type { ConsumerIdentity } from '../../model/consumer-identity.ts';
import type { ConsumerFacts } from '../../model/facts.ts';
import { profileOf } from '../../model/profiles.ts';
import { keyOfConsumer } from '../../observation/key-of-consumer.ts';
import { userOf } from '../../observation/pins.ts';
import { stepIdOf } from '../../steps/make-step.ts';
import type { StepSpec } from '../../steps/steps.ts';
import { maybeMadeAgain } from '../../trust/made-again.ts';
import { instruct, offer, type Remedy, type RemedyContext } from '../remedy.ts';
import { assignIdentityManually } from './manual/access.ts';

/**
 * The step that gives the consumer this identity. Its parameter `replaces` names a deleted identity that the consumer still
 * shows.
 */
export const identitySpec = (
  consumer: ConsumerFacts,
  identity: ConsumerIdentity,
  context: Pick<RemedyContext, 'observation' | 'known'>,
): StepSpec => ({
  kind: 'assignIdentity',
  target: consumer.id.toLowerCase(),
  parameters: {
    ...keyOfConsumer(consumer, context),
    consumerKind: consumer.kind,
    identity,
    ...(consumer.principalId.kind === 'present' && { replaces: consumer.principalId.value }),
  },
});

/**
 * The consumer gets back the identity that it had at the last healthy look. A deleted user-assigned identity cannot come back: an
 * identity of the same name is a different principal, and only a person makes it.
 */
export const assignIdentity: Remedy = (finding, context) => {
  const consumer = userOf(context.observation, finding.target);
  const was = consumer && ofConsumer(context.known.baseline, consumer.id);
  if (consumer === undefined) return instruct();
  const identity = was && (was.identity ?? { kind: 'system' });
  if (identity === undefined || !profileOf(consumer.kind).identities.includes(identity.kind))
    return assignIdentityManually(finding, context);
  const spec = identitySpec(consumer, identity, context);
  const isLost =
    identity.kind === 'user' && (consumer.identityGone === true || consumer.principalId.kind === 'present');
  if (isLost || wasRefused(spec, context)) return assignIdentityManually(finding, context);
  const asks = maybeMadeAgain(consumer, context.known);
  return offer({ spec, ...(asks !== undefined && { asks }) });
};

const wasRefused = (spec: StepSpec, { attempts }: RemedyContext): boolean =>
  attemptsOf(attempts, stepIdOf(spec)).some(({ outcome }) => outcome === 'blocked');
