import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { openFront } from '../../../local/front/front.ts';
import { SIGN_IN, TOKEN } from '../../../local/front/sign-in.ts';
import { aCloud, named } from '../cloud/sdk.ts';

const AUDIENCE = 'api://cmk-guardian';
const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

const signIn = { authority: 'https://login.microsoftonline.com/x', scope: 'y/.default' };

/** A server in the app's place; it records its requests, with their host names. */
const anApp = async (settings: object): Promise<number> => {
  const server = http.createServer(({ url, method, headers }, response) => {
    const answer = url === '/api/client-settings' ? settings : { url, method, host: headers.host };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.push(() => new Promise((resolve) => server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
};

const aFront = async (settings: object = { version: '1', signIn }) => {
  const cloud = await aCloud({ world: 'mysql-single' });
  const port = await anApp(settings);
  const front = await openFront({ cloud, clock: cloud.world.clock, audience: AUDIENCE, appPort: () => port });
  running.push(front.close);
  const { origin } = new URL(front.page);
  const ask = (path: string, init: RequestInit = {}) => fetch(`${origin}${path}`, { redirect: 'manual', ...init });
  const choose = (person: string, back = '/api/ui#/now') =>
    ask(SIGN_IN, { method: 'POST', body: new URLSearchParams({ person, back }) });
  return { cloud, origin, ask, choose };
};

const cookieOf = (answer: Response): string => answer.headers.get('set-cookie')?.split(';')[0] ?? '';

describe('the front of npm start', () => {
  it('hands everything to the app by its own name, and leads whoever comes to the page', async () => {
    const { ask, origin } = await aFront();
    expect(await (await ask('/api/reconciliations?limit=1')).json()).toEqual({
      ...{ url: '/api/reconciliations?limit=1', method: 'GET', host: new URL(origin).host },
    });
    expect((await ask('/')).headers.get('location')).toBe('/api/ui');
  });

  it('says to the page where people sign in here, beside what the app says', async () => {
    const { ask } = await aFront();
    const settings = { version: '1', signIn: { ...signIn, handedBy: SIGN_IN } };
    expect(await (await ask('/api/client-settings')).json()).toEqual(settings);
  });

  it('leaves it to the key where nobody signs in', async () => {
    const { ask } = await aFront({ version: '1' });
    expect(await (await ask('/api/client-settings')).json()).toEqual({ version: '1' });
  });

  it('lets a person choose who they are, and hands the page a token of theirs', async () => {
    const { ask, choose, cloud } = await aFront();
    const page = await (await ask(`${SIGN_IN}?back=/api/ui%23/now`)).text();
    for (const { name, roles } of ['reader', 'requester', 'operator', 'approver'].map((one) => named(cloud, one)))
      expect([page.includes(`>${name}<`), page.includes(String(roles[0]))]).toEqual([true, true]);
    expect((await ask(TOKEN)).status).toBe(401);

    const chosen = await choose(named(cloud, 'approver').objectId);
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, '/api/ui#/now']);
    const cookie = cookieOf(chosen);
    const handed = (await (await ask(TOKEN, { headers: { cookie } })).json()) as { token: string };
    expect(handed).toMatchObject({ name: 'approver', roles: ['Approver'] });
    expect(decodeJwt(handed.token)).toMatchObject({ aud: AUDIENCE, roles: ['Approver'], ver: '2.0' });

    const left = await ask(TOKEN, { method: 'DELETE', headers: { cookie } });
    expect(left.headers.get('set-cookie')).toContain('Max-Age=0');
  });

  it.each(['https://thief.example/', '//thief.example/', '/\\thief.example/', ''])(
    'leads nobody away from itself: %s',
    async (back) => {
      const { choose, cloud } = await aFront();
      const chosen = await choose(named(cloud, 'approver').objectId, back);
      expect(chosen.headers.get('location')).toBe('/api/ui');
    },
  );

  it('vouches for nobody who is not in the world', async () => {
    const { ask, choose, cloud } = await aFront();
    expect((await choose('11111111-1111-4111-8111-111111111111')).status).toBe(400);
    expect((await choose(named(cloud, 'owner').objectId)).status).toBe(400);
    expect((await ask(TOKEN, { headers: { cookie: 'local-person=nobody' } })).status).toBe(401);
  });

  it('answers to the names of this machine alone', async () => {
    const { origin } = await aFront();
    const { port } = new URL(origin);
    const status = await new Promise((resolve) =>
      http.get({ port, host: '127.0.0.1', path: TOKEN, headers: { host: `thief.example:${port}` } }, (answer) =>
        resolve(answer.resume().statusCode),
      ),
    );
    expect(status).toBe(421);
  });
});
