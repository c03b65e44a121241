import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asText } from '../../cli/sheet/as-text.ts';
import { print } from '../../cli/sheet/print.ts';
import { command, facts, heading, type Sheet, table, text } from '../../cli/sheet/sheet.ts';
import { widthOf } from '../../cli/sheet/width.ts';
import { impactIn } from '../../cli/words/impact.ts';

const sheet = (more: Partial<Sheet>): Sheet => ({
  isWell: true,
  answer: {},
  blocks: [],
  records: { columns: [], rows: [] },
  ...more,
});

const shown = (width: number, ...blocks: Sheet['blocks']): readonly string[] => asText({ blocks }, width).split('\n');

const SERVERS = [
  ['orders', 'single server', 'down for 2 min 14 s'],
  ['billing-replica', 'flexible server', 'lock-out in 6 min 48 s'],
] as const;
const NAMES = ['who', 'kind', 'impact'];

describe('A table on a screen', () => {
  it('has columns where there is room', () => {
    expect(shown(80, table(NAMES, SERVERS))).toEqual([
      'WHO              KIND             IMPACT',
      'orders           single server    down for 2 min 14 s',
      'billing-replica  flexible server  lock-out in 6 min 48 s',
    ]);
  });

  it('breaks its cells between words where there is less', () => {
    expect(shown(44, table(NAMES, SERVERS))).toEqual([
      'WHO              KIND             IMPACT',
      'orders           single server    down for 2',
      '                                  min 14 s',
      'billing-replica  flexible server  lock-out',
      '                                  in 6 min',
      '                                  48 s',
    ]);
  });

  it('shows one row below the other where words would be broken', () => {
    expect(shown(30, table(NAMES, SERVERS)).slice(0, 4)).toEqual([
      'who     orders',
      'kind    single server',
      'impact  down for 2 min 14 s',
      '',
    ]);
  });

  it('breaks no command over lines, since people paste it: where it has no room in its column, the rows are below each other', () => {
    const fix = "Then it goes on: cmk-guardian pause --why '<why>' or `az keyvault show --name kv-orders` shows it.";
    const next = table(['who', 'next'], [['orders', fix]]);
    expect(shown(60, next)).toEqual([
      'WHO     NEXT',
      "orders  Then it goes on: cmk-guardian pause --why '<why>' or",
      '        `az keyvault show --name kv-orders` shows it.',
    ]);
    expect(shown(40, next)).toEqual([
      'who   orders',
      'next  Then it goes on:',
      "      cmk-guardian pause --why '<why>'",
      '      or',
      '      `az keyvault show --name kv-orders`',
      '      shows it.',
    ]);
  });

  it.each([
    'cmk-guardian approve 1a2b3c4d',
    'cmk-guardian explain https://kv-orders.vault.azure.net/keys/cmk',
    'cmk-guardian doctor --subscription <subscription id> --group <group>',
    'cmk-guardian subscriptions --missing',
  ])('keeps `%s` on one line, as far as it can be told from the sentence around it', (line) => {
    expect(shown(30, text(`Say so: ${line} and wait for it to end.`))[1]).toBe(line);
  });

  const word = fc.string({ unit: fc.constantFrom(...'abcdef가나-/.'), minLength: 1, maxLength: 30 });
  const cell = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
  const tables = fc
    .integer({ min: 1, max: 6 })
    .chain((columns) => fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { maxLength: 5 }))
    .map((rows) =>
      table(
        (rows[0] ?? ['']).map((_cell, at) => `name${at}`),
        rows,
      ),
    );

  it('never breaks a word, and is no wider than the screen but for a word that is', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 40, max: 130 }), (block, width) => {
        const lines = shown(width, block);
        const words = new Set(lines.flatMap((line) => line.split(/\s+/)));
        const cells = block.kind === 'table' ? block.table.rows.flat() : [];
        for (const one of cells.flatMap((cell_) => cell_.split(' '))) expect(words).toContain(one);
        const longest = Math.max(0, ...cells.flatMap((one) => one.split(' ')).map(widthOf));
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(Math.max(width, longest + 8));
      }),
    );
  });
});

describe('The lock-out that threatens', () => {
  const said = (now: string): string => impactIn({ impact: { kind: 'losesKey', by: '2026-03-01T00:10:00Z' } }, now);

  it('is told by its time, and once that is over as due, since nobody has seen yet that it came', () => {
    expect(said('2026-03-01T00:03:12Z')).toBe('lock-out in 6 min 48 s');
    expect(said('2026-03-01T00:10:02Z')).toBe('lock-out was due 2 s ago');
  });
});

describe('What is printed', () => {
  it('has sentences wrapped, names beside their meaning, and commands whole', () => {
    const line = `az keyvault key recover --id https://contoso.vault.azure.net/deletedkeys/${'x'.repeat(40)}`;
    expect(
      shown(
        40,
        text('One two three four five six seven eight nine.'),
        heading('Why'),
        facts([['key', 'cmk']]),
        command(line),
      ),
    ).toEqual(['One two three four five six seven eight', 'nine.', '', 'Why', 'key  cmk', `    ${line}`]);
  });

  it('has a command within a sentence whole, since a shell takes a broken one for two', () => {
    const lines = shown(30, text('Disable it again: `az keyvault key set-attributes --enabled false`. Then look.'));
    expect(lines).toEqual(['Disable it again:', '`az keyvault key set-attributes --enabled false`.', 'Then look.']);
    const lift = "cmk-guardian do-not-heal orders --lift --why '<why>'.";
    expect(shown(30, text(`Lift the record with ${lift}`))).toEqual(['Lift the record with', lift]);
  });

  it('moves no cursor and changes no colour, whatever a stranger has called his server', () => {
    const name = 'a\u001b[2J\u0007\u202eb\rc\u009bd';
    const printed = asText(
      { blocks: [text(name), heading(name), command(name), facts([[name, name]]), table([''], [[name]])] },
      80,
    );
    expect(printed.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(printed).toContain('a [2J');
  });

  it('moves no cursor in any other form either, and JSON says the same with it as without', () => {
    const name = 'a\u001b[2J\u0007\u007f\u202eb\rc\u009bd';
    const one = sheet({ answer: { name }, records: { columns: ['name'], rows: [[name]] } });
    for (const form of ['json', 'csv'] as const)
      expect(print(one, form, 80).replaceAll(/\r?\n/g, '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(JSON.parse(print(one, 'json', 80))).toEqual({ name });
  });

  it('is the answer of the app as JSON, and one row for each thing as CSV, where no cell is a formula', () => {
    const one = sheet({ answer: { now: 1 }, records: { columns: ['a', 'b'], rows: [['=1+1', 'x,"y"']] } });
    expect(JSON.parse(print(one, 'json', 80))).toEqual({ now: 1 });
    expect(print(one, 'csv', 80)).toBe(`a,b\r\n'=1+1,"x,""y"""`);
  });
});
