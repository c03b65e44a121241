import { describe, expect, it } from 'vitest';
import { startApp } from '../builders/app.ts';
import { orders, single } from '../builders/incident.ts';
import { openPage } from './open-page.ts';

describe('The page in a browser', () => {
  it('opens at the name of the app, runs under its policy, and asks nobody else', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'sweep' });
    const page = await openPage(app);
    await page.getByRole('heading', { name: 'CMK Guardian' }).waitFor();
    expect(await page.evaluate<boolean>('isSecureContext')).toBe(true);
  });
});
