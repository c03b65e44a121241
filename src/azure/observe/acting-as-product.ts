import type { ConsumerFacts, Fact } from '../../remediation/model/facts.ts';
import type { OwnIdentity } from '../connection/own-identity.ts';

/** Unknown for now: the question is asked again right before a write. */
const orUnknown = (): undefined => undefined;

/** The consumers, with a mark on those that use their key with the product's own identity. No call except for a token. */
export const markActingAsProduct = async (
  consumers: Fact<readonly ConsumerFacts[]>,
  ownIdentity: () => Promise<OwnIdentity>,
): Promise<Fact<readonly ConsumerFacts[]>> => {
  if (consumers.kind !== 'present') return consumers;
  const own = await ownIdentity().catch(orUnknown);
  const acts = ({ principalId }: ConsumerFacts): boolean =>
    principalId.kind === 'present' && principalId.value.toLowerCase() === own?.objectId;
  return {
    kind: 'present',
    value: consumers.value.map((one) => (acts(one) ? { ...one, actsAsProduct: true } : one)),
  };
};
