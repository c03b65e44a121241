import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import { ROUTES } from '../../src/surface.ts';
import { enter } from '../../src/web/enter.ts';
import { watchedBody } from '../builders/request.ts';

const tokens = {
  issuers: ['https://login.example'],
  audience: 'api://cmk-guardian',
  jwksUrl: 'https://login.example/keys',
  tenantId: 'tenant',
  authorizeUrl: 'https://login.example/authorize',
};
const alertTokens = { ...tokens, application: 'azns' };
/** A guardian with settings and no other parts. */
const guardian = { settings: { approval: { validity: 'P1D', tokens }, alertTokens } } as unknown as Guardian;

describe('A body is not read, nor is a door called,', () => {
  it.each(ROUTES.filter(({ opens }) => opens !== 'anybody'))(
    'before it is known who is there, where it is that of $name',
    async (one) => {
      for (const authorization of [undefined, 'Bearer x', `Bearer${' '.repeat(100_000)}`, 'Basic x']) {
        const { body, isRead } = watchedBody('{"why":');
        let isCalled = false;
        const door = async () => {
          isCalled = true;
          return { status: 200 };
        };
        const request = {
          params: {},
          query: new URLSearchParams(),
          body,
          showsKey: false,
          ...(authorization !== undefined && { authorization }),
        };
        const answer = await enter(
          { one, way: 'token', row: { query: z.strictObject({}) }, door },
          request,
          guardian,
          {} as Durable,
        );
        expect([answer.status, isRead(), isCalled]).toEqual([401, false, false]);
      }
    },
  );
});
