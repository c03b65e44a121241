import { describe, expect, it } from 'vitest';
import { aTenant } from '../../../infra/sign-in/directory.ts';

const ROLE = {
  id: '20655f1f-ae5f-46d8-8e62-774f7117d321',
  value: 'Reader',
  displayName: 'Reader',
  description: 'Reads.',
  allowedMemberTypes: ['User'],
  isEnabled: true,
};
const OTHER = '59de96a5-5c4e-418f-85d8-953284717f36';
const SCOPE = { id: OTHER, value: 'Use', type: 'User', adminConsentDisplayName: 'Use', adminConsentDescription: 'Use' };

const errorOf = (body: unknown) => (body as { error: { code: string; message: string } }).error;

describe('Microsoft Graph of the local cloud', () => {
  it.each([
    ['an unknown property', { publisher: 'us' }, 'Request_BadRequest'],
    ['a read-only property', { appId: OTHER }, 'Request_BadRequest'],
    ['an id of a role that is no GUID', { appRoles: [{ ...ROLE, id: 'reader' }] }, 'Request_BadRequest'],
    [
      'an id of a scope that is no GUID',
      { api: { oauth2PermissionScopes: [{ ...SCOPE, id: 'use' }] } },
      'Request_BadRequest',
    ],
    ['two roles with one value', { appRoles: [ROLE, { ...ROLE, id: OTHER }] }, 'DuplicateValue'],
    ['two roles with one id', { appRoles: [ROLE, { ...ROLE, value: 'Writer' }] }, 'DuplicateValue'],
    [
      'a role and a scope with one value',
      { appRoles: [ROLE], api: { oauth2PermissionScopes: [{ ...SCOPE, value: 'Reader' }] } },
      'DuplicateValue',
    ],
    ['a value of two words', { appRoles: [{ ...ROLE, value: 'Reads all' }] }, 'Request_BadRequest'],
    ['a URI that is nobody’s', { identifierUris: ['api://guardian'] }, 'HostNameNotOnVerifiedDomain'],
    [
      'a client that is let ask for a scope that is not there',
      { api: { preAuthorizedApplications: [{ appId: OTHER, delegatedPermissionIds: [OTHER] }] } },
      'Request_BadRequest',
    ],
    ['a redirect without TLS', { spa: { redirectUris: ['http://example.com/'] } }, 'Request_BadRequest'],
    ['a version of tokens that there is not', { api: { requestedAccessTokenVersion: 3 } }, 'Request_BadRequest'],
  ])('refuses %s', async (_what, properties, code) => {
    const { administrator, asking } = await aTenant();
    const body = { displayName: 'An application', ...properties };
    const answer = await asking(administrator, { method: 'POST', path: '/applications', body });
    expect([answer.status, errorOf(answer.body).code]).toEqual([400, code]);
  });

  it('lets nobody take away a role that is enabled', async () => {
    const { administrator, asking, entra } = await aTenant();
    await asking(administrator, {
      method: 'POST',
      path: '/applications',
      body: { displayName: 'One', appRoles: [ROLE] },
    });
    const path = `/applications/${entra.registrations.all()[0]?.id}`;
    const without = { method: 'PATCH', path, body: { appRoles: [] } } as const;
    expect(errorOf((await asking(administrator, without)).body).code).toBe('CannotDeleteOrUpdateEnabledEntitlement');
    await asking(administrator, { ...without, body: { appRoles: [{ ...ROLE, isEnabled: false }] } });
    expect((await asking(administrator, without)).status).toBe(204);
  });

  it('lets one application alone have a URI', async () => {
    const { administrator, asking, entra } = await aTenant();
    const uri = `api://${entra.tenantId}/guardian`;
    const body = { displayName: 'One', identifierUris: [uri] };
    expect((await asking(administrator, { method: 'POST', path: '/applications', body })).status).toBe(201);
    const second = await asking(administrator, { method: 'POST', path: '/applications', body });
    expect(errorOf(second.body).code).toBe('ObjectConflict');
  });

  it('gives an application that it does not know no service principal, and none a second', async () => {
    const { administrator, asking } = await aTenant();
    const make = (appId: unknown) =>
      asking(administrator, { method: 'POST', path: '/servicePrincipals', body: { appId } });
    expect(errorOf((await make(OTHER)).body).message).toContain('does not reference a valid application object');
    const created = await asking(administrator, {
      method: 'POST',
      path: '/applications',
      body: { displayName: 'One' },
    });
    const { appId } = created.body as { appId: string };
    expect((await make(appId)).status).toBe(201);
    expect((await make(appId)).status).toBe(409);
  });

  it('lists page by page, by a filter that it knows', async () => {
    const { administrator, asking } = await aTenant();
    for (const displayName of ['One', 'One', "Ada's"])
      await asking(administrator, { method: 'POST', path: '/applications', body: { displayName } });
    const list = async (query: string) =>
      (await asking(administrator, { method: 'GET', path: `/applications?${query}` })).body;
    const page = (await list('$top=2')) as { value: unknown[]; '@odata.nextLink': string };
    expect(page.value).toHaveLength(2);
    expect(page['@odata.nextLink']).toMatch(/^https:\/\/graph\.microsoft\.com\/v1\.0\/applications\?.*skiptoken=2/);
    const filter = (text: string) => list(`$filter=${encodeURIComponent(text)}`);
    expect(((await filter("displayName eq 'Ada''s'")) as { value: unknown[] }).value).toHaveLength(1);
    expect(errorOf(await filter("startsWith(displayName, 'O')")).code).toBe('Request_UnsupportedQuery');
  });

  it('lets everybody read and register, owners change, and administrators alone give roles', async () => {
    const { administrator, developer, owner, asking, entra } = await aTenant();
    const made = await asking(developer, {
      method: 'POST',
      path: '/applications',
      body: { displayName: 'One', appRoles: [ROLE] },
    });
    const { id, appId } = made.body as { id: string; appId: string };
    expect(made.status).toBe(201);
    const rename = (who: typeof owner) =>
      asking(who, { method: 'PATCH', path: `/applications/${id}`, body: { displayName: 'Two' } });
    expect((await asking(owner, { method: 'GET', path: `/applications/${id}` })).status).toBe(200);
    expect(errorOf((await rename(owner)).body).code).toBe('Authorization_RequestDenied');
    expect((await rename(developer)).status).toBe(204);
    await asking(developer, { method: 'POST', path: '/servicePrincipals', body: { appId } });
    const resourceId = entra.principals().find((one) => one.appId === appId)?.objectId;
    const body = { principalId: owner.objectId, resourceId, appRoleId: ROLE.id };
    const give = (who: typeof owner) =>
      asking(who, { method: 'POST', path: `/servicePrincipals/${resourceId}/appRoleAssignedTo`, body });
    expect((await give(developer)).status).toBe(403);
    expect((await give(administrator)).status).toBe(201);
    expect(errorOf((await give(administrator)).body).message).toContain('already exists');
  });

  it('gives an application what its permissions say', async () => {
    const { entra, asking } = await aTenant();
    const reader = entra.createServicePrincipal({ name: 'reader', roles: ['Application.Read.All'] });
    const pipeline = entra.createServicePrincipal({ name: 'pipeline', roles: ['Application.ReadWrite.OwnedBy'] });
    const body = { displayName: 'One' };
    expect((await asking(reader, { method: 'POST', path: '/applications', body })).status).toBe(403);
    expect((await asking(pipeline, { method: 'POST', path: '/applications', body })).status).toBe(201);
    const nobody = entra.createServicePrincipal({ name: 'nobody' });
    expect((await asking(nobody, { method: 'GET', path: '/applications' })).status).toBe(403);
  });

  it('gives no role of people to an application', async () => {
    const { administrator, asking, entra } = await aTenant();
    const made = await asking(administrator, {
      method: 'POST',
      path: '/applications',
      body: { displayName: 'One', appRoles: [ROLE] },
    });
    const { appId } = made.body as { appId: string };
    await asking(administrator, { method: 'POST', path: '/servicePrincipals', body: { appId } });
    const resourceId = entra.principals().find((one) => one.appId === appId)?.objectId;
    const { objectId: principalId } = entra.createServicePrincipal({ name: 'pipeline' });
    const path = `/servicePrincipals/${resourceId}/appRoleAssignedTo`;
    const answer = await asking(administrator, {
      method: 'POST',
      path,
      body: { principalId, resourceId, appRoleId: ROLE.id },
    });
    expect([answer.status, errorOf(answer.body).message]).toEqual([
      400,
      'Permission being assigned is not allowed for a ServicePrincipal.',
    ]);
  });
});
