import { homeTenant } from '../../local/cloud/create-world.ts';
import type { StepKind } from '../../src/remediation/steps.ts';
import { KEY_NAME, type Subject } from '../builders/breaking/subjects.ts';
import type { Stage } from './scenario.ts';

const AUDIENCE = 'api://cmk-guardian';

/** Whose tokens the product believes. */
export const PEOPLE = { GUARDIAN_APPROVER_TENANT: homeTenant, GUARDIAN_APPROVER_AUDIENCE: AUDIENCE };

const signedIn = async ({ cloud }: Stage, name: string): Promise<Record<string, string>> => {
  const { entra } = cloud.world;
  const principal = entra.principals().find((one) => one.name === name);
  if (!principal) throw new Error(`There is nobody called ${name}`);
  return { authorization: `Bearer ${await entra.issue({ principal, audience: AUDIENCE, version: '2.0' })}` };
};

const keyOf = ({ vault }: Subject): string => `https://${vault}.vault.azure.net/keys/${KEY_NAME}`;

/** Somebody with the role Requester asks for a repair. Resolves with the door's answer: its status, and why not. */
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

type Row = { readonly keyId: string; readonly asked?: readonly { readonly planId: string }[] };

/** Somebody else, with the role Approver, says yes to whatever is asked of these subjects. */
export const approveAll = async (stage: Stage, subjects: readonly Subject[]): Promise<void> => {
  const { body } = await stage.call({ method: 'GET', path: '/api/reconciliations' });
  const rows = (body as { value?: readonly Row[] } | undefined)?.value ?? [];
  const wanted = new Set(subjects.map(keyOf));
  const plans = rows.filter(({ keyId }) => wanted.has(keyId)).flatMap(({ asked = [] }) => asked);
  for (const { planId } of plans) {
    const headers = { 'x-functions-key': '', ...(await signedIn(stage, 'approver')) };
    await stage.call({ method: 'POST', path: `/api/plans/${planId}/approval`, headers, body: {} });
  }
};
