import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openServedVersion, type ReadServed } from '../../../src/azure/connection/served-version.ts';

const NEWEST = '2026-02-01';
const EARLIER = '2025-05-01';
const DAY = 86_400_000;

const refused = (): Error =>
  Object.assign(new Error('No registered resource provider found'), {
    statusCode: 400,
    code: 'NoRegisteredProviderFound',
  });
const forbidden = (): Error => Object.assign(new Error('not yours'), { statusCode: 403, code: 'AuthorizationFailed' });

type Sent = { readonly version: string; readonly answer: (by: string) => void; readonly fail: (error: Error) => void };

/** Reads that end when the test says so. */
const reads = (served: ReadServed) => {
  const sent: Sent[] = [];
  const begin = (): Promise<unknown> =>
    served(
      (version) => new Promise((resolve, reject) => void sent.push({ version, answer: resolve, fail: reject })),
    ).catch((error: Error) => error.message);
  const versions = () => sent.map(({ version }) => version);
  return { begin, sent, versions };
};

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('An api-version that Azure may not serve yet', () => {
  beforeEach(() => void vi.useFakeTimers({ toNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }));
  afterEach(() => void vi.useRealTimers());

  it('is asked for by one read, whose answer the others wait for', async () => {
    const { begin, sent, versions } = reads(openServedVersion([NEWEST, EARLIER]));
    const all = [begin(), begin(), begin()];
    await settled();
    expect(versions()).toEqual([NEWEST]);
    sent[0]?.fail(refused());
    await settled();
    sent[1]?.answer('there');
    await settled();
    expect(versions()).toEqual([NEWEST, EARLIER, EARLIER, EARLIER]);
    for (const { answer } of sent.slice(2)) answer('there');
    expect(await Promise.all(all)).toEqual(['there', 'there', 'there']);
  });

  it('holds up no read behind another once one was answered by what says nothing of the version', async () => {
    const { begin, sent, versions } = reads(openServedVersion([NEWEST, EARLIER]));
    const first = begin();
    await settled();
    sent[0]?.fail(forbidden());
    expect(await first).toBe('not yours');
    void begin();
    void begin();
    await settled();
    expect(versions()).toEqual([NEWEST, NEWEST, NEWEST]);
  });

  it('is asked for again a day after it was refused, by one read', async () => {
    const { begin, sent, versions } = reads(openServedVersion([NEWEST, EARLIER]));
    const first = begin();
    await settled();
    sent[0]?.fail(refused());
    await settled();
    sent[1]?.answer('there');
    await first;
    vi.setSystemTime(Date.now() + DAY);
    void begin();
    void begin();
    await settled();
    expect(versions()).toEqual([NEWEST, EARLIER, NEWEST]);
    sent[2]?.answer('there');
    await settled();
    expect(versions()).toEqual([NEWEST, EARLIER, NEWEST, NEWEST]);
  });
});
