import type { Scope } from '../graph/application.ts';
import type { Registrations } from '../graph/registrations.ts';
import { registrationOf } from '../token-claims.ts';
import { REFUSALS, type Refusal } from './refusals.ts';

/** Scopes of OpenID Connect, which name no resource. */
const OPEN_ID = ['openid', 'offline_access', 'profile', 'email'];
const MICROSOFT_GRAPH = 'https://graph.microsoft.com';

/** A resource and the scopes that are asked of it; `names`: the scopes as the answer names them. */
export type ScopesAsked = {
  readonly resource: string;
  readonly values: readonly string[];
  readonly names: readonly string[];
  /** Whether the client wants a refresh token, to come again without the person. */
  readonly stays: boolean;
};

/** `{resource}/{value}`; without a resource it is one of Microsoft Graph. */
const split = (scope: string): { resource: string; value: string } => {
  const at = scope.lastIndexOf('/');
  return at < 0
    ? { resource: MICROSOFT_GRAPH, value: scope }
    : { resource: scope.slice(0, at), value: scope.slice(at + 1) };
};

/** For `.default` the answer names the scopes behind it, and `.default` itself. */
const granted = (resource: string, values: readonly string[], offered: readonly Scope[] | undefined) =>
  values.includes('.default') ? (offered ?? []).map(({ value }) => `${resource}/${value}`) : [];

/** Reads `scope` of a request, and refuses scopes that the resource does not offer, where the resource was registered here. */
export const readScopes = (registrations: Registrations, text: string, client: string): ScopesAsked | Refusal => {
  const all = text.split(' ').filter(Boolean);
  const names = all.filter((scope) => !OPEN_ID.includes(scope));
  const asked = names.map(split);
  const resources = new Set(asked.map(({ resource }) => resource));
  const [resource = MICROSOFT_GRAPH] = resources;
  if (resources.size > 1) return REFUSALS.manyResources(text);
  const offered = registrationOf(registrations, resource)?.api.oauth2PermissionScopes;
  const stranger = asked.find(
    ({ value }) =>
      value !== '.default' && offered !== undefined && !offered.some((one) => one.isEnabled && one.value === value),
  );
  if (stranger) return REFUSALS.scopeMissing(stranger.value, client);
  const values = asked.map(({ value }) => value);
  return {
    resource,
    values,
    names: [...granted(resource, values, offered), ...names],
    stays: all.includes('offline_access'),
  };
};
