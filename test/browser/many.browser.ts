import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { App } from '../builders/app.ts';
import { openPage } from './open-page.ts';
import { signInAs } from './people.ts';
import { asking } from './stories.ts';

type Line = { readonly key: string; readonly consumer?: { readonly id: string; readonly name: string } };
type List = { readonly value: readonly Line[]; readonly nextLink?: string };

const CONSUMERS = 10_000;

const renamed = (line: Line, n: number): Line => ({
  ...line,
  key: `${line.key}-${n}`,
  ...(line.consumer && {
    consumer: { ...line.consumer, id: `${line.consumer.id}-${n}`, name: `${line.consumer.name}-${n}` },
  }),
});

/** `nextLink`: the list goes on there, page after page, without an end. */
type Many = { readonly consumers: number; readonly nextLink?: string };

/** Repeats the app's answer about one consumer so many times: each with another key, so that no two fold together. */
const multiply = async (page: Page, app: App, { consumers, nextLink }: Many): Promise<void> => {
  const list = (await app.door({ method: 'GET', path: '/api/reconciliations' }, 200)).body as List;
  const [line] = list.value;
  if (!line) throw new Error('Nothing is wrong, and nothing can be multiplied.');
  const value = Array.from({ length: consumers }, (_, n) => renamed(line, n));
  const json = { ...list, value, ...(nextLink !== undefined && { nextLink }) };
  await page.route(/\/api\/reconciliations\?/, (route) => route.fulfill({ json }));
};

it('Ten thousand consumers are at most two hundred rows, and the page still answers', async () => {
  const app = await asking();
  const page = await openPage(app);
  await multiply(page, app, { consumers: CONSUMERS });
  await signInAs(page, app, 'approver');
  await page.getByRole('heading', { name: /10,?000 are down/ }).waitFor();
  const rows = await page.locator('main li, main tr').count();
  expect([rows > 0, rows <= 200]).toEqual([true, true]);
  expect(await page.getByText('and there are more').count()).toBe(0);
  await page.keyboard.press('j');
  expect(await page.locator(':focus').textContent()).toContain('orders-');

  await page.unrouteAll();
  await multiply(page, app, { consumers: 1_000, nextLink: '/api/reconciliations?continue=on' });
  await page.clock.fastForward('00:11');
  await page.getByText('These are the first 12,000, and there are more.').waitFor();
});
