import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { NEXT_SWEEP, startApp } from '../builders/app.ts';
import { orders, single } from '../builders/incident.ts';
import { openPage } from './open-page.ts';
import { signInAs } from './people.ts';
import { atRest } from './stories.ts';
import { keptBy } from './watch.ts';

/**
 * From now on, so many times, requests to the app carry this token or key instead of the page's: as if the page's was revoked or
 * rotated.
 */
const sendInstead = (page: Page, proof: Readonly<Record<string, string>>, times = Number.MAX_SAFE_INTEGER) =>
  page.route(
    /\/api\/(keyed\/)?(summary|reconciliations|orders)/,
    (route) => route.continue({ headers: { ...route.request().headers(), ...proof } }),
    { times },
  );

/** Lets the page look again until `seen` resolves: a running look has no timer yet that could be advanced. */
const looksUntil = async (page: Page, seen: Promise<unknown>): Promise<void> => {
  let isSeen = false;
  const seeing = seen.then(() => {
    isSeen = true;
  });
  while (!isSeen) {
    await page.clock.fastForward('01:01');
    await Promise.race([seeing, page.waitForTimeout(2_000)]);
  }
};

describe('Where nobody signs in', () => {
  it('a function key that is typed once opens the page for reading, and is kept nowhere', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    await app.pass(NEXT_SWEEP);
    const page = await openPage(app);
    const field = page.getByLabel('Function key');
    await field.fill('wrong');
    await page.getByRole('button', { name: 'Open for reading' }).click();
    await page.getByText('The key or token is not accepted').waitFor();
    const { functionKey } = app.host();
    await field.fill(functionKey);
    await page.getByRole('button', { name: 'Open for reading' }).click();
    await page.getByRole('heading', { name: /Everything that was looked at can use its key/ }).waitFor();
    expect(await keptBy(page)).not.toContain(functionKey);
    expect(page.url()).not.toContain(functionKey);
    expect(await page.getByRole('button', { name: 'Pause every repair…' }).count()).toBe(0);

    await sendInstead(page, { 'x-functions-key': 'the one before' });
    await looksUntil(page, page.getByText('The function key is not accepted any more').first().waitFor());
    await page.getByRole('button', { name: 'Type the key again' }).first().click();
    await page.getByLabel('Function key').waitFor();
  });
});

describe('Where people sign in', () => {
  it('nobody is let in who has no role, and Entra says why', async () => {
    const app = await atRest();
    app.cloud.world.entra.createUser({ name: 'stranger' });
    const page = await openPage(app);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('button', { name: /^stranger/ }).click();
    await page.getByText('AADSTS50105').waitFor();
  });

  it('whoever loses their role meanwhile is told by the page, in Entra’s sentence', async () => {
    const app = await atRest();
    const { registrations } = app.cloud.world.entra;
    const page = await openPage(app);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Pick an account' }).waitFor();
    await page.route(/\/oauth2\/v2\.0\/token/, (route) => {
      for (const { id } of registrations.assignments()) registrations.unassign(id);
      return route.continue();
    });
    await page.getByRole('button', { name: /^approver/ }).click();
    await page.getByText(/Microsoft Entra did not sign you in.*AADSTS50105/).waitFor();
    expect(await page.getByText('Trace ID').count()).toBe(0);
  });

  it('a token is renewed in silence, until the day is over and the person signs in again', async () => {
    const app = await atRest();
    const page = await openPage(app);
    await signInAs(page, app, 'reader');
    const calm = page.getByRole('heading', { name: /Everything that was looked at can use its key/ });
    await calm.waitFor();
    const renewal = page.waitForResponse(/\/oauth2\/v2\.0\/token/);
    await page.clock.fastForward('01:00:00');
    expect((await renewal).status()).toBe(200);
    await calm.waitFor();

    await sendInstead(page, { authorization: 'Bearer revoked' }, 1);
    const early = page.waitForResponse(/\/oauth2\/v2\.0\/token/);
    await looksUntil(page, early);
    expect((await early).status()).toBe(200);
    await calm.waitFor();
    expect(await page.getByRole('button', { name: 'Sign in again' }).count()).toBe(0);

    await sendInstead(page, { authorization: 'Bearer revoked' });
    const ended = page.getByText('does not accept your sign-in any more, though it was renewed just now').first();
    await looksUntil(page, ended.waitFor());
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Sign in again' }).first().click();
    await page.getByRole('button', { name: /^reader/ }).click();
    await calm.waitFor();

    await page.clock.fastForward('24:00:00');
    await page.reload();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  });
});
