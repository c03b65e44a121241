import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inOne } from '../../../page/sign-in/renewal.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Entra, which issues one token after the other, or does not answer. */
const issuer = () => {
  const entra = { issued: 0, isReachable: true };
  const renew = inOne(async () => {
    if (!entra.isReachable) throw new Error('nobody answers there');
    entra.issued += 1;
    return `token ${entra.issued}`;
  });
  return { entra, renew };
};

describe('A renewal', () => {
  it('is one for all requests that are refused at once', async () => {
    const { renew } = issuer();
    expect(await Promise.all([renew(), renew(), renew()])).toEqual(['token 1', 'token 1', 'token 1']);
  });

  it('is asked for once a minute at most, however often an app that accepts no token at all refuses them', async () => {
    const { entra, renew } = issuer();
    for (let second = 0; second < 120; second += 10) {
      await renew();
      vi.advanceTimersByTime(10_000);
    }
    expect(entra.issued).toBe(2);
    expect(await renew()).toBe('token 3');
  });

  it('that fails is tried again', async () => {
    const { entra, renew } = issuer();
    entra.isReachable = false;
    await expect(Promise.all([renew(), renew()])).rejects.toThrow('nobody answers');
    entra.isReachable = true;
    expect(await renew()).toBe('token 1');
  });
});
