import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { App } from '../builders/app.ts';
import { cleanUpAfterEach } from '../run/clean-up.ts';
import { theBrowser } from './chromium.ts';
import { APP, watch } from './watch.ts';

/** The browser of a viewer: languages, theme and window. */
export type Viewer = Pick<BrowserContextOptions, 'locale' | 'colorScheme' | 'viewport' | 'reducedMotion'>;

/** The folder for the pictures of a run; git ignores it. */
const SHOTS = path.join(import.meta.dirname, '../../.screenshots');

/** The folder of the documents' pictures; set when they are to be made anew. */
const pictures = (): string | undefined => process.env['PAGE_PICTURES'];

const closings: (() => Promise<readonly string[]>)[] = [];

cleanUpAfterEach(async () => {
  const faults: string[] = [];
  for (const close of closings.splice(0)) faults.push(...(await close()));
  expect(faults).toEqual([]);
});

const fileFor = (name: string): string =>
  path.join(SHOTS, `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 120)}.png`);

/** Takes a picture of the page as it is, for people to look at. */
export const shoot = async (page: Page, name: string): Promise<void> => {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: fileFor(name), fullPage: true });
};

/** The same for pictures of the documents: they are replaced only on request, since no two runs are alike. */
export const picture = async (page: Page, name: string): Promise<void> => {
  await shoot(page, name);
  const folder = pictures();
  if (folder !== undefined) await page.screenshot({ path: path.join(folder, `${name}.png`) });
};

/**
 * A window of one person on the app's page, behind the local cloud's proxy, like a machine in Azure. Time follows the wall clock
 * while the window is open. A forbidden act of the page fails the test, and each window leaves a picture of its end.
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
  // A watchdog, no limit: on a busy machine the first load of the page has taken half a minute.
  page.setDefaultTimeout(180_000);
  await page.clock.install();
  closings.push(async () => {
    await shoot(page, expect.getState().currentTestName ?? 'page').catch(() => undefined);
    await context.close();
    unfollow();
    return faults();
  });
  await page.goto(`${APP}${at}`);
  return page;
};
