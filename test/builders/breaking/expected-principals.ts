import { type Edit, type Path, textAt, valueAt } from '../world/at-path.ts';
import type { Json } from '../world/world-state.ts';
import { NEEDS } from './links.ts';
import type { Moments } from './moments.ts';
import { KEY_NAME, type Subject } from './subjects.ts';

const KEY_ROLE = 'Key Vault Crypto Service Encryption User';

const identityPath = (subject: Subject, id: string): Path =>
  subject.kind === 'set' ? ['sets', id, 'identity', 'system'] : ['servers', id, 'identity'];

const assigned = (scope: string, role: string, principal: string): Path => [
  'assignments',
  `${scope.toLowerCase()} ${role} ${principal}`,
];

/** Exactly the access that a principal needs to its own key, by the model of the vault; a set may also read the vault. */
const granted = ({ before }: Moments, { kind, model, vault }: Subject, principal: string): readonly Edit[] => {
  const id = textAt(before, ['vaults', vault, 'id']);
  const value = { principalType: 'ServicePrincipal' };
  const policy = { tenantId: textAt(before, ['vaults', vault, 'tenantId']), keys: [...NEEDS[kind]] };
  return [
    model === 'roles'
      ? { path: assigned(`${id}/keys/${KEY_NAME}`, KEY_ROLE, principal), value }
      : { path: ['vaults', vault, 'accessPolicies', principal], value: policy },
    ...(kind === 'set' ? [{ path: assigned(id, 'Reader', principal), value }] : []),
  ];
};

/** The principal that the resource has now, if it is a new one of its own. */
const newcomer = ({ before, after }: Moments, subject: Subject, id: string): string => {
  const principal = textAt(after, [...identityPath(subject, id), 'principalId']);
  const owner = textAt(after, ['principals', principal, 'resourceId']);
  return owner === id && valueAt(before, ['principals', principal]) === undefined
    ? principal
    : 'a principal of its own';
};

/** A resource with a new principal, and the permissions of that principal. */
export const arrival = (moments: Moments, subject: Subject, id: string): readonly Edit[] => {
  const { after, before } = moments;
  const principalId = newcomer(moments, subject, id);
  const tenantId = textAt(before, ['vaults', subject.vault, 'tenantId']);
  const person: Json = {
    tenantId,
    kind: 'ServicePrincipal',
    name: id.split('/').at(-1) ?? '',
    roles: [],
    resourceId: id,
    objectId: principalId,
    appId: textAt(after, ['principals', principalId, 'appId']),
  };
  return [
    { path: identityPath(subject, id), value: { principalId, tenantId } },
    { path: ['principals', principalId], value: person },
    ...granted(moments, subject, principalId),
  ];
};

/** A principal that is gone. Its grants open nothing any more: they stay behind, or were deleted with the vault. */
export const departure = (moments: Moments, subject: Subject, id: string): readonly Edit[] => {
  const { after, before } = moments;
  const principal = textAt(before, [...identityPath(subject, id), 'principalId']);
  const gone = granted(moments, subject, principal).filter(({ path }) => valueAt(after, path) === undefined);
  return [{ path: ['principals', principal] }, ...gone.map(({ path }) => ({ path }))];
};
