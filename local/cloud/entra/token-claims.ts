import type { Principal, TokenVersion } from './entra.ts';
import type { Application } from './graph/application.ts';
import type { Registrations } from './graph/registrations.ts';

/** Entra gives no token; an AADSTS number begins the sentence. */
export class TokenRefused extends Error {
  readonly error: string;

  constructor(error: string, message: string) {
    super(message);
    this.name = 'TokenRefused';
    this.error = error;
  }
}

/** The claims that a registration gives to tokens for it; `scopes` are those of people. */
export type Audience = { audience: string; version: TokenVersion; roles: string[]; scopes: string[] };

export type Asked = { principal: Principal; audience: string; groups: string[]; resource: Principal | undefined };

/** The application that an audience names, by its id or one of its URIs. */
export const registrationOf = ({ all }: Registrations, audience: string): Application | undefined => {
  const name = audience.toLowerCase();
  return all().find(({ appId, identifierUris }) =>
    [appId, ...identifierUris].some((one) => one.toLowerCase() === name),
  );
};

const rolesIn = (registrations: Registrations, application: Application, { principal, groups, resource }: Asked) => {
  const holders = [principal.objectId, ...groups];
  const ids = registrations
    .assignments()
    .filter(({ resourceId, principalId }) => resourceId === resource?.objectId && holders.includes(principalId))
    .map(({ appRoleId }) => appRoleId);
  return application.appRoles.flatMap(({ id, value, isEnabled }) =>
    isEnabled && value !== null && ids.includes(id) ? [value] : [],
  );
};

/**
 * The audience of a token by its registration: version 2 is for the client id, version 1 for the URI that was asked for; roles
 * are the assigned roles. @throws TokenRefused where the application has no service principal, or lets in only callers with a
 * role
 */
export const audienceOf = (registrations: Registrations, application: Application, asked: Asked): Audience => {
  const { principal, audience, resource } = asked;
  if (!resource)
    throw new TokenRefused(
      'invalid_resource',
      `AADSTS500011: The resource principal named ${audience} was not found in the tenant.`,
    );
  const roles = rolesIn(registrations, application, asked);
  if (roles.length === 0 && registrations.assignmentRequired.get(resource.objectId))
    throw new TokenRefused(
      'invalid_grant',
      principal.kind === 'User'
        ? `AADSTS50105: Your administrator has configured the application ${application.displayName} to block users unless they are specifically granted access to the application.`
        : `AADSTS501051: Application '${principal.appId}'(${principal.name}) is not assigned to a role for the application '${application.appId}'(${application.displayName}).`,
    );
  const isSecond = application.api.requestedAccessTokenVersion === 2;
  const scopes = application.api.oauth2PermissionScopes.flatMap(({ value, isEnabled }) => (isEnabled ? [value] : []));
  return { audience: isSecond ? application.appId : audience, version: isSecond ? '2.0' : '1.0', roles, scopes };
};
