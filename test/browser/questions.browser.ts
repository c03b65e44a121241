import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { type App, MINUTE, NEXT_SWEEP, startApp } from '../builders/app.ts';
import { flexible, isDown, loseOrders, orders, serves, single, writes } from '../builders/incident.ts';
import { openPage } from './open-page.ts';
import { letPeopleIn, SIGNED_IN, signInAs } from './people.ts';

const two = async (): Promise<App> => {
  const world = orders([single('orders'), flexible('web')]);
  const app = await startApp({ world, wake: 'sweep', settings: { ...SIGNED_IN, GUARDIAN_MODE: 'approve' } });
  await letPeopleIn(app);
  await loseOrders(app);
  await app.pass(NEXT_SWEEP);
  return app;
};

/** The page shows all of these texts in the end: it loads its parts one after another. */
const says = async (page: Page, ...words: readonly (string | RegExp)[]): Promise<void> => {
  for (const word of words) await page.getByRole('main').getByText(word).first().waitFor();
};

const goTo = (page: Page, view: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();

/** The further acts in the row of orders, beside approval and rejection. */
const otherAct = async (page: Page, act: string): Promise<void> => {
  await page.getByRole('button', { name: 'Other acts' }).first().click();
  await page.getByRole('menuitem', { name: act }).click();
};

const WRITES = /extend the expiry of cmk/i;

const forbidAndLift = async (page: Page, app: App): Promise<void> => {
  await otherAct(page, 'Do not heal…');
  const sheet = page.getByRole('dialog');
  await sheet.getByText(/^Then it is not done: revalidate orders/).waitFor();
  await sheet.getByRole('radio', { name: 'The key cmk' }).check();
  await sheet.getByText(/^Then it is not done: extend the expiry of cmk/).waitFor();
  await sheet.getByLabel('Why', { exact: false }).fill('the customer leaves');
  await sheet.getByRole('button', { name: 'Forbid the repair' }).click();
  await sheet.waitFor({ state: 'detached' });
  await app.pass(NEXT_SWEEP);
  await page.clock.fastForward('00:11');
  await page.locator('[data-approve]').waitFor({ state: 'detached' });

  await goTo(page, 'Trust');
  await says(page, 'Not healed: cmk', /because: the customer leaves$/);
  await page.getByRole('button', { name: 'Lift…' }).click();
  await sheet.getByText(/^Then it may follow, or be asked: extend the expiry of cmk/).waitFor();
  await sheet.getByLabel('Why', { exact: false }).fill('they stay');
  await sheet.getByRole('button', { name: 'Lift it' }).click();
  await sheet.waitFor({ state: 'detached' });
  await says(page, 'Nothing is paused, and nothing is forbidden.');
  await app.pass(NEXT_SWEEP);
};

const pauseAndLift = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Pause every repair…' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText(/^Then it is not done: .*extend the expiry of cmk/).waitFor();
  await sheet.getByLabel('Why', { exact: false }).fill('planned work');
  await sheet.getByRole('button', { name: 'Pause repairs' }).click();
  await says(page, 'Every repair is paused', /planned work/);
  await goTo(page, 'Trust');
  await page.getByRole('button', { name: 'Lift…' }).click();
  await sheet.getByLabel('Why', { exact: false }).fill('it is over');
  await sheet.getByRole('button', { name: 'Lift it' }).click();
  await sheet.waitFor({ state: 'detached' });
};

const tryAndApprove = async (page: Page, app: App): Promise<void> => {
  await goTo(page, 'Now');
  await page.locator('[data-approve]').first().click();
  const sheet = page.getByRole('dialog');
  // The dry run of each write shows that it is allowed, and its side effects.
  await sheet.getByText('The product has the permissions.').first().waitFor();
  expect(writes(app)).toEqual([]);
  await sheet.getByLabel('Ticket or change').fill('CHG-7');
  await sheet.getByRole('button', { name: WRITES }).click();
  await sheet.waitFor({ state: 'detached' });
  await app.until('orders serves again', () => serves(app, 'orders'), 30 * MINUTE);
  await app.pass(NEXT_SWEEP);
};

it('Whatever a new user asks is answered by one screen of the page', async () => {
  const app = await two();
  const page = await openPage(app);
  await signInAs(page, app, 'approver');

  // What is wrong now, and how many are guarded?
  await says(page, /1 is down/, 'orders', WRITES, 'It guards 2 consumers with 1 key in 1 vault.');
  expect(isDown(app, 'orders')).toBe(true);

  // How do I pause, and say that something is not to be healed?
  await pauseAndLift(page);
  await goTo(page, 'Now');
  await forbidAndLift(page, app);

  // What expires in 30, 60 and 90 days, and what happens by itself?
  await goTo(page, 'Horizon');
  await says(page, '1 within 30 days · 1 within 60 days · 1 within 90 days', 'will ask');

  // What can it not see or repair?
  await goTo(page, 'Estate');
  await app.pass(2 * MINUTE);
  await page.clock.fastForward('00:16');
  await says(page, /It sees and could repair everything in scope|It cannot see|It sees, and could not repair/);

  // What would a repair do (a dry run), and how do I approve it?
  await tryAndApprove(page, app);

  // Why was my server down, what did it do, who approved, and what proves it?
  await goTo(page, 'Incidents');
  await page.getByRole('main').getByRole('link').first().click();
  await says(page, 'Key expired', 'CHG-7', 'approver', /^Extend the expiry of cmk/i, /is intact/, /held it against/);
  // A report: the screen itself, as a document.
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
  expect((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).toBe('%PDF-');
  await page.emulateMedia({ media: 'screen' });
  // And what to do by hand, where there is no product.
  const runbook = page.getByRole('link', { name: 'Runbook' }).first();
  expect(await runbook.getAttribute('href')).toBe('/api/ui/runbook-key-expired.html');

  // How has it gone?
  await goTo(page, 'History');
  await says(page, 'minutes of outage did not happen', 'Key expired', 'Incidents a week');

  // What may it do, is the ledger intact, and what does it cost?
  await goTo(page, 'Trust');
  await says(page, 'After a person’s approval', 'Recover a vault', /^USD \d+ a month for 1 key in use/);
  await page.getByRole('button', { name: /^Verify all 2 chains$/ }).click();
  await says(page, 'All 2 chains are intact.');

  await page.goto(`https://cmk-guardian.azurewebsites.net/api/ui/runbook-key-expired.html`);
  await says(page, 'What the product does', 'extendKeyExpiry');
});
