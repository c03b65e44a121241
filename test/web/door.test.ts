import { describe, expect, it } from '@jest/globals';
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import { type Door, open } from '../../src/web/door.ts';

/** A door that shows what it was given. */
const mirror: Door = async ({ body }) => ({ status: 200, body });
const send = (text: string) =>
  open(mirror, { params: {}, query: new URLSearchParams(), text }, {} as Guardian, {} as Durable);

describe('a request', () => {
  it('comes in with its body', async () => {
    expect(await send('{"why":"maintenance"}')).toEqual({ status: 200, body: { why: 'maintenance' } });
  });

  it.each(['', '  \n'])('comes in without one: %p', async (text) => {
    expect(await send(text)).toEqual({ status: 200, body: undefined });
  });

  it.each(['{"expires":"2026-11-22T09:05:00Z"', 'why=maintenance', '{]'])('is refused with %p', async (text) => {
    expect(await send(text)).toMatchObject({ status: 400, body: { error: { code: 'BadJson' } } });
  });
});
