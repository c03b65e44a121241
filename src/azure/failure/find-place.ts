import { groupOf, subscriptionOf } from '../../remediation/model/resource-id.ts';
import { azValue } from '../../remediation/model/shell-word.ts';

/**
 * Advice for the case that Azure does not find a subscription or a group, or says that it belongs to another tenant.
 * The product concludes nothing from such an answer, and never advises to create anything again: Azure has given this
 * answer for hours about existing resources.
 */

const valueOr = (value: string, otherwise: string): string => (value === '' ? otherwise : azValue(value));

const NOTHING_FOLLOWS = 'nothing is concluded from this answer, since Azure has given it for what was there';

/**
 * The command that distinguishes a subscription that is gone from one that was moved, disabled or hidden from the
 * product.
 */
const showSubscription = (scope = ''): string =>
  `az account show --subscription ${valueOr(subscriptionOf(scope), '<subscription>')} --query "{state:state,tenant:tenantId}"`;

export const findSubscription = (scope: string | undefined): string =>
  `${showSubscription(scope)} shows to a person who may read it whether it is disabled or was moved to another tenant; else give the product its role there again; ${NOTHING_FOLLOWS}`;

/** Azure names both tenants in its refusal: the tenant of the token, and the tenant that the subscription belongs to now. */
export const followSubscription = (message: string, scope: string | undefined): string => {
  const [, tenant = 'another'] = /must match the tenant '[^']*?([0-9a-f-]{36})/i.exec(message) ?? [];
  return `install the product in the tenant ${tenant}, to which the subscription belongs now, or take the subscription out of GUARDIAN_SCOPE; ${showSubscription(scope)} shows it`;
};

export const findGroup = (scope = ''): string =>
  `az group show --name ${valueOr(groupOf(scope), '<resource group>')} --subscription ${valueOr(subscriptionOf(scope), '<subscription>')} tells whether it is there, and what was moved out of it is found wherever GUARDIAN_SCOPE reaches; ${NOTHING_FOLLOWS}`;
