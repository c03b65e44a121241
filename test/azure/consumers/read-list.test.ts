import { describe, expect, it } from 'vitest';
import { readList } from '../../../src/azure/consumers/read-list.ts';

type Page = readonly string[];

/** A list that shows these pages, and then answers with an error. */
const refusing = (code: string, statusCode = 409, pages: readonly Page[] = []) =>
  async function* (): AsyncGenerator<Page> {
    yield* pages;
    throw Object.assign(new Error(code), { statusCode, details: { error: { code, message: 'because' } } });
  };

async function* showing(...pages: readonly Page[]): AsyncGenerator<Page> {
  yield* pages;
}

const listed = (pages: () => AsyncIterable<Page>) =>
  readList('the servers', { id: '/subscriptions/s' }, pages, (name) => name.toUpperCase());

describe('a list of consumers', () => {
  it('is empty where the subscription cannot have any', async () => {
    expect(await listed(refusing('MissingSubscriptionRegistration'))).toEqual({ kind: 'present', value: [] });
  });

  it.each([
    ['NoRegisteredProviderFound', 400],
    ['InvalidResourceType', 404],
  ])('is unknown, and not empty, where Azure does not serve the api-version (%s)', async (code, status) => {
    expect(await listed(refusing(code, status))).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('refuses the api-version'),
    });
  });

  it('is unknown where it was refused for another reason', async () => {
    expect(await listed(refusing('AuthorizationFailed', 403))).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(
        /^the servers of \/subscriptions\/s: the product has no role there.*AuthorizationFailed/,
      ),
    });
  });

  it('is what is kept of each resource of each page', async () => {
    expect(await listed(() => showing(['a', 'b'], [], ['c']))).toEqual({ kind: 'present', value: ['A', 'B', 'C'] });
  });

  it('is unknown as a whole where a later page is refused', async () => {
    expect(await listed(refusing('AuthorizationFailed', 403, [['a'], ['b']]))).toMatchObject({ kind: 'unknown' });
  });

  it('asks for a page only when the page before it was taken', async () => {
    const told: string[] = [];
    async function* pages(): AsyncGenerator<Page> {
      for (const name of ['a', 'b']) {
        told.push(`page with ${name}`);
        yield [name];
      }
    }
    await readList('the servers', { id: '/subscriptions/s' }, pages, (name) => told.push(`kept ${name}`));
    expect(told).toEqual(['page with a', 'kept a', 'page with b', 'kept b']);
  });
});
