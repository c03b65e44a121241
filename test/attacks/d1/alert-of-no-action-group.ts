import { SignJWT } from 'jose';
import { homeTenant } from '../../../local/cloud/create-world.ts';
import { ALERT_AUDIENCE, groupSender, sentBy } from '../../builders/alerts.ts';
import { type App, MINUTE } from '../../builders/open-app.ts';
import { AUDIENCE, personNamed, signedIn } from '../../builders/people.ts';
import type { Attack } from '../attack.ts';
import { keptAlerts, OPENED } from '../door-apps.ts';
import { functionKey, outcome, verdictOn, writesDuring } from '../witness.ts';

type Headers = Readonly<Record<string, string>>;

const NO_KEY = { 'x-functions-key': '' };
const ELSEWHERE = '77777777-7777-7777-7777-777777777777';

/** A token with all claims of an action group's token, signed without a key of Entra. */
const forged = async (app: App): Promise<Headers> => {
  const { appId = '' } = groupSender(app);
  const claims = { azp: appId, appid: appId, tid: homeTenant, roles: ['ActionGroupsSecureWebhook'] };
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(`https://login.microsoftonline.com/${homeTenant}/v2.0`)
    .setAudience(ALERT_AUDIENCE)
    .setExpirationTime(Math.floor(app.clock.now() / 1_000) + 3_600)
    .sign(new TextEncoder().encode('a secret that Entra does not have'));
  return { ...NO_KEY, authorization: `Bearer ${token}` };
};

const sendersOf = async (app: App): Promise<readonly Headers[]> => {
  const { entra } = app.cloud.world;
  const { appId = '', roles } = groupSender(app);
  const by = async (principal: ReturnType<typeof groupSender>, audience = ALERT_AUDIENCE): Promise<Headers> => ({
    ...NO_KEY,
    authorization: `Bearer ${await entra.issue({ principal, audience, version: '2.0' })}`,
  });
  const foreign = entra.createServicePrincipal({ name: 'their action groups', appId, roles, tenantId: ELSEWHERE });
  return [
    NO_KEY,
    { ...functionKey(app), authorization: 'Bearer x' },
    await forged(app),
    await sentBy(app, { roles: [] }),
    await sentBy(app, { appId: '44444444-4444-4444-4444-444444444444' }),
    await by(groupSender(app), AUDIENCE),
    await by(foreign),
    await by(personNamed(app, 'owner')),
    { ...NO_KEY, ...(await signedIn(app, 'approver')) },
    { ...NO_KEY, 'x-ms-client-principal': Buffer.from('{"claims":[]}').toString('base64') },
  ];
};

export const alertOfNoActionGroup: Attack = {
  item: 'd1',
  sentence:
    'somebody without a token, with a key, with one of their own making, of another audience, tenant, application, of a person or without the role sends alerts',
  plan: OPENED,
  play: async (app) => {
    const statuses: number[] = [];
    const before = (await keptAlerts(app)).length;
    const writes = await writesDuring(app, async () => {
      const send = async (headers: Headers, code = ''): Promise<void> => {
        const call = { method: 'POST', path: `/api/alerts${code}`, body: { of: 'my own' }, headers } as const;
        statuses.push((await app.call(call)).status);
      };
      for (const headers of await sendersOf(app)) await send(headers);
      await send(NO_KEY, '?code=x');
      await app.pass(MINUTE);
    });
    const told = statuses.join(' ');
    return outcome(
      { writes, verdict: `${told}; ${await verdictOn(app, 'kv-told')}` },
      {
        [`every one is turned away (${told})`]: told === '401 401 401 403 403 401 401 403 401 401 308',
        'nothing of it is kept': (await keptAlerts(app)).length === before,
        'nothing is written': writes.length === 0,
      },
    );
  },
};
