import { describe, expect, it } from 'vitest';
import { pauseOverride } from '../../src/web/contract/overrides.ts';
import { lifting } from '../../src/web/override-rules.ts';
import { parseBody } from '../../src/web/parse-body.ts';
import { requestWith } from '../builders/request.ts';

describe('When an override ends', () => {
  it.each(['2026-11-30', 'tomorrow', '2026-11-30T12:00:00+01:00'])('%s is refused with what to write', (end) => {
    expect(parseBody(pauseOverride.schema, { why: 'maintenance', until: end }, '{"why":"maintenance"}')).toMatchObject({
      kind: 'refused',
      answer: { body: { error: { message: expect.stringContaining('such as 2026-07-01T12:00:00Z') } } },
    });
  });
});

describe('Lifting an override', () => {
  it('without a reason says where the reason goes, in the query as well', async () => {
    expect(await lifting(requestWith({}), () => Promise.reject(new Error('lifted')))).toMatchObject({
      status: 400,
      body: { detail: expect.stringMatching(/why: it is missing\..*or add \?why=/) },
    });
  });
});
