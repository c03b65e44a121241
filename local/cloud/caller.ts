/** The caller, as a verified token names it. */
export type Caller = {
  tenantId: string;
  objectId: string;
  appId?: string;
  kind: 'ServicePrincipal' | 'User';
  roles: string[];
  scopes: string[];
  name: string;
  /**
   * Id of the resource whose process got the token: its requests come from the network of that resource. Other callers have none.
   */
  from?: string;
};
