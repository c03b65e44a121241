import type { Failure } from '../failure.ts';
import { callerOf, codes, type WriteRefusal, wordsOf } from './refusal.ts';

/**
 * `… because of the deny assignment with name '…' and Id '…' at scope '…'`, `blocked by deny assignments on the … scope(s) '…'`.
 */
const NAMED = /\bbecause of the deny assignment with name '([^']*)' and Id '([^']*)' at scope '([^']*)'/i;
const LINKED = /\bblocked by deny assignments on the '[^']*' linked scope\(s\) '([^']*)'/i;
/** Key Vault's data plane names the deny assignment by its id, and gives `null` where only a role is missing. */
const AT_VAULT = /\bDenyAssignmentId: '?([0-9a-f-]{32,36})\b/i;

const nameOf = (failure: Failure): string => {
  const words = wordsOf(failure);
  const [, name, id, scope] = NAMED.exec(words) ?? [];
  if (name !== undefined) return `The deny assignment '${name}' (${id}) at ${scope}`;
  const at = LINKED.exec(words)?.[1];
  if (at !== undefined) return `A deny assignment at ${at}`;
  const vaults = AT_VAULT.exec(words)?.[1];
  return vaults === undefined ? 'A deny assignment' : `The deny assignment ${vaults}`;
};

/**
 * No role helps against a deny assignment, and a person cannot delete one directly. Its creator can: a deployment
 * stack, a managed application or a blueprint (Azure RBAC, "understand deny assignments").
 */
export const byDenyAssignment: WriteRefusal = {
  fits: (failure) =>
    codes('DenyAssignmentAuthorizationFailed')(failure) ||
    [NAMED, LINKED, AT_VAULT].some((words) => words.test(wordsOf(failure))),
  cure: 'change',
  says: (failure) =>
    `${nameOf(failure)} stands in the way, which no role overrules. Fix: have what made it let ${callerOf(failure)} pass; a deployment ` +
    `stack does with --deny-settings-excluded-principals ${callerOf(failure)} at az stack group create, or az stack sub create`,
};
