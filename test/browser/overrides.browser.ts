import { describe, expect, it } from 'vitest';
import { NEXT_SWEEP } from '../builders/app.ts';
import { isDown, writes } from '../builders/incident.ts';
import { openPage } from './open-page.ts';
import { giveRole, signInAs } from './people.ts';
import { asking, atRest } from './stories.ts';

describe('What a person pauses or forbids on the page', () => {
  it('is a rejection, with why, after which nothing is done', async () => {
    const app = await asking();
    const page = await openPage(app);
    await signInAs(page, app, 'approver');
    await page.getByRole('button', { name: 'Reject…' }).click();
    const sheet = page.getByRole('dialog');
    const reject = sheet.getByRole('button', { name: 'Reject this plan' });
    expect(await reject.isDisabled()).toBe(true);
    await sheet.getByLabel('Why', { exact: false }).fill('The data are being moved');
    await reject.click();
    await sheet.waitFor({ state: 'detached' });
    await app.pass(NEXT_SWEEP);
    expect([writes(app), isDown(app, 'orders')]).toEqual([[], true]);
  });

  it('is a pause of every repair, which the page then shows with who gave it and why', async () => {
    const app = await atRest();
    const page = await openPage(app);
    await signInAs(page, app, 'operator');
    await page.getByRole('button', { name: 'Pause every repair…' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Why', { exact: false }).fill('Planned maintenance');
    await sheet.getByRole('button', { name: 'Pause repairs' }).click();
    await page.getByText('Every repair is paused').waitFor();
    await page.getByText('Planned maintenance').first().waitFor();
  });

  it('is theirs once they have the role and a new token with it', async () => {
    const app = await asking();
    const page = await openPage(app);
    await signInAs(page, app, 'reader');
    await page.getByRole('heading', { name: /1 is down/ }).waitFor();
    expect(await page.getByRole('button', { name: 'Approve…' }).count()).toBe(0);
    giveRole(app, 'reader', 'Approver');
    await page.getByRole('button', { name: 'reader', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Refresh my rights' }).click();
    await page.getByRole('button', { name: 'Approve…' }).waitFor();
  });
});
