import { describe, expect, it } from 'vitest';
import { type App, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import {
  flexible,
  history,
  isDown,
  ledgerOf,
  linesOf,
  orders,
  serves,
  VAULT,
  writes,
} from '../../builders/incident.ts';
import { statusOf } from '../../builders/people.ts';
import { repeated } from '../../run/exhaustive.ts';

const PATCH = /^PATCH .*\/flexibleServers\/web$/;

/** The server's identity loses its permissions on the key, and gets them back when the server is down. */
const loseAndRegain = async (app: App): Promise<void> => {
  const { keyVault, entra } = app.cloud.world;
  const principal = entra.principals().find(({ resourceId }) => resourceId?.endsWith('web-identity'));
  const keys = ['get', 'list', 'wrapKey', 'unwrapKey'];
  const policy = [{ tenantId: entra.tenantId, objectId: principal?.objectId ?? '', permissions: { keys } }];
  keyVault.changePolicies(VAULT, 'remove', policy);
  await app.until('web is down', () => isDown(app, 'web'), 15 * MINUTE);
  keyVault.changePolicies(VAULT, 'add', policy);
};

describe('a flexible server that is inaccessible while its key is fine again', () => {
  it('serves again after one PATCH of the encryption that it has', async () => {
    const app = await startApp({ world: orders([flexible('web')]), wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    await loseAndRegain(app);
    await app.until('web serves again', () => serves(app, 'web'), 30 * MINUTE);
    await app.pass(NEXT_SWEEP);
    expect(history(app, 'web')).toEqual(['keyLost', 'refused', 'ready']);
    expect(writes(app)).toEqual([expect.stringMatching(PATCH)]);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });

  repeated(
    'is left to a human, with the steps to take, where Azure ignores that PATCH: it is not sent again',
    async () => {
      const switches = { flexibleNoChangePatch: 'ignored' } as const;
      const app = await startApp({ world: orders([flexible('web')]), wake: 'sweep', switches });
      await app.pass(NEXT_SWEEP);
      await loseAndRegain(app);
      await app.pass(HOUR);
      expect(isDown(app, 'web')).toBe(true);
      expect(writes(app)).toEqual([expect.stringMatching(PATCH)]);
      const { verdict, decision } = await statusOf(app);
      expect(verdict).toBe('report');
      expect(decision.notes).toContainEqual(expect.stringContaining('choose Revalidate'));
    },
  );
});
