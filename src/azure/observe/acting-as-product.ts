import type { ConsumerFacts, Fact } from '../../remediation/model/facts.ts';
import type { OwnIdentity } from '../connection/own-identity.ts';

/**
 * Where the product's identity cannot be read now, no consumer gets the mark: a step asks for the identity again right
 * before its write.
 */
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
