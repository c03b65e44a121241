import { describe, expect, it } from 'vitest';
import { approvalsAndRequestsOf } from '../../../src/loop/reconcile/approvals-and-requests.ts';
import { unwritten } from '../../../src/remediation/protocol/ledger.ts';
import { aRejectionOf } from '../../builders/policy.ts';

const request = (by: string, at = '2026-01-01T00:00:00Z') => ({ step: 'extendKeyExpiry', target: 'key', by, at });
const approval = {
  incident: 'one',
  planId: 'plan',
  stepIds: ['a', 'b'],
  by: 'ada',
  at: '2026-01-01T00:01:00Z',
  expires: '2026-01-02T00:00:00Z',
  used: [] as string[],
};

describe('what people have said', () => {
  it('is entered in the order in which it was said, with who said it', () => {
    const said = approvalsAndRequestsOf({
      approvals: [approval],
      requests: [request('bob', '2026-01-01T00:02:00Z'), request('ada')],
      rejections: [],
    });
    expect(said.map(({ kind, detail }) => [kind, (detail as { by: string }).by])).toEqual([
      ['requested', 'ada'],
      ['approved', 'ada'],
      ['requested', 'bob'],
    ]);
  });

  it('is the same entry whenever it is read, also once a step has used the approval up', () => {
    const before = approvalsAndRequestsOf({ approvals: [approval], requests: [request('ada')], rejections: [] });
    const after = approvalsAndRequestsOf({
      approvals: [{ ...approval, used: ['a'] }],
      requests: [request('ada')],
      rejections: [],
    });
    expect(after).toEqual(before);
    const rows = before.map((entry, seq) => ({ ...entry, chain: 'key', seq, prev: '', hash: '' }));
    expect(unwritten(after, rows)).toEqual([]);
  });

  it('holds who rejected what and why, and what an approver said beside the yes', () => {
    const rejections = [aRejectionOf([{ stepId: 'a' }])];
    const approvals = [{ ...approval, name: 'ada@contoso.com', comment: 'as agreed', ticket: 'CHG0012' }];
    const said = approvalsAndRequestsOf({ approvals, rejections, requests: [] });
    expect(said.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['approved', expect.objectContaining({ name: 'ada@contoso.com', comment: 'as agreed', ticket: 'CHG0012' })],
      ['rejected', expect.objectContaining({ by: 'bob-id', name: 'bob', why: 'the customer leaves tomorrow' })],
    ]);
    expect(
      approvalsAndRequestsOf({ approvals: [approval], rejections: [], requests: [] })[0]?.detail,
    ).not.toHaveProperty('comment');
  });

  it('is another entry when somebody else, or the same person later, says it', () => {
    const requests = [request('ada'), request('bob'), request('ada', '2026-01-01T00:05:00Z')];
    expect(new Set(approvalsAndRequestsOf({ approvals: [], rejections: [], requests }).map(({ id }) => id)).size).toBe(
      3,
    );
  });
});
