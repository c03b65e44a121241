import type { ConsumerFacts, KeyObservation } from '../model/facts.ts';
import type { Known } from '../model/known.ts';
import type { PolicyRecords } from '../model/records.ts';
import { stateSpeaksOf } from '../observation/key-use.ts';
import { consumersOf } from '../observation/pins.ts';
import { type VaultIdentity, vaultIdentity } from '../observation/vault-identity.ts';
import type { OfferedStep } from '../steps/offered-step.ts';
import { isStepKind, STEPS, type StepSpec } from '../steps/steps.ts';

export type RequestRecord = PolicyRecords['requests'][number];

/** The step with the key or the identity that was asked for, unless the consumer has that already. */
const chosenStep = (
  consumer: ConsumerFacts,
  { step, parameters = {} }: RequestRecord,
  vault: VaultIdentity,
): StepSpec | undefined => {
  const choice = isStepKind(step) ? STEPS[step].choice : 'nothing';
  const chosen = choice === 'nothing' ? undefined : parameters[choice.of];
  if (choice === 'nothing' || chosen === undefined) return undefined;
  const made = choice.parameters(consumer, chosen);
  return made && ({ kind: step, target: consumer.id.toLowerCase(), parameters: { ...vault, ...made } } as StepSpec);
};

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const isReplacedLater = (request: RequestRecord, requests: readonly RequestRecord[]): boolean =>
  requests.some(
    ({ step, target, at, parameters }) =>
      parameters && step === request.step && isSame(target, request.target) && at > request.at,
  );

const ASKS = 'A person chose it, and a choice is approved by another person, whatever GUARDIAN_AUTO_REVERSE names.';

/**
 * What people asked for with a key or an identity of their choice, where the consumer has another one: the last word on each
 * consumer. It always asks: autoReverse names what the product may give back, and nobody has seen this choice before.
 */
export const requestedSteps = (
  requests: readonly RequestRecord[],
  observation: KeyObservation,
  known: Known,
): readonly OfferedStep[] =>
  requests
    .filter((request) => request.parameters && !isReplacedLater(request, requests))
    .flatMap((request) => {
      const consumer = consumersOf(observation).find((one) => stateSpeaksOf(one) && isSame(one.id, request.target));
      const spec = consumer && chosenStep(consumer, request, vaultIdentity(observation, known));
      return spec ? [{ spec, risk: 'reversal' as const, asks: ASKS }] : [];
    });

/**
 * Whether a request of this name means the step: one that names a key means the step on whatever hangs on it, one that names a
 * consumer that consumer's, and what is done to the key itself.
 */
export const isMeant = (
  { kind, target }: Pick<StepSpec, 'kind' | 'target'>,
  request: Pick<RequestRecord, 'step' | 'target'>,
): boolean =>
  kind === request.step &&
  (!request.target.startsWith('/') || !target.startsWith('/') || isSame(target, request.target));

/** Whether a person has asked for a step as the product would take it. */
export const isAskedFor = ({ spec }: OfferedStep, requests: readonly RequestRecord[]): boolean =>
  requests.some((request) => request.parameters === undefined && isMeant(spec, request));

/** Whether a person has asked for something else instead: another key is not looked at by giving the old one again. */
export const isReplaced = ({ spec }: OfferedStep, requested: readonly OfferedStep[]): boolean =>
  requested.some(
    (wish) =>
      wish.spec.target === spec.target &&
      (wish.spec.kind === spec.kind || (wish.spec.kind === 'repointConsumer' && STEPS[spec.kind].purpose === 'trial')),
  );
