import { KEY_PERMISSIONS } from '../../remediation/model/data-actions.ts';
import { subscriptionOf } from '../../remediation/model/resource-id.ts';
import { assignPart, type PartName, partOfAction, scopeOfPart } from '../../remediation/model/role-parts.ts';
import { azValue } from '../../remediation/model/shell-word.ts';
import { isJoiningSubnets } from '../../remediation/model/subnet-join.ts';
import { RATION_USED_UP } from '../http/ration.ts';
import type { Failure } from './failure.ts';
import { findGroup, findSubscription, followSubscription } from './find-place.ts';
import { inWords } from './in-words.ts';
import { callerOf, valueOr } from './refusals/refusal.ts';
import { refusalOf } from './refusals.ts';
import type { CallSubject } from './subject.ts';
import { explainRefusal, isVersionRefused } from './version-refusal.ts';

const assign = (part: PartName, failure: Failure, scope: string | undefined): string =>
  assignPart(part, callerOf(failure), scope === undefined ? '<scope>' : scopeOfPart(part, scope));

/** Azure names the refused action, which tells which part of the product's role is missing. */
const assignMissing = (failure: Failure, { scope }: CallSubject): string => {
  const [, action = '', refusedAt] = /perform action '([^']+)'(?: over scope '([^']+)')?/i.exec(failure.message) ?? [];
  return assign(partOfAction(action), failure, scope ?? refusedAt);
};

/** The person's default subscription may be another one. Without a known scope the argument is left out. */
const within = (scope = ''): string => {
  const subscription = subscriptionOf(scope);
  return subscription === '' ? '' : ` --subscription ${azValue(subscription)}`;
};

const setPolicy = (failure: Failure, { scope, vaultName }: CallSubject): string =>
  `az keyvault set-policy --name ${valueOr(vaultName, '<vault>')}${within(scope)} --object-id ${callerOf(failure)} ` +
  `--key-permissions ${KEY_PERMISSIONS.join(' ')}`;

const openNetwork = (_: Failure, { scope, vaultName }: CallSubject): string =>
  `az keyvault network-rule add --name ${valueOr(vaultName, '<vault>')}${within(scope)} --subnet <subnet of the function app> ` +
  '(Azure Functions is not a trusted service of Key Vault)';

const sameSubscription = (one: string, other: string): boolean =>
  subscriptionOf(one).toLowerCase() === subscriptionOf(other).toLowerCase();

/** The write touches another resource as well. Azure names the right that this needs, and where. */
const linked = (failure: Failure, subject: CallSubject): string => {
  const [, action, scope] =
    /does not have permission to perform action(?:\(s\))? '([^']+)' on the linked scope\(s\) '([^']+)'/i.exec(
      failure.message,
    ) ?? [];
  if (action === undefined || scope === undefined || action.startsWith('Microsoft.ManagedIdentity/'))
    return assign('consumers', failure, scope ?? subject.scope);
  const [first = scope] = scope.split(',');
  // The product's role part holds only in the subscriptions of vaults. A subnet in another subscription needs fewer
  // rights than that part.
  if (isJoiningSubnets(action) && sameSubscription(first, subject.scope ?? '')) return assign('keys', failure, first);
  return `give ${callerOf(failure)} a role with the action ${action} at ${scope}, or have its owner do this step`;
};

/** Log Analytics names neither the caller nor a scope at which a role could be assigned. */
const readLogs = ({ code }: Failure): string =>
  `az role assignment create --role 'Log Analytics Reader' --assignee-object-id <object id of the function app> --assignee-principal-type ServicePrincipal --scope <id of the workspace> (${code} is what a role that is new also gets for some minutes)`;

const FIXES: Readonly<Record<string, (failure: Failure, subject: CallSubject) => string>> = {
  accessdenied: setPolicy,
  forbiddenbypolicy: setPolicy,
  forbiddenbyrbac: (failure, { scope }) => assign('keys', failure, scope),
  forbiddenbyfirewall: openNetwork,
  forbiddenbyconnection: openNetwork,
  authorizationfailed: assignMissing,
  linkedauthorizationfailed: linked,
  roleassignmentupdatenotpermitted: (_, { scope }) =>
    `az role assignment list --scope ${valueOr(scope, '<scope>')} shows the assignment of that name, which is for somebody else`,
  insufficientaccesserror: readLogs,
  unauthorizedclient: readLogs,
  keydisabled: () =>
    'a disabled key may be a deliberate stop: ask its owner before az keyvault key set-attributes --enabled true',
  subscriptionnotfound: (_, { scope }) => findSubscription(scope),
  invalidauthenticationtokentenant: ({ message }, { scope }) => followSubscription(message, scope),
  resourcegroupnotfound: (_, { scope }) => findGroup(scope),
  notoken: () =>
    'az functionapp identity assign gives the app an identity; GUARDIAN_IDENTITY_CLIENT_ID names one of several',
  tokenunavailable: () => 'if it stays so, az functionapp identity assign gives the app an identity',
  enotfound: () =>
    'the name does not resolve: the vault was deleted or purged, or the private DNS zone of the function app lacks it',
  vaultnotfound: () =>
    'az keyvault list-deleted shows the vault if it was deleted; a recovered one answers within minutes',
};

/** The most characters of Azure's text: some errors contain whole documents. */
const MOST = 500;

const firstLine = (message: string): string => {
  const line = message.slice(0, MOST + 1).split(/\r?\n/, 1)[0] ?? '';
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line;
};

/** Where Azure has not answered the text is one of the product or of its clients. */
const isOwn = ({ code, status }: Failure): boolean => status === undefined || code === RATION_USED_UP;

/** Azure's own answer, for a reader who looks it up: its text, the HTTP status, and Azure's code. */
const saidByAzure = (failure: Failure): string => {
  const { code, message, status } = failure;
  const named = code === String(status) ? code : [status, code].filter((one) => one !== undefined).join(' ');
  const text = firstLine(message).replace(/\.$/, '');
  if (text === '') return `(${named})`;
  return isOwn(failure) ? `(${text}; ${named})` : `(Azure says: ${text}; ${named})`;
};

const advised = (failure: Failure, subject: CallSubject): string => {
  const refusal = refusalOf(failure, subject);
  if (refusal) return refusal.says(failure, subject);
  const fix = FIXES[failure.code.toLowerCase()]?.(failure, subject);
  return `${inWords(failure)}${fix === undefined ? '' : `. Fix: ${fix}`}`;
};

/**
 * Why the call failed, for a person: what is missing or in the way, then how to mend it where that is known, and in brackets at
 * last what Azure said, with the status of HTTP. Where such a text is too long, the end is what may be cut.
 */
export const explain = (failure: Failure, subject: CallSubject): string =>
  isVersionRefused(failure)
    ? `${subject.what}: ${explainRefusal(failure)}`
    : `${subject.what}: ${advised(failure, subject)} ${saidByAzure(failure)}`;
