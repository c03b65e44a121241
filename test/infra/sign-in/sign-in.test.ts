import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { readAppRoles } from '../../../infra/definitions.ts';
import { AZNS } from '../../../infra/sign-in/registration.ts';
import { runSignIn } from '../../../infra/sign-in/run.ts';
import { named } from '../../local/cloud/sdk.ts';
import { aTenant, PAGE } from './directory.ts';

const writesIn = ({ cloud }: Awaited<ReturnType<typeof aTenant>>) =>
  cloud.requests.list({ mutating: true }).filter(({ url }) => url.startsWith('https://graph.microsoft.com'));

describe('The command that makes the app registration', () => {
  it('says first what it would write, and writes nothing', async () => {
    const tenant = await aTenant();
    const { code, said } = await tenant.run(tenant.administrator);
    expect(code).toBe(0);
    expect(said.match(/^Would: /gm)).toHaveLength(6);
    expect(said).toContain("Would: register the application 'CMK Guardian' with the roles Reader, Requester");
    expect(said).toContain('Nothing was written. Run it again with --apply.');
    expect(writesIn(tenant)).toEqual([]);
  });

  it('makes it with --apply, and has nothing to do the second time', async () => {
    const tenant = await aTenant();
    const { code, said } = await tenant.run(tenant.administrator, '--apply');
    const [application] = tenant.entra.registrations.all();
    expect(code).toBe(0);
    expect(application).toMatchObject({
      uniqueName: 'cmk-guardian',
      signInAudience: 'AzureADMyOrg',
      identifierUris: [`api://${application?.appId}`],
      spa: { redirectUris: [PAGE] },
      api: {
        requestedAccessTokenVersion: 2,
        preAuthorizedApplications: [{ delegatedPermissionIds: [expect.any(String)] }],
      },
      appRoles: readAppRoles(),
    });
    expect(said).toContain(`entra_client_id = "${application?.appId}"\nentra_object_id = "${application?.id}"`);
    expect(said).toContain(`GUARDIAN_APPROVER_AUDIENCE=${application?.appId}`);
    const written = writesIn(tenant).length;
    const again = await tenant.run(tenant.administrator, '--apply');
    expect(again.said).toContain('Nothing to do: the registration is as it is to be.');
    expect(again.code).toBe(0);
    expect(writesIn(tenant)).toHaveLength(written);
  });

  it('does what it said, and no more', async () => {
    const tenant = await aTenant();
    const sentences = (said: string, word: string) =>
      said.split('\n').flatMap((line) => line.split(`${word}: `)[1] ?? []);
    const would = sentences((await tenant.run(tenant.administrator)).said, 'Would');
    const done = sentences((await tenant.run(tenant.administrator, '--apply')).said, 'Done');
    expect(done.map((one) => one.replace(/api:\/\/[0-9a-f-]{36}/, 'api://<client id>'))).toEqual(would);
  });

  it('lets action groups and people get tokens with the roles that they were given, and nobody else', async () => {
    const tenant = await aTenant();
    await tenant.run(tenant.administrator, '--apply');
    const { entra, cloud } = tenant;
    const [application] = entra.registrations.all();
    const audience = `api://${application?.appId}`;
    const azns = entra.principals().find(({ appId }) => appId === AZNS);
    if (!azns) throw new Error('There is no service principal of action groups.');
    const claims = decodeJwt(await entra.issue({ principal: azns, audience }));
    expect(claims).toMatchObject({
      aud: application?.appId,
      ver: '2.0',
      azp: AZNS,
      roles: ['ActionGroupsSecureWebhook'],
    });
    const approver = named(cloud, 'approver');
    await expect(entra.issue({ principal: approver, audience })).rejects.toThrow('AADSTS50105');
    const resource = entra.principals().find(({ appId }) => appId === application?.appId);
    const role = application?.appRoles.find(({ value }) => value === 'Approver');
    const answer = await tenant.asking(tenant.administrator, {
      method: 'POST',
      path: `/servicePrincipals/${resource?.objectId}/appRoleAssignedTo`,
      body: { principalId: approver.objectId, resourceId: resource?.objectId, appRoleId: role?.id },
    });
    expect(answer.status).toBe(201);
    const own = decodeJwt(await entra.issue({ principal: approver, audience }));
    expect(own).toMatchObject({ roles: ['Approver'], scp: 'Guardian.Access', aud: application?.appId });
  });

  it('mends what was changed, keeps what others added, and tells of it', async () => {
    const tenant = await aTenant();
    await tenant.run(tenant.administrator, '--apply');
    const { registrations } = tenant.entra;
    const [made] = registrations.all();
    if (!made) throw new Error('Nothing was registered.');
    const stranger = {
      ...made.appRoles[0],
      id: '11111111-1111-4111-8111-111111111111',
      value: 'Auditor',
    } as (typeof made.appRoles)[0];
    const disabled = made.appRoles.map((role) => ({ ...role, isEnabled: role.value !== 'Reader' }));
    const redirectUris = ['https://elsewhere.example/', PAGE];
    registrations.update(made, {
      appRoles: [...disabled, stranger],
      signInAudience: 'AzureADMultipleOrgs',
      spa: { redirectUris },
    });
    const { code, said } = await tenant.run(tenant.administrator, '--apply');
    expect(code).toBe(0);
    expect(said).toContain('Done: let in people of this tenant alone (it says AzureADMultipleOrgs).');
    expect(said).toContain('Done: make the roles Reader as infra/app-roles.json says.');
    expect(said).toContain('Look at this: It also has the role Auditor, which the product does not know.');
    expect(said).toContain('Look at this: People may also come back to https://elsewhere.example/.');
    const [after] = registrations.all();
    expect(after?.appRoles).toEqual([...readAppRoles(), stranger]);
    expect(after?.spa.redirectUris).toEqual(redirectUris);
  });

  it('never believes a name: it refuses those that others have registered, lists them, and takes the one that is named', async () => {
    const tenant = await aTenant();
    const theirs = ['first', 'second'].map(() =>
      tenant.entra.registrations.create({ displayName: 'CMK Guardian' }, null, undefined),
    );
    const refused = await tenant.run(tenant.administrator, '--apply');
    expect(refused.code).toBe(1);
    for (const { appId } of theirs) expect(refused.said).toContain(appId);
    expect(refused.said).toContain('Name the one to take with --client-id, or choose another --name.');
    expect(writesIn(tenant)).toEqual([]);
    const taken = await tenant.run(tenant.administrator, '--apply', '--client-id', theirs[1]?.appId ?? '');
    expect(taken.said).toContain(`entra_client_id = "${theirs[1]?.appId}"`);
    expect(tenant.entra.registrations.all()).toHaveLength(2);
  });

  it('lets its owners be named', async () => {
    const tenant = await aTenant();
    await tenant.run(tenant.administrator, '--apply', '--owner', tenant.owner.objectId);
    const [application] = tenant.entra.registrations.all();
    const owners = tenant.entra.registrations.owners(application?.id ?? '');
    expect(owners).toEqual([tenant.administrator.objectId, tenant.owner.objectId]);
  });

  it('writes nothing into another tenant than the one that was named', async () => {
    const tenant = await aTenant();
    const { code, said } = await tenant.run(
      tenant.administrator,
      '--apply',
      '--tenant',
      '22222222-2222-4222-8222-222222222222',
    );
    expect(code).toBe(1);
    expect(said).toContain('az login --tenant 22222222-2222-4222-8222-222222222222');
    expect(writesIn(tenant)).toEqual([]);
  });

  it('says of a refusal what it takes, keeps what was done, and is gone on with by who may', async () => {
    const tenant = await aTenant();
    const { code, said } = await tenant.run(tenant.developer, '--apply');
    expect(code).toBe(1);
    expect(said).toContain('Done: make its service principal, which lets in only who has a role.');
    expect(said).toMatch(/Could not make the service principal of action groups.*403 Authorization_RequestDenied/);
    expect(said).toContain('It takes the role Application Administrator or Cloud Application Administrator.');
    expect(said).toContain('entra_client_id = ');
    const rest = await tenant.run(tenant.administrator, '--apply');
    expect(rest.said.match(/^Done: /gm)).toHaveLength(2);
    expect(rest.code).toBe(0);
  });

  it('says what it takes where the tenant lets nobody register', async () => {
    const tenant = await aTenant({ switches: { usersRegister: 'forbidden' } });
    const { code, said } = await tenant.run(tenant.developer, '--apply');
    expect(code).toBe(1);
    expect(said).toContain('It takes the right to register applications, or the role Application Developer.');
  });

  it.each([
    [['--tenant', 'contoso.com'], "--tenant is 'contoso.com', which is no GUID."],
    [['--url', 'http://example.com/'], "--url is 'http://example.com/', which is no https URL"],
    [['--cloud', 'moon'], "--cloud is 'moon'; it is one of public, usgov, china."],
    [['--aply'], "Unknown option '--aply'"],
  ])('refuses a wrong command line: %s', async (words, why) => {
    const said: string[] = [];
    const given = ['--tenant', '22222222-2222-4222-8222-222222222222', '--url', PAGE, ...words];
    const token = () => Promise.reject(new Error('A token was asked for.'));
    expect(await runSignIn(given, { token, wait: async () => undefined, say: (text) => said.push(text) })).toBe(2);
    expect(said.join()).toContain(why);
  });
});
