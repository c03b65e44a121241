import type { ConsumerFacts } from '../facts.ts';
import { stepIdOf } from '../make-step.ts';
import { consumersOf } from '../pins.ts';
import type { Attempt } from '../policy-types.ts';
import { instruct, type Remedy, type RemedyOffer, steps } from '../remedy.ts';
import type { StepSpec } from '../steps.ts';

/** The consumer is made to look at its key again. */
export const revalidate: Remedy = (finding, { observation, attempts }) => {
  const consumer = consumersOf(observation).find(({ id }) => id.toLowerCase() === finding.target);
  if (consumer === undefined) return instruct();
  const spec: StepSpec = {
    kind: 'revalidateConsumer',
    target: finding.target,
    parameters: { consumerKind: consumer.kind, kid: consumer.pinned.kid },
  };
  return isIgnored(consumer, stepIdOf(spec), attempts) ? byHand(consumer) : steps(spec);
};

/** No document says that an unchanged PATCH revalidates a flexible server. Where it did not, another will not either. */
const isIgnored = ({ kind }: ConsumerFacts, stepId: string, attempts: readonly Attempt[]): boolean =>
  kind === 'mysqlFlexibleServer' && attempts.some((attempt) => attempt.stepId === stepId && attempt.outcome === 'done');

const byHand = ({ id, name, pinned }: ConsumerFacts): RemedyOffer =>
  instruct(
    `Setting the same key again did not bring ${name} back: in the portal open ${name}, Data encryption, and choose Revalidate; or run az mysql flexible-server update --ids ${id} --key ${pinned.kid} --identity with the server's own user-assigned identity.`,
  );
