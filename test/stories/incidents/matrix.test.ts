import { afterAll, describe, expect, it } from 'vitest';
import { A_WHILE, type App, HOUR, SECOND, startApp } from '../../builders/app.ts';
import { eventsTold } from '../../builders/events.ts';
import {
  EXTENSION,
  expectNoLedger,
  expiryOf,
  history,
  ledgerOf,
  linesOf,
  REVALIDATION,
  startReconciliation,
  writes,
} from '../../builders/incident.ts';
import { isExhaustive, repeated } from '../../run/exhaustive.ts';
import { printTable } from '../print-table.ts';
import { BEFORE, PATIENCE, STORIES, type Story } from './matrix-stories.ts';

const COLUMNS = { event: 'event', sweep: 'sweep alone', doors: 'HTTP start' } as const;
type Column = keyof typeof COLUMNS;
const WAKES: readonly Column[] = ['event', 'sweep', 'doors'];

const cells = new Map<string, string>();
const enter = (story: Story, wake: Column, cell: string) => cells.set(`${story.name} ${wake}`, cell);

afterAll(() => {
  const row = (story: Story) => [
    story.name,
    ...WAKES.map((wake) => cells.get(`${story.name} ${wake}`) ?? (isTold(story, wake) ? 'failed' : '')),
  ];
  printTable(['story', ...Object.values(COLUMNS)], STORIES.map(row));
});

/** The exhaustive suite plays every cell; `npm test` plays the first story, woken by its event. */
const isTold = (story: Story, wake: Column): boolean => isExhaustive || (wake === 'event' && story === STORIES[0]);

/** The app on the day of the story, up to the moment at which something is lost. */
const untilLost = async (story: Story, wake: Column): Promise<App> => {
  const { name: _name, ...plan } = story;
  const app = await startApp({ ...plan, wake });
  await app.clock.advanceTo(app.startedAt + BEFORE);
  story.breaks?.(app);
  await app.until(story.lost.what, () => story.lost.holds(app), PATIENCE);
  return app;
};

const untilHealed = async (story: Story, app: App): Promise<number> => {
  await app.until(story.healed.what, () => story.healed.holds(app), PATIENCE);
  const [lost = 0, healed = 0] = [story.lost.at(app), story.healed.at(app)];
  // All further work ends within this time.
  await app.pass(A_WHILE);
  return Math.round((healed - lost) / SECOND);
};

/** One extension, one revalidation where the server was down, and a ledger that says the same. */
const expectHealedOnce = async (story: Story, app: App): Promise<void> => {
  const { server, history: expected } = story.clients;
  const wasDown = expected.includes('refused');
  expect(history(app, server)).toEqual(expected);
  expect(writes(app)).toEqual([EXTENSION, ...(wasDown ? [REVALIDATION] : [])].map((one) => expect.stringMatching(one)));
  const lines = linesOf(await ledgerOf(app));
  expect(lines.filter((line) => line === 'opened')).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith('outcome'))).toEqual([
    'outcome extendKeyExpiry done',
    ...(wasDown ? ['outcome revalidateConsumer done'] : []),
  ]);
  expect(lines.at(-1)).toBe('closed');
};

describe.each(STORIES)('$name', (story) => {
  const wakes = WAKES.filter((wake) => isTold(story, wake) && (wake !== 'event' || story.noEvent === undefined));
  for (const wake of wakes)
    it(`ends well by ${COLUMNS[wake]}`, async () => {
      const app = await untilLost(story, wake);
      if (wake === 'doors') await startReconciliation(app);
      const seconds = await untilHealed(story, app);
      await expectHealedOnce(story, app);
      enter(story, wake, `ok ${seconds} s`);
    });

  if (story.noEvent !== undefined) {
    repeated(`is told by no event: ${story.noEvent}`, async () => {
      const app = await untilLost(story, 'event');
      await app.pass(HOUR);
      expect(eventsTold(app)).toBe(0);
      expect(writes(app)).toEqual([]);
      await expectNoLedger(app);
      enter(story, 'event', `n/a: ${story.noEvent}`);
    });
  }
});

describe('a server that pins an old version', () => {
  it('is healed on that version, and the current one keeps its expiry', async () => {
    const story = STORIES.find(({ name }) => name.includes('version 1')) as Story;
    const app = await untilLost(story, 'doors');
    const current = expiryOf(app, 2);
    await startReconciliation(app);
    await untilHealed(story, app);
    expect(expiryOf(app, 1)).toBeGreaterThan(app.clock.now());
    expect(expiryOf(app, 2)).toBe(current);
  });
});
