import type { DirectoryRoles } from './directory-roles.ts';
import type { Registrations } from './graph/registrations.ts';
import type { Groups } from './groups.ts';

/** A principal that can hold a token. `appId` is the client id of an application or managed identity. */
export type Principal = {
  objectId: string;
  tenantId: string;
  appId?: string;
  kind: 'ServicePrincipal' | 'User';
  name: string;
  /** App roles, as in the `roles` claim. */
  roles: string[];
  /** The resource whose managed identity this is: the resource itself, or the user-assigned identity. */
  resourceId?: string;
  /** Milliseconds. */
  createdAt: number;
};

/**
 * Version 1.0 tokens name `https://sts.windows.net/{tenant}/` as their issuer, 2.0
 * `https://login.microsoftonline.com/{tenant}/v2.0`.
 */
export type TokenVersion = '1.0' | '2.0';

/** `holder`: the resource at whose identity endpoint the token is asked for. */
export type TokenRequest = {
  principal: Principal;
  audience: string;
  seconds?: number;
  version?: TokenVersion;
  holder?: string;
  /** The application through which a person asks, by its client id; the Azure CLI when left out. */
  client?: string;
  /** The asked scopes of a person's token, as far as the registration offers them; all offered scopes when left out. */
  scopes?: readonly string[];
};

export type NewApplication = { name: string; secret?: string; roles?: string[]; tenantId?: string; appId?: string };

/** The directory of the world. Times come from the world's clock. */
export type Entra = {
  /** The tenant of a subscription unless the subscription names another. */
  tenantId: string;
  tenants(): string[];
  principal(objectId: string): Principal | undefined;
  principals(): Principal[];
  /** The identity of a resource (system-assigned) or the user-assigned identity with that id. */
  managedIdentity(resourceId: string): Principal | undefined;
  createSystemIdentity(resourceId: string): Principal;
  createUserIdentity(resourceId: string): Principal;
  /** A deleted identity gets no more tokens. An identity that is created again has another object id. */
  deleteIdentity(resourceId: string): void;
  /** Lets a resource use a user-assigned identity at its managed-identity endpoint. */
  attachIdentity(resourceId: string, identityId: string): void;
  detachIdentity(resourceId: string, identityId: string): void;
  attachedIdentities(resourceId: string): Principal[];
  groups: Groups;
  directoryRoles: DirectoryRoles;
  registrations: Registrations;
  createUser(user: { name: string; roles?: string[]; tenantId?: string }): Principal;
  /** `appId`: that of an application of Microsoft's own; one of its own when left out. */
  createServicePrincipal(app: NewApplication): Principal;
  /** Whether this is the client secret of the service principal. */
  proves(objectId: string, secret: string): boolean;
  /**
   * A signed token; `seconds` defaults to 86,400 for managed identities, else to 3,600; `version` to 1.0. For an application that
   * was registered here version, audience, roles and scopes are as its registration says.
   * @throws TokenRefused
   */
  issue(request: TokenRequest): Promise<string>;
};
