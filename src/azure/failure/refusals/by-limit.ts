import { parseResourceId, subscriptionOf } from '../../../remediation/model/resource-id.ts';
import { codes, valueOr, type WriteRefusal, wordsOf } from './refusal.ts';

/**
 * The fixed limit of 4,000 role assignments in a subscription; assignments at its groups, vaults and keys count too
 * (Azure RBAC, limits).
 */
export const byRoleAssignmentLimit: WriteRefusal = {
  fits: codes('RoleAssignmentLimitExceeded'),
  cure: 'change',
  says: (_, { scope = '' }) => {
    return (
      `The subscription has as many role assignments as Azure allows. Fix: az role assignment list --all --subscription ${valueOr(subscriptionOf(scope), '<subscription>')} ` +
      `--query "[?principalName=='']" shows those of principals that are gone; take some away with az role assignment delete --ids <ids>`
    );
  },
};

/** A quota of a subscription in a region: cores, machines, or another number. */
export const byQuota: WriteRefusal = {
  fits: (failure) =>
    codes('QuotaExceeded', 'SubscriptionQuotaExceeded', 'MaxStorageAccountsCountPerSubscriptionExceeded')(failure) ||
    /\bexceed(?:s|ed|ing)?\b[^.]{0,80}\bquota\b|\bquota\b[^.]{0,80}\bexceed/i.test(wordsOf(failure)),
  cure: 'change',
  says: (_, { scope = '' }) => {
    const { type = '' } = parseResourceId(scope) ?? {};
    const usage = type.startsWith('microsoft.compute/')
      ? 'az vm list-usage --location <region> shows how much is used'
      : '';
    return `A quota of the subscription is used up. Fix: ${usage === '' ? '' : `${usage}; `}ask for more in the portal, under Quotas, or give back what is not needed`;
  },
};

/** Azure has no capacity now in that region or zone. Nobody in the subscription can change that. */
export const byCapacity: WriteRefusal = {
  fits: codes('AllocationFailed', 'ZonalAllocationFailed', 'OverconstrainedAllocationRequest', 'SkuNotAvailable'),
  cure: 'time',
  says: () => 'Azure has no capacity for it now, which passes. Fix: wait, or choose another size or zone',
};
