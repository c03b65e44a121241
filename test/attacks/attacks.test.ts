import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { App } from '../builders/open-app.ts';
import { runStorage } from '../run/ground.ts';
import { type Attack, ITEMS } from './attack.ts';
import { ATTACKS, SAMPLE } from './attacks.ts';
import { type Played, playAll, playOne } from './play.ts';
import { asJson, asTable, notHeld } from './report.ts';

const folder = import.meta.dirname;

describe('the table of attacks', () => {
  it('has every attack that has a file, under the item whose folder it lies in', () => {
    const files = globSync(`{${ITEMS.join()}}/*.ts`, { cwd: folder });
    const table = readFileSync(path.join(folder, 'attacks.ts'), 'utf8');
    expect(files.filter((file) => !table.includes(`'./${file}'`))).toEqual([]);
    const items = files.map((file) => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      return [path.dirname(file), /^ {2}item: '(\w+)',$/m.exec(text)?.[1]] as const;
    });
    expect(items.filter(([place, item]) => place !== item)).toEqual([]);
    expect(ATTACKS).toHaveLength(files.length);
  });

  it('has an attack of every way to turn it against its owner, to stop it or to blind it', () => {
    const played = new Set(ATTACKS.map(({ item }) => item));
    expect(ITEMS.filter((item) => !played.has(item))).toEqual([]);
  });

  it('says of each in one sentence who does what', () => {
    const sentences = ATTACKS.map(({ sentence }) => sentence);
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^(the|a|an|somebody) [^\n]{20,}[^.]$/);
  });
});

describe('what is played', () => {
  const plan = { world: {}, wake: 'doors' } as const;
  const attack = (play: Attack['play']): Attack => ({ item: '0', sentence: 'the wind blows', plan, play });
  const writes = ['PUT /somewhere'];
  const noApp = {} as App;
  const played = (...attacks: readonly Attack[]): Promise<readonly Played[]> =>
    Promise.all(attacks.map((one) => playOne(noApp, one)));

  it('does not hold where the attack came through, or could not be played', async () => {
    const held = attack(async () => ({ writes: [], verdict: 'healthy', held: true }));
    const through = attack(async () => ({ writes, verdict: 'run', held: false, whyNot: 'it was let in' }));
    const broken = attack(() => Promise.reject(new Error('there is no vault\nat line 5')));
    const all = await played(held, through, broken);
    expect(notHeld(all).map(({ outcome }) => outcome.whyNot)).toEqual(['it was let in', 'there is no vault']);
    expect(asTable(all)).toContain('0: the wind blows: NOT HELD: it was let in\n  PUT /somewhere');
    expect(asTable(await played(held))).toContain('All 1 attacks were held off.');
    expect(JSON.parse(asJson(all))).toMatchObject({
      attacks: [{ held: true }, { item: '0', attack: 'the wind blows', writes, whyNot: 'it was let in' }, {}],
    });
  });
});

/** `npm run attacks` in `.ci/run` plays all of them. */
it('a sample of the attacks is held off', async () => {
  const played = await playAll(SAMPLE, runStorage());
  expect(notHeld(played)).toEqual([]);
  expect(played).toHaveLength(SAMPLE.length);
});
