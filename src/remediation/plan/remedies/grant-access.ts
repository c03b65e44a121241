import { ofConsumer } from '../../model/baseline.ts';
import type { ConsumerFacts, VaultFacts } from '../../model/facts.ts';
import type { Finding } from '../../model/findings.ts';
import { profileOf } from '../../model/profiles.ts';
import { lackedBy } from '../../observation/access.ts';
import { stateSpeaksOf } from '../../observation/key-use.ts';
import { userOf } from '../../observation/pins.ts';
import { vaultIdentity } from '../../observation/vault-identity.ts';
import { wasDone } from '../../steps/done-steps.ts';
import type { OfferedStep } from '../../steps/offered-step.ts';
import type { Risk } from '../../steps/risk.ts';
import { type Admission, admissionOf, admissionOfCopy } from '../../trust/admission.ts';
import { grantToBe, keyGrant } from '../../trust/key-grant.ts';
import { lineageOf } from '../../trust/lineage.ts';
import { wentWithVault } from '../../trust/lost-with-vault.ts';
import { inOrder, instruct, offer, type Remedy, type RemedyContext, type RemedyOffer } from '../remedy.ts';
import { identitySpec } from './assign-identity.ts';
import { grantManually, grantReaderManually } from './manual/access.ts';
import { revalidation } from './revalidate.ts';

type May = Extract<Admission, { kind: 'may' }>;

const consumerOf = ({ target }: Finding, { observation }: RemedyContext): ConsumerFacts | undefined =>
  userOf(observation, target);

const grantFor = (consumer: ConsumerFacts, vault: VaultFacts, context: RemedyContext): OfferedStep | undefined => {
  const { principalId } = consumer;
  return principalId.kind === 'present' && admissionOf(consumer, principalId.value, vault, context).kind === 'may'
    ? keyGrant(principalId.value, vault, context)
    : undefined;
};

/** Gives a consumer the permissions that it had at the last healthy look. No other consumer gets access. */
export const grantAccess: Remedy = (finding, context) => {
  const consumer = consumerOf(finding, context);
  const { vault } = context.observation;
  if (consumer === undefined || vault.kind !== 'present') return instruct();
  const grant = grantFor(consumer, vault.value, context);
  return grant === undefined ? grantManually(finding, context) : offer(grant);
};

/**
 * The right to read the vault as a resource opens no key. Still the product gives it only to a principal that had it before, or
 * that the product itself made for the consumer.
 */
const readerRisk = (
  { id, identity, actsAsProduct }: ConsumerFacts,
  principalId: string,
  vault: VaultFacts,
  { observation, known }: RemedyContext,
): Risk | undefined => {
  if (actsAsProduct) return undefined;
  if (ofConsumer(known.baseline, id)?.principalId === principalId)
    return wentWithVault(principalId, 'reader', vault, observation, known) ? 'restore' : 'reversal';
  return identity?.kind !== 'user' && wasDone(known, 'assignIdentity', id) ? 'reversal' : undefined;
};

/** Lets a consumer that reads its vault as a resource do so again. */
export const grantReader: Remedy = (finding, context) => {
  const consumer = consumerOf(finding, context);
  const { vault } = context.observation;
  if (consumer?.principalId.kind !== 'present' || vault.kind !== 'present') return instruct();
  const principalId = consumer.principalId.value;
  const risk = readerRisk(consumer, principalId, vault.value, context);
  if (risk === undefined) return grantReaderManually(finding, context);
  const its = vaultIdentity(context.observation, context.known);
  const parameters = { ...its, principalId, consumerId: consumer.id.toLowerCase() };
  return offer({ spec: { kind: 'grantReader', target: its.vaultId, parameters }, risk });
};

/** The steps of a copy, in the order in which they are possible: its principal is known only once it has an identity. */
export const admitCopy: Remedy = (finding, context) => {
  const consumer = consumerOf(finding, context);
  const lineage = consumer && lineageOf(consumer, context);
  if (consumer === undefined || lineage === undefined) return grantManually(finding, context);
  const admission = admissionOfCopy(consumer, lineage, context);
  return admission.kind === 'may'
    ? stepsOfCopy(consumer, admission, finding, context)
    : grantManually(finding, context);
};

/**
 * The identity, and the access of that identity, as two steps: the principal is known only once the identity exists, and one
 * approval covers both.
 */
const identityFor = (consumer: ConsumerFacts, admission: May, context: RemedyContext): readonly OfferedStep[] => {
  const { vault } = context.observation;
  const { risk, asks } = admission;
  const grant = vault.kind === 'present' ? grantToBe(consumer, admission, vault.value, context) : undefined;
  const identity = {
    spec: identitySpec(consumer, { kind: 'system' }, context),
    risk,
    ...(asks !== undefined && { asks }),
  };
  return grant ? [identity, grant] : [identity];
};

const stepsOfCopy = (
  consumer: ConsumerFacts,
  admission: May,
  finding: Finding,
  context: RemedyContext,
): RemedyOffer => {
  const { observation } = context;
  const { vault } = observation;
  const asked = admission.asks === undefined ? {} : { asks: admission.asks };
  const last = { ...revalidation(consumer, context), ...asked };
  const revalidated = stateSpeaksOf(consumer) ? [last] : [];
  if (consumer.principalId.kind === 'absent')
    return profileOf(consumer.kind).identities.includes('system')
      ? inOrder(...identityFor(consumer, admission, context), ...revalidated)
      : grantManually(finding, context);
  if (vault.kind !== 'present' || lackedBy(consumer, observation).length === 0) return inOrder(...revalidated);
  const grant = grantFor(consumer, vault.value, context);
  return grant === undefined ? grantManually(finding, context) : inOrder(grant, ...revalidated);
};
