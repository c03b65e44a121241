import { describe, expect, it } from 'vitest';
import { parseResourceId } from '../../../../src/remediation/model/resource-id.ts';
import { assessed } from '../../../builders/assessed.ts';
import { anObservation, aSingleServer, aVersion, inaccessible, inDays, V1 } from '../../../builders/observation.ts';

const down = aSingleServer('orders', { state: inaccessible });
const subscriptionId = parseResourceId(down.id)?.subscriptionId ?? '';
const seen = anObservation([aVersion(V1)], [down]);
const verdictWith = (readOnly: { subscriptionId: string; state: string; at: string }) =>
  assessed(seen, { records: { readOnly: [readOnly] } }).verdicts.find(({ step }) => step.kind === 'revalidateConsumer');

describe('A repair in a subscription that is disabled', () => {
  it('is not tried, and its verdict says why, and what enables it again', () => {
    expect(verdictWith({ subscriptionId, state: 'Disabled', at: inDays(-0.01) })).toMatchObject({
      verdict: 'report',
      why: expect.stringMatching(/is Disabled: .* every write in it will be refused.*az account show --subscription/),
    });
  });

  it('is tried where that is another subscription, or nobody has read it for an hour', () => {
    const other = subscriptionId.replace(/^./, (first) => (first === '9' ? '8' : '9'));
    expect(verdictWith({ subscriptionId: other, state: 'Disabled', at: inDays(-0.01) })?.verdict).toBe('run');
    expect(verdictWith({ subscriptionId, state: 'Disabled', at: inDays(-0.1) })?.verdict).toBe('run');
  });
});
