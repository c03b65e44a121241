import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { App } from '../builders/app.ts';
import { theBrowser } from './chromium.ts';
import { APP, watch } from './watch.ts';

/** How somebody looks at the page: their languages, theme and window. */
export type Viewer = Pick<BrowserContextOptions, 'locale' | 'colorScheme' | 'viewport' | 'reducedMotion'>;

/** What is left of a run to look at; git ignores it. */
const SHOTS = path.join(import.meta.dirname, '../../.screenshots');

const closings: (() => Promise<readonly string[]>)[] = [];

afterEach(async () => {
  const faults: string[] = [];
  for (const close of closings.splice(0)) faults.push(...(await close()));
  expect(faults).toEqual([]);
});

const shotName = (): string =>
  (expect.getState().currentTestName ?? 'page').replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 120);

/**
 * A window of one person on the app's page, behind the local cloud's proxy, as their machine stands in Azure. Time follows the
 * wall while it is open. What the page must never do fails the test, and each window leaves a picture of its end.
 */
export const openPage = async (app: App, { viewer = {}, at = '/api/ui' }: { viewer?: Viewer; at?: string } = {}) => {
  const browser = await theBrowser();
  const context = await browser.newContext({
    ...{ locale: 'en-US', viewport: { width: 1280, height: 800 }, timezoneId: 'Asia/Seoul' },
    ...viewer,
    proxy: { server: `http://127.0.0.1:${app.cloud.port}` },
  });
  const faults = watch(context);
  const unfollow = app.clock.followWall();
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  closings.push(async () => {
    mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: path.join(SHOTS, `${shotName()}.png`), fullPage: true }).catch(() => undefined);
    await context.close();
    unfollow();
    return faults();
  });
  await page.goto(`${APP}${at}`);
  return page;
};

/** The same, of the window in another place. */
export const goTo = async (page: Page, place: string): Promise<void> => {
  await page.goto(`${APP}${place}`);
};
