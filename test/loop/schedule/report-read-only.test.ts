import { describe, expect, it } from 'vitest';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { idsListed, movesIn } from '../../../src/loop/schedule/list-scope.ts';
import {
  reportForeign,
  reportMoved,
  reportReadOnly,
  shortReason,
} from '../../../src/loop/schedule/report-unreadable.ts';
import type { Notice } from '../../../src/notifications/notice.ts';
import { type ConsumerFacts, present, unknown } from '../../../src/remediation/model/facts.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { aSingleServer } from '../../builders/observation.ts';

const place = (state: string) => ({ subscriptionId: 'one', state: present(state), missingGroups: [] });

describe('A subscription in which nothing can be written', () => {
  const { newStore } = useAzurite();

  const product = () => {
    const told: Notice[] = [];
    const store = newStore();
    return { told, guardian: { store, notify: async (one: Notice) => void told.push(one) } as unknown as Guardian };
  };

  it('is named before a write is refused there, once, with what enables it again', async () => {
    const { told, guardian } = product();
    await reportReadOnly(guardian, [place('Disabled')]);
    await reportReadOnly(guardian, [place('Disabled')]);
    expect(told.map(({ sentences }) => sentences.join())).toEqual([
      expect.stringMatching(
        /\/subscriptions\/one can be read, and every write .* Disabled.*az account show --subscription one/,
      ),
    ]);
  });

  it('is known to every look until a sweep reads that it is enabled again', async () => {
    const { guardian } = product();
    const known = async () => (await guardian.store.records.inForce('2026-01-01T00:00:00Z')).readOnly;
    await reportReadOnly(guardian, [place('Disabled')]);
    expect(await known()).toEqual([{ subscriptionId: 'one', state: 'Disabled', at: expect.any(String) }]);
    await reportReadOnly(guardian, [{ ...place(''), state: unknown('503') }]);
    expect(await known()).toHaveLength(1);
    await reportReadOnly(guardian, [place('Enabled')]);
    expect(await known()).toBeUndefined();
  });

  it('is none that is enabled, is only warned, or cannot be read', async () => {
    const { told, guardian } = product();
    await reportReadOnly(guardian, [place('Enabled'), place('Warned'), { ...place(''), state: unknown('403') }]);
    expect(told).toEqual([]);
  });
});

describe('A subscription of another tenant', () => {
  const { newStore } = useAzurite();

  it('is told once, since no key can be used there, whatever can be read', async () => {
    const told: Notice[] = [];
    const notify = async (one: Notice) => void told.push(one);
    const guardian = { store: newStore(), notify } as unknown as Guardian;
    const foreign = { theirs: 'their-tenant', ours: 'our-tenant' };
    await reportForeign(guardian, [place('Enabled')]);
    expect(told).toEqual([]);
    for (const _sweep of ['one', 'another']) await reportForeign(guardian, [{ ...place('Enabled'), foreign }]);
    expect(told.map(({ sentences }) => sentences.join())).toEqual([
      expect.stringMatching(
        /subscription \/subscriptions\/one no key .* tenant their-tenant, and this product of our-tenant\. Install/,
      ),
    ]);
  });
});

describe('A server that was moved to another group', () => {
  const { newStore } = useAzurite();
  const was = aSingleServer('orders');
  const now = { ...was, id: was.id.replace('/resourceGroups/data/', '/resourceGroups/archive/') };
  const known = { keyId: 'key', consumers: { consumers: [was] } };
  const movesTo = (...consumers: readonly ConsumerFacts[]) => {
    const listed = new Map([['key', consumers]]);
    return movesIn(known, listed, idsListed(listed));
  };

  it('is told once, by the id that it had and the one that it has', async () => {
    const told: Notice[] = [];
    const store = newStore();
    const guardian = { store, notify: async (one: Notice) => void told.push(one) } as unknown as Guardian;
    for (let sweep = 0; sweep < 3; sweep++) await reportMoved(guardian, movesTo(now));
    expect(told.map(({ sentences }) => sentences.join())).toEqual([
      expect.stringMatching(
        /groups\/data\/.*servers\/orders was moved: it is .*groups\/archive\/.*servers\/orders now/i,
      ),
    ]);
  });

  it('is none where it is there still, or where another has its name and no identity of it', () => {
    expect(movesTo(was, now)).toEqual([]);
    const other = { ...now, principalId: present('somebody-else') };
    expect(movesTo(other)).toEqual([]);
  });
});

describe('Why something could not be read', () => {
  const FIX = " Fix: az role assignment create --role 'CMK Guardian Observe' --scope /subscriptions/one";

  it('is cut where it is long, and never within the command that mends it', () => {
    const reason = `AuthorizationFailed, ${'said at length '.repeat(60)}.${FIX}`;
    const short = shortReason(reason);
    expect(short.length).toBeLessThanOrEqual(500);
    expect(short).toMatch(/^AuthorizationFailed, .*… Fix: az role assignment create .* --scope \/subscriptions\/one$/);
  });

  it('is left as it is where it is short, and stays bounded where the command itself is endless', () => {
    expect(shortReason(`AuthorizationFailed.${FIX}`)).toBe(`AuthorizationFailed.${FIX}`);
    expect(shortReason(`no. Fix: az ${'word '.repeat(300)}`)).toHaveLength(500);
  });
});
