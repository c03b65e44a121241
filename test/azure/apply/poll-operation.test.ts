import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { polledOf } from '../../../src/azure/apply/poll-operation.ts';
import { lookAgainAt } from '../../../src/azure/apply/target.ts';

const NOW = Date.parse('2026-11-22T00:00:00Z');
const operation = {
  statusUrl: 'https://management.azure.com/x',
  startedAt: '2026-11-22T00:00:00Z',
  correlationIds: ['c'],
};
const answer = (status: number, body?: unknown, headers: Record<string, string> = {}) => ({
  status,
  body,
  header: (name: string) => headers[name],
});
const polled = (...args: Parameters<typeof answer>) => polledOf(answer(...args), operation, NOW);

describe('the status of an operation', () => {
  it('is done when it succeeded', () => {
    expect(polled(200, { status: 'Succeeded' })).toMatchObject({ kind: 'done', correlationIds: ['c'] });
  });

  it.each(['Failed', 'Canceled'])('is blocked, in the words of Azure, when it %s', (status) => {
    const error = { code: 'AzureKeyVaultMissingPermissionsMessage', message: 'The server is missing permissions.' };
    const { kind, why } = polled(200, { status, error });
    expect(kind).toBe('blocked');
    expect(why).toContain('AzureKeyVaultMissingPermissionsMessage, The server is missing permissions.');
  });

  it('is blocked with the command and what ends it, where it failed by what refuses a write at once', () => {
    const info = { policyAssignmentId: '/subscriptions/s/providers/Microsoft.Authorization/policyAssignments/p' };
    const error = {
      code: 'RequestDisallowedByPolicy',
      message: 'No.',
      additionalInfo: [{ type: 'PolicyViolation', info }],
    };
    const failed = polledOf(
      answer(200, { status: 'Failed', error }),
      { ...operation, scope: '/subscriptions/s/x' },
      NOW,
    );
    expect(failed).toMatchObject({
      kind: 'blocked',
      cure: 'change',
      why: expect.stringContaining(`--policy-assignment ${info.policyAssignmentId} --scope /subscriptions/s/x`),
    });
  });

  it('is waiting for every other word, as long as Azure asks', () => {
    expect(polled(200, { status: 'InProgress' }, { 'retry-after': '30' })).toEqual({
      kind: 'waiting',
      until: '2026-11-22T00:00:30.000Z',
      why: 'the operation is inprogress',
    });
    const final = new Set(['succeeded', 'failed', 'canceled']);
    const words = fc.string().filter((word) => !final.has(word.toLowerCase()));
    fc.assert(
      fc.property(words, (status) => {
        expect(polled(200, { status }).kind).toBe('waiting');
      }),
    );
  });

  it('of a Location is waiting with 202 and done with the result', () => {
    expect(polled(202).kind).toBe('waiting');
    expect(polled(200, { name: 'orders', properties: {} }).kind).toBe('done');
    expect(polled(204).kind).toBe('done');
  });

  it('of a Location that is the resource itself is what that says of itself', () => {
    expect(polled(200, { properties: { provisioningState: 'Updating' } }).kind).toBe('waiting');
    expect(polled(200, { properties: { provisioningState: 'Failed' } }).kind).toBe('blocked');
    expect(polled(200, { properties: { provisioningState: 'Succeeded' } }).kind).toBe('done');
  });
});

describe('the next look', () => {
  it('is in a minute where Azure names no wait, and between ten seconds and ten minutes in any case', () => {
    expect(lookAgainAt(undefined, NOW)).toBe('2026-11-22T00:01:00.000Z');
    expect(lookAgainAt(0, NOW)).toBe('2026-11-22T00:00:10.000Z');
    expect(lookAgainAt(86_400_000, NOW)).toBe('2026-11-22T00:10:00.000Z');
  });
});
