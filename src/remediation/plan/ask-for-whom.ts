import { ofConsumer } from '../model/baseline.ts';
import type { ConsumerFacts } from '../model/facts.ts';
import { type Finding, hasImpact } from '../model/findings.ts';
import { profileOf } from '../model/profiles.ts';
import { mayLiveOnAnother, provesKey } from '../observation/key-use.ts';
import { consumersOf } from '../observation/pins.ts';
import { wasDone } from '../steps/done-steps.ts';
import type { OfferedStep } from '../steps/offered-step.ts';
import { subjectOf } from '../steps/step-scope.ts';
import { admissionOfCopy } from '../trust/admission.ts';
import { isAdmitted, originOf } from '../trust/lineage.ts';
import type { RemedyContext } from './remedy.ts';

/** Whether the state of a consumer proves that it can use its key. */
const works = (consumer: ConsumerFacts): boolean =>
  provesKey(consumer) && consumer.state.kind === 'present' && consumer.state.value.state === 'ready';

/**
 * Whether the baseline knows this consumer. A consumer with the same name and another identity may have been made in its place:
 * it counts only where the product itself gave it that identity.
 */
const isKnown = ({ id, principalId }: ConsumerFacts, { known }: RemedyContext): boolean => {
  const was = ofConsumer(known.baseline, id);
  const isOther = principalId.kind === 'present' && principalId.value !== was?.principalId;
  return was !== undefined && (!isOther || wasDone(known, 'assignIdentity', id));
};

const belongsHere = (consumer: ConsumerFacts, context: RemedyContext): boolean => {
  const { baseline } = context.known;
  if (isKnown(consumer, context) || works(consumer) || isAdmitted(consumer, context.observation)) return true;
  if (baseline === undefined) return profileOf(consumer.kind).isMadeWithKey && !mayLiveOnAnother(consumer);
  const lineage = originOf(consumer, context);
  const admission = lineage && admissionOfCopy(consumer, lineage, context);
  return admission?.kind === 'may' && admission.asks === undefined;
};

/**
 * A step on a vault, a key or a version opens it for every consumer that names it. Where the fault affects no consumer that is
 * known to belong here, somebody may have made a consumer only to get it opened (invariant `admission`): so the step asks a
 * person.
 */
export const askedForWhom = (finding: Finding, offered: OfferedStep, context: RemedyContext): OfferedStep => {
  const { kind } = subjectOf(offered.spec);
  const isForAll = kind === 'vault' || kind === 'key' || kind === 'version';
  if (offered.asks !== undefined || !isForAll || !hasImpact(finding)) return offered;
  const affected = new Set(finding.harm.filter(({ level }) => level !== 'none').map(({ consumerId }) => consumerId));
  const users = consumersOf(context.observation).filter(({ id }) => affected.has(id));
  if (users.some((one) => belongsHere(one, context))) return offered;
  const names = [...new Set(users.map(({ name }) => name))].sort().join(', ');
  return {
    ...offered,
    asks: `Nobody who is known to belong here is affected, only ${names}: say yes only if you know it.`,
  };
};
