import type { AppRole } from '../definitions.ts';
import { type Graph, quoted } from './graph.ts';
import { AZNS, type Scope, type Wanted } from './registration.ts';

export type Application = {
  readonly id: string;
  readonly appId: string;
  readonly uniqueName: string | null;
  readonly displayName: string;
  readonly createdDateTime: string;
  readonly signInAudience: string;
  readonly identifierUris: readonly string[];
  readonly spa: { readonly redirectUris: readonly string[] };
  readonly api: {
    readonly requestedAccessTokenVersion: number | null;
    readonly oauth2PermissionScopes: readonly Scope[];
    readonly preAuthorizedApplications: readonly {
      readonly appId: string;
      readonly delegatedPermissionIds: readonly string[];
    }[];
  };
  readonly appRoles: readonly AppRole[];
};

export type ServicePrincipal = { readonly id: string; readonly appRoleAssignmentRequired: boolean };

/** The directory's objects of the registration; `undefined` where an object does not exist. */
export type Seen = {
  readonly application: Application | undefined;
  readonly owners: readonly string[];
  readonly servicePrincipal: ServicePrincipal | undefined;
  /** Object id of the service principal of action groups. */
  readonly actionGroups: string | undefined;
  /** The role assignments, as `principal id/role id`. */
  readonly assignments: readonly string[];
};

/** The reason why nothing was written. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
}

type Named = Pick<Application, 'appId' | 'displayName' | 'createdDateTime'>;

const listOf = (applications: readonly Named[]): string =>
  applications.map((one) => `  ${one.appId}  '${one.displayName}', registered ${one.createdDateTime}`).join('\n');

const filtered = async <Row>(graph: Graph, collection: string, filter: string): Promise<readonly Row[]> =>
  (await graph.list(`/${collection}?$filter=${encodeURIComponent(filter)}`)) as readonly unknown[] as readonly Row[];

/**
 * Anybody in a tenant may register an application of any name. So a name alone proves nothing: only an application with the
 * unique name, or with the given client id, is used.
 */
const findApplication = async (graph: Graph, wanted: Wanted): Promise<Application | undefined> => {
  const { clientId, uniqueName, displayName } = wanted;
  if (clientId !== undefined) {
    const [named] = await filtered<Application>(graph, 'applications', `appId eq ${quoted(clientId)}`);
    if (!named) throw new SignInRefused(`There is no app registration with the client id ${clientId} in this tenant.`);
    return named;
  }
  const [own] = await filtered<Application>(graph, 'applications', `uniqueName eq ${quoted(uniqueName)}`);
  if (own) return own;
  const others = await filtered<Application>(graph, 'applications', `displayName eq ${quoted(displayName)}`);
  if (others.length === 0) return undefined;
  throw new SignInRefused(
    `There are app registrations with the name '${displayName}' that this command has not made:\n${listOf(others)}\nName the one to take with --client-id, or choose another --name.`,
  );
};

/** Reads everything that is compared, anew. */
export const look = async (graph: Graph, wanted: Wanted): Promise<Seen> => {
  const application = await findApplication(graph, wanted);
  const [actionGroups] = await filtered<ServicePrincipal>(graph, 'servicePrincipals', `appId eq ${quoted(AZNS)}`);
  const nobody = {
    application,
    owners: [],
    servicePrincipal: undefined,
    actionGroups: actionGroups?.id,
    assignments: [],
  };
  if (!application) return nobody;
  const owners = await graph.list(`/applications/${application.id}/owners`);
  const filter = `appId eq ${quoted(application.appId)}`;
  const [servicePrincipal] = await filtered<ServicePrincipal>(graph, 'servicePrincipals', filter);
  const given = servicePrincipal ? await graph.list(`/servicePrincipals/${servicePrincipal.id}/appRoleAssignedTo`) : [];
  return {
    ...nobody,
    owners: owners.map(({ id }) => String(id)),
    servicePrincipal,
    assignments: given.map(({ principalId, appRoleId }) => `${principalId}/${appRoleId}`),
  };
};
