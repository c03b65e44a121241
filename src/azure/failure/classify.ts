import { ANOTHER_ANSWER } from '../http/another-answer.ts';
import { NOT_UNDERSTOOD } from '../http/not-understood.ts';
import type { Failure } from './failure.ts';
import { isVersionRefused } from './version-refusal.ts';

/**
 * `absent`: Azure says that there is no such thing. `denied`: we may not see or do it. `busy`: another operation runs
 * there. `transient`: the same call may work later. `refused`: it will not, and nobody knows better than Azure's words.
 */
export type FailureClass = 'absent' | 'denied' | 'busy' | 'transient' | 'refused';

type Rule = { readonly answers: FailureClass; readonly when: (failure: Failure) => boolean };

const codes = (...names: readonly string[]) => {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return ({ code }: Failure): boolean => known.has(code.toLowerCase());
};
const status =
  (...statuses: readonly number[]) =>
  (failure: Failure): boolean =>
    statuses.includes(failure.status ?? 0);

/**
 * The first rule that fits decides. Sources: Key Vault "REST API error codes", Azure Resource Manager "common error
 * codes", and the codes of Microsoft.DBforMySQL. The control plane of Key Vault answers a missing permission with 400.
 * That a vault's host knows no vault says nothing of the keys in it, nor does that a subscription or a group is not found of
 * what lies there: Azure has answered so for hours for what was there all the while.
 */
const RULES: readonly Rule[] = [
  {
    answers: 'busy',
    when: codes('ObjectIsBeingDeleted', 'ObjectIsBeingRecovered', 'OperationInProgress', 'ServerIsBusy'),
  },
  {
    answers: 'busy',
    when: codes('AnotherOperationInProgress', 'ConflictingServerOperation', 'OperationNotAllowedWhileUpdating'),
  },
  // Another write to the same vault; an identity that is not known everywhere yet.
  { answers: 'busy', when: codes('ConflictError', 'PrincipalNotFound') },
  // Compute has one code for many refusals; only its words tell that something else is under way.
  {
    answers: 'busy',
    when: (failure) => failure.status === 409 && /another operation .*in progress/i.test(failure.message),
  },
  { answers: 'denied', when: codes('AccessDenied', 'ForbiddenByPolicy', 'ForbiddenByRbac', 'AuthorizationFailed') },
  {
    answers: 'denied',
    when: codes('ForbiddenByFirewall', 'ForbiddenByConnection', 'LinkedAuthorizationFailed', 'ScopeLocked'),
  },
  {
    answers: 'refused',
    when: codes(
      'KeyDisabled',
      'KeyExpired',
      'KeyNotYetValid',
      'SubscriptionNotFound',
      'ResourceGroupNotFound',
      'InvalidAuthenticationTokenTenant',
      'InvalidResourceNamespace',
      'VaultNotFound',
      'ENOTFOUND',
      'NoToken',
      ANOTHER_ANSWER,
      NOT_UNDERSTOOD,
    ),
  },
  { answers: 'refused', when: isVersionRefused },
  // The host of a vault that is deleted or still being recovered: it says nothing about the key that was asked for.
  { answers: 'refused', when: codes('VaultNotFound') },
  { answers: 'denied', when: status(401, 403) },
  { answers: 'absent', when: status(404) },
  { answers: 'transient', when: status(408, 429, 500, 502, 503, 504) },
  { answers: 'transient', when: (failure) => failure.status === undefined },
];

export const classify = (failure: Failure): FailureClass =>
  RULES.find((rule) => rule.when(failure))?.answers ?? 'refused';
