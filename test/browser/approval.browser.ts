import { describe, expect, it } from 'vitest';
import { MINUTE } from '../builders/app.ts';
import { EXTENSION, REVALIDATION, serves, writes } from '../builders/incident.ts';
import { openPage } from './open-page.ts';
import { signInAs, signOut } from './people.ts';
import { asking } from './stories.ts';
import { keptBy } from './watch.ts';

describe('Who is on call', () => {
  it('sees what is wrong, and another person approves it by the mouse, through Entra, until the server serves', async () => {
    const app = await asking();
    const page = await openPage(app);
    await signInAs(page, app, 'requester');
    await page.getByRole('heading', { name: /1 is down/ }).waitFor();
    await page.getByText('An approver has to answer.').waitFor();
    expect(await page.getByRole('button', { name: 'Approve…' }).count()).toBe(0);
    await signOut(page, 'requester');

    await signInAs(page, app, 'approver');
    await page.getByRole('button', { name: 'Approve…' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('What will be written').waitFor();
    await sheet.getByLabel('Ticket or change').fill('CHG-7');
    expect(writes(app)).toEqual([]);
    await sheet.getByRole('button', { name: /extend .* revalidate/i }).click();
    await sheet.waitFor({ state: 'detached' });
    await app.until('orders serves again', () => serves(app, 'orders'), 30 * MINUTE);
    expect(writes(app)).toEqual([expect.stringMatching(EXTENSION), expect.stringMatching(REVALIDATION)]);

    await page.clock.fastForward('00:11');
    await page.getByRole('heading', { name: /Everything that was looked at can use its key/ }).waitFor();
    await page.getByRole('link', { name: 'Incidents' }).click();
    await page.getByRole('main').getByRole('link').first().click();
    await page.getByText('approver').first().waitFor();
    await page.getByText('CHG-7').first().waitFor();
    expect(await page.context().cookies('https://cmk-guardian.azurewebsites.net')).toEqual([]);
  });

  it('approves where the link of a message leads, at the incident', async () => {
    const app = await asking();
    const page = await openPage(app);
    await signInAs(page, app, 'approver');
    await page.locator('[data-open]').first().click();
    await page.getByRole('heading', { name: 'Incident of cmk' }).waitFor();
    await page.getByRole('button', { name: 'Approve…' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /extend .* revalidate/i })
      .click();
    await app.until('orders serves again', () => serves(app, 'orders'), 30 * MINUTE);
    await page.clock.fastForward('00:11');
    await page.getByRole('button', { name: 'Approve…' }).waitFor({ state: 'detached' });
  });

  it('does all of it by the keyboard alone', async () => {
    const app = await asking();
    const page = await openPage(app);
    await page.getByRole('button', { name: 'Sign in', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Pick an account' }).waitFor();
    const focused = () => page.locator(':focus').textContent({ timeout: 1_000 });
    do await page.keyboard.press('Tab');
    while (!(await focused())?.startsWith('approver'));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Approve…' }).waitFor();

    await page.keyboard.press('j');
    expect(await page.locator(':focus').textContent()).toContain('orders');
    await page.keyboard.press('a');
    const sheet = page.getByRole('dialog');
    await sheet.getByText('What will be written').waitFor();
    do await page.keyboard.press('Tab');
    while (!/extend/i.test((await focused()) ?? ''));
    await page.keyboard.press('Enter');
    await sheet.waitFor({ state: 'detached' });
    await app.until('orders serves again', () => serves(app, 'orders'), 30 * MINUTE);

    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByText('approver').first().waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('stays signed in over a reload, and leaves nothing for another tab or the next person', async () => {
    const app = await asking();
    const page = await openPage(app);
    await signInAs(page, app, 'approver');
    await page.reload();
    await page.getByRole('button', { name: 'Approve…' }).waitFor();
    expect(await page.evaluate<string>('JSON.stringify({ ...localStorage })')).not.toMatch(/secret|token/i);
    await signOut(page, 'approver');
    expect(await keptBy(page)).not.toMatch(/"secret"|eyJ/);
  });
});
