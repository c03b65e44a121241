import type { Failure } from '../failure.ts';
import { codes, valueOr, type WriteRefusal, wordsOf } from './refusal.ts';

const ASSIGNMENT = '/providers/microsoft.authorization/policyassignments/';

/** Older answers have the ids only in their text: `Policy identifiers: '[{"policyAssignment":{"id":"…"}}]'`. */
const inWords = (failure: Failure): readonly string[] =>
  wordsOf(failure)
    .split(/['"\s\\]/)
    .filter((word) => word.startsWith('/') && word.toLowerCase().includes(ASSIGNMENT));

const assignmentsOf = (failure: Failure): readonly string[] => [
  ...new Set([...(failure.policyAssignments ?? []), ...inWords(failure)]),
];

/**
 * Azure Policy, effect deny, in Resource Manager (by its code) and at Key Vault's data plane (no document names its
 * code there, so the text decides). The owner of the assignment can change it or exempt a resource.
 */
export const byPolicy: WriteRefusal = {
  fits: (failure) =>
    codes('RequestDisallowedByPolicy', 'RequestDisallowedByAzure')(failure) ||
    /\bdisallowed by policy\b/i.test(wordsOf(failure)),
  cure: 'change',
  says: (failure, { scope }) => {
    const ids = assignmentsOf(failure);
    const [first] = ids;
    const who =
      first === undefined ? 'A policy assignment that Azure does not name' : `The policy assignment ${ids.join(', ')}`;
    const exempt =
      `az policy exemption create --name cmk-guardian --exemption-category Waiver ` +
      `--policy-assignment ${valueOr(first, '<id of the assignment>')} --scope ${valueOr(scope, '<resource>')}`;
    return `${who} forbids it. Fix: have who answers for it exempt this resource, ${exempt}, or change what it demands`;
  },
};
