import type { ConsumerFacts, KeyObservation } from '../model/facts.ts';
import type { Known } from '../model/known.ts';
import type { PolicyRecords } from '../model/records.ts';
import { stateSpeaksOf } from '../observation/key-use.ts';
import { consumersOf } from '../observation/pins.ts';
import { type VaultIdentity, vaultIdentity } from '../observation/vault-identity.ts';
import type { OfferedStep } from '../steps/offered-step.ts';
import { isStepKind, STEPS, type StepSpec } from '../steps/steps.ts';

export type RequestRecord = PolicyRecords['requests'][number];

/** The step with the key or the identity that a person chose; `undefined` where the consumer has it already. */
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
 * The steps with a key or an identity that people chose, where the consumer has another one; the last choice for each consumer
 * counts. Such a step always asks: `autoReverse` names what the product may give back, and nobody has seen this choice before.
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
 * Whether a request means this step. A request that names a key means the step on every consumer of it. A request that names a
 * consumer means the step on that consumer, or on the key itself.
 */
export const isMeant = (
  { kind, target }: Pick<StepSpec, 'kind' | 'target'>,
  request: Pick<RequestRecord, 'step' | 'target'>,
): boolean =>
  kind === request.step &&
  (!request.target.startsWith('/') || !target.startsWith('/') || isSame(target, request.target));

/** Whether a person has requested this step without a choice of their own. */
export const isAskedFor = ({ spec }: OfferedStep, requests: readonly RequestRecord[]): boolean =>
  requests.some((request) => request.parameters === undefined && isMeant(spec, request));

/**
 * Whether a person has chosen another step instead: a consumer that is pointed at another version needs no revalidation with the
 * old one.
 */
export const isReplaced = ({ spec }: OfferedStep, requested: readonly OfferedStep[]): boolean =>
  requested.some(
    (wish) =>
      wish.spec.target === spec.target &&
      (wish.spec.kind === spec.kind || (wish.spec.kind === 'repointConsumer' && STEPS[spec.kind].purpose === 'trial')),
  );
