import { RATION_USED_UP } from '../http/ration.ts';
import { classify, type FailureClass } from './classify.ts';
import type { Failure } from './failure.ts';

/** `Microsoft.KeyVault/vaults/write` of `… perform action 'Microsoft.KeyVault/vaults/write' over scope '…'`. */
const actionIn = ({ message }: Failure): string => {
  const [, action] = /perform action(?:\(s\))? '([^']{1,200})'/i.exec(message) ?? [];
  return action === undefined ? '' : ` with the action ${action}`;
};

const NO_POLICY = 'no access policy of the vault gives the product the permission for this';
const NO_TOKEN = 'the function app has no identity that gives it a token, so that Azure was not asked';

/** The obstacle, by the name that Azure has for the right or setting. By Azure's code, in small letters. */
const BY_CODE: Readonly<Record<string, string | ((failure: Failure) => string)>> = {
  accessdenied: NO_POLICY,
  forbiddenbypolicy: NO_POLICY,
  forbiddenbyrbac: 'the product has no role for the keys of the vault',
  forbiddenbyfirewall: 'the firewall of the vault does not let the function app in',
  forbiddenbyconnection: 'the vault takes no connection from the network of the function app',
  authorizationfailed: (failure) => `the product has no role${actionIn(failure)} there`,
  linkedauthorizationfailed: (failure) =>
    `the product has no role${actionIn(failure)} at another resource that this write touches`,
  roleassignmentupdatenotpermitted: 'a role assignment of the same name is there for somebody else',
  insufficientaccesserror: 'the product may not read this Log Analytics workspace',
  unauthorizedclient: 'the product may not read this Log Analytics workspace',
  keydisabled: 'the key version is disabled',
  keyexpired: 'the key version has expired',
  keynotyetvalid: 'the key version is not active yet',
  subscriptionnotfound: 'Azure does not find the subscription',
  invalidauthenticationtokentenant: 'the subscription is of another tenant than the product',
  resourcegroupnotfound: 'Azure does not find the resource group',
  [RATION_USED_UP.toLowerCase()]: 'the product has asked as often as it allows itself, and waits before it asks again',
  notoken: NO_TOKEN,
  tokenunavailable: 'the identity of the function app gave no token this time, so that Azure was not asked',
  enotfound: 'the name of the host does not resolve',
  vaultnotfound: 'no vault of this name answers',
};

const REFUSED = 'Azure refused it';

const BY_CLASS: Readonly<Record<FailureClass, string>> = {
  absent: 'Azure finds nothing of this name there',
  denied: 'the product has no right to do this there',
  busy: 'Azure is at work on it, and takes nothing else meanwhile',
  transient: 'Azure failed to answer, which passes',
  refused: REFUSED,
};

const unanswered = ({ status }: Failure): string | undefined => {
  if (status === undefined) return 'Azure has not answered';
  return status === 429 ? 'Azure takes no more such requests for a while' : undefined;
};

/** Why a call failed, for a person: what is missing or in the way, without a status or a code of HTTP. No full stop. */
export const inWords = (failure: Failure): string => {
  const known = BY_CODE[failure.code.toLowerCase()];
  if (known !== undefined) return typeof known === 'string' ? known : known(failure);
  const is = classify(failure);
  return (is === 'transient' ? unanswered(failure) : undefined) ?? BY_CLASS[is];
};
