import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { parseBody } from '../../src/web/parse-body.ts';

const schema = z.strictObject({ why: z.string().check(z.minLength(1)), until: z.optional(z.iso.datetime()) });
const parse = (body: unknown) => parseBody(schema, body, '{"why":"maintenance"}');

describe('a body', () => {
  it('is taken when it fits', () => {
    expect(parse({ why: 'maintenance' })).toEqual({ kind: 'value', value: { why: 'maintenance' } });
  });

  it('is refused with every fault at once and an example', () => {
    expect(parse({ until: 'tomorrow', who: 'me' })).toMatchObject({
      kind: 'refused',
      answer: {
        status: 400,
        body: {
          error: {
            code: 'BadRequest',
            message: expect.stringMatching(
              /why: it is missing; until: .*; body: there is no "who"\. .*\{"why":"maintenance"\}/,
            ),
          },
        },
      },
    });
  });

  it.each([
    [{ why: '' }, 'why: write at least 1 character'],
    [{ why: 7 }, 'why: write a text'],
    [[], 'body: write an object'],
  ])('%j is refused in words that a person would use', (body, said) => {
    expect(parse(body)).toMatchObject({ answer: { body: { detail: expect.stringContaining(`. ${said}. Send`) } } });
  });

  it.each([undefined, null, 'text', 7, []])('%p is refused like any other that does not fit', (body) => {
    expect(parse(body)).toMatchObject({ kind: 'refused', answer: { status: 400 } });
  });
});
