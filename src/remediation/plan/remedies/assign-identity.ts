import { ofConsumer } from '../../model/baseline.ts';
import type { ConsumerIdentity } from '../../model/consumer-identity.ts';
import type { ConsumerFacts } from '../../model/facts.ts';
import { profileOf } from '../../model/profiles.ts';
import { userOf } from '../../observation/pins.ts';
import { stepIdOf } from '../../steps/make-step.ts';
import type { StepSpec } from '../../steps/steps.ts';
import { instruct, type Remedy, type RemedyContext, steps } from '../remedy.ts';
import { assignIdentityByHand } from './by-hand/access.ts';

/** Where the consumer still shows an identity, that one is dead: it is replaced. */
export const identitySpec = (
  { id, kind: consumerKind, pinned: { kid }, principalId }: ConsumerFacts,
  identity: ConsumerIdentity,
): StepSpec => ({
  kind: 'assignIdentity',
  target: id.toLowerCase(),
  parameters: {
    consumerKind,
    kid,
    identity,
    ...(principalId.kind === 'present' && { replaces: principalId.value }),
  },
});

/**
 * The consumer gets the identity again that it had when all was well. A user-assigned one that was deleted cannot come back:
 * another of its name is another one, and a human's to make.
 */
export const assignIdentity: Remedy = (finding, context) => {
  const consumer = userOf(context.observation, finding.target);
  const was = consumer && ofConsumer(context.known.baseline, consumer.id);
  if (consumer === undefined) return instruct();
  const identity = was && (was.identity ?? { kind: 'system' });
  if (identity === undefined || !profileOf(consumer.kind).identities.includes(identity.kind))
    return assignIdentityByHand(finding, context);
  const spec = identitySpec(consumer, identity);
  const isLost =
    identity.kind === 'user' && (consumer.identityGone === true || consumer.principalId.kind === 'present');
  return isLost || wasRefused(spec, context) ? assignIdentityByHand(finding, context) : steps(spec);
};

const wasRefused = (spec: StepSpec, { attempts }: RemedyContext): boolean =>
  attempts.some(({ stepId, outcome }) => outcome === 'blocked' && stepId === stepIdOf(spec));
