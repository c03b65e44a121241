import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { MINUTE, NEXT_SWEEP } from '../builders/app.ts';
import { isDown, serves, VAULT } from '../builders/incident.ts';
import { violationsOn } from './axe.ts';
import { openPage, picture, shoot, type Viewer } from './open-page.ts';
import { signInAs } from './people.ts';
import { asking, atRest } from './stories.ts';

const PHONE = { width: 375, height: 812 };
const PICTURE = { width: 1024, height: 640 };
const DESK = { width: 1280, height: 800 };

const VIEWERS: readonly (readonly [string, Viewer])[] = [
  ['in English, in light', { locale: 'en-US', colorScheme: 'light', viewport: DESK }],
  ['in English, in dark', { locale: 'en-US', colorScheme: 'dark', viewport: DESK }],
  ['in Korean, in dark, on a phone', { locale: 'ko-KR', colorScheme: 'dark', viewport: PHONE }],
  ['in Korean, in light, on a phone', { locale: 'ko-KR', colorScheme: 'light', viewport: PHONE }],
];

/** Waits until the view has all its content: no part of it is a placeholder any more. */
const settled = async (page: Page): Promise<void> => {
  await page.locator('main h1').first().waitFor();
  await page.locator('main .fui-Skeleton').first().waitFor({ state: 'detached' });
};

/** Waits until the plan is read, and the button has its label. */
const sheetSettled = (page: Page): Promise<void> =>
  page
    .getByRole('dialog')
    .locator('button:enabled', { hasText: /extend|연장/i })
    .waitFor();

/** The pixels by which the page is wider than the window: a reader would have to scroll sideways. */
const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

const faultsOfView = async (page: Page, name: string): Promise<readonly string[]> => {
  const [violations, overflow] = [await violationsOn(page), await overflowOf(page)];
  return [...violations, ...(overflow > 0 ? [`is ${overflow} px wider than the window`] : [])].map(
    (fault) => `${name}: ${fault}`,
  );
};

/** Elements that open over a view: both menus, the list of keys, and the sheet of an override. */
const OPENED = [
  { name: 'menu of a row', open: (page: Page) => page.locator('main .more').first().click(), is: 'menu' },
  { name: 'menu of the person', open: (page: Page) => page.locator('.you').click(), is: 'menu' },
  { name: 'keys', open: (page: Page) => page.keyboard.press('?'), is: 'dialog' },
  { name: 'override', open: (page: Page) => page.locator('.foot button').click(), is: 'dialog' },
] as const;

const faultsOfOpened = async (page: Page, viewer: string): Promise<readonly string[]> => {
  const faults: string[] = [];
  await page.locator('main .more').first().waitFor();
  for (const { name, open, is } of OPENED) {
    await open(page);
    const opened = page.getByRole(is).first();
    await opened.waitFor();
    faults.push(...(await faultsOfView(page, name)));
    await shoot(page, `${viewer} ${name}`);
    await page.keyboard.press('Escape');
    await opened.waitFor({ state: 'detached' });
  }
  return faults;
};

describe('Every view', () => {
  it.each(VIEWERS)('can be used by everybody, and fits the window, %s', async (name, viewer) => {
    const app = await asking();
    // A moving element is between two colours: contrast counts only after the movement.
    const page = await openPage(app, { viewer: { ...viewer, reducedMotion: 'reduce' } });
    const faults = [...(await faultsOfView(page, 'sign-in'))];
    await signInAs(page, app, 'approver');
    expect(await page.locator('html').getAttribute('lang')).toBe((viewer.locale ?? '').slice(0, 2));
    const views = await page.getByRole('navigation').getByRole('link').all();
    expect(views.length).toBeGreaterThanOrEqual(2);
    for (const view of views) {
      const title = (await view.textContent()) ?? '';
      await view.click();
      await page.locator('nav [aria-current=page]', { hasText: title }).waitFor();
      await settled(page);
      faults.push(...(await faultsOfView(page, title)));
      await shoot(page, `${name} ${title}`);
    }
    await views[0]?.click();
    faults.push(...(await faultsOfOpened(page, name)));
    await page.locator('[data-approve]').click();
    await sheetSettled(page);
    faults.push(...(await faultsOfView(page, 'approval')));
    await shoot(page, `${name} approval`);
    expect(faults).toEqual([]);
  });

  it('shows what is wrong, and what a yes would write', async () => {
    const app = await asking();
    const page = await openPage(app, { viewer: { reducedMotion: 'reduce', viewport: PICTURE } });
    await signInAs(page, app, 'approver');
    await settled(page);
    await picture(page, 'now');
    await page.locator('[data-approve]').click();
    await sheetSettled(page);
    await picture(page, 'approval');
  });

  it('shows an incident that was healed to everybody', async () => {
    const app = await atRest();
    app.cloud.world.keyVault.deleteKey(VAULT, 'cmk');
    await app.until('orders is down', () => isDown(app, 'orders'), 15 * MINUTE);
    await app.until('orders serves again', () => serves(app, 'orders'), 30 * MINUTE);
    await app.pass(NEXT_SWEEP);
    const page = await openPage(app, { at: '/api/ui#/incidents', viewer: { viewport: PICTURE } });
    await signInAs(page, app, 'reader');
    await page.getByRole('main').getByRole('link').first().click();
    await settled(page);
    expect(await faultsOfView(page, 'incident')).toEqual([]);
    await picture(page, 'incident');
  });
});
