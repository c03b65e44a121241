import { describe, expect, it } from 'vitest';
import { refusal } from '../../src/web/door.ts';
import { followable } from '../../src/web/followable.ts';

const said = (detail: string, way: 'key' | 'token') => followable(refusal(404, 'NotFound', detail), way).body;

describe('A refusal', () => {
  it('names to who came by a key the doors that a key opens', () => {
    const detail = 'Nothing is so named. GET /api/overrides lists all; lift it by DELETE /api/pause?why=.';
    const byKey = 'Nothing is so named. GET /api/keyed/overrides lists all; lift it by DELETE /api/keyed/pause?why=.';
    expect(said(detail, 'key')).toMatchObject({ detail: byKey, error: { message: byKey } });
    expect(said(detail, 'token')).toMatchObject({ detail });
  });

  it('leaves alone what no key opens, what is named so already, and what is no door', () => {
    const detail =
      'POST /api/approvals needs a token; GET /api/keyed/overrides lists all; GET /api/nothing is none; POST /api/overrides neither.';
    expect(said(detail, 'key')).toMatchObject({ detail });
  });

  it('alone is read: what else is answered is what was asked for', () => {
    const answer = { status: 200, body: { detail: 'GET /api/overrides' } };
    expect(followable(answer, 'key')).toBe(answer);
  });
});
