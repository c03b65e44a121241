/** Someone who can hold a token. `appId` is the client id of an application or managed identity. */
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
};

/** The directory of the world. Times come from the world's clock. */
export type Entra = {
  /** The tenant of the subscriptions, unless said otherwise. */
  tenantId: string;
  principal(objectId: string): Principal | undefined;
  /** The identity of a resource (system-assigned) or the user-assigned identity with that id. */
  managedIdentity(resourceId: string): Principal | undefined;
  createSystemIdentity(resourceId: string): Principal;
  createUserIdentity(resourceId: string): Principal;
  /** Its tokens stop working; created again it has another object id. */
  deleteIdentity(resourceId: string): void;
  createUser(user: { name: string; roles?: string[]; tenantId?: string }): Principal;
  createServicePrincipal(app: { name: string; secret?: string; roles?: string[]; tenantId?: string }): Principal;
  principals(): Principal[];
  /** A signed token, good for `seconds` (default 86,400 for managed identities, else 3,600). */
  issue(request: { principal: Principal; audience: string; seconds?: number }): Promise<string>;
};
