import { describe, expect, it } from '@jest/globals';
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
          error: { code: 'BadRequest', message: expect.stringMatching(/why.*until.*"who".*\{"why":"maintenance"\}/) },
        },
      },
    });
  });

  it.each([undefined, null, 'text', 7, []])('%p is refused like any other that does not fit', (body) => {
    expect(parse(body)).toMatchObject({ kind: 'refused', answer: { status: 400 } });
  });
});
