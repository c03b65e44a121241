import { groupOf, parseResourceId, subscriptionOf } from '../../../remediation/model/resource-id.ts';
import { codes, valueOr, type WriteRefusal, wordsOf } from './refusal.ts';

/** Reads go on; every write is refused until its bill is paid, or whatever else disabled it is mended. */
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
 * What is to be recovered lay in a group that went with it: of any other write Azure's word alone says nothing of a group. Any
 * region will do for the group; that of the resource is sure to be allowed.
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
 * While Key Vault serves from the paired region its vaults can be read and used, and nothing in them changed (Key Vault,
 * availability and redundancy). No document names the code: its words tell.
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
