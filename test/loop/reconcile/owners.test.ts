import { describe, expect, it } from 'vitest';
import { areOthers, ownersIn } from '../../../src/loop/reconcile/owners.ts';
import { present, unknown } from '../../../src/remediation/model/facts.ts';
import { findingsIn } from '../../builders/assessed.ts';
import { expired } from '../../builders/decision.ts';
import { anObservation, aSingleServer, aVault, NOW } from '../../builders/observation.ts';

const orders = aSingleServer('orders', { tags: { Owner: ' Team A ', env: 'prod' } });
const billing = aSingleServer('billing');
const idOf = ({ id }: { readonly id: string }): string => id.toLowerCase();

const seen = anObservation([expired], [orders, billing], { vault: present(aVault({ tags: { OWNER: 'Platform' } })) });
const verdict = { at: NOW.toISOString(), fingerprint: 'f', decision: {} as never };

describe('Who owns what a finding is about', () => {
  it('is what the tag says on the consumer, else on its vault, in whatever casing of its name', () => {
    expect(ownersIn(seen, findingsIn(seen), 'owner')).toEqual({
      [idOf(orders)]: 'Team A',
      [idOf(billing)]: 'Platform',
      '': 'Platform',
    });
  });

  it('is nobody where no tag is named, or none is there', () => {
    expect(ownersIn(seen, findingsIn(seen), undefined)).toEqual({});
    expect(ownersIn(seen, findingsIn(seen), 'team')).toEqual({});
  });

  it('is of nobody else: of a consumer that no finding is about nothing is kept', () => {
    expect(ownersIn(seen, [], 'owner')).toEqual({ '': 'Platform' });
  });

  it('is as it was recorded where nobody could list the consumers', () => {
    const hidden = { ...seen, consumers: unknown('403') };
    const recorded = { ...verdict, owners: { [idOf(orders)]: 'Team A' } };
    expect(ownersIn(hidden, findingsIn(hidden), 'owner', recorded)).toEqual(recorded.owners);
  });

  it('is written anew where it is another, and not for a key that was never recorded', () => {
    expect(areOthers({ ...verdict, owners: { a: 'x', b: 'y' } }, { b: 'y', a: 'x' })).toBe(false);
    expect(areOthers({ ...verdict, owners: { a: 'x' } }, { a: 'z' })).toBe(true);
    expect(areOthers(verdict, {})).toBe(false);
    expect(areOthers(undefined, { a: 'x' })).toBe(false);
  });
});
