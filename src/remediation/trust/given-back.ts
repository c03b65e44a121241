import type { ConsumerFacts } from '../model/facts.ts';
import { missingOf } from '../observation/access.ts';
import type { AdmissionContext } from './admission.ts';
import { grantedAt } from './key-grant.ts';
import { rightName } from './sighting.ts';

/**
 * When a permission that a consumer was seen to lack was seen again, because somebody else gave it back (ISO 8601): the product
 * knows the exact time of its own grants. The look that sees it first has not entered it in the ledger yet.
 */
export const givenBackAt = (consumer: ConsumerFacts, context: AdmissionContext): readonly string[] => {
  const { known, observation } = context;
  const { principalId } = consumer;
  if (principalId.kind !== 'present' || missingOf(consumer, observation)?.length !== 0) return [];
  const name = rightName('key', principalId.value);
  const { sightings = [] } = known;
  const lacked = sightings.findLast(({ lacks }) => lacks.includes(name));
  if (lacked === undefined) return [];
  if (grantedAt(consumer, context).some((at) => Date.parse(at) >= Date.parse(lacked.at))) return [];
  const seen = sightings.find(({ at, has }) => Date.parse(at) > Date.parse(lacked.at) && has.includes(name));
  return [seen?.at ?? new Date(observation.observedAt).toISOString()];
};
