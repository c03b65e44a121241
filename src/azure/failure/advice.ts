import { KEY_PERMISSIONS } from '../../remediation/model/data-actions.ts';
import type { Failure } from './failure.ts';
import { explainRefusal, isVersionRefused } from './version-refusal.ts';

/** What a call was about, for the command that fixes it. */
export type Subject = {
  /** `key version …`, `server …`: begins a sentence. */
  readonly what: string;
  readonly vaultName?: string;
  /** ARM id at which a role would have to be assigned. */
  readonly scope?: string;
};

/** Azure names the caller in its refusal: `oid=…` in Key Vault, `object id '…'` in ARM. */
const callerOf = ({ message }: Failure): string =>
  /(?:oid=|object id ')([0-9a-f-]{36})/i.exec(message)?.[1] ?? '<object id of the function app>';

const assignRole = (role: string, failure: Failure, { scope }: Subject): string =>
  `az role assignment create --role "${role}" --assignee-object-id ${callerOf(failure)} ` +
  `--assignee-principal-type ServicePrincipal --scope ${scope ?? '<scope>'}`;

const setPolicy = (failure: Failure, { vaultName }: Subject): string =>
  `az keyvault set-policy --name ${vaultName ?? '<vault>'} --object-id ${callerOf(failure)} ` +
  `--key-permissions ${KEY_PERMISSIONS.join(' ')}`;

const openNetwork = (_: Failure, { vaultName }: Subject): string =>
  `az keyvault network-rule add --name ${vaultName ?? '<vault>'} --subnet <subnet of the function app> ` +
  '(Azure Functions is not a trusted service of Key Vault)';

/** The write touches something else as well; Azure names the right that it takes there, and where. */
const linked = (failure: Failure, subject: Subject): string => {
  const [, action, scope] =
    /does not have permission to perform action(?:\(s\))? '([^']+)' on the linked scope\(s\) '([^']+)'/i.exec(
      failure.message,
    ) ?? [];
  if (action === undefined || scope === undefined || action.startsWith('Microsoft.ManagedIdentity/'))
    return assignRole('Managed Identity Operator', failure, scope === undefined ? subject : { ...subject, scope });
  return `give ${callerOf(failure)} a role with the action ${action} at ${scope}, or have its owner do this step`;
};

const FIXES: Readonly<Record<string, (failure: Failure, subject: Subject) => string>> = {
  accessdenied: setPolicy,
  forbiddenbypolicy: setPolicy,
  forbiddenbyrbac: (failure, subject) => assignRole('Key Vault Crypto Officer', failure, subject),
  forbiddenbyfirewall: openNetwork,
  forbiddenbyconnection: openNetwork,
  authorizationfailed: (failure, subject) => assignRole('CMK Guardian', failure, subject),
  linkedauthorizationfailed: linked,
  scopelocked: (_, { scope }) =>
    `az lock list --resource ${scope ?? '<resource>'} names the lock that stands in the way`,
  roleassignmentupdatenotpermitted: (_, { scope }) =>
    `az role assignment list --scope ${scope ?? '<scope>'} shows the assignment of that name, which is for somebody else`,
  keydisabled: () =>
    'a disabled key may be a deliberate stop: ask its owner before az keyvault key set-attributes --enabled true',
  notoken: () =>
    'az functionapp identity assign gives the app an identity; GUARDIAN_IDENTITY_CLIENT_ID names one of several',
  tokenunavailable: () => 'if it stays so, az functionapp identity assign gives the app an identity',
  enotfound: () =>
    'the name does not resolve: the vault was deleted or purged, or the private DNS zone of the function app lacks it',
  vaultnotfound: () =>
    'az keyvault list-deleted shows the vault if it was deleted; a recovered one answers within minutes',
};

const firstLine = (message: string): string => message.split(/\r?\n/, 1)[0] ?? '';

/** Why the call failed, in Azure's words, and the command that fixes it where one is known. */
export const explain = (failure: Failure, subject: Subject): string => {
  if (isVersionRefused(failure)) return `${subject.what}: ${explainRefusal(failure)}`;
  const fix = FIXES[failure.code.toLowerCase()]?.(failure, subject);
  const why = `${subject.what}: ${failure.code}, ${firstLine(failure.message)}`;
  return fix === undefined ? why : `${why}. Fix: ${fix}`;
};
