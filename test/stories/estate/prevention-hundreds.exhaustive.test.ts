import { describe, expect, it } from 'vitest';
import { type App, HOUR, MINUTE, startApp } from '../../builders/app.ts';
import { productRequests } from '../../builders/incident.ts';
import { comeNear, daysLeft, extensions, keysOf, lockedOut, mostInAMinute } from './prevention-story.ts';

const COUNT = 200;

/** Refusals because of a limit, for any caller: others use the vaults and the subscription as well. */
const refusals = (app: App): readonly string[] =>
  productRequests(app)
    .filter(({ status }) => status === 429)
    .map(({ at, method, url }) => `${at} ${method} ${url}`);

describe('two hundred keys that come within a day of their expiry in the same hour', () => {
  it.each([
    ['while the fuse is blown', '5'],
    ['where nothing blows it', '9999'],
  ])('are all extended, none expires, and no quota is used up (%s)', async (_when, rootCauses) => {
    const settings = { GUARDIAN_SWEEP_SCHEDULE: '0 0 * * * *', GUARDIAN_FUSE_ROOT_CAUSES: rootCauses };
    const app = await startApp({ world: keysOf(COUNT), wake: 'sweep', settings });
    await app.pass(HOUR + 50 * MINUTE);
    comeNear(app, COUNT, 24 * HOUR - HOUR, (HOUR / COUNT) | 0);
    await app.until('all are extended', () => extensions(app).length >= COUNT, 12 * HOUR);
    await app.pass(HOUR / 2);
    expect(new Set(extensions(app).map(({ n }) => n)).size).toBe(COUNT);
    if (rootCauses === '5') expect(mostInAMinute(extensions(app))).toBeLessThanOrEqual(10);
    expect(Math.min(...daysLeft(app, COUNT))).toBeGreaterThanOrEqual(6);
    expect(lockedOut(app)).toEqual([]);
    expect(refusals(app)).toEqual([]);
  });
});
