import type { HostAnswer } from '../../local/call-host.ts';
import { homeTenant } from '../../local/cloud/create-world.ts';
import { keyInstanceId } from '../../src/remediation/model/key-ref.ts';
import { VAULT } from './incident.ts';
import type { App } from './open-app.ts';

export const AUDIENCE = 'api://cmk-guardian';

/** The product accepts tokens of the world's tenant. */
export const PEOPLE = { GUARDIAN_APPROVER_TENANT: homeTenant, GUARDIAN_APPROVER_AUDIENCE: AUDIENCE };

/** The settings of a product that asks before every step. */
export const APPROVE = { GUARDIAN_MODE: 'approve', ...PEOPLE };

/** The people of every world are reader, requester, operator, approver and owner; another may join with roles of their own. */
export const join = ({ cloud }: App, name: string, roles: string[]) => cloud.world.entra.createUser({ name, roles });

export const personNamed = ({ cloud }: App, name: string) => {
  const found = cloud.world.entra.principals().find((one) => one.name === name);
  if (!found) throw new Error(`There is nobody called ${name}`);
  return found;
};

/** The header of a person who has just signed in. */
export const signedIn = async (
  app: App,
  name: string,
  token: { readonly seconds?: number; readonly audience?: string } = {},
): Promise<Record<string, string>> => {
  const claims = { principal: personNamed(app, name), audience: AUDIENCE, version: '2.0' as const, ...token };
  return { authorization: `Bearer ${await app.cloud.world.entra.issue(claims)}` };
};

export const INSTANCE = keyInstanceId({ host: `${VAULT}.vault.azure.net`, name: 'cmk' });

type Asked = { readonly planId: string };
type Plan = { readonly planId: string; readonly steps: readonly { readonly kind: string; readonly target: string }[] };
export type Status = {
  readonly verdict: string;
  readonly runtimeStatus: string;
  readonly incident?: string;
  readonly asked: readonly Asked[];
  readonly decision: {
    readonly kind: string;
    readonly findings: readonly { readonly kind: string }[];
    readonly plan: Plan;
    readonly notes: readonly string[];
  };
};

/** The answer of GET for the key. */
export const statusOf = async (app: App): Promise<Status> =>
  (await app.door({ method: 'GET', path: `/api/reconciliations/${INSTANCE}` }, 200)).body as Status;

/** The newest plan that is asked. */
export const askedPlan = async (app: App): Promise<string> => {
  const [newest] = (await statusOf(app)).asked;
  if (!newest) throw new Error('No plan is asked');
  return newest.planId;
};

const LIFTED = `why=${encodeURIComponent('it is over')}`;

/** Lifts every pause: with the master key, or where people approve, in the name of a person. */
export const liftPause = async (app: App, by?: string): Promise<void> => {
  const headers = by === undefined ? {} : await signedIn(app, by);
  await app.door({ method: 'DELETE', path: `/api/pause?${LIFTED}`, headers }, 204);
};

/** The same of a do-not-heal record. */
export const liftDoNotHeal = async (app: App, target: string, by?: string): Promise<void> => {
  const headers = by === undefined ? {} : await signedIn(app, by);
  await app.door(
    { method: 'DELETE', path: `/api/do-not-heal?target=${encodeURIComponent(target)}&${LIFTED}`, headers },
    204,
  );
};

/** Approves a plan in the name of a person, with a fresh token unless other headers are given. */
export const approve = async (
  app: App,
  planId: string,
  by: string,
  more: { readonly expires?: string; readonly headers?: Record<string, string> } = {},
): Promise<HostAnswer> => {
  const { expires, headers = await signedIn(app, by) } = more;
  return app.call({
    method: 'POST',
    path: `/api/plans/${planId}/approval`,
    headers: { 'x-functions-key': '', ...headers },
    body: { ...(expires !== undefined && { expires }) },
  });
};

/** Rejects a plan in the name of a person. */
export const reject = async (app: App, planId: string, by: string, why: string): Promise<HostAnswer> =>
  app.call({
    method: 'POST',
    path: `/api/plans/${planId}/rejection`,
    headers: { 'x-functions-key': '', ...(await signedIn(app, by)) },
    body: { why },
  });

export const errorCode = ({ body }: HostAnswer): string | undefined =>
  (body as { error?: { code?: string } } | undefined)?.error?.code;
