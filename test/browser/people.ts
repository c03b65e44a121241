import type { Page } from 'playwright-core';
import { runSignIn } from '../../infra/sign-in/run.ts';
import { homeTenant } from '../../local/cloud/create-world.ts';
import { guid } from '../../local/cloud/draw.ts';
import type { App } from '../builders/app.ts';
import { personNamed } from '../builders/people.ts';
import { sendTo } from '../infra/sign-in/directory.ts';
import { APP } from './watch.ts';

/** The client id of the first registration in a directory: settings name it before the cloud runs. */
const CLIENT_ID = guid('client', homeTenant, 1);

/** The product accepts tokens of this tenant for this audience, as `infra/entra.ts` prints them. */
export const SIGNED_IN = { GUARDIAN_APPROVER_TENANT: homeTenant, GUARDIAN_APPROVER_AUDIENCE: CLIENT_ID };

const GRAPH = 'https://graph.microsoft.com';

/** Makes the app registration by the product's own command, in the name of an administrator. */
const register = async (app: App): Promise<void> => {
  const { entra } = app.cloud.world;
  const administrator = entra.createUser({ name: 'administrator' });
  entra.directoryRoles.give(administrator.objectId, 'Application Administrator');
  const said: string[] = [];
  const code = await runSignIn(['--tenant', homeTenant, '--url', APP, '--apply'], {
    token: () => entra.issue({ principal: administrator, audience: GRAPH }),
    send: sendTo(app.cloud),
    wait: async () => undefined,
    say: (text) => said.push(text),
  });
  if (code !== 0 || !entra.registrations.find(CLIENT_ID)) throw new Error(said.join('\n'));
};

/** Gives a person a role in the registration, as an administrator does in the portal. */
export const giveRole = ({ cloud }: App, name: string, role: string): void => {
  const { entra } = cloud.world;
  const resource = entra.principals().find(({ appId }) => appId === CLIENT_ID);
  const found = entra.registrations.find(CLIENT_ID)?.appRoles.find(({ value }) => value === role);
  const person = entra.principals().find((one) => one.name === name);
  if (!resource || !found || !person) throw new Error(`${name} cannot be given the role ${role}`);
  const { objectId: principalId } = person;
  const names = { principalDisplayName: name, principalType: 'User', resourceDisplayName: resource.name } as const;
  entra.registrations.assign({ ...names, appRoleId: found.id, principalId, resourceId: resource.objectId });
};

const PEOPLE = { reader: 'Reader', requester: 'Requester', operator: 'Operator', approver: 'Approver' } as const;

/** Lets people sign in: each person of the world has the role in their name. */
export const letPeopleIn = async (app: App): Promise<void> => {
  await register(app);
  for (const [name, role] of Object.entries(PEOPLE)) giveRole(app, name, role);
};

/** Goes from the page to Entra, chooses an account there, and comes back. */
export const signInAs = async (page: Page, app: App, name: string): Promise<void> => {
  await page.getByRole('button', { name: /^(Sign in|로그인)$/ }).click();
  const { objectId } = personNamed(app, name);
  await page.locator(`button[value="${objectId}"]`).click();
  await page.getByRole('button', { name, exact: true }).waitFor();
};

/** Signs out by the menu with the person's name; Entra ends the session too. */
export const signOut = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
};
