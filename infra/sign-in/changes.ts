import type { AppRole } from '../definitions.ts';
import type { Application, Seen } from './look.ts';
import { AZNS, AZURE_CLI, type Scope, type Wanted, WEBHOOK_ROLE } from './registration.ts';

/** One write, with its effect in words. `needs` completes "It takes …" where Graph refuses it for missing rights. */
export type Change = {
  readonly sentence: string;
  readonly needs: string;
  readonly method: 'POST' | 'PATCH';
  /** The path below /v1.0; undefined while it names an object that has not been made yet. */
  readonly path: string | undefined;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

const REGISTERS = 'the right to register applications, or the role Application Developer';
const OWNS = 'the role Application Administrator, or to own the registration';
const ADMINISTERS = 'the role Application Administrator or Cloud Application Administrator';

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Existing entries stay, and wanted entries are added or changed as wanted. */
const merged = <One extends { readonly id: string }>(there: readonly One[], wanted: readonly One[]): readonly One[] => [
  ...there.map((one) => ({ ...one, ...wanted.find(({ id }) => same(id, one.id)) })),
  ...wanted.filter(({ id }) => !there.some((one) => same(one.id, id))),
];

const differs = (there: AppRole | Scope | undefined, wanted: AppRole | Scope): boolean =>
  !there ||
  Object.entries(wanted).some(
    ([name, value]) => JSON.stringify((there as Record<string, unknown>)[name]) !== JSON.stringify(value),
  );

const register = ({ uniqueName, displayName, redirectUris, appRoles, scope }: Wanted): Change => ({
  sentence: `register the application '${displayName}' with the roles ${appRoles.map(({ value }) => value).join(', ')}`,
  needs: REGISTERS,
  method: 'PATCH',
  path: `/applications(uniqueName='${encodeURIComponent(uniqueName)}')`,
  headers: { prefer: 'create-if-missing' },
  body: {
    displayName,
    signInAudience: 'AzureADMyOrg',
    spa: { redirectUris },
    api: { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [scope] },
    appRoles,
  },
});

/** A registration as `register` leaves it. */
const registered = ({ displayName, redirectUris, appRoles, scope }: Wanted): Omit<Application, 'id' | 'appId'> => ({
  uniqueName: null,
  displayName,
  createdDateTime: '',
  signInAudience: 'AzureADMyOrg',
  identifierUris: [],
  spa: { redirectUris },
  api: { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [scope], preAuthorizedApplications: [] },
  appRoles,
});

type Part = { readonly sentence: string; readonly body: object };

const when = (isSo: boolean, part: Part): readonly Part[] => (isSo ? [part] : []);

const partsOf = (there: Omit<Application, 'id' | 'appId'>, uri: string, wanted: Wanted): readonly Part[] => {
  const { api, spa, appRoles, identifierUris, signInAudience } = there;
  const { scope } = wanted;
  const roles = wanted.appRoles.filter((role) =>
    differs(
      appRoles.find(({ id }) => same(id, role.id)),
      role,
    ),
  );
  const redirects = wanted.redirectUris.filter((one) => !spa.redirectUris.includes(one));
  return [
    ...when(signInAudience !== 'AzureADMyOrg', {
      sentence: `let in people of this tenant alone (it says ${signInAudience})`,
      body: { signInAudience: 'AzureADMyOrg' },
    }),
    ...when(roles.length > 0, {
      sentence: `make the roles ${roles.map(({ value }) => value).join(', ')} as infra/app-roles.json says`,
      body: { appRoles: merged(appRoles, wanted.appRoles) },
    }),
    ...when(api.requestedAccessTokenVersion !== 2, {
      sentence: 'have its tokens be of version 2',
      body: { api: { requestedAccessTokenVersion: 2 } },
    }),
    ...when(
      differs(
        api.oauth2PermissionScopes.find(({ id }) => same(id, scope.id)),
        scope,
      ),
      {
        sentence: `make the scope ${scope.value}`,
        body: { api: { oauth2PermissionScopes: merged(api.oauth2PermissionScopes, [scope]) } },
      },
    ),
    ...when(!identifierUris.some((one) => same(one, uri)), {
      sentence: `give it the id URI ${uri}`,
      body: { identifierUris: [...identifierUris, uri] },
    }),
    ...when(redirects.length > 0, {
      sentence: `let people come back to ${redirects.join(', ')}`,
      body: { spa: { redirectUris: [...spa.redirectUris, ...redirects] } },
    }),
  ];
};

/** This write comes after the scope exists: Entra refuses the name of a scope that it does not know. */
const preAuthorize = ({ api }: Omit<Application, 'id' | 'appId'>, { scope }: Wanted): readonly Part[] => {
  const others = api.preAuthorizedApplications.filter(({ appId }) => !same(appId, AZURE_CLI));
  const cli = api.preAuthorizedApplications.find(({ appId }) => same(appId, AZURE_CLI));
  const ids = cli?.delegatedPermissionIds ?? [];
  const more = { appId: AZURE_CLI, delegatedPermissionIds: [...ids, scope.id] };
  return when(!ids.some((id) => same(id, scope.id)), {
    sentence: 'let the Azure CLI ask for that scope without a consent of its own',
    body: { api: { preAuthorizedApplications: [...others, more] } },
  });
};

const ofApplication = ({ application }: Seen, wanted: Wanted): readonly Change[] => {
  const there = application ?? registered(wanted);
  const uri = `api://${application?.appId ?? '<client id>'}`;
  const path = application && `/applications/${application.id}`;
  return [...partsOf(there, uri, wanted), ...preAuthorize(there, wanted)].map((part) => ({
    ...part,
    path,
    needs: OWNS,
    method: 'PATCH' as const,
  }));
};

const ofServicePrincipal = ({ application, servicePrincipal }: Seen): readonly Change[] => {
  if (!servicePrincipal)
    return [
      {
        sentence: 'make its service principal, which lets in only who has a role',
        needs: OWNS,
        method: 'POST',
        path: application && '/servicePrincipals',
        body: { appId: application?.appId, appRoleAssignmentRequired: true },
      },
    ];
  if (servicePrincipal.appRoleAssignmentRequired) return [];
  return [
    {
      sentence: 'let in only who has a role',
      needs: OWNS,
      method: 'PATCH',
      path: `/servicePrincipals/${servicePrincipal.id}`,
      body: { appRoleAssignmentRequired: true },
    },
  ];
};

const ofOwners = ({ application, owners }: Seen, wanted: Wanted, graph: string): readonly Change[] =>
  wanted.owners
    .filter((id) => !owners.some((one) => same(one, id)))
    .map((id) => ({
      sentence: `make ${id} an owner, who may then save the action group`,
      needs: OWNS,
      method: 'POST',
      path: application && `/applications/${application.id}/owners/$ref`,
      body: { '@odata.id': `${graph}/v1.0/directoryObjects/${id}` },
    }));

const ofActionGroups = (seen: Seen, wanted: Wanted): readonly Change[] => {
  const { actionGroups, servicePrincipal, assignments } = seen;
  const role = wanted.appRoles.find(({ value }) => value === WEBHOOK_ROLE);
  const made: Change = {
    sentence: 'make the service principal of action groups (AzNS AAD Webhook), which this tenant does not have yet',
    needs: ADMINISTERS,
    method: 'POST',
    path: '/servicePrincipals',
    body: { appId: AZNS },
  };
  const isGiven = assignments.some((one) => same(one, `${actionGroups}/${role?.id}`));
  const given: Change = {
    sentence: `give action groups the role ${WEBHOOK_ROLE}`,
    needs: ADMINISTERS,
    method: 'POST',
    path: servicePrincipal && actionGroups && `/servicePrincipals/${servicePrincipal.id}/appRoleAssignedTo`,
    body: { principalId: actionGroups, resourceId: servicePrincipal?.id, appRoleId: role?.id },
  };
  return [...(actionGroups === undefined ? [made] : []), ...(isGiven ? [] : [given])];
};

/**
 * The writes that make the directory as wanted, in order; none where it already is. No write ever removes an entry. `graph`: the
 * endpoint, by which Graph names objects.
 */
export const changesOf = (seen: Seen, wanted: Wanted, graph: string): readonly Change[] => [
  ...(seen.application ? [] : [register(wanted)]),
  ...ofApplication(seen, wanted),
  ...ofServicePrincipal(seen),
  ...ofOwners(seen, wanted, graph),
  ...ofActionGroups(seen, wanted),
];
