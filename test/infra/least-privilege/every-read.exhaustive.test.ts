import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, faultsOf, openApp } from '../../builders/open-app.ts';
import { runStorage } from '../../run/ground.ts';
import { ACTION_ROWS } from './actions.ts';
import { ESTATE, furnishEstate, lookAround, lookAroundWithout, SCOPE, type Shown } from './estate.ts';

const READS = Object.entries(ACTION_ROWS)
  .filter(([, { scene }]) => scene === 'estate')
  .map(([name]) => name);

/** All reads share one app: it only observes, so that no effect of one read remains when the next is taken away. */
let app: App;
let whole: Shown;

beforeAll(async () => {
  app = await openApp(
    { world: ESTATE, wake: 'sweep', settings: { GUARDIAN_MODE: 'observe', GUARDIAN_SCOPE: SCOPE } },
    runStorage(),
  );
  await furnishEstate(app);
  whole = await lookAround(app);
}, 120_000);

afterAll(() => app.close());

describe('without one read, which no repair needs', () => {
  it.each(READS)('%s: the product shows something else of the estate, and names what it may not', async (read) => {
    const { lines, words } = await lookAroundWithout(app, read);
    expect(lines.filter((line) => !whole.lines.includes(line))).not.toEqual([]);
    expect(words.filter((one) => !whole.words.includes(one)).join('\n')).toContain(read);
  });

  it('it shows what it has shown before once all is given back, and has asked Azure for nothing strange', async () => {
    expect((await lookAround(app)).lines).toEqual(whole.lines);
    expect(await faultsOf(app)).toEqual([]);
  });
});
