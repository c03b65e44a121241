import { groupOf, subscriptionOf } from '../../remediation/model/resource-id.ts';
import { azValue } from '../../remediation/model/shell-word.ts';

/*
 * What to do where Azure says that a subscription or a group is not found, or belongs to another tenant. Nothing is concluded
 * from that, and no advice makes anything again: Azure has answered so for what was there all the while.
 */

const valueOr = (value: string, otherwise: string): string => (value === '' ? otherwise : azValue(value));

const NOTHING_FOLLOWS = 'nothing is concluded from that, since Azure has answered so for what was there';

/** What tells a subscription that is gone from one that was moved, was disabled or is hidden from us. */
const showSubscription = (scope = ''): string =>
  `az account show --subscription ${valueOr(subscriptionOf(scope), '<subscription>')} --query "{state:state,tenant:tenantId}"`;

export const findSubscription = (scope: string | undefined): string =>
  `${NOTHING_FOLLOWS}; ${showSubscription(scope)} shows to who may read it whether it is disabled or was moved to another tenant; else give the product its role there again`;

/** Azure names both tenants in its refusal: the one of the token, and the one to which the subscription belongs now. */
export const followSubscription = (message: string, scope: string | undefined): string => {
  const [, tenant = 'another'] = /must match the tenant '[^']*?([0-9a-f-]{36})/i.exec(message) ?? [];
  return `the subscription belongs to the tenant ${tenant} now, and lets in nobody of ours: install the product in that tenant, or take the subscription out of GUARDIAN_SCOPE; ${showSubscription(scope)} shows it`;
};

export const findGroup = (scope = ''): string =>
  `${NOTHING_FOLLOWS}; az group show --name ${valueOr(groupOf(scope), '<resource group>')} --subscription ${valueOr(subscriptionOf(scope), '<subscription>')} tells whether it is there, and what was moved out of it is found wherever GUARDIAN_SCOPE reaches`;
