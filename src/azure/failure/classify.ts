import { ANOTHER_ANSWER } from '../http/another-answer.ts';
import { NOT_UNDERSTOOD } from '../http/not-understood.ts';
import type { Failure } from './failure.ts';
import { isVersionRefused } from './version-refusal.ts';

/**
 * `absent`: Azure says that the resource does not exist. `denied`: the product may not see or do it. `busy`: another
 * operation runs on the resource. `transient`: the same call may succeed later. `refused`: it will not succeed, and
 * only Azure's text says why.
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
 * The first matching rule decides. Sources: Key Vault "REST API error codes", Azure Resource Manager "common error
 * codes", and the codes of Microsoft.DBforMySQL. Key Vault's control plane answers a missing permission with 400.
 * "Vault not found" from a vault's host says nothing about the keys in it. "Subscription not found" or "group not
 * found" says nothing about the resources in it: Azure has given this answer for hours about existing resources.
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
  // Another write to the same vault runs, or an identity is not replicated everywhere yet.
  { answers: 'busy', when: codes('ConflictError', 'PrincipalNotFound') },
  // Compute has one code for many refusals: only the text tells that another operation runs.
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
  // The host of a vault that is deleted or being recovered: the answer says nothing about the key.
  { answers: 'refused', when: codes('VaultNotFound') },
  { answers: 'denied', when: status(401, 403) },
  { answers: 'absent', when: status(404) },
  { answers: 'transient', when: status(408, 429, 500, 502, 503, 504) },
  { answers: 'transient', when: (failure) => failure.status === undefined },
];

export const classify = (failure: Failure): FailureClass =>
  RULES.find((rule) => rule.when(failure))?.answers ?? 'refused';
