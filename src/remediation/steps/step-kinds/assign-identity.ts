import { apiVersion, serviceOf } from '../../model/api-versions.ts';
import type { ConsumerIdentity } from '../../model/consumer-identity.ts';
import type { ConsumerFacts } from '../../model/facts.ts';
import { patchCommand } from '../../model/patch-command.ts';
import { type ConsumerKind, profileOf } from '../../model/profiles.ts';
import type { KeyMaterial } from '../../observation/material.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import { actionsOnKeyOf } from './consumer-actions.ts';
import { assignManually } from './consumer-manually.ts';
import type { StepKindOf } from './step-kind.ts';

type AssignIdentity = VaultIdentity &
  KeyMaterial & {
    readonly consumerKind: ConsumerKind;
    readonly kid: string;
    readonly identity: ConsumerIdentity;
    /**
     * Object id, lower-cased, of the identity that the consumer still shows though Entra does not know it any more. Where it is
     * left out, any identity that the consumer shows is taken to exist: the step then finds no drift.
     */
    readonly replaces?: string;
  };

/** The user-assigned identity must exist, so it is read; then it is assigned to the consumer. */
const USER_ASSIGNED = [
  'Microsoft.ManagedIdentity/userAssignedIdentities/read',
  'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
];

const withIdentity = (
  { kind, identity, pinned }: ConsumerFacts,
  id: string,
): Omit<AssignIdentity, keyof VaultIdentity> | undefined =>
  !profileOf(kind).identities.includes('user') || (identity?.kind === 'user' && identity.id === id)
    ? undefined
    : { consumerKind: kind, kid: pinned.kid, identity: { kind: 'user', id } };

/**
 * A PATCH: `az resource update` writes the whole resource as it was read, which servers refuse without the password of their
 * administrator, and the commands of servers have no way to take the identity that the key is used with. `None` takes every identity:
 * the step is for a consumer that had none.
 */
const takeIdentity = (id: string, kind: ConsumerKind): string => {
  const service = serviceOf(profileOf(kind).resourceType);
  return patchCommand(id, service ? apiVersion(service) : '<api-version>', { identity: { type: 'None' } });
};

/** `reveals`: the new identity has no access yet, and its principal is known only after the step. */
export const assignIdentity: StepKindOf<AssignIdentity> = {
  risk: 'reversal',
  mayUndo: true,
  subject: 'consumer',
  purpose: 'repair',
  undoneIn: 'activityLog',
  reveals: true,
  needs: 'key',
  gives: 'nothing',
  bringsBack: 'nothing',
  takesEffect: 'later',
  opensVault: false,
  rereadsVersions: false,
  isFor: ({ identities }) => identities.length > 0,
  choice: { of: 'identity', parameters: withIdentity },
  actions: ({ parameters: { consumerKind, identity } }) => [
    ...actionsOnKeyOf(consumerKind),
    ...profileOf(consumerKind).actions.assignIdentity,
    ...(identity.kind === 'user' ? USER_ASSIGNED : []),
  ],
  manualCommands: ({ target, parameters: { consumerKind, identity } }) =>
    assignManually(consumerKind, target, identity.kind === 'user' ? identity.id : undefined),
  undo: ({ target, parameters: { consumerKind } }) =>
    `Take the identity away again, which takes the key from it: ${takeIdentity(target, consumerKind)}.`,
  sentence: ({ target, parameters }) =>
    `Give ${target} ${parameters.identity.kind === 'user' ? `the identity ${parameters.identity.id}` : 'a system-assigned identity'}.`,
};
