import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hearEvents, hearWrites } from '../../../local/cloud/worlds/hear-events.ts';
import { webhookUrl } from '../../../local/host-process.ts';
import { SECURE_WEBHOOK, watchedByAlerts } from '../../builders/alerts.ts';
import { type App, HOUR, MINUTE, startApp, type Wake } from '../../builders/app.ts';
import { ledgerOf } from '../../builders/incident.ts';
import { type Way, withNeighbours } from '../../builders/ways.ts';
import { printTable } from '../print-table.ts';
import {
  askedOf,
  BREAKS_AT,
  CAUSES,
  type Cause,
  DOORS,
  type DoorName,
  keyOfCause,
  subjectOf,
  worldOfCauses,
} from './detection-causes.ts';
import { lastRequest, lookedSince } from './probe-story.ts';

const DOCS = path.join(import.meta.dirname, '..', '..', '..', 'docs', 'detection.md');

/** One sweep, by which the product knows the consumers of keys; the next sweep comes in a year. */
const ONE_SWEEP = '30 1 0 2 3 *';

const WAKES: Readonly<Record<DoorName, Wake>> = {
  'key vault event': 'doors',
  'subscription event': 'doors',
  alert: 'doors',
  probe: 'probe',
  sweep: 'sweep',
  person: 'doors',
};

const hear: Partial<Readonly<Record<DoorName, (app: App) => unknown>>> = {
  'key vault event': (app) =>
    hearEvents(app.cloud.world, { endpointUrl: webhookUrl(app.host(), 'on-key-vault-event') }),
  'subscription event': (app) =>
    hearWrites(app.cloud.world, { endpointUrl: webhookUrl(app.host(), 'on-resource-event') }),
  alert: (app) => watchedByAlerts(app),
};

/** The product lists each vault. It reads few keys: one with a used version that is not current, and one that expires soon. */
const expectLists = (app: App, since: number): void => {
  const { listsOfManager, pages, reads } = lookedSince(app, since);
  expect(pages + listsOfManager).toBeGreaterThanOrEqual(CAUSES.length);
  expect(reads).toBeLessThan(CAUSES.length / 2);
};

/**
 * An app that has this way of detection alone, with everything broken at once; it repairs nothing, so that no cause hides
 * another.
 */
const brokenBefore = async (door: DoorName, way: Way = 'single'): Promise<App> => {
  const wake = WAKES[door];
  const app = await startApp({
    world: way === 'single' ? worldOfCauses() : withNeighbours(worldOfCauses()),
    wake,
    settings: {
      ...SECURE_WEBHOOK,
      GUARDIAN_MODE: 'observe',
      GUARDIAN_LOOK: way,
      ...(wake === 'doors' && { GUARDIAN_SWEEP_SCHEDULE: ONE_SWEEP }),
    },
    // By Azure's documents a server refuses its users within ten minutes.
    switches: { inaccessibleAfterSeconds: 600 },
  });
  await hear[door]?.(app);
  await app.pass(BREAKS_AT - MINUTE);
  const before = lastRequest(app);
  await app.pass(MINUTE);
  if (way !== 'single') expectLists(app, before);
  for (const cause of CAUSES) await cause.breaks?.(app, subjectOf(cause));
  return app;
};

/** Seconds from the break until the ledger has it. */
const secondsOf = async (app: App, cause: Cause): Promise<number | undefined> => {
  const { entries } = await ledgerOf(app, keyOfCause(cause));
  const opened = entries.find(({ kind }) => kind === 'opened');
  return opened && Math.round((Date.parse(opened.at) - app.startedAt - BREAKS_AT) / 1_000);
};

/**
 * Logs are late, and alerts later. A question of a person is answered at once, or ten minutes after the subject was first
 * missing.
 */
const WATCHED: Partial<Readonly<Record<DoorName, number>>> = { alert: HOUR, person: 15 * MINUTE };

type Seen = ReadonlyMap<Cause, number | undefined>;
const measured = new Map<DoorName, Seen>();

const cell = (cause: Cause, door: DoorName): string => {
  const seconds = measured.get(door)?.get(cause);
  return seconds === undefined ? `n/a: ${cause.cannot[door] ?? '?'}` : `${seconds}`;
};

const rows = (): readonly (readonly string[])[] =>
  CAUSES.map((cause) => [cause.name, ...DOORS.map((door) => cell(cause, door))]);

const markdown = (): string =>
  [['cause', ...DOORS], ['---', ...DOORS.map(() => '---')], ...rows()]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const TABLE = /<!-- detection -->\n([\s\S]*?)\n<!-- \/detection -->/;

const documented = (): readonly (readonly string[])[] =>
  (TABLE.exec(readFileSync(DOCS, 'utf8'))?.[1] ?? '')
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((one) => one.trim()),
    );

/** The allowed difference between runs: the turns of sweep and probe are spread over a minute. */
const TOLERANCE_S = 60;

const fits = (now: string, written: string | undefined): boolean =>
  now === written || Math.abs(Number(now) - Number(written)) <= TOLERANCE_S;

describe('A loss', () => {
  afterAll(() => printTable(['seconds until it is known', ...DOORS], rows()));

  it.each(DOORS)('is seen by this door alone, or it is said why it cannot be: %s', async (door) => {
    const app = await brokenBefore(door);
    if (door === 'person') await app.pass(MINUTE);
    if (door === 'person')
      for (const cause of CAUSES)
        await app.door({ method: 'POST', path: '/api/reconciliations', body: { resource: askedOf(cause) } }, 202);
    await app.pass(WATCHED[door] ?? 20 * MINUTE);
    const seen = new Map<Cause, number | undefined>();
    for (const cause of CAUSES) seen.set(cause, await secondsOf(app, cause));
    measured.set(door, seen);
    const wrong = CAUSES.filter((cause) => (seen.get(cause) === undefined) !== (cause.cannot[door] !== undefined));
    expect(wrong.map(({ name }) => `${name}: ${seen.get(CAUSES.find((one) => one.name === name) as Cause)}`)).toEqual(
      [],
    );
  });

  /** By single reads: the door `probe` above. */
  it.each(['dataPlaneList', 'resourceManagerList', 'auto'] as const)(
    'is seen by a probe that looks by %s as soon as by one that reads each key',
    async (way) => {
      const app = await brokenBefore('probe', way);
      await app.pass(20 * MINUTE);
      for (const cause of CAUSES) {
        const seconds = await secondsOf(app, cause);
        expect([cause.name, seconds !== undefined && seconds <= 60]).toEqual([cause.name, !cause.cannot.probe]);
      }
    },
  );

  it('is seen by probe and sweep, whatever it is, though nobody tells the product anything', () => {
    for (const cause of CAUSES)
      expect([cause.name, measured.get('sweep')?.get(cause) ?? measured.get('probe')?.get(cause)]).toEqual([
        cause.name,
        expect.any(Number),
      ]);
  });

  it('takes as long as docs/detection.md says', () => {
    const written = documented();
    const differs = rows().flatMap((now, n) =>
      now.every((one, at) => fits(one, written[n]?.[at])) ? [] : [`| ${now.join(' | ')} |`],
    );
    if (differs.length > 0) throw new Error(`docs/detection.md must say between its marks:\n${markdown()}`);
    expect(written).toHaveLength(CAUSES.length);
  });
});
