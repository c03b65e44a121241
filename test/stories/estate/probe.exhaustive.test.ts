import { describe, expect, it } from 'vitest';
import type { LoggedRequest } from '../../../local/cloud/request-log.ts';
import { MINUTE, startApp } from '../../builders/app.ts';
import { estate } from '../../builders/key-loss.ts';
import { lookedBy, WAYS, withNeighbours } from '../../builders/ways.ts';
import { findDeletedKeys, lastRequest, looksAt, readsSince } from './probe-story.ts';

/** Vaults of three keys each, which are more keys than one part has: 200 of a probe by reads, 500 of one by lists. */
const READ = 70;
const LISTED = 170;
/** Azure lets the product ask Resource Manager for so many lists at once; the others are left to the vaults, or to reads. */
const LISTS_AT_ONCE = 120;

/** The seconds of the minute at which each way asks, and the lists that it takes in a minute. By lists all parts are one turn. */
const BY_WAY = {
  single: { vaults: READ, seconds: [0, 30], lists: { pages: 0, listsOfManager: 0 } },
  dataPlaneList: { vaults: LISTED, seconds: [0], lists: { pages: LISTED, listsOfManager: 0 } },
  resourceManagerList: { vaults: LISTED, seconds: [0], lists: { pages: 0, listsOfManager: LISTS_AT_ONCE } },
  auto: { vaults: LISTED, seconds: [0], lists: { pages: LISTED - LISTS_AT_ONCE, listsOfManager: LISTS_AT_ONCE } },
};

const inMinutes = (requests: readonly LoggedRequest[]): readonly (readonly LoggedRequest[])[] => [
  ...Map.groupBy(requests, ({ at }) => Math.floor(Date.parse(at) / MINUTE)).values(),
];

describe('the probe', () => {
  it.each(WAYS)('with %s looks at a big estate in parts, and at every key of it once a minute', async (way) => {
    const { lists, seconds, vaults } = BY_WAY[way];
    const world = withNeighbours(estate(vaults));
    const app = await startApp({ world, wake: 'probe', settings: { GUARDIAN_LOOK: way } });
    await app.pass(8 * MINUTE);
    const before = lastRequest(app);
    await app.pass(2 * MINUTE);
    const asked = readsSince(app, before);
    const looks = looksAt(world, asked);
    expect(looks.size).toBe(3 * vaults);
    for (const [first = 0, ...more] of looks.values()) expect(more).toEqual([first + MINUTE]);
    const bySecond = Map.groupBy(asked, ({ at }) => new Date(at).getUTCSeconds());
    expect([...bySecond.keys()].toSorted((a, b) => a - b)).toEqual(seconds);
    if (way === 'single') for (const { length } of bySecond.values()) expect(length).toBeLessThan(2 * 200);
    for (const minute of inMinutes(asked)) expect(lookedBy(minute.map(({ url }) => url))).toMatchObject(lists);
  });

  it.each(WAYS)(
    'with %s finds what Key Vault tells nobody within a minute 95 times of 100, wherever in the minute it happens',
    async (way) => {
      await findDeletedKeys(20, way);
    },
  );
});
