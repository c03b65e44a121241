import type { Application } from './application.ts';
import { GraphError } from './graph-error.ts';

const invalid = (message: string) => new GraphError(400, 'Request_BadRequest', message);

const twice = (values: readonly (string | null)[]): string | undefined => {
  const given = values.flatMap((value) => (value === null ? [] : [value.toLowerCase()]));
  return given.find((value, at) => given.indexOf(value) !== at);
};

type Rule = (after: Application, before: Application, others: readonly Application[], tenantId: string) => void;

/** An id or a value may not occur twice among the roles and scopes of an application. */
const permissionsAreDistinct: Rule = ({ appRoles, api: { oauth2PermissionScopes: scopes } }) => {
  const ids = twice([...appRoles, ...scopes].map(({ id }) => id));
  if (ids) throw new GraphError(400, 'DuplicateValue', `Property value cannot have duplicate id '${ids}'.`);
  const values = twice([...appRoles, ...scopes].map(({ value }) => value));
  if (values)
    throw new GraphError(400, 'DuplicateValue', `Property value cannot have duplicate 'value' string '${values}'.`);
};

const valuesAreWords: Rule = ({ appRoles, api: { oauth2PermissionScopes: scopes } }) => {
  for (const { value } of [...appRoles, ...scopes])
    if (value !== null && !/^[\w!#$%&'()*+,\-./:;<=>?@[\]^`{|}~]+$/.test(value))
      throw invalid(`Property value '${value}' contains invalid characters.`);
};

/** Clients may rely on an enabled entry: before it is removed or changed in meaning, it must be disabled. */
const enabledOnesStay: Rule = (after, before) => {
  const kept = [...after.appRoles, ...after.api.oauth2PermissionScopes];
  for (const { id, value, isEnabled } of [...before.appRoles, ...before.api.oauth2PermissionScopes]) {
    const now = kept.find((one) => one.id.toLowerCase() === id.toLowerCase());
    if (isEnabled && (!now || (now.isEnabled && now.value !== value)))
      throw new GraphError(
        400,
        'CannotDeleteOrUpdateEnabledEntitlement',
        'Permission (scope or role) cannot be deleted or updated unless disabled first.',
      );
  }
};

const preAuthorizedAreScopes: Rule = ({ api }) => {
  const scopes = api.oauth2PermissionScopes.map(({ id }) => id.toLowerCase());
  const stranger = api.preAuthorizedApplications
    .flatMap(({ delegatedPermissionIds }) => delegatedPermissionIds)
    .find((id) => !scopes.includes(id.toLowerCase()));
  if (stranger)
    throw invalid(
      `Property PreAuthorizedApplications references applications or permission ids ('${stranger}') which cannot be found.`,
    );
};

/** Since October 2021 an app of one tenant has a verified domain, the tenant's id or its own id in its URI. */
const urisAreOwn: Rule = ({ identifierUris, appId, publisherDomain }, _before, others, tenantId) => {
  const forms = [`api://${appId}`, `api://${tenantId}/`, `https://${publisherDomain}`];
  for (const uri of identifierUris) {
    if (
      !forms.some((form) => uri.toLowerCase() === form || uri.toLowerCase().startsWith(`${form.replace(/\/$/, '')}/`))
    )
      throw new GraphError(
        400,
        'HostNameNotOnVerifiedDomain',
        `Values of identifierUris property must use a verified domain of the organization or its subdomain: '${uri}'`,
      );
    if (others.some((other) => other.identifierUris.some((one) => one.toLowerCase() === uri.toLowerCase())))
      throw new GraphError(
        400,
        'ObjectConflict',
        'Another object with the same value for property identifierUris already exists.',
      );
  }
};

const redirectsAreSafe: Rule = ({ spa, web }) => {
  for (const uri of [...spa.redirectUris, ...web.redirectUris]) {
    const url = URL.canParse(uri) ? new URL(uri) : undefined;
    const isLocal = url?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname);
    if (url?.hash !== '' || uri.includes('*') || (url.protocol !== 'https:' && !isLocal))
      throw invalid(
        `The redirect URI '${uri}' must start with HTTPS or be http://localhost, without a fragment or wildcard.`,
      );
  }
};

const RULES: readonly Rule[] = [
  permissionsAreDistinct,
  valuesAreWords,
  enabledOnesStay,
  preAuthorizedAreScopes,
  urisAreOwn,
  redirectsAreSafe,
];

/** @throws GraphError where Entra would refuse an application as it would be after a write */
export const checkApplication: Rule = (...given) => {
  for (const rule of RULES) rule(...given);
};
