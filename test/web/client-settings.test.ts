import { describe, expect, it } from 'vitest';
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import { getClientSettings } from '../../src/web/client-settings.ts';
import { VERSION } from '../../src/web/version.ts';
import { requestWith } from '../builders/request.ts';

const TENANT = '11111111-1111-1111-1111-111111111111';
const CLIENT = '22222222-2222-2222-2222-222222222222';

const toldBy = async (audience?: string): Promise<unknown> => {
  const tokens = {
    issuers: [],
    audience,
    jwksUrl: '',
    tenantId: TENANT,
    authorizeUrl: `https://login.chinacloudapi.cn/${TENANT}/oauth2/v2.0/authorize`,
  };
  const approval = { validity: 'P1D', ...(audience !== undefined && { tokens }) };
  const guardian = { settings: { approval } } as unknown as Guardian;
  return (await getClientSettings(requestWith({}), guardian, {} as Durable)).body;
};

describe('The settings of clients', () => {
  it.each([CLIENT, `api://${CLIENT}`])(
    'name the registration and what to ask for, where the audience is %s',
    async (audience) => {
      expect(await toldBy(audience)).toEqual({
        version: VERSION,
        signIn: {
          tenantId: TENANT,
          authority: `https://login.chinacloudapi.cn/${TENANT}`,
          audience,
          scope: `${CLIENT}/.default`,
          clientId: CLIENT,
        },
      });
    },
  );

  it('leave the registration out where the audience does not name it', async () => {
    const { signIn } = (await toldBy('api://guardian')) as { signIn: object };
    expect(signIn).toMatchObject({ scope: 'api://guardian/.default' });
    expect(signIn).not.toHaveProperty('clientId');
  });

  it('say nothing of signing in where nobody can', async () => {
    expect(await toldBy()).toEqual({ version: VERSION });
  });
});
