import type { Application } from './look.ts';
import type { Wanted } from './registration.ts';

/**
 * The entries of a registration that this command does not make, in sentences: the command never removes them, but a reader
 * should know of them.
 */
export const surplusOf = (application: Application, wanted: Wanted): readonly string[] => {
  const { spa, appRoles, api } = application;
  const redirects = spa.redirectUris.filter((one) => !wanted.redirectUris.includes(one));
  const roles = appRoles.filter(({ id }) => !wanted.appRoles.some((one) => one.id === id.toLowerCase()));
  const scopes = api.oauth2PermissionScopes.filter(({ id }) => id.toLowerCase() !== wanted.scope.id);
  const credentials = Object.entries(application).filter(
    ([name, value]) => /^(password|key)Credentials$/.test(name) && Array.isArray(value) && value.length > 0,
  );
  return [
    ...redirects.map((uri) => `People may also come back to ${uri}.`),
    ...roles.map(({ value }) => `It also has the role ${value}, which the product does not know.`),
    ...scopes.map(({ value }) => `It also has the scope ${value}, which the product does not know.`),
    ...credentials.map(([name]) => `It has ${name}. The product uses none: whoever has them acts as this application.`),
  ];
};
