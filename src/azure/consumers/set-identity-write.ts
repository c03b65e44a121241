import type { EncryptionSetIdentity } from '@azure/arm-compute/models/computeDisk';
import type { ConsumerIdentity } from '../../remediation/model/consumer-identity.ts';
import type { ArmWrite } from '../http/arm-client.ts';
import { SETS_API } from './set-key-write.ts';

/** The PATCH that gives a set this identity and leaves it those that it has: Azure adds what is named. */
export const setIdentityWrite = (
  id: string,
  { type = '', userAssignedIdentities = {} }: EncryptionSetIdentity,
  wanted: ConsumerIdentity,
): ArmWrite => {
  const user = wanted.kind === 'user' ? [wanted.id] : Object.keys(userAssignedIdentities);
  const hasOwn = wanted.kind === 'system' || type.includes('SystemAssigned');
  const types = [...(hasOwn ? ['SystemAssigned'] : []), ...(user.length > 0 ? ['UserAssigned'] : [])];
  const identities = Object.fromEntries(user.map((one) => [one, {}]));
  const identity = { type: types.join(', '), ...(user.length > 0 ? { userAssignedIdentities: identities } : {}) };
  return { method: 'PATCH', path: id, apiVersion: SETS_API, body: { identity } };
};
