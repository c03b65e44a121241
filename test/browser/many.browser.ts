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

/** What the app says of one consumer, said of so many: each of another key, so that none folds into another. */
const multiply = async (page: Page, app: App): Promise<void> => {
  const list = (await app.door({ method: 'GET', path: '/api/reconciliations' }, 200)).body as List;
  const [line] = list.value;
  if (!line) throw new Error('Nothing is wrong, and nothing can be multiplied.');
  const json = { ...list, value: Array.from({ length: CONSUMERS }, (_, n) => renamed(line, n)) };
  await page.route(/\/api\/reconciliations\?/, (route) => route.fulfill({ json }));
};

it('Ten thousand consumers are at most two hundred rows, and the page still answers', async () => {
  const app = await asking();
  const page = await openPage(app);
  await multiply(page, app);
  await signInAs(page, app, 'approver');
  await page.getByRole('heading', { name: /10,?000 are down/ }).waitFor();
  const rows = await page.locator('main li, main tr').count();
  expect([rows > 0, rows <= 200]).toEqual([true, true]);
  await page.keyboard.press('j');
  expect(await page.locator(':focus').textContent()).toContain('orders-');
});
