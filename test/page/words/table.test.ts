import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { languageOf, sayIn, sayNamed } from '../../../page/words/say.ts';
import { WORDS } from '../../../page/words/table.ts';
import type { Word } from '../../../page/words/word.ts';
import { FAULTS } from '../../../src/remediation/model/faults.ts';
import { CONSUMER_KINDS } from '../../../src/remediation/model/profiles.ts';
import { STEP_KINDS } from '../../../src/remediation/steps/steps.ts';

const ROWS: readonly (readonly [string, Word])[] = Object.entries(WORDS);

const holesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted();

/** Prefixes whose texts are named by names of the API. */
const ROOMS = /^(kind|fault|step|stepName|moment|decided|outcome)$/;

/** Every text between quotes or backticks of the page; where a template is filled in, any name may stand. */
const textsOfPage = (): readonly RegExp[] =>
  globSync('page/**/*.{ts,tsx}', { cwd: path.join(import.meta.dirname, '../../..') })
    .filter((file) => !/page\/(words|build)\//.test(file))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/['"]([\w.]+)['"]|`([\w.${}]+)`/g)])
    .map(([, quoted, template]) => quoted ?? template ?? '')
    .filter((text) => /^\w+\./.test(text) || ROOMS.test(text))
    .map((text) =>
      text
        .replaceAll(/\$\{[\w.]+\}/g, 'HOLE')
        .replaceAll('.', '\\.')
        .replaceAll('HOLE', '\\w+'),
    )
    .map((text) => new RegExp(ROOMS.test(text) ? `^${text}\\.` : `^${text}$`));

describe('The words of the page', () => {
  it.each(ROWS)('%s is there in both languages, with the same names to fill in', (_key, { en, one, ko }) => {
    expect(en.trim()).not.toBe('');
    if (/[a-z]{3}/i.test(ko.replaceAll(/\{\w+\}|Key Vault|Azure/g, ''))) expect(ko).toMatch(/[가-힣]/);
    expect(holesIn(ko)).toEqual(holesIn(en));
    if (one !== undefined) expect(holesIn(en)).toContain('n');
  });

  it('are all said somewhere', () => {
    const texts = textsOfPage();
    expect(texts.length).toBeGreaterThan(100);
    expect(Object.keys(WORDS).filter((key) => !texts.some((text) => text.test(key)))).toEqual([]);
  });

  it('name every fault, every step and every kind of consumer that the API may name', () => {
    const named = [
      ...Object.keys(FAULTS).map((kind) => `fault.${kind}`),
      ...STEP_KINDS.flatMap((kind) => [`step.${kind}`, `stepName.${kind}`]),
      ...CONSUMER_KINDS.map((kind) => `kind.${kind}`),
    ];
    const missing = named.filter((key) => !Object.hasOwn(WORDS, key));
    expect(missing, 'write their words into page/words/names.ts').toEqual([]);
  });
});

describe('To say', () => {
  it('fills in names, and says one in English as one', () => {
    expect(sayIn('en')('now.down', { n: 1 })).toBe('1 is down');
    expect(sayIn('en')('now.down', { n: 2 })).toBe('2 are down');
    expect(sayIn('ko')('now.down', { n: 1 })).toBe('1건 중단됨');
    expect(sayIn('en')('now.down', { n: 10_000 })).toBe('10,000 are down');
  });

  it('leaves a name that the table does not have as the API gives it', () => {
    expect(sayNamed(sayIn('ko'), 'step', 'polishKey', { name: 'cmk' })).toBe('polishKey cmk');
    expect(sayNamed(sayIn('ko'), 'step', 'enableKey', { name: 'cmk' })).toBe('키 cmk 사용 설정');
  });

  it.each([
    [['ko-KR', 'en'], 'ko'],
    [['de-DE', 'en-GB'], 'en'],
    [[], 'en'],
  ] as const)('is in the language of the browser: %p', (asked, language) => {
    expect(languageOf(asked)).toBe(language);
  });
});
