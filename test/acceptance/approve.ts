import { homeTenant } from '../../local/cloud/create-world.ts';
import { keyInstanceId } from '../../src/remediation/model/key-ref.ts';
import type { StepKind } from '../../src/remediation/steps/steps.ts';
import { KEY_NAME, type Subject } from '../builders/breaking/subjects.ts';
import type { Stage } from './scenario.ts';

const AUDIENCE = 'api://cmk-guardian';

/** The product accepts tokens of this tenant for this audience. */
export const PEOPLE = { GUARDIAN_APPROVER_TENANT: homeTenant, GUARDIAN_APPROVER_AUDIENCE: AUDIENCE };

const signedIn = async ({ cloud }: Stage, name: string): Promise<Record<string, string>> => {
  const { entra } = cloud.world;
  const principal = entra.principals().find((one) => one.name === name);
  if (!principal) throw new Error(`There is nobody called ${name}`);
  return { authorization: `Bearer ${await entra.issue({ principal, audience: AUDIENCE, version: '2.0' })}` };
};

const keyOf = ({ vault }: Subject): string => `https://${vault}.vault.azure.net/keys/${KEY_NAME}`;

/**
 * A person with the role Requester asks for a repair. Resolves with the answer of the API: its status, and the reason of a
 * refusal.
 */
export const request = async (stage: Stage, subject: Subject, step: StepKind): Promise<string> => {
  const headers = await signedIn(stage, 'requester');
  const body = { key: keyOf(subject) };
  const { status, body: answer } = await stage.call({
    method: 'POST',
    path: `/api/orchestrators/${step}`,
    headers,
    body,
  });
  return status === 202 ? '' : `${step}: ${status} ${JSON.stringify(answer)}`;
};

/** A person with the role Approver says that the vault was moved. Resolves with the answer of the API, where it is a refusal. */
export const acceptMove = async (stage: Stage, { vault }: Subject, group: string): Promise<string> => {
  const headers = { 'x-functions-key': '', ...(await signedIn(stage, 'approver')) };
  const to = stage.cloud.world.keyVault.vault(vault)?.id;
  const from = to?.replace(/\/resourceGroups\/[^/]+\//, `/resourceGroups/${group}/`);
  const body = { from, to, why: 'moved to the group of its team' };
  const { status, body: answer } = await stage.call({ method: 'POST', path: '/api/vault-moves', headers, body });
  return status === 202 ? '' : `${vault} was moved: ${status} ${JSON.stringify(answer)}`;
};

type Status = { readonly asked?: readonly { readonly planId: string }[] };

const askedOf = async (stage: Stage, { vault }: Subject): Promise<readonly string[]> => {
  const id = keyInstanceId({ host: `${vault}.vault.azure.net`, name: KEY_NAME });
  const { body } = await stage.call({ method: 'GET', path: `/api/reconciliations/${id}` });
  return ((body as Status).asked ?? []).map(({ planId }) => planId);
};

/** Another person, with the role Approver, approves the plan of the subject, as far as its steps are not done yet. */
export const approveAsked = async (stage: Stage, subject: Subject): Promise<void> => {
  for (const planId of await askedOf(stage, subject)) {
    const headers = { 'x-functions-key': '', ...(await signedIn(stage, 'approver')) };
    await stage.call({ method: 'POST', path: `/api/plans/${planId}/approval`, headers, body: {} });
  }
};
