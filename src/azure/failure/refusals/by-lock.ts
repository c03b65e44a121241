import { groupOf, parseResourceId, subscriptionOf } from '../../../remediation/model/resource-id.ts';
import { azValue, azValue as word } from '../../../remediation/model/shell-word.ts';
import type { Failure } from '../failure.ts';
import { codes, type WriteRefusal, wordsOf } from './refusal.ts';

const LOCK = '/providers/microsoft.authorization/locks/';

/**
 * The quoted names after `scope(s) are locked:`. They are the locked scopes or the locks themselves (both have been
 * seen).
 */
const lockedIn = (failure: Failure): readonly string[] => {
  const [, listed = ''] = wordsOf(failure).split(/scope\(s\) are locked:/i);
  return [...new Set(listed.split("'").filter((word) => word.startsWith('/')))];
};

const lockList = (scope: string): string => {
  const at = parseResourceId(scope);
  if (at?.type !== undefined) return `az lock list --resource ${azValue(scope)}`;
  return groupOf(scope) === ''
    ? `az lock list --subscription ${azValue(subscriptionOf(scope))} --filter-string 'atScope()'`
    : `az lock list --resource-group ${azValue(groupOf(scope))} --subscription ${azValue(subscriptionOf(scope))}`;
};

/** A lock also applies below its scope, so Azure may name the resource group or the subscription. */
export const byLock: WriteRefusal = {
  fits: codes('ScopeLocked'),
  cure: 'change',
  says: (failure, { scope = '' }) => {
    const locked = lockedIn(failure);
    const locks = locked.filter((id) => id.toLowerCase().includes(LOCK));
    if (locks.length > 0)
      return `The lock ${locks.join(', ')} stands in the way. Fix: have its owner take it away, az lock delete --ids ${locks.map(word).join(' ')}`;
    const scopes = locked.length > 0 ? locked : [scope];
    const lists = scopes.map(lockList).join('; ');
    return `A lock at ${scopes.join(', ')} stands in the way. Fix: ${lists} names it; have its owner take it away, az lock delete --ids <id of the lock>`;
  },
};
