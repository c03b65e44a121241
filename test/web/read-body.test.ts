import { describe, expect, it } from 'vitest';
import { BOUNDS, readJson, readText } from '../../src/web/read-body.ts';

const read = (...texts: readonly (string | Uint8Array)[]) =>
  readJson({ chunks: texts.map((one) => Buffer.from(one)) }, BOUNDS.command);

const answered = (status: number, code: string) => ({
  kind: 'refused',
  answer: { status, body: { error: { code, message: expect.stringMatching(/Send/) } } },
});

describe('A body', () => {
  it.each([
    ['in one piece', ['{"why":"maintenance"}']],
    ['in pieces', ['{"why":"main', 'tenance', '"}']],
  ])('is read %s', async (_what, texts) => {
    expect(await read(...texts)).toEqual({ kind: 'value', value: { why: 'maintenance' } });
  });

  it('may hold every sign in a text', async () => {
    const why = `${'[{'.repeat(100)}\\"${','.repeat(1_000)}`;
    expect(await read(JSON.stringify({ why }))).toEqual({ kind: 'value', value: { why } });
  });

  it.each(['', '  \n'])('is none where there is nothing: %p', async (text) => {
    expect(await read(text)).toEqual({ kind: 'value', value: undefined });
  });

  it.each([
    ['a half', '{"expires":"2026-11-22T09:05:00Z"'],
    ['no JSON', 'why=maintenance'],
    ['what closes otherwise', '{]'],
    ['a text that does not end', `{"why":"${'\\"'.repeat(100)}`],
    ['no UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22])],
  ])('is refused where it is %s', async (_what, text) => {
    expect(await read(text)).toMatchObject(answered(400, 'BadJson'));
  });

  it.each([
    ['deep', `${'['.repeat(9)}${']'.repeat(9)}`],
    ['deep, and never closed', '{"a":'.repeat(10_000)],
    ['wide', `[${'1,'.repeat(500)}1]`],
    ['of many members', JSON.stringify(Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`m${at}`, at])))],
  ])('is not parsed where it is too %s', async (_what, text) => {
    expect(await read(text)).toMatchObject(answered(400, 'TooMuch'));
  });

  it('of exactly 64 KiB is read, and of one byte more refused', async () => {
    const longest = 'x'.repeat(BOUNDS.command.bytes - 2);
    expect(await read(`"${longest}"`)).toEqual({ kind: 'value', value: longest });
    expect(await read(`"${longest}x"`)).toMatchObject(answered(413, 'TooLarge'));
  });

  it('is read no further than to the piece that is too much, and not at all where its sender says so', async () => {
    let pieces = 0;
    async function* endless() {
      for (;;) {
        pieces += 1;
        yield Buffer.alloc(10_000, ' ');
      }
    }
    expect(await readJson({ chunks: endless() }, BOUNDS.command)).toMatchObject(answered(413, 'TooLarge'));
    expect(pieces).toBe(7);
    const stated = { length: '65537', chunks: endless() };
    expect(await readJson(stated, BOUNDS.command)).toMatchObject(answered(413, 'TooLarge'));
    expect(pieces).toBe(7);
  });

  it('that an alert may be is a quarter of a megabyte', async () => {
    const text = `"${'x'.repeat(256 * 1_024 - 2)}"`;
    expect(await readJson({ chunks: [Buffer.from(text)] }, BOUNDS.event)).toMatchObject({ kind: 'value' });
    expect(await readJson({ chunks: [Buffer.from(text), Buffer.from(' ')] }, BOUNDS.event)).toMatchObject(
      answered(413, 'TooLarge'),
    );
  });
});

describe('A body that may be anything', () => {
  const text = (sent: string, bounds = BOUNDS.event) => readText({ chunks: [Buffer.from(sent)] }, bounds);

  it.each(['', 'why=maintenance', '{"a":', 'ä'])('comes as it was sent: %p', async (sent) => {
    expect(await text(sent)).toEqual({ text: sent });
  });

  it.each([
    ['deep', '['.repeat(65), /nests deeper/],
    ['wide', '1,'.repeat(20_001), /more than 20000 values/],
  ])('says that it is not to be parsed where it is too %s', async (_what, sent, over) => {
    expect(await text(sent)).toEqual({ text: sent, over: expect.stringMatching(over) });
  });

  it('is its beginning where it is too large', async () => {
    const sent = 'x'.repeat(BOUNDS.event.bytes + 1);
    expect(await text(sent)).toEqual({ text: sent.slice(1), over: 'is larger than 262144 bytes' });
  });
});
