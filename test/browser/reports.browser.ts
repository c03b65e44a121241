import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { incidentReport } from '../../report/incident-report.ts';
import { postureReport } from '../../report/posture-report.ts';
import { HEADS, INCIDENT, ORIGIN, POSTURE } from '../report/samples.ts';
import { theBrowser } from './chromium.ts';

const REPORTS = {
  posture: postureReport({ posture: POSTURE, heads: HEADS, origin: ORIGIN }),
  incident: incidentReport({ incident: INCIDENT, origin: ORIGIN }),
};

describe('a report in Chromium', () => {
  it.each(['posture', 'incident'] as const)(
    'of the %s opens from a file, asks nobody, and prints to pages',
    async (name) => {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'cmk-guardian-report-'));
      try {
        const file = path.join(folder, `${name}.html`);
        await writeFile(file, REPORTS[name]);
        const page = await (await theBrowser()).newPage();
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        const said: string[] = [];
        page.on('console', (message) => said.push(message.text()));
        await page.goto(`file://${file}`);
        expect(await page.locator('h1').count()).toBe(1);
        const pdf = path.join(folder, `${name}.pdf`);
        await page.pdf({ path: pdf, preferCSSPageSize: true });
        expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-');
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        expect(asked).toEqual([`file://${file}`]);
        expect(said).toEqual([]);
        await page.close();
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});
