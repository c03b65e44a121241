import type { Registrations } from '../graph/registrations.ts';
import { registrationOf } from '../token-claims.ts';
import { REFUSALS, type Refusal } from './refusals.ts';

/** Scopes of OpenID Connect, which name no resource. */
const OPEN_ID = ['openid', 'offline_access', 'profile', 'email'];
const MICROSOFT_GRAPH = 'https://graph.microsoft.com';

/** One resource and what is asked of it; `names`: the scopes as they were asked, which the answer repeats. */
export type ScopesAsked = {
  readonly resource: string;
  readonly values: readonly string[];
  readonly names: readonly string[];
  /** Whether the client wants to come again without the person. */
  readonly stays: boolean;
};

/** `{resource}/{value}`; without a resource it is one of Microsoft Graph. */
const split = (scope: string): { resource: string; value: string } => {
  const at = scope.lastIndexOf('/');
  return at < 0
    ? { resource: MICROSOFT_GRAPH, value: scope }
    : { resource: scope.slice(0, at), value: scope.slice(at + 1) };
};

/** Reads `scope` of a request, and holds it to what the resource offers where it was registered here. */
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
  return { resource, values: asked.map(({ value }) => value), names, stays: all.includes('offline_access') };
};
