import { groupOf, parseResourceId, subscriptionOf } from '../../../remediation/model/resource-id.ts';
import { codes, valueOr, type WriteRefusal, wordsOf } from './refusal.ts';

/**
 * A disabled subscription: reads still work, and every write is refused until its bill is paid or the other reason is
 * removed.
 */
export const bySubscription: WriteRefusal = {
  fits: codes('ReadOnlyDisabledSubscription', 'SubscriptionDisabled', 'DisabledSubscription'),
  cure: 'change',
  says: (_, { scope = '' }) =>
    `The subscription is disabled, and nothing in it can be written. Fix: az account show --subscription ${valueOr(subscriptionOf(scope), '<subscription>')} --query state ` +
    'shows it; its account administrator enables it again in the portal, under Subscriptions',
};

export const byProvider: WriteRefusal = {
  fits: codes('MissingSubscriptionRegistration', 'SubscriptionNotRegistered'),
  cure: 'change',
  says: (_, { scope = '' }) => {
    const namespace = parseResourceId(scope)?.type?.split('/')[0];
    return `The subscription does not know the resource provider any more. Fix: az provider register --namespace ${valueOr(namespace, '<namespace>')} --subscription ${valueOr(subscriptionOf(scope), '<subscription>')}`;
  },
};

/**
 * A resource that is to be recovered was in a group that was deleted with it. Only for a recovery does Azure's answer
 * prove that the group is gone. The group may be in any region; the resource's own region is certainly allowed.
 */
export const byGroup: WriteRefusal = {
  fits: (failure, { location }) =>
    location !== undefined && codes('ResourceGroupNotFound', 'ResourceGroupBeingDeleted')(failure),
  cure: 'change',
  says: (_, { location, scope = '' }) =>
    `Its resource group is gone. Fix: az group create --name ${valueOr(groupOf(scope), '<group>')} ` +
    `--location ${valueOr(location, '<region>')} --subscription ${valueOr(subscriptionOf(scope), '<subscription>')} makes it, and the rest follows by itself`,
};

/**
 * While Key Vault serves from the paired region, its vaults can be read and used, but not changed (Key Vault,
 * availability and redundancy). No document names the code, so the text decides.
 */
export const byReadOnlyVault: WriteRefusal = {
  fits: (failure) =>
    codes('VaultReadOnly', 'ReadOnlyMode')(failure) ||
    (failure.status !== 401 && /\bread[- ]only(?: mode)?\b/i.test(wordsOf(failure)) && /vault/i.test(wordsOf(failure))),
  cure: 'time',
  says: () =>
    'The vault is served from its paired region, where nothing in it can be changed. Fix: none is needed, Azure fails back by itself; ' +
    'the page Azure status tells of the region',
};
